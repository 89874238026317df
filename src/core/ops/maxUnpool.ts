import type { Bindings, Value } from "../expr/evaluate.js";
import { AXES, everyAxis, type Op, type Others, type Shape } from "../layer/op.js";
import { differ } from "./lossRules.js";
import { oneValueAnAxis } from "./windowRules.js";

const OWN_SIZE = "(I - 1)*S - 2*P + K";

/** The sizes of the axes that a call asks for: all by themselves, or at the end of a whole shape. */
function wantedSizes(args: Bindings, axes: number): Value | undefined {
  const { output_size: wanted } = args;
  return Array.isArray(wanted) && wanted.length === axes + 2 ? wanted.slice(2) : wanted;
}

const unpooling = (axes: 1 | 2 | 3): Op => ({
  name: `MaxUnpool${axes}d`,
  summary: "Puts each number back to where max pooling found it, and zeros everywhere else; it has nothing to learn.",
  torch: `nn.MaxUnpool${axes}d(kernel_size, stride=kernel_size, padding=0)`,
  functional: `F.max_unpool${axes}d(input, indices, kernel_size, stride=kernel_size, padding=0, output_size=None)`,
  forward: "forward(input, indices, output_size=None)",
  axes,
  letters: { K: "kernel_size", S: "stride", P: "padding" },
  perAxis: ["K", "S", "P", "Y"],
  derived: (args: Bindings, input: Shape | undefined, [indices]: Others) => {
    const sizes = wantedSizes(args, axes);
    return {
      Y: Array.isArray(sizes) ? sizes : Array.from({ length: axes }, () => sizes),
      isOther: input !== undefined && indices !== undefined && differ(input, indices),
    };
  },
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  output: ["N?", "C", ...everyAxis(axes, `Y == null ? ${OWN_SIZE} : Y`)],
  rules: [
    ...["kernel_size", "stride", "padding"].map((name) => oneValueAnAxis(name, axes, true)),
    {
      code: "indices",
      when: "isOther and rank > 0",
      say: "The indices do not have the input's shape.",
      advise: "Give the indices that the pooling layer returned with this input.",
      argument: "indices",
    },
    {
      code: "output-size-axes",
      when: `rank > 0 and len(output_size) != ${axes} and len(output_size) != ${axes + 2}`,
      say: `output_size lists {len(output_size)|size}; this layer has ${axes} ${axes === 1 ? "axis" : "axes"}.`,
      advise: "Give the size of each axis, or the whole shape.",
      argument: "output_size",
    },
    {
      code: "output-size",
      when: `Y != null and (Y <= ${OWN_SIZE} - S or Y >= ${OWN_SIZE} + S)`,
      say: `output_size asks for {Y}, possible is more than {${OWN_SIZE} - S} and less than {${OWN_SIZE} + S}.`,
      advise: "Use the size that the pooling layer had as its input.",
      argument: "output_size",
    },
  ],
  examples: [
    {
      args: { kernel_size: 2 },
      input: [1, 4, ...Array<number>(axes).fill(5)],
      others: [[1, 4, ...Array<number>(axes).fill(5)]],
      output: [1, 4, ...Array<number>(axes).fill(10)],
      params: 0,
    },
  ],
});

/** nn.MaxUnpool1d, nn.MaxUnpool2d and nn.MaxUnpool3d. */
export const maxUnpool: readonly Op[] = [unpooling(1), unpooling(2), unpooling(3)];
