import { Unfit } from "./arguments.js";
import type { Numbers } from "./computation.js";
import type { Tensor } from "./tensor.js";

/** The most that is computed: places along one axis, numbers under windows, numbers of a tensor, multiplications. */
const MOST = { "places along an axis": 1e6, "numbers under windows": 2e7, numbers: 2e7, multiplications: 2e9 };

/** Refuses what would take too long or too much room. */
export function checkAmount(what: keyof typeof MOST, count: number): void {
  if (count > MOST[what])
    throw new Unfit(`This layer has ${count} ${what}; Dimsum computes up to ${MOST[what]}. Use a smaller one.`);
}

/** Refuses a tensor that is missing or of another shape than the layer's. */
export function checkShape(name: string, tensor: Tensor | undefined, shape: readonly number[]): void {
  const wanted = shapeText(shape);
  if (!tensor) {
    const advice = name === "bias" ? "give it, or bias=False" : "give it";
    throw new Unfit(`The layer has a ${name} of shape ${wanted} and none is given; ${advice}.`);
  }
  const given = shapeText(tensor.shape);
  if (given !== wanted)
    throw new Unfit(`${name} has the shape ${given}, the layer's is ${wanted}; give it that shape.`);
}

/** Refuses a weight of another shape than the layer's, and a bias that is missing, of another length, or one too many. */
export function checkParameters(numbers: Numbers, weight: readonly number[], biases: number | undefined): void {
  checkShape("weight", numbers.weight, weight);
  if (biases !== undefined) checkShape("bias", numbers.bias, [biases]);
  else if (numbers.bias) throw new Unfit("bias=False, yet a bias is given; leave one of them out.");
}

/** Refuses an input with other axes than a layer over so many takes, after those in front such as `N, C`. */
export function checkAxes(name: string, front: string, rank: number, shape: readonly number[], isFit: boolean): void {
  if (isFit) return;
  const wanted = `[${front}${", D, H, W".slice(-3 * rank)}]`;
  throw new Unfit(`${name} takes ${wanted}, the input has the shape ${shapeText(shape)}; give it those axes.`);
}

/** A shape as PyTorch prints it in a list. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
