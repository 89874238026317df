import { given } from "../arguments.js";
import { lookUp } from "../attributes.js";
import type { Evaluator } from "../evaluator.js";
import { Names } from "../journal.js";
import { instantiate } from "../objects.js";
import { asArray, tensorsFor } from "../standard/arrayValues.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { sameShape } from "../trace.js";
import {
  isContainerValue,
  isInstanceValue,
  isIntValue,
  isLayerValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isUnknownValue,
} from "../valueKinds.js";
import {
  boolValue,
  type CallArguments,
  type ClassValue,
  int,
  libraryAt,
  NONE,
  type PyValue,
  someDevice,
  someNumber,
  type TensorValue,
  tupleValue,
  unknown,
} from "../values.js";
import { gradients } from "./gradients.js";
import { layerParameter } from "./layerParameters.js";
import { fromPretrained } from "./pretrained.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

/** `nn.Module` as a class, for those who make objects of it itself. */
const MODULE: ClassValue = {
  kind: "class",
  name: "Module",
  nameAt: { from: 0, to: 0 },
  bases: [libraryAt("torch.nn.Module")],
  members: new Names(),
  body: [],
};

/** `nn.Parameter(tensor)`: the tensor as one that is learned. */
const parameter: Call = (_, { positional, byKeyword }) => {
  const of = positional[0] ?? byKeyword.get("data");
  const trains = positional[1] ?? byKeyword.get("requires_grad");
  const base: TensorValue = isTensorValue(of)
    ? { kind: "tensor", shape: of.shape, dtype: of.dtype }
    : { kind: "tensor", shape: undefined, reason: isUnknownValue(of) ? of.reason : "Its data is not known." };
  return { ...base, parameter: true, ...(trains ? { trains } : {}) };
};

/** `checkpoint(function, *args)` runs the function. */
const checkpoint: Call = (engine, { positional: [fn, ...positional], byKeyword, ...rest }, place) => {
  const own = new Map([...byKeyword].filter(([name]) => !CHECKPOINT.has(name)));
  return fn
    ? engine.call(fn, { ...rest, positional, byKeyword: own, places: rest.places.slice(1) }, place, place)
    : unknown("What is run is not known.");
};

const CHECKPOINT = new Set(["use_reentrant", "preserve_rng_state", "context_fn", "determinism_check", "debug"]);

/** `checkpoint_sequential(layers, segments, input)` runs the layers one after the other. */
const checkpointSequential: Call = (engine, { positional: [layers, , input], byKeyword }, place) => {
  const value = input ?? byKeyword.get("input");
  if (!layers || !value) return unknown("What is run is not known.");
  if (isContainerValue(layers)) return engine.call(layers, given(value), place, place);
  const all = engine.iterate(layers);
  return all
    ? all.reduce<PyValue>((at, layer) => engine.call(layer, given(at), place, place), value)
    : unknown("What is run is not known.");
};

/** A module, and the name of its weight that is meant. */
function weightOf({ positional, byKeyword }: CallArguments): readonly [PyValue, string | undefined] {
  const name = positional[1] ?? byKeyword.get("name");
  const module = positional[0] ?? byKeyword.get("module") ?? unknown("What it is given is not known.");
  return [module, isStringValue(name) ? name.value : name ? undefined : "weight"];
}

/** `remove_weight_norm(layer)`: the weight is learned as it is again. */
const withoutWeightNorm: Call = (engine, args) => {
  const [layer, which] = weightOf(args);
  const made = new Set([which, `${which}_g`, `${which}_v`]);
  if (isLayerValue(layer) && layer.replaced)
    engine.journal.set(layer, "replaced", new Map([...layer.replaced].filter(([name]) => !made.has(name))));
  return layer;
};

/** `weight_norm(layer)`: a weight is learned as its direction and, for each slice along one dimension, its length. */
const weightNorm: Call = (engine, args, place) => {
  const { positional, byKeyword } = args;
  const [layer, which] = weightOf(args);
  const dim = positional[2] ?? byKeyword.get("dim") ?? int(0);
  if (!isLayerValue(layer) || which === undefined) return around(engine, args, place);
  const weight = layerParameter(layer, which);
  const shape = isTensorValue(weight) ? weight.shape : undefined;
  const at = isNoneValue(dim) ? null : isIntValue(dim) && typeof dim.value === "number" ? dim.value : undefined;
  const kept = at === undefined || !shape ? undefined : at === null ? [] : shape.map((d, i) => (i === at ? d : 1));
  const learned = (of: TensorValue["shape"]): TensorValue => ({ kind: "tensor", shape: of, parameter: true });
  const added = [
    [which, { kind: "tensor", shape } as const],
    [`${which}_g`, learned(kept)],
    [`${which}_v`, learned(shape)],
  ] as const;
  engine.journal.set(layer, "replaced", new Map<string, PyValue>([...(layer.replaced ?? []), ...added]));
  return layer;
};

/** `register_parametrization(layer, "weight", made)`: the weight is what is made of the one that is learned. */
const parametrized: Call = (engine, args, place) => {
  const [layer] = weightOf(args);
  const name = args.positional[1] ?? args.byKeyword.get("tensor_name");
  const by = args.positional[2] ?? args.byKeyword.get("parametrization");
  if (isLayerValue(layer) && isStringValue(name) && by) {
    const weight = layerParameter(layer, name.value) ?? NONE;
    // What turns a weight around takes something else than the weight.
    const isTurned = isInstanceValue(by) && lookUp(by.cls, "right_inverse", by) !== undefined;
    const made = isTurned ? NONE : engine.call(by, given(weight), place, place);
    const isAlike = isTensorValue(made) && isTensorValue(weight) && sameShape(made.shape, weight.shape);
    const lost = unknown("What is made of it is not known.");
    if (!isAlike) engine.journal.set(layer, "replaced", new Map([...(layer.replaced ?? []), [name.value, lost]]));
  }
  return around(engine, args, place);
};

/** `_pair(3)` of PyTorch's own modules: the same number so many times, or what is given as a tuple. */
const repeated =
  (times: number): Call =>
  (engine, { positional: [value] }) => {
    if (!value || isUnknownValue(value)) return unknown("Its items are not known.");
    if (["list", "tuple", "range", "string", "iterator"].includes(value.kind)) {
      const items = engine.iterate(value);
      return items ? tupleValue(items) : unknown("Its items are not known.");
    }
    return tupleValue(Array.from({ length: times }, () => value));
  };

/** `torch.Size([2, 3])`: the sizes of a tensor, as its `shape` has them. */
const size: Call = (engine, args) => {
  const [from = tupleValue([])] = take(args, "/sizes?") ?? [unknown("Its sizes are not known.")];
  const items = isTensorValue(from) ? undefined : engine.iterate(from);
  return items?.every((v) => isIntValue(v) || isUnknownValue(v))
    ? { kind: "tuple", isShape: true, items }
    : unknown("Its sizes are not known.");
};

const first: Call = (_, { positional: [value] }) => value ?? unknown("What it is given is not known.");

/** What gives back a module that does what it did, with attributes that PyTorch has added. */
const AROUND =
  /^torch\.(compile|jit\.(script|trace)|nn\.(parallel\.(Distributed)?)?DataParallel|nn\.utils\.(((parametrizations\.|remove_)?spectral_norm)|parametrizations\.orthogonal|parametrize\.remove_parametrizations|prune\.(identity|remove|custom_from_mask|(random|l1)_unstructured|(random|ln)_structured)))$/;

const around: Call = (_, { positional: [given], byKeyword }) => {
  const value =
    given ?? ["module", "model", "obj", "func"].map((name) => byKeyword.get(name)).find((v) => v !== undefined);
  if (value && isInstanceValue(value)) value.isWrapped = true;
  return value ?? unknown("What it is given is not known.");
};
const second: Call = (_, { positional: [, value] }) => value ?? unknown("What it is given is not known.");

/** The limits of a type of numbers: whatever is asked of them is a number. */
const limits: Call = () => someNumber("Which limit of which type it is is not known.");
const falsehood: Call = () => boolValue(false);

/** What PyTorch does with modules, functions and parameters as wholes. */
const CALLS: Readonly<Record<string, Call>> = {
  "torch.nn.Module": (engine, args, place) => instantiate(engine, MODULE, args, place),
  "torch.nn.Parameter": parameter,
  "torch.nn.parameter.Parameter": parameter,
  "torch.nn.Buffer": first,
  "torch.Size": size,
  "torch.device": someDevice,
  "torch.finfo": limits,
  "torch.iinfo": limits,
  "numpy.finfo": limits,
  "numpy.iinfo": limits,
  "torch.utils.checkpoint.checkpoint": checkpoint,
  "torch.utils.checkpoint.checkpoint_sequential": checkpointSequential,
  "torch.jit.annotate": second,
  "torch.jit.is_scripting": falsehood,
  "torch.jit.is_tracing": falsehood,
  "torch.onnx.is_in_onnx_export": falsehood,
  "torch.fx.wrap": first,
  "torch.autograd.Variable": first,
  "torch.autograd.grad": gradients,
  "torch.nn.utils.weight_norm": weightNorm,
  "torch.nn.utils.parametrizations.weight_norm": weightNorm,
  "torch.nn.utils.parametrize.register_parametrization": parametrized,
  "torch.nn.utils.remove_weight_norm": withoutWeightNorm,
  "torch.nn.modules.utils._single": repeated(1),
  "torch.nn.modules.utils._pair": repeated(2),
  "torch.nn.modules.utils._triple": repeated(3),
  "torch.nn.modules.utils._quadruple": repeated(4),
  "torch.from_numpy": (engine, { positional: [value = NONE] }) => {
    const of = tensorsFor(asArray(engine, value));
    return isTensorValue(of) ? { ...of } : unknown("What the array holds is not known.");
  },
  "torch.is_tensor": (_, { positional: [value] }) =>
    value && !isUnknownValue(value) ? boolValue(isTensorValue(value)) : unknown("It is not known."),
};

/** Calls what PyTorch has for modules, functions and parameters as wholes; undefined where there is nothing of this name. */
export function moduleCall(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  if (path.startsWith("torch.nn.init.")) return first(engine, args, place);
  if (path.endsWith(".from_pretrained")) return fromPretrained(engine, path, args, place);
  if (AROUND.test(path)) return around(engine, args, place);
  if (!Object.hasOwn(CALLS, path)) return undefined;
  return args.uncertain ? unknown("Its arguments are not known.") : CALLS[path]?.(engine, args, place);
}
