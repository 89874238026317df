import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

/** A value as Python writes it; undefined where it is none that a homework has. */
function python(value: unknown): string | undefined {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  const items = Array.isArray(value) ? value.map(python) : [undefined];
  return items.every((x) => x !== undefined) ? `(${items.join(", ")})` : undefined;
}

test("parameters of layers that a text gives as code are PyTorch's own", () => {
  let compared = 0;
  for (const line of readFileSync("test/oracle/moreLayers.jsonl", "utf8").trim().split("\n")) {
    const { layer, args, params } = JSON.parse(line);
    if (!params || !/^(?:Linear|Conv|LSTM|GRU|RNN|Bilinear|Embedding|MultiheadAttention|BatchNorm)/.test(layer))
      continue;
    const written = Object.entries(args).map(([name, value]) => [name, python(value)]);
    if (written.some(([, value]) => value === undefined)) continue;
    const call = `\`nn.${layer}(${written.map(([name, value]) => `${name}=${value}`).join(", ")})\``;
    assert.deepEqual(verdicts(`The layer ${call} has ${params} parameters.`), ["right"], call);
    assert.deepEqual(verdicts(`The layer ${call} has ${params + 1} parameters.`), ["wrong"], call);
    compared++;
  }
  assert.ok(compared >= 200, `${compared}`);
});

test("networks by their widths are counted, and conditions, doubts and biases in words leave a sentence alone", () => {
  assert.deepEqual(verdicts("An MLP with 784-128-10 has 101,770 parameters."), ["right"]);
  assert.deepEqual(verdicts("An MLP with 784-128-10 has 101,771 parameters."), ["wrong"]);
  for (const text of [
    "An MLP with 784-128-10 has 101,632 parameters.",
    "`nn.Linear(100, 10)` has 1000 parameters without the bias.",
    "If `nn.Linear(100, 10)` has 1000 parameters, it has no bias.",
    "`nn.Linear(100, 10)` has about 1000 parameters.",
    "Does `nn.Linear(100, 10)` have 1000 parameters?",
  ])
    assert.deepEqual(verdicts(text), [], text);
});

const layersInWords = (random: () => number): readonly (readonly [text: string, weights: number, biases: number])[] => {
  const [from, to, k] = [pick(random, [1, 3, 16, 64, 256]), pick(random, [8, 10, 32, 128]), pick(random, [1, 3, 5, 7])];
  const [weights, side] = [k * k * from * to, pick(random, [28, 32, 224])];
  const convolutions = [
    `A ${k}×${k} convolution with ${from} input and ${to} output channels`,
    `A ${k}x${k} conv layer from ${from} to ${to} channels`,
    `A $${k} \\times ${k}$ convolution with ${from} input channels and ${to} filters`,
    `A convolutional layer with ${to} filters of size ${k}×${k}×${from}`,
    `A conv layer with ${to} ${k}×${k} filters on a ${from}-channel image`,
    `The input is ${side}×${side}×${from}. Applied to a ${side}×${side}×${from} input, a layer with ${to} filters of size ${k}×${k}`,
  ];
  const dense = [
    `A fully connected layer from ${from} to ${to}`,
    `A linear layer with ${from} inputs and ${to} outputs`,
    `The dense layer with ${from} input features and ${to} units`,
    `A fully connected layer from ${k}×${k}×${from} to ${to}`,
  ];
  return [
    ...convolutions.map((text) => [text, weights, to] as const),
    ...dense.map((text, i) => [text, i === 3 ? weights : from * to, to] as const),
  ];
};

test("parameters of convolutions and linear layers in words are counted with their biases, and without where the text says so", () => {
  const random = randomFrom(7);
  for (let i = 0; i < 40; i++)
    for (const [text, weights, biases] of layersInWords(random)) {
      const all = weights + biases;
      assert.deepEqual(verdicts(`${text} has ${all} parameters.`), ["right"], text);
      assert.deepEqual(verdicts(`${text} has ${weights} weights and ${biases} biases.`), ["right"], text);
      assert.deepEqual(verdicts(`${text} has ${weights} parameters without biases.`), ["right"], text);
      // Whether there are biases is not said.
      assert.deepEqual(verdicts(`${text} has ${weights} parameters.`), [], text);
      assert.deepEqual(verdicts(`${text} has ${weights} parameters including the biases.`), ["wrong"], text);
      assert.deepEqual(verdicts(`${text} has ${all + biases} parameters.`), ["wrong"], text);
      assert.deepEqual(verdicts(`${text} has about ${all + biases} parameters.`), [], text);
    }
});

test("words that make another layer of it, and a second layer, leave a sentence alone", () => {
  for (const text of [
    "A depthwise 3×3 convolution with 64 input channels and 64 filters has 640 parameters.",
    "A 3×3 convolution with 64 input channels, 128 filters and 4 groups has 18,560 parameters.",
    "A 3×3 convolution with 64 input channels and 64 filters, followed by a 1×1 convolution, has 41,088 parameters.",
    "Two 3×3 convolutions with 64 input channels and 64 filters have 73,856 parameters.",
    "A 3D convolution with 3×3×3 filters, 3 input channels and 8 filters has 656 parameters.",
    "A fully connected layer from 7×7×512 to 4096 and one to 1000 have 106,861,544 parameters.",
  ])
    assert.deepEqual(verdicts(text), [], text);
});
