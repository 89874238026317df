import { printDim } from "../core/dims/print.js";
import type { Field } from "../core/network.js";
import type { Applied } from "../core/ops/apply.js";
import { explain, printSizes } from "../core/ops/explain.js";
import type { Op, Shape } from "../core/ops/op.js";
import type { Reveal } from "./finding.js";

/** What is known of a layer besides its formulas. */
export interface LayerFacts {
  /** How the student names it, where that says more than the layer's class. */
  readonly label?: string;
  readonly input?: Shape;
  /** The receptive field of one output, an axis each. */
  readonly fields?: readonly Field[] | undefined;
  /** Where the input's shape comes from, as a sentence. */
  readonly source?: string;
  /** How much of what does not fit is given away; everything, if nothing is said. */
  readonly reveal?: Reveal;
}

/** The hover of a layer, in Markdown: shapes, then each quantity's formula and the same with this layer's numbers. */
export function layerHover(op: Op, applied: Applied, facts: LayerFacts): string {
  const parts = [heading(op, applied, facts), op.summary];
  if (applied.refusal) {
    const { say, advise } = applied.refusal;
    parts.push(facts.reveal && facts.reveal !== "answer" ? "**Does not fit.**" : `**Does not fit:** ${say} ${advise}`);
  }
  const lines = explain(op, applied);
  if (lines.length > 0) {
    const rows = lines.map((l) => `| ${l.quantity} | \`${l.formula}\` | \`${l.numbers}\` = **${l.result}** |`);
    parts.push(["| | formula | with this layer's numbers |", "|---|---|---|", ...rows].join("\n"));
  }
  const small: string[] = [];
  if (!lines.some((l) => l.quantity === "parameters")) small.push("No parameters");
  if (facts.fields?.length) small.push(`receptive field ${printFields(facts.fields)}`);
  if (facts.source) small.push(facts.source);
  if (small.length > 0) parts.push(small.join(" · "));
  return parts.join("\n\n");
}

function heading(op: Op, applied: Applied, { label, input }: LayerFacts): string {
  const name = label && label !== op.name ? `**${op.name}** \`${label}\`` : `**${op.name}**`;
  if (!input) return name;
  return `${name} ${printSizes(input)} → **${applied.output ? printSizes(applied.output) : "?"}**`;
}

/** `6×6, one step is 2`. */
export function printFields(fields: readonly Field[]): string {
  const sizes = fields.map((f) => printDim(f.size)).join("×");
  const jumps = [...new Set(fields.map((f) => printDim(f.jump)))].join("×");
  return jumps === "1" ? sizes : `${sizes}, neighbours ${jumps} apart`;
}
