import type { Shape } from "../../../core/ops/op.js";
import type { CallArguments, LayerValue, PyValue, TensorValue } from "../values.js";
import { unknown } from "../values.js";

/** Keywords that change what attention returns beside its first output. */
const CHANGING = ["need_weights", "average_attn_weights"];

/** The tuple that a layer such as nn.LSTM returns, with `first` as its first tensor. */
export function tupleOf(layer: LayerValue, args: CallArguments, input: TensorValue, first: TensorValue): PyValue {
  const { outputs } = layer.op;
  if (!outputs || !first.shape || !input.shape)
    return unknown("It returns several tensors whose shapes are not known.");
  const others = ["key", "value"].map((name, i) => args.positional[i + 1] ?? args.keywords.get(name));
  const shapes = others.flatMap((v) => (v?.kind === "tensor" && v.shape ? [v.shape] : []));
  const isPlain = CHANGING.every((name) => !args.keywords.has(name)) && args.positional.length <= 3 && !args.uncertain;
  const inDoubt = first.doubt ? ({ doubt: "any" } as const) : {};
  const tensor = (shape: Shape): PyValue => ({ kind: "tensor", shape, ...inDoubt });
  const items = outputs(first.shape, input.shape, layer.args, shapes).map((one, i): PyValue => {
    if (i === 0) return first;
    if (!isPlain) return unknown("What it returns besides is not known.");
    return "tuple" in one ? { kind: "tuple", items: one.tuple.map(tensor) } : tensor(one);
  });
  return { kind: "tuple", items };
}
