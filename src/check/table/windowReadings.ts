import { same } from "../../core/dims/compare.js";
import type { Op, Size } from "../../core/ops/op.js";
import { axisSize, samePadding } from "./axisSize.js";
import type { Given } from "./layerGiven.js";

/** One way to complete what a row says of its window, and how far-fetched it is. */
export interface WindowReading {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly ceil: boolean;
  readonly cost: number;
}

/** The sizes to be met, an axis each; undefined where they are not claimed. */
export type Wanted = readonly Size[] | undefined;

type Padding = "same" | number;

interface Choice<T> {
  readonly value: T;
  readonly cost: number;
}

/** How far-fetched an unusual reading is, of what the row leaves open. A wrong cell costs 1. */
const ODD = { slight: 0.1, some: 0.3, odd: 0.45, very: 0.8, against: 1.05 } as const;

const spread = (values: readonly number[], axes: number): readonly number[] =>
  Array.from({ length: axes }, (_, i) => values[values.length === 1 ? 0 : i] ?? values[0] ?? 1);

/** The ways to read a window that meet what is claimed, and the usual ones. */
export function windowReadings(
  op: Op,
  given: Given,
  input: readonly Size[],
  kernels: readonly Choice<readonly number[]>[],
  wanted: readonly Wanted[],
): readonly WindowReading[] {
  const axes = input.length;
  const isPool = given.kind !== "conv";
  const found: WindowReading[] = [];
  for (const kernel of kernels) {
    const sizes = spread(kernel.value, axes);
    const dilation = spread(given.dilation ?? [1], axes);
    const strides = strideChoices(given, sizes, isPool);
    const read = (
      stride: readonly number[],
      padding: Padding | readonly number[],
      cost: number,
      ceil = given.ceil ?? false,
    ): WindowReading => ({
      kernel: sizes,
      stride: spread(stride, axes),
      padding:
        padding === "same"
          ? sizes.map((k, i) => samePadding(input[i], k, spread(stride, axes)[i] ?? 1, dilation[i] ?? 1))
          : spread(typeof padding === "number" ? [padding] : padding, axes),
      dilation,
      ceil,
      cost: cost + kernel.cost,
    });
    const usual = usualPaddings(given, isPool).map((p) => read(strides[0]?.value ?? [1], p.value, p.cost));
    found.push(...usual);
    for (const want of wanted) {
      if (!want || usual.some((u) => meets(op, input, u, want))) continue;
      let best: WindowReading | undefined;
      for (const stride of strides) {
        for (const padding of paddingChoices(given, sizes, isPool)) {
          const cost = stride.cost + padding.cost + (isPool && padding.value === 0 ? 0 : 0);
          if (best && best.cost <= cost + kernel.cost) continue;
          const reading = read(stride.value, padding.value, cost);
          if (meets(op, input, reading, want)) best = reading;
        }
        if (isPool && given.ceil === undefined && given.padding !== "same" && !given.isCall) {
          const reading = read(
            stride.value,
            given.padding ?? 0,
            stride.cost + (given.isCourse ? ODD.against : ODD.some),
            true,
          );
          if ((!best || reading.cost < best.cost) && meets(op, input, reading, want)) best = reading;
        }
      }
      best ??= perAxis(op, given, input, want, strides, paddingChoices(given, sizes, isPool), read);
      if (best) found.push(best);
    }
  }
  return found;
}

/** The sizes that a window makes of an input. */
export const outputAxes = (op: Op, input: readonly Size[], w: WindowReading): readonly Size[] =>
  input.map((size, i) =>
    axisSize(op, size, {
      kernel: w.kernel[i] ?? 1,
      stride: w.stride[i] ?? 1,
      padding: w.padding[i] ?? 0,
      dilation: w.dilation[i] ?? 1,
      ceil: w.ceil,
    }),
  );

function meets(op: Op, input: readonly Size[], window: WindowReading, want: readonly Size[]): boolean {
  if (want.length !== input.length) return false;
  return outputAxes(op, input, window).every((size, i) => {
    const wanted = want[i];
    return wanted === undefined || input[i] === undefined || (size !== undefined && same(size, wanted));
  });
}

function strideChoices(given: Given, kernel: readonly number[], isPool: boolean): readonly Choice<readonly number[]>[] {
  if (given.stride) return [{ value: given.stride, cost: 0 }];
  const usual = isPool ? kernel : [1];
  const others = [1, 2, 3, 4].filter((s) => !usual.every((u) => u === s));
  const cost = (s: number): number => {
    if (given.isCourse) return ODD.very;
    if (given.isCall) return ODD.odd;
    if (isPool) return s === 2 && kernel[0] === 3 ? ODD.slight : ODD.some;
    return s === 2 ? ODD.slight : ODD.some;
  };
  return [{ value: usual, cost: 0 }, ...others.map((s) => ({ value: [s], cost: cost(s) }))];
}

/** What a window's padding is where nothing speaks against it. */
function usualPaddings(given: Given, isPool: boolean): readonly Choice<Padding | readonly number[]>[] {
  if (given.padding !== undefined) return [{ value: given.padding, cost: 0 }];
  if (isPool || given.isCall) return [{ value: 0, cost: 0 }];
  if (given.isCourse) return [{ value: "same", cost: 0 }];
  return [
    { value: "same", cost: 0 },
    { value: 0, cost: 0 },
  ];
}

function paddingChoices(
  given: Given,
  kernel: readonly number[],
  isPool: boolean,
): readonly Choice<Padding | readonly number[]>[] {
  if (given.padding !== undefined) return [{ value: given.padding, cost: 0 }];
  const most = Math.max(...kernel);
  const numbers = Array.from({ length: Math.min(most, 12) }, (_, i) => i + 1).filter((p) => !isPool || 2 * p <= most);
  const other = given.isCourse ? (isPool ? ODD.against : ODD.very) : ODD.odd;
  if (isPool) {
    return [
      { value: 0, cost: 0 },
      ...numbers.map((p) => ({
        value: p,
        cost: given.isCourse ? other : most === 3 ? ODD.slight : p === 1 && most === 2 ? 0.6 : other,
      })),
      { value: "same" as const, cost: given.isCourse ? ODD.against : ODD.some },
    ];
  }
  return [
    { value: "same", cost: given.isCall ? ODD.odd : 0 },
    { value: 0, cost: given.isCourse ? 0.35 : 0 },
    ...numbers.map((p) => ({
      value: p,
      cost: !given.isCourse && !given.isCall && p === Math.floor((most - 1) / 2) ? 0 : other,
    })),
  ];
}

type Read = (stride: readonly number[], padding: readonly number[], cost: number) => WindowReading;

/** Where no stride and padding serve all axes alike, those that serve each; only what the row leaves open may differ. */
function perAxis(
  op: Op,
  given: Given,
  input: readonly Size[],
  want: readonly Size[],
  strides: readonly Choice<readonly number[]>[],
  paddings: readonly Choice<Padding | readonly number[]>[],
  read: Read,
): WindowReading | undefined {
  if (
    given.isCourse ||
    want.length !== input.length ||
    input.length < 2 ||
    (given.stride && given.padding !== undefined)
  )
    return undefined;
  const base = read([1], [0], 0);
  const chosen = input.map((size, i) => {
    let best: { stride: number; padding: number; cost: number } | undefined;
    for (const s of strides)
      for (const p of paddings) {
        const stride = s.value[s.value.length === 1 ? 0 : i] ?? 1;
        const kernel = base.kernel[i] ?? 1;
        const padding =
          p.value === "same"
            ? samePadding(size, kernel, stride, base.dilation[i] ?? 1)
            : typeof p.value === "number"
              ? p.value
              : (p.value[p.value.length === 1 ? 0 : i] ?? 0);
        const cost = s.cost + p.cost;
        if (best && best.cost <= cost) continue;
        const out = axisSize(op, size, { kernel, stride, padding, dilation: base.dilation[i] ?? 1, ceil: false });
        const wanted = want[i];
        if (wanted === undefined || size === undefined || (out !== undefined && same(out, wanted)))
          best = { stride, padding, cost };
      }
    return best;
  });
  if (!chosen.every((c) => c !== undefined)) return undefined;
  const cost = Math.max(...chosen.map((c) => c.cost)) + 0.2;
  return read(
    chosen.map((c) => c.stride),
    chosen.map((c) => c.padding),
    cost,
  );
}
