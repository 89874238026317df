import { namesIn } from "../../../core/operations/index.js";
import { sizesFrom } from "../../../core/operations/reshape.js";
import { opNamed, ops } from "../../../core/ops/index.js";
import { callBuiltin } from "../builtins.js";
import { loseTrackOf } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import { kerasCall } from "../keras/library.js";
import { kerasNames } from "../keras/names.js";
import { MATH } from "../numbers.js";
import type { Place } from "../syntax.js";
import { anything, type CallArguments, type PyValue, unknown } from "../values.js";
import { callOperation, operationAt } from "./callOperation.js";
import { construct } from "./construct.js";
import { makeContainer } from "./containers.js";
import { toOperand } from "./operand.js";

/** A name of a library as a value: what is called is decided at the call. */
export const libraryValue = (path: string): PyValue =>
  path === "math.pi" || path === "numpy.pi" ? { kind: "float", value: Math.PI } : { kind: "library", path };

/** The names that `from module import *` brings, for the modules whose names are known. */
export function libraryNames(module: string): readonly string[] | undefined {
  if (module === "torch.nn")
    return [
      ...ops.flatMap((op) => (op.torch?.startsWith("nn.") ? [op.name] : [])),
      ...Object.keys(CONTAINERS),
      "Module",
      "Parameter",
      "functional",
      "init",
    ];
  if (module === "torch.nn.functional") return namesIn("F.");
  return kerasNames(module) ?? (/^(typing|math|torch)\b/.test(module) ? [] : undefined);
}

const CONTAINERS = { Sequential: "Sequential", ModuleList: "ModuleList", ModuleDict: "ModuleDict" } as const;

/** What hands a model, or a tensor, back as it is as far as shapes go. */
const TRANSPARENT =
  /^torch\.(nn\.(parallel\.)?(DataParallel|DistributedDataParallel|Parameter|parameter\.Parameter)|compile|jit\.(script|trace)|autograd\.Variable)$/;

/** Libraries of which no function changes the lists, dictionaries and models that it is given. */
const HARMLESS =
  /^(torch|einops|keras|tf_keras|tensorflow|torchvision|torchsummary|torchinfo|torchmetrics|numpy|math|cv2|PIL|matplotlib|seaborn|pandas|sklearn|scipy|wandb|tqdm|logging|time|os|sys|json|pickle|argparse|thop|ptflops|fvcore|tensorboard|warnings|pathlib|typing|operator|functools|itertools|collections|builtins|string|re|random\.(randint|random|choice|sample|seed|uniform|gauss))\b/;

/** Libraries whose values come from outside of the program, so that they may be anything. */
const OUTSIDE =
  /^(argparse|os|sys|random|click|yaml|json|time|hydra|omegaconf|torch\.(cuda|backends|initial_seed|load|hub|distributed|utils\.data)|torchvision\.(datasets|transforms)|(tensorflow\.)?keras\.(datasets|preprocessing|utils)|numpy\.random)\b/;

/** Calls something of a library by its full name. */
export function libraryCall(
  engine: Evaluator,
  path: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const keras = kerasCall(engine, path, args, place, callee);
  if (keras) return keras;
  const layer = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];
  const [self] = args.positional;
  if (TRANSPARENT.test(path)) return self ?? unknown("What it is given is not known.");
  if (layer !== undefined) {
    if (Object.hasOwn(CONTAINERS, layer)) return makeContainer(layer as keyof typeof CONTAINERS, args, place);
    const op = opNamed(layer);
    return op?.torch?.startsWith("nn.")
      ? construct(engine, op, args, place, callee)
      : unknown(`Dimsum does not know nn.${layer} yet.`);
  }
  const foreign = opNamed(path.split(".").at(-1) ?? "");
  if (foreign?.torch?.startsWith(`${path}(`)) return construct(engine, foreign, args, place, callee);
  const called = operationAt(path);
  if (called) return callOperation(engine, called, undefined, args, place, callee);
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
  const sizes = size && sizesFrom(toOperand(size));
  if (!model || !sizes) return unknown("The input's size is not known.");
  const batched = engine.tensor(path.startsWith("torchsummary") ? [2, ...sizes] : sizes);
  engine.call(model, { positional: [batched], keywords: new Map(), uncertain: false, places: [] }, place, place);
  return unknown("It prints a summary.");
}
