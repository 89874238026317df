import { AXES, everyAxis, type Op } from "../layer/op.js";
import { emptyAllowedRules, poolingMistakes, poolingRules } from "./poolingRules.js";
import { dilationPositive, oneValueAnAxis } from "./windowRules.js";

/** Max pooling over one, two or three axes. */
const maxPooling = (axes: 1 | 2 | 3): Op => ({
  name: `MaxPool${axes}d`,
  summary: "Keeps the largest number under each window; it has nothing to learn.",
  torch: `nn.MaxPool${axes}d(kernel_size, stride=kernel_size, padding=0, dilation=1, return_indices=False, ceil_mode=False)`,
  functional: `F.max_pool${axes}d(input, kernel_size, stride=kernel_size, padding=0, dilation=1, ceil_mode=False, return_indices=False)`,
  axes,
  letters: { K: "kernel_size", S: "stride", P: "padding", D: "dilation" },
  perAxis: ["K", "S", "P", "D"],
  quiet: ["D"],
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  lets: { E: "D*(K - 1) + 1" },
  output: [
    "N?",
    "C",
    ...everyAxis(axes, "ceil_mode ? min(ceil((I + 2*P - E)/S) + 1, ceil((I + P)/S)) : floor((I + 2*P - E)/S) + 1"),
  ],
  field: { kernel: "E", step: "S", pad: "P" },
  rules: [
    oneValueAnAxis("kernel_size", axes, true),
    oneValueAnAxis("stride", axes, true),
    dilationPositive,
    ...(axes === 1 ? emptyAllowedRules : poolingRules),
  ],
  mistakes: poolingMistakes,
  scene: "window",
  examples: [
    {
      args: { kernel_size: 3 },
      input: [1, 8, ...Array<number>(axes).fill(13)],
      output: [1, 8, ...Array<number>(axes).fill(4)],
      params: 0,
    },
  ],
});

/** nn.MaxPool1d, nn.MaxPool2d and nn.MaxPool3d. */
export const maxPool: readonly Op[] = [maxPooling(1), maxPooling(2), maxPooling(3)];
