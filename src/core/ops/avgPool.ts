import { AXES, everyAxis, type Op } from "../layer/op.js";
import { poolingMistakes, poolingRules, windowInsideInput } from "./poolingRules.js";
import { oneValueAnAxis } from "./windowRules.js";

/** Average pooling over one, two or three axes. */
const averagePooling = (axes: 1 | 2 | 3): Op => ({
  name: `AvgPool${axes}d`,
  summary: "Averages the numbers under each window; it has nothing to learn.",
  torch: `nn.AvgPool${axes}d(kernel_size, stride=kernel_size, padding=0, ceil_mode=False, count_include_pad=True${axes > 1 ? ", divisor_override=None" : ""})`,
  functional: `F.avg_pool${axes}d(input, kernel_size, stride=kernel_size, padding=0, ceil_mode=False, count_include_pad=True${axes > 1 ? ", divisor_override=None" : ""})`,
  axes,
  letters: { K: "kernel_size", S: "stride", P: "padding" },
  perAxis: ["K", "S", "P"],
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  lets: { E: "K" },
  output: [
    "N?",
    "C",
    ...everyAxis(axes, "ceil_mode ? min(ceil((I + 2*P - E)/S) + 1, ceil((I + P)/S)) : floor((I + 2*P - E)/S) + 1"),
  ],
  field: { kernel: "E", step: "S", pad: "P" },
  rules: [
    oneValueAnAxis("kernel_size", axes, true),
    oneValueAnAxis("stride", axes, true),
    ...poolingRules,
    ...(axes === 3 ? [windowInsideInput] : []),
  ],
  mistakes: poolingMistakes,
  scene: "window",
  examples: [
    {
      args: { kernel_size: 2 },
      input: [1, 8, ...Array<number>(axes).fill(7)],
      output: [1, 8, ...Array<number>(axes).fill(3)],
      params: 0,
    },
  ],
});

/** nn.AvgPool1d, nn.AvgPool2d and nn.AvgPool3d. */
export const avgPool: readonly Op[] = [averagePooling(1), averagePooling(2), averagePooling(3)];
