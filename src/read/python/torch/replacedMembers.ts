import type { Evaluator } from "../evaluator.js";
import { isInstance } from "../instances.js";
import { callModule } from "../objects.js";
import type { Place } from "../syntax.js";
import { isContainerValue, isFunctionValue, isInstanceValue, isLayerValue } from "../valueKinds.js";
import {
  type CallArguments,
  type ContainerValue,
  type LayerValue,
  libraryAt,
  nativeValue,
  type PyValue,
  type TensorValue,
  unknown,
} from "../values.js";
import { applyLayer } from "./applyLayer.js";
import { callContainer } from "./containers.js";
import { baseOf, isModule } from "./modules.js";

/** A member of a class of PyTorch's by its path: the class and the member. */
const MEMBER = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)\.(\w+)$/;

/** Members by which an object of a class is made and called. */
const MAKES_CALLS = /^(__init__|__new__|__call__|_call_impl|_wrapped_call_impl)$/;

/** Members by which a layer or a container calculates. */
const CALCULATES = /forward/;

/** Calls a module whose class of PyTorch's the file has changed; undefined where it does what it always does. */
export function callReplaced(
  engine: Evaluator,
  module: PyValue,
  args: CallArguments,
  place: Place,
): PyValue | undefined {
  if (engine.patched.size === 0 || !isModule(module)) return undefined;
  const own = isLayerValue(module) ? module.op.name : isContainerValue(module) ? module.what : undefined;
  for (const [path, value] of engine.patched) {
    // Layers calculate with these functions, which may have been put back at another time than is seen.
    if (isLayerValue(module) && path.startsWith("torch.nn.functional."))
      return unknown(`The file gives PyTorch another ${path.split(".").at(-1)}.`);
    const [, cls = "", member = ""] = MEMBER.exec(path) ?? [];
    const isMeant = MAKES_CALLS.test(member) || (own !== undefined && CALCULATES.test(member));
    if (!isMeant || isInstance(module, libraryAt(`torch.nn.${cls}`)) === false) continue;
    if (member === "forward" && cls === own && isFunctionValue(value) && value.how === "plain")
      return engine.call({ kind: "method", fn: value, self: module }, args, place, place);
    return unknown(`The file gives ${cls} another ${member}.`);
  }
  return undefined;
}

/** `nn.ReLU.forward(layer, x)`: what a class of PyTorch's itself does; undefined for any other call. */
export function callOfClass(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  const [, cls = "", member] = MEMBER.exec(path) ?? [];
  const [self, ...positional] = args.positional;
  if (!self || args.uncertain || (member !== "forward" && member !== "__call__")) return undefined;
  const rest = { ...args, positional, places: args.places.slice(1) };
  if (isInstanceValue(self) && member === "__call__" && cls === "Module" && isModule(self))
    return callModule(engine, self, rest, place);
  const module = isInstanceValue(self) && member === "forward" ? baseOf(self) : self;
  if (!module || !isModule(module) || isInstance(module, libraryAt(`torch.nn.${cls}`)) !== true) return undefined;
  if (isLayerValue(module)) return applyLayer(engine, module, rest, place);
  return isContainerValue(module) ? callContainer(engine, module, rest, place) : undefined;
}

/** The `forward` of the layer or container that an object's class is derived from. */
export const runBase = (engine: Evaluator, base: LayerValue | ContainerValue): PyValue =>
  isContainerValue(base)
    ? base
    : nativeValue("forward", (args, at) => callReplaced(engine, base, args, at) ?? applyLayer(engine, base, args, at));

/** A method of all tensors that the file itself sets. */
export function replacedOfTensor(engine: Evaluator, self: TensorValue, name: string): PyValue | undefined {
  if (engine.patched.size === 0) return undefined;
  const fn = engine.patched.get(`torch.Tensor.${name}`);
  const isMethod = isFunctionValue(fn) && fn.how === "plain";
  return fn && (isMethod ? { kind: "method", fn, self } : unknown(`The file gives tensors another ${name}.`));
}
