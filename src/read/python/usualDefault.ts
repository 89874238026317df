import { isFloatValue, isIntValue, isListValue, isNoneValue, isStringValue, isTupleValue } from "./valueKinds.js";
import { anything, type PyValue } from "./values.js";

/** What somebody outside may say has its default wherever it is usual: in a run in which nobody says another. */
export const usualDefault = (value: PyValue | undefined, reason: string): PyValue =>
  value && isUsual(value)
    ? value
    : { ...anything(reason), ...(value && isNoneValue(value) ? { isLacking: true } : {}) };

/** Whether a default is a number, a text or a list of them. A switch, or a default that stands for none, is there to be set. */
export function isUsual(v: PyValue): boolean {
  if (isIntValue(v)) return typeof v.value === "number" && v.value >= 0;
  // A list without anything in it is there to be filled.
  if (isListValue(v) || isTupleValue(v)) return v.items !== undefined && v.items.length > 0 && v.items.every(isUsual);
  return isFloatValue(v) || (isStringValue(v) && v.value !== "");
}
