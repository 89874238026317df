import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerLayer, readArguments } from "../../src/cli/layers.js";
import type { Value } from "../../src/core/expr/evaluate.js";
import { applyOp } from "../../src/core/layer/apply.js";
import type { Op, Size } from "../../src/core/layer/op.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { opNamed } from "../../src/core/ops/index.js";

const lines = readFileSync("test/oracle/moreLayers.jsonl", "utf8").trim().split("\n");

/** That every line is answered as PyTorch answers it. */
function agree(all: readonly string[]): void {
  for (const line of all) {
    const truth = JSON.parse(line);
    const answer = answerLayer(truth) as Record<string, unknown>;
    assert.equal("unknown" in answer, false, line);
    assert.equal("error" in answer, "error" in truth, `${line} ${JSON.stringify(answer)}`);
    if ("error" in truth) continue;
    assert.deepEqual(
      [answer.output, answer.outputs, answer.params, answer.trainable],
      [truth.output, truth.outputs, truth.params, truth.trainable],
      line,
    );
  }
}

test("losses, distances, lazy layers, unpooling and the Transformer get PyTorch's answer too", () => {
  assert.ok(lines.length >= 3000);
  agree(lines);
});

test("what only newer versions of PyTorch have gets their answer", () => {
  const newer = readFileSync("test/oracle/newerLayers.jsonl", "utf8").trim().split("\n");
  assert.ok(newer.length >= 800);
  agree(newer);
});

/** How many samples an input has: sequences stand second unless batch_first says otherwise, and an unbatched input is one. */
function samples(layer: string, args: { batch_first?: boolean }, input: readonly number[]): number {
  const axes = /^(?:Lazy)?Conv(?:Transpose)?([123])d$/.exec(layer)?.[1];
  if (axes !== undefined) return input.length === Number(axes) + 2 ? (input[0] as number) : 1;
  if (/Cell$|Linear$/.test(layer)) return input.length > 1 ? (input[0] as number) : 1;
  return input.length === 3 ? (input[args.batch_first ? 0 : 1] as number) : 1;
}

test("the multiply-adds are the products of the matrix products and convolutions that PyTorch runs", () => {
  let compared = 0;
  for (const line of lines) {
    const { layer, args, input, products } = JSON.parse(line);
    const op = opNamed(layer);
    if (products === undefined || !op?.torch || layer === "AdaptiveLogSoftmaxWithLoss" || layer === "PairwiseDistance")
      continue;
    const { args: bound } = bind(readSignature(op.torch), [], readArguments(args));
    const [first, ...others] = Array.isArray(input[0]) ? input : [input];
    const { macs } = applyOp(op, bound, first, others);
    assert.equal(typeof macs, "number", line);
    assert.equal((macs as number) * samples(layer, args, first), products, line);
    compared++;
  }
  assert.ok(compared > 800, `${compared} compared`);
});

test("a size that the call itself asks for is the output's, where PyTorch allows it", () => {
  const unpool = { kernel_size: 3, stride: 2, padding: 1 };
  const conv = { in_channels: 1, out_channels: 1, kernel_size: 3, stride: 2, padding: 1 };
  /** PyTorch's answers; null is a refusal. */
  const answers: readonly (readonly [string, object, readonly number[], Value, readonly Size[] | null])[] = [
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], null, [2, 3, 7, 9]],
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], [8, 10], [2, 3, 8, 10]],
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], [6, 9], [2, 3, 6, 9]],
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], [2, 3, 8, 10], [2, 3, 8, 10]],
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], [9, 10], null],
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], [5, 9], null],
    ["MaxUnpool2d", unpool, [2, 3, 4, 5], [8], null],
    ["ConvTranspose2d", conv, [2, 1, 5, 6], null, [2, 1, 9, 11]],
    ["ConvTranspose2d", conv, [2, 1, 5, 6], [9, 12], [2, 1, 9, 12]],
    ["ConvTranspose2d", conv, [2, 1, 5, 6], [10, 11], [2, 1, 10, 11]],
  ];
  for (const [layer, args, input, wanted, output] of answers) {
    const op = opNamed(layer) as Op;
    const { args: bound } = bind(readSignature(op.torch ?? ""), [], readArguments(args));
    const applied = applyOp(op, { ...bound, output_size: wanted }, input, [input]);
    const where = `${layer} ${JSON.stringify(wanted)}`;
    assert.equal(applied.refusal !== undefined, output === null, where);
    if (output) assert.deepEqual(applied.output, output, where);
  }
});
