import { judgeVariable } from "./annotations.js";
import { given } from "./arguments.js";
import { assign, remove } from "./assignment.js";
import { defineClass, defineFunction } from "./definitions.js";
import { Evaluator } from "./evaluator.js";
import { ending, type Raised } from "./exceptions.js";
import { generated } from "./generators.js";
import { attempt, followWith } from "./guarded.js";
import { importNames } from "./imports.js";
import { iteratorOver } from "./iterators.js";
import { join } from "./join.js";
import { followFor, followWhile } from "./loops.js";
import { followMatch } from "./matching.js";
import { followAssert, raisedBy } from "./raising.js";
import type { Scope } from "./scope.js";
import { FIRST_BASE } from "./sources.js";
import type { Expression, Place, Statement } from "./syntax.js";
import { sayInPlace } from "./torch/inPlace.js";
import { updatedInPlace } from "./updating.js";
import { isContainerValue, isTensorValue } from "./valueKinds.js";
import { anything, type FunctionValue, type ListValue, NONE, type PyValue, unknown } from "./values.js";

/** How a list of statements ends. */
export type Outcome =
  | { readonly kind: "next" | "break" | "continue" }
  | { readonly kind: "raise"; readonly raised: Raised }
  | { readonly kind: "return"; readonly value: PyValue };

/** Goes on with the next statement. */
export const NEXT: Outcome = { kind: "next" };

/** Follows statements. Conditions that are not known are followed both ways. */
export class Interpreter extends Evaluator {
  /** Values that a call may return under conditions that are not known. */
  maybeReturned: PyValue[] = [];
  /** Whether the loop at hand may have gone on to its next round, or ended, before this point. */
  hasUnsureJump = false;

  /** Follows the code of another file. */
  apart<T>(run: () => T): T {
    const outer = [this.maybeReturned, this.hasUnsureJump, this.yielded, this.depth] as const;
    [this.maybeReturned, this.hasUnsureJump, this.yielded, this.depth] = [[], false, undefined, 0];
    try {
      return run();
    } finally {
      [this.maybeReturned, this.hasUnsureJump, this.yielded, this.depth] = outer;
    }
  }

  /** Follows statements in a scope. */
  execute(body: readonly Statement[], scope: Scope): Outcome {
    for (const [i, statement] of body.entries()) {
      const before = this.maybeReturned.length;
      const outcome = this.statement(statement, scope);
      if (outcome.kind !== "next") return outcome;
      if (this.maybeReturned.length > before) return this.afterMaybeReturn(body.slice(i + 1), scope);
    }
    return NEXT;
  }

  /** What follows a return that may have happened: what it changes outside of the function may not have been changed. */
  private afterMaybeReturn(rest: readonly Statement[], scope: Scope): Outcome {
    const { result, after } = this.journal.undone(() => this.end(() => this.execute(rest, scope)));
    const own = after.get(scope.names);
    if (own) this.journal.redo(new Map([[scope.names, own]]));
    after.delete(scope.names);
    this.journal.joinIn(after, false);
    return result;
  }

  protected override runBody(fn: FunctionValue, scope: Scope): PyValue {
    if (!Array.isArray(fn.body)) return this.evaluate(fn.body as Expression, scope);
    const outer = [this.maybeReturned, this.hasUnsureJump] as const;
    this.maybeReturned = [];
    this.hasUnsureJump = false;
    try {
      const { outcome, list } = this.followBody(fn, fn.body as readonly Statement[], scope);
      const values = this.maybeReturned;
      if (outcome.kind === "raise" && values.length === 0) throw outcome.raised;
      if (list) return fn.yields === "context" ? list : (iteratorOver(this, list) ?? list);
      if (outcome.kind === "return") values.push(outcome.value);
      else if (outcome.kind === "next") values.push(NONE);
      return values.length === 0 ? unknown("It raises an exception.") : values.reduce((a, b) => join(a, b));
    } finally {
      [this.maybeReturned, this.hasUnsureJump] = outer;
    }
  }

  /** Follows the body of a function; of a generator all that it yields. */
  private followBody(
    fn: FunctionValue,
    body: readonly Statement[],
    scope: Scope,
  ): { readonly outcome: Outcome; readonly list?: ListValue } {
    if (!fn.yields) return { outcome: this.execute(body, scope) };
    let outcome: Outcome = NEXT;
    const list = generated(this, () => {
      outcome = this.execute(body, scope);
    });
    // What may have been returned before its end may be all that it yields.
    if (this.maybeReturned.length > 0) this.journal.set(list, "items", undefined);
    return { outcome, list };
  }

  /** How something ends; what it raises is an end, too. */
  end(run: () => Outcome): Outcome {
    const ended = ending(run);
    return "value" in ended ? ended.value : { kind: "raise", raised: ended.raised };
  }

  /** Follows the statements of a file: what one raises does not keep the next from being read. */
  followFile(body: readonly Statement[], scope: Scope, report: (raised: Raised) => void): void {
    for (const statement of body) {
      const { errors } = this.trace;
      const outcome = this.end(() => this.statement(statement, scope));
      // What is raised after something that does not fit may well follow from it.
      if (outcome.kind === "raise" && this.trace.errors === errors) report(outcome.raised);
    }
  }

  /** Follows one statement. */
  statement(s: Statement, scope: Scope): Outcome {
    if (s.from < FIRST_BASE) this.at = s;
    this.step();
    switch (s.kind) {
      case "import":
        importNames(this, s, scope);
        return NEXT;
      case "class":
        this.assignName(s.name, defineClass(this, s, scope), scope);
        return NEXT;
      case "function":
        this.assignName(s.name, defineFunction(this, s, scope), scope);
        return NEXT;
      case "assign": {
        if (!s.value) return NEXT;
        const value = this.evaluate(s.value, scope);
        for (const target of s.targets) assign(this, target, value, scope);
        if (s.annotation) judgeVariable(this, s.annotation, value, scope);
        this.noteStatement(s, s.value, value);
        return NEXT;
      }
      case "update":
        this.update(s, scope);
        return NEXT;
      case "expression":
        this.evaluate(s.value, scope);
        return NEXT;
      case "return": {
        const value = s.value ? this.evaluate(s.value, scope) : NONE;
        if (s.value) this.noteStatement(s, s.value, value);
        return { kind: "return", value };
      }
      case "if":
        return this.choose(s.branches, scope);
      case "match":
        return followMatch(this, s, scope);
      case "assert":
        return followAssert(this, s, scope);
      case "for":
        return followFor(this, s, scope);
      case "while":
        return followWhile(this, s, scope);
      case "with":
        return followWith(this, s, scope);
      case "try":
        return attempt(this, s, scope);
      case "delete":
        for (const target of s.targets) remove(this, target, scope);
        return NEXT;
      case "scope":
        for (const name of s.names) scope.declare(s.how, name);
        return NEXT;
      case "raise":
        return { kind: "raise", raised: raisedBy(this, s, scope) };
      case "break":
      case "continue":
        return { kind: s.kind };
      case "broken":
        for (const name of s.names)
          if (scope.names.has(name)) this.assignName(name, unknown("This statement is not finished."), scope);
        return NEXT;
      default:
        return NEXT;
    }
  }

  /** `target op= value`: a list is changed itself, and a tensor keeps its shape. */
  private update(s: Extract<Statement, { kind: "update" }>, scope: Scope): void {
    const target = this.evaluate(s.target, scope);
    const value = this.evaluate(s.value, scope);
    const kept = updatedInPlace(this, s.op, target, value);
    if (kept) {
      assign(this, s.target, kept, scope);
      return;
    }
    if (isContainerValue(target) && s.op === "+") {
      this.call(this.memberOf(target, "extend", s), given(value), s, s);
      return;
    }
    const result = this.binary(s.op, target, value, s);
    if (isTensorValue(target) && isTensorValue(result) && s.op !== "@")
      sayInPlace(this, target, result, `${s.op}=`, s.op, s, "update");
    if (isContainerValue(target)) this.journal.set(target, "children", undefined);
    const changed = isTensorValue(target) && target.shape && isTensorValue(result) && !result.doubt ? target : result;
    if (isTensorValue(target) && isTensorValue(result) && result.origin) target.origin = result.origin;
    assign(this, s.target, changed, scope);
    this.noteStatement(s, s.value, changed);
  }

  private noteStatement(s: Place, value: Expression, result: PyValue): void {
    if (isTensorValue(result) && value.kind !== "name")
      this.trace.statement({
        at: s.to,
        tensor: result,
        what: this.textAt({ from: s.from, to: Math.min(s.to, s.from + 40) }),
      });
  }

  private choose(branches: Extract<Statement, { kind: "if" }>["branches"], scope: Scope, from = 0): Outcome {
    for (let i = from; i < branches.length; i++) {
      const { when, body } = branches[i] as (typeof branches)[number];
      if (!when) return this.execute(body, scope);
      const condition = this.evaluate(when, scope);
      const known = this.isTrue(condition);
      if (known === true) return this.execute(body, scope);
      if (known === undefined)
        return this.either(
          condition,
          () => this.execute(body, scope),
          () => this.choose(branches, scope, i + 1),
        );
    }
    return NEXT;
  }

  /** Follows two ways of which one is taken, and how they may end; without a condition what does not fit is said in both. */
  either(condition: PyValue | undefined, one: () => Outcome, other: () => Outcome): Outcome {
    const leaves = (o: Outcome): boolean => o.kind === "return" || o.kind === "raise";
    const jumps = (o: Outcome): boolean => o.kind === "break" || o.kind === "continue";
    // What raises leaves further than what returns.
    const distance = (o: Outcome): number => (o.kind === "raise" ? 2 : leaves(o) ? 1 : 0);
    const keep = (x: Outcome, y: Outcome): "one" | "other" | "joined" =>
      distance(x) > distance(y) ? "other" : distance(y) > distance(x) ? "one" : "joined";
    const ways = [(): Outcome => this.end(one), (): Outcome => this.end(other)] as const;
    const [a, b] = condition ? this.fork(condition, ...ways, keep) : this.journal.both(...ways, keep);
    if (a.kind === "return" && b.kind === "return") return { kind: "return", value: join(a.value, b.value) };
    for (const o of [a, b]) if (o.kind === "return") this.maybeReturned.push(o.value);
    if (a.kind === b.kind) return a;
    if (leaves(a)) return b.kind === "return" ? a : b;
    if (leaves(b)) return a;
    if (jumps(a) || jumps(b)) this.hasUnsureJump = true;
    return NEXT;
  }

  /** A value of which a loop or an argument of the program decides. */
  readonly outside = anything("It comes from a loop over something that is not known.");
}
