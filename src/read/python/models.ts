import { MAX_STEPS } from "./budget.js";
import type { ModelRun } from "./evaluator.js";
import { Interpreter } from "./interpreter.js";
import { parsePython } from "./parse.js";
import { Scope } from "./scope.js";
import type { Place, PythonFile } from "./syntax.js";
import type { Trace } from "./trace.js";
import { followUncalled } from "./uncalled.js";
import type { PyValue } from "./values.js";

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
  const isDone = engine.budget.within(MAX_STEPS, () => engine.execute(file.body, scope));
  const called = engine.runs.length;
  const stopped = !followUncalled(engine, file, scope) || !isDone;
  return {
    file,
    trace: engine.trace,
    models: modelsOf(engine, called, scope, file),
    runs: engine.runs,
    names: scope.names,
    stopped,
  };
}

/** The models that were run, each with the first run of which the input is known. */
function modelsOf(engine: Interpreter, called: number, scope: Scope, file: PythonFile): readonly Model[] {
  const models = new Map<number, Model>();
  const seen = new Set<PyValue>();
  const variables = variablesOf(scope, file);
  const isKnown = (run: ModelRun): boolean => run.inputs.some((v) => v.kind === "tensor" && v.shape !== undefined);
  for (const wanted of [true, false])
    for (const [i, run] of engine.runs.entries()) {
      if (isKnown(run) !== wanted) continue;
      if (seen.has(run.model)) continue;
      seen.add(run.model);
      const named =
        run.model.kind === "instance"
          ? { name: run.model.cls.name, at: run.model.cls.nameAt }
          : variables.get(run.model);
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

/** The names that variables of the file give to models, with where they stand. */
function variablesOf(scope: Scope, file: PythonFile): ReadonlyMap<PyValue, { name: string; at: Place }> {
  const names = new Map<PyValue, { name: string; at: Place }>();
  for (const statement of file.body) {
    if (statement.kind !== "assign") continue;
    for (const target of statement.targets) {
      const value = target.kind === "name" ? scope.names.get(target.name) : undefined;
      if (target.kind === "name" && value && !names.has(value)) names.set(value, { name: target.name, at: target });
    }
  }
  return names;
}
