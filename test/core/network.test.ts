import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readArguments } from "../../src/cli/layers.js";
import { add, type Dim, divide, multiply } from "../../src/core/dims/dim.js";
import { applyOp } from "../../src/core/layer/apply.js";
import type { Op } from "../../src/core/layer/op.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { type Fields, fieldsAfter } from "../../src/core/network.js";
import { opNamed } from "../../src/core/ops/index.js";

interface Seen {
  readonly layers: readonly (readonly [string, object])[];
  readonly length: number;
  readonly unit: number;
  readonly first: readonly [number, number];
  readonly last: readonly [number, number];
}

function fieldsOf({ layers, length }: Seen): Fields {
  let fields: Fields;
  let shape: readonly (Dim | undefined)[] = [1, 1, length];
  for (const [name, args] of layers) {
    const op = opNamed(name) as Op;
    const { args: bound } = bind(readSignature(op.torch ?? ""), [], readArguments(args));
    const applied = applyOp(op, bound, shape);
    shape = applied.output ?? [];
    fields = fieldsAfter(fields, op, applied);
  }
  return fields;
}

test("Receptive field, jump and start are what PyTorch's gradients reach: size, distance of neighbours, middle of the first", () => {
  const lines = readFileSync("test/oracle/fields.jsonl", "utf8").trim().split("\n");
  assert.ok(lines.length >= 400);
  for (const line of lines) {
    const seen: Seen = JSON.parse(line);
    const [field] = fieldsOf(seen) ?? [{ size: 1, jump: 1, start: divide(1, 2) }];
    const [first, next] = seen.first;
    assert.equal(field?.size, seen.last[0] - first + 1, line);
    assert.equal(field?.jump, next - first, line);
    const middle = add(field?.start ?? 0, multiply(seen.unit, field?.jump ?? 0));
    assert.deepEqual(middle, divide(first + seen.last[0] + 1, 2), line);
  }
});

test("Behind a transposed convolution the receptive field is not known, and stays so.", () => {
  const up = opNamed("ConvTranspose2d") as Op;
  const conv = opNamed("Conv2d") as Op;
  const { args } = bind(readSignature(up.torch ?? ""), [], {
    in_channels: 4,
    out_channels: 4,
    kernel_size: 2,
    stride: 2,
  });
  const lost = fieldsAfter(undefined, up, applyOp(up, args, [1, 4, 8, 8]));
  assert.equal(lost, null);
  const { args: own } = bind(readSignature(conv.torch ?? ""), [], { in_channels: 4, out_channels: 4, kernel_size: 3 });
  assert.equal(fieldsAfter(lost, conv, applyOp(conv, own, [1, 4, 16, 16])), null);
});
