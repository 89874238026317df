import { type Dim, exactValue } from "../dims/dim.js";
import { printDim } from "../dims/print.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import type { Op } from "./op.js";
import { formulaFor } from "./prepare.js";

/** A value as a student writes it: `3`, `(3, 5)`, `'same'`, `True`. */
export function printValue(value: Value | undefined): string {
  if (value === undefined) return "?";
  if (isDim(value)) return decimal(value) ?? printDim(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return `'${value}'`;
  return `(${value.map(printValue).join(", ")})`;
}

/** A fraction as a student writes it: `0.39`; undefined for what is none, or has no end. */
function decimal(value: Dim): string | undefined {
  const fraction = typeof value === "number" ? undefined : exactValue(value);
  if (!fraction || fraction.d === 1n) return undefined;
  const number = Number(fraction.n) / Number(fraction.d);
  const isExact = 10n ** 12n % fraction.d === 0n && Number.isFinite(number);
  return isExact ? String(number).replace("-", "−") : undefined;
}

/** A size within a formula: in brackets where it is a sum. */
export const asFactor = (size: Value | undefined): string => {
  const text = printValue(size);
  return /[ −]/.test(text) ? `(${text})` : text;
};

/** A sentence with `{formula}` filled in; `{formula|channel}` gives the number with its noun: `1 channel`, `3 channels`. */
export function fillTemplate(text: string, names: Bindings, op: Op): string {
  return text.replace(/\{([^}|]+)(?:\|([^}]+))?\}/g, (_, formula: string, noun: string | undefined) => {
    const value = printValue(formulaFor(op, formula).value(names));
    return noun === undefined ? value : `${value} ${noun}${value === "1" ? "" : "s"}`;
  });
}
