import type { MlpPicture } from "../../src/protocol.js";
import { bare } from "./lossTexts.js";
import type { Edits, GridBase, GridMark, Target } from "./marks.js";
import { type Neuron, nameOf } from "./mlpGraph.js";
import { upTo } from "./numbers.js";

const bases = new WeakMap<readonly unknown[], GridBase>();

/** The base of a table, made once for the numbers that stand in it. */
function baseOf(source: readonly (string | readonly string[])[], letter: string): GridBase {
  const known = bases.get(source);
  if (known) return known;
  const isMatrix = Array.isArray(source[0]);
  const texts = source.flat().map(bare);
  const columns = isMatrix ? texts.length / source.length : texts.length;
  const made: GridBase = {
    rowHeads: isMatrix ? upTo(source.length).map(String) : [""],
    colHeads: upTo(columns).map(String),
    texts,
    grounds: texts.map(() => "plain"),
    digits: Math.max(1, ...texts.map(({ length }) => length)),
    name: (cell) => `${letter}[${isMatrix ? `${Math.floor(cell / columns)}, ` : ""}${cell % columns}]`,
  };
  bases.set(source, made);
  return made;
}

/** Whether a grid is one of the numbers that a network is given. */
export const isTable = (id: string): boolean => id.startsWith("given-");

/** The numbers that a network is given, in which they can be changed: the input, each layer's weight and bias, and the target; those lit
 * that come into a neuron, or over which something goes back to it. */
export function tablesOf(
  picture: MlpPicture,
  { row, at }: Neuron,
  isBack: boolean,
  probe: Target | undefined,
): readonly GridMark[] {
  const { input, layers, target, isClass } = picture;
  const first = { input: 0, weight: 0, bias: 0, target: 0 };
  const table = (
    tensor: Exclude<Edits["tensor"], "gradOutput">,
    name: string,
    title: string,
    source: readonly (string | readonly string[])[],
    lit: readonly number[],
  ): GridMark => {
    const base = baseOf(source, { input: "x", weight: "w", bias: "b", target: "t" }[tensor] + name);
    const { rowHeads, colHeads, texts } = base;
    const id = `given-${tensor}${name}`;
    const start = first[tensor];
    first[tensor] += texts.length;
    return {
      id,
      role: tensor === "input" ? "input" : tensor === "target" ? "output" : "weight",
      title,
      caption: tensor === "weight" ? `${rowHeads.length} × ${colHeads.length}` : `length ${colHeads.length}`,
      base,
      lit,
      ...(probe?.grid === id && { chosen: probe.cell }),
      edits: { tensor, at: (cell) => start + cell, ...(tensor === "target" && isClass && { isClass }) },
    };
  };
  const isLast = row > layers.length || (isBack && row === layers.length);
  return [
    table("input", "", "Input x", input, !isBack && row === 1 ? upTo(input.length) : []),
    ...layers.flatMap((layer, index) => {
      const [own, name] = [index + 1, `${index + 1}`];
      const all = layer.weight.flat().length;
      const columns = all / layer.weight.length;
      const isOver = (cell: number): boolean =>
        isBack ? own === row + 1 && cell % columns === at : own === row && Math.floor(cell / columns) === at;
      return [
        table("weight", name, `Weight of ${nameOf(layer)}`, layer.weight, upTo(all).filter(isOver)),
        ...(layer.bias.length === 0
          ? []
          : [table("bias", name, `Bias of ${nameOf(layer)}`, layer.bias, !isBack && own === row ? [at] : [])]),
      ];
    }),
    table("target", "", "Target t", target, isLast ? (isBack ? [at] : upTo(target.length)) : []),
  ];
}
