import type { DenseGradients, DenseLayer, LossPicture, MlpPicture } from "../../src/protocol.js";
import { bare, LOSSES, lossTexts, startText } from "./lossTexts.js";
import type { Frame, Piece, Role, SumLine } from "./marks.js";
import { graphOf, keyOf, type Neuron, nameOf, outputsOf } from "./mlpGraph.js";
import { isTable, tablesOf } from "./mlpTables.js";
import { bracketed, minus, numberIn, upTo } from "./numbers.js";
import type { SceneOptions } from "./options.js";
import type { Scene } from "./scene.js";

/** How the numbers below the arithmetic are changed. */
const CHANGE = "Double-click a number, or press Enter on it, to change it.";

/** A network neuron by neuron: forward up to the loss, and from the loss back to the input. */
export function mlpScene(picture: MlpPicture): Scene {
  const sizes = [picture.input.length, ...picture.layers.map(({ outputs }) => outputs.length)];
  const neurons = sizes.flatMap((size, row) => upTo(size).map((at): Neuron => ({ row, at })));
  const forward = [...neurons.filter(({ row }) => row > 0), { row: sizes.length, at: 0 }];
  const back = neurons.toSorted((a, b) => b.row - a.row || a.at - b.at);
  const settled = (options: SceneOptions): SceneOptions => ({
    ...options,
    pass: options.pass === "forward" ? "forward" : "input",
    loss: picture.losses[options.loss] ? options.loss : 0,
    plane: 0,
    part: 0,
    turned: false,
    scattered: false,
  });
  const orderOf = (options: SceneOptions): readonly Neuron[] => (settled(options).pass === "forward" ? forward : back);
  const frame = (number: number, asked: SceneOptions): Frame => {
    const options = settled(asked);
    const isBack = options.pass === "input";
    const order = orderOf(options);
    const step = Math.min(Math.max(0, Math.trunc(number) || 0), order.length - 1);
    const here = order[step] as Neuron;
    const loss = picture.losses[options.loss] as LossPicture;
    const reached = asked.reached ?? step;
    const told = options.predicting ? Math.min(reached, options.known) : reached;
    const known = new Set(order.slice(0, told + 1).map(keyOf));
    const { name, answer, slips, sentence, ...shown } = isBack
      ? goingBack(picture, loss, here)
      : goingOn(picture, loss, here);
    const isHidden = options.predicting && step > options.known;
    const [title, sums] = isHidden ? [`${name} = ?`, []] : [shown.title, shown.sums];
    return {
      step,
      steps: order.length,
      title,
      ...(isHidden && {
        asked: { name, answer: bare(answer), slips: slips.filter(({ text }) => text !== bare(answer)) },
      }),
      role: isBack ? "gradient" : "output",
      sentence,
      grids: [],
      graph: graphOf(picture, loss, here, isBack, known),
      also: { say: CHANGE, grids: tablesOf(picture, here, isBack, asked.probe) },
      sums,
      tiles: [],
      tilesTotal: "",
    };
  };
  return {
    settled,
    steps: (options) => orderOf(options).length,
    frame,
    stepAt: ({ grid, cell }, options) => {
      const all = [...neurons, { row: sizes.length, at: 0 }];
      const target = grid === "graph" ? all[cell] : undefined;
      const step = target ? orderOf(options).findIndex((other) => keyOf(other) === keyOf(target)) : -1;
      return step < 0 ? undefined : step;
    },
    probeAt: (target) => (isTable(target.grid) ? target : undefined),
  };
}

/** What is said of a step, and of its number when it is to be predicted. */
type Told = Pick<Frame, "title" | "sentence" | "sums"> & {
  readonly name: string;
  readonly answer: string;
  readonly slips: NonNullable<Frame["asked"]>["slips"];
};

function goingOn(picture: MlpPicture, loss: LossPicture, { row, at }: Neuron): Told {
  const layer = picture.layers[row - 1];
  if (!layer) {
    const [first, last] = lossTexts(
      loss,
      picture.layers.at(-1)?.sums ?? [],
      outputsOf(picture, row - 1),
      picture.target,
    );
    return {
      name: "L",
      answer: loss.value,
      slips: [],
      title: said("L", loss.value),
      sentence: `${LOSSES[loss.kind]}: how far the outputs are from the answer that was wanted, (${picture.target.join(", ")}). From here the gradients go back.`,
      sums: [
        ...(first === "" ? [] : [{ label: "", pieces: [{ text: first }], current: false }]),
        { label: "L", pieces: [{ text: last }, ...resultOf([], loss.value, "output")], current: true },
      ],
    };
  }
  const before = outputsOf(picture, row - 1);
  const [sum, output] = [layer.sums[at] ?? "", layer.outputs[at] ?? ""];
  const weights = layer.weight[at] ?? [];
  const bias = layer.bias[at];
  const products = weights.flatMap((w, index) => product(index, w, "weight", before[index] ?? "", fromRole(row - 1)));
  const z = `z${row}[${at}]`;
  const sums: SumLine[] = [
    {
      label: z,
      pieces: [
        ...products,
        ...(bias === undefined ? [] : [{ text: " + " }, { text: bracketed(bare(bias)), role: "weight" as const }]),
        ...resultOf([...weights, ...before, bias ?? ""], sum, "output"),
      ],
      current: layer.activation === "",
    },
  ];
  const role = row === picture.layers.length ? "output" : "hidden neuron";
  const sentence = `The ${role} ${at} of ${nameOf(layer)} adds up what comes in, each number times its weight${bias === undefined ? "" : `, and its bias ${bare(bias)}`}.`;
  if (layer.activation === "") {
    const without = numberIn(bare(sum)) - numberIn(bare(bias ?? "0"));
    const slips = [{ say: "The bias is forgotten.", text: minus(Number(without.toFixed(3))) }];
    return { name: z, answer: sum, slips, title: said(z, sum), sentence, sums };
  }
  const a = `a${row}[${at}]`;
  sums.push({
    label: a,
    pieces: [{ text: layer.bends[at] ?? "" }, ...resultOf([sum], output, "output")],
    current: true,
  });
  const slips = [{ say: `That is the sum; ${layer.activation} comes behind it.`, text: bare(sum) }];
  const bent = `${sentence} ${layer.activation} then bends the sum.`;
  return { name: a, answer: output, slips, title: said(a, output), sentence: bent, sums };
}

function goingBack(picture: MlpPicture, loss: LossPicture, { row, at }: Neuron): Told {
  const [layer, own] = [picture.layers[row - 1], loss.layers[row - 1]];
  const next = loss.layers[row];
  const isBent = layer !== undefined && layer.activation !== "";
  const value = (layer ? own?.outputs : loss.input)?.[at] ?? "";
  const letter = row === 0 ? "x" : `${isBent ? "a" : "z"}${row}`;
  const name = `dL/d${letter}[${at}]`;
  const deltas = next?.sums ?? [];
  const column = (picture.layers[row]?.weight ?? []).map((weights) => weights[at] ?? "");
  const pieces: Piece[] = next
    ? column.flatMap((w, index) => product(index, w, "weight", deltas[index] ?? "", "gradient"))
    : [
        {
          text: startText(loss, layer?.sums[at] ?? "", outputsOf(picture, row)[at] ?? "", picture.target[at] ?? "", at),
        },
      ];
  const operands = next
    ? [...column, ...deltas]
    : loss.kind === "squared"
      ? [...outputsOf(picture, row), ...picture.target]
      : ["≈"];
  const sums: SumLine[] = [
    { label: name, pieces: [...pieces, ...resultOf(operands, value, "gradient")], current: !layer },
  ];
  const where = row === 0 ? "input" : "neuron";
  const many = next && next.sums.length > 1 ? "all that it feeds" : "what it feeds";
  const sentence = next
    ? `The ${where} ${at} answers for ${many}: each gradient comes back times the weight on its way.`
    : `How the loss changes with output ${at}, of which ${picture.target[at] ?? ""} was wanted.`;
  if (!layer || !own) return { name, answer: value, slips: [], title: said(name, value), sentence, sums };
  const delta = own.sums[at] ?? "";
  const slope = layer.slopes[at] ?? "";
  if (isBent)
    sums.push({
      label: `δ${row}[${at}]`,
      pieces: [
        { text: bare(value), role: "gradient" },
        { text: "·" },
        { text: bracketed(bare(slope)) },
        ...productOf([value, slope], delta),
      ],
      current: false,
    });
  sums.push(...weightLines(picture, layer, own, { row, at }));
  const bend = isBent ? ` The slope of ${layer.activation} lies between.` : "";
  const weights = " Times what came in, it is the gradient of each weight.";
  const sumName = `dL/dz${row}[${at}]`;
  const slips = isBent ? [{ say: `That leaves out the slope of ${layer.activation}.`, text: bare(value) }] : [];
  return {
    name: sumName,
    answer: delta,
    slips,
    title: said(`δ${row}[${at}] = ${sumName}`, delta),
    sentence: `${sentence}${bend}${weights}`,
    sums,
  };
}

function weightLines(picture: MlpPicture, layer: DenseLayer, own: DenseGradients, { row, at }: Neuron): SumLine[] {
  const before = outputsOf(picture, row - 1);
  const delta = own.sums[at] ?? "";
  const lines = before.map((x, index): SumLine => {
    const value = own.weight[at]?.[index] ?? "";
    return {
      label: `dL/dw${row}[${at}, ${index}]`,
      pieces: [
        { text: bare(delta), role: "gradient" },
        { text: "·" },
        { text: bracketed(bare(x)), role: fromRole(row - 1) },
        ...productOf([delta, x], value),
      ],
      current: true,
    };
  });
  if (layer.bias.length === 0) return lines;
  return [...lines, { label: `dL/db${row}[${at}]`, pieces: [{ text: bare(delta), role: "gradient" }], current: true }];
}

const fromRole = (row: number): Role => (row === 0 ? "input" : "output");

const said = (name: string, value: string): string => `${name} ${value.startsWith("≈") ? "≈" : "="} ${bare(value)}`;

function product(index: number, factor: string, role: Role, value: string, valueRole: Role): Piece[] {
  const first = bare(factor);
  return [
    ...(index === 0 ? [] : [{ text: " + " }]),
    { text: index === 0 ? first : bracketed(first), role },
    { text: "·" },
    { text: bracketed(bare(value)), role: valueRole },
  ];
}

/** What a product of two comes to; times nothing it is nothing, whatever was rounded. */
const productOf = (factors: readonly string[], value: string): Piece[] =>
  resultOf(factors.includes("0") ? [] : factors, value, "gradient");

/** What a line comes to: `=` where every number of it is all there. */
function resultOf(operands: readonly string[], value: string, role: Role): Piece[] {
  const isExact = ![...operands, value].some((text) => text.startsWith("≈"));
  return [{ text: isExact ? " =\u00a0" : " ≈\u00a0" }, { text: bare(value), role }];
}
