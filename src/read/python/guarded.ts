import { given } from "./arguments.js";
import { assign } from "./assignment.js";
import { CATCHES_ALL, mayCatchMisfit, Raised } from "./exceptions.js";
import { contexts, expectsErrors, leaves, mayForgive } from "./forgiving.js";
import { raisesNothing } from "./harmless.js";
import { type Interpreter, NEXT, type Outcome } from "./interpreter.js";
import type { Changes } from "./journal.js";
import type { Scope } from "./scope.js";
import type { Expression, Handler, Place, Statement } from "./syntax.js";
import type { Mismatch } from "./trace.js";
import { isInstanceValue, isMethodValue, isTensorValue } from "./valueKinds.js";
import { NONE, type PyValue, unknown } from "./values.js";

/** Exceptions of Python itself, which is certain not to raise them where everything that it comes to is known. */
const OF_PYTHON = new Set(["TypeError", "KeyError", "NameError"]);

/** Exceptions that a calculation raises, which is certain not to where all its tensors and numbers are known. */
const OF_CALCULATION = new Set(["Exception", "BaseException", "RuntimeError", "ValueError", "IndexError"]);

/** Exceptions that catch arguments which a call does not take. */
const CATCHES_ARGUMENTS = new Set(["TypeError", ...CATCHES_ALL]);

/** Follows `try`: what goes wrong in it and is caught is not said. */
export function attempt(engine: Interpreter, s: Extract<Statement, { kind: "try" }>, scope: Scope): Outcome {
  // A `try` that is not finished yet may be given any handler.
  const isUnfinished = s.handlers.length === 0 && s.finally.length === 0;
  const catches = (isOne: (name: string) => boolean): boolean =>
    s.handlers.some((h) => h.catches.length === 0 || h.catches.some(isOne));
  const ends = catches(mayCatchMisfit) || leaves(s.finally);
  const { doubts } = engine;
  const { said } = engine.trace;
  let isCalculation = false;
  const body = (): Outcome =>
    guarded(
      engine,
      catches((name) => CATCHES_ARGUMENTS.has(name)),
      catches((name) => name === "NameError" || CATCHES_ALL.has(name)),
      () => {
        const all = [...s.body, ...s.otherwise];
        const end = engine.execute(all, scope);
        isCalculation = raisesNothing(engine, all, scope);
        return end;
      },
    );
  const apart = (): Outcome =>
    engine.trace.apart(body, ends ? (found) => raiseMisfit(engine, found) : undefined).result;
  const halfway: Changes[] = [];
  const { result: tried, after } = engine.trying(halfway, () =>
    engine.journal.undone(() => engine.end(ends || isUnfinished ? apart : body)),
  );
  const isMisfit = tried.kind === "raise" && tried.raised.isMisfit;
  const isCertain = engine.doubts === doubts && (isMisfit || engine.trace.said === said);
  const outcome = tried.kind === "raise" ? handled(tried.raised) : unlessItRaises();
  const last = engine.execute(s.finally, scope);
  return last.kind === "next" ? outcome : last;

  function handle(h: Handler): Outcome {
    if (h.as) engine.assignName(h.as, unknown("It is an exception."), scope);
    return engine.end(() => engine.execute(h.body, scope));
  }

  /** It may be raised before anything has changed, or after all has, or in between. */
  function rescued(h: Handler): Outcome {
    engine.journal.goOnFrom([...(isMisfit && isCertain ? [] : [new Map()]), after, ...halfway]);
    return handle(h);
  }

  /** What certainly is raised goes to the first handler for it, unless something else may have been raised before. */
  function handled(raised: Raised): Outcome {
    const catching = (h: Handler): boolean | undefined => {
      if (h.isUnsure) return undefined;
      const each = h.catches.map((name) => raised.isCaughtBy(name));
      return h.catches.length === 0 || each.includes(true) ? true : each.includes(undefined) ? undefined : false;
    };
    const at = s.handlers.findIndex((h) => catching(h) === true);
    const sure = s.handlers[at];
    const others = s.handlers.filter(
      (h, i) => h !== sure && (!isCertain || (catching(h) !== false && (at < 0 || i < at))),
    );
    return perhaps(others, () => {
      engine.journal.goOnFrom([after, ...halfway]);
      return sure ? handle(sure) : tried;
    });
  }

  /** Whether handlers run is not known, so that they are followed for their effect and nothing in them is said. */
  function perhaps(handlers: readonly Handler[], plain: () => Outcome): Outcome {
    return handlers.reduce<() => Outcome>(
      (before, h) => () => engine.either(undefined, before, () => engine.trace.muted(() => rescued(h))),
      plain,
    )();
  }

  function unlessItRaises(): Outcome {
    const isOfPython = (name: string): boolean => OF_PYTHON.has(name) || (isCalculation && OF_CALCULATION.has(name));
    const mayRun = (h: Handler): boolean =>
      !isCertain ||
      (!h.isUnsure && (h.catches.length === 0 ? !isCalculation : h.catches.some((name) => !isOfPython(name))));
    return perhaps(s.handlers.filter(mayRun), () => {
      engine.journal.redo(after);
      return tried;
    });
  }
}

/** Ends what is followed where something in it does not fit. */
function raiseMisfit(engine: Interpreter, { place, say, advise }: Mismatch): never {
  const exception = unknown("It is what does not fit.");
  throw new Raised(exception, place, say, advise, false, [...engine.trail], true);
}

/** Runs something within a `try`; arguments that a call does not take, and names that nothing has, are raised there if they are caught. */
function guarded<T>(engine: Interpreter, catchesArguments: boolean, catchesNames: boolean, run: () => T): T {
  const outer = [engine.guards, engine.namesCaught] as const;
  if (catchesArguments) engine.guards++;
  if (catchesNames) engine.namesCaught++;
  try {
    return run();
  } finally {
    [engine.guards, engine.namesCaught] = outer;
  }
}

/** `with suppress(KeyError):` as the `try` that it stands for; undefined for any other statement. */
function asTry(
  engine: Interpreter,
  s: Extract<Statement, { kind: "with" }>,
): Extract<Statement, { kind: "try" }> | undefined {
  const [item, ...more] = s.items;
  if (item?.value.kind !== "call" || more.length > 0 || !/(?:^|\.)suppress$/.test(engine.textAt(item.value.callee)))
    return undefined;
  const catches = item.value.args.map(({ value }) => engine.textAt(value).split(".").at(-1) ?? "");
  const { from, to, body } = s;
  return catches.length > 0 && catches.every((name) => /^\w+$/.test(name))
    ? { kind: "try", from, to, body, handlers: [{ catches, body: [] }], otherwise: [], finally: [] }
    : undefined;
}

/** Functions that put something else in the place of what a program has, for as long as their `with` lasts. */
const REPLACES = /(?:^|\.)patch(?:\.(?:object|dict|multiple))?$/;

/** Follows `with`: where an exception is expected, none is said. */
export function followWith(engine: Interpreter, s: Extract<Statement, { kind: "with" }>, scope: Scope): Outcome {
  const suppressing = asTry(engine, s);
  if (suppressing) return attempt(engine, suppressing, scope);
  const [item, ...more] = s.items;
  if (!item) return engine.execute(s.body, scope);
  const { value: expression } = item;
  const inner: readonly Statement[] = more.length > 0 ? [{ ...s, items: more }] : s.body;
  const body = (): Outcome => engine.execute(inner, scope);
  if (expression.kind === "call" && REPLACES.test(engine.textAt(expression.callee))) {
    engine.evaluate(expression, scope);
    if (item.as) assign(engine, item.as, unknown("It stands for something else."), scope);
    const { result, before } = engine.journal.noted(() => engine.trace.muted(body));
    engine.journal.lose(before);
    return result;
  }
  const value = engine.evaluate(expression, scope);
  const putBack = engine.journal.lose(contexts.get(value)?.before ?? NOTHING);
  const entering = entered(engine, value, expression);
  if (item.as) assign(engine, item.as, entering, scope);
  const catching: Handler = { catches: [], body: [], isUnsure: true };
  const outcome = left(engine, value, expression, () => {
    if (expectsErrors(engine, expression))
      return engine.either(
        engine.outside,
        () => engine.trace.apart(body).result,
        () => NEXT,
      );
    return mayForgive(engine, value, expression)
      ? attempt(engine, { ...s, kind: "try", body: inner, handlers: [catching], otherwise: [], finally: [] }, scope)
      : body();
  });
  putBack();
  return outcome;
}

const NOTHING: Changes = new Map();

/** What a context manager gives for `as`. */
function entered(engine: Interpreter, value: PyValue, place: Place): PyValue {
  if (isTensorValue(value)) return value;
  const enter = isInstanceValue(value) ? engine.memberOf(value, "__enter__", place) : value;
  return isMethodValue(enter) ? engine.call(enter, given(), place, place) : unknown("It comes from a with statement.");
}

/** Follows what stands in a `with`, and then what its context manager does at its end. */
function left(engine: Interpreter, value: PyValue, place: Expression, body: () => Outcome): Outcome {
  const outcome = engine.end(body);
  const exit = isInstanceValue(value) ? engine.memberOf(value, "__exit__", place) : undefined;
  if (isMethodValue(exit)) {
    const isRaised = outcome.kind === "raise" || mayForgive(engine, value, place);
    const said = isRaised ? unknown("It is what was raised, if anything.") : NONE;
    engine.call(exit, given(said, said, said), place, place);
  }
  if (outcome.kind === "raise") throw outcome.raised;
  return outcome;
}
