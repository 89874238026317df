import type { ImageSet } from "./assumedInput.js";
import type { Interpreter } from "./interpreter.js";
import type { Changes } from "./journal.js";
import type { Mismatch } from "./trace.js";
import type { TensorValue } from "./values.js";

/** What an input is taken for: how many dimensions stand in front, and whether what a comment says of it is believed. */
export interface Input {
  readonly lead: NonNullable<TensorValue["lead"]>;
  /** Says that the first layer cannot take what the comment says. */
  readonly contradicted: { isSo: boolean } | undefined;
  /** Whether of what is said of it only the number of dimensions is believed. */
  readonly isRankOnly?: true;
  /** The data set whose images it is taken for. */
  readonly images?: ImageSet;
}

/** One way to call what nobody calls; `isBlind`: with anything for the parameters that have defaults. */
export interface Attempt {
  readonly inputs: readonly Input[];
  readonly isBlind: boolean;
}

/** What is known of the inputs before anything is run. */
interface About {
  readonly isClaimed: boolean;
  /** Whether it is called somewhere with what is not known. */
  readonly isUnclear: boolean;
  readonly inputs: number;
  /** Told what does not fit what annotations say of the inputs, whatever else is given. */
  readonly refuted?: (by: Mismatch) => void;
}

/** What may stand in front of the dimensions that the first layer asks for, the commonest first. */
const LEADS = ["batch", "sequence", "alone", "grid", "stack"] as const;

/** The leads that a model is shown with, where nothing in it is wrong for one of them. */
const SHOWN = LEADS.slice(0, 3);

/**
 * Runs a model for an input as its comment says, if its first layer can take that, else for one of which nothing is said. What does not fit
 * is an error where it fits no number of dimensions of an input, whatever the others are and whatever else is given; a model that fits one
 * of them is shown with that, unless it is known to be called with something that is not known.
 */
export function forEveryInput(engine: Interpreter, about: About, run: (attempt: Attempt) => void): void {
  const { isClaimed, isUnclear, inputs, refuted } = about;
  const attempt = (call: Attempt, isKept: (errors: readonly Mismatch[]) => boolean): readonly Mismatch[] =>
    rehearse(engine, () => run(call), isKept);
  const alike = (lead: Input["lead"], contradicted?: { isSo: boolean }): Attempt => ({
    inputs: Array.from({ length: inputs }, () => ({ lead, contradicted })),
    isBlind: false,
  });
  const say = (found: readonly Mismatch[]): void => {
    for (const m of found) engine.trace.mismatch(m);
  };
  const proven = (errors: readonly Mismatch[], believed: boolean): readonly Mismatch[] => {
    const sure = errors.length === 0 ? [] : alwaysWrong(inputs, believed, (a) => attempt(a, () => false));
    return errors.filter((m) => isIn(sure, m));
  };
  /** What does not fit because of how many dimensions annotations say, and would fit other inputs. */
  const ofRank = (errors: readonly Mismatch[]): readonly Mismatch[] => {
    if (errors.length === 0) return [];
    const { inputs: plain } = alike("batch", { isSo: false });
    const loose = { inputs: plain.map((i): Input => ({ ...i, isRankOnly: true })), isBlind: false };
    const wrong = errorsOf(attempt(loose, () => false));
    const some = errors.filter((m) => isIn(wrong, m));
    const always = proven(some, false);
    return some.filter((m) => !isIn(always, m));
  };
  if (isClaimed) {
    const contradicted = { isSo: false };
    const found = attempt(alike("batch", contradicted), (wrong) => !contradicted.isSo && wrong.length === 0);
    const wrong = errorsOf(found);
    if (!contradicted.isSo && wrong.length === 0) {
      say(found);
      return;
    }
    // A comment that says another number of dimensions than the code goes by is itself what is wrong.
    const all = contradicted.isSo && !refuted ? [] : proven(wrong, true);
    const isOwn = (m: Mismatch): boolean => contradicted.isSo || m.code === "shape/unpacking";
    const sure = all.filter((m) => !isOwn(m));
    const [own] = [...all.filter(isOwn), ...(refuted ? ofRank(sure) : [])];
    if (own && refuted) refuted(own);
    else if (sure.length > 0) {
      attempt(alike("batch", contradicted), () => true);
      say(sure);
      return;
    }
  }
  let first: readonly Mismatch[] | undefined;
  for (const lead of inputs > 0 ? SHOWN : SHOWN.slice(0, 1)) {
    const found = attempt(alike(lead), (wrong) => wrong.length === 0 && !isUnclear);
    const wrong = errorsOf(found);
    first ??= wrong;
    if (wrong.length > 0) continue;
    if (isUnclear) attempt(alike("unclear"), () => true);
    else say(found);
    return;
  }
  attempt(alike(isUnclear ? "unclear" : "batch"), () => true);
  say(proven(first ?? [], false));
}

/** Follows one call; what came to light, and what was changed, is kept if `isKept` says so of what does not fit. */
export function rehearse(
  engine: Interpreter,
  run: () => void,
  isKept: (errors: readonly Mismatch[]) => boolean,
): readonly Mismatch[] {
  const runs = engine.runs.length;
  let isWanted = false;
  let after: Changes = new Map();
  const found = engine.trace.provisional(
    () => {
      after = engine.journal.undone(run).after;
    },
    (mismatches) => {
      isWanted = isKept(errorsOf(mismatches));
      return isWanted;
    },
  );
  if (isWanted) engine.journal.redo(after);
  else engine.runs.length = runs;
  return found;
}

/** What does not fit in any call that leaves all but one input open, and gives that one any number of dimensions. */
function alwaysWrong(
  inputs: number,
  believed: boolean,
  attempt: (call: Attempt) => readonly Mismatch[],
): readonly Mismatch[] {
  const contradicted = (): Input["contradicted"] => (believed ? { isSo: false } : undefined);
  const call = (at: number, lead: Input["lead"]): Attempt => ({
    inputs: Array.from({ length: inputs }, (_, i) => ({
      lead: i === at ? lead : "unclear",
      contradicted: contradicted(),
    })),
    isBlind: true,
  });
  if (inputs === 0) return errorsOf(attempt(call(0, "unclear")));
  const sure: Mismatch[] = [];
  for (let at = 0; at < inputs; at++) {
    let left: readonly Mismatch[] | undefined;
    for (const lead of LEADS) {
      if (left?.length === 0) break;
      const errors = errorsOf(attempt(call(at, lead)));
      left = left ? left.filter((m) => isIn(errors, m)) : errors;
    }
    sure.push(...(left ?? []));
  }
  return sure;
}

/** Whether a mismatch is among others, at its place. */
export const isIn = (list: readonly Mismatch[], m: Mismatch): boolean =>
  list.some((o) => o.code === m.code && o.place.from === m.place.from);

/** What is certainly wrong of what was found. */
export const errorsOf = (found: readonly Mismatch[]): readonly Mismatch[] =>
  found.filter((m) => m.severity === "error");
