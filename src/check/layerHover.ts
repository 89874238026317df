import { type Dim, exactValue } from "../core/dims/dim.js";
import { printDim } from "../core/dims/print.js";
import type { Applied } from "../core/layer/apply.js";
import { explain, printSizes } from "../core/layer/explain.js";
import { memoryOf } from "../core/layer/measures.js";
import type { Op, Shape } from "../core/layer/op.js";
import type { Field, Fields } from "../core/network.js";
import type { Reveal } from "./finding.js";

/** What is known of a layer besides its formulas. */
export interface LayerFacts {
  /** How the student names it, where that says more than the layer's class. */
  readonly label?: string;
  readonly input?: Shape;
  /** The receptive field of one output, an axis each. */
  readonly fields?: Fields;
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
  if (applied.output) small.push(...memoryLine(applied.output));
  if (facts.fields?.length) small.push(`receptive field ${printFields(facts.fields)}`);
  if (facts.source) small.push(facts.source);
  if (small.length > 0) parts.push(small.join(" · "));
  return parts.join("\n\n");
}

/** `output 24.5 KiB a sample`. */
function memoryLine(output: Shape): readonly string[] {
  const memory = memoryOf(output);
  return memory && typeof memory.bytes === "number" && memory.bytes > 0
    ? [`output ${printBytes(memory.bytes)}${memory.perSample ? " a sample" : ""} (float32)`]
    : [];
}

/** Bytes in the unit that suits them: a KiB is 1,024 of them. */
export function printBytes(bytes: number): string {
  const steps = Math.min(Math.floor(Math.log2(bytes) / 10), 4);
  const value = bytes / 1024 ** steps;
  return `${steps === 0 ? String(bytes) : value.toFixed(value < 10 ? 2 : 1)} ${["bytes", "KiB", "MiB", "GiB", "TiB"][steps]}`;
}

function heading(op: Op, applied: Applied, { label, input }: LayerFacts): string {
  const name = label && label !== op.name ? `**${op.name}** \`${label}\`` : `**${op.name}**`;
  if (!input) return name;
  return `${name} ${printSizes(input)} → **${applied.output ? printSizes(applied.output) : "?"}**`;
}

/** `6×6, jump 2, start 1.5`: how much one unit sees, how far its neighbour is on, and where the middle of the first one's field lies. */
export function printFields(fields: readonly Field[]): string {
  const once = (sizes: readonly string[]): string => [...new Set(sizes)].join("×");
  const sizes = fields.map((f) => printDim(f.size)).join("×");
  const starts = fields.map((f) => (f.start === undefined ? "" : printHalves(f.start)));
  const parts = [sizes, `jump ${once(fields.map((f) => printDim(f.jump)))}`];
  if (!starts.includes("")) parts.push(`start ${once(starts)}`);
  return parts.join(", ");
}

/** A number of halves as a decimal. */
function printHalves(size: Dim): string {
  const exact = exactValue(size);
  return exact?.d === 2n ? (Number(exact.n) / 2).toFixed(1).replace("-", "−") : printDim(size);
}
