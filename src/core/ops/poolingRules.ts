import type { Mistake, Rule } from "../layer/op.js";
import { fieldMistakes, kernelPositive, paddingNotNegative, stridePositive } from "./windowRules.js";

/** `E` is the window's extent. */
const windowRules = (leastOutput: string): readonly Rule[] => [
  kernelPositive,
  stridePositive,
  paddingNotNegative,
  {
    code: "padding-over-half",
    when: "rank > 0 and 2*P > K",
    say: "The padding {P} is more than half of the window {K}.",
    advise: "Use at most {floor(K/2)}.",
    argument: "padding",
  },
  {
    code: "window-larger-than-input",
    when: `(ceil_mode ? ceil((I + 2*P - E)/S) : floor((I + 2*P - E)/S)) + 1 < ${leastOutput}`,
    say: "The window covers {E}, the padded input is only {I + 2*P} long.",
    advise: "Use a smaller window or a larger input.",
    argument: "kernel_size",
  },
];

/** What every pooling window refuses. */
export const poolingRules: readonly Rule[] = windowRules("1");

/** What MaxPool1d refuses: alone among the pooling layers it hands out an empty output, unless it is asked for indices. */
export const emptyAllowedRules: readonly Rule[] = windowRules("(return_indices ? 1 : 0)");

/** What AvgPool3d refuses besides: it compares its window with the input before padding. */
export const windowInsideInput: Rule = {
  code: "window-larger-than-input",
  when: "I < K",
  say: "The window is {K} long, the input only {I}; AvgPool3d does not count the padding here.",
  advise: "Use a smaller window or a larger input.",
  argument: "kernel_size",
};

/** The mistakes that people make with every pooling window. */
export const poolingMistakes: readonly Mistake[] = [
  { code: "M2", say: "pooling has no weights", params: "prod(K)*C" },
  { code: "M2", say: "pooling has no weights", params: "(prod(K) + 1)*C" },
  { code: "M1", say: "pooling keeps every channel", channels: "1" },
  { code: "M5", say: "rounded up, as only ceil_mode does", axis: "ceil((I + 2*P - E)/S) + 1" },
  { code: "M3", say: "rounded up where the framework rounds down", axis: "ceil(I/S)" },
  {
    code: "M3",
    say: "stride ignored: the window moves by its own size unless the layer says otherwise",
    axis: "I + 2*P - E + 1",
  },
  { code: "M3", say: "the + 1 forgotten: the first window counts too", axis: "floor((I + 2*P - E)/S)" },
  { code: "M3", say: "pooling ignored", axis: "I" },
  ...fieldMistakes,
];
