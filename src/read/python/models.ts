import { type ImageSet, onlyImages } from "./assumedInput.js";
import { WHILE_TYPING } from "./budget.js";
import type { Raised } from "./exceptions.js";
import { Files } from "./files.js";
import type { Flow } from "./flow.js";
import { Interpreter } from "./interpreter.js";
import { MAX_FILE, parsePython } from "./parse.js";
import type { Program } from "./program.js";
import type { ModelRun } from "./programState.js";
import type { PythonReader } from "./pythonReader.js";
import { reportRaised } from "./reportRaised.js";
import { isBeforeChange } from "./runBeforeChange.js";
import { Scope } from "./scope.js";
import { ImportedSources } from "./sources.js";
import { Standing } from "./standing.js";
import type { Place, PythonFile } from "./syntax.js";
import type { Trace } from "./trace.js";
import { followUncalled } from "./uncalled.js";
import { isInstanceValue, isTensorValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";
import { stringValue } from "./values.js";

/** Where the input's shape comes from. */
export type InputSource = "call" | "annotation" | "comment" | "data set" | "layers";

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
  /** Which step made which tensor, where that was asked for. */
  readonly flow?: Flow | undefined;
  /** The data set of the file, if its images are of one known size. */
  readonly images: ImageSet | undefined;
  /** Where the work ran out before the end. */
  readonly gaveUpAt: Place | undefined;
  /** The same where the inputs of these models are taken for the file's images; undefined where the two cannot stand side by side. */
  readonly assuming?: (models: ReadonlySet<string>) => FollowedFile | undefined;
}

/** What following a file may use besides its text. */
export interface Around extends Partial<Omit<Program, "text">> {
  /** Whether what the file never calls is followed, too; else only its statements are. */
  readonly uncalled?: boolean;
  /** What has read the file before, while it is being written. */
  readonly reader?: PythonReader;
}

/** Parses a file and follows it: its own statements first, then every model that it never calls. It never throws. */
export function followPython(text: string, around: Around = {}): FollowedFile {
  const file = around.reader?.read(text) ?? parsePython(text);
  const program: Program = {
    text,
    path: around.path,
    name: around.name ?? "__main__",
    read: around.read ?? (() => undefined),
    imported: around.imported ?? new ImportedSources(),
    work: around.work ?? WHILE_TYPING,
    assumed: around.assumed,
    isDrawn: around.isDrawn,
  };
  const engine = new Interpreter(program);
  const scope = new Scope();
  if (program.name !== "__main__") scope.names.set("__name__", stringValue(program.name));
  const files = new Files(engine, scope);
  engine.files = files;
  const report = (raised: Raised): void => reportRaised(engine, raised);
  const isDone = engine.budget.own(() => engine.followFile(file.body, scope, report));
  const isTooLong = file.body.length === 0 && text.length > MAX_FILE;
  const gaveUpAt = isTooLong ? { from: 0, to: text.length } : isDone ? undefined : engine.at;
  const following: Following = { engine, file, scope, gaveUpAt, called: engine.runs.length };
  const isOnce = around.uncalled === false || !onlyImages(engine.imageSets);
  const stand = isOnce ? undefined : new Standing(engine, scope);
  const first = (): FollowedFile => finish(following, around.uncalled !== false);
  const whole = stand ? stand.first(first) : first();
  files.keep();
  if (!stand) return whole;
  const assuming = (assumed: ReadonlySet<string>): FollowedFile | undefined =>
    stand.again(() => {
      engine.assumed = assumed;
      return finish(following, true);
    });
  return { ...whole, assuming };
}

/** A file of which the own statements have been followed. */
interface Following {
  readonly engine: Interpreter;
  readonly file: PythonFile;
  readonly scope: Scope;
  readonly gaveUpAt: Place | undefined;
  /** How many runs of models the file itself makes. */
  readonly called: number;
}

/** Follows what the file never calls, if that is wanted, and says what was found. */
function finish({ engine, file, scope, gaveUpAt, called }: Following, isUncalledFollowed: boolean): FollowedFile {
  const isFollowed = !isUncalledFollowed || followUncalled(engine, file, scope);
  return {
    file,
    trace: engine.trace,
    models: modelsOf(engine, called, scope, file),
    runs: engine.runs,
    names: scope.names,
    flow: engine.flow,
    images: onlyImages(engine.imageSets),
    gaveUpAt: gaveUpAt ?? (isFollowed ? undefined : engine.at),
  };
}

/** The models that were run, each with the first run of which the input is known, if there is one of the model as it is in the end. */
function modelsOf(engine: Interpreter, called: number, scope: Scope, file: PythonFile): readonly Model[] {
  const models = new Map<number, Model>();
  const seen = new Set<PyValue>();
  const variables = variablesOf(scope, file);
  const isKnown = (run: ModelRun): boolean => run.inputs.some((v) => isTensorValue(v) && v.shape !== undefined);
  for (const wanted of ["as it is", "known", "unknown"])
    for (const [i, run] of engine.runs.entries()) {
      if (seen.has(run.model) || isKnown(run) === (wanted === "unknown")) continue;
      if (wanted === "as it is" && isBeforeChange(run, engine.trace)) continue;
      seen.add(run.model);
      const named = isInstanceValue(run.model)
        ? { name: run.model.cls.name, at: run.model.cls.nameAt }
        : variables.get(run.model);
      if (!named || models.has(named.at.from)) continue;
      const isSaid = run.inputs.some((v) => isTensorValue(v) && v.contradicted !== undefined);
      const isAnnotated = run.inputs.some((v) => isTensorValue(v) && v.isAnnotated);
      const isShown = i < called || run.inputs.some((v) => isTensorValue(v) && v.shape && v.open === undefined);
      models.set(named.at.from, {
        ...named,
        value: run.model,
        run,
        source: run.inputs.some((v) => isTensorValue(v) && v.isAssumed)
          ? "data set"
          : isAnnotated
            ? "annotation"
            : isShown
              ? "call"
              : isSaid
                ? "comment"
                : "layers",
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
