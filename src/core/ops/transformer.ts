import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Others, Rule, Shape } from "../layer/op.js";
import { counted } from "../operations/operands.js";
import {
  hasOtherWidth,
  headsDivide,
  maskRule,
  meetingRule,
  SEQUENCE,
  sequenceSize,
  widthRule,
} from "./attentionRules.js";

const settings = "dim_feedforward=2048, dropout=0.1, activation='relu'";
const ending = "layer_norm_eps=0.00001, batch_first=False, norm_first=False, bias=True";

/** The parameters of a layer with so many attentions, each followed by a layer norm as the small network is. */
const layerParams = (attentions: number): string =>
  `(${attentions}*(4*E*E + bias*4*E) + 2*E*F + bias*(F + E) + ${attentions + 1}*E*(1 + bias))`;

/** The products of self-attention over a sequence, and of the small network at each of its places. */
const selfMacs = (length: string): string => `(4*${length}*E*E + 2*${length}*${length}*E + 2*${length}*E*F)`;
/** The same for attention from one sequence to another. */
const crossMacs = (from: string, to: string): string => `(2*${from}*E*E + 2*${to}*E*E + 2*${from}*${to}*E)`;

const otherWidth = (what: string, shape: Shape | undefined, width: string): Rule => ({
  ...widthRule(width),
  say: `${width} is {${width}}, the ${what} has ${counted(shape?.at(-1), "feature")}.`,
  advise: "Make the two the same.",
});

/** An encoder's output has the shape of its input; the mask is for that sequence. */
const encoded = (source: Shape, args: Bindings, [mask]: Others): Shape | Rule =>
  maskRule(mask, sequenceSize(source, args, "length")) ?? source;

/** A decoder's output has the shape of what it decodes; its memory has to have the same width and batch. */
function decoded(target: Shape, args: Bindings, [memory]: Others): Shape | Rule {
  if (hasOtherWidth(memory, args.d_model)) return otherWidth("memory", memory, "d_model");
  return meetingRule(target, memory, args, "The decoder's input and the memory") ?? target;
}

/** The whole Transformer gives its target's shape. */
function translated(source: Shape, args: Bindings, [target]: Others): Shape | Rule {
  if (hasOtherWidth(target, args.d_model)) return otherWidth("target", target, "d_model");
  const broken = meetingRule(source, target, args, "src and tgt");
  return broken ?? target ?? source.map((size, i) => (i === source.length - 1 ? size : undefined));
}

const letters = { E: "d_model", h: "nhead", F: "dim_feedforward" };
const rules = [headsDivide("d_model", "nhead"), widthRule("d_model")];

const encoderLayer: Op = {
  name: "TransformerEncoderLayer",
  summary: "Self-attention, then a small network for each place, each with a skip and a layer norm.",
  torch: `nn.TransformerEncoderLayer(d_model, nhead, ${settings}, ${ending})`,
  forward: "forward(src, src_mask=None, src_key_padding_mask=None, is_causal=False)",
  axes: 0,
  letters,
  quiet: ["bias"],
  input: SEQUENCE,
  output: encoded,
  derived: (args, input) => ({ T: sequenceSize(input, args, "length") }),
  params: layerParams(1),
  macs: selfMacs("T"),
  rules,
  examples: [{ args: { d_model: 6, nhead: 2, dim_feedforward: 19 }, input: [5, 2, 6], output: [5, 2, 6], params: 445 }],
};

const decoderLayer: Op = {
  ...encoderLayer,
  name: "TransformerDecoderLayer",
  summary:
    "Self-attention, attention to the memory, then a small network for each place, each with a skip and a layer norm.",
  torch: `nn.TransformerDecoderLayer(d_model, nhead, ${settings}, ${ending})`,
  forward:
    "forward(tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False)",
  output: decoded,
  derived: (args, input, [memory]) => ({
    T: sequenceSize(input, args, "length"),
    M: sequenceSize(memory, args, "length"),
  }),
  params: layerParams(2),
  macs: `${selfMacs("T")} + ${crossMacs("T", "M")}`,
  examples: [{ args: { d_model: 6, nhead: 2, dim_feedforward: 19 }, input: [5, 2, 6], output: [5, 2, 6], params: 625 }],
};

const whole: Op = {
  ...encoderLayer,
  name: "Transformer",
  summary: "An encoder reads the source, a decoder writes the target while it looks at what the encoder made.",
  torch: `nn.Transformer(d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, ${settings}, custom_encoder=None, custom_decoder=None, ${ending})`,
  forward:
    "forward(src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False)",
  output: translated,
  derived: (args, input, [target]) => ({
    M: sequenceSize(input, args, "length"),
    T: sequenceSize(target, args, "length"),
  }),
  params: `custom_encoder == null and custom_decoder == null ? num_encoder_layers*${layerParams(1)} + num_decoder_layers*${layerParams(2)} + 2*E*(1 + bias) : unknown`,
  macs: `num_encoder_layers*${selfMacs("M")} + num_decoder_layers*(${selfMacs("T")} + ${crossMacs("T", "M")})`,
  examples: [{ args: {}, input: [5, 2, 512], others: [[7, 2, 512]], output: [7, 2, 512], params: 44_140_544 }],
};

/** The same shape again, where the layers are PyTorch's own: any other may make anything of it. */
const stacked =
  (what: string, one: typeof encoded) =>
  (input: Shape, args: Bindings, others: Others): Shape | Rule =>
    isDim(args[`${what}_d_model`]) ? one(input, ownArgs(what, args), others) : input.map(() => undefined);

const ownArgs = (what: string, args: Bindings): Bindings => ({
  ...args,
  d_model: args[`${what}_d_model`],
  batch_first: args[`${what}_batch_first`],
});

/** So many copies of a layer, which is an argument: what that layer has is bound under `encoder_layer_…`. */
function stack(kind: "Encoder" | "Decoder", more: string): Op {
  const layer = `${kind.toLowerCase()}_layer`;
  const base = kind === "Encoder" ? encoderLayer : decoderLayer;
  return {
    ...base,
    name: `Transformer${kind}`,
    summary: `A stack of copies of one ${kind.toLowerCase()} layer, one after the other.`,
    torch: `nn.Transformer${kind}(${layer}, num_layers, norm=None${more})`,
    forward: (base.forward ?? "").replace("src_mask", kind === "Encoder" ? "mask" : "src_mask"),
    letters: { E: `${layer}_d_model`, F: `${layer}_dim_feedforward` },
    output: stacked(layer, kind === "Encoder" ? encoded : decoded),
    derived: (args, input, others) => base.derived?.(ownArgs(layer, args), input, others) ?? {},
    params: `num_layers*${layer}_params + (norm == null ? 0 : norm_params)`,
    macs: `num_layers*(${base.macs})`,
    rules: [
      {
        code: "width",
        when: "features != E",
        say: "The layers' d_model is {E}, the input has {features|feature}.",
        advise: "Make the two the same.",
        argument: layer,
      },
    ],
    examples: [],
  };
}

/** The Transformer, its stacks and its layers. */
export const transformer: readonly Op[] = [
  encoderLayer,
  decoderLayer,
  stack("Encoder", ", enable_nested_tensor=True, mask_check=True"),
  stack("Decoder", ""),
  whole,
];
