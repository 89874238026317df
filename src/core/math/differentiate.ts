import { binary, negation, numberAt } from "./compound.js";
import { freeSymbols, type MathExpr } from "./expression.js";

/** The derivatives of functions of one number, by the function's name; `x` is its argument. */
const OUTER: Readonly<Record<string, (x: MathExpr) => MathExpr>> = {
  exp: (x) => call("exp", x),
  ln: (x) => divided(one(x), x),
  log2: (x) => divided(one(x), times(x, call("ln", numberAt("2", x)))),
  log10: (x) => divided(one(x), times(x, call("ln", numberAt("10", x)))),
  sqrt: (x) => divided(one(x), times(numberAt("2", x), call("sqrt", x))),
  sin: (x) => call("cos", x),
  cos: (x) => negation(call("sin", x)),
  tan: (x) => divided(one(x), squared(call("cos", x))),
  sinh: (x) => call("cosh", x),
  cosh: (x) => call("sinh", x),
  tanh: (x) => minus(one(x), squared(call("tanh", x))),
  sigmoid: (x) => times(call("sigmoid", x), minus(one(x), call("sigmoid", x))),
  // At 0 it has none, and the step function has no value there.
  relu: (x) => call("step", x),
  // At 0 it has none either.
  abs: (x) => divided(x, call("abs", x)),
};

/** `max(0, x)` as the function of one number that it is; any other call as it stands. */
export function ofOneNumber(e: Extract<MathExpr, { kind: "call" }>): typeof e {
  const isZero = (x: MathExpr | undefined): boolean => x?.kind === "number" && Number(x.text) === 0;
  const other = e.args.find((x) => !isZero(x));
  return e.name === "max" && e.args.length === 2 && e.args.some(isZero) && other
    ? { ...e, name: "relu", args: [other] }
    : e;
}

/** The derivative of a function of one number at an argument; undefined where it has none that is known. */
export const outerDerivative = (name: string, x: MathExpr): MathExpr | undefined =>
  Object.hasOwn(OUTER, name) ? OUTER[name]?.(x) : undefined;

const one = (at: MathExpr): MathExpr => numberAt("1", at);
const call = (name: string, x: MathExpr): MathExpr => ({ kind: "call", name, args: [x], from: x.from, to: x.to });
const joined =
  (op: "+" | "-" | "*" | "/" | "^") =>
  (left: MathExpr, right: MathExpr): MathExpr =>
    binary(op, left, right);
const [plus, minus, times, divided, raised] = [joined("+"), joined("-"), joined("*"), joined("/"), joined("^")];
const squared = (x: MathExpr): MathExpr => raised(x, numberAt("2", x));

/**
 * The derivative of an expression of numbers by a letter; undefined where it has none that is known here. Of another letter alone it is not
 * known: that one stands for something.
 */
export function differentiate(e: MathExpr, by: string): MathExpr | undefined {
  return e.kind === "symbol" && e.name !== by ? undefined : derivativeOf(e, by);
}

function derivativeOf(e: MathExpr, by: string): MathExpr | undefined {
  if (!freeSymbols(e).has(by)) return numberAt("0", e);
  switch (e.kind) {
    case "symbol":
      return one(e);
    case "negate": {
      const of = derivativeOf(e.of, by);
      return of && negation(of);
    }
    case "binary":
      return ofBinary(e, by);
    case "call": {
      const { name, args } = ofOneNumber(e);
      const [x, ...more] = args;
      const outer = x && outerDerivative(name, x);
      const inner = x && derivativeOf(x, by);
      return inner && outer && more.length === 0 ? times(outer, inner) : undefined;
    }
    case "series": {
      if (e.what !== "sum" || freeSymbols(e.first).has(by) || freeSymbols(e.last).has(by)) return undefined;
      const body = derivativeOf(e.body, by);
      return body && { ...e, body };
    }
    default:
      return undefined;
  }
}

function ofBinary(e: Extract<MathExpr, { kind: "binary" }>, by: string): MathExpr | undefined {
  const { left, right, op } = e;
  const [a, b] = [derivativeOf(left, by), derivativeOf(right, by)];
  if (!a || !b) return undefined;
  switch (op) {
    case "+":
      return plus(a, b);
    case "-":
      return minus(a, b);
    case "*":
      return plus(times(a, right), times(left, b));
    case "/":
      return divided(minus(times(a, right), times(left, b)), squared(right));
    case "^": {
      const power = times(times(right, raised(left, minus(right, one(right)))), a);
      if (!freeSymbols(right).has(by)) return power;
      const exponential = times(times(e, call("ln", left)), b);
      return freeSymbols(left).has(by) ? plus(power, exponential) : exponential;
    }
    default:
      return undefined;
  }
}
