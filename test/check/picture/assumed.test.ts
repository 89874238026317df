import assert from "node:assert/strict";
import { test } from "node:test";
import { type LayerCall, layerPicture } from "../../../src/check/picture.js";
import type { Heading } from "../../../src/protocol.js";

/** The picture of a layer of whose input nothing is known. */
function unknown(name: string, args: LayerCall["args"], formula?: LayerCall["formula"]) {
  const picture = layerPicture({ name, args, input: ["N", "C"], ...(formula && { formula }) });
  assert.ok("heading" in picture);
  return picture;
}

const inputOf = ({ facts }: Heading): string | undefined => facts.find(({ name }) => name === "input")?.text;

test("An input of which nothing is known has the axes that its layer's name tells, and the channels that its arguments do", () => {
  const inputs: readonly (readonly [string, LayerCall["args"], string])[] = [
    ["BatchNorm1d", { num_features: 3 }, "N × 3"],
    ["BatchNorm2d", { num_features: 3 }, "N × 3 × H × W"],
    ["InstanceNorm3d", { num_features: 3 }, "N × 3 × Z × H × W"],
    ["AdaptiveAvgPool1d", { output_size: 3 }, "N × C × L"],
    ["AdaptiveMaxPool2d", { output_size: 3 }, "N × C × H × W"],
    ["Linear", { in_features: 400, out_features: 10 }, "N × 400"],
    ["ReLU", {}, "N × C"],
  ];
  for (const [name, args, input] of inputs) {
    assert.equal(inputOf(unknown(name, args).heading), input, name);
    // A layer with channels of its own may come with these.
    const channels = args.num_features ?? "C";
    const call: LayerCall = { name, args, input: ["N", channels as string] };
    const again = layerPicture(call);
    assert.equal("heading" in again && inputOf(again.heading), input, name);
    const refused = layerPicture({ ...call, problem: "It does not fit." });
    assert.equal("heading" in refused && inputOf(refused.heading), `N × ${channels}`);
  }
  const known = layerPicture({ name: "ReLU", args: {}, input: [4, "C"] });
  assert.equal("heading" in known && inputOf(known.heading), "4 × C");
});

test("A batch norm over images is drawn with images, even where their size is not known", () => {
  const picture = unknown("BatchNorm2d", { num_features: 3 });
  assert.ok(picture.kind === "norm");
  assert.deepEqual([picture.rows, picture.columns, picture.samples], [2, 2, 2]);
  assert.equal(picture.sample, "A batch of 2, 2×2 in place of H×W, with 2 of 3 channels and example numbers.");
});

test("An adaptive pool over an unknown size is drawn with its own number of windows, which differ in length", () => {
  for (const output_size of [2, 3, 4, 5, 6, [3, 5], [2, 7]]) {
    const picture = unknown("AdaptiveAvgPool2d", { output_size });
    assert.ok(picture.kind === "window");
    const asked = [output_size].flat();
    for (const [at, axis] of picture.axes.entries()) {
      assert.equal(axis.windows.length, asked[at] ?? asked[0]);
      // Window i of m on n: from floor(i·n/m) up to ceil((i + 1)·n/m).
      const [n, m] = [axis.size, axis.windows.length];
      for (const [i, taps] of axis.windows.entries())
        assert.equal(taps.length, Math.ceil(((i + 1) * n) / m) - Math.floor((i * n) / m));
      assert.ok(n % m !== 0 && n > m, `${n} over ${m}`);
    }
    assert.match(picture.sample, /input in place of H×W, with 1 of C channels and example numbers\.$/);
  }
});

test("A formula in sizes that are not known is told without a result, any other one with it", () => {
  const formula = [{ text: "H: ⌊(I − 3)/1⌋ + 1 = unknown" }, { text: "parameters: 8·(3·3·1 + 1) = 80" }];
  const { heading } = unknown("ReLU", {}, formula);
  assert.deepEqual(heading.formulas, ["H: ⌊(I − 3)/1⌋ + 1", "parameters: 8·(3·3·1 + 1) = 80"]);
});

test("What is fewer than in a linear layer is listed as in a sentence", () => {
  const picture = unknown("Linear", { in_features: 400, out_features: 120 });
  assert.ok(picture.kind === "window");
  const said = "One example goes through your layer, with 10 of 400 inputs, 8 of 120 outputs and example numbers.";
  assert.equal(picture.sample, said);
});
