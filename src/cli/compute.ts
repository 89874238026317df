import { gradients } from "../core/tensor/backward.js";
import type { Numbers } from "../core/tensor/computation.js";
import { computationOf } from "../core/tensor/computationOf.js";
import { elements, type Nested, nestedOf, type Tensor, tensorOf } from "../core/tensor/tensor.js";
import { answerLayer } from "./layers.js";

/** A layer's numbers, forward and, where upstream values are given, backward; null stands nowhere in them. */
export type ComputeAnswer =
  | {
      readonly output: Nested;
      readonly gradInput?: Nested;
      readonly gradWeight?: Nested;
      readonly gradBias?: Nested;
    }
  | { readonly error: string };

const TENSORS = ["input", "weight", "bias", "gradOutput", "runningMean", "runningVar"] as const;

/** Answers one line of `dimsum compute`: never throws, whatever the line holds. */
export function answerCompute(line: unknown): ComputeAnswer {
  if (!isRecord(line)) return { error: "This line is not a JSON object; give it layer, args and input." };
  const { layer, args = {}, training } = line;
  if (typeof layer !== "string") return { error: "This line names no layer; give layer, such as Conv2d." };
  if (!isRecord(args)) return { error: "args is not a JSON object; give the layer's arguments by name." };
  if (training !== undefined && typeof training !== "boolean") {
    return { error: "training is neither true nor false; leave it out, or give one of them." };
  }
  const tensors: Partial<Record<(typeof TENSORS)[number], Tensor>> = {};
  for (const name of TENSORS) {
    const given = line[name];
    if (given === undefined || given === null) continue;
    const tensor = readTensor(given);
    if (!tensor) return { error: `${name} is no list of numbers with rows of one length; make it one.` };
    tensors[name] = tensor;
  }
  const { input, gradOutput, ...parameters } = tensors;
  if (!input) return { error: "This line has no input; give the numbers as nested lists." };
  return compute(layer, args, { ...parameters, input, training }, gradOutput);
}

function compute(
  layer: string,
  args: Readonly<Record<string, unknown>>,
  numbers: Numbers,
  gradOutput: Tensor | undefined,
): ComputeAnswer {
  const { shape } = numbers.input;
  // nn.Flatten counts the batch axis, which the numbers leave out.
  const checked = answerLayer({ layer, args, input: layer === "Flatten" ? [1, ...shape] : shape });
  if ("error" in checked) return { error: checked.error };
  const computation = computationOf(layer, args, numbers);
  if (typeof computation === "string") return { error: computation };
  const found = gradOutput && gradients(computation, numbers, gradOutput);
  if (typeof found === "string") return { error: found };
  const output = computation.forward(numbers);
  for (const tensor of [output, found?.input, found?.weight, found?.bias]) {
    const odd = tensor?.data.find((value) => !Number.isFinite(value));
    if (odd !== undefined)
      return { error: `One of the results is ${odd}, for which JSON has no word; change the input.` };
  }
  return {
    output: nestedOf(output),
    ...(found && { gradInput: nestedOf(found.input) }),
    ...(found?.weight && { gradWeight: nestedOf(found.weight) }),
    ...(found?.bias && { gradBias: nestedOf(found.bias) }),
  };
}

/** The most axes of a tensor; deeper lists are no numbers of a layer. */
const MOST_AXES = 8;

/** A tensor of nested lists; undefined where they are ragged, deeper than any layer's, or hold anything but numbers. */
function readTensor(value: unknown): Tensor | undefined {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) {
    if (shape.push(level.length) > MOST_AXES) return undefined;
  }
  const isFull = (part: unknown, axis: number): boolean => {
    if (axis === shape.length) return typeof part === "number";
    return Array.isArray(part) && part.length === shape[axis] && part.every((inner) => isFull(inner, axis + 1));
  };
  if (elements(shape) === 0 || !isFull(value, 0)) return undefined;
  return tensorOf(value as Nested);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
