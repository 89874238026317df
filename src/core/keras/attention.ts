import { equal } from "../dims/compare.js";
import { productOf } from "../dims/product.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import { printSizes } from "../layer/explain.js";
import type { Op, Others, Rule, Shape } from "../layer/op.js";
import { positive } from "./windowRules.js";

/** The query's places, each with a mean of the values; queries meet keys in as many features, where they are added also in one. */
const attended =
  (isAdded: (args: Bindings) => boolean) =>
  (query: Shape, args: Bindings, [value, key = value]: Others): Shape | Rule | undefined => {
    const [asked, held] = [query.at(-1), key?.at(-1)];
    const differ = asked !== undefined && held !== undefined && equal(asked, held) === false;
    const broadcasts = asked === 1 || held === 1;
    if (differ && !(broadcasts && isAdded(args)))
      return {
        code: "query-and-key",
        when: "false",
        say: `The query has the shape ${printSizes(query)}, the key ${printSizes(key ?? [])}.`,
        advise: "Give them the same number of features, as a Dense layer before them can.",
      };
    return value && [...query.slice(0, -1), value.at(-1)];
  };

/** Each query gets as many numbers as it has, or as output_shape asks for. */
function projected(query: Shape, args: Bindings, [value, key]: Others): Shape | Rule | undefined {
  const wanted = args.output_shape;
  if (value && key && value.length === key.length) {
    const differs = value.slice(1, -1).some((d, i) => {
      const other = key[i + 1];
      return d !== undefined && other !== undefined && equal(d, other) === false;
    });
    if (differs)
      return {
        code: "value-and-key",
        when: "false",
        say: `The value has the shape ${printSizes(value)}, the key ${printSizes(key)}.`,
        advise: "Give them the same length: each value belongs to a key.",
      };
  }
  if (wanted === null) return query;
  if (isDim(wanted)) return [...query.slice(0, -1), wanted];
  return Array.isArray(wanted) ? [...query.slice(0, -1), ...wanted.map((d) => (isDim(d) ? d : undefined))] : undefined;
}

const seqs = ["N", "T", "D"];

/** layers.MultiHeadAttention, layers.Attention and layers.AdditiveAttention. */
export const attention: readonly Op[] = [
  {
    name: "MultiHeadAttention",
    summary:
      "Each query takes a weighted mean of the values, by how well it matches the keys, in several heads at once.",
    keras:
      "layers.MultiHeadAttention(num_heads, key_dim, value_dim=key_dim, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None, flash_attention=None, kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None)",
    axes: 0,
    letters: { A: "num_heads", K: "key_dim", V: "value_dim", bias: "use_bias" },
    quiet: ["bias"],
    derived: ({ output_shape: wanted, use_gate: gate }, query, [value, key]) => ({
      D: gate === false ? query?.at(-1) : undefined,
      X: value?.at(-1),
      Y: (key ?? value)?.at(-1),
      Z: wanted === null ? query?.at(-1) : isDim(wanted) ? wanted : undefined,
      T: query && productOf(query.slice(1, -1)),
      S: productOf((key ?? value ?? [undefined]).slice(1, -1)),
    }),
    input: ["N", "*", "features"],
    output: projected,
    params: "A*K*(D + bias) + A*K*(Y + bias) + A*V*(X + bias) + Z*(A*V + bias)",
    macs: "T*A*K*D + S*A*K*Y + S*A*V*X + T*S*A*(K + V) + T*Z*A*V",
    rules: [positive("num_heads", "A"), positive("key_dim", "K")],
    examples: [
      { args: { num_heads: 2, key_dim: 4 }, input: [2, 5, 8], others: [[2, 5, 8]], output: [2, 5, 8], params: 288 },
    ],
  },
  {
    name: "Attention",
    summary: "Each query takes a mean of the values, weighted by its product with the keys.",
    keras: "layers.Attention(use_scale=False, score_mode='dot', dropout=0.0, seed=None)",
    axes: 0,
    letters: {},
    input: seqs,
    output: attended(({ score_mode: mode }) => mode !== "dot"),
    params: "(use_scale ? 1 : 0) + (score_mode == 'concat' ? 1 : 0)",
    rules: [],
    examples: [{ args: {}, input: [2, 5, 8], others: [[2, 7, 8]], output: [2, 5, 8], params: 0 }],
  },
  {
    name: "AdditiveAttention",
    summary: "Each query takes a mean of the values, weighted by a learned sum over tanh(query + key).",
    keras: "layers.AdditiveAttention(use_scale=True, dropout=0.0)",
    axes: 0,
    letters: {},
    input: seqs,
    output: attended(() => true),
    params: "use_scale ? D : 0",
    rules: [],
    examples: [{ args: {}, input: [2, 5, 8], others: [[2, 7, 8]], output: [2, 5, 8], params: 8 }],
  },
];
