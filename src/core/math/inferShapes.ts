import { numberAt, symbolAt } from "./compound.js";
import { allWithin, type MathExpr } from "./expression.js";
import { isTakenOfEach } from "./functions.js";
import type { MatrixShape, MatrixShapes } from "./matrixShape.js";
import type { Made } from "./upstream.js";

/** How many rows or columns there are, as far as it is known: sizes that have to be one are one class. */
interface Size {
  same?: Size;
  known?: MathExpr;
}

type Kind = { readonly rows: Size; readonly columns: Size } | "number";

/** Sizes contradict each other. */
class Contradiction extends Error {}

const rootOf = (size: Size): Size => (size.same ? rootOf(size.same) : size);

const keyOf = (e: MathExpr | undefined): string | undefined =>
  e?.kind === "number" ? e.text : e?.kind === "symbol" ? e.name : undefined;

const isOneSize = (size: Size): boolean => keyOf(rootOf(size).known) === "1";

function unite(a: Size, b: Size): void {
  const [x, y] = [rootOf(a), rootOf(b)];
  if (x === y) return;
  if (x.known && y.known && keyOf(x.known) !== keyOf(y.known)) throw new Contradiction();
  x.same = y;
  y.known ??= x.known as MathExpr;
}

/** Turns until nothing more can follow. */
const TURNS = 6;

/**
 * Shapes for the letters of some expressions of which nobody has said one, as they follow from how the letters are combined: capitals are
 * matrices, small letters behind them are columns. Undefined where they cannot all be so, or where no letter has to be a matrix.
 */
export function inferShapes(sides: readonly MathExpr[], declared: MatrixShapes, made: Made): MatrixShapes | undefined {
  const all = reachedFrom(sides, made);
  const letters = new Letters(declared, all, made);
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { e } of all) letters.kindOf(e);
      for (const { name, e } of all) if (name) letters.equal(symbolAt(name, e), e);
      if (sides.length === 2 && sides[0] && sides[1]) letters.equal(sides[0], sides[1]);
    }
  } catch (problem) {
    if (problem instanceof Contradiction) return undefined;
    throw problem;
  }
  return letters.shapes();
}

/** Expressions and the formulas of all letters in them. */
function reachedFrom(
  sides: readonly MathExpr[],
  made: Made,
): readonly { readonly name?: string; readonly e: MathExpr }[] {
  const seen = new Set<string>();
  const all: { name?: string; e: MathExpr }[] = sides.map((e) => ({ e }));
  for (let i = 0; i < all.length && all.length < 60; i++)
    for (const part of allWithin(all[i]?.e ?? numberAt("0", { from: 0, to: 0 }))) {
      const names =
        part.kind === "symbol" || part.kind === "indexed" ? [part.name] : part.kind === "derivative" ? [part.by] : [];
      for (const name of names) {
        const e = made.get(name);
        if (!e || seen.has(name)) continue;
        seen.add(name);
        all.push({ name, e });
      }
    }
  return all;
}

/** What in an expression has to be a number: what is derived, what divides, where a sum ends. */
function numbersIn(e: MathExpr, made: Made): readonly MathExpr[] {
  // What has a formula may be a column of its own.
  if (e.kind === "derivative")
    return e.of.kind === "symbol" && /^\p{Ll}/u.test(e.of.name) && made.has(e.of.name) ? [] : [e.of];
  if (e.kind === "series") return [e.first, e.last];
  return e.kind === "binary" && (e.op === "/" || e.op === "^") ? [e.right] : [];
}

/** What is known of the letters so far. */
class Letters {
  private readonly kinds = new Map<string, Kind>();
  /** Numbers that are derived are no matrices, whatever they are called. */
  private readonly numbers = new Set<string>();

  constructor(declared: MatrixShapes, all: readonly { readonly e: MathExpr }[], made: Made) {
    const one: Size = { known: numberAt("1", { from: 0, to: 0 }) };
    this.one = one;
    const known = new Map<string, Size>([["1", one]]);
    const sizeOf = (e: MathExpr): Size => {
      const key = keyOf(e) ?? `${e.from}:${e.to}`;
      // What nobody has named may be any size yet.
      const size = known.get(key) ?? (key.startsWith("#") ? {} : { known: e });
      known.set(key, size);
      return size;
    };
    for (const [name, { rows, columns }] of declared)
      this.kinds.set(name, { rows: sizeOf(rows), columns: sizeOf(columns) });
    for (const { e } of all)
      for (const part of allWithin(e))
        for (const number of numbersIn(part, made)) if (number.kind === "symbol") this.numbers.add(number.name);
  }

  private readonly one: Size;

  /** The kind of an expression as far as it is known, and what follows from it for the letters in it. */
  kindOf(e: MathExpr): Kind | undefined {
    switch (e.kind) {
      case "number":
        return "number";
      case "symbol":
        return this.ofLetter(e.name);
      case "negate":
        return this.kindOf(e.of);
      case "transpose": {
        if (e.of.kind === "symbol" && !this.kinds.has(e.of.name)) this.setColumn(e.of);
        const of = this.kindOf(e.of);
        return of && of !== "number" ? { rows: of.columns, columns: of.rows } : of;
      }
      case "derivative": {
        const [of, by] = [this.kindOf(e.of), this.ofLetter(e.by)];
        return of && of !== "number" && by && by !== "number" ? { rows: of.rows, columns: by.rows } : by;
      }
      case "binary":
        return this.ofBinary(e);
      case "call": {
        const [only] = e.args;
        if (!only) return undefined;
        if (/^(?:norm[12F]?|softmax)$/.test(e.name)) this.setColumn(only);
        const of = this.kindOf(only);
        if (e.name === "E") return of;
        if (e.name === "diag" && of && of !== "number") return { rows: of.rows, columns: of.rows };
        if (/^(?:tr|det)$/.test(e.name) && of && of !== "number") unite(of.rows, of.columns);
        return isTakenOfEach(e.name) ? of : "number";
      }
      case "matrix": {
        const size = (n: number | undefined): Size => ({ known: numberAt(`${n}`, e) });
        return { rows: size(e.rows.length), columns: size(e.rows[0]?.length) };
      }
      case "series":
        return this.kindOf(e.body);
      case "indexed": {
        const [index] = e.indices;
        return (index?.kind === "symbol" && this.kinds.get(`${e.name}_${index.name}`)) || "number";
      }
      default:
        return undefined;
    }
  }

  /** Two expressions are one, so they are of one kind. */
  equal(a: MathExpr, b: MathExpr): void {
    const [x, y] = [this.kindOf(a), this.kindOf(b)];
    if (x && y) this.uniteKinds(x, y);
    else if (x) this.set(b, x);
    else if (y) this.set(a, y);
  }

  shapes(): MatrixShapes | undefined {
    const found = new Map<string, MatrixShape>();
    const names = new Map<Size, string>();
    const sizeOf = (size: Size): MathExpr => {
      const root = rootOf(size);
      if (root.known) return root.known;
      const name = names.get(root) ?? `#${names.size + 1}`;
      names.set(root, name);
      return symbolAt(name, { from: 0, to: 0 });
    };
    for (const [name, kind] of this.kinds)
      if (kind !== "number") found.set(name, { rows: sizeOf(kind.rows), columns: sizeOf(kind.columns) });
    return found.size > 0 ? found : undefined;
  }

  private ofLetter(name: string): Kind | undefined {
    if (this.numbers.has(name)) return "number";
    const kind = this.kinds.get(name);
    if (kind || !/^\p{Lu}/u.test(name)) return kind;
    const fresh: Kind = { rows: {}, columns: {} };
    this.kinds.set(name, fresh);
    return fresh;
  }

  private ofBinary(e: Extract<MathExpr, { kind: "binary" }>): Kind | undefined {
    const [a, b] = [this.kindOf(e.left), this.kindOf(e.right)];
    switch (e.op) {
      case "+":
      case "-":
      case "⊙":
        // 1 − a² for a column
        if (a === "number" || b === "number") return a === "number" ? (b ?? a) : a;
        this.equal(e.left, e.right);
        return a ?? b;
      case "*": {
        if (a && a !== "number" && !b && e.right.kind === "symbol")
          this.set(e.right, { rows: a.columns, columns: this.one });
        // wᵀx_n
        const [index] = e.right.kind === "indexed" && e.right.indices.length === 1 ? e.right.indices : [];
        if (index?.kind === "symbol" && b === "number" && a && a !== "number" && isOneSize(a.rows))
          this.kinds.set(`${(e.right as { name: string }).name}_${index.name}`, { rows: a.columns, columns: this.one });
        const right = this.kindOf(e.right);
        if (!a || a === "number") return right;
        if (!right || right === "number") return a;
        unite(a.columns, right.rows);
        const isNumber = isOneSize(a.rows) && isOneSize(right.columns);
        return isNumber ? "number" : { rows: a.rows, columns: right.columns };
      }
      case "/":
      case "^":
        return a;
      default:
        return undefined;
    }
  }

  private uniteKinds(x: Kind, y: Kind): void {
    if (x === "number" || y === "number") {
      if (x !== y) throw new Contradiction();
      return;
    }
    unite(x.rows, y.rows);
    unite(x.columns, y.columns);
  }

  private set(e: MathExpr, kind: Kind): void {
    if (e.kind === "negate") this.set(e.of, kind);
    else if (e.kind === "transpose") {
      if (kind !== "number") this.set(e.of, { rows: kind.columns, columns: kind.rows });
    } else if (e.kind === "symbol" && kind !== "number" && !this.numbers.has(e.name)) this.kinds.set(e.name, kind);
  }

  private setColumn(e: MathExpr): void {
    if (e.kind === "symbol" && !this.ofLetter(e.name)) this.set(e, { rows: {}, columns: this.one });
    else if (e.kind === "binary") {
      if (e.op !== "*") this.setColumn(e.left);
      if (/^[-+*]$/.test(e.op)) this.setColumn(e.right);
    }
  }
}
