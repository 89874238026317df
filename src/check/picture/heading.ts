import { type Dim, dimSymbol } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import type { Value } from "../../core/expr/evaluate.js";
import { type Applied, applyOp } from "../../core/layer/apply.js";
import { bind, readSignature } from "../../core/layer/signature.js";
import { opNamed } from "../../core/ops/index.js";
import type { Fact, Heading } from "../../protocol.js";
import { type LayerCall, shapeText } from "./layerCall.js";

/** What stands above the picture of a layer: its call, sizes, count, formulas, and what does not fit. */
export function headingOf(call: LayerCall): Heading {
  const applied = apply(call);
  const refusal = applied?.refusal;
  const output = call.output ?? (refusal ? undefined : known(applied?.output));
  const params = call.params ?? (typeof applied?.params === "number" ? applied.params : undefined);
  const facts: Fact[] = [];
  if (call.input.length > 0) facts.push({ name: "input", text: shapeText(call.input) });
  if (output) facts.push({ name: "output", text: shapeText(output) });
  if (params !== undefined)
    facts.push({ name: "parameters", text: typeof params === "number" ? grouped(params) : params });
  return {
    key: JSON.stringify([call.name, call.args, call.input]),
    title: call.title ?? callText(call),
    summary: opNamed(call.name)?.summary ?? "",
    facts,
    formulas: (call.formula ?? []).map(({ text }) => text),
    ...(refusal && { problem: `${refusal.say} ${refusal.advise}` }),
    ...(call.source && { source: call.source }),
  };
}

/** What the catalogue makes of a call; undefined for a layer that it does not have. */
function apply(call: LayerCall): Applied | undefined {
  const op = opNamed(call.name);
  if (!op) return undefined;
  const given = call.args as Readonly<Record<string, Value>>;
  const { args, problem } = op.torch ? bind(readSignature(op.torch), [], given) : { args: given };
  if (problem) return undefined;
  const input = call.input.map((size) => (typeof size === "number" ? size : dimSymbol(size)));
  return applyOp(op, args, input.length > 0 ? input : undefined);
}

function known(shape: readonly (Dim | undefined)[] | undefined): (number | string)[] | undefined {
  return shape?.map((size) => (size === undefined ? "?" : typeof size === "number" ? size : printDim(size)));
}

/** The call as PyTorch writes it, defaults left out as the student left them out. */
function callText({ name, args }: LayerCall): string {
  const known = Object.entries(args).filter(([, value]) => value !== undefined);
  const values = known.map(([key, value]) => `${key}=${literal(value)}`);
  return `${name}(${values.join(", ")})`;
}

function literal(value: LayerCall["args"][string]): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string")
    return /^(same|valid|zeros|reflect|replicate|circular)$/.test(value) ? `'${value}'` : value;
  return typeof value === "number" ? String(value) : `(${value.map(String).join(", ")})`;
}

/** A count with commas between its thousands. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
