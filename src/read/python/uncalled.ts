import { dimSymbol } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import type { Size } from "../../core/layer/op.js";
import { lineAt, linesOf } from "../document/lines.js";
import { annotatedInput, refuteAnnotation } from "./annotations.js";
import { given } from "./arguments.js";
import { assumedImages, batchOf, fitsImages } from "./assumedInput.js";
import { isModuleClass } from "./classes.js";
import { type Attempt, errorsOf, forEveryInput, type Input, isIn } from "./everyInput.js";
import { ending } from "./exceptions.js";
import { claimAbove, type FunctionStatement, inputClaims } from "./inputClaims.js";
import type { Interpreter } from "./interpreter.js";
import { isKerasClass } from "./keras/subclass.js";
import { instantiate } from "./objects.js";
import { reportUncalled } from "./reportRaised.js";
import type { Scope } from "./scope.js";
import type { WrittenShape } from "./shapeText.js";
import { FIRST_BASE } from "./sources.js";
import type { ParameterNode, PythonFile } from "./syntax.js";
import type { Mismatch } from "./trace.js";
import { isContainerValue, isFunctionValue, isInstanceValue, isTensorValue } from "./valueKinds.js";
import {
  anything,
  type CallArguments,
  type ClassValue,
  type FunctionValue,
  int,
  type PyValue,
  type TensorValue,
} from "./values.js";

/** The work that one function or model which is never called may take. */
const STEPS_EACH = 60_000;

/**
 * Runs what a file defines and never calls: functions without arguments, then models; the last first, for they use the others.
 * Whether all came to their ends.
 */
export function followUncalled(engine: Interpreter, file: PythonFile, scope: Scope): boolean {
  let isDone = true;
  // What nobody calls may raise as it likes: it is not known what it would be called with.
  const follow = (run: () => void): void => {
    isDone = engine.budget.within(STEPS_EACH, () => ending(run)) && isDone;
  };
  for (const [, value] of [...scope.names]) {
    if (!isFunctionValue(value) || value.place.from >= FIRST_BASE || engine.entered.has(value.place.from)) continue;
    const required = value.params.filter((p) => !p.fallback && p.kind !== "rest" && p.kind !== "keywords");
    const claims = required.flatMap((p) => annotatedInput(engine, p.annotation, value.scope, new Set()) ?? []);
    if (claims.length === required.length) follow(() => followFunction(engine, value, required, claims));
  }
  for (const cls of [...engine.classes].reverse())
    if (isModuleClass(cls) && !engine.ran.has(cls) && cls.nameAt.from < FIRST_BASE)
      follow(() => followClass(engine, cls, file, scope));
  const run = new Set(engine.runs.map((r) => r.model));
  const lines = linesOf(file.text);
  for (const [, value] of [...scope.names]) {
    const isSequential = isContainerValue(value) && /^(keras\.)?Sequential$/.test(value.what);
    if (!isSequential || run.has(value)) continue;
    const line = lineAt(lines, value.site.from);
    const claim = claimAbove(file, line);
    follow(() =>
      forEveryInput(engine, { isClaimed: claim !== undefined, isUnclear: false, inputs: 1 }, ({ inputs: [input] }) => {
        if (input) saying(engine, () => engine.call(value, given(openTensor(input, claim)), value.site, value.site));
      }),
    );
  }
  return isDone;
}

/** Calls something; what an operation of Python's own refuses is said as what does not fit is. */
function saying(engine: Interpreter, call: () => void): void {
  const end = ending(call);
  if ("raised" in end) reportUncalled(engine, end.raised);
}

/** Runs a function whose arguments are optional or annotated with their shapes; what fits any that may be given instead is no error. */
function followFunction(
  engine: Interpreter,
  fn: FunctionValue,
  required: readonly ParameterNode[],
  claims: readonly WrittenShape[],
): void {
  const annotation = required[0]?.annotation;
  const about = {
    isClaimed: required.length > 0,
    isUnclear: false,
    inputs: required.length,
    ...(annotation ? { refuted: (by: Mismatch) => refuteAnnotation(engine, annotation, by) } : {}),
  };
  forEveryInput(engine, about, ({ inputs, isBlind }) => {
    const reason = "It is given where the function is called.";
    const optional = fn.params.filter((p) => p.fallback).map((p) => [p.name, anything(reason)] as const);
    const tensors = required.map((p, i) => {
      const input = inputs[i];
      return [p.name, input ? openTensor(input, claims[i]) : anything(reason)] as const;
    });
    const byKeyword = new Map<string, PyValue>(isBlind ? [...tensors, ...optional] : tensors);
    const args = { ...given(), byKeyword, ...(isBlind ? { open: true } : {}) };
    engine.isInputGuessed = tensors.some(([, t]) => isTensorValue(t) && t.open === true);
    try {
      saying(engine, () => engine.call(fn, args, fn.place, fn.place));
    } finally {
      engine.isInputGuessed = false;
    }
  });
}

function followClass(engine: Interpreter, cls: ClassValue, file: PythonFile, scope: Scope): void {
  const name = isKerasClass(cls) ? "call" : "forward";
  const forward = cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === name);
  if (!forward) return;
  const isMade = (engine.instancesOf.get(cls) ?? []).length > 0;
  const taken = isMade ? new Set<string>() : sizesAskedFor(cls, file);
  const claims = inputClaims(file, cls, forward, (p) => annotatedInput(engine, p.annotation, scope, taken));
  const params = forward.params
    .slice(1)
    .filter((p) => (p.kind === "plain" || p.kind === "keyword-only") && !p.fallback);
  const { result: plain, found } = engine.trace.apart(() => objectOf(engine, cls, file));
  sayOfAnyObject(engine, cls, file, found);
  if (!isInstanceValue(plain)) return;
  const annotation = params.find((p) => claims.get(p.name)?.isAnnotated)?.annotation;
  const about = {
    isClaimed: claims.size > 0,
    isUnclear: engine.met.has(cls),
    inputs: params.length,
    ...(annotation ? { refuted: (by: Mismatch) => refuteAnnotation(engine, annotation, by) } : {}),
  };
  const run = ({ inputs, isBlind }: Attempt): void => {
    engine.symbols.clear();
    const other =
      isBlind && !isMade ? instantiate(engine, cls, constructorArguments(cls, file, true), cls.nameAt) : plain;
    const made = isInstanceValue(other) ? other : plain;
    const example = made.attributes.get("example_input_array");
    const tensors = params.map((p, i) => {
      const claim = claims.get(p.name) ?? (i === 0 ? claims.get("") : undefined);
      const isShown = i === 0 && !claim && isTensorValue(example) && example.shape !== undefined;
      const input = inputs[i];
      return [
        p,
        isShown || !input ? (example as PyValue) : openTensor(input, claim, i === 0 ? undefined : p.name),
      ] as const;
    });
    const defaults = isBlind ? forward.params.filter((p) => p.fallback) : [];
    const args: CallArguments = {
      ...given(...tensors.filter(([p]) => p.kind === "plain").map(([, t]) => t)),
      byKeyword: new Map<string, PyValue>([
        ...tensors.filter(([p]) => p.kind !== "plain").map(([p, t]) => [p.name, t] as const),
        ...defaults.map((p) => [p.name, anything(`${p.name} is given where the model is called.`)] as const),
      ]),
      open: true,
    };
    engine.isInputGuessed = tensors.some(([, t]) => isTensorValue(t) && t.open === true);
    try {
      saying(engine, () => engine.call(made, args, cls.nameAt, cls.nameAt));
    } finally {
      engine.isInputGuessed = false;
    }
  };
  const images = claims.size === 0 && params.length === 1 && !about.isUnclear ? assumedImages(engine, cls) : undefined;
  const fit = images && fitsImages(engine, images, run);
  if (fit?.isFit) return;
  if (!fit) {
    forEveryInput(engine, about, run);
    return;
  }
  const { found: wrong } = engine.trace.apart(() => forEveryInput(engine, about, run));
  for (const m of wrong) engine.trace.mismatch(m);
  if (errorsOf(wrong).length === 0) fit.sayUnfit();
}

/** Says what does not fit in a constructor that nobody calls, if it does not fit whatever its arguments are. */
function sayOfAnyObject(engine: Interpreter, cls: ClassValue, file: PythonFile, found: readonly Mismatch[]): void {
  const isWrong = found.some((m) => m.severity === "error");
  const always = isWrong
    ? engine.trace.provisional(
        () => ending(() => instantiate(engine, cls, constructorArguments(cls, file, true), cls.nameAt)),
        () => false,
      )
    : [];
  for (const m of found) if (m.severity !== "error" || isIn(always, m)) engine.trace.mismatch(m);
}

/** An object of a class: one that the file makes and nothing unknown has changed, else a new one. */
function objectOf(engine: Interpreter, cls: ClassValue, file: PythonFile): PyValue {
  const own = engine.instancesOf.get(cls) ?? [];
  const pure = own.find((i) => !i.escaped);
  return pure ?? instantiate(engine, cls, own[0]?.made ?? constructorArguments(cls, file, false), cls.nameAt);
}

const constructorParameters = ({ body }: ClassValue): readonly ParameterNode[] =>
  body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "__init__")?.params.slice(1) ?? [];

/** Whether a parameter is annotated as a whole number, for which a symbol stands. */
const isSize = ({ annotation }: ParameterNode, { text }: PythonFile): boolean =>
  annotation !== undefined && /^:\s*int$/.test(text.slice(annotation.from, annotation.to));

/** The names of the symbols that stand for what a constructor is given. */
const sizesAskedFor = (cls: ClassValue, file: PythonFile): ReadonlySet<string> =>
  new Set(constructorParameters(cls).flatMap((p) => (isSize(p, file) ? [p.name] : [])));

/** Values for a constructor's parameters without defaults, or for all of them: symbols for whole numbers, else anything. */
function constructorArguments(cls: ClassValue, file: PythonFile, isBlind: boolean): CallArguments {
  const values = constructorParameters(cls)
    .filter((p) => (p.kind === "plain" || p.kind === "keyword-only") && (isBlind || !p.fallback))
    .map((p) => {
      const value = isSize(p, file) ? int(dimSymbol(p.name)) : anything(`${p.name} is given where the model is made.`);
      return [p, value] as const;
    });
  return {
    ...given(...values.filter(([p]) => p.kind === "plain").map(([, v]) => v)),
    byKeyword: new Map(values.filter(([p]) => p.kind !== "plain").map(([p, v]) => [p.name, v])),
    open: true,
  };
}

function openTensor(
  { lead, contradicted, images, isRankOnly }: Input,
  said: WrittenShape | undefined,
  mark?: string,
): TensorValue {
  if (images) return batchOf(images);
  const open = { kind: "tensor" as const, shape: undefined, open: true, reason: "The input's shape is not said." };
  const claim = contradicted && said;
  if (!claim) return { ...open, lead, ...(mark === undefined ? {} : { mark }) };
  if (claim.isAnnotated || (claim.bracketed && (claim.sizes.length !== 3 || !isChannels(claim.sizes[0]))))
    return {
      kind: "tensor",
      shape: isRankOnly ? claim.sizes.map((s, i) => (typeof s === "number" ? dimSymbol(`d${i}`) : s)) : claim.sizes,
      open: false,
      contradicted,
      ...(claim.isAnnotated ? { isAnnotated: true } : {}),
    };
  return { ...open, sizes: claim.sizes, contradicted };
}

/** Whether a size may be the channels of one image: `(3, 32, 32)` and `(C, H, W)` have no batch, `(B, N, C)` and `(bsz, seq, dim)` have their own. */
const isChannels = (size: Size): boolean =>
  typeof size !== "object" || /^(c|ch|h|n?_?c_?in|in_?c\w*|\w*chan\w*)$/i.test(printDim(size));
