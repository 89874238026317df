import { binary, negation, numberAt, symbolAt } from "./compound.js";
import { allWithin, countParts, freeSymbols, type MathExpr, replaced } from "./expression.js";

/** One small change of an expression, and the mistake that it undoes. */
export interface Repair {
  readonly expr: MathExpr;
  readonly mistake: "sign" | "factor" | "number" | "symbol" | "power" | "rounding" | "transpose" | "order";
}

/** Parts of both sides beyond which no small change is looked for. */
const MAX_PARTS = 160;

/** Changes of one expression that are tried. */
const MOST = 240;

/** The small change of the right side of an equation that makes it hold; undefined where none does. */
export function nearestRight(
  left: MathExpr,
  right: MathExpr,
  holds: (right: MathExpr) => boolean,
  areMatrices = false,
): Repair | undefined {
  if (countParts(left) + countParts(right) > MAX_PARTS) return undefined;
  const symbols = [...new Set([...freeSymbols(left), ...freeSymbols(right)])];
  let tried = 0;
  for (const repair of changesOf(right, symbols, areMatrices)) {
    if (++tried > MOST) return undefined;
    if (holds(repair.expr)) return repair;
  }
  return undefined;
}

/** The small changes that undo what people get wrong, the commonest first. */
function* changesOf(whole: MathExpr, symbols: readonly string[], areMatrices: boolean): Generator<Repair> {
  const number = (text: string): MathExpr => numberAt(text, whole);
  const put = (part: MathExpr, other: MathExpr): MathExpr => replaced(whole, (x) => (x === part ? other : undefined));
  yield { expr: negation(whole), mistake: "sign" };
  for (const part of allWithin(whole)) {
    if (part.kind === "binary" && (part.op === "+" || part.op === "-"))
      yield { expr: put(part, { ...part, op: part.op === "+" ? "-" : "+" }), mistake: "sign" };
    if (part.kind === "negate") yield { expr: put(part, part.of), mistake: "sign" };
    if (part.kind === "call" && (part.name === "floor" || part.name === "ceil"))
      yield { expr: put(part, { ...part, name: part.name === "floor" ? "ceil" : "floor" }), mistake: "rounding" };
  }
  if (areMatrices) yield* transposed(whole, put);
  for (const factor of [...["2", "3", "4"].map(number), ...symbols.map((name) => symbolAt(name, whole))])
    for (const expr of [multiplied(factor, whole), divided(whole, factor)]) yield { expr, mistake: "factor" };
  for (const part of allWithin(whole)) {
    if (part.kind === "number" && /^\d{1,6}$/.test(part.text)) {
      const value = Number(part.text);
      for (const other of [value + 1, value - 1, 2 * value, value / 2])
        if (Number.isInteger(other) && other >= 0) yield { expr: put(part, number(String(other))), mistake: "number" };
      if (part.text === "1")
        for (const name of symbols) yield { expr: put(part, symbolAt(name, part)), mistake: "factor" };
    }
    if (part.kind === "call") yield { expr: put(part, binary("^", part, number("2"))), mistake: "power" };
    if (part.kind === "symbol") {
      yield { expr: put(part, binary("^", part, number("2"))), mistake: "power" };
      for (const op of ["+", "-"] as const) yield { expr: put(part, binary(op, part, number("1"))), mistake: "number" };
      for (const name of symbols)
        if (name !== part.name) yield { expr: put(part, { ...part, name }), mistake: "symbol" };
    }
    if (part.kind !== "binary") continue;
    const { op, left, right } = part;
    if (op === "^") yield { expr: put(part, left), mistake: "power" };
    if (op === "*" || op === "/") yield { expr: put(part, left), mistake: "factor" };
    if (op === "/") yield { expr: put(part, { ...part, left: right, right: left }), mistake: "order" };
    if (op === "*") yield { expr: put(part, right), mistake: "factor" };
    if (op === "+" || op === "-")
      for (const factor of [
        number("2"),
        binary("/", number("1"), number("2")),
        ...symbols.map((x) => symbolAt(x, part)),
      ]) {
        yield { expr: put(part, { ...part, right: multiplied(factor, right) }), mistake: "factor" };
        yield { expr: put(part, { ...part, left: multiplied(factor, left) }), mistake: "factor" };
      }
  }
}

const isProduct = (e: MathExpr): e is Extract<MathExpr, { kind: "binary" }> => e.kind === "binary" && e.op === "*";

/** A factor before an expression, as one writes it: a power of a letter that stands there already, and one number for two. */
function multiplied(factor: MathExpr, e: MathExpr): MathExpr {
  if (isProduct(e)) {
    const { left, right } = e;
    const isSame = factor.kind === "symbol" && left.kind === "symbol" && left.name === factor.name;
    if (isSame || (factor.kind === "number" && left.kind === "number"))
      return { ...e, left: multiplied(factor, left), right };
  }
  if (factor.kind === "symbol" && e.kind === "symbol" && e.name === factor.name)
    return binary("^", e, numberAt("2", e));
  const value = factor.kind === "number" && e.kind === "number" ? Number(factor.text) * Number(e.text) : Number.NaN;
  return Number.isSafeInteger(value) ? numberAt(String(value), e) : binary("*", factor, e);
}

/** An expression without a number before it that is the divisor, or else divided by it. */
const divided = (e: MathExpr, by: MathExpr): MathExpr =>
  isProduct(e) && e.left.kind === "number" && by.kind === "number" && e.left.text === by.text
    ? e.right
    : binary("/", e, by);

/** Transposes that are forgotten or too many, and products in the other order. */
function* transposed(whole: MathExpr, put: (part: MathExpr, other: MathExpr) => MathExpr): Generator<Repair> {
  const turned = (of: MathExpr): MathExpr =>
    of.kind === "transpose" ? of.of : { kind: "transpose", of, from: of.from, to: of.to };
  for (const part of allWithin(whole)) {
    const { kind } = part;
    if (kind === "transpose" || kind === "symbol" || kind === "derivative")
      yield { expr: put(part, turned(part)), mistake: "transpose" };
  }
  for (const part of allWithin(whole)) {
    const { kind } = part;
    if (kind !== "binary" || part.op !== "*") continue;
    const { left, right } = part;
    for (const [a, b] of [
      [right, left],
      [right, turned(left)],
      [turned(right), left],
      [turned(right), turned(left)],
    ] as const)
      yield { expr: put(part, { ...part, left: a, right: b }), mistake: "order" };
  }
}
