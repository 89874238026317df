import { type Axis, extent, sourceAt } from "../../core/tensor/axis.js";
import { channelSums, convolve, type Kernel, turned } from "../../core/tensor/convolution.js";
import type { Numbers } from "../../core/tensor/forward.js";
import { divisorAt, maxPool, sumPool } from "../../core/tensor/pooling.js";
import { cellAt, outputSizes } from "../../core/tensor/reads.js";
import { elements, type Tensor } from "../../core/tensor/tensor.js";
import { axesOf, type WindowLayer } from "../../core/tensor/windowLayer.js";
import type { AxisPicture, Cell, Cells, Plane, WindowPicture } from "../../protocol.js";
import { fractionText } from "./fractionText.js";

/** The part of a picture that follows from a layer's numbers. */
export type DrawnWindow = Omit<WindowPicture, "heading" | "sample" | "notes">;

/** The one row of a 1-D layer. */
const single: AxisPicture = {
  size: 1,
  before: 0,
  after: 0,
  beyond: 0,
  kernel: 1,
  seen: [0],
  reach: [[0, 0]],
  windows: [[{ tap: 0, at: 0 }]],
};

/** Every number of a 1-D or 2-D layer on an integer input [C, …]; undefined when no window fits. */
export function drawnWindow(layer: WindowLayer, numbers: Numbers): DrawnWindow | undefined {
  const axes = axesOf(layer, numbers.input.shape.slice(1));
  if (outputSizes(axes).some((length) => length < 1)) return undefined;
  const [first, second] = axes.map((axis, index) => axisPicture(axis, layer.slides[index])) as [
    AxisPicture,
    AxisPicture?,
  ];
  return {
    kind: "window",
    operation: layer.operation,
    rank: second ? 2 : 1,
    padding: layer.operation === "max" ? "nothing" : (layer.slides[0]?.mode ?? "zeros"),
    axes: second ? [first, second] : [single, first],
    input: planes(numbers.input),
    groups: layer.groups,
    ...(layer.operation === "convolution"
      ? sums(layer, numbers, axes)
      : { output: pooled(layer, numbers.input, axes) }),
  };
}

function pooled(layer: WindowLayer, input: Tensor, axes: readonly Axis[]): Cells[] {
  const sizes = outputSizes(axes);
  if (layer.operation === "max") {
    const { output, chosen } = maxPool(input, axes);
    const width = axes.length === 1 ? Number.POSITIVE_INFINITY : (axes[1] as Axis).size;
    return cells(output, (index, value) => {
      const from = chosen[index] as number;
      return {
        text: fractionText(value, 1),
        ...(from >= 0 && { chosen: [Math.floor(from / width), from % width] as const }),
      };
    });
  }
  return cells(sumPool(input, axes), (index, sum) => {
    const divisor = divisorAt(axes, cellAt(sizes, index % elements(sizes)), layer.divisor);
    return { text: fractionText(sum, divisor), sum, divisor };
  });
}

function sums(
  layer: WindowLayer,
  { input, weight, bias }: Numbers,
  axes: readonly Axis[],
): Pick<WindowPicture, "output" | "turned" | "weight" | "bias"> {
  if (!weight) return { output: [] };
  const output = (kernel: Kernel): Cells[] => {
    const parts = channelSums(input, kernel, axes);
    return cells(convolve(input, kernel, axes), (index, value) => {
      return { text: fractionText(value, 1), parts: parts.map((part) => part.data[index] as number) };
    });
  };
  const size = elements(weight.shape.slice(1));
  const filters = Array.from({ length: weight.shape[0] as number }, (_, filter) => {
    return planes({ shape: weight.shape.slice(1), data: weight.data.slice(filter * size, (filter + 1) * size) });
  });
  return {
    weight: filters,
    ...(bias && { bias: [...bias.data] }),
    output: output({ weight, bias, groups: layer.groups }),
    turned: output({ weight: turned(weight), bias, groups: layer.groups }),
  };
}

function axisPicture(axis: Axis, slide: WindowLayer["slides"][number] | undefined): AxisPicture {
  const reach = axis.windows.map((taps, out): readonly [number, number] => {
    if (!slide) return [taps[0]?.at ?? 0, taps.at(-1)?.at ?? 0];
    const first = out * slide.stride - slide.before;
    return [first, first + extent(slide.kernel, slide.dilation) - 1];
  });
  const end = axis.size + axis.after;
  const positions = Array.from({ length: axis.before + end }, (_, index) => index - axis.before);
  return {
    size: axis.size,
    before: axis.before,
    after: axis.after,
    beyond: Math.max(0, ...reach.map(([, last]) => last + 1 - end)),
    kernel: axis.kernel,
    seen: positions.map((at) => sourceAt(at, axis.size, slide?.mode ?? "zeros")),
    reach,
    windows: axis.windows.map((taps) => taps.map(({ tap, at }) => ({ tap, at }))),
  };
}

/** [C, H, W] or [C, W] as planes of rows. */
function planes(tensor: Tensor): Plane[] {
  return byRows(tensor, (index) => tensor.data[index] as number);
}

function cells(tensor: Tensor, cell: (index: number, value: number) => Cell): Cells[] {
  return byRows(tensor, (index) => cell(index, tensor.data[index] as number));
}

function byRows<T>({ shape }: Tensor, value: (index: number) => T): T[][][] {
  const columns = shape.at(-1) as number;
  const rows = shape.length === 2 ? 1 : (shape[1] as number);
  return Array.from({ length: shape[0] as number }, (_, channel) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => value((channel * rows + row) * columns + column)),
    ),
  );
}
