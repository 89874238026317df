import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import { printSizes } from "../../src/core/layer/explain.js";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

interface Truth {
  readonly layer: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly input: readonly number[] | readonly (readonly number[])[];
  readonly output?: readonly number[];
  readonly outputs?: readonly (readonly number[])[];
  readonly error?: string;
  readonly constructor?: boolean;
}

/** The call as a student writes it. */
function toPython(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `(${value.map(toPython).join(", ")}${value.length === 1 ? "," : ""})`;
  if (typeof value !== "object") return JSON.stringify(value);
  const { layer, args } = value as { readonly layer: string; readonly args: Readonly<Record<string, unknown>> };
  const keywords = Object.entries(args).map(([name, v]) => `${name}=${toPython(v)}`);
  return `${layer}(${keywords.join(", ")})`;
}

const truths = readFileSync("test/oracle/kerasLayers.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Truth);

const shown = (value: PyValue | undefined): string =>
  value?.kind === "tensor"
    ? printSizes(value.shape ?? [])
    : value?.kind === "tuple"
      ? value.items.map(shown).join(" ")
      : (value?.kind ?? "nothing");

test("a layer that is called in Python has Keras's output, and an error where Keras has one", () => {
  let refused = 0;
  for (const truth of truths) {
    const inputs = (Array.isArray(truth.input[0]) ? truth.input : [truth.input]) as readonly (readonly number[])[];
    const tensors = inputs.map((s) => `keras.Input(batch_shape=${toPython(s)})`).join(", ");
    const several = truth.layer.endsWith("MultiHeadAttention") ? tensors : `[${tensors}]`;
    const text = `import keras\ny = ${toPython(truth)}(${inputs.length > 1 ? several : tensors})\n`;
    const { names, trace } = followPython(text);
    const found = trace.mismatches.map((m) => `${m.code}: ${m.say}`).join("\n");
    if (truth.error !== undefined) {
      refused++;
      assert.equal(trace.mismatches.length, 1, `${text}\n${found}`);
      continue;
    }
    const isByChance = truth.layer.endsWith("TimeDistributed") && found.includes("TimeDistributed/rank");
    if (isByChance) continue;
    assert.equal(found, "", text);
    const expected = truth.outputs ? truth.outputs.map((s) => printSizes(s)).join(" ") : printSizes(truth.output ?? []);
    assert.equal(shown(names.get("y")), expected, text);
  }
  assert.ok(refused > 700, `${refused} refused`);
});

test("a layer of which an argument or a size is not known is silent", () => {
  for (const truth of truths) {
    const inputs = (Array.isArray(truth.input[0]) ? truth.input : [truth.input]) as readonly (readonly number[])[];
    if (inputs.length > 1 || "layer" in truth.args) continue;
    const names = Object.keys(truth.args);
    const args = names.map((name) => `${name}=unknown[${toPython(name)}]`).join(", ");
    const sizes = inputs[0]?.map((_, i) => `unknown[${i}]`).join(", ");
    const input = toPython(inputs[0]);
    for (const text of [
      `${truth.layer}(${args})(keras.Input(batch_shape=${input}))`,
      truth.constructor ? "" : `${toPython(truth)}(keras.Input(batch_shape=(${sizes},)))`,
      truth.constructor ? "" : `${toPython(truth)}(keras.Input(batch_shape=unknown))`,
    ]) {
      const { mismatches } = followPython(`import keras\nfrom config import unknown\ny = ${text}\n`).trace;
      // How many dimensions a layer takes is known without its arguments.
      const left = mismatches.filter((m) => !m.code.endsWith("/rank"));
      assert.deepEqual(left, [], text);
    }
  }
});

const MODEL = `from keras import Input, Sequential, layers
model = Sequential([
    Input((28, 28, 1)),
    layers.Conv2D(8, 3, padding="same"),
    layers.BatchNormalization(),
    layers.Flatten(),
    layers.Dense(10),
])
model.layers[0].trainable = False
`;

test("a model's lens says all of its parameters and how many are not trained, and a layer's hover its formulas", () => {
  const { lenses, hover, hints } = analyzePython(MODEL, "answer");
  assert.deepEqual(
    lenses.map((l) => l.title),
    ["(N, 28, 28, 1) → (N, 10) · 62,842 parameters, 96 of them not trained · input from the call in line 2"],
  );
  const conv = hover(MODEL.indexOf("Conv2D") + 1)?.markdown ?? "";
  assert.match(conv, /\*\*Conv2D\*\* \(N, 28, 28, 1\) → \*\*\(N, 28, 28, 8\)\*\*/);
  assert.match(conv, /⌈28\/1⌉|`28` = \*\*28\*\*/);
  assert.match(conv, /8·\(3·3·1 \+ 1\)` = \*\*80\*\*/);
  const norm = hover(MODEL.indexOf("BatchNorm") + 1)?.markdown ?? "";
  assert.match(norm, /parameters .*`2·8` = \*\*16\*\*/);
  assert.match(norm, /not .*`2·8` = \*\*16\*\*/);
  assert.deepEqual(
    hints.map((h) => h.text),
    ["N×28×28×8", "N×28×28×8", "N×6272", "N×10"],
  );
});
