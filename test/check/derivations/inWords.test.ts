import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdictsOf = (text: string, language: "markdown" | "latex" | "plaintext" = "markdown"): readonly string[] =>
  analyze(text, language, "answer").claims.map(({ verdict }) => verdict);

/** A word of text as one of the ways to type a size. */
const sizeAs = (n: number, way: number): string =>
  [`${n}×${n}`, `${n}x${n}`, `$${n}\\times${n}$`, `$${n} \\times ${n}$`][way % 4] ?? "";

test("The receptive field of stacked convolutions that a text gives in words is right for 1 + L(K − 1), and wrong else.", () => {
  const random = randomFrom(41);
  const words = ["two", "three", "four", "five", "six"];
  for (let i = 0; i < 200; i++) {
    const layers = pick(random, [2, 3, 4, 5, 6]);
    const k = pick(random, [3, 5, 7]);
    const count = pick(random, [words[layers - 2] ?? "", String(layers)]);
    const field = 1 + layers * (k - 1);
    const size = sizeAs(k, i);
    const say = (n: number): string =>
      pick(random, [
        `The receptive field of ${count} stacked ${size} convolutions is ${n}.`,
        `The receptive field of ${count} ${size} convolution layers with stride 1 is $${n}$.`,
        `We see that ${count} stacked ${size} convolutions have a receptive field of ${n}×${n}.`,
      ]);
    assert.deepEqual(verdictsOf(say(field)), ["right"]);
    assert.deepEqual(verdictsOf(say(pick(random, [layers * k, field - 1, layers * (k - 1), field + 1]))), ["wrong"]);
  }
  for (const text of [
    "The receptive field of three stacked 3×3 convolutions is 1 + 3·2 = 7.",
    "The receptive field of three stacked 3×3 convolutions is $1 + 3\\cdot 2 = 7$.",
    "With dilation 2, the receptive field of three stacked 3×3 convolutions is 13.",
    "With stride 2, the receptive field of two stacked 3×3 convolutions is 7.",
  ])
    assert.ok(!verdictsOf(text).includes("wrong"), text);
});

test("The size of an output that a text gives in words is right where its layer gives it, and wrong where all is said and it does not.", () => {
  const random = randomFrom(42);
  let wrong = 0;
  for (let i = 0; i < 300; i++) {
    const [n, k] = [pick(random, [7, 14, 28, 32, 64, 227]), pick(random, [2, 3, 5, 7])];
    const [padding, stride] = [pick(random, [0, 1, 2]), pick(random, [1, 2, 3])];
    const side = Math.floor((n + 2 * padding - k) / stride) + 1;
    const padded = padding === 0 ? pick(random, ["no padding", "padding 0"]) : `padding ${padding}`;
    const say = (out: number): string =>
      pick(random, [
        `A ${sizeAs(n, i)} image, ${sizeAs(k, i)} filter, stride ${stride}, ${padded}: the output is ${sizeAs(out, i)}.`,
        `An input of size ${sizeAs(n, i)} goes through a ${sizeAs(k, i)} convolution with stride ${stride} and ${padded}. The output has size ${sizeAs(out, i)}.`,
        `A ${sizeAs(n, i)} image meets 8 filters of size ${sizeAs(k, i)} with stride ${stride} and ${padded}; the output is ${out}x${out}x8.`,
      ]);
    assert.deepEqual(verdictsOf(say(side)), ["right"], say(side));
    const [one] = verdictsOf(say(side + pick(random, [-1, 1, 2])));
    if (one === "wrong") wrong++;
    assert.notEqual(one, "right");
  }
  assert.ok(wrong >= 290, `${wrong}`);
  for (const text of [
    // Nobody says how it is padded.
    "A 28×28 image and a 3×3 filter: the output is 28×28.",
    "A 28×28 image and a 3×3 filter: the output is 26×26.",
    "A 32×32 image, 3×3 filter, stride 2, padding 1: with dilation 2 the output is 15×15.",
    "A 32×32 image passes two layers with 3×3 filters, stride 1, no padding. The output is 28×28.",
    "A 32×32 image, 2×2 max pooling with stride 2. The output is 16×16. After a 3×3 convolution with stride 1 and no padding it is 14×14.",
    "The output is 4×4 matrix of scores.",
    "A 32×32 image, 5×5 filter, stride 1, no padding, followed by pooling: the output is 14×14.",
    "A 32×32 image, 5×5 filter, stride 1, zero padding of 1: the output is 30×30.",
    "A 32×32 image, 5×5 filter, stride 1, 2 pixels of zero padding: the output is 32×32.",
    "A 32×32 image passes two 3×3 convolutions with stride 1 and no padding, and the output is 28×28.",
    "A 28×28 image, 5×5 filter, stride 1, no padding: the output is 24×24. For an image of width 64, a 3×3 filter with stride 1 and no padding: the output is 62×62.",
    "A 28×28 image, 5×5 filter, stride 1, no padding. One might think the output is 28×28.",
    "A 28×28 image and a 4×4 filter with stride of two and no padding: the output is 13×13.",
    "One might think that the receptive field of three stacked 3×3 convolutions is 9.",
    "An input of 3×64×64, a 3×3 filter with stride 1 and padding 1: the output is 16×64×64.",
    "A 32×32 image, 3×3 filter, stride 1, padding 1: the output is 32 × 32 × 3 = 3072 numbers.",
    "A 32×32 image meets a 5×5 filter with stride 1 and no padding, then we downsample by 2; the output is 14×14.",
    "A 32×32 image, 5×5 filter, stride 1, no padding. Why is it not true that the output is 32×32?",
    "A 32×32 image is mirrored at its border; with a 5×5 filter, stride 1, no padding the output is 32×32.",
    "A 32×32 image, 5×5 filter, stride 1, no padding. After the same filter once more the output is 24×24.",
    "# Dilated convolutions, with rates 1, 2 and 4\n\nThe receptive field of three 3×3 convolutions is 15.",
    "The second layer has stride 2.\n\nThe receptive field of two 3×3 convolutions is 7.",
  ])
    assert.ok(!verdictsOf(text).includes("wrong"), text);
});

/** The places of a window, counted one by one. */
function places(n: number, k: number, s: number, p: number): number {
  let count = 0;
  for (let start = -p; start + k <= n + p; start += s) count++;
  return count;
}

test("outputs whose layer stands before them in letters are compared with the places of its window", () => {
  for (const [w, n] of ["W", "N"].entries())
    for (let size = 5; size < 40; size += 3)
      for (const [k, s, p] of [
        [2, 2, 0],
        [3, 1, 1],
        [3, 2, 1],
        [5, 1, 0],
        [5, 3, 2],
      ] as const) {
        const right = places(size, k, s, p);
        const given = `${n}=${size}, ${w ? "F" : "K"}=${k}, S=${s}`;
        assert.deepEqual(verdictsOf(`With ${given} and P=${p}, the output is ${right}.`), ["right"]);
        assert.deepEqual(
          verdictsOf(`With $${n} = ${size}$, $P = ${p}$, $K = ${k}$ and $S = ${s}$ the output size is $${right + 1}$.`),
          ["wrong"],
        );
        // A padding that is not said may be any.
        assert.deepEqual(verdictsOf(`With ${given} the output is ${right + 2}.`), []);
        assert.deepEqual(verdictsOf(`With ${given}, P=${p} and dilation 2 the output is ${right + 2}.`), []);
      }
});
