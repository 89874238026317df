import { multiply } from "../dims/dim.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import { applyOp } from "../layer/apply.js";
import type { Op, Outputs, Rule, Shape, ShapeFunction } from "../layer/op.js";
import { prepare } from "../layer/prepare.js";

const bidirectionals = new Map<Op, Op>();
const distributed = new Map<Op, Op>();

const once = (made: Map<Op, Op>, inner: Op, make: () => Op): Op => {
  const known = made.get(inner) ?? make();
  made.set(inner, known);
  return known;
};

/** Both directions together as merge_mode says. */
function mergeBoth(output: Shape, args: Bindings): Shape | undefined {
  const last = output.at(-1);
  if (args.merge_mode === undefined) return undefined;
  const isSideBySide = args.merge_mode === "concat";
  return isSideBySide ? output.with(-1, isDim(last) ? multiply(2, last) : undefined) : output;
}

/** layers.Bidirectional around a recurrent layer; undefined for any other. Its arguments are the layer's own and merge_mode. */
function bidirectional(inner: Op): Op | undefined {
  if (!["SimpleRNN", "LSTM", "GRU"].includes(inner.name)) return undefined;
  return once(bidirectionals, inner, () => ({
    ...inner,
    name: "Bidirectional",
    summary: `Reads the sequence from both ends, with a ${inner.name} for each direction, and puts what they give together.`,
    keras: "layers.Bidirectional(layer, merge_mode='concat', weights=None, backward_layer=None)",
    output: (input, args, others) => {
      const output = (inner.output as ShapeFunction)(input, args, others);
      return Array.isArray(output) ? mergeBoth(output as Shape, args) : output;
    },
    outputs: (output, input, args, others): Outputs | undefined => {
      const own = (inner.output as ShapeFunction)(input, args, others) as Shape;
      const states = inner.outputs?.(own, input, args, others)?.slice(1) ?? [];
      if (args.merge_mode === null) return [own, own, ...states, ...states];
      return states.length === 0 ? undefined : [output, ...states, ...states];
    },
    params: `2*(${inner.params})`,
    examples: [],
  }));
}

const without = (input: Shape): Shape => [input[0], ...input.slice(2)];

/** What the layer within makes of each step, or why it refuses. */
function eachStep(inner: Op): ShapeFunction {
  // The sizes come with the channels second already.
  const { layout: _, ...plain } = inner;
  return (input, args, others): Shape | Rule | undefined => {
    const { output, refusal } = applyOp(plain, args, without(input), others);
    if (refusal) {
      const { code, say, advise, argument } = refusal;
      const rule: Rule = { code: code.split("/").at(-1) ?? "", when: "false", say, advise };
      return argument === undefined ? rule : { ...rule, argument };
    }
    return output && [output[0], input[1], ...output.slice(1)];
  };
}

const needsSteps: Rule = {
  code: "rank",
  when: "rank < 3",
  say: "TimeDistributed takes at least 3 dimensions, of which the second is the steps; its input has {rank}.",
  advise: "Give it a sequence, or use the layer within by itself.",
};

/** layers.TimeDistributed: the layer within, applied to every step alike; undefined where its input does not begin with the batch. */
function timeDistributed(inner: Op): Op | undefined {
  const [first, ...sizes] = inner.input;
  if (first !== "N" && first !== "*") return undefined;
  return once(distributed, inner, () => {
    const { outputs: _, derived, ...rest } = inner;
    return {
      ...rest,
      name: "TimeDistributed",
      summary: `Applies the same ${inner.name} to every step of a sequence.`,
      keras: "layers.TimeDistributed(layer)",
      input: ["N", sizes.includes("T") ? "S" : "T", ...(first === "*" ? inner.input : sizes)],
      output: eachStep(inner),
      ...(derived
        ? { derived: (args, input, others): Bindings => derived(args, input && without(input), others) }
        : {}),
      rules: [
        ...prepare(inner)
          .rules.filter((r) => r.early)
          .map((r) => r.rule),
        needsSteps,
      ],
      examples: [],
    };
  });
}

/** The wrapper of that name around a layer: one layer, whose arguments are both's. */
export const wrapped = (name: string, inner: Op): Op | undefined =>
  name === "Bidirectional" ? bidirectional(inner) : name === "TimeDistributed" ? timeDistributed(inner) : undefined;
