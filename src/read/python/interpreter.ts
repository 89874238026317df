import { judgeVariable } from "./annotations.js";
import { given } from "./arguments.js";
import { assign, remove } from "./assignment.js";
import { defineClass, defineFunction } from "./definitions.js";
import { Evaluator } from "./evaluator.js";
import { ending, type Raised } from "./exceptions.js";
import { type MaybeReturned, runStatements } from "./functionBody.js";
import { attempt, followWith } from "./guarded.js";
import { importNames } from "./imports.js";
import { join } from "./join.js";
import type { Changes } from "./journal.js";
import { followFor, followWhile } from "./loops.js";
import { followMatch } from "./matching.js";
import { followAssert, raisedBy } from "./raising.js";
import type { Scope } from "./scope.js";
import { FIRST_BASE } from "./sources.js";
import type { Expression, Place, Statement } from "./syntax.js";
import { sayInPlace } from "./torch/inPlace.js";
import { updatedInPlace } from "./updating.js";
import { isContainerValue, isTensorValue } from "./valueKinds.js";
import { anything, type FunctionValue, NONE, type PyValue, unknown } from "./values.js";

/** Places of a `try` at which something may be raised that are told apart, and how much it may have changed by then. */
const MAX_HALFWAY = 16;
const MAX_OWNERS = 64;

/** How a list of statements ends. */
export type Outcome =
  | { readonly kind: "next" | "break" | "continue" }
  | { readonly kind: "raise"; readonly raised: Raised }
  | { readonly kind: "return"; readonly value: PyValue };

/** Goes on with the next statement. */
export const NEXT: Outcome = { kind: "next" };

/** How a round of a loop ends, and what it had changed by then. */
export interface Jump {
  readonly kind: Outcome["kind"];
  readonly changes: Changes;
}

/** Follows statements. Conditions that are not known are followed both ways. */
export class Interpreter extends Evaluator {
  /** What the call at hand may return under conditions that are not known. */
  maybeReturned: MaybeReturned[] = [];
  /** How many ways and rounds were open when the call at hand began. */
  callDepth = 0;
  /** Where the round at hand may have gone on to the next, or ended the loop, before this point. */
  unsureJumps: Jump[] = [];
  /** The `try` bodies within which we are: how many ways and rounds were open when each began, and what it had changed at what may raise. */
  private tried: readonly { readonly depth: number; readonly halfway: Changes[] }[] = [];
  /** How many ways and rounds were open when the round at hand began. */
  roundDepth = 0;

  /** Follows the code of another file. */
  apart<T>(run: () => T): T {
    const outer = [this.maybeReturned, this.unsureJumps, this.tried, this.yielded, this.depth] as const;
    [this.maybeReturned, this.unsureJumps, this.tried, this.yielded, this.depth] = [[], [], [], undefined, 0];
    try {
      return run();
    } finally {
      [this.maybeReturned, this.unsureJumps, this.tried, this.yielded, this.depth] = outer;
    }
  }

  /** Follows statements in a scope. */
  execute(body: readonly Statement[], scope: Scope): Outcome {
    for (const statement of body) {
      const outcome = this.statement(statement, scope);
      if (outcome.kind !== "next") return outcome;
    }
    return NEXT;
  }

  protected override runBody(fn: FunctionValue, scope: Scope): PyValue {
    return Array.isArray(fn.body)
      ? runStatements(this, fn, fn.body as readonly Statement[], scope)
      : this.evaluate(fn.body as Expression, scope);
  }

  private changedSince(depth: number): Changes {
    this.step(this.journal.ownersSince(depth) >> 3);
    return this.journal.changedSince(depth);
  }

  /** Runs the body of a `try`; `halfway` gets what it has changed wherever something may be raised. */
  trying<T>(halfway: Changes[], run: () => T): T {
    const outer = this.tried;
    this.tried = [...outer, { depth: this.journal.depth, halfway }];
    try {
      return run();
    } finally {
      this.tried = outer;
    }
  }

  /** Notes that something may be raised here, for whichever `try` catches it. */
  noteRaise(): void {
    for (const { depth, halfway } of this.tried)
      if (halfway.length < MAX_HALFWAY && this.journal.ownersSince(depth) <= MAX_OWNERS)
        halfway.push(this.changedSince(depth));
  }

  /** A return that may be reached here. */
  returning(value: PyValue): MaybeReturned {
    return { value, changes: this.changedSince(this.callDepth) };
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
    // What raises leaves further than what returns, and that further than what leaves the round.
    const distance = (o: Outcome): number => (o.kind === "raise" ? 3 : leaves(o) ? 2 : jumps(o) ? 1 : 0);
    const keep = (x: Outcome, y: Outcome): "one" | "other" | "joined" =>
      distance(x) > distance(y) ? "other" : distance(y) > distance(x) ? "one" : "joined";
    const left: Jump[] = [];
    const returned: MaybeReturned[] = [];
    const way = (run: () => Outcome) => (): Outcome => {
      const outcome = this.end(run);
      if (jumps(outcome)) left.push({ kind: outcome.kind, changes: this.changedSince(this.roundDepth) });
      if (outcome.kind === "return") returned.push(this.returning(outcome.value));
      if (outcome.kind === "raise") this.noteRaise();
      return outcome;
    };
    const ways = [way(one), way(other)] as const;
    const [a, b] = condition ? this.fork(condition, ...ways, keep) : this.journal.both(...ways, keep);
    if (a.kind === "return" && b.kind === "return") return { kind: "return", value: join(a.value, b.value) };
    this.maybeReturned.push(...returned);
    if (a.kind === b.kind) return a;
    if (leaves(a)) return b.kind === "return" ? a : b;
    if (leaves(b)) return a;
    this.unsureJumps.push(...left);
    return NEXT;
  }

  /** A value of which a loop or an argument of the program decides. */
  readonly outside = anything("It comes from a loop over something that is not known.");
}
