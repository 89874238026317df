import { equal } from "../dims/compare.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import type { Op, Rule, Shape } from "../layer/op.js";
import { printValue } from "../layer/sentence.js";

const sizesOf = (value: Value | undefined): readonly (Value | undefined)[] | undefined =>
  isDim(value) ? [value] : Array.isArray(value) ? value : undefined;

/** The input itself, where its last dimensions are those that are normalized. */
function normalized(input: Shape, args: Bindings): Shape | Rule {
  const sizes = sizesOf(args.normalized_shape);
  if (!sizes) return input;
  const tail = input.slice(Math.max(input.length - sizes.length, 0));
  const differs = sizes.some((s, i) => isDim(s) && tail[i] !== undefined && equal(s, tail[i]) === false);
  if (tail.length === sizes.length && !differs) return input;
  return {
    code: "normalized-shape",
    when: "false",
    say: `normalized_shape is ${printValue(args.normalized_shape)}, the input ends in ${printValue(sizes.length === 1 ? tail[0] : tail)}.`,
    advise: "Set it to the sizes of the last dimensions.",
    argument: "normalized_shape",
    ...(sizes.length === 1 && tail.length === 1 && typeof tail[0] === "number" ? { fix: String(tail[0]) } : {}),
  };
}

const layerNormalization: Op = {
  name: "LayerNorm",
  summary: "Brings the last dimensions of each sample to mean 0 and variance 1, then scales and shifts each place.",
  torch: "nn.LayerNorm(normalized_shape, eps=0.00001, elementwise_affine=True, bias=True)",
  axes: 0,
  letters: {},
  input: ["*"],
  output: normalized,
  params: "elementwise_affine ? prod(normalized_shape)*(bias ? 2 : 1) : 0",
  rules: [],
  mistakes: [{ code: "M2", say: "only one of scale and shift counted", params: "prod(normalized_shape)" }],
  examples: [{ args: { normalized_shape: [8, 4] }, input: [2, 8, 4], output: [2, 8, 4], params: 64 }],
};

/** Newer than the PyTorch that the sweeps ask; documented at pytorch.org under torch.nn.RMSNorm. */
const rootMeanSquare: Op = {
  ...layerNormalization,
  name: "RMSNorm",
  summary: "Divides the last dimensions of each sample by their root mean square, then scales each place.",
  torch: "nn.RMSNorm(normalized_shape, eps=None, elementwise_affine=True)",
  params: "elementwise_affine ? prod(normalized_shape) : 0",
  mistakes: [{ code: "M2", say: "a shift counted too; RMSNorm only scales", params: "2*prod(normalized_shape)" }],
  examples: [{ args: { normalized_shape: [8, 4] }, input: [2, 8, 4], output: [2, 8, 4], params: 32 }],
};

/** nn.LayerNorm and nn.RMSNorm. */
export const layerNorm: readonly Op[] = [layerNormalization, rootMeanSquare];
