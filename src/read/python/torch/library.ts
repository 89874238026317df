import { opNamed, ops } from "../../../core/ops/index.js";
import type { Op } from "../../../core/ops/op.js";
import { readSignature } from "../../../core/ops/signature.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { type CallArguments, type PyValue, unknown } from "../values.js";
import { applyToTensor } from "./applyLayer.js";
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
export const libraryValue = (_: Evaluator, path: string): PyValue =>
  path === "math.pi" || path === "numpy.pi" ? { kind: "float", value: Math.PI } : { kind: "library", path };

const CONTAINERS = { Sequential: "Sequential", ModuleList: "ModuleList", ModuleDict: "ModuleDict" } as const;

/** Calls something of a library by its full name. */
export function libraryCall(
  engine: Evaluator,
  path: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const layer = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];
  if (layer !== undefined) {
    if (Object.hasOwn(CONTAINERS, layer)) return makeContainer(layer as keyof typeof CONTAINERS, args, place);
    const op = opNamed(layer);
    return op?.torch ? construct(engine, op, args, place, callee) : unknown(`Dimsum does not know nn.${layer} yet.`);
  }
  const op = functionNamed(path);
  if (op?.functional) return callFunctional(engine, op, op.functional, args, place, callee);
  const name = /^torch\.(?:nn\.functional\.)?(\w+)$/.exec(path)?.[1] ?? "";
  if (path.startsWith("torch.") && CREATORS.has(name)) return createTensor(engine, name, args);
  if (path === "torch.cat" || path === "torch.concat") return concatenate(engine, args, place);
  const [self] = args.positional;
  if (path.startsWith("torch.") && self?.kind === "tensor" && isTensorMethod(name))
    return callMethod(
      engine,
      self,
      name,
      { ...args, positional: args.positional.slice(1), places: args.places.slice(1) },
      place,
    );
  if (path === "collections.OrderedDict") return orderedDict(args);
  if (path === "torchsummary.summary" || path === "torchinfo.summary") return summarize(engine, path, args, place);
  for (const value of args.positional) if (value.kind === "list") value.items = undefined;
  return unknown(`Dimsum does not know ${path} yet.`);
}

/** Calls a functional form: its first argument is the input, the others are the layer's. */
export function callFunctional(
  engine: Evaluator,
  op: Op,
  signature: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const found = bindCall(engine, signature, args, place, callee);
  const input = found.values.get("input");
  if (!found.bound) return unknown("Its arguments are not understood.");
  if (input?.kind !== "tensor")
    return input?.kind === "unknown" ? input : unknown("Its input is not a tensor that Dimsum follows.");
  const output = applyToTensor(engine, { op, args: found.args, site: found.site }, input, place);
  return found.args.return_indices === false || found.args.return_indices === undefined
    ? output
    : unknown("It returns indices too.");
}

function orderedDict(args: CallArguments): PyValue {
  const [first] = args.positional;
  const pairs = first?.kind === "list" || first?.kind === "tuple" ? first.items : [];
  const entries = new Map<string, readonly [PyValue, PyValue]>();
  for (const pair of pairs ?? []) {
    const items = pair.kind === "tuple" || pair.kind === "list" ? pair.items : undefined;
    const [key, value] = items ?? [];
    if (key?.kind !== "string" || !value) return { kind: "dict", entries: undefined };
    entries.set(`s:${key.value}`, [key, value]);
  }
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
