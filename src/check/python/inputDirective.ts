import { readShape } from "../../read/python/shapeText.js";
import { isContainerValue, isInstanceValue } from "../../read/python/valueKinds.js";
import type { ClassValue, PyValue } from "../../read/python/values.js";
import type { Edit } from "../finding.js";

/** What is asked of who says an input's size. */
export const INPUT_PROMPT = "The input's sizes with the batch first, for example N, 3, 32, 32";

/** The sizes in a text such as `N, 3, 32, 32` or `8x3x32x32`; undefined where it says none. */
function sizesIn(text: string): readonly string[] | undefined {
  const bare = text.trim().replace(/^[([](.*)[)\]]$/, "$1");
  const parts = bare.split(/\s*,\s*|\s*[×x]\s*(?=[\dA-Z])/).filter((p) => p !== "");
  return parts.length > 1 && readShape(`(${parts.join(", ")},)`) ? parts : undefined;
}

/** Why a text is no input's size, as a sentence; undefined where it is one. */
export function whyNoSize(text: string): string | undefined {
  return sizesIn(text) ? undefined : `This is no list of sizes. ${INPUT_PROMPT}.`;
}

/** The edit that says a model's input in the file, in a comment above its `forward`; undefined where the text says no size. */
export function inputDirective(text: string, model: PyValue, said: string): Edit | undefined {
  const sizes = sizesIn(said);
  if (!sizes) return undefined;
  const { at, parameter } = headOf(model) ?? {};
  if (at === undefined) return undefined;
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line, at))?.[0] ?? "";
  // Three numbers in brackets would be read as sizes without a batch.
  const [first = "", ...rest] = sizes;
  const isNamed = /^[A-Za-z]/.test(first);
  const shape = isNamed || sizes.length === 3 ? [isNamed ? first : "N", ...rest].join(" x ") : `(${sizes.join(", ")})`;
  const directive = `${indent}# dimsum: input ${parameter === undefined ? "" : `${parameter} = `}${shape}\n`;
  const above = text.lastIndexOf("\n", line - 2) + 1;
  const isThere = line > 0 && /^\s*#\s*dimsum:\s*input\b/.test(text.slice(above, line));
  return { span: { from: isThere ? above : line, to: line }, text: directive };
}

/** Where a model's `forward`, or the statement that makes it, begins, and what its first input is called. */
function headOf(model: PyValue): { readonly at: number; readonly parameter?: string } | undefined {
  if (isContainerValue(model)) return { at: model.site.from };
  if (!isInstanceValue(model)) return undefined;
  const forward = methodOf(model.cls, "forward") ?? methodOf(model.cls, "call");
  const parameter = forward?.params[1]?.name;
  return forward && { at: forward.from, ...(parameter === undefined ? {} : { parameter }) };
}

const methodOf = ({ body }: ClassValue, name: string) =>
  body.flatMap((s) => (s.kind === "function" && s.name === name ? [s] : []))[0];
