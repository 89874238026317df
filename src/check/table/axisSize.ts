import { ceil, type Dim, dimOf, divide } from "../../core/dims/dim.js";
import { isDim } from "../../core/expr/evaluate.js";
import type { Op, Size } from "../../core/layer/op.js";
import { prepare } from "../../core/layer/prepare.js";

/** A window's arguments on one axis; padding may be a half where one side has one more than the other; less than 0 where a transposed one adds to its output. */
export interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly ceil: boolean;
}

const known = new Map<string, Size>();

/** The size that a windowed layer makes of an axis, by the layer's own formula; undefined where no window fits. */
export function axisSize(op: Op, size: Size, window: AxisWindow): Size {
  if (size === undefined) return undefined;
  const { kernel, stride, padding, dilation } = window;
  const key =
    typeof size === "number" ? `${op.name} ${size} ${kernel} ${stride} ${padding} ${dilation} ${window.ceil}` : "";
  if (key !== "" && known.has(key)) return known.get(key);
  const ready = prepare(op);
  const names: Record<string, Dim | boolean | undefined> = {
    I: size,
    K: kernel,
    S: stride,
    P: dimOf(padding),
    D: dilation,
    ceil_mode: window.ceil,
    // What a transposed convolution adds to its output is taken off its padding.
    R: 0,
    Y: undefined,
  };
  for (const [name, formula] of ready.lets) names[name] = formula.value(names) as Dim;
  const value = ready.output.at(-1)?.value(names);
  const result = isDim(value) && !(typeof value === "number" && value < 1) ? value : undefined;
  if (known.size > 20_000) known.clear();
  if (key !== "") known.set(key, result);
  return result;
}

/** The padding with which a transposed window makes `stride` times an axis, as Keras's "same" does. */
export const transposedSamePadding = (kernel: number, stride: number, dilation: number): number =>
  (dilation * (kernel - 1) + 1 - stride) / 2;

/** The padding with which a window of this stride makes ⌈size/stride⌉ of an axis, as Keras's "same" does; a half where one side gets more. */
export function samePadding(size: Size, kernel: number, stride: number, dilation: number): number {
  const extent = dilation * (kernel - 1) + 1;
  if (stride === 1 || typeof size !== "number") return (extent - 1) / 2;
  const out = ceil(divide(size, stride) ?? size) as number;
  // One zero more than needed on one side changes no size where the stride is over 1.
  return Math.ceil(Math.max(0, (out - 1) * stride + extent - size) / 2);
}
