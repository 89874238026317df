import { everyAxis, type Op, type Rule } from "../layer/op.js";
import { dilationPositive, kernelPositive, oneValueAnAxis, paddingNotNegative, stridePositive } from "./windowRules.js";

const rules: readonly Rule[] = [
  ...["kernel_size", "stride", "padding", "dilation"].map((name) => oneValueAnAxis(name, 2, true)),
  kernelPositive,
  stridePositive,
  dilationPositive,
  paddingNotNegative,
];

const letters = { K: "kernel_size", S: "stride", P: "padding", D: "dilation" };

/** nn.Unfold and nn.Fold: windows as columns, and back. */
export const fold: readonly Op[] = [
  {
    name: "Unfold",
    summary: "Writes the numbers under each window into a column (im2col); it has nothing to learn.",
    torch: "nn.Unfold(kernel_size, dilation=1, padding=0, stride=1)",
    functional: "F.unfold(input, kernel_size, dilation=1, padding=0, stride=1)",
    axes: 2,
    letters,
    perAxis: ["K", "S", "P", "D"],
    quiet: ["D"],
    input: ["N?", "C", "H", "W"],
    lets: { M: "floor((I + 2*P - (D*(K - 1) + 1))/S) + 1" },
    output: ["N?", "C*prod(K)", "prod(M)"],
    rules: [
      ...rules,
      {
        code: "window-larger-than-input",
        when: "M < 1",
        say: "The window covers {D*(K - 1) + 1}, the padded input is only {I + 2*P} long.",
        advise: "Use a smaller window or a larger input.",
        argument: "kernel_size",
      },
    ],
    examples: [{ args: { kernel_size: 3 }, input: [1, 2, 5, 5], output: [1, 18, 9], params: 0 }],
  },
  {
    name: "Fold",
    summary: "Adds columns back up into a picture, each at its window's place (col2im); it has nothing to learn.",
    torch: "nn.Fold(output_size, kernel_size, dilation=1, padding=0, stride=1)",
    functional: "F.fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)",
    axes: 2,
    letters: { ...letters, Q: "output_size" },
    perAxis: ["K", "S", "P", "D", "Q"],
    quiet: ["D"],
    input: ["N?", "rows", "columns"],
    lets: { M: "floor((Q + 2*P - (D*(K - 1) + 1))/S) + 1" },
    output: ["N?", "rows/prod(K)", ...everyAxis(2, "Q")],
    rules: [
      oneValueAnAxis("output_size", 2, true),
      ...rules,
      {
        code: "rows-divide",
        when: "rows % prod(K) != 0",
        say: "The input has {rows|row}, no multiple of the {prod(K)|number} of a window.",
        advise: "Each column holds one window of every channel.",
        argument: "kernel_size",
      },
      {
        code: "columns",
        when: "columns != prod(M)",
        say: "The input has {columns|column}; this output has {prod(M)|window}.",
        advise: "Make the two the same.",
        argument: "output_size",
      },
    ],
    examples: [{ args: { output_size: [4, 5], kernel_size: 2 }, input: [1, 8, 12], output: [1, 2, 4, 5], params: 0 }],
  },
];
