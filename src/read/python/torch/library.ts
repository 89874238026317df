import { opNamed, ops } from "../../../core/ops/index.js";
import type { Op } from "../../../core/ops/op.js";
import { readSignature } from "../../../core/ops/signature.js";
import { callBuiltin } from "../builtins.js";
import { loseTrackOf } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import { MATH } from "../numbers.js";
import type { Place } from "../syntax.js";
import { anything, type CallArguments, type PyValue, unknown } from "../values.js";
import { applyToTensor, knownShape } from "./applyLayer.js";
import { bindCall, construct } from "./construct.js";
import { makeContainer } from "./containers.js";
import { CREATORS, concatenate, createTensor } from "./create.js";
import { callMethod, isTensorMethod } from "./tensorMethods.js";

/** Functional forms by their full name: `torch.nn.functional.relu`. */
const functions = new Map<string, Op>();
for (const op of ops) {
  if (!op.functional) continue;
  const { callee } = readSignature(op.functional);
  const name = callee.split(".").at(-1) ?? "";
  functions.set(callee.replace(/^F\./, "torch.nn.functional."), op);
  functions.set(`torch.nn.functional.${name}`, op);
  functions.set(`torch.${name}`, op);
}

/** The functional form of that full name. */
export const functionNamed = (path: string): Op | undefined => functions.get(path);

/** A name of a library as a value: what is called is decided at the call. */
export const libraryValue = (path: string): PyValue =>
  path === "math.pi" || path === "numpy.pi" ? { kind: "float", value: Math.PI } : { kind: "library", path };

/** The names that `from module import *` brings, for the modules whose names are known. */
export function libraryNames(module: string): readonly string[] | undefined {
  if (module === "torch.nn")
    return [
      ...ops.flatMap((op) => (op.torch ? [op.name] : [])),
      ...Object.keys(CONTAINERS),
      "Module",
      "Parameter",
      "functional",
      "init",
    ];
  if (module === "torch.nn.functional")
    return [...functions.keys()].filter((f) => f.startsWith(`${module}.`)).map((f) => f.slice(module.length + 1));
  return /^(typing|math|torch)\b/.test(module) ? [] : undefined;
}

const CONTAINERS = { Sequential: "Sequential", ModuleList: "ModuleList", ModuleDict: "ModuleDict" } as const;

/** What hands a model, or a tensor, back as it is as far as shapes go. */
const TRANSPARENT =
  /^torch\.(nn\.(parallel\.)?(DataParallel|DistributedDataParallel|Parameter|parameter\.Parameter)|compile|jit\.(script|trace)|autograd\.Variable|zeros_like|ones_like|rand_like|randn_like|empty_like|full_like)$/;

/** Libraries of which no function changes the lists, dictionaries and models that it is given. */
const HARMLESS =
  /^(torch|torchvision|torchsummary|torchinfo|torchmetrics|numpy|math|cv2|PIL|matplotlib|seaborn|pandas|sklearn|scipy|wandb|tqdm|logging|time|os|sys|json|pickle|argparse|thop|ptflops|fvcore|tensorboard|warnings|pathlib|typing|operator|functools|itertools|collections|builtins|string|re|random\.(randint|random|choice|sample|seed|uniform|gauss))\b/;

/** Libraries whose values come from outside of the program, so that they may be anything. */
const OUTSIDE =
  /^(argparse|os|sys|random|click|yaml|json|time|hydra|omegaconf|torch\.(cuda|backends|initial_seed|load|hub|distributed|utils\.data)|torchvision\.(datasets|transforms)|numpy\.random)\b/;

/** Calls something of a library by its full name. */
export function libraryCall(
  engine: Evaluator,
  path: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const layer = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];
  const [self] = args.positional;
  if (TRANSPARENT.test(path)) return self ?? unknown("What it is given is not known.");
  if (layer !== undefined) {
    if (Object.hasOwn(CONTAINERS, layer)) return makeContainer(layer as keyof typeof CONTAINERS, args, place);
    const op = opNamed(layer);
    return op?.torch ? construct(engine, op, args, place, callee) : unknown(`Dimsum does not know nn.${layer} yet.`);
  }
  const op = functionNamed(path);
  if (op?.functional) return callFunctional(engine, op, op.functional, args, place, callee);
  const name = /^torch\.(?:nn\.functional\.)?(\w+)$/.exec(path)?.[1] ?? "";
  if (path.startsWith("torch.") && CREATORS.has(name)) return createTensor(engine, name, args);
  if (path === "torch.cat" || path === "torch.concat" || path === "torch.concatenate")
    return concatenate(engine, args, place);
  if (path.startsWith("torch.") && self?.kind === "tensor" && isTensorMethod(name)) {
    const rest = { ...args, positional: args.positional.slice(1), places: args.places.slice(1) };
    return callMethod(engine, self, name, rest, place);
  }
  if (path === "collections.OrderedDict") return orderedDict(args);
  if (/^torch(summary|info|summaryX)\.summary$/.test(path)) return summarize(engine, path, args, place);
  if (Object.hasOwn(MATH, path) && !args.uncertain) return (MATH[path] as (typeof MATH)[string])(engine, args);
  const own = path.startsWith("builtins.")
    ? callBuiltin(engine, path.slice("builtins.".length), args, place)
    : undefined;
  if (own) return own;
  if (!HARMLESS.test(path)) loseTrackOf(engine.journal, args);
  const reason = `Dimsum does not know ${path} yet.`;
  return OUTSIDE.test(path) ? anything(reason) : unknown(reason);
}

/** Calls a functional form: the arguments that the layer's own call takes are tensors, the others are the layer's. */
export function callFunctional(
  engine: Evaluator,
  op: Op,
  signature: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const found = bindCall(engine, signature, args, place, callee);
  const taken = readSignature(op.forward ?? "forward(input)").parameters.map((p) => found.values.get(p.name));
  const [input, ...further] = taken;
  if (!found.bound) return unknown("Its arguments are not understood.");
  if (input?.kind !== "tensor")
    return input?.kind === "unknown" ? input : unknown("Its input is not a tensor that Dimsum follows.");
  const layer = { op, args: found.args, site: found.site };
  return applyToTensor(engine, layer, input, place, undefined, further.map(knownShape));
}

function orderedDict(args: CallArguments): PyValue {
  const [first] = args.positional;
  if (args.uncertain || first?.kind === "dict" || first?.kind === "unknown")
    return { kind: "dict", entries: first?.kind === "dict" && args.keywords.size === 0 ? first.entries : undefined };
  const pairs = first?.kind === "list" || first?.kind === "tuple" ? first.items : [];
  const entries = new Map<string, readonly [PyValue, PyValue]>();
  for (const pair of pairs ?? []) {
    const items = pair.kind === "tuple" || pair.kind === "list" ? pair.items : undefined;
    const [key, value] = items ?? [];
    if (key?.kind !== "string" || !value) return { kind: "dict", entries: undefined };
    entries.set(`s:${key.value}`, [key, value]);
  }
  for (const [key, value] of args.keywords) entries.set(`s:${key}`, [{ kind: "string", value: key }, value]);
  return { kind: "dict", entries: pairs ? entries : undefined };
}

/** `summary(model, (1, 28, 28))` runs the model; torchsummary's sizes have no batch, torchinfo's have. */
function summarize(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue {
  const model = args.positional[0] ?? args.keywords.get("model");
  const size = args.positional[1] ?? args.keywords.get("input_size");
  const input =
    size && createTensor(engine, "zeros", { positional: [size], keywords: new Map(), uncertain: false, places: [] });
  if (!model || input?.kind !== "tensor" || !input.shape) return unknown("The input's size is not known.");
  const batched = path.startsWith("torchsummary") ? engine.tensor([2, ...input.shape]) : input;
  engine.call(model, { positional: [batched], keywords: new Map(), uncertain: false, places: [] }, place, place);
  return unknown("It prints a summary.");
}
