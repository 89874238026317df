import { assign } from "./assignment.js";
import { OutOfSteps } from "./budget.js";
import { type Interpreter, type Jump, NEXT, type Outcome } from "./interpreter.js";
import { iteratorOver, nextOf } from "./iterators.js";
import { join } from "./join.js";
import { birthsSoFar, type Changes, Names, type Owner } from "./journal.js";
import type { Scope } from "./scope.js";
import { eachOf } from "./streams.js";
import type { Statement } from "./syntax.js";
import { isInstanceValue, isIteratorValue, isListValue, isTupleValue } from "./valueKinds.js";
import type { IteratorValue, PyValue } from "./values.js";

/** Rounds of a loop that are followed one by one, where how many there are is known, and where it is not. */
const MAX_ITEMS = 4096;
const MAX_ROUNDS = 128;

/** Rounds after the first that say what a round costs. */
const FIRST_ROUNDS = 2;

/** Times that a loop of unknown length is gone through until nothing more changes. */
const MAX_PASSES = 12;

/** Follows `for target in source`. */
export function followFor(engine: Interpreter, s: Extract<Statement, { kind: "for" }>, scope: Scope): Outcome {
  const source = engine.evaluate(s.source, scope);
  if (isIteratorValue(source)) return followIterator(engine, s, source, scope);
  const items = engine.iterate(source);
  // A list that changes while it is gone through gives what it has by then.
  const live = isListValue(source) && items && items.length <= MAX_ITEMS ? iteratorOver(engine, source) : undefined;
  if (live) return followIterator(engine, s, live, scope);
  if (items && items.length <= MAX_ITEMS) {
    let i = 0;
    return rounds(
      engine,
      s,
      scope,
      () => {
        const item = items[i++];
        if (item) assign(engine, s.target, item, scope);
        return item !== undefined;
      },
      (value) => assign(engine, s.target, value, scope),
      MAX_ITEMS,
      items.length,
      () => isOfObject(items[i - 1]),
    );
  }
  return anyNumber(engine, s, scope, () => assign(engine, s.target, eachOf(source) ?? engine.outside, scope));
}

/** Goes through an iterator item by item: what a loop that ends early leaves in it is still to come. */
function followIterator(
  engine: Interpreter,
  s: Extract<Statement, { kind: "for" }>,
  source: IteratorValue,
  scope: Scope,
): Outcome {
  let last: PyValue | undefined;
  const next = (): boolean | undefined => {
    const item = nextOf(engine, source);
    last = item === "end" ? undefined : item;
    if (item !== undefined && item !== "end") assign(engine, s.target, item, scope);
    return item === undefined ? undefined : item !== "end";
  };
  const blind = (item: PyValue): void => {
    engine.journal.set(source, "state", undefined);
    assign(engine, s.target, item, scope);
  };
  return rounds(engine, s, scope, next, blind, MAX_ITEMS, undefined, () => isOfObject(last));
}

/** Whether a round is about an object, which it may change. */
const isOfObject = (item: PyValue | undefined): boolean =>
  isInstanceValue(item) || (isTupleValue(item) && item.items.some((v) => isInstanceValue(v)));

/** Follows `while condition`. */
export function followWhile(engine: Interpreter, s: Extract<Statement, { kind: "while" }>, scope: Scope): Outcome {
  const start = (): boolean | undefined => engine.isTrue(engine.evaluate(s.when, scope));
  return rounds(engine, s, scope, start, () => engine.evaluate(s.when, scope));
}

type Loop = Extract<Statement, { kind: "for" | "while" }>;

/** Goes round while it is known whether there is another round; then as many times as it may be. */
function rounds(
  engine: Interpreter,
  s: Loop,
  scope: Scope,
  start: () => boolean | undefined,
  blind: (item: PyValue) => void,
  most = MAX_ROUNDS,
  count?: number,
  isAboutObject?: () => boolean,
): Outcome {
  const [outer, returned] = [engine.unsureJumps, engine.maybeReturned.length];
  try {
    for (let round = 0; round <= most; round++) {
      engine.unsureJumps = [];
      const [before, { spent }] = [engine.openLoops, engine.budget];
      let goesOn: boolean | undefined;
      let outcome: Outcome = NEXT;
      const { after } = engine.journal.undone(() => {
        goesOn = start();
        if (goesOn && round < most) outcome = engine.execute(s.body, scope);
      });
      if (goesOn === false) {
        engine.journal.redo(after);
        return engine.execute(s.otherwise, scope);
      }
      if (goesOn === undefined || round === most || engine.unsureJumps.length > 0) break;
      // Of a loop that a return may end nobody knows how many rounds it has.
      if (isEndless(s) && engine.maybeReturned.length > returned) break;
      engine.journal.redo(after);
      const end = outcome as Outcome;
      if (end.kind === "return" || end.kind === "raise") return end;
      if (end.kind === "break") return NEXT;
      // Epochs of training: what a loop within leaves open after one round, another round does not settle.
      // A round for each of several modules is another matter: each has its own.
      if (engine.openLoops > before && !isAboutObject?.()) break;
      // Rounds for which the work does not suffice are followed as any number of them, so that what comes after is, too.
      const cost = engine.budget.spent - spent;
      if (count !== undefined && round >= FIRST_ROUNDS && cost * (count - round - 1) > engine.budget.left) break;
    }
    return anyNumber(engine, s, scope, () => blind(engine.outside));
  } finally {
    engine.unsureJumps = outer;
  }
}

/** Follows a loop that runs any number of times: what changes in it is only known where all rounds leave it alike. */
function anyNumber(engine: Interpreter, s: Loop, scope: Scope, start: () => void): Outcome {
  const outer = [engine.unsureJumps, engine.roundDepth] as const;
  const returnedBefore = engine.maybeReturned.length;
  engine.openLoops++;
  /** Goes through one round: what it changes, at its end and wherever it may have left off. */
  const pass = (): readonly Jump[] => {
    engine.unsureJumps = [];
    engine.roundDepth = engine.journal.depth;
    const { result, after } = engine.journal.undone(() => {
      // A round that raises is not known to be reached.
      const outcome = engine.end(() => {
        start();
        return engine.execute(s.body, scope);
      });
      if (outcome.kind === "raise") engine.noteRaise();
      if (outcome.kind === "return") engine.maybeReturned.push(engine.returning(outcome.value));
      return outcome;
    });
    return [{ kind: result.kind, changes: after }, ...engine.unsureJumps];
  };
  try {
    let ways = settle(engine, pass);
    // In a rehearsal the last round has nothing to add.
    if (!engine.trace.isMuted) ways = pass();
    const breaks = changesOf(ways, "break");
    const atBreak = (): Outcome => {
      engine.journal.goOnFrom(breaks);
      return NEXT;
    };
    const atEnd = (): Outcome => {
      if (s.kind === "while") engine.trace.muted(start);
      return engine.execute(s.otherwise, scope);
    };
    if (isEndless(s)) return breaks.length > 0 ? atBreak() : onlyReturns(engine, returnedBefore);
    return breaks.length > 0 ? engine.either(engine.outside, atEnd, atBreak) : atEnd();
  } finally {
    [engine.unsureJumps, engine.roundDepth] = outer;
  }
}

/** Goes through rounds until another one changes nothing more of what holds at the start of each; how the last one may end. */
function settle(engine: Interpreter, pass: () => readonly Jump[]): readonly Jump[] {
  const start = birthsSoFar();
  let before = new Set<Owner>();
  for (let count = 0; count < MAX_PASSES; count++) {
    const ways = engine.trace.muted(pass);
    const ends = changesOf(ways, "next", "continue");
    // What a round makes for itself is new in every round.
    const lasts = (owner: Owner): boolean => (owner instanceof Names ? owner.born <= start : before.has(owner));
    const found = ends.map((end) => engine.journal.joinIn(end, count > 1, lasts));
    const owners = ends.flatMap((end) => [...end.keys()]);
    if (!found.includes("less") && (count > 0 || owners.every((owner) => owner instanceof Names))) {
      // What every round makes anew is nothing to go on from, though each makes it alike.
      if (found.includes("alike")) for (const end of ends) engine.journal.joinIn(end, true);
      return ways;
    }
    before = new Set(owners);
  }
  throw new OutOfSteps();
}

const changesOf = (ways: readonly Jump[], ...kinds: readonly Jump["kind"][]): readonly Changes[] =>
  ways.flatMap(({ kind, changes }) => (kinds.includes(kind) ? [changes] : []));

/** Whether only a `break`, a `return` or an exception ends a loop. */
const isEndless = (s: Loop): boolean =>
  s.kind === "while" &&
  ((s.when.kind === "constant" && s.when.value === true) || (s.when.kind === "number" && Number(s.when.text) > 0));

/** Goes on after a loop that nothing ends but one of the returns since there were so many. */
function onlyReturns(engine: Interpreter, from: number): Outcome {
  const returned = engine.maybeReturned.splice(from);
  if (returned.length === 0) return NEXT;
  engine.journal.goOnFrom(returned.map(({ changes }) => changes));
  return { kind: "return", value: returned.map(({ value }) => value).reduce((a, b) => join(a, b)) };
}
