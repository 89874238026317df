import type { Arguments } from "../../core/tensor/arguments.js";
import { backThrough, type Dense, forwardThrough, lossesOf } from "../../core/tensor/perceptron.js";
import type { Edit, Heading, MlpPicture } from "../../protocol.js";
import { bendText } from "./bendText.js";
import { pick } from "./exampleNumbers.js";
import { smallFraction } from "./fractionText.js";

/** A multilayer perceptron: its input's size, and its linear layers in order. */
export interface MlpPlan {
  readonly inputs: number;
  readonly layers: readonly PlannedLayer[];
}

/** A linear layer and the activation behind it: one of a single number, Softmax (the last one only), or none. */
export interface PlannedLayer {
  readonly name: string;
  readonly outputs: number;
  readonly hasBias: boolean;
  readonly activation: string;
  readonly args?: Arguments;
}

/** The numbers of a network: its input, the weights and biases of its layers, and what its outputs should be. */
export interface MlpNumbers {
  readonly input: readonly number[];
  readonly layers: readonly Omit<Dense, "activation" | "args">[];
  readonly target: readonly number[];
}

/** Neurons of a layer that are drawn, and layers. */
const MOST = 4;
const DEEP = 6;

/** Activations that hardly change where their sums are large. */
const FLATTENING = /^(?:Sigmoid|Tanh|Softmax|Hardtanh)$/;

/** Examples that are tried, and the largest output of a good one. */
const TRIES = 300;
const LARGE = 4;

/** What is shown where there is no network of this kind. */
export const SMALL: MlpPlan = {
  inputs: 2,
  layers: [
    { name: "hidden", outputs: 3, hasBias: true, activation: "ReLU" },
    { name: "output", outputs: 2, hasBias: true, activation: "" },
  ],
};

/** A network with example numbers, or what a reader has put in their place, of which so much is drawn as can be read. */
export function mlpPicture(
  plan: MlpPlan,
  heading: Heading,
  notes: readonly string[],
  edits: readonly Edit[] = [],
): MlpPicture {
  const sizes = [plan.inputs, ...plan.layers.map(({ outputs }) => outputs)];
  const layers = plan.layers.slice(0, DEEP);
  const drawn = sizes.map((size) => Math.min(size, MOST));
  // A sigmoid of a large number is 1 for all that can be seen.
  const scale = layers.some(({ activation }) => FLATTENING.test(activation)) ? 0.25 : 1;
  const listed = <T>(size: number | undefined, value: (at: number) => T): T[] =>
    Array.from({ length: size ?? 0 }, (_, at) => value(at));
  const numbers = (seed: number): MlpNumbers => ({
    input: listed(drawn[0], (at) => pick("few", 5, seed, at) * Math.min(1, scale * 2)),
    layers: layers.map(({ hasBias }, row) => ({
      weight: listed(drawn[row + 1], (to) =>
        listed(drawn[row], (from) => scale * pick("weights", seed, row, to, from)),
      ),
      bias: listed(hasBias ? drawn[row + 1] : 0, (at) => scale * pick("biases", seed, row, at)),
    })),
    target: listed(drawn[layers.length], (at) => (at === 0 ? 1 : 0)),
  });
  // Something comes through, and not all of it, to outputs of which none drowns the others.
  const lively = listed(TRIES, numbers).find(({ input, layers: given }) => {
    const runs = forwardThrough(input, withActivations(layers, given));
    return runs.every(({ slopes, sums }, row) => {
      const on = slopes.filter((slope) => slope > 0).length;
      const isLast = row === runs.length - 1;
      if (isLast) return sums.every((z) => Math.abs(z) <= LARGE);
      return layers[row]?.activation !== "ReLU" || slopes.length < 2 ? on > 0 : on > 1 && on < slopes.length;
    });
  });
  const example = lively ?? numbers(0);
  const shown = layers.map((layer, row) => ({
    ...layer,
    count: drawn[row + 1] === layer.outputs ? "" : `${MOST} of ${layer.outputs}`,
  }));
  const isLess = sizes.length > DEEP + 1 || sizes.some((size) => size > MOST);
  const plain = drawnMlp(shown, example);
  const changed = edits.length > 0 ? drawnMlp(shown, edited(example, edits, plain.isClass)) : plain;
  return {
    ...changed,
    heading,
    sample: isLess
      ? `Your network is ${sizes.join(" → ")}; at most ${MOST} neurons of a layer are drawn, with example numbers.`
      : "One example goes through, with example numbers.",
    notes: changed.losses.length < plain.losses.length ? [...notes, NO_ENTROPY] : notes,
  };
}

/** What is said where a loss is gone. */
const NO_ENTROPY =
  "These numbers have no cross entropy: its targets are 0 or 1, and of a softmax just one of them is 1.";

/** How large a number may be that a reader puts in: so small that what six layers make of it can still be written. */
const LARGEST = 100;

/** The numbers with those of a reader; a class is put in another one's place. */
function edited(numbers: MlpNumbers, edits: readonly Edit[], isClass: boolean): MlpNumbers {
  let { input, layers, target } = numbers;
  for (const edit of edits) {
    if (edit.do !== "cell" || !(Math.abs(edit.value) <= LARGEST)) continue;
    const { tensor, at, value } = edit;
    let next = 0;
    const put = (own: number): number => (next++ === at ? value : own);
    if (tensor === "input") input = input.map(put);
    else if (tensor === "target") target = isClass ? target.map((_, own) => (own === at ? 1 : 0)) : target.map(put);
    else if (tensor === "bias") layers = layers.map((layer) => ({ ...layer, bias: layer.bias.map(put) }));
    else if (tensor === "weight")
      layers = layers.map((layer) => ({ ...layer, weight: layer.weight.map((row) => row.map(put)) }));
  }
  return { input, layers, target };
}

/** Every number of a network, forward and backward. */
export function drawnMlp(
  planned: readonly (Pick<PlannedLayer, "name" | "activation" | "args"> & { readonly count: string })[],
  { input, layers, target }: MlpNumbers,
): Omit<MlpPicture, "heading" | "sample" | "notes"> {
  const runs = forwardThrough(input, withActivations(planned, layers));
  const last = planned.at(-1)?.activation ?? "";
  const outputs = runs.at(-1)?.outputs ?? input;
  const isClass = last === "Softmax";
  const isBinary = target.every((wanted) => wanted === 0 || wanted === 1);
  const losses = lossesOf(outputs, target, last)
    .slice(isClass ? 1 : 0)
    .filter(({ kind }) => {
      if (kind === "softmax") return isBinary && target.indexOf(1) === target.lastIndexOf(1) && target.includes(1);
      // A sigmoid that is 0 or 1 to all its digits leaves no logarithm.
      return kind === "squared" || (isBinary && outputs.every((y) => Math.min(y, 1 - y) > NOTHING));
    });
  return {
    kind: "mlp",
    largest: LARGEST,
    isClass,
    input: input.map(given),
    target: target.map(given),
    layers: runs.map(({ weight, bias, sums, outputs, slopes }, row) => {
      const { name = "", count = "", activation = "", args = {} } = planned[row] ?? {};
      return {
        name,
        count,
        // A softmax belongs to the loss: both together have a plain derivative.
        activation: activation === "Softmax" ? "" : activation,
        bends: sums.map((z) => bendText(activation, args, z, text(z).replace("≈", ""))),
        weight: weight.map((row) => row.map(given)),
        bias: bias.map(given),
        sums: texts(sums),
        outputs: texts(outputs),
        slopes: texts(slopes),
      };
    }),
    losses: losses.map(({ kind, value, start, shares }) => {
      const back = backThrough(input, runs, start);
      return {
        kind,
        value: text(value),
        shares: texts(shares),
        layers: back.layers.map((layer) => ({
          outputs: texts(layer.outputs),
          sums: texts(layer.sums),
          weight: layer.weight.map(texts),
        })),
        input: texts(back.input),
      };
    }),
  };
}

const withActivations = (
  planned: readonly Pick<PlannedLayer, "activation" | "args">[],
  layers: MlpNumbers["layers"],
): Dense[] =>
  layers.map((layer, row) => {
    const { activation = "", args = {} } = planned[row] ?? {};
    return { ...layer, activation, args };
  });

/** What is taken for 0. */
const NOTHING = 1e-9;

/** A number in three digits behind the point, or the two that count, after `≈` where that is not all of it. */
function text(value: number): string {
  const size = Math.abs(value);
  const shown = size < NOTHING ? 0 : Number(size < 0.01 ? value.toPrecision(2) : value.toFixed(3));
  const isAll = Math.abs(value - shown) <= 1e-12 * size;
  return `${isAll ? "" : "≈"}${shown < 0 ? "−" : ""}${Math.abs(shown)}`;
}

/** A number that is given: a decimal as it is written, a fraction as one. */
function given(value: number): string {
  if (Number(value.toFixed(6)) === value) return `${value}`.replace("-", "−");
  return smallFraction(value) ?? text(value);
}

const texts = (values: readonly number[]): string[] => values.map(text);
