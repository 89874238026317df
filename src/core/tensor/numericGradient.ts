import type { Computation, Gradients, Numbers } from "./computation.js";
import type { Tensor } from "./tensor.js";

/** One entry of a gradient beside the slope that small steps to both sides give. */
export interface Slope {
  /** The flat index of the entry. */
  readonly entry: number;
  /** The entry as it was computed. */
  readonly exact: number;
  /** The slope between a step down and a step up. */
  readonly numeric: number;
  /** Where `exact` is a choice, as an output has a kink at this number, such as a tie under a maximum, or passes nothing on: the slopes
   * below and above it. */
  readonly kink?: readonly [below: number, above: number];
}

/** The check of a gradient by small steps. */
export interface NumericGradient {
  readonly slopes: readonly Slope[];
  /** The entries of the gradient; where there are more than slopes, those are taken evenly from all of it, or the one that was asked for. */
  readonly entries: number;
  /** The largest difference, apart from kinks. */
  readonly difference: number;
  readonly kinks: number;
}

/** Multiplications that one check may take. */
const MOST_WORK = 1e8;
/** Steps are halved this often, from the first one on. */
const HALVINGS = 12;
const FIRST_STEP = 1 / 8;
/** A smaller bend is rounding. */
const ROUNDING = 1e-6;

/** Checks a gradient of sum(gradOutput · output), or one entry of it, by central differences, exact up to rounding where the layer is linear; undefined
 * where the layer has no such gradient. */
export function numericGradient(
  computation: Computation,
  numbers: Numbers,
  gradOutput: Tensor,
  part: keyof Gradients,
  only?: number,
): NumericGradient | undefined {
  const gradient = computation.backward(numbers, gradOutput)[part];
  const tensor = numbers[part];
  if (!gradient || !tensor) return undefined;
  const entries = tensor.data.length;
  const most = Math.min(entries, Math.max(1, Math.floor(MOST_WORK / (2 * HALVINGS * (computation.work + 1)))));
  const chosen =
    only === undefined ? Array.from({ length: most }, (_, at) => Math.floor((at * entries) / most)) : [only];
  const slopes = chosen.map((entry): Slope => {
    const moved = (step: number): Tensor => {
      const data = tensor.data.slice();
      data[entry]! += step;
      return computation.forward({ ...numbers, [part]: { shape: tensor.shape, data } });
    };
    return { entry, exact: gradient.data[entry] as number, ...slopeOf(moved, gradOutput, computation.flatAt) };
  });
  const smooth = slopes.filter(({ kink }) => !kink);
  const difference = Math.max(0, ...smooth.map(({ exact, numeric }) => Math.abs(exact - numeric)));
  return { slopes, entries, difference, kinks: slopes.length - smooth.length };
}

/** The slope of sum(gradOutput · output) at step 0, by Ridders' method: central differences with ever smaller steps, extrapolated
 * to none. */
function slopeOf(
  moved: (step: number) => Tensor,
  { data: upstream }: Tensor,
  flatAt: number | undefined,
): Pick<Slope, "numeric" | "kink"> {
  const here = moved(0).data;
  let [best, error] = [Number.NaN, Number.POSITIVE_INFINITY];
  let [bend, before, below, above, noise] = [0, 0, 0, 0, 0];
  let table: readonly number[] = [];
  let isChoice = false;
  for (let halving = 0; halving <= HALVINGS; halving++) {
    const step = FIRST_STEP / 2 ** halving;
    const [down, up] = [moved(-step).data, moved(step).data];
    before = bend;
    bend = below = above = noise = 0;
    for (let at = 0; at < here.length; at++) {
      const rate = (upstream[at] as number) / step;
      const [fall, rise] = [(here[at] as number) - (down[at] as number), (up[at] as number) - (here[at] as number)];
      below += rate * fall;
      above += rate * rise;
      // Each output by itself: the kinks of two can cancel in the sum, where PyTorch's choices need not.
      bend += Math.abs(rate * (rise - fall));
      noise += Math.abs(rate * (here[at] as number)) * 2 ** -48;
      isChoice ||= here[at] === flatAt && (rise !== 0 || fall !== 0);
    }
    const row = [(below + above) / 2];
    for (const [order, coarser] of table.entries()) {
      const finer = row[order] as number;
      const next = finer + (finer - coarser) / (4 ** (order + 1) - 1);
      const unsure = Math.max(Math.abs(next - finer), Math.abs(next - coarser));
      if (unsure <= error) [best, error] = [next, unsure];
      row.push(next);
    }
    table = row;
    if (!isChoice && bend <= ROUNDING && error <= ROUNDING ** 2 * (1 + Math.abs(best))) return { numeric: best };
  }
  // A curve's bend halves with the step; a kink's stays.
  if (!isChoice && bend <= Math.max(ROUNDING * (1 + Math.abs(best)) + noise, 0.75 * before)) return { numeric: best };
  return { numeric: best, kink: [below, above] };
}
