import { printCount } from "../../core/dims/print.js";
import type { Fact, Heading } from "../../protocol.js";
import { type LayerCall, shapeText } from "./layerCall.js";

/** What stands above the picture of a layer: its call, sizes, count, formulas, and what does not fit. */
export function headingOf(call: LayerCall): Heading {
  const { output, params, problem, source } = call;
  const facts: Fact[] = [];
  if (call.input.length > 0) facts.push({ name: "input", text: shapeText(call.input) });
  if (output) facts.push({ name: "output", text: shapeText(output) });
  if (params !== undefined)
    facts.push({ name: "parameters", text: typeof params === "number" ? printCount(params) : params });
  return {
    key: JSON.stringify([call.name, call.args, call.input]),
    title: call.title ?? callText(call),
    text: call.text ?? "",
    facts,
    // A formula in sizes that are not known is told without what it comes to.
    formulas: (call.formula ?? []).map(({ text }) => text.replace(/ = unknown$/, "")),
    ...(problem !== undefined && { problem }),
    ...(source && { source }),
  };
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
