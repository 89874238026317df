import { dimSymbol } from "../../core/dims/dim.js";
import { isModuleClass } from "./attributes.js";
import { instantiate } from "./calls.js";
import { type ModelRun, OutOfSteps } from "./evaluator.js";
import { Interpreter } from "./interpreter.js";
import { parsePython } from "./parse.js";
import { Scope } from "./scope.js";
import { readComment, readShape, type WrittenShape } from "./shapeText.js";
import type { Comment, Expression, PythonFile, Statement } from "./syntax.js";
import type { Trace } from "./trace.js";
import {
  type CallArguments,
  type ClassValue,
  type InstanceValue,
  int,
  type PyValue,
  type TensorValue,
  unknown,
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
  const models: Model[] = [];
  let stopped = false;
  try {
    engine.execute(file.body, scope);
    const called = engine.runs.length;
    followUncalled(engine, file, scope);
    for (const [i, run] of engine.runs.entries()) {
      const named = nameOf(run.model, scope, file);
      if (!named || models.some((m) => m.at.from === named.at.from)) continue;
      const isCommented = run.inputs.some(
        (v) => v.kind === "tensor" && v.open !== undefined && (v.sizes !== undefined || v.open === false),
      );
      models.push({
        ...named,
        value: run.model,
        run,
        source: i < called ? "call" : isCommented ? "comment" : "layers",
      });
    }
  } catch (error) {
    if (!(error instanceof OutOfSteps) && !(error instanceof RangeError)) throw error;
    stopped = true;
  }
  return { file, trace: engine.trace, models, runs: engine.runs, names: scope.names, stopped };
}

const none: CallArguments = { positional: [], keywords: new Map(), uncertain: false, places: [] };

/** Runs every model that the file defines and never calls; the last classes first, for they use the others. */
function followUncalled(engine: Interpreter, file: PythonFile, scope: Scope): void {
  for (const cls of [...engine.classes].reverse()) {
    if (!isModuleClass(cls) || hasRun(engine, cls)) continue;
    const made =
      engine.instances.find((i) => i.cls === cls) ??
      instantiate(engine, cls, constructorArguments(engine, cls, file), cls.nameAt);
    const forward = forwardOf(cls);
    if (made.kind !== "instance" || !forward) continue;
    const params = forward.params.slice(1).filter((p) => p.kind === "plain" && !p.fallback);
    const claims = inputClaims(file, cls, forward);
    const inputs = params.map((p, i) => openTensor(claims.get(p.name) ?? (i === 0 ? claims.get("") : undefined)));
    engine.call(made, { ...none, positional: inputs }, cls.nameAt, cls.nameAt);
  }
  for (const [, value] of scope.names) {
    if (value.kind !== "container" || value.what !== "Sequential" || engine.runs.some((r) => r.model === value))
      continue;
    const line = file.text.slice(0, value.site.from).split("\n").length - 1;
    engine.call(value, { ...none, positional: [openTensor(claimAbove(file, line))] }, value.site, value.site);
  }
}

const hasRun = (engine: Interpreter, cls: ClassValue): boolean => engine.ran.has(cls);

type FunctionStatement = Extract<Statement, { kind: "function" }>;

const forwardOf = (cls: ClassValue): FunctionStatement | undefined =>
  cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "forward");

/** Values for a constructor's parameters without defaults: symbols for whole numbers, else unknown. */
function constructorArguments(_: Interpreter, cls: ClassValue, file: PythonFile): CallArguments {
  const init = cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "__init__");
  const positional = (init?.params ?? [])
    .slice(1)
    .filter((p) => p.kind === "plain" && !p.fallback)
    .map((p): PyValue => {
      const annotation = p.annotation ? file.text.slice(p.annotation.from, p.annotation.to) : "";
      return /^:\s*int$/.test(annotation)
        ? int(dimSymbol(p.name))
        : unknown(`${p.name} is given where the model is made.`);
    });
  return { ...none, positional };
}

function openTensor(claim: WrittenShape | undefined): TensorValue {
  if (!claim) return { kind: "tensor", shape: undefined, open: true, reason: "The input's shape is not said." };
  if (claim.bracketed && claim.sizes.length !== 3) return { kind: "tensor", shape: claim.sizes, open: false };
  return { kind: "tensor", shape: undefined, open: true, sizes: claim.sizes, reason: "The input's shape is not said." };
}

const DIRECTIVE = /dimsum:\s*input\s+(?:(\w+)\s*=\s*)?(.+)$/;
const INPUT = /^#+\s*(?:the\s+)?(input|inputs|in|x|img|image|images)\s*(?:shape|size|is|has|of)*\s*[:=]?\s*(.+?)\.?$/i;

/** What comments about `forward` say of its inputs: by the parameter's name, or "" for the first. */
function inputClaims(file: PythonFile, cls: ClassValue, forward: FunctionStatement): Map<string, WrittenShape> {
  const claims = new Map<string, WrittenShape>();
  const first = forward.body[0];
  const classLine = lineStart(file.text, cls.nameAt.from);
  for (const comment of file.comments) {
    const isNear =
      comment.from >= previousLine(file.text, lineStart(file.text, forward.from)) &&
      comment.from <= (first?.from ?? forward.to);
    const isAtClass =
      comment.from >= previousLine(file.text, classLine) && comment.from < (cls.body[0]?.from ?? classLine);
    const directive = DIRECTIVE.exec(comment.text);
    if (directive && comment.from >= previousLine(file.text, classLine) && comment.from <= forward.to) {
      const shape = readShape(directive[2] ?? "");
      if (shape) claims.set(directive[1] ?? "", isFull(directive[2] ?? "", shape));
    } else if (isNear || isAtClass) {
      const said = INPUT.exec(comment.text);
      const shape = said && readShape(said[2] ?? "");
      if (said && shape && !claims.has("")) claims.set("", shape);
    }
  }
  if (!claims.has("")) {
    const arrow = firstArrow(file, forward);
    if (arrow) claims.set("", arrow);
  }
  return claims;
}

/** `N x 3 x 32 x 32` has its batch, though no brackets are around it. */
function isFull(text: string, shape: WrittenShape): WrittenShape {
  return /^\s*[A-Za-z]/.test(text) ? { ...shape, bracketed: true } : shape;
}

/** `# 28x28x1 -> 28x28x10` behind the first statement says what goes in. */
function firstArrow(file: PythonFile, forward: FunctionStatement): WrittenShape | undefined {
  const first = forward.body.find((s) => s.kind === "assign" || s.kind === "return");
  const comment: Comment | undefined =
    first && file.comments.find((c) => c.from >= first.to && !file.text.slice(first.to, c.from).includes("\n"));
  return comment && readComment(comment.text)?.input;
}

function claimAbove(file: PythonFile, line: number): WrittenShape | undefined {
  for (const comment of file.comments) {
    const at = file.text.slice(0, comment.from).split("\n").length - 1;
    if (at !== line && at !== line - 1) continue;
    const said = DIRECTIVE.exec(comment.text) ?? INPUT.exec(comment.text);
    const shape = said && readShape(said[2] ?? "");
    if (said && shape) return isFull(said[2] ?? "", shape);
  }
  return undefined;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;
const previousLine = (text: string, start: number): number => (start === 0 ? 0 : lineStart(text, start - 1));

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
