import { blocksOf, hasReturn } from "./blocks.js";
import type { Evaluator } from "./evaluator.js";
import type { Changes } from "./journal.js";
import type { Expression, Handler, Statement } from "./syntax.js";
import { isFunctionValue, isInstanceValue, isMethodValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** What a context manager that is made of a generator does. */
interface Context {
  /** Whether it may catch what is raised within its `with`. */
  readonly forgives: boolean;
  /** What it changes before its `with` and behind it, as it was. */
  readonly before: Changes;
}

/** What context managers that are made of generators do, by what they gave. */
export const contexts = new WeakMap<PyValue, Context>();

/** Context managers of libraries that catch what is raised within their `with`. */
const EXPECTS_ERRORS = /(?:^|\.)(?:raises|assertRaises\w*|suppress)$/;

/** Whether a context manager may catch what is raised within its `with`. */
export function mayForgive(engine: Evaluator, manager: PyValue, item: Expression): boolean {
  // A stack of context managers forgives what one of them does.
  if (!isInstanceValue(manager))
    return contexts.get(manager)?.forgives === true || /\bExitStack\(/.test(engine.textAt(item));
  const exit = engine.memberOf(manager, "__exit__", item);
  const fn = isMethodValue(exit) ? exit.fn : exit;
  return isFunctionValue(fn) && Array.isArray(fn.body) && mayReturnTrue(fn.body);
}

/** Whether statements return anything but None and False. */
const mayReturnTrue = (body: readonly Statement[]): boolean =>
  body.some((s) =>
    s.kind === "return" && s.value
      ? s.value.kind !== "constant" || s.value.value === true
      : blocksOf(s).some(mayReturnTrue),
  );

/** Whether the body of a generator catches what is raised where it yields. */
export const catchesAtYield = (engine: Evaluator, body: readonly Statement[]): boolean =>
  body.some((s) => {
    const caught =
      (s.kind === "try" && (s.handlers.some((h) => !raisesAgain(h)) || leaves(s.finally))) ||
      (s.kind === "with" && s.items.some(({ value }) => expectsErrors(engine, value)))
        ? s.body
        : [];
    return yields(caught) || blocksOf(s).some((block) => catchesAtYield(engine, block));
  });

/** Whether an item of a `with` is a context manager of a library that catches exceptions, by its name. */
export const expectsErrors = (engine: Evaluator, item: Expression): boolean =>
  EXPECTS_ERRORS.test(engine.textAt(item.kind === "call" ? item.callee : item));

const raisesAgain = ({ body }: Handler): boolean => body.at(-1)?.kind === "raise" && !hasReturn(body);

const yields = (body: readonly Statement[]): boolean =>
  body.some(
    (s) => ((s.kind === "expression" || s.kind === "assign") && s.value?.kind === "yield") || blocksOf(s).some(yields),
  );

/** Whether statements may leave what they stand in: a `finally` that does swallows what was raised. */
export const leaves = (body: readonly Statement[]): boolean => hasReturn(body) || jumps(body);

const jumps = (body: readonly Statement[]): boolean =>
  body.some((s) => s.kind === "break" || s.kind === "continue" || (!isLoop(s) && blocksOf(s).some(jumps)));

const isLoop = (s: Statement): boolean => s.kind === "for" || s.kind === "while";
