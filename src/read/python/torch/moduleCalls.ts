import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import { Names } from "../journal.js";
import { instantiate } from "../objects.js";
import type { Place } from "../syntax.js";
import { type CallArguments, type ClassValue, type PyValue, type TensorValue, unknown } from "../values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

/** `nn.Module` as a class, for those who make objects of it itself. */
const MODULE: ClassValue = {
  kind: "class",
  name: "Module",
  nameAt: { from: 0, to: 0 },
  bases: [{ kind: "library", path: "torch.nn.Module" }],
  members: new Names(),
  body: [],
};

/** `nn.Parameter(tensor)`: the tensor as one that is learned. */
const parameter: Call = (_, { positional, keywords }) => {
  const of = positional[0] ?? keywords.get("data");
  const trains = positional[1] ?? keywords.get("requires_grad");
  const base: TensorValue =
    of?.kind === "tensor"
      ? { kind: "tensor", shape: of.shape, dtype: of.dtype }
      : { kind: "tensor", shape: undefined, reason: of?.kind === "unknown" ? of.reason : "Its data is not known." };
  return { ...base, parameter: true, ...(trains ? { trains } : {}) };
};

/** `checkpoint(function, *args)` runs the function. */
const checkpoint: Call = (engine, { positional: [fn, ...positional], keywords, ...rest }, place) => {
  const own = new Map([...keywords].filter(([name]) => !CHECKPOINT.has(name)));
  return fn
    ? engine.call(fn, { ...rest, positional, keywords: own, places: rest.places.slice(1) }, place, place)
    : unknown("What is run is not known.");
};

const CHECKPOINT = new Set(["use_reentrant", "preserve_rng_state", "context_fn", "determinism_check", "debug"]);

/** `checkpoint_sequential(layers, segments, input)` runs the layers one after the other. */
const checkpointSequential: Call = (engine, { positional: [layers, , input], keywords }, place) => {
  const value = input ?? keywords.get("input");
  if (!layers || !value) return unknown("What is run is not known.");
  if (layers.kind === "container") return engine.call(layers, given(value), place, place);
  const all = engine.iterate(layers);
  return all
    ? all.reduce<PyValue>((at, layer) => engine.call(layer, given(at), place, place), value)
    : unknown("What is run is not known.");
};

const first: Call = (_, { positional: [value] }) => value ?? unknown("What it is given is not known.");
const second: Call = (_, { positional: [, value] }) => value ?? unknown("What it is given is not known.");
const falsehood: Call = () => ({ kind: "bool", value: false });

/** What PyTorch does with modules, functions and parameters as wholes. */
const CALLS: Readonly<Record<string, Call>> = {
  "torch.nn.Module": (engine, args, place) => instantiate(engine, MODULE, args, place),
  "torch.nn.Parameter": parameter,
  "torch.nn.parameter.Parameter": parameter,
  "torch.nn.Buffer": first,
  "torch.utils.checkpoint.checkpoint": checkpoint,
  "torch.utils.checkpoint.checkpoint_sequential": checkpointSequential,
  "torch.compile": first,
  "torch.jit.script": first,
  "torch.jit.trace": first,
  "torch.jit.annotate": second,
  "torch.jit.is_scripting": falsehood,
  "torch.jit.is_tracing": falsehood,
  "torch.onnx.is_in_onnx_export": falsehood,
  "torch.fx.wrap": first,
  "torch.autograd.Variable": first,
  "torch.nn.DataParallel": first,
  "torch.nn.parallel.DataParallel": first,
  "torch.nn.parallel.DistributedDataParallel": first,
  "torch.nn.utils.weight_norm": first,
  "torch.nn.utils.spectral_norm": first,
  "torch.nn.utils.parametrizations.weight_norm": first,
  "torch.nn.utils.parametrizations.spectral_norm": first,
  "torch.is_tensor": (_, { positional: [value] }) =>
    value && value.kind !== "unknown" ? { kind: "bool", value: value.kind === "tensor" } : unknown("It is not known."),
};

/** Calls what PyTorch has for modules, functions and parameters as wholes; undefined where there is nothing of this name. */
export function moduleCall(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue | undefined {
  if (path.startsWith("torch.nn.init.")) return first(engine, args, place);
  if (!Object.hasOwn(CALLS, path)) return undefined;
  return args.uncertain ? unknown("Its arguments are not known.") : CALLS[path]?.(engine, args, place);
}
