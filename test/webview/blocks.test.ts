import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { drawnLayer } from "../../src/check/picture/drawnLayer.js";
import { headingOf } from "../../src/check/picture/heading.js";
import { weightBlocks } from "../../src/check/picture/weightBlocks.js";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import type { Bindings } from "../../src/core/expr/evaluate.js";
import type { Picture, WindowPicture } from "../../src/protocol.js";
import { type Blocks, blocksOf } from "../../webview/scenes/blocks.js";
import { frameOf } from "../../webview/scenes/frame.js";
import { firstOptions, passesOf } from "../../webview/scenes/options.js";
import { torchCall } from "../check/torchCall.js";
import { randomLayer } from "./randomLayer.js";

interface Answer {
  readonly layer: string;
  readonly args: LayerCall["args"];
  readonly params?: number;
}

const told = ({ name, args, input }: LayerCall): LayerCall => torchCall(name, args as Bindings, input);

const blocks = (call: LayerCall): Blocks | undefined => {
  // As it comes by post, which knows no number that is none.
  const picture: Picture = JSON.parse(JSON.stringify(layerPicture(call)));
  return picture.kind === "window" ? blocksOf(picture, firstOptions, 0) : undefined;
};

test("The blocks of a layer are counted as PyTorch counts its parameters", () => {
  const [plane, row] = [
    layerPicture({ name: "Conv2d", args: { in_channels: 1, out_channels: 1, kernel_size: 1 }, input: [1, 1, 2, 2] }),
    layerPicture({ name: "Linear", args: { in_features: 1, out_features: 1 }, input: [1, 1] }),
  ];
  assert.ok(plane.kind === "window" && row.kind === "window");
  const kinds = new Map<string, number>();
  for (const line of readFileSync("test/oracle/layers.jsonl", "utf8").trim().split("\n")) {
    const { layer, args, params } = JSON.parse(line) as Answer;
    if (params === undefined || !/^(?:Conv(?:Transpose)?[123]d|Linear)$/.test(layer)) continue;
    const call = { name: layer, args, input: [] };
    const window = layer === "Linear" ? undefined : drawnLayer(layer, args);
    if (typeof window === "string") continue;
    const kernel = window?.slides.map((slide) => slide.kernel) ?? [];
    const heading = headingOf(told(call));
    const picture: WindowPicture = {
      ...(layer === "Linear" ? row : plane),
      heading,
      weights: weightBlocks(call, kernel, [1, 1, 1]),
    };
    const { bias, ...without } = picture;
    const { count = "" } = blocksOf(args.bias === false ? without : picture, firstOptions, 0) ?? {};
    const [product = "", total = ""] = count.replaceAll(",", "").split(" = ");
    assert.equal(Number.parseInt(total, 10), params, `${count}: ${line}`);
    assert.equal(worth(product), params, `${count}: ${line}`);
    kinds.set(layer, (kinds.get(layer) ?? 0) + 1);
  }
  assert.equal(kinds.size, 7);
  assert.ok(Math.min(...kinds.values()) >= 10, JSON.stringify([...kinds]));
});

/** The value of `64 × (6/2 × 3 × 3 + 1)`. */
function worth(text: string): number {
  const [outer = "", inner] = text.split(/[()]/);
  const product = (factors: string): number =>
    factors
      .split(" × ")
      .filter((factor) => factor !== "")
      .map((factor) => factor.split("/").map(Number))
      .reduce((value, [n = 1, d = 1]) => (value * n) / d, 1);
  return inner === undefined ? product(outer) : product(outer) * (product(inner.replace(" + 1", "")) + 1);
}

test("The filter and the channel that are marked are those of the kernel that is shown", () => {
  let seen = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const call = randomLayer(seed);
    if (!/Conv/.test(call.name)) continue;
    const picture = layerPicture(told(call));
    if (picture.kind !== "window" || !picture.weights) continue;
    const groups = Number(call.args.groups);
    const [filters, channels] = picture.weights.sample;
    for (const { kind: pass, parts } of passesOf(picture, { turned: false }))
      for (const [plane, own] of parts.entries())
        for (const part of own.keys()) {
          const options = { ...firstOptions, pass, plane, part };
          const drawn = blocksOf(picture, options, 0);
          const [first = -1, second = -1] = kernelShown(picture, options);
          const each = (picture.transposed ? filters : channels) / groups;
          const expected: number[] = picture.transposed
            ? [Math.floor(first / (channels / groups)) * each + second, first % (channels / groups)]
            : [first, second];
          assert.deepEqual([drawn?.shown.filter, drawn?.shown.channel], expected, JSON.stringify({ call, options }));
          for (const [places, shown] of [
            [drawn?.filters, drawn?.shown.filter],
            [drawn?.channels, drawn?.shown.channel],
          ] as const)
            assert.ok(places?.includes(shown), JSON.stringify({ places, shown }));
          seen++;
        }
  }
  assert.ok(seen > 2000, `${seen} kernels`);
});

/** The first two indices of the kernel that a frame shows. */
function kernelShown(picture: WindowPicture, options: typeof firstOptions): number[] {
  const grid = frameOf(picture, 0, options).grids.find(({ id }) => id === "weight");
  const named = `${grid?.caption} ${grid?.planes?.names[grid.planes.shown]}`;
  const indices = /weight\[([\d, ]+)\]/.exec(named)?.[1] ?? picture.planes.weight[0]?.slice(7, -1) ?? "";
  return indices.split(", ").map(Number);
}

test("What is many is drawn as the first ones and the last, the sample's smaller numbers are not taken for the layer's, and symbols stay", () => {
  const call = (args: LayerCall["args"], params?: string): LayerCall => ({
    name: "Conv2d",
    args,
    input: ["N", "C", "H", "W"],
    ...(params && { params }),
  });
  const many = blocks(told(call({ in_channels: 256, out_channels: 512, kernel_size: [5, 3] })));
  assert.deepEqual(many?.filters, [0, 1, undefined, 511]);
  assert.deepEqual(many?.channels, [0, 1, 2, 3, undefined, 255]);
  assert.deepEqual([many?.rows.length, many?.columns.length], [5, 3]);
  assert.equal(
    many?.say,
    "Each of the 512 filters is a block of 256 channels × 5 × 3 weights, and one bias beside it.",
  );
  assert.equal(many?.count, "512 × (256 × 5 × 3 + 1) = 1,966,592 parameters");
  const symbols = blocks(call({ in_channels: "C", out_channels: "F", kernel_size: 3, bias: false }, "9CF"));
  assert.deepEqual(symbols?.filters, [0, 1, undefined]);
  assert.equal(symbols?.say, "Each of the F filters is a block of C channels × 3 × 3 weights; there is no bias.");
  assert.equal(symbols?.count, "F × C × 3 × 3 = 9CF parameters");
  const depthwise = blocks(told(call({ in_channels: 8, out_channels: 8, kernel_size: 3, groups: 8 })));
  assert.deepEqual([depthwise?.channels, depthwise?.count], [[0], "8 × (8/8 × 3 × 3 + 1) = 80 parameters"]);
});

test("A linear layer's blocks are rows: one for an output going forward, one column going back, one weight for its gradient", () => {
  const picture = layerPicture(torchCall("Linear", { in_features: 400, out_features: 120 }, ["N", 400]));
  assert.ok(picture.kind === "window");
  const shown = (pass: "forward" | "input" | "weight", step: number) =>
    blocksOf(picture, { ...firstOptions, pass }, step)?.shown;
  assert.deepEqual(shown("forward", 2), { filter: 2 });
  assert.deepEqual(shown("input", 3), { column: 3 });
  assert.deepEqual(shown("weight", 13), { filter: 1, column: 3 });
  assert.equal(blocksOf(picture, firstOptions, 0)?.count, "120 × (400 + 1) = 48,120 parameters");
});
