import { equal } from "../dims/compare.js";
import { add } from "../dims/dim.js";
import { type Bindings, isDim, truth } from "../expr/evaluate.js";
import type { Op, Others, Outputs, Rule, Shape, Size } from "../layer/op.js";
import { counted } from "../operations/operands.js";
import { hasOtherWidth, headsDivide, meetingRule, SEQUENCE, sequenceSize, widthRule } from "./attentionRules.js";

/** One result for each query, in the queries' shape. */
function attended(query: Shape, args: Bindings, [key, value]: Others): Shape | Rule {
  const broken = meetingRule(query, key, args, "query and key") ?? meetingRule(query, value, args, "query and value");
  if (broken) return broken;
  const [keys, values] = [sequenceSize(key, args, "length"), sequenceSize(value, args, "length")];
  if (keys !== undefined && values !== undefined && equal(keys, values) === false)
    return {
      code: "values-for-keys",
      when: "false",
      say: `There are ${counted(keys, "key")} and ${counted(values, "value")}.`,
      advise: "Each key has one value: give both the same length.",
    };
  for (const [name, shape] of [["kdim", key] as const, ["vdim", value] as const]) {
    const own = args[name];
    if (!hasOtherWidth(shape, own === null ? args.embed_dim : own)) continue;
    const what = name === "kdim" ? "key" : "value";
    return {
      code: name,
      when: "false",
      say: `${own === null ? "embed_dim" : name} is {${own === null ? "embed_dim" : name}}, the ${what} has ${counted(shape?.at(-1), "feature")}.`,
      advise: `Say how many features the ${what} has with ${name}.`,
      argument: own === null ? "embed_dim" : name,
    };
  }
  return query;
}

/** How many keys each query looks at: those that are given, and up to two that the layer adds. */
function keysSeen(key: Shape | undefined, args: Bindings): Size {
  const more = Number(truth(args.add_bias_kv) ?? Number.NaN) + Number(truth(args.add_zero_attn) ?? Number.NaN);
  const keys = sequenceSize(key, args, "length");
  return keys === undefined || Number.isNaN(more) ? undefined : add(keys, more);
}

/** What attention gives for each query, and how much each query looks at each key: averaged over the heads, or head by head. */
function withWeights(output: Shape, query: Shape, args: Bindings, [key]: Others): Outputs {
  const [isWanted, isAveraged] = [truth(args.need_weights), truth(args.average_attn_weights)];
  if (isWanted === false) return [output, null];
  if (isWanted === undefined || isAveraged === undefined) return [output, undefined];
  const looked = keysSeen(key, args);
  const batch = query.length === 3 ? [sequenceSize(query, args, "batch")] : [];
  const heads = isAveraged ? [] : [isDim(args.num_heads) ? args.num_heads : undefined];
  return [output, [...batch, ...heads, sequenceSize(query, args, "length"), looked]];
}

/** nn.MultiheadAttention. */
export const multiheadAttention: readonly Op[] = [
  {
    name: "MultiheadAttention",
    summary:
      "Each query takes a weighted mean of the values, by how well it matches the keys, in several heads at once.",
    torch:
      "nn.MultiheadAttention(embed_dim, num_heads, dropout=0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False)",
    forward:
      "forward(query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False)",
    axes: 0,
    letters: { E: "embed_dim", h: "num_heads" },
    input: SEQUENCE,
    output: attended,
    outputs: withWeights,
    derived: (args, query, [key]) => ({
      queries: sequenceSize(query, args, "length"),
      keys: sequenceSize(key, args, "length"),
      seen: keysSeen(key, args),
    }),
    lets: { Ek: "kdim == null ? E : kdim", Ev: "vdim == null ? E : vdim" },
    params: "E*E + E*Ek + E*Ev + (bias ? 3*E : 0) + E*E + (bias ? E : 0) + (add_bias_kv ? 2*E : 0)",
    macs: "2*queries*E*E + keys*E*(Ek + Ev) + 2*queries*seen*E",
    rules: [headsDivide("embed_dim", "num_heads"), widthRule("embed_dim")],
    mistakes: [
      { code: "M2", say: "the output projection forgotten", params: "3*E*E + 3*E" },
      { code: "M2", say: "biases forgotten", params: "4*E*E" },
      { code: "M2", say: "every head counted in full; the heads share the features out", params: "h*(4*E*E + 4*E)" },
    ],
    examples: [{ args: { embed_dim: 8, num_heads: 4 }, input: [6, 3, 8], output: [6, 3, 8], params: 288 }],
  },
];
