import { exactValue } from "../../../core/dims/dim.js";
import { isDim, type Value } from "../../../core/expr/evaluate.js";
import { applyRemembered } from "../../../core/layer/remembered.js";
import { weightsOf } from "../../../core/ops/weights.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import {
  boolValue,
  floatValue,
  int,
  type LayerValue,
  libraryAt,
  NONE,
  nativeValue,
  notFollowed,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "../values.js";
import { applyLayer } from "./applyLayer.js";
import { layerParameter } from "./layerParameters.js";
import { moduleMember } from "./moduleMethods.js";
import { callReplaced } from "./replacedMembers.js";

/** Arguments of convolutions that PyTorch keeps as one value for each axis. */
const PER_AXIS = new Set(["kernel_size", "stride", "padding", "dilation", "output_padding"]);

/** An attribute of a layer of PyTorch. */
export function layerAttribute(engine: Evaluator, layer: LayerValue, name: string, place: Place): PyValue {
  const { op, args, bound } = layer;
  const set = layer.attributes?.get(name) ?? layerParameter(layer, name);
  if (set) return set;
  if (name === "__class__") return libraryAt(`torch.nn.${op.name}`);
  if (name === "forward" || name === "_conv_forward")
    return nativeValue(name, (given, at) => {
      const args = name === "forward" ? given : { ...given, positional: given.positional.slice(0, 1) };
      const replaced = name === "forward" ? callReplaced(engine, layer, args, at) : undefined;
      return replaced ?? applyLayer(engine, layer, args, at);
    });
  const lost = notFollowed(`${name} of ${op.name}`);
  if (!bound) return moduleMember(engine, layer, name) ?? lost;
  if (weightsOf(op.name, args) && /^(weight|bias|in_proj_bias|bias_k|bias_v)$/.test(name)) return NONE;
  const kept = buffer(layer, name);
  if (kept) return kept;
  if (Object.hasOwn(args, name)) {
    const value = args[name];
    const isSpread = PER_AXIS.has(name) && /^Conv/.test(op.name) && isDim(value);
    if (isSpread) return fromFormula(Array.from({ length: op.axes }, () => value)) ?? lost;
    if (name === "stride" && value === null) return fromFormula(args.kernel_size) ?? lost;
    if (name === "normalized_shape" && isDim(value)) return fromFormula([value]) ?? lost;
    return fromFormula(value) ?? lost;
  }
  if ((name === "weight" || name === "bias") && applyRemembered(op, args).params === 0)
    engine.fail("AttributeError", place, `${op.name} has no ${name}: it learns nothing.`, "Use a layer that has one.");
  return moduleMember(engine, layer, name) ?? lost;
}

/** A tensor that a batch norm keeps beside its parameters. */
function buffer({ op, args }: LayerValue, name: string): PyValue | undefined {
  if (!/BatchNorm/.test(op.name) || !/^(running_(mean|var)|num_batches_tracked)$/.test(name)) return undefined;
  if (args.track_running_stats === false) return NONE;
  const size = isDim(args.num_features) ? args.num_features : undefined;
  return { kind: "tensor", shape: name === "num_batches_tracked" ? [] : [size] };
}

/** A layer's argument as Python has it; undefined where it is not known. */
function fromFormula(value: Value | undefined): PyValue | undefined {
  if (value === undefined) return undefined;
  if (value === null) return NONE;
  if (typeof value === "boolean") return boolValue(value);
  if (typeof value === "string") return stringValue(value);
  if (isDim(value)) {
    const exact = typeof value === "number" ? undefined : exactValue(value);
    return exact && exact.d !== 1n ? floatValue(Number(exact.n) / Number(exact.d)) : int(value);
  }
  const items = value.map((v) => fromFormula(v) ?? unknown("It is not known."));
  return tupleValue(items);
}
