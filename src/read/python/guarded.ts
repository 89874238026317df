import { given } from "./arguments.js";
import { assign } from "./assignment.js";
import type { Raised } from "./exceptions.js";
import { raisesNothing } from "./harmless.js";
import { type Interpreter, NEXT, type Outcome } from "./interpreter.js";
import type { Changes } from "./journal.js";
import type { Scope } from "./scope.js";
import type { Handler, Place, Statement } from "./syntax.js";
import type { Mismatch } from "./trace.js";
import { isInstanceValue, isMethodValue, isTensorValue } from "./valueKinds.js";
import { type PyValue, unknown } from "./values.js";

/** Exceptions that no mismatch raises: a handler for these alone hides none. */
const OTHERS =
  /^(?:Import|ModuleNotFound|KeyboardInterrupt|FileNotFound|OS|IO|Key|Attribute|Name|StopIteration|SystemExit|Zero|Unicode|JSON|EOF|Permission|Timeout|Connection)\w*$/;

/** Exceptions of Python itself, which is certain not to raise them where everything that it comes to is known. */
const OF_PYTHON = new Set(["TypeError", "KeyError", "NameError"]);

/** Exceptions that a calculation raises, which is certain not to where all its tensors and numbers are known. */
const OF_CALCULATION = new Set(["Exception", "BaseException", "RuntimeError", "ValueError", "IndexError"]);

/** Exceptions that catch arguments which a call does not take. */
const CATCHES_ALL = new Set(["Exception", "BaseException"]);
const CATCHES_ARGUMENTS = new Set(["TypeError", ...CATCHES_ALL]);

/** Follows `try`: what goes wrong in it and is caught is not said. */
export function attempt(engine: Interpreter, s: Extract<Statement, { kind: "try" }>, scope: Scope): Outcome {
  // A `try` that is not finished yet may be given any handler.
  const isUnfinished = s.handlers.length === 0 && s.finally.length === 0;
  const hides =
    isUnfinished || s.handlers.some((h) => h.catches.length === 0 || h.catches.some((name) => !OTHERS.test(name)));
  const catchesArguments = s.handlers.some(
    (h) => h.catches.length === 0 || h.catches.some((name) => CATCHES_ARGUMENTS.has(name)),
  );
  const catchesNames = s.handlers.some(
    (h) => h.catches.length === 0 || h.catches.some((name) => name === "NameError" || CATCHES_ALL.has(name)),
  );
  const { doubts } = engine;
  const found: Mismatch[] = [];
  let isCalculation = false;
  const body = (): Outcome =>
    guarded(engine, catchesArguments, catchesNames, () => {
      const all = [...s.body, ...s.otherwise];
      const end = engine.execute(all, scope);
      isCalculation = raisesNothing(engine, all, scope);
      return end;
    });
  const apart = (): Outcome => {
    const within = engine.trace.apart(body);
    found.push(...within.found);
    return within.result;
  };
  const halfway: Changes[] = [];
  const { result: tried, after } = engine.trying(halfway, () =>
    engine.journal.undone(() => engine.end(hides ? apart : body)),
  );
  const isCertain = engine.doubts === doubts && found.length === 0;
  const outcome = tried.kind === "raise" ? handled(tried.raised) : unlessItRaises();
  const last = engine.execute(s.finally, scope);
  return last.kind === "next" ? outcome : last;

  function handle(h: Handler): Outcome {
    if (h.as) engine.assignName(h.as, unknown("It is an exception."), scope);
    return engine.end(() => engine.execute(h.body, scope));
  }

  /** It may be raised before anything has changed, or after all has, or in between. */
  function rescued(h: Handler): Outcome {
    engine.journal.goOnFrom([new Map(), after, ...halfway]);
    return handle(h);
  }

  /** What certainly is raised goes to the first handler for it. */
  function handled(raised: Raised): Outcome {
    engine.journal.goOnFrom([after, ...halfway]);
    const catches = (h: Handler): boolean | undefined => {
      const each = h.catches.map((name) => raised.isCaughtBy(name));
      return h.catches.length === 0 || each.includes(true) ? true : each.includes(undefined) ? undefined : false;
    };
    const first = s.handlers.find((h) => catches(h) !== false);
    if (!first) return tried;
    if (catches(first)) return handle(first);
    return engine.either(
      undefined,
      () => tried,
      () => engine.trace.muted(() => handle(first)),
    );
  }

  /** Whether a handler runs is not known, so that it is followed for its effect and nothing in it is said. */
  function unlessItRaises(): Outcome {
    const plain = (): Outcome => {
      engine.journal.redo(after);
      return tried;
    };
    const isOfPython = (name: string): boolean => OF_PYTHON.has(name) || (isCalculation && OF_CALCULATION.has(name));
    const mayRun = (h: Handler): boolean =>
      !isCertain || (h.catches.length === 0 ? !isCalculation : h.catches.some((name) => !isOfPython(name)));
    return s.handlers
      .filter(mayRun)
      .reduce<() => Outcome>(
        (before, h) => () => engine.either(undefined, before, () => engine.trace.muted(() => rescued(h))),
        plain,
      )();
  }
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

const EXPECTS_ERRORS = /(?:^|\.)(?:raises|assertRaises\w*|suppress)$/;

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

/** Follows `with`: where an exception is expected, none is said. */
export function followWith(engine: Interpreter, s: Extract<Statement, { kind: "with" }>, scope: Scope): Outcome {
  const suppressing = asTry(engine, s);
  if (suppressing) return attempt(engine, suppressing, scope);
  let expects = false;
  for (const item of s.items) {
    const value = engine.evaluate(item.value, scope);
    const callee = item.value.kind === "call" ? item.value.callee : item.value;
    expects ||= EXPECTS_ERRORS.test(engine.textAt(callee));
    if (item.as) assign(engine, item.as, entered(engine, value, item.value), scope);
  }
  const body = (): Outcome => engine.execute(s.body, scope);
  if (!expects) return body();
  return engine.either(
    engine.outside,
    () => engine.trace.apart(body).result,
    () => NEXT,
  );
}

/** What `as` names: what `__enter__` gives, or what the function of a `contextmanager` yields. */
function entered(engine: Interpreter, value: PyValue, place: Place): PyValue {
  if (isTensorValue(value)) return value;
  const enter = isInstanceValue(value) ? engine.memberOf(value, "__enter__", place) : value;
  return isMethodValue(enter) ? engine.call(enter, given(), place, place) : unknown("It comes from a with statement.");
}
