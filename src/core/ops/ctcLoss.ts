import type { Op } from "../layer/op.js";
import { reduced } from "./lossRules.js";

const settings = "blank=0, reduction='mean', zero_infinity=False";
const forward = "log_probs, targets, input_lengths, target_lengths";

/** nn.CTCLoss. */
export const ctcLoss: readonly Op[] = [
  {
    name: "CTCLoss",
    summary:
      "−log of the probability of a text, over all ways to spread its letters over time; it has nothing to learn.",
    torch: `nn.CTCLoss(${settings})`,
    functional: `F.ctc_loss(${forward}, ${settings})`,
    forward: `forward(${forward})`,
    axes: 0,
    letters: {},
    input: ["T", "N?", "C"],
    output: reduced((input) => (input.length === 3 ? [input[1]] : [])),
    rules: [],
    examples: [
      { args: { reduction: "none" }, input: [50, 4, 20], others: [[4, 10], [4], [4]], output: [4], params: 0 },
    ],
  },
];
