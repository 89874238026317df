import { namesIn } from "../../../core/operations/index.js";
import { sizesFrom } from "../../../core/operations/reshape.js";
import { opNamed, ops } from "../../../core/ops/index.js";
import { callBuiltin } from "../builtins.js";
import { loseTrackOf } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import { handOver } from "../handedOver.js";
import { withLists } from "../iterators.js";
import { kerasCall } from "../keras/library.js";
import { kerasNames } from "../keras/names.js";
import { languageCall } from "../languageCalls.js";
import { standardCall, standardNames, standardValue } from "../standard/index.js";
import type { Place } from "../syntax.js";
import { isArrayValue } from "../valueKinds.js";
import {
  anything,
  type CallArguments,
  libraryAt,
  NONE,
  notKnown,
  ofMachine,
  type PyValue,
  unknown,
} from "../values.js";
import { callOperation, operationAt } from "./callOperation.js";
import { construct } from "./construct.js";
import { containerNamed, makeContainer } from "./containers.js";
import { datasetCall } from "./datasets.js";
import { distributionCall } from "./distributions.js";
import { moduleCall } from "./moduleCalls.js";
import { toOperand } from "./operand.js";
import { rowsCall } from "./packed.js";
import { callOfClass } from "./replacedMembers.js";
import { visionModel } from "./visionModels.js";
import { writeOut } from "./writeOut.js";

/** A name of a library as a value: what is called is decided at the call. */
export const libraryValue = (path: string): PyValue => standardValue(path) ?? libraryAt(path);

/** The names that `from module import *` brings, for the modules whose names are known. */
export function libraryNames(module: string): readonly string[] | undefined {
  if (module === "torch.nn")
    return [
      ...ops.flatMap((op) => (op.torch?.startsWith("nn.") ? [op.name] : [])),
      "Sequential",
      "ModuleList",
      "ModuleDict",
      "ParameterList",
      "ParameterDict",
      "Module",
      "Parameter",
      "functional",
      "init",
    ];
  if (module === "torch.nn.functional") return namesIn("F.");
  return kerasNames(module) ?? standardNames(module) ?? (/^(typing|torch)\b/.test(module) ? [] : undefined);
}

/** Libraries of which no function changes the lists, dictionaries and models that it is given. */
const HARMLESS =
  /^(torch|einops|keras|tf_keras|tensorflow|torchvision|torchsummary|torchinfo|torchmetrics|numpy|math|cv2|PIL|matplotlib|seaborn|pandas|sklearn|scipy|wandb|tqdm|logging|time|os|sys|json|pickle|argparse|thop|ptflops|fvcore|tensorboard|warnings|pathlib|typing|operator|functools|itertools|collections|builtins|string|re|random\.(randint|random|choice|sample|seed|uniform|gauss))\b/;

/** Libraries whose values come from outside of the program, so that they may be anything. */
const OUTSIDE =
  /^(argparse|os|sys|random|click|yaml|json|time|hydra|omegaconf|torch\.(initial_seed|load|hub|distributed|utils\.data)|torchvision\.(datasets|transforms)|(tensorflow\.)?keras\.(datasets|preprocessing|utils)|numpy\.random)\b/;

/** Libraries that say what the machine has. */
const MACHINE = /^(torch\.(cuda|backends|mps|xpu)|platform)\b/;

/** Calls something of a library by its full name. */
export function libraryCall(
  engine: Evaluator,
  path: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  // What only PyTorch has is looked for nowhere else.
  if (path.startsWith("torch.nn.") && !path.startsWith("torch.nn.modules.utils."))
    return callOfLibrary(engine, path, withLists(engine, args), place, callee);
  const alias = /^typing\.(OrderedDict|Counter|deque|defaultdict)$/.exec(path)?.[1];
  if (alias !== undefined) return libraryCall(engine, `collections.${alias}`, args, place, callee);
  const keras = kerasCall(engine, path, args, place, callee);
  if (keras) return keras;
  const own = languageCall(engine, path, args) ?? standardCall(engine, path, args, place);
  if (own) return own;
  const builtin = path.startsWith("builtins.")
    ? callBuiltin(engine, path.slice("builtins.".length), args, place)
    : undefined;
  return builtin ?? callOfLibrary(engine, path, withLists(engine, args), place, callee);
}

/** Calls something of a library that takes lists for whatever has items. */
function callOfLibrary(engine: Evaluator, path: string, all: CallArguments, place: Place, callee: Place): PyValue {
  // PyTorch takes arrays of NumPy for tensors, or refuses them.
  const args = /^(torch|einops)\b/.test(path) ? withTensors(all) : all;
  const own =
    moduleCall(engine, path, args, place) ??
    datasetCall(engine, path, args, place) ??
    visionModel(engine, path, args, place) ??
    distributionCall(engine, path, args) ??
    rowsCall(engine, path, args) ??
    callOfClass(engine, path, args, place);
  if (own) return own;
  const layer = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];
  if (layer !== undefined) {
    const container = containerNamed(layer);
    if (container) return makeContainer(container, args, place);
    const op = opNamed(layer);
    return op?.torch?.startsWith("nn.") ? construct(engine, op, args, place, callee) : notKnown(`nn.${layer} yet`);
  }
  const foreign = opNamed(path.split(".").at(-1) ?? "");
  if (foreign?.torch?.startsWith(`${path}(`)) return construct(engine, foreign, args, place, callee);
  const called = operationAt(path);
  if (called) return callOperation(engine, called, undefined, args, place, callee);
  if (/^torch(summary|info|summaryX)\.summary$/.test(path)) return summarize(engine, path, args, place);
  if (/^(importlib|pkgutil|runpy)\./.test(path)) engine.isCutShort = true;
  handOver(engine, args);
  writeOut(engine, args, NONE);
  if (!HARMLESS.test(path)) loseTrackOf(engine.journal, args);
  const reason = `Dimsum does not know ${path} yet.`;
  if (MACHINE.test(path)) return ofMachine(reason);
  return OUTSIDE.test(path) ? anything(reason) : unknown(reason);
}

const withTensors = (args: CallArguments): CallArguments =>
  args.positional.some((v) => isArrayValue(v))
    ? { ...args, positional: args.positional.map((v) => (isArrayValue(v) ? v.of : v)) }
    : args;

/** `summary(model, (1, 28, 28))` runs the model; torchsummary's sizes have no batch, torchinfo's have. */
function summarize(engine: Evaluator, path: string, args: CallArguments, place: Place): PyValue {
  const model = args.positional[0] ?? args.byKeyword.get("model");
  const size = args.positional[1] ?? args.byKeyword.get("input_size");
  const sizes = size && sizesFrom(toOperand(size));
  if (!model || !sizes) return unknown("The input's size is not known.");
  const batched = engine.tensor(path.startsWith("torchsummary") ? [2, ...sizes] : sizes);
  engine.call(model, { positional: [batched], byKeyword: new Map(), uncertain: false, places: [] }, place, place);
  return unknown("It prints a summary.");
}
