import { printDim } from "../dims/print.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import type { Op } from "./op.js";
import { formulaFor } from "./prepare.js";

/** A value as a student writes it: `3`, `(3, 5)`, `'same'`, `True`. */
export function printValue(value: Value | undefined): string {
  if (value === undefined) return "?";
  if (isDim(value)) return printDim(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return `'${value}'`;
  return `(${value.map(printValue).join(", ")})`;
}

/** A size within a formula: in brackets where it is a sum. */
export const asFactor = (size: Value | undefined): string => {
  const text = printValue(size);
  return /[ −]/.test(text) ? `(${text})` : text;
};

/** A sentence with `{formula}` filled in. */
export function fillTemplate(text: string, names: Bindings, op: Op): string {
  return text.replace(/\{([^}]+)\}/g, (_, formula: string) => printValue(formulaFor(op, formula).value(names)));
}
