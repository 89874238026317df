import { divide, multiply } from "../dims/dim.js";
import { type Bindings, isDim, truth, type Value } from "../expr/evaluate.js";
import type { Shape, Size } from "../layer/op.js";

/** The learned tensors of a layer by PyTorch's names for them, in its order. */
export type Weights = readonly (readonly [string, Shape])[];

const size = (value: Value | undefined): Size => (isDim(value) ? value : undefined);
const times = (a: Size, b: Size): Size => (a === undefined || b === undefined ? undefined : multiply(a, b));
const shared = (a: Size, b: Size): Size => (a === undefined || b === undefined ? undefined : divide(a, b));

/** One value for each axis. */
const perAxis = (value: Value | undefined, axes: number): Size[] =>
  Array.from({ length: axes }, (_, i) =>
    size(Array.isArray(value) ? (value.length === 1 ? value[0] : value[i]) : value),
  );

/** Those that are there where a switch is on; undefined where that is not known. */
const when = (on: Value | undefined, own: Weights): Weights | undefined => {
  const is = truth(on);
  return is === undefined ? undefined : is ? own : [];
};

const joined = (...lists: readonly (Weights | undefined)[]): Weights | undefined =>
  lists.includes(undefined) ? undefined : (lists as readonly Weights[]).flat();

const convolution =
  (axes: number, isTransposed: boolean) =>
  (a: Bindings): Weights | undefined => {
    const [ins, outs, groups] = [size(a.in_channels), size(a.out_channels), size(a.groups)];
    const [first, second] = isTransposed ? [ins, shared(outs, groups)] : [outs, shared(ins, groups)];
    const weight: Weights = [["weight", [first, second, ...perAxis(a.kernel_size, axes)]]];
    return joined(weight, when(a.bias, [["bias", [outs]]]));
  };

const scaled = (name: string, on: string) => (a: Bindings) =>
  when(a[on], [
    ["weight", [size(a[name])]],
    ["bias", [size(a[name])]],
  ]);

function layerNorm(a: Bindings): Weights | undefined {
  const given = a.normalized_shape;
  const shape = Array.isArray(given) ? given.map(size) : [size(given)];
  return when(a.elementwise_affine, [
    ["weight", shape],
    ...(truth(a.bias) === false ? [] : [["bias", shape] as const]),
  ]);
}

const recurrent =
  (gates: number) =>
  (a: Bindings): Weights | undefined => {
    const [count, both, bias] = [a.num_layers, truth(a.bidirectional), truth(a.bias)];
    const [hidden, projected] = [size(a.hidden_size), a.proj_size];
    if (typeof count !== "number" || count > 64 || both === undefined || bias === undefined) return undefined;
    const state = projected === undefined || projected === 0 ? hidden : size(projected);
    const gate = times(gates, hidden);
    const list: (readonly [string, Shape])[] = [];
    for (let layer = 0; layer < count; layer++)
      for (const end of both ? ["", "_reverse"] : [""]) {
        const from = layer === 0 ? size(a.input_size) : times(both ? 2 : 1, state);
        list.push([`weight_ih_l${layer}${end}`, [gate, from]], [`weight_hh_l${layer}${end}`, [gate, state]]);
        if (bias) list.push([`bias_ih_l${layer}${end}`, [gate]], [`bias_hh_l${layer}${end}`, [gate]]);
        if (projected !== undefined && projected !== 0) list.push([`weight_hr_l${layer}${end}`, [state, hidden]]);
      }
    return list;
  };

const cell =
  (gates: number) =>
  (a: Bindings): Weights | undefined => {
    const [ins, hidden] = [size(a.input_size), size(a.hidden_size)];
    const gate = times(gates, hidden);
    return joined(
      [
        ["weight_ih", [gate, ins]],
        ["weight_hh", [gate, hidden]],
      ],
      when(a.bias, [
        ["bias_ih", [gate]],
        ["bias_hh", [gate]],
      ]),
    );
  };

function attention(a: Bindings): Weights | undefined {
  const width = size(a.embed_dim);
  const own = (value: Value | undefined): Size => (value === null ? width : size(value));
  const isOne = [a.kdim, a.vdim].every((v) => v === null || v === a.embed_dim);
  const [triple, one] = [times(3, width), [1, 1, width]];
  return joined(
    isOne
      ? [["in_proj_weight", [triple, width]]]
      : [
          ["q_proj_weight", [width, width]],
          ["k_proj_weight", [width, own(a.kdim)]],
          ["v_proj_weight", [width, own(a.vdim)]],
        ],
    when(a.bias, [["in_proj_bias", [triple]]]),
    when(a.add_bias_kv, [
      ["bias_k", one],
      ["bias_v", one],
    ]),
    [["out_proj.weight", [width, width]]],
    when(a.bias, [["out_proj.bias", [width]]]),
  );
}

const table = (a: Bindings): Weights => [["weight", [size(a.num_embeddings), size(a.embedding_dim)]]];

const TABLE: Readonly<Record<string, (a: Bindings) => Weights | undefined>> = {
  Linear: (a) =>
    joined([["weight", [size(a.out_features), size(a.in_features)]]], when(a.bias, [["bias", [size(a.out_features)]]])),
  Bilinear: (a) =>
    joined(
      [["weight", [size(a.out_features), size(a.in1_features), size(a.in2_features)]]],
      when(a.bias, [["bias", [size(a.out_features)]]]),
    ),
  LayerNorm: layerNorm,
  GroupNorm: scaled("num_channels", "affine"),
  Embedding: table,
  EmbeddingBag: table,
  PReLU: (a) => [["weight", [size(a.num_parameters)]]],
  RNN: recurrent(1),
  LSTM: recurrent(4),
  GRU: recurrent(3),
  RNNCell: cell(1),
  LSTMCell: cell(4),
  GRUCell: cell(3),
  MultiheadAttention: attention,
  SyncBatchNorm: scaled("num_features", "affine"),
  RMSNorm: (a) => when(a.elementwise_affine, [["weight", [a.normalized_shape].flat().map((v) => size(v as Value))]]),
  ...Object.fromEntries(
    [1, 2, 3].flatMap((axes) => [
      [`Conv${axes}d`, convolution(axes, false)] as const,
      [`ConvTranspose${axes}d`, convolution(axes, true)] as const,
      [`BatchNorm${axes}d`, scaled("num_features", "affine")] as const,
      [`InstanceNorm${axes}d`, scaled("num_features", "affine")] as const,
    ]),
  ),
};

/** What a layer of this name learns; undefined where its tensors are not known one by one. */
export function weightsOf(name: string, args: Bindings): Weights | undefined {
  return Object.hasOwn(TABLE, name) ? TABLE[name]?.(args) : undefined;
}
