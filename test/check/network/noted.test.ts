import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { printOutput } from "../../../src/check/summary/printOutput.js";
import { followPython } from "../../../src/read/python/models.js";

const found = (text: string, isDrawn: boolean): readonly string[] => {
  const { trace } = followPython(text, { isDrawn });
  const said = trace.mismatches.map((m) => `${m.place.from} ${m.code} ${m.say} ${m.advise}`);
  return [...said, ...trace.modules.map((m) => printOutput(m.output))];
};

test("Noting which step made which tensor changes nothing of what is found", () => {
  for (const folder of ["test/fixtures/zoo", "test/fixtures/python", "test/fixtures/networks"])
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".py"))) {
      const text = readFileSync(`${folder}/${name}`, "utf8");
      assert.deepEqual(found(text, true), found(text, false), name);
    }
});
