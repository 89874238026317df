import { printSizes } from "../../core/layer/explain.js";
import type { Shape } from "../../core/layer/op.js";
import {
  isDictValue,
  isIntValue,
  isListValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
} from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";

/** Things in a list that are written out. */
const MOST = 8;

/** What a call gives, as text: `(1, 64, 8, 8)`, `[(1, 5), (1, 7)]`, `{out: (1, 21)}`; `?` where that is not known. `shapeText` writes a shape. */
export function printOutput(value: PyValue, shapeText: (shape: Shape) => string = printSizes): string {
  const within = (part: PyValue): string => printOutput(part, shapeText);
  if (isTensorValue(value)) return value.shape ? shapeText(value.shape) : "?";
  if (isNoneValue(value)) return "None";
  if (isIntValue(value)) return "number";
  if ((isTupleValue(value) || isListValue(value)) && value.items) return `[${listed(value.items.map(within))}]`;
  if (!isDictValue(value) || !value.entries) return "?";
  return `{${listed([...value.entries.values()].map(([k, v]) => `${isStringValue(k) ? k.value : "?"}: ${within(v)}`))}}`;
}

const listed = (texts: readonly string[]): string =>
  [...texts.slice(0, MOST), ...(texts.length > MOST ? [`… ${texts.length - MOST} more`] : [])].join(", ");
