import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { listFile, ownNames, shortenedNames } from "../../.scripts/ownNames.mjs";
import { ops } from "../../src/core/ops/index.js";
import { withGeneratedParts } from "./generatedText.js";

test("The README's tables of layers and of settings are those of the program (npm run generate writes them anew).", () => {
  const text = readFileSync("README.md", "utf8");
  const fresh = withGeneratedParts(text);
  if (process.env.DIMSUM_GENERATE) writeFileSync("README.md", fresh);
  else assert.equal(text, fresh);
  for (const op of ops) assert.ok(fresh.includes(`\`${op.name}\``), op.name);
});

test("What the build makes short is called so by this program alone (npm run generate writes the list anew).", async () => {
  const names = await ownNames();
  if (process.env.DIMSUM_GENERATE) writeFileSync(listFile, `${names.join("\n")}\n`);
  const own = new Set(names);
  const listed = shortenedNames();
  assert.ok(listed.length > 100);
  assert.deepEqual(
    listed.filter((name) => !own.has(name)),
    [],
    "these are seen by others, too",
  );
});
