import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { countParameters } from "../../src/check/python/parameters.js";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import { summarize } from "../../src/check/summary.js";
import { subtract } from "../../src/core/dims/dim.js";
import { printDim } from "../../src/core/dims/print.js";
import type { Shape } from "../../src/core/layer/op.js";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

interface Truth {
  readonly file: string;
  /** The line of the statement in which Keras refuses. */
  readonly line: number | null;
  /** Output (absent for a subclass), all parameters, trained parameters. */
  readonly models: Readonly<Record<string, readonly [(number | null)[][] | null, number, number]>>;
}

const truths = readFileSync("test/oracle/kerasModels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Truth);

/** The offsets at which the statement that begins in a line begins and ends: where its brackets are closed. */
function statementAt(text: string, line: number): readonly [number, number] {
  const lines = text.split("\n");
  const from = lines.slice(0, line - 1).join("\n").length;
  let depth = 0;
  let to = from;
  for (const each of lines.slice(line - 1)) {
    depth += (each.match(/[([{]/g)?.length ?? 0) - (each.match(/[)\]}]/g)?.length ?? 0);
    to += each.length + 1;
    if (depth <= 0) break;
  }
  return [from, to];
}

const shapesIn = (value: PyValue | undefined): readonly Shape[] => {
  if (value?.kind === "tensor") return [value.shape ?? []];
  if (value?.kind === "list" || value?.kind === "tuple") return (value.items ?? []).flatMap((v) => shapesIn(v));
  return value?.kind === "dict" ? [...(value.entries?.values() ?? [])].flatMap(([, v]) => shapesIn(v)) : [];
};

/** Keras writes None for a size that it learns when it runs. */
const asKeras = (shape: Shape): unknown =>
  shape.map((d) => (typeof d === "number" ? d : d !== undefined && printDim(d) === "N" ? null : "?"));

for (const { file, line, models } of truths) {
  const text = readFileSync(`test/fixtures/python/${file}`, "utf8");

  test(`${file}: something is found where Keras refuses, and nothing where it does not`, () => {
    const places = analyzePython(text, "answer").findings.map((f) => f.span.from);
    const shown = places.map((at) => text.slice(0, at).split("\n").length).join();
    if (line === null) {
      // What the file defines and never runs may be wrong, and Keras does not see it.
      const isRun = !/uncalled/.test(file);
      if (isRun) assert.deepEqual(places, []);
      return;
    }
    const [from, to] = statementAt(text, line);
    assert.ok(
      places.some((at) => from <= at && at <= to),
      `Keras refuses in line ${line}; found in ${shown}`,
    );
    assert.ok(
      places.every((at) => at >= from),
      `Keras refuses in line ${line}; found before in ${shown}`,
    );
  });

  test(`${file}: its models have Keras's outputs and parameters`, () => {
    const { names } = followPython(text);
    for (const [name, [outputs, all, trained]] of Object.entries(models)) {
      const model = names.get(name);
      assert.ok(model, name);
      const count = countParameters(model);
      if (count.more) {
        assert.ok(line !== null || file === "keras_conditional.py", name);
        continue;
      }
      assert.deepEqual([count.known, subtract(count.known, count.notTrained ?? 0)], [all, trained], name);
      if (model.kind === "container" && outputs)
        assert.deepEqual(shapesIn(model.ends?.[1]).map(asKeras).sort(), [...outputs].sort(), name);
    }
  });
}

test("a summary has the layers, the names and the counts of model.summary()", () => {
  const text = readFileSync("test/fixtures/python/keras_mnist_cnn.py", "utf8");
  for (const inputs of [[], [[2, 28, 28, 1]]]) {
    const summary = summarize(text, "model", inputs);
    assert.ok(!("problem" in summary), JSON.stringify(summary));
    assert.deepEqual([summary.params, summary.trainable], [35_082, 34_954]);
    assert.deepEqual(
      summary.leaves.map(([path, , , params]) => `${path} ${params}`),
      [
        "conv2d 320",
        "max_pooling2d 0",
        "conv2d_1 18496",
        "max_pooling2d_1 0",
        "batch_normalization 256",
        "flatten 0",
        "dropout 0",
        "dense 16010",
      ],
    );
  }
});

test("Keras's own answers are about enough models", () => {
  const files = readdirSync("test/fixtures/python").filter((f) => f.startsWith("keras_"));
  // What keras.applications downloads is not in this repository.
  assert.deepEqual(truths.map((t) => t.file).sort(), files.filter((f) => f !== "keras_transfer.py").sort());
  assert.ok(truths.flatMap((t) => Object.keys(t.models)).length >= 12);
  assert.ok(truths.filter((t) => t.line !== null).length >= 8);
});
