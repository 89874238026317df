import type { Size } from "../../core/layer/op.js";
import { samePadding } from "./axisSize.js";
import { apply, type Choice, type Done, opFor } from "./done.js";
import type { Given } from "./layerGiven.js";
import type { Raw } from "./printout.js";
import { kernelsOf } from "./stepReadings.js";
import type { Volume } from "./volume.js";
import { outputAxes, type WindowReading, windowReadings } from "./windowReadings.js";

/** A layer that makes a printed shape of another, with the printed count. */
export interface Fit {
  readonly done: Done | undefined;
  /** Possible, but unusual enough that a slip is likelier where one is found. */
  readonly isOdd: boolean;
  /** How far-fetched its window is. */
  readonly cost: number;
  /** The count; undefined where it is not known for this layer. */
  readonly count: number | undefined;
}

/** What a printed shape holds for one sample. */
export const volumeOf = (raw: Raw, isLast: boolean): Volume =>
  isLast ? { channels: raw.at(-1), axes: raw.slice(1, -1) } : { channels: raw[1], axes: raw.slice(2) };

/** Whether two printed shapes are the same. */
export const sameRaw = (a: Raw | undefined, b: Raw | undefined): boolean => a !== undefined && String(a) === String(b);

const product = (raw: Raw): number => raw.slice(1).reduce((a, b) => a * b, 1);

/** Whether a layer of this kind may have so many parameters for the channels that come out, whatever comes in. */
export function mayCount(given: Given, output: Raw, count: number, isKeras: boolean): boolean {
  const isLinear = given.kind === "linear";
  const channels = Number(volumeOf(output, isLinear || isKeras).channels);
  if (given.kind === "conv" || isLinear) return count > 0 && count % channels === 0;
  if (given.kind === "batchnorm") return normCounts(channels, isKeras).includes(count);
  return given.kind === "norm" || count === 0;
}

/** Keras counts the running statistics along; without a scale or a shift there is less. */
const normCounts = (channels: number, isKeras: boolean): readonly number[] =>
  isKeras ? [4 * channels, 3 * channels, 2 * channels] : [2 * channels, 0];

/** The layer of a kind that makes the output of the input with this count (or any, where it is undefined); none where no layer does. */
export function fit(
  given: Given,
  input: Raw,
  output: Raw,
  count: number | undefined,
  isKeras: boolean,
): Fit | undefined {
  if (input[0] !== output[0] || product(input) < 1 || product(output) < 1) return undefined;
  const before = volumeOf(input, isKeras);
  const after = volumeOf(output, isKeras);
  const { kind } = given;
  if (kind === "linear") return linearFit(given, input, output, count, isKeras);
  if (kind === "conv" || kind === "maxpool" || kind === "avgpool")
    return windowFit(given, before, after, count, isKeras);
  const isSame = before.channels === after.channels;
  const isRight =
    kind === "flatten"
      ? product(input) === product(output) && output.length <= input.length
      : kind === "globalpool"
        ? isSame && product(output) === after.channels
        : kind === "adaptive"
          ? isSame && input.length === output.length
          : sameRaw(input, output);
  const norms = kind === "batchnorm" ? normCounts(Number(after.channels), isKeras) : [0];
  const own = norms.find((n) => n === count) ?? norms[0];
  // A batch norm without a scale and a shift is rarer than one whose statistics were not counted.
  const isBare = kind === "batchnorm" && isKeras && own === 2 * Number(after.channels);
  if (!isRight || (kind !== "norm" && (count ?? own) !== own)) return undefined;
  const done = apply(kind === "adaptive" ? { ...given, output: after.axes as number[] } : given, {}, before);
  return { done, isOdd: isBare, cost: 0, count: isBare || (kind === "norm" && count) ? undefined : own };
}

function linearFit(
  given: Given,
  input: Raw,
  output: Raw,
  count: number | undefined,
  isKeras: boolean,
): Fit | undefined {
  const units = output.at(-1) ?? 1;
  const isPlaced = sameRaw(input.slice(0, -1), output.slice(0, -1));
  // A program does not print what its functions do: flattening, or the mean of each channel.
  const flat: readonly Volume[] =
    isKeras || output.length > 2 || input.length === 2
      ? []
      : [product(input), input[1] ?? 1].map((channels) => ({ channels, axes: [] }));
  for (const volume of [...(isPlaced ? [volumeOf(input, true)] : []), ...flat]) {
    const features = Number(volume.channels);
    for (const bias of [true, false]) {
      const own = units * (features + Number(bias));
      if (count !== undefined && count !== own) continue;
      if (count === undefined && volume !== flat[0] && !isPlaced) continue;
      const done = apply({ ...given, filters: units, bias }, { perPlace: volume.axes.length > 0 }, volume);
      return { done, isOdd: !bias, cost: 0, count: own };
    }
  }
  return undefined;
}

const KERNELS = [3, 1, 5, 7, 2, 4, 11, 9, 6, 8] as const;

const DILATIONS = [2, 4, 8, 3] as const;

interface Option {
  readonly given: Given;
  readonly kernel: readonly number[];
}

function windowFit(
  given: Given,
  before: Volume,
  after: Volume,
  count: number | undefined,
  isKeras: boolean,
): Fit | undefined {
  const axes = before.axes.length;
  const op = opFor(given, axes);
  if (!op || axes === 0 || axes > 3 || after.axes.length !== axes || (given.axes ?? axes) !== axes) return undefined;
  const isPool = given.kind !== "conv";
  if (isPool && (count || before.channels !== after.channels)) return undefined;
  const [sizes, filters] = [before.axes as readonly number[], Number(after.channels)];
  const options = isPool
    ? [2, 3, 4, 5, 6, 7, 8, ...(sizes.every((s) => s === sizes[0] && s > 8) ? [sizes[0] ?? 1] : [])].map((k) => ({
        given,
        kernel: [k],
      }))
    : convOptions(given, Number(before.channels), filters, count, axes);
  let best: { readonly option: Option; readonly window: WindowReading; readonly cost: number } | undefined;
  for (const [i, option] of options.entries()) {
    const kernel = { value: option.kernel, cost: 0.01 * i };
    const dilated = DILATIONS.map((d): Given => ({ ...given, dilation: [d], padding: [0] }));
    const tries = isPool ? [given] : [given, { ...given, stride: option.kernel }, ...dilated];
    for (const tried of tries) {
      for (const window of windowReadings(op, tried, sizes, [kernel], [after.axes])) {
        const cost = window.cost + (isOddWindow(option.given, window, before, after, isKeras) ? 5 : 0);
        if ((best && best.cost <= cost) || isAbsurd(option.given, window, before, isKeras)) continue;
        if (!outputAxes(op, sizes, window).every((s, a) => s === after.axes[a])) continue;
        best = { option, window, cost };
      }
      if (best && best.cost < 5) break;
    }
    if (best && best.cost < 0.5) break;
  }
  if (!best) return undefined;
  const { window } = best;
  const whole: Given = {
    ...best.option.given,
    kernel: window.kernel,
    stride: window.stride,
    padding: window.padding,
    ...(isPool ? {} : { filters }),
  };
  const choice: Choice = { window, filters };
  const done = apply(whole, choice, before);
  const counted = isPool ? 0 : count;
  return done && { done, isOdd: isOddWindow(whole, window, before, after, isKeras), cost: best.cost, count: counted };
}

/** Whether a window is padded as Keras can, on all axes alike: not at all, or so that the stride alone makes the size. */
function isOfKeras({ kernel, stride, padding, dilation, ceil }: WindowReading, sizes: readonly Size[]): boolean {
  if (ceil) return false;
  const isSame = (p: number, i: number): boolean =>
    p === samePadding(sizes[i], kernel[i] ?? 1, stride[i] ?? 1, dilation[i] ?? 1);
  return padding.every((p) => p === 0) || padding.every(isSame);
}

/** Whether a window is one that nobody uses: padded by more than it sees or by halves, or oblong in some groups. */
function isAbsurd(given: Given, window: WindowReading, before: Volume, isKeras: boolean): boolean {
  const { kernel, padding } = window;
  if (isKeras && !isOfKeras(window, before.axes)) return true;
  if (padding.some((p, i) => 2 * p > (kernel[i] ?? 1) || (!isKeras && !Number.isInteger(p)))) return true;
  return kernel.some((k) => k !== kernel[0]) && ![undefined, 1, "each", before.channels].includes(given.groups);
}

/** Whether a window is one that hardly anybody uses: oblong, of some groups, much padded, or a pool that neither covers all nor halves. */
function isOddWindow(given: Given, window: WindowReading, before: Volume, after: Volume, isKeras: boolean): boolean {
  const { kernel, stride, padding } = window;
  const [side = 1] = kernel;
  const isSame = before.axes.every((a, i) => a === after.axes[i]);
  if (![undefined, 1, "each", before.channels].includes(given.groups)) return true;
  if (window.dilation[0] !== 1) return true;
  if (given.groups && side > 1 && (side > 9 || side % 2 === 0)) return true;
  if (!isKeras && padding.some((p) => !Number.isInteger(p))) return true;
  if (kernel.some((k) => k !== side))
    return !isSame || kernel.some((k) => k > 11) || padding.some((p, i) => 2 * p + 1 !== kernel[i]);
  if (stride.some((s) => s !== stride[0]) || padding.some((p) => p !== padding[0])) return true;
  const isOblong = before.axes.every((a) => a === before.axes[0]) && after.axes.some((a) => a !== after.axes[0]);
  if (isOblong) return true;
  if (given.kind !== "conv") return side > 3 && stride[0] !== side && stride[0] !== 1;
  return 2 * (padding[0] ?? 0) > side || (side > 11 && stride[0] !== side && before.axes.length > 1);
}

/** The kernels, groups and biases that give a convolution's count. */
function convOptions(
  given: Given,
  channels: number,
  filters: number,
  count: number | undefined,
  axes: number,
): readonly Option[] {
  if (count === undefined) return KERNELS.map((k) => ({ given, kernel: [k] }));
  const found: Option[] = [];
  const groups = given.groups === "each" ? [channels] : divisors(channels, filters);
  for (const bias of [true, false]) {
    const taps = count / filters - Number(bias);
    if (!Number.isInteger(taps) || taps < 1) continue;
    for (const g of groups)
      for (const kernel of kernelsOf((taps * g) / channels, axes).slice(0, 8))
        found.push({ given: { ...given, bias, ...(given.groups || g === 1 ? {} : { groups: g }) }, kernel });
  }
  // Plain convolutions come first, then depthwise ones, then those with some groups; square kernels before others.
  const rank = ({ given: { groups: g = 1 }, kernel }: Option): number =>
    (g === 1 || g === "each" ? 0 : g === channels ? 2 : 4) + (kernel.every((k) => k === kernel[0]) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, 24);
}

/** The common divisors of two numbers, one and the first of all. */
function divisors(channels: number, filters: number): readonly number[] {
  const found = [1];
  if (channels > 1 && filters % channels === 0) found.push(channels);
  for (let g = 2; g <= Math.min(channels / 2, 1024); g++) if (channels % g === 0 && filters % g === 0) found.push(g);
  return found;
}
