import type { Op } from "../layer/op.js";

const acrossChannels = (name: string, input: readonly string[]): Op => ({
  name,
  summary: "Divides each number by the size of its neighbours in the channels beside its own; it has nothing to learn.",
  torch: `nn.${name}(size, alpha=0.0001, beta=0.75, k=1)`,
  ...(name === "LocalResponseNorm"
    ? { functional: "F.local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1)" }
    : {}),
  axes: 0,
  letters: {},
  input,
  output: input,
  rules: [],
  examples: [{ args: { size: 2 }, input: [1, 8, 5, 5], output: [1, 8, 5, 5], params: 0 }],
});

/** nn.LocalResponseNorm and nn.CrossMapLRN2d. */
export const localResponseNorm: readonly Op[] = [
  acrossChannels("LocalResponseNorm", ["N", "C", "L", "*"]),
  acrossChannels("CrossMapLRN2d", ["N", "C", "H", "W"]),
];
