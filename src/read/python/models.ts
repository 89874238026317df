import { type ModelRun, OutOfSteps } from "./evaluator.js";
import { Interpreter } from "./interpreter.js";
import { parsePython } from "./parse.js";
import { Scope } from "./scope.js";
import type { Expression, PythonFile } from "./syntax.js";
import type { Trace } from "./trace.js";
import { followUncalled } from "./uncalled.js";
import type { InstanceValue, PyValue } from "./values.js";

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

/** The models that were run, each with the first run of which the input is known. */
function modelsOf(engine: Interpreter, called: number, scope: Scope, file: PythonFile): readonly Model[] {
  const models = new Map<number, Model>();
  const seen = new Set<PyValue>();
  const isKnown = (run: ModelRun): boolean => run.inputs.some((v) => v.kind === "tensor" && v.shape !== undefined);
  for (const wanted of [true, false])
    for (const [i, run] of engine.runs.entries()) {
      if (isKnown(run) !== wanted) continue;
      const named = seen.has(run.model) ? undefined : nameOf(run.model, scope, file);
      seen.add(run.model);
      if (!named || models.has(named.at.from)) continue;
      const isSaid = run.inputs.some((v) => v.kind === "tensor" && v.contradicted !== undefined);
      const isShown = i < called || run.inputs.some((v) => v.kind === "tensor" && v.shape && v.open === undefined);
      models.set(named.at.from, {
        ...named,
        value: run.model,
        run,
        source: isShown ? "call" : isSaid ? "comment" : "layers",
      });
    }
  return [...models.values()];
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
