import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { printSizes } from "../../src/core/layer/explain.js";
import type { Shape } from "../../src/core/layer/op.js";
import { followPython } from "../../src/read/python/models.js";

/** What PyTorch made of one file; its shapes by "from:to". */
interface Truth {
  readonly file: string;
  readonly error: { readonly line: number; readonly message: string } | null;
  readonly tensors: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const truths: readonly Truth[] = readFileSync("test/oracle/students.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const readFixture = (file: string): string => readFileSync(`test/fixtures/python/${file}`, "utf8");

/** Shapes of one place that PyTorch's answers keep; there may be more. */
const MAX_SHAPES = 12;

const isAmong = (shape: Shape, shapes: readonly (readonly number[])[]): boolean =>
  shapes.length >= MAX_SHAPES ||
  shapes.some((s) => s.length === shape.length && s.every((n, i) => typeof shape[i] !== "number" || shape[i] === n));

test("every file of the fixtures has PyTorch's answer", () => {
  // Models of Keras have Keras's answers, in kerasModels.jsonl.
  const files = readdirSync("test/fixtures/python").filter((file) => !file.startsWith("keras_"));
  assert.deepEqual(truths.map((t) => t.file).sort(), files.sort());
  assert.ok(truths.length >= 80);
});

test("no file that PyTorch runs has an error, and one that it refuses has exactly one", () => {
  for (const { file, error } of truths) {
    const found = followPython(readFixture(file)).trace.mismatches.filter((m) => m.severity === "error");
    const texts = found.map((m) => `${m.code}: ${m.say}`).join("\n");
    assert.equal(found.length, error ? 1 : 0, `${file}: ${error?.message ?? "runs"}\n${texts}`);
  }
});

test("every shape that is shown is one that PyTorch has at that place", () => {
  let shown = 0;
  let all = 0;
  for (const { file, error, tensors } of truths) {
    const text = readFixture(file);
    const { trace } = followPython(text);
    all += Object.keys(tensors).length;
    for (const { place, values } of trace.noted()) {
      const shapes = tensors[`${place.from}:${place.to}`];
      if (!shapes) continue;
      const where = `${file}:${text.slice(0, place.from).split("\n").length} ${text.slice(place.from, place.to)}`;
      if (values.some((v) => v.kind === "tensor" && v.shape)) shown++;
      for (const v of values) {
        assert.ok(v.kind === "tensor" || v.kind === "unknown", `${where} is no ${v.kind}`);
        // After its error PyTorch has no shapes; Dimsum goes on with the size that was meant.
        if (v.kind === "tensor" && v.shape && !error)
          assert.ok(isAmong(v.shape, shapes), `${where}: ${printSizes(v.shape)} is not in ${JSON.stringify(shapes)}`);
      }
    }
  }
  assert.ok(shown > all / 2, `${shown} of ${all} shapes are shown`);
});
