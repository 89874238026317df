import { binary, numberAt, symbolAt } from "./compound.js";
import type { Effort } from "./evaluateMath.js";
import { freeSymbols, type MathExpr, replaced } from "./expression.js";
import { indexedNames, splitIndex } from "./families.js";
import type { Scalar } from "./scalar.js";
import { boundIn, type EntryGradientAt, entriesOf, SizedLayer } from "./sizedLayer.js";
import type { FunctionFormula } from "./spelledOut.js";
import { isSameValue } from "./value.js";

/** Operations that all that is done for one equation may take. */
const EFFORT = 1_000_000;

/** How often a layer is tried, each time with other sizes. */
const TURNS = [0, 1];

/** A gradient by an entry, or by a letter, of a layer that is given by its entries. */
export interface EntryGradient {
  readonly formula: FunctionFormula;
  /** The name of the sequence of the gradients by the layer's output: `∂L/∂y`. */
  readonly upstream: string;
  /** What is derived by: `w_{fck}`, `b`. */
  readonly by: string;
}

/** A place of a layer of some size, the gradient there, and what an expression comes to. */
interface Tried extends EntryGradientAt {
  readonly turn: number;
  readonly value: (e: MathExpr) => Scalar | undefined;
}

/** The gradients of a layer at the places that are tried, with which expressions that are made of entries are compared. */
export class EntryGradients {
  private constructor(private readonly all: readonly Tried[]) {}

  /** Undefined where the layer is not linear in what is derived by, or is too large. */
  static of({ formula, upstream, by }: EntryGradient): EntryGradients | undefined {
    const effort: Effort = { left: EFFORT };
    const all: Tried[] = [];
    for (const turn of TURNS) {
      const layer = SizedLayer.of(upstream, formula, turn, effort);
      const entry = layer?.has(by) ? undefined : splitIndex(by);
      const [name, indices] = entry ? [entry.base, entry.indices] : [by, []];
      const gradients = layer?.has(name) ? layer.gradients(name) : undefined;
      if (!layer || !gradients || gradients.some(({ place }) => place.length !== indices.length)) return undefined;
      for (const gradient of gradients) {
        const at = new Map(indices.map((index, n) => [index, gradient.place[n] ?? 0]));
        all.push({ ...gradient, turn, value: (e) => layer.value(e, at) });
      }
    }
    return all.length > 0 ? new EntryGradients(all) : undefined;
  }

  /** Whether an expression is the gradient at all places. */
  isRight(e: MathExpr): boolean {
    return this.all.every(({ total, value }) => {
      const is = value(e);
      return is !== undefined && isSameValue(is, total);
    });
  }

  /** Whether an expression is not even the gradient at an inner place, whatever the sizes are; what is not known is neither. */
  isWrong(e: MathExpr): boolean {
    const values = this.all.map(({ value }) => value(e));
    const isOther = ({ total }: Tried, i: number): boolean => !isSameValue(values[i] ?? total, total);
    return (
      values.every((v) => v !== undefined) &&
      TURNS.every((turn) => this.all.some((tried, i) => tried.turn === turn && tried.isInner && isOther(tried, i)))
    );
  }
}

/** An expression with all its sequences as entries, the gradients by the layer's output, too; undefined where there is none of those. */
export function withEntries(e: MathExpr, loss: string, { upstream, by }: EntryGradient): MathExpr | undefined {
  const named = replaced(e, (part) => {
    const isOwn = part.kind === "derivative" && part.of.kind === "symbol" && part.of.name === loss;
    const entry = isOwn ? splitIndex(part.by) : undefined;
    if (!entry || upstream !== `∂${loss}/∂${entry.base}`) return undefined;
    const indices = entry.indices.map((index) => symbolAt(index, part));
    return { kind: "indexed", name: upstream, indices, from: part.from, to: part.to };
  });
  if (!indexedNames(named).has(upstream)) return undefined;
  return entriesOf(named, new Set([...(splitIndex(by)?.indices ?? []), ...boundIn(e)]));
}

/** A change of the indices of one sequence, and how they were before it. */
export interface OtherIndices {
  readonly expr: MathExpr;
  readonly name: string;
  readonly was: "unturned" | "too high" | "too low" | "swapped";
}

/** The changes of indices that undo what people get wrong. */
export function* otherIndices(e: MathExpr, { upstream, by }: EntryGradient): Generator<OtherIndices> {
  const change = (name: string, to: (index: MathExpr) => MathExpr): MathExpr =>
    replaced(e, (part) =>
      part.kind === "indexed" && part.name === name
        ? { ...part, indices: part.indices.map((i) => (i.kind === "symbol" ? i : to(i))) }
        : undefined,
    );
  const letters = splitIndex(by)?.indices ?? [];
  const turn = (index: MathExpr): MathExpr => {
    const own = letters.find((name) => freeSymbols(index).has(name));
    const at = own && symbolAt(own, index);
    return at ? binary("-", binary("+", at, at), index) : index;
  };
  yield { expr: change(upstream, turn), name: upstream, was: "unturned" };
  for (const name of indexedNames(e)) {
    const moved = (op: "+" | "-"): MathExpr => change(name, (index) => binary(op, index, numberAt("1", index)));
    yield { expr: moved("-"), name, was: "too high" };
    yield { expr: moved("+"), name, was: "too low" };
    const swapped = replaced(e, (part) =>
      part.kind === "indexed" && part.name === name ? { ...part, indices: part.indices.toReversed() } : undefined,
    );
    yield { expr: swapped, name, was: "swapped" };
  }
}
