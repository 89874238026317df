import { printDim } from "../dims/print.js";
import { type Bindings, compile, isDim, truth } from "./evaluate.js";
import type { BinaryOperator, Expr } from "./expr.js";

/** A formula with some of its names replaced by other formulas, and every choice that these bindings decide taken. */
export function specialize(expr: Expr, names: Bindings, replace: Readonly<Record<string, Expr>>): Expr {
  const again = (e: Expr): Expr => specialize(e, names, replace);
  switch (expr.kind) {
    case "name":
      return Object.hasOwn(replace, expr.name) ? again((replace as Record<string, Expr>)[expr.name] as Expr) : expr;
    case "negate":
    case "not":
      return { kind: expr.kind, of: again(expr.of) };
    case "binary":
      return neutral({ ...expr, left: again(expr.left), right: again(expr.right) });
    case "call": {
      const args = expr.args.map(again);
      const [only] = args;
      // A letter by itself stands for a whole number.
      const isWhole = expr.name === "floor" && only?.kind === "name" && args.length === 1;
      return isWhole ? only : { ...expr, args };
    }
    case "choice": {
      const known = truth(compile(expr.when)(names));
      if (known !== undefined) return again(known ? expr.yes : expr.no);
      return { ...expr, when: again(expr.when), yes: again(expr.yes), no: again(expr.no) };
    }
    default:
      return expr;
  }
}

const isNumber = (e: Expr, value: number): boolean => e.kind === "number" && Number(e.text) === value;

/** Leaves out factors of 1, terms of 0, and a number that is taken away and added again. */
function neutral(e: Extract<Expr, { kind: "binary" }>): Expr {
  const { op, left, right } = e;
  if (op === "*")
    return isNumber(left, 1)
      ? right
      : isNumber(right, 1)
        ? left
        : isNumber(left, 0)
          ? left
          : isNumber(right, 0)
            ? right
            : e;
  if (op === "/" && isNumber(right, 1)) return left;
  if ((op === "+" || op === "-") && isNumber(right, 0)) return left;
  if (op === "+" && isNumber(left, 0)) return right;
  const undoes =
    op === "+" && left.kind === "binary" && left.op === "-" && left.right.kind === "number" && right.kind === "number";
  return undoes && left.right.kind === "number" && left.right.text === right.text ? left.left : e;
}

const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "%": 5,
  "*": 5,
  "/": 5,
  "^": 7,
};

const SIGNS: Readonly<Record<BinaryOperator, string>> = {
  or: " or ",
  and: " and ",
  "==": " = ",
  "!=": " ≠ ",
  "<": " < ",
  "<=": " ≤ ",
  ">": " > ",
  ">=": " ≥ ",
  "+": " + ",
  "-": " − ",
  "%": " mod ",
  "*": "·",
  "/": "/",
  "^": "^",
};

/** A formula in Unicode: `⌊(H + 2·P − K)/S⌋ + 1`; names that are bound are written as their values. */
export function printFormula(expr: Expr, values: Bindings = {}): string {
  return write(expr, values, 0);
}

function write(expr: Expr, values: Bindings, level: number): string {
  switch (expr.kind) {
    case "number":
      return expr.text;
    case "text":
      return `'${expr.value}'`;
    case "name":
      return writeName(expr.name, values, level);
    case "negate":
      return `−${write(expr.of, values, 6)}`;
    case "not":
      return `not ${write(expr.of, values, 6)}`;
    case "binary": {
      const own = LEVELS[expr.op];
      const rightLevel = expr.op === "-" || expr.op === "/" || expr.op === "%" ? own + 1 : own;
      const text = write(expr.left, values, own) + SIGNS[expr.op] + write(expr.right, values, rightLevel);
      return own < level ? `(${text})` : text;
    }
    case "call":
      return writeCall(expr.name, expr.args, values, level);
    case "choice":
      return `(${write(expr.yes, values, 0)} if ${write(expr.when, values, 0)}, else ${write(expr.no, values, 0)})`;
  }
}

function writeName(name: string, values: Bindings, level: number): string {
  const value = values[name];
  if (value === undefined) return name;
  if (isDim(value)) {
    const text = printDim(value);
    return level >= 5 && /[ −]/.test(text) && !/^[⌊⌈][^⌋⌉]*[⌋⌉]$/.test(text) ? `(${text})` : text;
  }
  return Array.isArray(value) ? value.map((v) => (isDim(v) ? printDim(v) : "?")).join("·") : String(value);
}

function writeCall(name: string, args: readonly Expr[], values: Bindings, level: number): string {
  const [first] = args;
  if (!first) return `${name}()`;
  if (name === "floor") return `⌊${write(first, values, 0)}⌋`;
  if (name === "ceil") return `⌈${write(first, values, 0)}⌉`;
  if (name === "prod") return writeProduct(first, values, level);
  return `${name}(${args.map((a) => write(a, values, 0)).join(", ")})`;
}

/** A product over the axes: its numbers with dots between, or the letter to the power of the axes. */
function writeProduct(of: Expr, values: Bindings, level: number): string {
  if (of.kind !== "name") return `∏ ${write(of, values, level)}`;
  const value = values[of.name];
  if (Array.isArray(value) && value.length === 0) return "1";
  if (value !== undefined) return writeName(of.name, values, level);
  return `∏${of.name}`;
}
