import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { countParameters } from "../../src/check/python/parameters.js";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import { subtract } from "../../src/core/dims/dim.js";
import { followPython } from "../../src/read/python/models.js";

interface Truth {
  readonly text: string;
  readonly line: number | null;
  readonly shapes: Readonly<Record<string, readonly (number | null)[]>>;
  readonly counts: readonly [number, number] | null;
}

const truths = readFileSync("test/oracle/kerasPrograms.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Truth);

test("random programs have Keras's shapes in every line, its parameters, and one error where it refuses", () => {
  let shapesSeen = 0;
  for (const { text, line, shapes, counts } of truths) {
    const { names, trace } = followPython(text);
    const found = trace.mismatches.map((m) => text.slice(0, m.place.from).split("\n").length);
    assert.deepEqual(found, line === null ? [] : [line], text + trace.mismatches.map((m) => m.say).join("\n"));
    for (const [name, expected] of Object.entries(shapes)) {
      const value = names.get(name);
      assert.ok(value?.kind === "tensor" && value.shape, `${text}${name}`);
      assert.deepEqual(
        value.shape.map((d) => (typeof d === "number" ? d : null)),
        expected,
        `${text}${name}`,
      );
      shapesSeen++;
    }
    const model = names.get("model");
    if (!counts || !model) continue;
    const { known, notTrained = 0, more } = countParameters(model);
    assert.deepEqual([more, known, subtract(known, notTrained)], [false, ...counts], text);
  }
  assert.ok(shapesSeen > 1500, `${shapesSeen} shapes`);
  assert.ok(truths.filter((t) => t.line !== null).length > 60);
  assert.ok(truths.filter((t) => t.counts).length > 100);
});

const nested = (first: string, again: string, rest: string): string =>
  `from keras import layers, Sequential, Input, Model\ni = Input((4,))\n${first}\nfor a in range(100):\n    for b in range(100):\n        ${again}\n${rest}\n`;

test("models within models within models neither throw nor hang", () => {
  for (const text of [
    nested("m = Model(i, layers.Dense(4)(i))", "m = Model(i, m(i))", "y = m(i)"),
    nested("m = Model(i, layers.Dense(4)(i))", "m = Model(i, m(m(i)))", "y = m(i)"),
    nested("m = Sequential([Input((4,)), layers.Dense(4)])", "m = Sequential([m])", "m.trainable = False"),
    nested("m = Sequential([layers.Dense(4)])", "m = Sequential([m])", "m(i)\nm.trainable = False"),
    nested("x = i", "x = layers.Dense(4)(x) + x", "m = Model(i, x)\ny = Model(i, m(m(i)))"),
    nested("m = Sequential()", "m.add(m)", "m(i)\nm.build((None, 4))"),
    nested("m = [i]", "m.append(m)", "y = layers.Add()(m)\nz = layers.Concatenate()([m, m])\nModel(m, m)"),
  ]) {
    const { findings, lenses } = analyzePython(text, "answer");
    assert.deepEqual(findings, [], text);
    assert.ok(lenses.every((l) => !l.title.includes("NaN")));
  }
});
