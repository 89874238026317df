import type { LayerCall } from "../../src/check/picture.js";
import { toPictureCall } from "../../src/check/python/pictureCall.js";
import { dimSymbol } from "../../src/core/dims/dim.js";
import type { Bindings } from "../../src/core/expr/evaluate.js";
import { applyOp } from "../../src/core/layer/apply.js";
import { bind, readSignature } from "../../src/core/layer/signature.js";
import { opNamed } from "../../src/core/ops/index.js";

/** A PyTorch layer on an input, with all that the catalogue says of it; a size that is text is a symbol, and no size at all no input. */
export function torchCall(name: string, given: Bindings, input: LayerCall["input"]): LayerCall {
  const op = opNamed(name);
  if (!op?.torch) throw new Error(`There is no ${name}.`);
  const { args } = bind(readSignature(op.torch), [], given);
  const shape = input.length > 0 ? input.map((size) => (typeof size === "number" ? size : dimSymbol(size))) : undefined;
  return toPictureCall(op, args, shape, applyOp(op, args, shape));
}
