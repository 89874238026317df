import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdictsOf = (text: string): readonly string[] =>
  analyze(text, "markdown", "answer").claims.map(({ verdict }) => verdict);

const random = randomFrom(43);
const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
const size = (...sides: readonly number[]): string => sides.join(pick(random, ["×", "x", " × "]));

test("What a convolution makes of an image by a verb is right where it does, and wrong where no padding or stride makes it", () => {
  for (let i = 0; i < 300; i++) {
    const [n, k, filters] = [pick(random, [28, 32, 64, 224]), pick(random, [3, 5, 7]), pick(random, [6, 16, 32])];
    const [stride, padding] = [whole(1, 3), whole(0, 2)];
    const side = Math.floor((n + 2 * padding - k) / stride) + 1;
    const padded = padding === 0 ? pick(random, ["no padding", "padding 0"]) : `padding ${padding}`;
    const say = (out: number, depth = filters): string =>
      pick(random, [
        `A ${size(k, k)} convolution with ${filters} filters, stride ${stride} and ${padded} turns ${size(n, n, 3)} into ${size(out, out, depth)}.`,
        `Applying ${filters} filters of size ${size(k, k)} with stride ${stride} and ${padded} to a ${size(n, n, 3)} image gives a ${size(out, out, depth)} output.`,
        `A ${size(k, k)} convolution with ${filters} filters, stride ${stride} and ${padded} reduces ${size(n, n, 3)} to ${size(out, out, depth)}.`,
        `With stride ${stride} and ${padded} a ${size(k, k)} convolution with ${filters} filters on a ${size(n, n, 3)} input produces a feature map of size ${size(out, out, depth)}.`,
      ]);
    const right = say(side);
    assert.deepEqual(verdictsOf(right), ["right"], right);
    const off = say(side + pick(random, [-1, 1]));
    assert.deepEqual(verdictsOf(off), ["wrong"], off);
    const deep = say(side, filters + 1);
    assert.deepEqual(verdictsOf(deep), ["wrong"], deep);
  }
});

test("What pooling makes, and a size that padding keeps, is judged; where stride and padding are not said, only what none of them makes is wrong", () => {
  for (let i = 0; i < 100; i++) {
    const [half, channels, k] = [whole(3, 60), pick(random, [6, 16, 96]), pick(random, [3, 5, 7])];
    const pool = (out: number, depth: number): string =>
      `A ${size(2, 2)} max pooling with stride 2 turns ${size(2 * half, 2 * half, channels)} into ${size(out, out, depth)}.`;
    assert.deepEqual(verdictsOf(pool(half, channels)), ["right"]);
    assert.deepEqual(verdictsOf(pool(half, channels / 2)), ["wrong"], pool(half, channels / 2));
    assert.deepEqual(verdictsOf(pool(half + 1, channels)), ["wrong"]);
    const n = 4 * half + 32;
    const keeps = (padding: number): string =>
      `With padding ${padding}, a ${size(k, k)} convolution keeps the size ${size(n, n)}.`;
    assert.deepEqual(verdictsOf(keeps((k - 1) / 2)), ["right"], keeps((k - 1) / 2));
    assert.deepEqual(verdictsOf(keeps((k + 1) / 2)), ["wrong"], keeps((k + 1) / 2));
    const bare = (out: number): string =>
      `A ${size(k, k)} convolution on a ${size(n, n)} image gives ${size(out, out)}.`;
    assert.deepEqual(verdictsOf(bare(n - k + 1)), ["right"]);
    assert.deepEqual(verdictsOf(bare(n)), ["right"]);
    assert.deepEqual(verdictsOf(bare(n - k)), ["wrong"], bare(n - k));
    assert.ok(!verdictsOf(bare(n / 2)).includes("wrong"), bare(n / 2));
  }
});

test("Sentences that speak of other things are left alone", () => {
  for (const text of [
    "A 3×3 convolution on a 5×5 image gives 3×3 patches.",
    "Unrolling a 5×5 image for a 3×3 filter gives a 9×9 matrix.",
    "A dilated 3×3 convolution with stride 1 and no padding turns 32×32 into 28×28.",
    "A transposed 2×2 convolution with stride 2 and no padding turns 14×14 into 28×28.",
    "Two 3×3 convolutions with stride 1 and no padding turn 32×32 into 28×28.",
    "A 3×3 convolution with stride 1 and no padding followed by pooling turns 32×32 into 15×15.",
    "Does a 5×5 convolution with stride 1 and padding 1 keep the size 32×32? It keeps 32×32 only with padding 2.",
    "It is wrong that a 5×5 convolution with padding 1 keeps the size 32×32.",
    "Resizing turns 640×480 into 224×224. Then a 7×7 convolution with stride 2 is applied.",
    "The generator with a 4×4 kernel, stride 2 and padding 1 maps 4×4 to 8×8.",
    "A crop reduces 256×256 to 224×224.",
    "The pad of 2 and a 5×5 filter leaves the 28×28 image a 32×32 canvas.",
    "An upsampling by 2 and a 3×3 convolution with stride 1 and padding 1 turn 16×16 into 32×32.",
  ])
    assert.ok(!verdictsOf(text).includes("wrong"), text);
});

test("Weights and biases are the parameters together", () => {
  for (let i = 0; i < 200; i++) {
    const [weights, biases] = [whole(100, 99_999), whole(1, 999)];
    const write = (n: number): string => (random() < 0.5 ? String(n) : n.toLocaleString("en-US"));
    const say = (total: number): string =>
      pick(random, [
        `The layer has ${write(weights)} weights and ${write(biases)} biases, so ${write(total)} parameters.`,
        `It has ${write(total)} trainable parameters (${write(weights)} weights and ${write(biases)} biases).`,
        `${write(weights)} weights plus ${write(biases)} biases make ${write(total)} parameters in total.`,
      ]);
    assert.deepEqual(verdictsOf(say(weights + biases)), ["right"]);
    assert.deepEqual(verdictsOf(say(weights + biases + pick(random, [-1, 1, 10]))), ["wrong"]);
  }
  for (const text of [
    "The first layer has 432 weights and 16 biases. All layers have 4640 parameters.",
    "432 weights and 16 biases are not 450 parameters.",
    "If it had 432 weights and 16 biases, 4640 parameters would be too many.",
    "With 432 weights and 16 biases each, 896 parameters in two layers.",
  ])
    assert.ok(!verdictsOf(text).includes("wrong"), text);
});
