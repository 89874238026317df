import { same } from "../../core/dims/compare.js";
import type { Op, Size } from "../../core/layer/op.js";
import { axisSize, samePadding, transposedSamePadding } from "./axisSize.js";
import { type Given, isTransposed } from "./layerGiven.js";

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

/** Kernels that are followed where the row does not say one. */
const MOST_KERNELS = 4;

/** The ways to read a window that meet what is claimed, and the usual ones. */
export function windowReadings(
  op: Op,
  given: Given,
  input: readonly Size[],
  kernels: readonly Choice<readonly number[]>[],
  wanted: readonly Wanted[],
): readonly WindowReading[] {
  const wants = [...new Map(wanted.flatMap((w) => (w ? [[w.map(String).join("x"), w] as const] : []))).values()];
  const hits = wants.map(() => 0);
  const found: WindowReading[] = [];
  for (const [i, kernel] of kernels.entries()) {
    if (i >= MOST_KERNELS && hits.every((n) => n >= MOST_KERNELS)) break;
    const reader = new WindowReader(op, given, input, kernel);
    const usual = reader.usual();
    const isMet = (want: readonly Size[]): boolean => usual.some((u) => meets(op, input, u, want));
    found.push(...(i < MOST_KERNELS ? usual : usual.filter((u) => wants.some((want) => meets(op, input, u, want)))));
    for (const [w, want] of wants.entries()) {
      if ((hits[w] ?? 0) >= MOST_KERNELS) continue;
      const met = isMet(want) ? undefined : reader.meeting(want);
      if (met) found.push(met);
      if (met || isMet(want)) hits[w] = (hits[w] ?? 0) + 1;
    }
  }
  return found;
}

/** The ways to read a window whose kernel is settled. */
class WindowReader {
  readonly #op: Op;
  readonly #given: Given;
  readonly #input: readonly Size[];
  readonly #kernel: readonly number[];
  readonly #dilation: readonly number[];
  readonly #cost: number;
  readonly #isPool: boolean;
  readonly #strides: readonly Choice<readonly number[]>[];
  readonly #paddings: readonly Choice<Padding | readonly number[]>[];

  constructor(op: Op, given: Given, input: readonly Size[], kernel: Choice<readonly number[]>) {
    this.#op = op;
    this.#given = given;
    this.#input = input;
    this.#kernel = spread(kernel.value, input.length);
    this.#dilation = spread(given.dilation ?? [1], input.length);
    this.#cost = kernel.cost;
    this.#isPool = given.kind !== "conv";
    this.#strides = strideChoices(given, this.#kernel, this.#isPool);
    this.#paddings = paddingChoices(given, this.#kernel, this.#isPool);
  }

  #read(
    stride: readonly number[],
    padding: Padding | readonly number[],
    cost: number,
    ceil = this.#given.ceil ?? false,
  ): WindowReading {
    const axes = this.#input.length;
    const strides = spread(stride, axes);
    return {
      kernel: this.#kernel,
      stride: strides,
      padding:
        padding === "same"
          ? this.#kernel.map((_, i) => this.#samePadding(i, strides[i] ?? 1))
          : this.#net(spread(typeof padding === "number" ? [padding] : padding, axes)),
      dilation: this.#dilation,
      ceil,
      cost: cost + this.#cost,
    };
  }

  /** The padding that "same" is on an axis. */
  #samePadding(axis: number, stride: number): number {
    const [kernel, dilation] = [this.#kernel[axis] ?? 1, this.#dilation[axis] ?? 1];
    return isTransposed(this.#given)
      ? transposedSamePadding(kernel, stride, dilation)
      : samePadding(this.#input[axis], kernel, stride, dilation);
  }

  /** Paddings without half of what a transposed convolution adds to its output. */
  #net(paddings: readonly number[]): readonly number[] {
    const added = spread(this.#given.outputPadding ?? [0], paddings.length);
    return paddings.map((p, i) => p - (added[i] ?? 0) / 2);
  }

  /** The readings that nothing speaks against. */
  usual(): readonly WindowReading[] {
    return usualPaddings(this.#given, this.#isPool).map((p) =>
      this.#read(this.#strides[0]?.value ?? [1], p.value, p.cost),
    );
  }

  /** The least far-fetched reading that gives these sizes. */
  meeting(want: readonly Size[]): WindowReading | undefined {
    const given = this.#given;
    let best: WindowReading | undefined;
    const consider = (reading: WindowReading): void => {
      if ((!best || reading.cost < best.cost) && meets(this.#op, this.#input, reading, want)) best = reading;
    };
    const mayCeil = this.#isPool && given.ceil === undefined && given.padding !== "same" && !given.isCall;
    for (const stride of this.#strides) {
      for (const padding of this.#paddings)
        if (!best || stride.cost + padding.cost + this.#cost < best.cost)
          consider(this.#read(stride.value, padding.value, stride.cost + padding.cost));
      if (mayCeil)
        consider(
          this.#read(
            stride.value,
            numbersOf(given.padding),
            stride.cost + (given.isCourse ? ODD.against : ODD.some),
            true,
          ),
        );
    }
    return best ?? this.#perAxis(want);
  }

  /** Where no stride and padding serve all axes alike, those that serve each; only what the row leaves open may differ. */
  #perAxis(want: readonly Size[]): WindowReading | undefined {
    const { isCourse, stride, padding } = this.#given;
    const input = this.#input;
    if (isCourse || want.length !== input.length || input.length < 2 || (stride && padding !== undefined))
      return undefined;
    // A pooling with one stride is not padded on one axis alone.
    if (this.#isPool && stride?.every((s) => s === stride[0])) return undefined;
    const chosen = input.map((_, i) => this.#forAxis(i, want[i]));
    if (!chosen.every((c) => c !== undefined)) return undefined;
    const cost = Math.max(...chosen.map((c) => c.cost)) + 0.2;
    return this.#read(
      chosen.map((c) => c.stride),
      chosen.map((c) => c.padding),
      cost,
    );
  }

  #forAxis(
    i: number,
    want: Size,
  ): { readonly stride: number; readonly padding: number; readonly cost: number } | undefined {
    const [size, kernel, dilation] = [this.#input[i], this.#kernel[i] ?? 1, this.#dilation[i] ?? 1];
    let best: { readonly stride: number; readonly padding: number; readonly cost: number } | undefined;
    for (const s of this.#strides) {
      for (const p of this.#paddings) {
        const cost = s.cost + p.cost;
        if (best && best.cost <= cost) continue;
        const stride = s.value[s.value.length === 1 ? 0 : i] ?? 1;
        const padding =
          p.value === "same"
            ? this.#samePadding(i, stride)
            : (this.#net(spread(typeof p.value === "number" ? [p.value] : p.value, i + 1))[i] ?? 0);
        const out = axisSize(this.#op, size, { kernel, stride, padding, dilation, ceil: false });
        if (want === undefined || size === undefined || (out !== undefined && same(out, want)))
          best = { stride, padding, cost };
      }
    }
    return best;
  }
}

const numbersOf = (padding: Given["padding"]): readonly number[] =>
  padding === undefined || padding === "same" ? [0] : padding;

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
  // What a transposed convolution is there for is to make sizes larger.
  const isUp = isTransposed(given) && !given.isCall && kernel.every((k) => k > 1);
  const usual = isPool ? kernel : [isUp ? 2 : 1];
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
