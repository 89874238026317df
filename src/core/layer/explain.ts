import type { Dim } from "../dims/dim.js";
import { printCount, printDim, printTimes } from "../dims/print.js";
import { type Bindings, isDim, truth, type Value } from "../expr/evaluate.js";
import type { Expr } from "../expr/expr.js";
import { printFormula, specialize } from "../expr/print.js";
import type { Applied } from "./apply.js";
import { flopsOf } from "./measures.js";
import type { Op, Shape, Size } from "./op.js";
import { type Formula, prepare } from "./prepare.js";

/** One quantity of a layer: what it is, the formula in letters, the same with this layer's numbers, and the result. */
export interface Line {
  /** Whether it is a size of the output, or a count of parameters or operations. */
  readonly kind: "size" | "count";
  readonly quantity: string;
  readonly formula: string;
  readonly numbers: string;
  readonly result: string;
}

const numeral = (value: Value | undefined): Expr | undefined => {
  if (typeof value === "boolean") return { kind: "number", text: value ? "1" : "0" };
  return value === 0 || value === 1 ? { kind: "number", text: String(value) } : undefined;
};

/** `prod(K)` over the axes as a written product: `K·K`, or the numbers where they differ. */
function expandProducts(expr: Expr, axes: number, names: Bindings): Expr {
  const again = (e: Expr): Expr => expandProducts(e, axes, names);
  switch (expr.kind) {
    case "negate":
    case "not":
      return { ...expr, of: again(expr.of) };
    case "binary":
      return { ...expr, left: again(expr.left), right: again(expr.right) };
    case "choice":
      return { ...expr, when: again(expr.when), yes: again(expr.yes), no: again(expr.no) };
    case "call": {
      const [of] = expr.args;
      if (expr.name !== "prod" || of?.kind !== "name" || axes === 0) return { ...expr, args: expr.args.map(again) };
      const values = names[of.name];
      const factors = Array.from(
        { length: axes },
        (_, i): Expr => factor(of, Array.isArray(values) ? values[i] : values),
      );
      return factors.reduce((left, right) => ({ kind: "binary", op: "*", left, right }));
    }
    default:
      return expr;
  }
}

const factor = (letter: Expr, value: Value | undefined): Expr =>
  isDim(value) && letter.kind === "name" ? { kind: "name", name: `\u0000${bracketed(printDim(value))}` } : letter;

const bracketed = (text: string): string => (text.includes(" ") ? `(${text})` : text);

/** Factors that were put in as numbers are marked, so that no letter of that name is taken for them. */
const unmark = (text: string): string => text.replaceAll("\u0000", "");

function line(op: Op, quantity: string, formula: Formula, names: Bindings, letter?: string): Line | undefined {
  const lets = Object.fromEntries(prepare(op).lets.map(([name, f]) => [name, f.expr]));
  const quiet = Object.fromEntries(
    (op.quiet ?? []).flatMap((name) => [[name, numeral(names[name])]]).filter(([, e]) => e !== undefined),
  );
  const plain = specialize(formula.expr, names, { ...lets, ...quiet });
  if (letter !== undefined && (plain.kind === "number" || plain.kind === "name")) return undefined;
  const value = formula.value(names);
  const general = specialize(
    expandProducts(plain, op.axes, {}),
    {},
    letter === undefined ? {} : { I: { kind: "name", name: letter } },
  );
  const numbers = printFormula(expandProducts(plain, op.axes, names), { ...names, prod: undefined });
  return {
    kind: letter === undefined ? "count" : "size",
    quantity,
    formula: unmark(printFormula(general)),
    numbers: unmark(numbers),
    result: isDim(value) ? printCount(value) : "unknown",
  };
}

/** Adds a line, or its axis to one that has the same numbers. */
function merge(lines: Line[], found: Line): void {
  const twin = lines.findIndex((l) => l.numbers === found.numbers && l.result === found.result);
  if (twin < 0) lines.push(found);
  else lines[twin] = { ...(lines[twin] as Line), quantity: `${lines[twin]?.quantity} and ${found.quantity}` };
}

/** The lines of arithmetic behind a layer's output, parameters and multiply-adds; axes with the same numbers are said once. */
export function explain(op: Op, applied: Applied): readonly Line[] {
  const ready = prepare(op);
  const lines: Line[] = [];
  const axes = op.input.slice(op.input.length - op.axes);
  for (const [i, formula] of ready.output.entries()) {
    const axis = i - (ready.output.length - op.axes);
    const names = applied.axisNames[axis];
    if (!formula || axis < 0 || !names || applied.refusal || !formula.byAxis) continue;
    const found = line(op, axes[axis] ?? "", formula, names, axes[axis]);
    if (!found) continue;
    merge(lines, found);
  }
  if (op.shown && !applied.refusal && Array.isArray(applied.names.input))
    for (const { quantity, formula, numbers, result } of op.shown(applied.names.input as Shape, applied.names))
      if (result !== undefined) merge(lines, { kind: "size", quantity, formula, numbers, result: printCount(result) });
  const counts: readonly (readonly [string, Formula | undefined])[] = [
    ["parameters", ready.params],
    [op.torch ? "buffers, not learned" : "kept, not trained", ready.buffers],
    ["multiply-adds a sample", ready.macs],
  ];
  for (const [quantity, formula] of counts) {
    if (!formula || formula.value(applied.names) === undefined) continue;
    if (
      formula.expr.kind === "number" ||
      (formula.expr.kind === "choice" && truth(formula.value(applied.names)) === false)
    )
      continue;
    const found = line(op, quantity, formula, applied.names);
    if (found) lines.push(found);
  }
  const flops = flopsOf(applied);
  if (flops !== undefined && flops !== 0)
    lines.push({
      kind: "count",
      quantity: "FLOPs a sample",
      formula: "2·multiply-adds",
      numbers: `2·${bracketed(printDim(applied.macs as Dim))}`,
      result: printCount(flops),
    });
  return lines;
}

/** A size that may be unknown, as text: `N`, `?`. */
export const printSize = (size: Size): string => (size === undefined ? "?" : printDim(size));

/** A shape whose sizes may be unknown, as text: `(N, 3, ?, 32)`. */
export const printSizes = (shape: Shape): string => `(${shape.map(printSize).join(", ")})`;

/** The same with crosses between: `N×3×?×32`. */
export const printCrosses = (shape: Shape): string =>
  shape.map((d) => (d === undefined ? "?" : printTimes([d]))).join("×");
