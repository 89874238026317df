import { dimSymbol } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import type { Size } from "../../core/ops/op.js";
import { lineAt, linesOf } from "../document/lines.js";
import { given } from "./arguments.js";
import { instantiate } from "./calls.js";
import { isModuleClass } from "./classes.js";
import { claimAbove, type FunctionStatement, inputClaims } from "./inputClaims.js";
import type { Interpreter } from "./interpreter.js";
import type { Changes } from "./journal.js";
import { isKerasClass } from "./keras/subclass.js";
import type { Scope } from "./scope.js";
import type { WrittenShape } from "./shapeText.js";
import type { PythonFile } from "./syntax.js";
import type { Mismatch } from "./trace.js";
import { anything, type CallArguments, type ClassValue, int, type PyValue, type TensorValue } from "./values.js";

/** The work that one function or model which is never called may take. */
const STEPS_EACH = 60_000;

/**
 * Runs what a file defines and never calls: functions without arguments, then models; the last first, for they use the others.
 * Whether all came to their ends.
 */
export function followUncalled(engine: Interpreter, file: PythonFile, scope: Scope): boolean {
  let isDone = true;
  const follow = (run: () => void): void => {
    isDone = engine.budget.within(STEPS_EACH, run) && isDone;
  };
  for (const [, value] of [...scope.names]) {
    const isReady =
      value.kind === "function" && value.params.every((p) => p.fallback || p.kind === "rest" || p.kind === "keywords");
    if (isReady && !engine.entered.has(value.place.from))
      follow(() => engine.call(value, given(), value.place, value.place));
  }
  for (const cls of [...engine.classes].reverse())
    if (isModuleClass(cls) && !engine.ran.has(cls)) follow(() => followClass(engine, cls, file));
  const run = new Set(engine.runs.map((r) => r.model));
  const lines = linesOf(file.text);
  for (const [, value] of [...scope.names]) {
    const isSequential = value.kind === "container" && /^(keras\.)?Sequential$/.test(value.what);
    if (!isSequential || run.has(value)) continue;
    const line = lineAt(lines, value.site.from);
    const claim = claimAbove(file, line);
    follow(() =>
      forEveryInput(engine, claim !== undefined, false, (input) => {
        engine.call(value, given(openTensor(input, claim)), value.site, value.site);
      }),
    );
  }
  return isDone;
}

function followClass(engine: Interpreter, cls: ClassValue, file: PythonFile): void {
  const name = isKerasClass(cls) ? "call" : "forward";
  const forward = cls.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === name);
  if (!forward) return;
  const claims = inputClaims(file, cls, forward);
  const params = forward.params
    .slice(1)
    .filter((p) => (p.kind === "plain" || p.kind === "keyword-only") && !p.fallback);
  const made = objectOf(engine, cls, file);
  if (made.kind !== "instance") return;
  forEveryInput(engine, claims.size > 0, engine.met.has(cls), (input) => {
    engine.symbols.clear();
    const example = made.attributes.get("example_input_array");
    const tensors = params.map((p, i) => {
      const claim = claims.get(p.name) ?? (i === 0 ? claims.get("") : undefined);
      const isShown = i === 0 && !claim && example?.kind === "tensor" && example.shape !== undefined;
      return [p, isShown ? example : openTensor(input, claim, i === 0 ? undefined : p.name)] as const;
    });
    const args: CallArguments = {
      ...given(...tensors.filter(([p]) => p.kind === "plain").map(([, t]) => t)),
      keywords: new Map(tensors.filter(([p]) => p.kind !== "plain").map(([p, t]) => [p.name, t])),
      open: true,
    };
    engine.call(made, args, cls.nameAt, cls.nameAt);
  });
}

/** What an input is taken for: how many dimensions stand in front, and whether what a comment says of it is believed. */
interface Input {
  readonly lead: NonNullable<TensorValue["lead"]>;
  /** Says that the first layer cannot take what the comment says. */
  readonly contradicted: { isSo: boolean } | undefined;
}

/** What may stand in front of the dimensions that the first layer asks for, the commonest first. */
const LEADS = ["batch", "sequence", "alone"] as const;

/**
 * Runs a model for an input as its comment says, if its first layer can take that, else for one of which nothing is said. What does not fit
 * is an error where it fits no number of dimensions; a model that fits one of them is shown with that, unless it is known to be called
 * with something that is not known (`isUnclear`).
 */
function forEveryInput(engine: Interpreter, isClaimed: boolean, isUnclear: boolean, run: (input: Input) => void): void {
  /** Follows one input; what came to light, and what was changed, is kept if `isKept` says so of what does not fit. */
  const attempt = (input: Input, isKept: (errors: readonly Mismatch[]) => boolean): readonly Mismatch[] => {
    const runs = engine.runs.length;
    let isWanted = false;
    let after: Changes = new Map();
    const found = engine.trace.provisional(
      () => {
        after = engine.journal.undone(() => run(input)).after;
      },
      (mismatches) => {
        isWanted = isKept(errorsOf(mismatches));
        return isWanted;
      },
    );
    if (isWanted) engine.journal.redo(after);
    else engine.runs.length = runs;
    return found;
  };
  const say = (found: readonly Mismatch[]): void => {
    for (const m of found) engine.trace.mismatch(m);
  };
  if (isClaimed) {
    const contradicted = { isSo: false };
    const found = attempt({ lead: "batch", contradicted }, () => !contradicted.isSo);
    if (!contradicted.isSo) {
      say(found);
      return;
    }
  }
  const errors: (readonly Mismatch[])[] = [];
  for (const lead of LEADS) {
    const found = attempt({ lead, contradicted: undefined }, (wrong) => wrong.length === 0 && !isUnclear);
    const wrong = errorsOf(found);
    if (wrong.length === 0) {
      if (isUnclear) attempt({ lead: "unclear", contradicted: undefined }, () => true);
      else say(found);
      return;
    }
    errors.push(wrong);
  }
  attempt({ lead: isUnclear ? "unclear" : "batch", contradicted: undefined }, () => true);
  const isAlways = (m: Mismatch): boolean =>
    errors.every((list) => list.some((o) => o.code === m.code && o.place.from === m.place.from));
  say((errors[0] ?? []).filter(isAlways));
}

const errorsOf = (found: readonly Mismatch[]): readonly Mismatch[] => found.filter((m) => m.severity === "error");

/** An object of a class: one that the file makes and nothing unknown has changed, else a new one. */
function objectOf(engine: Interpreter, cls: ClassValue, file: PythonFile): PyValue {
  const own = engine.instancesOf.get(cls) ?? [];
  const pure = own.find((i) => !i.escaped);
  return pure ?? instantiate(engine, cls, own[0]?.made ?? constructorArguments(cls, file), cls.nameAt);
}

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
    open: true,
  };
}

function openTensor({ lead, contradicted }: Input, said: WrittenShape | undefined, mark?: string): TensorValue {
  const open = { kind: "tensor" as const, shape: undefined, open: true, reason: "The input's shape is not said." };
  const claim = contradicted && said;
  if (!claim) return { ...open, lead, ...(mark === undefined ? {} : { mark }) };
  if (claim.bracketed && (claim.sizes.length !== 3 || isBatch(claim.sizes[0])))
    return { kind: "tensor", shape: claim.sizes, open: false, contradicted };
  return { ...open, sizes: claim.sizes, contradicted };
}

/** Whether a size is called as a batch is: `(B, N, C)` has its own, `(3, 32, 32)` has none. */
const isBatch = (size: Size): boolean => typeof size === "object" && /^(b|n|bs|batch\w*)$/i.test(printDim(size));
