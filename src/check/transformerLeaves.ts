import type { Bindings, Value } from "../core/expr/evaluate.js";
import { isDim, truth } from "../core/expr/evaluate.js";
import { applyOp } from "../core/layer/apply.js";
import type { Shape, Size } from "../core/layer/op.js";
import { opNamed } from "../core/ops/index.js";

/** A layer within a layer of PyTorch: its path there, its class, what it gives and how many parameters it has. */
export type InnerLeaf = readonly [path: string, name: string, output: Shape, params: Size];

type Step = readonly [path: string, name: "Dropout" | "LayerNorm" | "Linear", isWide?: boolean];

const SMALL: readonly Step[] = [
  ["linear1", "Linear", true],
  ["dropout", "Dropout", true],
  ["linear2", "Linear"],
];

/** The layers of an encoder's or a decoder's layer in the order in which PyTorch calls them; attention calls none. */
function stepsOf(isDecoder: boolean, isNormFirst: boolean): readonly Step[] {
  const attentions = isDecoder ? [1, 2] : [1];
  const last = attentions.length + 1;
  const pair = (i: number): readonly Step[] => [
    [`dropout${i}`, "Dropout"],
    [`norm${i}`, "LayerNorm"],
  ];
  const attend = attentions.flatMap((i) => (isNormFirst ? pair(i).toReversed() : pair(i)));
  const end = pair(last);
  return isNormFirst ? [...attend, end[1] as Step, ...SMALL, end[0] as Step] : [...attend, ...SMALL, ...end];
}

/** Whether PyTorch calculates an encoder's layer as a whole when nothing is learned: then none of its layers is called. */
function isFused(args: Bindings, input: Shape, isMasked: boolean): boolean {
  const heads = args.nhead;
  const activation = args.activation;
  return (
    truth(args.batch_first) === true &&
    input.length === 3 &&
    !isMasked &&
    typeof heads === "number" &&
    heads % 2 === 0 &&
    (activation === "relu" || activation === "gelu")
  );
}

const countOf = (name: string, args: Bindings): Size => {
  const op = opNamed(name);
  return op && applyOp(op, args).params;
};

function layerLeaves(kind: string, args: Bindings, input: Shape, isMasked: boolean): readonly InnerLeaf[] {
  const isDecoder = kind === "Decoder";
  if (!isDecoder && isFused(args, input, isMasked)) return [];
  const [width, wide] = [args.d_model, args.dim_feedforward];
  const bias = args.bias ?? true;
  return stepsOf(isDecoder, truth(args.norm_first) === true).map(([path, name, isWide]) => {
    const own: Bindings =
      name === "Linear"
        ? { in_features: isWide ? width : wide, out_features: isWide ? wide : width, bias }
        : { normalized_shape: width, elementwise_affine: true, bias };
    const last = isWide ? wide : width;
    const output = [...input.slice(0, -1), isDim(last) ? last : undefined];
    return [path, name, output, name === "Dropout" ? 0 : countOf(name, own)];
  });
}

/** Under another name: `encoder_layer_d_model` is the `d_model` of the layer that a stack repeats. */
const argsWithin = (args: Bindings, prefix: string): Bindings =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]): (readonly [string, Value | undefined])[] =>
      name.startsWith(`${prefix}_`) ? [[name.slice(prefix.length + 1), value]] : [],
    ),
  );

const under = (prefix: string, leaves: readonly InnerLeaf[]): readonly InnerLeaf[] =>
  leaves.map(([path, ...rest]) => [`${prefix}.${path}`, ...rest]);

function stackLeaves(
  kind: string,
  count: Value | undefined,
  args: Bindings,
  input: Shape,
  isMasked: boolean,
): InnerLeaf[] {
  const each = layerLeaves(kind, args, input, isMasked);
  return typeof count === "number" && count <= 1000
    ? Array.from({ length: count }, (_, i) => under(`layers.${i}`, each)).flat()
    : [];
}

/** The layers that a Transformer, or a part of one, calls within itself, in their order; undefined for another layer. */
export function transformerLeaves(
  name: string,
  args: Bindings,
  input: Shape,
  target: Shape | undefined,
  isMasked: boolean,
): readonly InnerLeaf[] | undefined {
  const kind = /^Transformer(Encoder|Decoder)?(Layer)?$/.exec(name);
  if (!kind) return undefined;
  if (kind[1] === undefined) {
    if (!target) return [];
    const norm = (of: Shape): InnerLeaf => [
      "norm",
      "LayerNorm",
      of,
      countOf("LayerNorm", { normalized_shape: args.d_model, elementwise_affine: true, bias: true }),
    ];
    return [
      ...under("encoder", [...stackLeaves("Encoder", args.num_encoder_layers, args, input, isMasked), norm(input)]),
      ...under("decoder", [...stackLeaves("Decoder", args.num_decoder_layers, args, target, isMasked), norm(target)]),
    ];
  }
  if (kind[2]) return layerLeaves(kind[1], args, input, isMasked);
  const own = argsWithin(args, `${kind[1].toLowerCase()}_layer`);
  const layers = stackLeaves(kind[1], args.num_layers, own, input, isMasked);
  const norm: readonly InnerLeaf[] =
    typeof args.norm === "string"
      ? [["norm", args.norm, input, isDim(args.norm_params) ? args.norm_params : undefined]]
      : [];
  return [...layers, ...norm];
}
