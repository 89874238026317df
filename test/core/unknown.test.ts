import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readArguments } from "../../src/cli/layers.js";
import type { Bindings } from "../../src/core/expr/evaluate.js";
import { type Applied, applyOp } from "../../src/core/layer/apply.js";
import type { Op, Shape, Size } from "../../src/core/layer/op.js";
import { prepare } from "../../src/core/layer/prepare.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { applyOperation } from "../../src/core/operations/call.js";
import { operationNamed } from "../../src/core/operations/index.js";
import { opNamed } from "../../src/core/ops/index.js";

interface Truth {
  readonly layer: string;
  readonly args: object;
  readonly input: readonly number[] | readonly (readonly number[])[];
  readonly output?: readonly number[];
  readonly outputs?: readonly unknown[];
  readonly params: number;
  readonly error?: string;
}

const sameSizes = (sizes: Shape, right: readonly number[]): boolean =>
  sizes.length === right.length && sizes.every((size, i) => size === undefined || size === right[i]);

/** Every configuration with one thing of it unknown: an argument, a size, or a further input. */
function* blinded(
  args: Bindings,
  inputs: readonly Shape[],
): Generator<readonly [Bindings, readonly (Shape | undefined)[], string]> {
  for (const name of Object.keys(args)) yield [{ ...args, [name]: undefined }, inputs, name];
  for (const [k, input] of inputs.entries()) {
    for (const [i] of input.entries())
      yield [args, inputs.with(k, input.with(i, undefined)), `size ${i} of input ${k}`];
    if (k > 0) yield [args, inputs.map((shape, i) => (i === k ? undefined : shape)) as Shape[], `input ${k}`];
  }
}

test("Unknown is an answer: what is not known of a layer leaves its answer unknown or right, and never refuses what PyTorch takes", () => {
  let asked = 0;
  let known = 0;
  const texts = ["layers", "moreLayers"].map((name) => readFileSync(`test/oracle/${name}.jsonl`, "utf8").trim());
  for (const line of texts.join("\n").split("\n")) {
    const truth: Truth = JSON.parse(line);
    const op = opNamed(truth.layer) as Op;
    if (truth.error !== undefined || !op.torch) continue;
    const { args: made } = bind(readSignature(op.torch), [], readArguments(truth.args));
    const args = { ...prepare(op).callDefaults, ...made };
    const inputs = (Array.isArray(truth.input[0]) ? truth.input : [truth.input]) as readonly Shape[];
    for (const [blindArgs, [first, ...others], what] of blinded(args, inputs)) {
      const applied: Applied = applyOp(op, blindArgs, first, others);
      const where = `${line} without ${what}`;
      assert.equal(applied.refusal, undefined, `${where}: ${applied.refusal?.say}`);
      const agrees = (size: Size, right: number | undefined): boolean => size === undefined || size === right;
      assert.ok(agrees(applied.params, truth.params), `${where}: ${String(applied.params)} parameters`);
      asked++;
      const { output } = applied;
      // What it returns besides has as many parts, and no other sizes, or is not known.
      for (const [i, part] of (applied.outputs ?? []).entries()) {
        const right = truth.outputs?.[i];
        if (part === null) assert.equal(right, null, where);
        else if (part && !("tuple" in part)) assert.ok(sameSizes(part, right as readonly number[]), where);
      }
      if (!output || !truth.output) continue;
      assert.equal(output.length, truth.output.length, where);
      assert.ok(
        output.every((size, i) => agrees(size, truth.output?.[i])),
        `${where}: ${JSON.stringify(output)}`,
      );
      known += output.filter((size) => size !== undefined).length;
    }
  }
  assert.ok(asked > 70_000 && known > 150_000, `${asked} asked, ${known} sizes known`);
});

test("a tensor that is made of one thing of which nothing is known may have any shape", () => {
  for (const name of ["torch.Tensor", "torch.FloatTensor", "torch.LongTensor"]) {
    const { operation } = operationNamed(name) ?? assert.fail(name);
    const made = applyOperation(operation, { data: undefined, more: [] });
    assert.ok("result" in made && made.result.kind === "tensor" && made.result.shape === undefined, name);
  }
});
