import { isDim } from "../../core/expr/evaluate.js";
import { prepare } from "../../core/layer/prepare.js";
import type { AxisReads } from "../../protocol.js";
import type { FlowStep } from "../../read/python/flow.js";

/** How many units a tensor has along each axis; undefined where it has no such axes, or where these are not known. */
export type Units = readonly number[] | undefined;

/** What of one tensor that goes in the units of a step's output read, axis by axis; undefined where that is not known. */
export function axisReads(step: FlowStep, from: Units, to: Units, others: readonly Units[]): AxisReads[] | undefined {
  const { applied, operation, label } = step;
  const name = applied?.op.name ?? operation?.name ?? label;
  if (!from) return !to || to.every((size) => size === 1) ? [{ how: "all" }] : undefined;
  if (!to) return SUMS.test(name) ? from.map(() => ({ how: "all" })) : undefined;
  const all = from.map((size, axis): AxisReads | undefined => {
    const out = to[axis] as number;
    if (JOINS.test(name)) return joinReads(axis, from, to, others);
    if (MERGES.test(name) && size === out) return SAME;
    if (applied) return layerReads(applied, axis, from.length, size, out);
    if (operation?.isLocal) return size === out ? SAME : size === 1 ? { how: "all" } : undefined;
    if (SUMS.test(name) && out === 1) return { how: "all" };
    return (KEEPS.test(name) || label === "[…] =") && size === out ? SAME : undefined;
  });
  return all.some((reads) => !reads) ? undefined : (all as AxisReads[]);
}

const SAME: AxisReads = { how: "same" };

/** Operations that sum over axes, or lay them out in one. */
const SUMS = /^(mean|sum|amax|amin|flatten|view|reshape|Flatten|Linear|Global\w+Pool\dd)$/;
const MERGES = /^(Add|Subtract|Multiply|Average|Maximum|Minimum)$/;
const JOINS = /^(cat|concat|concatenate|Concatenate)$/;
/** Operations that pick channels or samples, or hand on what they get. */
const KEEPS = /^(chunk|split|contiguous|clone|detach|to|float|half|cpu|cuda|squeeze|unsqueeze|unbind)$/;

type Applied = NonNullable<FlowStep["applied"]>;

function layerReads(
  { op, args, axisNames }: Applied,
  axis: number,
  axes: number,
  size: number,
  out: number,
): AxisReads | undefined {
  const { field } = prepare(op);
  const names = axisNames[axis] ?? {};
  const number = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);
  const whole = (reads: Extract<AxisReads, { stride: number }>): AxisReads | undefined =>
    [reads.kernel, reads.stride, reads.padding, reads.dilation].every(Number.isInteger) ? reads : undefined;
  const dilation = number(names.D ?? 1);
  if (field && op.axes === axes) {
    const kernel = (number(field.kernel.value(names)) - 1) / dilation + 1;
    const pad = field.pad?.value(names);
    const padding = isDim(pad) ? number(pad) : Number.NaN;
    if (padding !== 0 && !["zeros", undefined].includes(args.padding_mode as string | undefined)) return undefined;
    return whole({ how: "window", kernel, stride: number(field.step.value(names)), padding, dilation });
  }
  if (/^ConvTranspose/.test(op.name) && op.axes === axes && !op.keras)
    return whole({
      how: "stamp",
      kernel: number(names.K),
      stride: number(names.S),
      padding: number(names.P),
      dilation,
    });
  if (/^(Adaptive|Global)(Avg|Max)Pool/.test(op.name)) return { how: "share" };
  if (/^(Zero|Constant)Pad/.test(op.name)) {
    const { padding } = args;
    const by = Array.isArray(padding) ? padding[2 * (axes - 1 - axis)] : padding;
    return typeof by === "number" ? { how: "move", by } : undefined;
  }
  if (/^Upsampl/.test(op.name)) {
    const mode = /Bilinear/.test(op.name) ? "bilinear" : (args.mode ?? "nearest");
    const isEven = out % size === 0 || size % out === 0;
    const linear = /linear$/.test(`${mode}`);
    return isEven && (linear || mode === "nearest")
      ? { how: "resize", linear, corners: args.align_corners === true || /Bilinear/.test(op.name) }
      : undefined;
  }
  if (op.name === "PixelShuffle") return { how: "resize", linear: false, corners: false };
  if (size !== out || op.along) return undefined;
  // A norm within a sample weighs each number by all of its channel, or of its sample.
  if (/^(Instance|Group)Norm/.test(op.name)) return { how: "all" };
  const keeps = Array.isArray(op.output) && op.output.join() === op.input.join();
  return keeps && !/LayerNorm|RMSNorm|Attention|Linear/.test(op.name) ? SAME : undefined;
}

/** Tensors that are joined lie side by side along one axis, or over each other. */
function joinReads(
  axis: number,
  from: readonly number[],
  to: readonly number[],
  others: readonly Units[],
): AxisReads | undefined {
  if (from[axis] === to[axis]) return SAME;
  const before = others.slice(0, others.indexOf(from));
  const by = before.reduce((sum, units) => sum + (units?.[axis] ?? Number.NaN), 0);
  return Number.isInteger(by) ? { how: "move", by } : undefined;
}
