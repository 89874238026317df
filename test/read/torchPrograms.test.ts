import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { summarize } from "../../src/check/summary.js";

/** What PyTorch made of a model of a program. */
interface Truth {
  readonly name: string;
  readonly source: string;
  readonly expr: string;
  readonly input: readonly (readonly number[])[];
  readonly output: unknown;
  readonly params: number;
  readonly trainable: number;
  readonly leaves: readonly (readonly [string, string, unknown, number])[];
}

const truths: readonly Truth[] = readFileSync("test/oracle/torchPrograms.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

test("every program has PyTorch's answer, and the answer is to the program as it stands", () => {
  const names = readdirSync("test/oracle/torchPrograms");
  assert.deepEqual([...new Set(truths.map((t) => t.name))].sort(), names.sort());
  for (const { name, source } of truths)
    assert.equal(source, readFileSync(`test/oracle/torchPrograms/${name}`, "utf8"), name);
});

for (const { name, source, expr, input, ...truth } of truths) {
  test(`${name}: ${expr} has PyTorch's output, parameters and layers, and nothing in it is flagged`, () => {
    const found = summarize(source, expr, input);
    assert.ok(!("problem" in found), "problem" in found ? found.problem : "");
    assert.deepEqual(
      found.mismatches.filter((m) => m.severity === "error").map((m) => `${m.code}: ${m.say}`),
      [],
    );
    const { output, params, trainable, leaves } = found;
    assert.deepEqual({ output, params, trainable, leaves }, truth);
  });
}
