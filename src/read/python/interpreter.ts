import { Evaluator } from "./evaluator.js";
import { Scope } from "./scope.js";
import type { Expression, Place, Statement } from "./syntax.js";
import { type ClassValue, type FunctionValue, join, NONE, type PyValue, unknown } from "./values.js";

/** How a list of statements ends. */
export type Outcome =
  | { readonly kind: "next" | "break" | "continue" | "raise" }
  | { readonly kind: "return"; readonly value: PyValue };

const NEXT: Outcome = { kind: "next" };

/** Rounds of a loop that are followed. */
const MAX_ROUNDS = 512;

/** Follows statements. Conditions that are not known are followed both ways. */
export class Interpreter extends Evaluator {
  /** Values that a call may return under conditions that are not known. */
  private maybeReturned: PyValue[] = [];

  /** Follows statements in a scope. */
  execute(body: readonly Statement[], scope: Scope): Outcome {
    for (const statement of body) {
      const outcome = this.statement(statement, scope);
      if (outcome.kind !== "next") return outcome;
    }
    return NEXT;
  }

  protected override runBody(fn: FunctionValue, scope: Scope): PyValue {
    if (!Array.isArray(fn.body)) return this.evaluate(fn.body as Expression, scope);
    const outer = this.maybeReturned;
    this.maybeReturned = [];
    const outcome = this.execute(fn.body as readonly Statement[], scope);
    const values = [...this.maybeReturned];
    this.maybeReturned = outer;
    if (outcome.kind === "return") values.push(outcome.value);
    else if (outcome.kind === "next") values.push(NONE);
    return values.length === 0 ? unknown("It raises an exception.") : values.reduce(join);
  }

  private statement(s: Statement, scope: Scope): Outcome {
    this.step();
    switch (s.kind) {
      case "import":
        for (const name of s.names) this.assignName(name.as, this.imported(s.module, name.path, name.as), scope);
        return NEXT;
      case "class":
        this.assignName(s.name, this.defineClass(s, scope), scope);
        return NEXT;
      case "function":
        this.assignName(s.name, this.defineFunction(s, scope), scope);
        return NEXT;
      case "assign": {
        if (!s.value) return NEXT;
        const value = this.evaluate(s.value, scope);
        for (const target of s.targets) this.assign(target, value, scope);
        this.noteStatement(s, s.value, value);
        return NEXT;
      }
      case "update": {
        const value = this.binary(s.op, this.evaluate(s.target, scope), this.evaluate(s.value, scope), s);
        this.assign(s.target, value, scope);
        this.noteStatement(s, s.value, value);
        return NEXT;
      }
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
      case "for":
        return this.loop(s, scope);
      case "while":
        this.forget([...s.body, ...s.otherwise], scope, "It is set in a loop whose length is not known.");
        return NEXT;
      case "with":
        for (const item of s.items) {
          const value = this.evaluate(item.value, scope);
          if (item.as)
            this.assign(item.as, value.kind === "tensor" ? value : unknown("It comes from a with statement."), scope);
        }
        return this.execute(s.body, scope);
      case "try":
        return this.attempt(s, scope);
      case "delete":
        for (const target of s.targets)
          if (target.kind === "name") this.assignName(target.name, unknown(`${target.name} was deleted.`), scope);
        return NEXT;
      case "raise":
        return { kind: "raise" };
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

  private noteStatement(s: Place, value: Expression, result: PyValue): void {
    if (result.kind === "tensor" && value.kind !== "name") {
      this.trace.statements.push({
        at: s.to,
        tensor: result,
        what: this.text.slice(s.from, Math.min(s.to, s.from + 40)),
      });
    }
  }

  private choose(branches: Extract<Statement, { kind: "if" }>["branches"], scope: Scope): Outcome {
    const [first, ...rest] = branches;
    if (!first) return NEXT;
    if (!first.when) return this.execute(first.body, scope);
    const known = this.isTrue(this.evaluate(first.when, scope));
    if (known === true) return this.execute(first.body, scope);
    if (known === false) return this.choose(rest, scope);
    const goesOn = (o: Outcome): boolean => o.kind === "next";
    const [one, other] = this.journal.both(
      () => this.execute(first.body, scope),
      () => this.choose(rest, scope),
      (a, b) => (goesOn(a) && !goesOn(b) ? "one" : goesOn(b) && !goesOn(a) ? "other" : "joined"),
    );
    for (const o of [one, other])
      if (o.kind === "return" && !(one.kind === "return" && other.kind === "return")) this.maybeReturned.push(o.value);
    if (one.kind === "return" && other.kind === "return")
      return { kind: "return", value: join(one.value, other.value) };
    if (goesOn(one) || goesOn(other)) {
      if (one.kind === "break" || other.kind === "break") this.hasUnsureBreak = true;
      return NEXT;
    }
    return one.kind === "return" || one.kind === "raise" ? other : one;
  }

  /** Whether the loop at hand may have ended early. */
  private hasUnsureBreak = false;

  private loop(s: Extract<Statement, { kind: "for" }>, scope: Scope): Outcome {
    const items = this.iterate(this.evaluate(s.source, scope));
    if (!items || items.length > MAX_ROUNDS) {
      const ran = (): Outcome => {
        this.assign(s.target, unknown("It comes from a loop over something that is not known."), scope);
        this.forget(s.body, scope, "It is set in a loop whose length is not known.");
        return this.execute(s.body, scope);
      };
      this.journal.both(
        ran,
        () => NEXT,
        () => "joined",
      );
      return NEXT;
    }
    const outer = this.hasUnsureBreak;
    this.hasUnsureBreak = false;
    let outcome: Outcome = NEXT;
    for (const item of items) {
      this.assign(s.target, item, scope);
      outcome = this.execute(s.body, scope);
      if (outcome.kind !== "next" && outcome.kind !== "continue") break;
    }
    if (this.hasUnsureBreak) this.forget(s.body, scope, "It is set in a loop that may end early.");
    this.hasUnsureBreak = outer;
    if (outcome.kind === "return" || outcome.kind === "raise") return outcome;
    return outcome.kind === "break" ? NEXT : this.execute(s.otherwise, scope);
  }

  private attempt(s: Extract<Statement, { kind: "try" }>, scope: Scope): Outcome {
    let outcome = NEXT;
    this.journal.both(
      () => {
        outcome = this.execute([...s.body, ...s.otherwise], scope);
        return outcome;
      },
      () => {
        for (const handler of s.handlers) this.forget(handler, scope, "It is set where an exception is caught.");
        return NEXT;
      },
      () => "one",
    );
    const last = this.execute(s.finally, scope);
    return last.kind === "next" ? (outcome.kind === "raise" ? NEXT : outcome) : last;
  }

  /** Makes the names that statements set unknown. */
  private forget(body: readonly Statement[], scope: Scope, reason: string): void {
    for (const name of assignedNames(body)) this.assignName(name, unknown(reason), scope);
  }

  private defineFunction(s: Extract<Statement, { kind: "function" }>, scope: Scope, owner?: ClassValue): PyValue {
    const names = s.decorators.map((d) => this.text.slice(d.from, d.to));
    const how = names.includes("staticmethod")
      ? "static"
      : names.includes("classmethod")
        ? "class"
        : names.includes("property")
          ? "property"
          : "plain";
    const transparent =
      /^(staticmethod|classmethod|property|torch\.(no_grad|jit|fx|compile|inference_mode|autocast)|override|typing\.override|torch\.utils)/;
    if (!names.every((n) => transparent.test(n)))
      return unknown(`${s.name} has a decorator that Dimsum does not know.`);
    return this.makeFunction(s.name, s.params, s.body, scope, how, s.nameAt, owner);
  }

  private defineClass(s: Extract<Statement, { kind: "class" }>, scope: Scope): PyValue {
    const bases = s.bases.filter((b) => !b.name).map((b) => this.evaluate(b.value, scope));
    const cls: ClassValue = { kind: "class", name: s.name, nameAt: s.nameAt, bases, members: new Map(), body: s.body };
    const inside = new Scope(scope);
    for (const member of s.body) {
      if (member.kind === "function") {
        const fn = this.defineFunction(member, scope, cls);
        inside.names.set(member.name, fn);
        cls.members.set(member.name, fn);
      } else this.statement(member, inside);
    }
    for (const [name, value] of inside.names) cls.members.set(name, value);
    this.classes.push(cls);
    return cls;
  }
}

/** The names that statements may set. */
function assignedNames(body: readonly Statement[]): Set<string> {
  const names = new Set<string>();
  const target = (e: Expression): void => {
    if (e.kind === "name") names.add(e.name);
    else if (e.kind === "display") for (const item of e.items) target(item.value);
  };
  const visit = (s: Statement): void => {
    if (s.kind === "assign") s.targets.forEach(target);
    else if (s.kind === "update") target(s.target);
    else if (s.kind === "class" || s.kind === "function") names.add(s.name);
    else if (s.kind === "import") for (const n of s.names) names.add(n.as);
    else if (s.kind === "if") s.branches.flatMap((b) => b.body).forEach(visit);
    else if (s.kind === "for") {
      target(s.target);
      [...s.body, ...s.otherwise].forEach(visit);
    } else if (s.kind === "while") [...s.body, ...s.otherwise].forEach(visit);
    else if (s.kind === "with") {
      for (const item of s.items) if (item.as) target(item.as);
      s.body.forEach(visit);
    } else if (s.kind === "try") [...s.body, ...s.handlers.flat(), ...s.otherwise, ...s.finally].forEach(visit);
  };
  body.forEach(visit);
  return names;
}
