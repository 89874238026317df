import type { DenseLayer, LossPicture, MlpPicture } from "../../src/protocol.js";
import { bare, LOSSES } from "./lossTexts.js";
import type { CellState, GraphEdge, GraphMark, GraphNode, Role } from "./marks.js";
import { upTo } from "./numbers.js";

/** A neuron: its row, from the input's 0 to one past the last layer for the loss, and its place there. */
export interface Neuron {
  readonly row: number;
  readonly at: number;
}

/** A layer by its name; in a Sequential that is a number. */
export const nameOf = ({ name }: DenseLayer): string => (/^\d/.test(name) ? `layer ${name}` : name);

/** A neuron by its row and its place. */
export const keyOf = ({ row, at }: Neuron): string => `${row} ${at}`;

/** The outputs of a row: of a layer, or the input's own numbers. */
export const outputsOf = (picture: MlpPicture, row: number): readonly string[] =>
  row === 0 ? picture.input : (picture.layers[row - 1]?.outputs ?? []);

/** The neurons in rows with what is known of them, and the edges that belong to one of them. */
export function graphOf(
  picture: MlpPicture,
  loss: LossPicture,
  here: Neuron,
  isBack: boolean,
  known: ReadonlySet<string>,
): GraphMark {
  const state = (row: number, at: number): CellState => {
    const isLater = !isBack && row > 0 && !known.has(keyOf({ row, at }));
    if (here.row === row && here.at === at) return "chosen";
    const isNear = Math.abs(here.row - row) === 1 && here.row > row !== isBack;
    return isLater ? "later" : isNear ? "lit" : "quiet";
  };
  const node = (row: number, at: number): GraphNode => {
    const [layer, own] = [picture.layers[row - 1], loss.layers[row - 1]];
    const isKnown = isBack || row === 0 || known.has(keyOf({ row, at }));
    const isBent = layer !== undefined && layer.activation !== "";
    const gradient = layer ? own?.sums[at] : loss.input[at];
    const lines: GraphNode["lines"][number][] = [];
    const add = (letter: string, text: string | undefined, role: Role, isThere: boolean): void => {
      lines.push({ letter, text: isThere ? bare(text ?? "") : "", role });
    };
    if (!layer) add("x", picture.input[at], "input", true);
    else add("z", layer.sums[at], "output", isKnown);
    if (isBent) add("a", layer.outputs[at], "output", isKnown);
    if (isBack) add(layer ? "δ" : "dx", gradient, "gradient", known.has(keyOf({ row, at })));
    return { lines, state: state(row, at) };
  };
  const titles = [
    "Input",
    ...picture.layers.map((layer) => [nameOf(layer), layer.activation, layer.count].filter(Boolean).join(" · ")),
  ];
  const rows = titles.map((title, row) => ({
    title,
    nodes: upTo(outputsOf(picture, row).length).map((at) => node(row, at)),
  }));
  const value = {
    letter: "L",
    text: isBack || known.has(`${rows.length} 0`) ? bare(loss.value) : "",
    role: "output" as const,
  };
  const last = { title: LOSSES[loss.kind], nodes: [{ lines: [value], state: state(rows.length, 0) }] };
  return { rows: [...rows, last], lit: litEdges(picture, loss, here, isBack) };
}

/** The edges over which numbers come to a neuron, with what stands on them. */
function litEdges(picture: MlpPicture, loss: LossPicture, { row, at }: Neuron, isBack: boolean): GraphEdge[] {
  const weightRole = { role: "weight" as const };
  if (!isBack) {
    const weights = picture.layers[row - 1]?.weight[at] ?? outputsOf(picture, row - 1).map(() => "");
    return weights.map((w, from) => ({ row: row - 1, from, to: at, text: bare(w), ...weightRole }));
  }
  const next = picture.layers[row];
  if (!next) return [{ row, from: at, to: 0, text: bare(loss.layers.at(-1)?.outputs[at] ?? ""), role: "gradient" }];
  return next.weight.map((weights, to) => ({ row, from: at, to, text: bare(weights[at] ?? ""), ...weightRole }));
}
