import { dimSymbol } from "../../core/dims/dim.js";
import { given } from "./arguments.js";
import { instantiate } from "./calls.js";
import { isModuleClass } from "./classes.js";
import { type ModelRun, OutOfSteps } from "./evaluator.js";
import { claimAbove, type FunctionStatement, inputClaims } from "./inputClaims.js";
import { Interpreter } from "./interpreter.js";
import { parsePython } from "./parse.js";
import { Scope } from "./scope.js";
import type { WrittenShape } from "./shapeText.js";
import type { Expression, PythonFile } from "./syntax.js";
import type { Trace } from "./trace.js";
import {
  anything,
  type CallArguments,
  type ClassValue,
  type InstanceValue,
  int,
  type PyValue,
  type TensorValue,
} from "./values.js";

/** Where the input's shape comes from. */
export type InputSource = "call" | "comment" | "layers";

/** A model of the file and what was found by running shapes through it. */
export interface Model {
  readonly name: string;
  /** The name's place: the class's, or that of the variable that holds a Sequential. */
  readonly at: { readonly from: number; readonly to: number };
  readonly value: PyValue;
  readonly run: ModelRun;
  readonly source: InputSource;
}

/** A Python file, followed. */
export interface FollowedFile {
  readonly file: PythonFile;
  readonly trace: Trace;
  readonly models: readonly Model[];
  readonly runs: readonly ModelRun[];
  readonly names: ReadonlyMap<string, PyValue>;
  /** Whether the work ran out before the end. */
  readonly stopped: boolean;
}

/** Parses a file and follows it: its own statements first, then every model that it never calls. It never throws. */
export function followPython(text: string): FollowedFile {
  const file = parsePython(text);
  const engine = new Interpreter(text);
  const scope = new Scope();
  let stopped = !untilStopped(() => engine.execute(file.body, scope));
  const called = engine.runs.length;
  stopped = !untilStopped(() => followUncalled(engine, file, scope)) || stopped;
  return {
    file,
    trace: engine.trace,
    models: modelsOf(engine, called, scope, file),
    runs: engine.runs,
    names: scope.names,
    stopped,
  };
}

/** Runs something to its end; false where the work is used up before. What was found so far stands. */
function untilStopped(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (!(error instanceof OutOfSteps) && !(error instanceof RangeError)) throw error;
    return false;
  }
}

/** The models that were run, each with its first run. */
function modelsOf(engine: Interpreter, called: number, scope: Scope, file: PythonFile): readonly Model[] {
  const models = new Map<number, Model>();
  const seen = new Set<PyValue>();
  for (const [i, run] of engine.runs.entries()) {
    const named = seen.has(run.model) ? undefined : nameOf(run.model, scope, file);
    seen.add(run.model);
    if (!named || models.has(named.at.from)) continue;
    const isCommented = run.inputs.some(
      (v) => v.kind === "tensor" && v.open !== undefined && (v.sizes !== undefined || v.open === false),
    );
    const source = i < called ? "call" : isCommented ? "comment" : "layers";
    models.set(named.at.from, { ...named, value: run.model, run, source });
  }
  return [...models.values()];
}

/** Runs every model that the file defines and never calls; the last classes first, for they use the others. */
function followUncalled(engine: Interpreter, file: PythonFile, scope: Scope): void {
  for (const cls of [...engine.classes].reverse()) {
    const forward = forwardOf(cls);
    if (!forward || !isModuleClass(cls) || engine.ran.has(cls)) continue;
    const claims = inputClaims(file, cls, forward);
    const params = forward.params
      .slice(1)
      .filter((p) => (p.kind === "plain" || p.kind === "keyword-only") && !p.fallback);
    const inputs = (lead: TensorValue["lead"]): CallArguments => {
      const tensors = params.map((p, i) => {
        const claim = claims.get(p.name) ?? (i === 0 ? claims.get("") : undefined);
        return [p, openTensor(claim, lead, i === 0 ? undefined : p.name)] as const;
      });
      return {
        ...given(...tensors.filter(([p]) => p.kind === "plain").map(([, t]) => t)),
        keywords: new Map(tensors.filter(([p]) => p.kind !== "plain").map(([p, t]) => [p.name, t])),
      };
    };
    forEveryLead(engine, (lead) => {
      const made = objectOf(engine, cls, file);
      if (made.kind === "instance") engine.call(made, inputs(lead), cls.nameAt, cls.nameAt);
    });
  }
  for (const [, value] of [...scope.names]) {
    if (value.kind !== "container" || value.what !== "Sequential" || engine.runs.some((r) => r.model === value))
      continue;
    const line = file.text.slice(0, value.site.from).split("\n").length - 1;
    forEveryLead(engine, (lead) =>
      engine.call(value, given(openTensor(claimAbove(file, line), lead)), value.site, value.site),
    );
  }
}

/** Runs a model for an input of which nothing is said: what does not fit is an error where it fits no number of dimensions. */
function forEveryLead(engine: Interpreter, run: (lead: TensorValue["lead"]) => void): void {
  const first = engine.trace.apart(() => run("batch"));
  let errors = first.found;
  for (const lead of ["alone", "sequence"] as const) {
    if (!errors.some((m) => m.severity === "error")) break;
    const { found } = engine.trace.rehearsed(() => run(lead));
    errors = errors.filter((m) => found.some((f) => f.code === m.code && f.place.from === m.place.from));
  }
  for (const mismatch of first.found)
    if (mismatch.severity !== "error" || errors.includes(mismatch)) engine.trace.mismatch(mismatch);
}

/** An object of a class: one that the file makes and nothing unknown has changed, else a new one. */
function objectOf(engine: Interpreter, cls: ClassValue, file: PythonFile): PyValue {
  const own = engine.instances.filter((i) => i.cls === cls);
  const pure = own.find((i) => !i.escaped);
  return pure ?? instantiate(engine, cls, own[0]?.made ?? constructorArguments(cls, file), cls.nameAt);
}

const forwardOf = (cls: ClassValue): FunctionStatement | undefined =>
  cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "forward");

/** Values for a constructor's parameters without defaults: symbols for whole numbers, else anything. */
function constructorArguments(cls: ClassValue, file: PythonFile): CallArguments {
  const init = cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "__init__");
  const values = (init?.params ?? [])
    .slice(1)
    .filter((p) => (p.kind === "plain" || p.kind === "keyword-only") && !p.fallback)
    .map((p) => {
      const annotation = p.annotation ? file.text.slice(p.annotation.from, p.annotation.to) : "";
      const value = /^:\s*int$/.test(annotation)
        ? int(dimSymbol(p.name))
        : anything(`${p.name} is given where the model is made.`);
      return [p, value] as const;
    });
  return {
    ...given(...values.filter(([p]) => p.kind === "plain").map(([, v]) => v)),
    keywords: new Map(values.filter(([p]) => p.kind !== "plain").map(([p, v]) => [p.name, v])),
  };
}

function openTensor(claim: WrittenShape | undefined, lead: TensorValue["lead"], mark?: string): TensorValue {
  const open = { kind: "tensor" as const, shape: undefined, open: true, reason: "The input's shape is not said." };
  if (!claim) return { ...open, ...(lead ? { lead } : {}), ...(mark === undefined ? {} : { mark }) };
  if (claim.bracketed && claim.sizes.length !== 3) return { kind: "tensor", shape: claim.sizes, open: false };
  return { ...open, sizes: claim.sizes };
}

/** The name under which the file knows a model. */
function nameOf(
  model: PyValue,
  scope: Scope,
  file: PythonFile,
): { name: string; at: { from: number; to: number } } | undefined {
  if (model.kind === "instance")
    return { name: (model as InstanceValue).cls.name, at: (model as InstanceValue).cls.nameAt };
  for (const statement of file.body) {
    if (statement.kind !== "assign") continue;
    const target = statement.targets.find(
      (t): t is Extract<Expression, { kind: "name" }> => t.kind === "name" && scope.names.get(t.name) === model,
    );
    if (target) return { name: target.name, at: target };
  }
  return undefined;
}
