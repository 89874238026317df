import { numberAt } from "./compound.js";
import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr, replaced } from "./expression.js";
import { splitIndex, withIndices } from "./families.js";
import { plus, type Scalar, times, toFloat, whole } from "./scalar.js";
import type { FunctionFormula } from "./spelledOut.js";
import { isMatrix, isSameValue, type MathValue } from "./value.js";

type Series = Extract<MathExpr, { kind: "series" }>;
type Indexed = Extract<MathExpr, { kind: "indexed" }>;

/** The first and the last place along an axis. */
type Extent = readonly [first: number, last: number];

/** Places along an axis beyond which a layer is too large to be tried. */
const MAX_SIDE = 12;

/**
 * A layer that is given entry by entry and is linear in each of its letters, `y_{fi} = b_f + Σ_c Σ_k w_{fck} x_{c,i+k−1}`, at small sizes:
 * every letter that bounds a sum is 2 or 3, all entries are small whole numbers, and what lies outside is 0.
 */
export class SizedLayer {
  private readonly letters = new Map<string, Scalar>();
  private readonly extents = new Map<string, readonly Extent[]>();
  private readonly outputs: readonly Extent[];

  private constructor(
    private readonly upstream: string,
    private readonly parameters: readonly string[],
    private readonly body: MathExpr,
    private readonly turn: number,
    private readonly effort: Effort,
  ) {
    const sums = [...allWithin(body)].filter((e): e is Series => e.kind === "series");
    const indices = new Set([...parameters, ...sums.map((s) => s.index)]);
    const free = [...freeSymbols(body)].filter((name) => !indices.has(name)).sort();
    for (const [n, name] of free.entries()) this.letters.set(name, whole(3 - ((n + turn) % 2)));
    const places = new Map<string, Extent>();
    for (const { index, first, last } of sums) places.set(index, [this.number(first), this.number(last)]);
    const [base = 1] = sums.length > 0 ? sums.map((s) => this.number(s.first)) : [];
    const entries = [...allWithin(body)].filter((e): e is Indexed => e.kind === "indexed");
    const sliding = entries.flatMap((e) => e.indices.filter((i) => i.kind !== "symbol").map(freeSymbols));
    const isSlid = (name: string): boolean => sliding.some((letters) => letters.has(name));
    const longest = Math.max(0, ...[...places].map(([name, [a, b]]) => (isSlid(name) ? b - a + 1 : 0)));
    for (const [n, name] of parameters.entries())
      places.set(name, [base, base + (isSlid(name) ? longest : 1 + ((n + turn) % 2))]);
    this.outputs = parameters.map((name) => places.get(name) ?? [0, 0]);
    this.extents.set(upstream, this.outputs);
    for (const { name, indices: own } of entries) {
      const reach = own.map((e) => this.reachOf(e, places));
      const known = this.extents.get(name) ?? reach;
      const joined = reach.map(
        ([a, b], i): Extent => [Math.min(a, known[i]?.[0] ?? a), Math.max(b, known[i]?.[1] ?? b)],
      );
      this.extents.set(name, joined);
    }
  }

  /** Undefined where sizes are not known, or are too many. */
  static of(
    upstream: string,
    { parameters, body }: FunctionFormula,
    turn: number,
    effort: Effort,
  ): SizedLayer | undefined {
    const sums = [...allWithin(body)].flatMap((e) => (e.kind === "series" ? [e.index] : []));
    const layer = new SizedLayer(
      upstream,
      parameters,
      entriesOf(body, new Set([...parameters, ...sums])),
      turn,
      effort,
    );
    const sides = [...layer.extents.values()].flat();
    return sides.every(([a, b]) => Number.isInteger(a) && Number.isInteger(b) && a <= b && b - a < MAX_SIDE)
      ? layer
      : undefined;
  }

  /** Whether a name is one of this layer's sequences, or a letter in it. */
  has(name: string): boolean {
    return this.extents.has(name) || this.letters.has(name);
  }

  /**
   * What comes back to the entries of a sequence, or to a letter, where the output's gradients are given; an entry that as many outputs read as
   * any is an inner one. Undefined where the output is not linear in them.
   */
  gradients(name: string): readonly EntryGradientAt[] | undefined {
    const readers = new Map<string, { readonly place: readonly number[]; readonly outputs: (readonly number[])[] }>();
    const plain = new Map<string, Scalar>();
    for (const at of placesIn(this.outputs)) {
      const read = new Map<string, readonly number[]>(this.extents.has(name) ? [] : [["", []]]);
      const value = this.outputAt(at, (n, place) => {
        if (n === name) read.set(place.join(), place);
        return 0;
      });
      if (value === undefined) return undefined;
      plain.set(at.join(), value);
      for (const [key, place] of read) {
        const own = readers.get(key) ?? { place, outputs: [] };
        readers.set(key, own);
        own.outputs.push(at);
      }
    }
    const most = Math.max(0, ...[...readers.values()].map((r) => r.outputs.length));
    const found: EntryGradientAt[] = [];
    for (const { place, outputs } of spread([...readers.values()])) {
      let total: Scalar = whole(0);
      for (const at of outputs) {
        const more = (by: number): Scalar | undefined =>
          this.outputAt(at, (n, other) => (n === name && other.join() === place.join() ? by : 0));
        const [a, b, c] = [plain.get(at.join()), more(1), more(2)];
        if (a === undefined || b === undefined || c === undefined) return undefined;
        const slope = plus(b, times(whole(-1), a));
        if (!isSameValue(plus(c, times(whole(-1), b)), slope)) return undefined;
        total = plus(total, times(this.entry(this.upstream, at), slope));
      }
      found.push({ place, total, isInner: outputs.length === most });
    }
    return found;
  }

  /** What an expression comes to, in which the letters of a place have its numbers; undefined where something in it is not the layer's. */
  value(e: MathExpr, at: ReadonlyMap<string, number>): Scalar | undefined {
    const known = new Set([...at.keys()]);
    const applied: Meaning["applied"] = (name, args) => this.applied(name, args);
    return this.evaluated(this.bounded(e, known), { symbol: this.lettersAt(at), applied });
  }

  /** What letters stand for where those of a place have its numbers. */
  private lettersAt(at: ReadonlyMap<string, number>): Meaning["symbol"] {
    return (name) => {
      const place = at.get(name);
      return place === undefined ? this.letters.get(name) : whole(place);
    };
  }

  private applied(name: string, args: readonly MathValue[]): Scalar | undefined {
    const own = this.extents.get(name);
    if (own?.length !== args.length || args.some(isMatrix)) return undefined;
    return this.entry(name, (args as readonly Scalar[]).map(toFloat));
  }

  private entry(name: string, at: readonly number[]): Scalar {
    const extents = this.extents.get(name) ?? [];
    const isInside = at.every(
      (i, n) => Number.isInteger(i) && i >= (extents[n]?.[0] ?? 0) && i <= (extents[n]?.[1] ?? 0),
    );
    if (!isInside) return whole(0);
    let hash = 17 + this.turn;
    for (const code of `${name}(${at.join()})`) hash = (Math.imul(hash, 31) + code.charCodeAt(0)) >>> 0;
    return whole(1 + ((hash >>> 4) % 23));
  }

  /** An output where `add` says what is added to entries and letters, which have no place. */
  private outputAt(at: readonly number[], add: (name: string, place: readonly number[]) => number): Scalar | undefined {
    const places = new Map(this.parameters.map((p, i) => [p, whole(at[i] ?? 0)]));
    const symbol = (name: string): Scalar | undefined => {
      const letter = this.letters.get(name);
      return places.get(name) ?? (letter && plus(letter, whole(add(name, []))));
    };
    const applied: Meaning["applied"] = (name, args) => {
      const value = this.applied(name, args);
      return value && plus(value, whole(add(name, (args as readonly Scalar[]).map(toFloat))));
    };
    return this.evaluated(this.body, { symbol, applied });
  }

  /** A sum of which nobody says how far it goes goes over all there is. */
  private bounded(e: MathExpr, known: ReadonlySet<string>): MathExpr {
    return replaced(e, (part) => {
      if (part.kind !== "series") return undefined;
      const body = this.bounded(part.body, new Set([...known, part.index]));
      const isOpen = (bound: MathExpr): boolean =>
        [...freeSymbols(bound)].some((name) => !known.has(name) && !this.letters.has(name));
      // How many outputs there are, nobody but the gradient says.
      const isCount = part.last.kind === "number" && this.isOfOutput(part);
      if (!isOpen(part.first) && !isOpen(part.last) && !isCount) return { ...part, body };
      const extents = [...allWithin(part.body)].flatMap((x) =>
        x.kind === "indexed"
          ? x.indices.flatMap((i, n) => {
              const extent = this.extents.get(x.name)?.[n];
              return extent && i.kind === "symbol" && i.name === part.index ? [extent] : [];
            })
          : [],
      );
      const all = extents.length > 0 ? extents : ([[-MAX_SIDE, MAX_SIDE]] as const);
      const at = (n: number): MathExpr => numberAt(String(n), part);
      const lowest = Math.min(...all.map(([a]) => a));
      const isUnbounded = part.last.kind === "symbol" && part.last.name === `#${part.index}`;
      const first = isUnbounded || isOpen(part.first) ? at(lowest) : part.first;
      const last = isOpen(part.last) || isCount ? at(Math.max(...all.map(([, b]) => b))) : part.last;
      return { ...part, first, last, body };
    });
  }

  private isOfOutput({ index, body }: Series): boolean {
    return [...allWithin(body)].some(
      (x) =>
        x.kind === "indexed" &&
        x.name === this.upstream &&
        x.indices.some((i) => i.kind === "symbol" && i.name === index),
    );
  }

  /** How far an index goes. */
  private reachOf(e: MathExpr, places: ReadonlyMap<string, Extent>): Extent {
    const own = [...freeSymbols(e)].filter((name) => places.has(name));
    const corners = own.reduce<readonly ReadonlyMap<string, number>[]>(
      (all, name) => all.flatMap((at) => (places.get(name) ?? []).map((place) => new Map([...at, [name, place]]))),
      [new Map()],
    );
    const reached = corners.map((at) => this.number(e, at));
    return [Math.min(...reached), Math.max(...reached)];
  }

  private number(e: MathExpr, at: ReadonlyMap<string, number> = new Map()): number {
    const value = this.evaluated(e, { symbol: this.lettersAt(at), applied: () => undefined });
    return value === undefined ? Number.NaN : toFloat(value);
  }

  private evaluated(e: MathExpr, meaning: Meaning): Scalar | undefined {
    const value = evaluateMath(e, meaning, this.effort);
    return value === undefined || isMatrix(value) ? undefined : value;
  }
}

/** What comes back to an entry. */
export interface EntryGradientAt {
  readonly place: readonly number[];
  readonly total: Scalar;
  readonly isInner: boolean;
}

/** Entries of one sequence at which gradients are compared. */
const MAX_PLACES = 24;

/** Some of many, from the first to the last. */
const spread = <T>(all: readonly T[]): readonly T[] => {
  const step = Math.max(1, (all.length - 1) / (MAX_PLACES - 1));
  return all.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step));
};

/** All places within some extents. */
const placesIn = (extents: readonly Extent[]): readonly (readonly number[])[] =>
  extents.reduce<readonly (readonly number[])[]>(
    (all, [first, last]) => all.flatMap((at) => Array.from({ length: last - first + 1 }, (_, i) => [...at, first + i])),
    [[]],
  );

/** The indices of the sums in an expression. */
export const boundIn = (e: MathExpr): readonly string[] =>
  [...allWithin(e)].flatMap((x) => (x.kind === "series" ? [x.index] : []));

/** An expression in which names with indices of these letters are entries: `b_f`, `w_{fck}`. */
export function entriesOf(e: MathExpr, letters: ReadonlySet<string>): MathExpr {
  const families = new Set<string>();
  for (const name of freeSymbols(e)) {
    const entry = splitIndex(name);
    if (entry?.indices.every((index) => letters.has(index))) families.add(`${entry.base},${entry.indices.length}`);
  }
  return withIndices(e, families);
}
