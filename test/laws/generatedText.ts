import { readFileSync } from "node:fs";
import { applyOp } from "../../src/core/ops/apply.js";
import { explain, type Line } from "../../src/core/ops/explain.js";
import { ops } from "../../src/core/ops/index.js";
import type { Op } from "../../src/core/ops/op.js";
import { bind, readSignature } from "../../src/core/ops/signature.js";

/** A part of the README that is read off the program: its name and its text. */
export interface GeneratedPart {
  readonly name: string;
  readonly text: string;
}

const escapePipes = (text: string): string => text.replaceAll("|", "\\|");

/** `Conv1d, Conv2d, Conv3d` in one row: layers with the same name but for their axes are one family. */
function layerTable(): string {
  const families = new Map<string, Op[]>();
  for (const op of ops) {
    const key = op.name.replace(/\d+d$/, "#");
    families.set(key, [...(families.get(key) ?? []), op]);
  }
  const rows = [...families.values()].map((family) => {
    const names = family.map((op) => `\`${op.name}\``).join(", ");
    const widest = family.find((op) => /2d$/.test(op.name)) ?? (family[0] as Op);
    const { args } = bind(readSignature(widest.torch ?? widest.keras ?? ""), [], widest.examples[0]?.args ?? {});
    const lines = explain(widest, applyOp(widest, args, widest.examples[0]?.input));
    const formula = (wanted: (line: Line) => boolean): string => {
      const found = lines.find(wanted);
      return found ? `\`${escapePipes(found.formula)}\`` : "";
    };
    return `| ${names} | ${escapePipes(widest.summary)} | ${formula((l) => l.kind === "size")} | ${formula((l) => l.quantity === "parameters")} |`;
  });
  return ["| layers | | size of an axis | parameters |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
}

function settingsTable(): string {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const rows = Object.entries(contributes.configuration.properties as Record<string, Setting>).map(
    ([name, s]) =>
      `| \`${name}\` | ${(s.enum ?? ["true", "false"]).map((v) => `\`${v}\``).join(", ")} | \`${String(s.default)}\` | ${s.markdownDescription} |`,
  );
  return ["| setting | values | default | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** The parts of the README that are read off the program, as they have to stand there. */
export const generatedParts = (): readonly GeneratedPart[] => [
  { name: "layers", text: layerTable() },
  { name: "settings", text: settingsTable() },
];

/** A text with every generated part put between its markers. */
export function withGeneratedParts(text: string): string {
  return generatedParts().reduce((all, { name, text: part }) => {
    const [open, close] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [all.indexOf(open), all.indexOf(close)];
    if (from < 0 || to < from) throw new Error(`README.md has no markers for ${name}.`);
    return `${all.slice(0, from + open.length)}\n\n${part}\n\n${all.slice(to)}`;
  }, text);
}
