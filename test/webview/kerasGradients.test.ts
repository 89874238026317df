import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axesOver, drawnLayer, paddedBy } from "../../src/check/picture/drawnLayer.js";
import { drawnWindow } from "../../src/check/picture/drawnWindow.js";
import { drawnLinear } from "../../src/check/picture/linearPicture.js";
import { toPictureCall } from "../../src/check/python/pictureCall.js";
import { bindKeras } from "../../src/core/keras/bindKeras.js";
import { kerasOpNamed } from "../../src/core/keras/index.js";
import { applyOp } from "../../src/core/layer/apply.js";
import { elements, type Nested, type Tensor, tensorBy, tensorOf } from "../../src/core/tensor/tensor.js";
import { checkNumbers } from "./shownNumbers.js";

interface Answer {
  readonly layer: string;
  readonly args: Readonly<Record<string, number | boolean | string | number[]>>;
  readonly input: Nested;
  readonly weights: readonly Nested[];
  readonly gradOutput: Nested;
  readonly output: Nested;
  readonly gradInput: Nested;
  readonly gradWeights: readonly Nested[];
}

const answers = readFileSync(process.env.DIMSUM_KERAS_GRADIENTS ?? "test/oracle/kerasGradients.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Answer);

/** A tensor with its axes in another order: axis `i` of the result is axis `order[i]` of the given one. */
function permuted({ shape, data }: Tensor, order: readonly number[]): Tensor {
  const strides = shape.map((_, axis) => elements(shape.slice(axis + 1)));
  const made = order.map((axis) => shape[axis] as number);
  return tensorBy(made, (index) => {
    let [rest, at] = [index, 0];
    for (let axis = made.length - 1; axis >= 0; axis--) {
      const size = made[axis] as number;
      at += (rest % size) * (strides[order[axis] as number] as number);
      rest = Math.floor(rest / size);
    }
    return data[at] as number;
  });
}

const counted = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** One sample of a batch of one, its channels first. */
function sample(nested: Nested): Tensor {
  const { shape, data } = tensorOf(nested);
  const own = { shape: shape.slice(1), data };
  return permuted(own, [own.shape.length - 1, ...counted(0, own.shape.length - 1)]);
}

/** Keras's weights as PyTorch has them: filters or inputs first, places last. */
function weightOf(layer: string, nested: Nested): Tensor {
  const tensor = tensorOf(nested);
  const places = tensor.shape.length - 2;
  const moved = permuted(tensor, [places, places + 1, ...counted(0, places)]);
  const { shape, data } = moved;
  if (layer.startsWith("Depthwise"))
    return { shape: [(shape[0] as number) * (shape[1] as number), 1, ...shape.slice(2)], data };
  return permuted(moved, [1, 0, ...counted(2, shape.length)]);
}

test("What is shown is exact: layers of Keras show Keras's own outputs and gradients, however they pad", () => {
  const seen = new Map<string, number>();
  let count = 0;
  for (const answer of answers) {
    const { layer: name, args } = answer;
    const line = JSON.stringify([name, args, tensorOf(answer.input).shape]);
    const op = kerasOpNamed(name);
    if (!op) assert.fail(line);
    const { shape } = tensorOf(answer.input);
    const bound = bindKeras(op, [], args).args;
    const { alike } = toPictureCall(op, bound, shape, applyOp(op, bound, shape));
    if (!alike) assert.fail(`no picture: ${line}`);
    const input = sample(answer.input);
    const sizes = input.shape.slice(1);
    const [weight, bias] = answer.weights;
    const [gradWeight, gradBias] = answer.gradWeights;
    const shaped = (tensor: Tensor): Tensor =>
      name.startsWith("Global") ? { ...tensor, shape: [...tensor.shape, ...sizes.map(() => 1)] } : tensor;
    const numbers = {
      input,
      weight: weight === undefined ? undefined : weightOf(name, weight),
      bias: bias === undefined ? undefined : tensorOf(bias),
      gradOutput: shaped(sample(answer.gradOutput)),
      per: 1,
    };
    const own = alike.name === "Linear" ? undefined : drawnLayer(alike.name, alike.args);
    if (typeof own === "string") assert.fail(`${own} ${line}`);
    if (alike.pads === "?") assert.fail(line);
    const layer = own && paddedBy(alike.pads, own, sizes);
    const scene = layer ? drawnWindow(layer, axesOver(layer, sizes), numbers) : drawnLinear(numbers);
    count += checkNumbers(
      scene,
      {
        forward: shaped(sample(answer.output)),
        input: sample(answer.gradInput),
        weight: gradWeight === undefined ? undefined : weightOf(name, gradWeight),
        bias: gradBias === undefined ? undefined : tensorOf(gradBias),
      },
      line,
      // Keras itself takes this mean in single precision, whatever it is asked for.
      name.startsWith("GlobalAverage") ? 1e-6 : undefined,
    );
    const kind = `${name.replace(/\d/, "")} ${args.padding ?? "valid"}`;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  for (const kind of ["Conv", "ConvTranspose", "DepthwiseConv", "MaxPooling", "AveragePooling"])
    for (const padding of ["valid", "same"]) {
      const of = kind === "ConvTranspose" ? "ConvDTranspose" : `${kind}D`;
      assert.ok((seen.get(`${of} ${padding}`) ?? 0) >= 10, `${of} ${padding}: ${[...seen].join("; ")}`);
    }
  assert.ok((seen.get("ConvD causal") ?? 0) >= 3 && count > 20_000, `${count} numbers`);
});
