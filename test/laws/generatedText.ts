import { readFileSync } from "node:fs";
import { kerasOps } from "../../src/core/keras/index.js";
import { applyOp } from "../../src/core/layer/apply.js";
import { explain, type Line } from "../../src/core/layer/explain.js";
import type { Op } from "../../src/core/layer/op.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { operations } from "../../src/core/operations/index.js";
import { ops } from "../../src/core/ops/index.js";

/** A part of the README that is read off the program: its name and its text. */
export interface GeneratedPart {
  readonly name: string;
  readonly text: string;
}

const escapePipes = (text: string): string => text.replaceAll("|", "\\|");

/** Layers with the same name but for their axes are one family: `Conv1d`, `Conv2d`, `Conv3d`. */
function familiesOf(layers: readonly Op[]): readonly (readonly Op[])[] {
  const families = new Map<string, Op[]>();
  for (const op of layers) {
    const key = op.name.replace(/\d+d$/i, "#");
    families.set(key, [...(families.get(key) ?? []), op]);
  }
  return [...families.values()];
}

/** The formulas of a family with the arguments of a usual call; those of a layer without axes have no size. */
function formulasOf(family: readonly Op[]): readonly string[] {
  const widest = family.find((op) => /2d$/i.test(op.name)) ?? (family[0] as Op);
  const [example] = widest.examples;
  const { args } = bind(readSignature(widest.torch ?? widest.keras ?? ""), [], example?.args ?? {});
  const lines = explain(widest, applyOp(widest, args, example?.input, example?.others));
  const wanted: readonly ((line: Line) => boolean)[] = [
    (l) => l.kind === "size",
    (l) => l.quantity === "parameters",
    (l) => l.quantity.startsWith("multiply-adds"),
  ];
  return wanted.map((is) => {
    const found = lines.find(is);
    return found ? `\`${escapePipes(found.formula)}\`` : "";
  });
}

const named = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** A row for each family that has a formula, then the names of the others. */
function layerTable(layers: readonly Op[]): string {
  const rows: string[] = [];
  const others: string[] = [];
  for (const family of familiesOf(layers)) {
    const names = family.map((op) => op.name);
    const formulas = formulasOf(family);
    if (formulas.every((f) => f === "")) others.push(...names);
    else rows.push(`| ${named(names)} | ${formulas.join(" | ")} |`);
  }
  return [
    "| layers | size of an axis | parameters | multiply-adds a sample |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    `Shapes by rules, and nothing to learn: ${named(others)}.`,
  ].join("\n");
}

/** The names of all operations, those of torch and torch.nn.functional once. */
function operationNames(): string {
  const names = new Set(
    operations.flatMap(({ calls }) =>
      calls.map((call) => (call.split("(")[0] ?? "").replace(/^(torch|Tensor|F)\./, "")),
    ),
  );
  return `${named([...names].filter((name) => !name.startsWith("__")).sort())}.`;
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
  { name: "layers", text: layerTable(ops) },
  { name: "keras", text: layerTable(kerasOps) },
  { name: "operations", text: operationNames() },
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
