import { bind, readSignature } from "../../../core/layer/signature.js";
import type { BoundLayer } from "../../../core/layer/solve.js";
import { opNamed } from "../../../core/ops/index.js";
import type { LayerCall } from "../trace.js";
import type { TensorValue } from "../values.js";

/** A layer with the tensor that it was given. */
export interface LayerBehind extends BoundLayer {
  readonly input: TensorValue;
}

const flatten = opNamed("Flatten");

/** The layer that made a tensor; `view` to rows of a sample each is nn.Flatten by another name. */
export function layerBehind(calls: readonly LayerCall[], tensor: TensorValue): LayerBehind | undefined {
  const call = calls.findLast((c) => c.output === tensor);
  if (call || !tensor.flattened || !flatten?.torch) return call;
  return { op: flatten, args: bind(readSignature(flatten.torch), [], {}).args, input: tensor.flattened };
}
