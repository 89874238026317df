import assert from "node:assert/strict";
import { test } from "node:test";
import { backward } from "../../src/core/tensor/backward.js";
import type { Contribution, Gradients } from "../../src/core/tensor/computation.js";
import { computationOf } from "../../src/core/tensor/computationOf.js";
import { forward } from "../../src/core/tensor/forward.js";
import { numericGradient } from "../../src/core/tensor/numericGradient.js";
import { elements, type Tensor, tensorBy, tensorOf } from "../../src/core/tensor/tensor.js";
import { cases, layers } from "./gradientAnswers.js";

/** Layers whose numbers are sums and products of whole numbers, or one of them: nothing is rounded. */
const EXACT = /^(Conv|MaxPool|AdaptiveMaxPool|Linear|ReLU|Identity|Flatten)/;

const parts = ["input", "weight", "bias"] as const;

/** Asserts a tensor's shape and every number, rounded ones to 1e-9 of the tensor's largest: what is 0 but for rounding has no
 * other measure. */
function assertSame(got: Tensor | undefined, want: Tensor | undefined, isExact: boolean, text: string): void {
  assert.deepEqual(got?.shape, want?.shape, text);
  const largest = Math.max(0, ...[...(want?.data ?? [])].map(Math.abs));
  want?.data.forEach((value, at) => {
    const found = got?.data[at] as number;
    const near = isExact ? found === value : Math.abs(found - value) <= 1e-9 * Math.max(largest, 1e-3);
    assert.ok(near, `${text}: ${found} at ${at}, PyTorch has ${value}`);
  });
}

test("The sweep has every layer of one to three axes, every padding mode and every argument.", () => {
  assert.ok(cases.length >= 1000, `${cases.length} cases`);
  const lines = cases.map(({ line }) => line);
  const every = ["Conv", "ConvTranspose", "MaxPool", "AvgPool", "AdaptiveAvgPool", "AdaptiveMaxPool", "BatchNorm"];
  const wanted = [1, 2, 3]
    .flatMap((rank) => every.map((name) => `"${name}${rank}d"`))
    .concat(
      ["LPPool1d", "LPPool2d", "Linear", "Flatten", "ReLU", "LeakyReLU", "Sigmoid", "Tanh"].map((name) => `"${name}"`),
      ["zeros", "reflect", "replicate", "circular", "same", "valid"].map((mode) => `:"${mode}"`),
      ["dilation", "groups", "stride", "output_padding", "ceil_mode", "count_include_pad", "divisor_override", "eps"],
      ['"training":false', '"affine":false', '"track_running_stats":false', '"bias":false', '"padding":['],
    );
  assert.deepEqual(
    wanted.filter((text) => lines.filter((line) => line.includes(text)).length < 4),
    [],
  );
});

for (const name of layers) {
  test(`${name} gives PyTorch's output and gradients.`, () => {
    for (const { name: own, text, args, numbers, gradOutput, output, gradients } of cases) {
      if (own !== name) continue;
      const [found, back] = [forward(name, args, numbers), backward(name, args, numbers, gradOutput)];
      if (typeof found === "string" || typeof back === "string")
        assert.fail(`${text}: ${String(found)} ${String(back)}`);
      assertSame(found, output, EXACT.test(name), `${text} output`);
      for (const part of parts)
        assertSame(back[part], gradients[part], EXACT.test(name), `${text} gradient of ${part}`);
    }
  });
}

test("The contributions of each entry add up to it, to the last bit and in the order in which they are told.", () => {
  let entries = 0;
  for (const { text, computation, numbers, gradOutput } of cases) {
    const { contributions } = computation;
    if (!contributions) continue;
    const gradients: Gradients = computation.backward(numbers, gradOutput);
    for (const part of parts) {
      gradients[part]?.data.forEach((value, entry) => {
        const found = contributions(numbers, gradOutput, part, entry);
        const sum = found.reduce((total, { product }) => total + product, 0);
        assert.ok(sum === value, `${text}: entry ${entry} of ${part} is ${value}, its contributions add up to ${sum}`);
        found.forEach((each, at) => {
          assertContribution(each, found[at - 1]);
          if (part === "input") assert.ok(each.input === undefined || each.input === entry);
          if (part === "weight") assert.equal(each.weight, entry);
          if (each.input === undefined || each.weight === undefined) return;
          const other = part === "input" ? numbers.weight?.data[each.weight] : numbers.input.data[each.input];
          assert.equal(each.factor, other, text);
        });
        entries++;
      });
    }
  }
  assert.ok(entries > 20_000, `${entries} entries`);

  function assertContribution(each: Contribution, before: Contribution | undefined): void {
    const { output, factor, divisor, upstream, product } = each;
    assert.equal(product, (upstream * factor) / divisor);
    if (before === undefined) return;
    const isLater = output > before.output || (output === before.output && (each.weight ?? 0) > (before.weight ?? 0));
    assert.ok(isLater, "not in row-major order");
  }
});

test("Small steps give the same gradients, and say where there is a kink instead.", () => {
  const kinks = new Map<string, number>();
  for (const { name, text, computation, numbers, gradOutput } of cases) {
    for (const part of parts) {
      const check = numericGradient(computation, numbers, gradOutput, part);
      if (!check) continue;
      assert.equal(check.slopes.length, check.entries, text);
      const largest = Math.max(1, ...check.slopes.map(({ exact }) => Math.abs(exact)));
      assert.ok(check.difference <= 1e-6 * largest, `${text}: ${check.difference} apart in ${part}`);
      if (check.kinks > 0) kinks.set(name, (kinks.get(name) ?? 0) + 1);
    }
  }
  const pointed = [...kinks.keys()].filter((name) => !/MaxPool|LPPool|ReLU/.test(name));
  assert.deepEqual(pointed, [], "Only maxima, norms and rectifiers have kinks.");
  for (const name of ["MaxPool1d", "MaxPool2d", "AdaptiveMaxPool2d", "LPPool1d", "ReLU"])
    assert.ok(kinks.has(name), name);
});

test("A tie under a maximum is a kink: its slopes are told, and not called a difference; its nearest neighbour is none.", () => {
  const check = (values: number[]) => {
    const numbers = { input: tensorOf([values]) };
    const computation = computationOf("MaxPool1d", { kernel_size: 2 }, numbers);
    if (typeof computation === "string") assert.fail(computation);
    return numericGradient(computation, numbers, tensorOf([[3]]), "input");
  };
  const tie = check([5, 5]);
  assert.equal(tie?.kinks, 2);
  assert.equal(tie?.difference, 0);
  assert.deepEqual(tie?.slopes[0], { entry: 0, exact: 3, numeric: 1.5, kink: [0, 3] });
  const near = check([5, 4.99]);
  assert.deepEqual([near?.kinks, near?.difference], [0, 0]);
});

test("The rounding of large numbers is no kink.", () => {
  const numbers = { input: tensorBy([1, 12], (index) => 1e6 * (1 + ((index * 7) % 5)) + 0.1) };
  const computation = computationOf("LPPool1d", { norm_type: 2, kernel_size: 3 }, numbers);
  if (typeof computation === "string") assert.fail(computation);
  const check = numericGradient(computation, numbers, tensorOf([[3, -2, 5, 1]]), "input");
  assert.equal(check?.kinks, 0);
  assert.ok((check?.difference ?? 1) < 1e-6);
});

test("A global pooling layer is an adaptive one with one window.", () => {
  const input = tensorBy([2, 3, 4], (index) => (index * 7) % 11);
  for (const [global, adaptive] of [
    ["GlobalAvgPool2d", "AdaptiveAvgPool2d"],
    ["GlobalMaxPool2d", "AdaptiveMaxPool2d"],
  ] as const) {
    const gradOutput = tensorOf([[[2]], [[-3]]]);
    const want = backward(adaptive, { output_size: 1 }, { input }, gradOutput);
    assert.deepEqual(backward(global, {}, { input }, gradOutput), want);
    assert.deepEqual(forward(global, {}, { input }), forward(adaptive, { output_size: 1 }, { input }));
  }
});

test("What cannot be computed is refused in a sentence, and quickly.", () => {
  const input = tensorOf([[1, 2, 3]]);
  const weight = tensorOf([[[1, 1]]]);
  const conv = { in_channels: 1, out_channels: 1, kernel_size: 2, bias: false };
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ["Conv1d", { ...conv, in_channels: 2 }, /^in_channels is 2, the input has 1; set it to 1\.$/],
    ["Conv1d", { ...conv, kernel_size: 3 }, /^weight has the shape \[1, 1, 2\], the layer's is \[1, 1, 3\]/],
    [
      "Conv1d",
      { ...conv, bias: true },
      /^The layer has a bias of shape \[1\] and none is given; give it, or bias=False\.$/,
    ],
    ["Conv1d", { ...conv, dilation: 9 }, /^The window covers 10, the input with its padding is only 3 long/],
    [
      "Conv1d",
      { ...conv, padding: 3, padding_mode: "reflect" },
      /^The input is 3 long, too short for reflect padding of 3/,
    ],
    ["Conv1d", { ...conv, padding: 1e9 }, /places along an axis; Dimsum computes up to 1000000/],
    ["Conv1d", { ...conv, stride: "s" }, /^stride is s here/],
    ["Conv2d", conv, /^Conv2d takes \[C, H, W\], the input has the shape \[1, 3\]/],
    ["ConvTranspose1d", { ...conv, padding: 9 }, /^The padding 9 takes away all of the output/],
    ["ConvTranspose1d", { ...conv, output_padding: 1 }, /^output_padding is 1; it must be less than the stride 1/],
    ["AdaptiveAvgPool1d", { output_size: 1e12 }, /places along an axis/],
    ["LPPool1d", { norm_type: 0, kernel_size: 2 }, /^norm_type is 0, and there is no such root/],
    ["BatchNorm1d", { num_features: 3 }, /^Each channel has one value only/],
    ["Flatten", { start_dim: 7 }, /^start_dim is 7; with a batch axis the input has 3 axes\.$/],
    ["LSTM", {}, /^Dimsum does not compute LSTM\.$/],
    ["constructor", {}, /^Dimsum does not compute constructor\.$/],
  ];
  for (const [name, args, sentence] of refused) {
    const found = forward(name, args, { input, weight: /^Conv/.test(name) ? weight : undefined });
    assert.match(typeof found === "string" ? found : `computed ${elements(found.shape)}`, sentence, name);
  }
  assert.match(
    String(backward("Conv1d", conv, { input, weight }, input)),
    /^gradOutput is \[1, 3\], the output is \[1, 2\]/,
  );
});
