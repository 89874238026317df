import { allWithin, type MathExpr, partsOf } from "./expression.js";
import { minus, plus, type Scalar, times, whole } from "./scalar.js";
import { type MathValue, type MatrixOfNumbers, productOf, sumOf } from "./value.js";

/** The values that a random number takes, each with its probability. */
export type Outcomes = readonly (readonly [value: MathValue, probability: Scalar])[];

/** Whether a name is that of a moment: the mean or the variance. */
export const isMoment = (name: string): boolean => name === "E" || name === "Var";

/** Letters that are constants unless they stand alone in a moment. */
const CONSTANT = /^[abcdkmnp]|^[α-ωΑ-Ω]/;

/**
 * The letters of some expressions that are random: those of which a moment is taken alone, and those that stand in moments only and are not
 * named like a constant.
 */
export function randomLetters(sides: readonly MathExpr[]): readonly string[] {
  const alone = new Set<string>();
  const inside = new Set<string>();
  const outside = new Set<string>();
  const visit = (e: MathExpr, isIn: boolean): void => {
    if (e.kind === "symbol") (isIn ? inside : outside).add(e.name);
    const isHere = e.kind === "call" && isMoment(e.name);
    const [of] = isHere ? e.args : [];
    if (of?.kind === "symbol") alone.add(of.name);
    for (const part of partsOf(e)) visit(part, isIn || isHere);
  };
  for (const side of sides) visit(side, false);
  return [...inside].filter((name) => alone.has(name) || (!outside.has(name) && !CONSTANT.test(name))).sort();
}

/** Whether a moment is taken in an expression. */
export const hasMoment = (e: MathExpr): boolean => {
  for (const x of allWithin(e)) if (x.kind === "call" && isMoment(x.name)) return true;
  return false;
};

/** Whether a moment is taken of what nobody can draw: an entry of a sequence, or `dy` in two letters. */
export const hasOpenMoment = (e: MathExpr): boolean =>
  [...allWithin(e)].some(
    (x) =>
      x.kind === "call" &&
      isMoment(x.name) &&
      x.args
        .flatMap((of) => [...allWithin(of)])
        .some(
          (of) =>
            of.kind === "indexed" ||
            (of.kind === "binary" && of.implicit && of.left.kind === "symbol" && of.left.name === "d"),
        ),
  );

/** A small distribution, another one for each turn; with mean 0 if it is to be centred. */
export function drawOutcomes(turn: number, place: number, isCentred: boolean): Outcomes {
  const a = whole(1 + ((turn + place) % 3));
  const b = whole(2 + ((turn * 2 + place) % 4));
  const third: Scalar = { n: 1n, d: 3n };
  // p a = (1 − p) b
  if (isCentred) {
    const sum = plus(a, b);
    const share = typeof sum === "number" || typeof b === "number" ? third : { n: (b as { n: bigint }).n, d: sum.n };
    return [
      [a, share],
      [minus(b), plus(whole(1), minus(share))],
    ];
  }
  return [
    [a, third],
    [minus(b), third],
    [plus(a, b), third],
  ];
}

/** All masks of a size, each entry 1 with a probability and else 0; undefined where there are too many. */
export function masksLike({ rows }: MatrixOfNumbers, share: Scalar): Outcomes | undefined {
  const count = rows.flat().length;
  if (count > MOST_ENTRIES) return undefined;
  const width = rows[0]?.length ?? 1;
  return Array.from({ length: 2 ** count }, (_, mask) => {
    let probability: Scalar = whole(1);
    const at = (i: number, j: number): Scalar => {
      const isOn = (mask >> (i * width + j)) & 1;
      probability = times(probability, isOn ? share : plus(whole(1), minus(share)));
      return whole(isOn);
    };
    const value = { rows: rows.map((row, i) => row.map((_x, j) => at(i, j))) };
    return [value, probability] as const;
  });
}

const MOST_ENTRIES = 6;

/**
 * The mean of a value over all outcomes of letters that are independent, or, if they are tied, over those in which each letter has the outcome of
 * the same place; undefined where it has none.
 */
export function meanOver(
  names: readonly (readonly [name: string, outcomes: Outcomes])[],
  value: (at: ReadonlyMap<string, MathValue>) => MathValue | undefined,
  areTied = false,
): MathValue | undefined {
  let total: MathValue | undefined;
  let isKnown = true;
  const visit = (i: number, at: ReadonlyMap<string, MathValue>, share: Scalar, place?: number): void => {
    const next = names[i];
    if (next && isKnown) {
      for (const [k, [x, p]] of next[1].entries())
        if (place === undefined || place === k)
          visit(i + 1, new Map(at).set(next[0], x), place === undefined ? times(share, p) : share, areTied ? k : place);
      return;
    }
    const here = isKnown ? value(at) : undefined;
    const part = here === undefined ? undefined : productOf(share, here);
    total = total === undefined || part === undefined ? part : sumOf(total, part);
    isKnown = total !== undefined;
  };
  visit(0, new Map(), whole(1));
  return isKnown ? total : undefined;
}
