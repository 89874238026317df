import { AXES, everyAxis, type Op } from "./op.js";
import { oneValueAnAxis } from "./windowRules.js";

/** Pooling that is told its output's size, over one, two and three axes. */
export const adaptivePooling = (kind: "Avg" | "Max", does: string, more: string): readonly Op[] =>
  ([1, 2, 3] as const).map((axes) => ({
    name: `Adaptive${kind}Pool${axes}d`,
    summary: `${does} over as many windows as the output has cells, whatever the input's size; it has nothing to learn.`,
    torch: `nn.Adaptive${kind}Pool${axes}d(output_size${more})`,
    functional: `F.adaptive_${kind.toLowerCase()}_pool${axes}d(input, output_size${more})`,
    axes,
    letters: { Q: "output_size" },
    perAxis: ["Q"],
    input: ["N?", "C", ...(AXES[axes] ?? [])],
    output: ["N?", "C", ...everyAxis(axes, "Q == null ? I : Q")],
    params: "0",
    rules: [
      oneValueAnAxis("output_size", axes, true),
      {
        code: "size-negative",
        when: "Q != null and Q < 0",
        say: "output_size is {Q}.",
        advise: "Use a size of 1 or more.",
        argument: "output_size",
        late: true,
      },
    ],
    mistakes: [{ code: "M2", say: "pooling has no weights", params: "prod(Q)*C" }],
    scene: "adaptive",
    examples: [
      {
        args: { output_size: 1 },
        input: [2, 8, ...Array<number>(axes).fill(7)],
        output: [2, 8, ...Array<number>(axes).fill(1)],
        params: 0,
      },
    ],
  }));
