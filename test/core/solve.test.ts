import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readArguments } from "../../src/cli/layers.js";
import { applyOp } from "../../src/core/layer/apply.js";
import type { Op } from "../../src/core/layer/op.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { type BoundLayer, changesFor, sidesThatFit } from "../../src/core/layer/solve.js";
import { opNamed } from "../../src/core/ops/index.js";

const bound = (name: string, args: object): BoundLayer => {
  const op = opNamed(name) as Op;
  return { op, args: bind(readSignature(op.torch ?? ""), [], readArguments(args)).args };
};

test("what PyTorch gives for one argument changed is found again from the output that is wanted", () => {
  let asked = 0;
  let offered = 0;
  for (const line of readFileSync("test/oracle/layers.jsonl", "utf8").trim().split("\n")) {
    const { layer, args, input, output } = JSON.parse(line);
    if (!output || !/^(Conv|ConvTranspose|MaxPool|AvgPool|LPPool)[123]d$/.test(layer)) continue;
    const { op, args: right } = bound(layer, args);
    for (const argument of ["padding", "stride", "kernel_size", "out_channels"]) {
      if (!(argument in args) || (typeof args[argument] !== "number" && !Array.isArray(args[argument]))) continue;
      // Another value stands there; PyTorch's own output is what is wanted.
      const wrong = bound(layer, {
        ...args,
        [argument]: argument === "out_channels" ? (right.out_channels as number) * 2 : 2,
      });
      const other = applyOp(op, wrong.args, input);
      if (!other.output || JSON.stringify(other.output) === JSON.stringify(output)) continue;
      const written = (name: string): boolean => name in args;
      const changes = changesFor(op, wrong.args, input, output, written);
      asked++;
      const isSmall = [args[argument]].flat().every((v) => v <= 16);
      if (argument === "out_channels" || isSmall) assert.ok(changes.length > 0, `${line} ${argument}`);
      for (const change of changes) {
        // As the student would write it: a stride that is left out follows the kernel again.
        const { args: changed } = bind(readSignature(op.torch ?? ""), [], {
          ...readArguments(args),
          [argument]: wrong.args[argument],
          ...change,
        });
        assert.deepEqual(applyOp(op, changed, input).output, output, `${line} ${JSON.stringify(change)}`);
        offered++;
      }
    }
  }
  assert.ok(asked > 1500 && offered > asked, `${asked} asked, ${offered} offered`);
});

test("nothing is offered where the output is right or where no small value gives it", () => {
  const { op, args } = bound("Conv2d", { in_channels: 3, out_channels: 8, kernel_size: 3 });
  const written = (): boolean => true;
  assert.deepEqual(changesFor(op, args, [1, 3, 32, 32], [1, 8, 30, 30], written), []);
  assert.deepEqual(changesFor(op, args, [1, 3, 32, 32], [1, 8, 900, 900], written), []);
  assert.deepEqual(changesFor(op, args, [1, 3, 32, 32], [2, 8, 30, 30], written), []);
  assert.deepEqual(changesFor(op, args, [1, 3, 32, 32], [1, 8, 32, 32], written), [{ padding: 1 }, { kernel_size: 1 }]);
});

test("the sides of the inputs that fit are those that trying every side finds", () => {
  let found = 0;
  for (let seed = 1; seed <= 90; seed++) {
    let state = seed * 7919;
    const pick = (n: number): number => {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      return Math.floor((state / 0x7fffffff) * n);
    };
    const layers: BoundLayer[] = [];
    let channels = 3;
    for (let i = 0; i <= pick(4); i++) {
      const next = 1 + pick(6);
      layers.push(
        bound("Conv2d", {
          in_channels: channels,
          out_channels: next,
          kernel_size: 1 + pick(5),
          stride: 1 + pick(2),
          padding: pick(3),
        }),
      );
      if (pick(2) === 1) layers.push(bound("MaxPool2d", { kernel_size: 2 + pick(2), ceil_mode: pick(2) === 1 }));
      channels = next;
    }
    layers.push(bound("Flatten", {}));
    const features = (side: number): unknown => {
      let shape: readonly (number | undefined)[] | undefined = [1, 3, side, side];
      for (const { op, args } of layers) shape = shape && (applyOp(op, args, shape).output as number[] | undefined);
      return shape?.at(-1);
    };
    const wanted = seed % 3 === 0 ? 1 + pick(400) : features(8 + pick(60));
    if (typeof wanted !== "number" || wanted === 0) continue;
    const fitting = Array.from({ length: 700 }, (_, side) => side + 1).filter((side) => features(side) === wanted);
    const sides = sidesThatFit(layers, [1, 3, 8, 8], 2, wanted);
    const [first, last] = [fitting[0], fitting.at(-1)];
    assert.deepEqual(sides, first === undefined ? undefined : [first, last], `${seed}`);
    if (sides) found++;
  }
  assert.ok(found > 45, `${found} found`);
});
