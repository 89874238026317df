import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { ops } from "../../src/core/ops/index.js";
import { withGeneratedParts } from "./generatedText.js";

test("The README's tables of layers and of settings are those of the program (npm run generate writes them anew).", () => {
  const text = readFileSync("README.md", "utf8");
  const fresh = withGeneratedParts(text);
  if (process.env.DIMSUM_GENERATE) writeFileSync("README.md", fresh);
  else assert.equal(text, fresh);
  for (const op of ops) assert.ok(fresh.includes(`\`${op.name}\``), op.name);
});
