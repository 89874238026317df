import { readFileSync } from "node:fs";
import type { Computation, Gradients, Numbers } from "../../src/core/tensor/computation.js";
import { computationOf } from "../../src/core/tensor/computationOf.js";
import { type Nested, type Tensor, tensorOf } from "../../src/core/tensor/tensor.js";

/** A line of test/oracle/gradients.jsonl: a layer, its numbers, and what PyTorch made of them. */
interface Answer {
  readonly layer: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly training?: boolean;
  readonly runningMean?: Nested;
  readonly runningVar?: Nested;
  readonly input: Nested;
  readonly weight?: Nested;
  readonly bias?: Nested;
  readonly gradOutput: Nested;
  readonly output: Nested;
  readonly gradInput: Nested;
  readonly gradWeight?: Nested;
  readonly gradBias?: Nested;
}

/** A layer ready to compute, with PyTorch's numbers beside. */
export interface Case {
  readonly name: string;
  /** What a failing test says of it. */
  readonly text: string;
  readonly line: string;
  readonly args: Answer["args"];
  readonly computation: Computation;
  readonly numbers: Numbers;
  readonly gradOutput: Tensor;
  readonly output: Tensor;
  readonly gradients: Gradients;
}

/** Every case of the sweep; another file of the same form can stand in by DIMSUM_GRADIENTS. */
export const cases: readonly Case[] = readFileSync(
  process.env.DIMSUM_GRADIENTS ?? "test/oracle/gradients.jsonl",
  "utf8",
)
  .trim()
  .split("\n")
  .map(readCase);

/** The names of the layers in the sweep. */
export const layers: readonly string[] = [...new Set(cases.map(({ name }) => name))].sort();

function optional(nested: Nested | undefined): Tensor | undefined {
  return nested === undefined ? undefined : tensorOf(nested);
}

function readCase(line: string): Case {
  const answer = JSON.parse(line) as Answer;
  const { layer, args, training } = answer;
  const numbers: Numbers = {
    input: tensorOf(answer.input),
    weight: optional(answer.weight),
    bias: optional(answer.bias),
    training,
    runningMean: optional(answer.runningMean),
    runningVar: optional(answer.runningVar),
  };
  const text = `${layer} ${JSON.stringify(args)} on [${numbers.input.shape.join(", ")}]`;
  const computation = computationOf(layer, args, numbers);
  if (typeof computation === "string") throw new Error(`${text}: ${computation}`);
  const [weight, bias] = [optional(answer.gradWeight), optional(answer.gradBias)];
  const gradients = { input: tensorOf(answer.gradInput), ...(weight && { weight }), ...(bias && { bias }) };
  const [gradOutput, output] = [tensorOf(answer.gradOutput), tensorOf(answer.output)];
  return { name: layer, text, line, args, computation, numbers, gradOutput, output, gradients };
}
