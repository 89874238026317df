import type { Op } from "../layer/op.js";
import { linear } from "../ops/linear.js";
import { KERNEL_ARGUMENTS } from "./conv.js";
import { positive } from "./windowRules.js";

const torch = linear[0] as Op;

/** layers.Dense: the fully connected layer. */
export const dense: readonly Op[] = [
  {
    name: "Dense",
    summary: torch.summary,
    keras: `layers.Dense(units, activation=None, use_bias=True, ${KERNEL_ARGUMENTS}, lora_rank=None, lora_alpha=None, quantization_config=None)`,
    axes: 0,
    letters: { F: "units", bias: "use_bias" },
    quiet: torch.quiet ?? [],
    input: ["N", "*", "C"],
    output: ["N", "*", "F"],
    params: torch.params,
    macs: torch.macs as string,
    ...(torch.derived ? { derived: torch.derived } : {}),
    rules: [positive("units", "F")],
    mistakes: torch.mistakes ?? [],
    examples: [{ args: { units: 3 }, input: [1, 490], output: [1, 3], params: 1473 }],
  },
];
