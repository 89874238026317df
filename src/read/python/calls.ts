import { isKerasOp } from "../../core/keras/index.js";
import { judgeParameters, judgeReturned } from "./annotations.js";
import { behindSelf, given } from "./arguments.js";
import { loseTrackOf, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { handOver } from "./handedOver.js";
import { callKerasModel, isKerasModel } from "./keras/attributes.js";
import { callKerasLayer } from "./keras/callLayer.js";
import { callInstance, instantiate } from "./objects.js";
import { Scope } from "./scope.js";
import type { Place } from "./syntax.js";
import { applyLayer } from "./torch/applyLayer.js";
import { callContainer } from "./torch/containers.js";
import { libraryCall } from "./torch/library.js";
import { callWithRows } from "./torch/packed.js";
import { callReplaced } from "./torch/replacedMembers.js";
import { isUnknownValue } from "./valueKinds.js";
import {
  anything,
  type CallArguments,
  dictValue,
  type FunctionValue,
  type LayerValue,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

/** Calls any value, as Python does. */
export function callValue(
  engine: Evaluator,
  callee: PyValue,
  args: CallArguments,
  place: Place,
  calleePlace: Place,
): PyValue {
  if (engine.hooked.size > 0 && engine.hooked.has(callee)) return callHooked(engine, callee, place);
  const replaced = callReplaced(engine, callee, args, place);
  if (replaced) return replaced;
  switch (callee.kind) {
    case "native":
      return callee.call(args, place, calleePlace);
    case "function":
      return callFunction(engine, callee, args, place);
    case "method":
      return callFunction(engine, callee.fn, behindSelf(callee.self, args), place);
    case "class":
      return instantiate(engine, callee, args, place);
    case "instance":
      return callInstance(engine, callee, args, place);
    case "layer":
      return callLayer(engine, callee, args, place);
    case "container":
      return (isKerasModel(callee) ? callKerasModel : callContainer)(engine, callee, args, place);
    case "library":
      return libraryCall(engine, callee.path, args, place, calleePlace);
    default:
      handOver(engine, args);
      loseTrackOf(engine.journal, args);
      if (isUnknownValue(callee) && callee.memberOf) loseValue(engine.journal, callee.memberOf);
      return isUnknownValue(callee) ? callee : unknown("Dimsum cannot tell what is called here.");
  }
}

/** Calls a module of which a hook may change what goes in or comes out. */
function callHooked(engine: Evaluator, module: PyValue, place: Place): PyValue {
  engine.hooked.delete(module);
  try {
    const anyInput = anything("A hook may change what goes in here.");
    callValue(engine, module, given(anyInput), place, place);
  } finally {
    engine.hooked.add(module);
  }
  return unknown("A hook may change what comes out here.");
}

function callLayer(engine: Evaluator, layer: LayerValue, args: CallArguments, place: Place): PyValue {
  const run = (given: CallArguments): PyValue =>
    (isKerasOp(layer.op) ? callKerasLayer : applyLayer)(engine, layer, given, place);
  const inputs = [...args.positional, ...args.byKeyword.values()];
  const follow = (): PyValue => callWithRows(engine, layer, args, run) ?? run(args);
  const output = engine.flow?.layer(engine, layer, inputs, place, follow) ?? follow();
  engine.trace.module({ module: layer, inputs, output, depth: engine.moduleDepth });
  return output;
}

const plains = new WeakMap<FunctionValue["params"], FunctionValue["params"]>();

/** The parameters that are given by place. */
function plainOf(params: FunctionValue["params"]): FunctionValue["params"] {
  const known = plains.get(params) ?? params.filter((p) => p.kind === "plain");
  plains.set(params, known);
  return known;
}

function callFunction(engine: Evaluator, fn: FunctionValue, args: CallArguments, place: Place): PyValue {
  const scope = new Scope(fn.scope, true);
  engine.entered.add(fn.place.from);
  const plain = plainOf(fn.params);
  const unused = new Map(args.byKeyword);
  for (const [i, p] of plain.entries()) {
    const given = i < args.positional.length ? args.positional[i] : unused.get(p.name);
    unused.delete(p.name);
    scope.names.set(
      p.name,
      given ??
        (args.uncertain
          ? unknown("It comes from arguments that are not known.")
          : (fn.fallbacks.get(p.name) ?? anything(`${p.name} is not given here.`))),
    );
  }
  for (const p of fn.params) {
    if (p.kind === "rest") {
      const items = args.uncertain || args.open ? undefined : args.positional.slice(plain.length);
      scope.names.set(p.name, items ? tupleValue(items) : unknown("It comes from arguments that are not known."));
    } else if (p.kind === "keyword-only") {
      scope.names.set(
        p.name,
        unused.get(p.name) ?? fn.fallbacks.get(p.name) ?? anything(`${p.name} is not given here.`),
      );
      unused.delete(p.name);
    }
  }
  const rest = fn.params.find((p) => p.kind === "keywords");
  if (!rest && engine.guards > 0 && !args.uncertain && !args.open) refuse(engine, fn, unused, place);
  if (rest) {
    const entries = new Map([...unused].map(([name, value]) => [`s:${name}`, [stringValue(name), value]] as const));
    scope.names.set(
      rest.name,
      dictValue(args.uncertain || args.open ? undefined : (entries as Map<string, readonly [PyValue, PyValue]>)),
    );
  }
  if (fn.owner) {
    scope.names.set("__class__", fn.owner);
    const self = args.positional[0];
    if (self) scope.names.set("__self__", self);
  }
  for (const p of fn.params) {
    const value = scope.names.get(p.name);
    if (value) engine.trace.note(p, value);
  }
  judgeParameters(engine, fn, scope);
  const result = engine.run(fn, scope);
  if (result) {
    judgeReturned(engine, fn, scope, result);
    return result;
  }
  loseTrackOf(engine.journal, args);
  return unknown("The calls are nested too deeply to follow.");
}

/** Within a `try` that catches it: a name of which a function knows nothing is raised. */
function refuse(engine: Evaluator, fn: FunctionValue, unused: ReadonlyMap<string, PyValue>, place: Place): void {
  const [name] = unused.keys();
  if (name === undefined) return;
  const known = fn.params.map((p) => p.name).join(", ");
  engine.fail("TypeError", place, `${fn.name} has no argument ${name}.`, `Its arguments are ${known}.`);
}
