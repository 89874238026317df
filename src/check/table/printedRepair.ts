import type { Given } from "./layerGiven.js";
import { type Fit, mayCount, sameRaw, volumeOf } from "./printedLayer.js";
import type { PrintedRow, Raw } from "./printout.js";

/** The one number of a row that makes it fit. */
export interface Repair {
  readonly kind: "output" | "params";
  /** The right shape. */
  readonly output: Raw;
  readonly count: number | undefined;
  readonly fit: Fit;
}

/** What makes a row's output, or another, of an input, with its count or another. */
export type Fitting = (row: PrintedRow, input: Raw, output?: Raw, count?: number) => Fit | undefined;

/** What surrounds a row that does not fit. */
export interface Surrounding {
  readonly next: PrintedRow | undefined;
  /** Whether nothing but this can come in. */
  readonly isCertain: boolean;
  /** What the total says that the rows' counts lack; undefined where no total is borne out. */
  readonly lacking: number | undefined;
  readonly fit: Fitting;
  readonly isKeras: boolean;
}

/** Whether the row behind takes this shape; undefined where it does not say, or takes it in an unusual way. */
export function nextTakes(raw: Raw, { next, fit }: Surrounding): boolean | undefined {
  if (!next?.output) return undefined;
  if (!next.given) return sameRaw(next.output, raw) || undefined;
  // Without its count such a layer takes anything.
  if (next.count === undefined && /conv|linear/.test(next.given.kind)) return undefined;
  const found = fit(next, raw);
  return found?.isOdd ? undefined : found !== undefined;
}

/** The count that the total asks for, where the row's layer has it. */
export function repairCount(row: PrintedRow, input: Raw, { lacking, fit }: Surrounding): Repair | undefined {
  if (!lacking || row.count === undefined || !row.output) return undefined;
  const count = row.count + lacking;
  const found = fit(row, input, row.output, count);
  return found && !found.isOdd ? { kind: "params", output: row.output, count, fit: found } : undefined;
}

/** The shape that is right: one number differs, it comes out of what is before, and what is behind takes it and not the other. */
export function repairOutput(row: PrintedRow, input: Raw, around: Surrounding): Repair | undefined {
  const { given, output, count } = row;
  const { next, isCertain, lacking, fit, isKeras } = around;
  if (!given || !output) return undefined;
  const isImpossible = lacking === 0 && count !== undefined && !mayCount(given, output, count, isKeras);
  const takes = nextTakes(output, around);
  const isRefused = fit(row, input) ? takes === false : takes !== true;
  const isPooled = /^(?:max|avg)pool/.test(next?.given?.kind ?? "");
  const found: (Repair & { readonly cost: number })[] = [];
  for (const right of variants(row, output, input, next?.output)) {
    const made = fit(row, input, right);
    if (!made || made.isOdd) continue;
    const isTaken = nextTakes(right, around);
    if (isTaken === false) continue;
    // Half of 113 is half of 112: a square is meant where a pool behind takes both.
    const isSquared = isTaken && isPooled && sideOff(output, isKeras) === 1 && sideOff(right, isKeras) === 0;
    if (!isCertain && !isImpossible && !(isTaken && isRefused) && !isSquared) continue;
    const cost = made.cost + ((next && fit(next, right)?.cost) || 0);
    if (!found.some((f) => sameRaw(f.output, right)))
      found.push({ kind: "output", output: right, count, fit: made, cost });
  }
  const [best, second] = found.sort((a, b) => a.cost - b.cost);
  return best && second && second.cost - best.cost < 0.05 ? undefined : best;
}

/** By how much the two sides of an image differ. */
function sideOff(raw: Raw, isKeras: boolean): number | undefined {
  const { axes } = volumeOf(raw, isKeras);
  return axes.length === 2 ? Math.abs(Number(axes[0]) - Number(axes[1])) : undefined;
}

const KEEPING: ReadonlySet<Given["kind"]> = new Set<Given["kind"]>(["keep", "norm", "batchnorm"]);

/** The taps of the usual kernels on one and on two axes. */
const TAPS = [1, 3, 5, 7, 9, 25, 49] as const;

/** Shapes that differ in one number, by the numbers that stand around. */
function variants({ given, count = 0 }: PrintedRow, output: Raw, input: Raw, next: Raw = []): readonly Raw[] {
  if (given && KEEPING.has(given.kind)) return input.length === output.length ? [input].filter(isNear) : [];
  function isNear(raw: Raw): boolean {
    return raw.filter((n, i) => n !== output[i]).length === 1;
  }
  const inputs = sizeOf(input);
  return output.slice(1).flatMap((old, at) => {
    const i = at + 1;
    const [near = 0, behind = 0] = [input[i], next[i]];
    const rest = sizeOf(output) / old;
    const numbers = [
      near,
      behind,
      ...output.slice(1),
      ...[1, 2, 3, 4].flatMap((d) => [near - 2 * d, Math.floor(near / d), Math.ceil(near / d), behind + 2 * d]),
      ...[2, 3, 4].flatMap((d) => [behind * d, behind * d + 1, behind * d - 1]),
      inputs / rest,
      sizeOf(next) / rest,
      ...[...TAPS.map((t) => t * near), input.at(-1) ?? 1, inputs].flatMap((n) => [count / (n + 1), count / n]),
    ];
    return [...new Set(numbers)]
      .filter((n) => Number.isInteger(n) && n > 0 && n !== old)
      .map((n) => output.map((o, j) => (j === i ? n : o)));
  });
}

const sizeOf = (raw: Raw): number => raw.slice(1).reduce((a, b) => a * b, 1);
