import { AXES, everyAxis, type Op, type Rule } from "../layer/op.js";
import { kernelPositive, oneValueAnAxis, stridePositive } from "./windowRules.js";

const SIZE = "(ceil_mode ? min(ceil((I - K)/S) + 1, ceil(I/S)) : floor((I - K)/S) + 1)";

/** LPPool1d computes with its kernel's size, which a list of one is not. */
const noList: Rule = {
  code: "kernel-size-list",
  when: "len(kernel_size) > 0",
  say: "kernel_size lists {len(kernel_size)|value}; LPPool1d takes a plain number.",
  advise: "Leave the brackets out.",
  argument: "kernel_size",
  late: true,
};

/** Power-average pooling over one, two or three axes. */
const powerAverage = (axes: 1 | 2 | 3): Op => ({
  name: `LPPool${axes}d`,
  summary: "Takes the p-norm of the numbers under each window; it has nothing to learn.",
  torch: `nn.LPPool${axes}d(norm_type, kernel_size, stride=kernel_size, ceil_mode=False)`,
  functional: `F.lp_pool${axes}d(input, norm_type, kernel_size, stride=kernel_size, ceil_mode=False)`,
  axes,
  letters: { K: "kernel_size", S: "stride" },
  perAxis: ["K", "S"],
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  output: ["N?", "C", ...everyAxis(axes, SIZE)],
  field: { kernel: "K", step: "S", pad: "0" },
  rules: [
    axes === 1 ? noList : oneValueAnAxis("kernel_size", axes, true),
    oneValueAnAxis("stride", axes, true),
    kernelPositive,
    stridePositive,
    {
      code: "window-larger-than-input",
      // Over three axes rounding up does not help a window that is larger than the input.
      when: axes === 3 ? `${SIZE} < 1 or I < K` : `${SIZE} < 1`,
      say: "The window covers {K}, the input is only {I} long.",
      advise: "Use a smaller window or a larger input.",
      argument: "kernel_size",
    },
  ],
  examples: [
    {
      args: { norm_type: 2, kernel_size: 2 },
      input: [1, 3, ...Array<number>(axes).fill(7)],
      output: [1, 3, ...Array<number>(axes).fill(3)],
      params: 0,
    },
  ],
});

/** nn.LPPool1d, nn.LPPool2d and nn.LPPool3d. */
export const lpPool: readonly Op[] = [powerAverage(1), powerAverage(2), powerAverage(3)];
