import { equal } from "../dims/compare.js";
import { add } from "../dims/dim.js";
import { type Bindings, isDim, truth } from "../expr/evaluate.js";
import type { Op, Outputs, Rule, Shape, Size } from "./op.js";

const headsDivide = (width: string, heads: string): Rule => ({
  code: "heads-divide",
  when: `${width} % ${heads} != 0`,
  say: `${width} is {${width}}, which ${heads} {${heads}} does not divide.`,
  advise: "Every head gets the same number of features.",
  argument: heads,
});

const widthRule = (width: string): Rule => ({
  code: "width",
  when: `features != ${width}`,
  say: `${width} is {${width}}, the input has {features} features.`,
  advise: `Set ${width} to {features}.`,
  argument: width,
  fix: "features",
});

/** What attention gives for each query, and how much each query looks at each key, averaged over the heads. */
function attended(output: Shape, query: Shape, args: Bindings, [key]: readonly Shape[]): Outputs {
  const isBatchFirst = truth(args.batch_first);
  const isBatched = query.length === 3;
  const at = (shape: Shape | undefined, what: "length" | "batch"): Size => {
    if (!shape || isBatchFirst === undefined) return undefined;
    return isBatched ? shape[(what === "batch") === isBatchFirst ? 0 : 1] : shape[0];
  };
  const more = Number(truth(args.add_bias_kv) ?? Number.NaN) + Number(truth(args.add_zero_attn) ?? Number.NaN);
  const keys = at(key, "length");
  const looked = keys === undefined || Number.isNaN(more) ? undefined : add(keys, more);
  return [output, [...(isBatched ? [at(query, "batch")] : []), at(query, "length"), looked]];
}

const multihead: Op = {
  name: "MultiheadAttention",
  summary: "Each query takes a weighted mean of the values, by how well it matches the keys, in several heads at once.",
  torch:
    "nn.MultiheadAttention(embed_dim, num_heads, dropout=0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False)",
  axes: 0,
  letters: { E: "embed_dim", A: "num_heads" },
  perAxis: [],
  input: ["A?", "B", "features"],
  output: ["A?", "B", "E"],
  outputs: attended,
  params:
    "E*E + E*(kdim == null ? E : kdim) + E*(vdim == null ? E : vdim) + (bias ? 3*E : 0) + E*E + (bias ? E : 0) + (add_bias_kv ? 2*E : 0)",
  rules: [headsDivide("embed_dim", "num_heads"), widthRule("embed_dim")],
  scene: "card",
  examples: [{ args: { embed_dim: 8, num_heads: 4 }, input: [6, 3, 8], output: [6, 3, 8], params: 288 }],
};

const transformerArgs =
  "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation='relu', layer_norm_eps=0.00001, batch_first=False, norm_first=False";

/** A decoder's memory has to have the same width as what it decodes. */
function decoded(input: Shape, args: Bindings, [memory]: readonly Shape[]): Shape | Rule {
  const width = memory?.at(-1);
  if (!isDim(args.d_model) || width === undefined || equal(width, args.d_model) !== false) return input;
  return {
    ...widthRule("d_model"),
    say: "d_model is {d_model}, the memory has another number of features.",
    advise: "Make the two the same.",
  };
}

const transformer = (name: string, summary: string, attentions: number, output: Op["output"]): Op => ({
  name,
  summary,
  torch: `nn.${name}(${transformerArgs})`,
  axes: 0,
  letters: { E: "d_model", A: "nhead", F: "dim_feedforward" },
  perAxis: [],
  input: ["A?", "B", "features"],
  output,
  params: `${attentions}*(4*E*E + 4*E) + E*F + F + F*E + E + ${attentions + 1}*2*E`,
  rules: [headsDivide("d_model", "nhead"), widthRule("d_model")],
  scene: "card",
  examples: [
    {
      args: { d_model: 6, nhead: 2, dim_feedforward: 19 },
      input: [5, 2, 6],
      output: [5, 2, 6],
      params: attentions * (4 * 36 + 24) + 6 * 19 + 19 + 19 * 6 + 6 + (attentions + 1) * 12,
    },
  ],
});

/** nn.MultiheadAttention and the layers of a Transformer. */
export const attention: readonly Op[] = [
  multihead,
  transformer(
    "TransformerEncoderLayer",
    "Self-attention, then a small network for each place, each with a skip and a layer norm.",
    1,
    ["A?", "B", "features"],
  ),
  transformer(
    "TransformerDecoderLayer",
    "Self-attention, attention to the memory, then a small network for each place, each with a skip and a layer norm.",
    2,
    decoded,
  ),
];
