import type { Axis } from "../../core/tensor/axis.js";
import { turned } from "../../core/tensor/convolution.js";
import { correlationOf, type Sides } from "../../core/tensor/correlation.js";
import { divisors, maxPool } from "../../core/tensor/pooling.js";
import { outputSizes } from "../../core/tensor/reads.js";
import { elements, type Tensor } from "../../core/tensor/tensor.js";
import type { Pass, Planes, Side, WindowPicture } from "../../protocol.js";
import { axisPicture, single } from "./axisPicture.js";
import type { DrawnLayer } from "./drawnLayer.js";
import { drawnSum, type PlaneSizes, type Summation } from "./drawnPass.js";
import { LARGEST } from "./edited.js";
import { fractionText } from "./fractionText.js";
import { powerPasses } from "./powerPasses.js";
import { slipsOf } from "./slips.js";

/** The numbers of a picture: integers, each over `per`. */
export interface DrawnNumbers {
  readonly input: Tensor;
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
  /** What comes back from the layers behind, in the output's shape. */
  readonly gradOutput: Tensor;
  readonly per: number;
}

/** The part of a picture that follows from a layer's numbers. */
export type DrawnWindow = Omit<WindowPicture, "heading" | "sample" | "notes" | "real">;

/** Numbers of an input up to which its results can be predicted, each with the mistakes that give another one. */
export const MOST_PREDICTED = 2000;

/** Numbers of an input up to which the kernel can be turned too. */
const MOST_TURNED = 20_000;

/** The output's shape without a batch. */
export function drawnOutput(layer: DrawnLayer, axes: readonly Axis[], channels: number): number[] {
  const sizes = layer.outputPadding ? axes.map((axis) => axis.size) : outputSizes(axes);
  return [layer.filters ?? channels, ...sizes];
}

/** Every number of a layer on an input [C, …], forward and backward. */
export function drawnWindow(layer: DrawnLayer, axes: readonly Axis[], numbers: DrawnNumbers): DrawnWindow {
  const pictures = axes.map((axis, index) => axisPicture(axis, layer.slides[index]));
  const transposed = layer.outputPadding !== undefined;
  const [down, across] = [pictures.at(-2) ?? single, pictures.at(-1) ?? single];
  const drawing = drawingOf(layer, axes, numbers);
  const { weight } = numbers;
  const { power } = layer;
  return {
    kind: "window",
    largest: LARGEST,
    operation: layer.operation,
    ...(power && { power: `${power}` }),
    transposed,
    rank: layer.rank,
    padding: layer.operation === "max" ? "nothing" : (layer.slides[0]?.mode ?? "zeros"),
    axes: [down, across],
    ...(pictures.length === 3 && pictures[0] && { depth: pictures[0] }),
    planes: planeNames(layer, axes, numbers),
    ...(numbers.bias && { bias: texts(numbers.bias.data, numbers.per) }),
    ...drawing.pooled,
    passes: power ? powerPasses(power, axes, numbers) : passesOf(drawing, numbers, weight),
    ...(weight &&
      !transposed &&
      elements(numbers.input.shape) < MOST_TURNED && { turned: passesOf(drawing, numbers, turned(weight)) }),
  };
}

/** What all passes of a layer share. */
export interface Drawing {
  readonly transposed: boolean;
  readonly isLargest: boolean;
  readonly shared: Omit<Summation, "sides" | "kind" | "sum">;
  readonly pooled: Pick<WindowPicture, "divisors" | "routes">;
  readonly by: Float64Array | undefined;
  readonly chosen: Int32Array | undefined;
  /** The cells of one channel of the input and of the output. */
  readonly cells: number;
}

function drawingOf(layer: DrawnLayer, axes: readonly Axis[], { input, weight, per }: DrawnNumbers): Drawing {
  const channels = input.shape[0] as number;
  // A pooling window has a weight of its own for each channel, and nothing in it.
  const shape = weight?.shape ?? [channels, 1, ...axes.map((axis) => axis.kernel)];
  const correlation = correlationOf(shape, weight ? layer.groups : channels, axes);
  const plane = (sizes: readonly number[]): number => elements(sizes.slice(-2));
  const sizes: PlaneSizes = {
    windows: plane(outputSizes(axes)),
    weight: plane(axes.map((axis) => axis.kernel)),
    seen: plane(axes.map((axis) => axis.size)),
  };
  const by = layer.operation === "average" ? divisors(axes, layer.divisor) : undefined;
  const chosen = layer.operation === "max" ? maxPool(input, axes).chosen : undefined;
  const [length, cells] = [elements(outputSizes(axes)), elements(axes.map((axis) => axis.size))];
  const route = (window: number): readonly [number, number] | undefined => {
    const from = chosen?.[window] ?? -1;
    const at = Math.floor(window / length) * cells + from;
    return from < 0 ? undefined : [Math.floor(at / sizes.seen), at % sizes.seen];
  };
  const planes = channels * (length / sizes.windows);
  const perPlane = <T>(value: (window: number) => T): T[][] =>
    Array.from({ length: planes }, (_, p) =>
      Array.from({ length: sizes.windows }, (_, cell) => value(p * sizes.windows + cell)),
    );
  return {
    transposed: layer.outputPadding !== undefined,
    isLargest: layer.operation === "max",
    shared: { correlation, sizes, weightless: !weight, per },
    pooled: {
      ...(by && { divisors: perPlane((window) => by[window % length] || 1) }),
      ...(chosen && { routes: perPlane(route) }),
    },
    by,
    chosen,
    cells,
  };
}

/** Every number of a layer, forward and backward. */
export function passesOf(drawing: Drawing, numbers: DrawnNumbers, weight: Tensor | undefined): readonly Pass[] {
  const { transposed, isLargest, shared, by, chosen, cells } = drawing;
  const { input, bias, gradOutput, per } = numbers;
  const nothing = new Float64Array();
  const result = (own: Side, count: number, windows: Tensor, seen: Tensor): Sides => {
    const data = { windows: windows.data, weight: weight?.data ?? nothing, seen: seen.data };
    return { ...data, [own]: new Float64Array(count) };
  };
  const [inSide, outSide]: [Side, Side] = transposed ? ["windows", "seen"] : ["seen", "windows"];
  const made = (kind: Pass["kind"], sum: Side, sides: Sides, more: Partial<Summation>): Pass => {
    const summation = { ...shared, kind, sum, sides, ...more };
    const { parts, texts: own } = drawnSum(summation);
    const planes = (side: Side): Planes => (side === sum ? own : inPlanes(sides[side], shared.sizes[side], per));
    return {
      kind,
      sum,
      windows: planes("windows"),
      seen: planes("seen"),
      ...(weight && { weight: planes("weight") }),
      parts,
      ...(elements(input.shape) < MOST_PREDICTED && { slips: slipsOf(summation, weight) }),
    };
  };
  const both = (output: Tensor): [Tensor, Tensor] => (transposed ? [input, output] : [output, input]);
  const perFilter = gradOutput.data.length / (bias?.data.length ?? 1);
  const forward = made("forward", outSide, result(outSide, gradOutput.data.length, ...both(gradOutput)), {
    ...(bias && { bias: (cell: number) => bias.data[Math.floor(cell / perFilter)] as number }),
    ...(by && { divide: (cell: number) => by[cell % by.length] || 1 }),
    isLargest,
  });
  const windowCells = drawing.shared.correlation.reads.length;
  const back = made("input", inSide, result(inSide, input.data.length, ...both(gradOutput)), {
    ...(by && { divisors: by }),
    ...(chosen && {
      counts: (window: number, seen: number) =>
        seen - Math.floor(window / windowCells) * cells === (chosen[window] as number),
    }),
  });
  if (!weight) return [forward, back];
  const grad = made("weight", "weight", result("weight", weight.data.length, ...both(gradOutput)), {});
  const sums = bias?.data.map((_, filter) =>
    gradOutput.data.subarray(filter * perFilter, (filter + 1) * perFilter).reduce((a, b) => a + b, 0),
  );
  return [forward, back, { ...grad, ...(sums && { bias: texts(sums, per) }) }];
}

/** Numbers as texts by plane. */
export function inPlanes(data: Float64Array, size: number, per: number): string[][] {
  return Array.from({ length: data.length / size }, (_, plane) =>
    texts(data.subarray(plane * size, (plane + 1) * size), per),
  );
}

/** Numbers over a denominator as texts. */
export const texts = (data: Float64Array, per: number): string[] =>
  Array.from(data, (value) => fractionText(value, per));

/** What the planes of the three tensors are called; a tensor of one plane has no name for it. */
function planeNames(
  layer: DrawnLayer,
  axes: readonly Axis[],
  { input, weight, gradOutput }: DrawnNumbers,
): WindowPicture["planes"] {
  const depth = axes.length === 3 ? axes[0] : undefined;
  const named = (count: number, slices: number): string[] =>
    Array.from({ length: count * slices }, (_, plane) => {
      const channel = `channel ${Math.floor(plane / slices)}`;
      return slices > 1 ? `${channel}, slice ${plane % slices}` : channel;
    });
  const [ins, outs] = [input.shape[0] as number, gradOutput.shape[0] as number];
  const transposed = layer.outputPadding !== undefined;
  const [filters, each] = weight ? (weight.shape as [number, number]) : [1, 1];
  const kernels = Array.from({ length: filters * each * (depth?.kernel ?? 1) }, (_, plane) => {
    const slices = depth?.kernel ?? 1;
    const pair = Math.floor(plane / slices);
    const place = [Math.floor(pair / each), pair % each, ...(slices > 1 ? [plane % slices] : [])];
    return `weight[${place.join(", ")}]`;
  });
  return {
    windows: named(transposed ? ins : outs, depth?.windows.length ?? 1),
    weight: kernels,
    seen: named(transposed ? outs : ins, depth?.size ?? 1),
  };
}
