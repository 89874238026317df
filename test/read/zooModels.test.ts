import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";

/** What PyTorch made of a model of a file. */
interface Truth {
  readonly file: string;
  readonly expr: string;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly params: number;
  readonly trainable: number;
  readonly leaves: readonly (readonly [string, string, readonly unknown[], number])[];
}

const truths: readonly Truth[] = readFileSync("test/oracle/zooModels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

test("every model file has PyTorch's answer", () => {
  const files = readdirSync("test/fixtures/zoo").map((name) => `test/fixtures/zoo/${name}`);
  assert.deepEqual([...new Set(truths.map((t) => t.file))].sort(), files.sort());
  assert.ok(files.length >= 16);
  assert.ok(truths.length >= 50);
});

for (const { file, expr, input, ...truth } of truths) {
  test(`${file}: ${expr} has PyTorch's output, parameters and layers, and nothing in it is flagged`, () => {
    const found = summarize(readFileSync(file, "utf8"), expr, [input]);
    assert.ok(!("problem" in found), "problem" in found ? found.problem : "");
    assert.deepEqual(
      found.mismatches.filter((m) => m.severity === "error").map((m) => `${m.code}: ${m.say}`),
      [],
    );
    const { output, params, trainable, leaves } = found;
    assert.deepEqual({ output, params, trainable, leaves }, truth);
  });
}
