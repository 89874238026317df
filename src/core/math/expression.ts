/** Where an expression stands in its document: offsets in UTF-16 units, the end excluded. */
export interface MathPlace {
  readonly from: number;
  readonly to: number;
}

/** What stands between two expressions that are combined. */
export type MathOperator = "+" | "-" | "*" | "/" | "^" | "⊙" | "⋆" | "∗";

/** Mathematics as it is written. */
export type MathExpr = MathPlace &
  (
    | { readonly kind: "number"; readonly text: string }
    /** A letter with all that belongs to its name: `W_out`, `ŷ`, `W^(1)`. */
    | { readonly kind: "symbol"; readonly name: string }
    /** `x_{i+1}` where an index is bound by a sum around it. */
    | { readonly kind: "indexed"; readonly name: string; readonly indices: readonly MathExpr[] }
    | { readonly kind: "negate"; readonly of: MathExpr }
    | {
        readonly kind: "binary";
        readonly op: MathOperator;
        readonly left: MathExpr;
        readonly right: MathExpr;
        /** Whether nothing stands between the factors. */
        readonly implicit?: true;
      }
    /** A function of the field: `floor`, `sqrt`, `ln`. */
    | { readonly kind: "call"; readonly name: string; readonly args: readonly MathExpr[] }
    /** A function that the document names: `f(x)`. */
    | { readonly kind: "apply"; readonly name: string; readonly args: readonly MathExpr[] }
    | {
        readonly kind: "matrix";
        readonly rows: readonly (readonly MathExpr[])[];
        /** Whether it is written as a list, `(1, 2)`, which is a column whether it is transposed or not. */
        readonly isList?: true;
      }
    | { readonly kind: "transpose"; readonly of: MathExpr }
    /** The derivative by a letter; of a letter that stands for a formula, of that. */
    | { readonly kind: "derivative"; readonly of: MathExpr; readonly by: string }
    | {
        readonly kind: "series";
        readonly what: "sum" | "product";
        readonly index: string;
        readonly first: MathExpr;
        readonly last: MathExpr;
        readonly body: MathExpr;
      }
  );

/** The expressions right within another one. */
export function partsOf(e: MathExpr): readonly MathExpr[] {
  switch (e.kind) {
    case "number":
    case "symbol":
      return [];
    case "indexed":
      return e.indices;
    case "negate":
    case "transpose":
    case "derivative":
      return [e.of];
    case "binary":
      return [e.left, e.right];
    case "call":
    case "apply":
      return e.args;
    case "matrix":
      return e.rows.flat();
    case "series":
      return [e.first, e.last, e.body];
  }
}

/** An expression and all that are within, the outer ones first. */
export function* allWithin(e: MathExpr): Generator<MathExpr> {
  const open = [e];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const parts = partsOf(next);
    for (let i = parts.length - 1; i >= 0; i--) open.push(parts[i] as MathExpr);
  }
}

/** How many expressions there are in one, itself included. */
export function countParts(e: MathExpr): number {
  let count = 0;
  for (const _ of allWithin(e)) count++;
  return count;
}

/** The letters of an expression that stand for something, without the indices that its sums bind. */
export function freeSymbols(e: MathExpr): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (x: MathExpr, bound: readonly string[]): void => {
    if (x.kind === "symbol" && !bound.includes(x.name)) found.add(x.name);
    if (x.kind === "series") {
      visit(x.first, bound);
      visit(x.last, bound);
      visit(x.body, [...bound, x.index]);
      return;
    }
    for (const part of partsOf(x)) visit(part, bound);
  };
  visit(e, []);
  return found;
}

/** Whether two expressions have letters, and the same ones. */
export function hasSameSymbols(left: MathExpr, right: MathExpr): boolean {
  const [a, b] = [freeSymbols(left), freeSymbols(right)];
  return a.size > 0 && a.size === b.size && [...a].every((name) => b.has(name));
}

/** An expression in which each part for which `to` gives another one, the outermost first, is that one. */
export function replaced(e: MathExpr, to: (part: MathExpr) => MathExpr | undefined): MathExpr {
  const other = to(e);
  if (other) return other;
  const inner = (x: MathExpr): MathExpr => replaced(x, to);
  switch (e.kind) {
    case "number":
    case "symbol":
      return e;
    case "indexed":
      return { ...e, indices: e.indices.map(inner) };
    case "negate":
    case "transpose":
    case "derivative":
      return { ...e, of: inner(e.of) };
    case "binary":
      return { ...e, left: inner(e.left), right: inner(e.right) };
    case "call":
    case "apply":
      return { ...e, args: e.args.map(inner) };
    case "matrix":
      return { ...e, rows: e.rows.map((row) => row.map(inner)) };
    case "series":
      return { ...e, first: inner(e.first), last: inner(e.last), body: inner(e.body) };
  }
}
