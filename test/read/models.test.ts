import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { countParameters } from "../../src/check/python/parameters.js";
import { followPython } from "../../src/read/python/models.js";

interface Truth {
  readonly source: string;
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  readonly params?: number;
  readonly error?: string;
}

const truths: readonly Truth[] = readFileSync("test/oracle/models.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

test("models that run in PyTorch have its shapes in every line and its parameters, and nothing is flagged", () => {
  const running = truths.filter((t) => t.shapes);
  assert.ok(running.length >= 300);
  for (const { source, shapes = {}, params } of running) {
    const { trace, models } = followPython(source);
    const errors = trace.mismatches.filter((m) => m.severity === "error");
    assert.deepEqual(errors, [], source);
    const found = Object.fromEntries(trace.statements.map((s) => [String(lineOf(source, s.at)), s.tensor.shape]));
    for (const [line, shape] of Object.entries(shapes))
      assert.deepEqual(found[line], shape, `line ${line} of\n${source}`);
    assert.deepEqual(countParameters(models[0]?.value as never), { known: params, more: false }, source);
  }
});

test("models that PyTorch refuses have exactly one error: one mistake is one error", () => {
  const refused = truths.filter((t) => t.error !== undefined);
  assert.ok(refused.length >= 200);
  for (const { source, error } of refused) {
    const found = followPython(source).trace.mismatches.filter((m) => m.severity === "error");
    assert.equal(found.length, 1, `${error}\n${source}\n${JSON.stringify(found, null, 1)}`);
  }
});

test("the replacements that are offered, one after another, make a model that fits", () => {
  let repaired = 0;
  for (const { source, error } of truths) {
    if (error === undefined) continue;
    let text = source;
    for (let round = 0; round < 5; round++) {
      const [first] = followPython(text).trace.mismatches.filter((m) => m.severity === "error");
      if (!first) {
        repaired++;
        break;
      }
      if (!first.replacement) break;
      assert.notEqual(round, 4, text);
      text =
        text.slice(0, first.replacement.place.from) + first.replacement.text + text.slice(first.replacement.place.to);
    }
  }
  assert.ok(repaired > 250, `${repaired} models repaired`);
});
