import type { Bindings } from "../expr/evaluate.js";
import { AXES, everyAxis, type Op, type Rule, type Shape } from "../layer/op.js";
import { oneValueAnAxis } from "./windowRules.js";

const SIZE = "Q == null ? I : Q";

const anyRankForOne = (axes: number): Rule => ({
  code: "rank",
  when: `(rank != ${axes + 1} and rank != ${axes + 2} and (Q == null or Q != 1)) or (len(output_size) > 0 and rank <= ${axes})`,
  say: `AdaptiveAvgPool${axes}d takes ${axes + 1} or ${axes + 2} dimensions, ${[["C"], ["N", "C"]].map((front) => `(${[...front, ...(AXES[axes] ?? [])].join(", ")})`).join(" or ")}; its input has {rank}.`,
  advise: "Give it an input of one of these forms.",
});

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
    ...(kind === "Avg" && axes > 1
      ? { input: ["*", ...(AXES[axes] ?? [])], output: ["*", ...everyAxis(axes, SIZE)] }
      : { input: ["N?", "C", ...(AXES[axes] ?? [])], output: ["N?", "C", ...everyAxis(axes, SIZE)] }),
    derived: (_: Bindings, input: Shape | undefined) => ({ C: input?.at(-axes - 1) }),
    rules: [
      oneValueAnAxis("output_size", axes, true),
      // An average down to one number is a plain mean, which PyTorch takes of any number of dimensions.
      ...(kind === "Avg" && axes > 1 ? [anyRankForOne(axes)] : []),
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
