import { type Tensor, tensorBy } from "../../core/tensor/tensor.js";
import type { Edit, EditedTensor } from "../../protocol.js";
import type { DrawnNumbers } from "./drawnWindow.js";
import { laid, presetNamed } from "./presets.js";

/** How large a number in a cell may be: so small that every sum stays exact. */
export const LARGEST = 1000;

/** How large the denominator of all numbers may be: so small that every sum stays exact. And the largest one of a fraction. */
const FINEST = 1600;
const LARGEST_BELOW = 12;

/** What a kernel is called whose numbers are those of the example, or a reader's own. */
const EXAMPLE = "example numbers";
const OWN = "own numbers";

/** What the kernel is called that a reader has chosen, until another number is put into it. */
export function kernelAfter(edits: readonly Edit[]): string {
  const last = edits.findLast((edit) => !("tensor" in edit) || edit.tensor === "weight");
  if (last?.do === "preset") return last.name;
  return last && "tensor" in last ? OWN : EXAMPLE;
}

/** The numbers with what a reader has put in their place; a preset that there is not is the example's kernel, and what lies outside the tensors is
 * passed over. */
export function edited(numbers: DrawnNumbers, edits: readonly Edit[]): DrawnNumbers {
  let { input, weight, bias, gradOutput, per } = numbers;
  const scaled = (tensor: Tensor, by: number): Tensor =>
    tensorBy(tensor.shape, (at) => (tensor.data[at] as number) * by);
  const finer = (by: number): void => {
    per *= by;
    [input, gradOutput] = [scaled(input, by), scaled(gradOutput, by)];
    weight &&= scaled(weight, by);
    bias &&= scaled(bias, by);
  };
  for (const edit of edits) {
    if (edit.do === "reset") ({ input, weight, bias, gradOutput, per } = numbers);
    else if (edit.do === "preset") {
      const preset = presetNamed(edit.name);
      if (preset && per % preset.per !== 0) finer(preset.per);
      if (preset && weight) weight = laid(preset, weight.shape, per);
      else weight = numbers.weight && scaled(numbers.weight, per / numbers.per);
    } else if (edit.do === "matrix") {
      const width = edit.rows[0]?.length ?? 0;
      const first = edit.plane * edit.rows.length * width;
      for (const [at, value] of edit.rows.flat().entries()) set(edit.tensor, first + at, value);
    } else set(edit.tensor, edit.at, edit.value);
  }
  return { input, weight, bias, gradOutput, per };

  function set(tensor: EditedTensor, at: number, value: number): void {
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST) return;
    const isWhole = (by: number): boolean => Number.isInteger(Math.round(value * per * by * 1e6) / 1e6);
    const below = Array.from({ length: LARGEST_BELOW }, (_, d) => d + 1).find(isWhole);
    if (below !== undefined && below * per <= FINEST) finer(below);
    while (!isWhole(1) && per * 10 <= FINEST) finer(10);
    const held = tensor === "target" ? undefined : { input, weight, bias, gradOutput }[tensor];
    if (!held || !(at in held.data)) return;
    const changed = tensorBy(held.shape, (index) =>
      index === at ? Math.round(value * per) : (held.data[index] as number),
    );
    if (tensor === "input") input = changed;
    else if (tensor === "weight") weight = changed;
    else if (tensor === "bias") bias = changed;
    else gradOutput = changed;
  }
}
