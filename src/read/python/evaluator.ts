import { evaluateArguments } from "./arguments.js";
import { operate, operateUnary } from "./arithmetic.js";
import { attributeOf } from "./attributes.js";
import { bothWays } from "./bothWays.js";
import { builtin } from "./builtins.js";
import { callValue } from "./calls.js";
import { compare } from "./comparison.js";
import { comprehend } from "./comprehension.js";
import { evaluateText } from "./evaluated.js";
import { exceptionNamed } from "./exceptions.js";
import { yieldValue } from "./generators.js";
import { join } from "./join.js";
import { withHistory } from "./keras/callLayer.js";
import { dictionary, display, formatted, readNumber } from "./literals.js";
import { localAt, namesOfScope } from "./localNames.js";
import { nameInLibrary } from "./nameInLibrary.js";
import { ProgramState } from "./programState.js";
import { indexedObject, iterateObject } from "./protocols.js";
import type { Scope } from "./scope.js";
import { arrayOperator } from "./standard/arrays.js";
import { arrayOf, asArray, calculated, tensorsFor } from "./standard/arrayValues.js";
import { subscript } from "./subscript.js";
import type { Argument, Expression, ParameterNode, Place, Statement } from "./syntax.js";
import { isTensorOperator, signedTensor, tensorOperator } from "./torch/operators.js";
import { rowsOf } from "./torch/rows.js";
import { boolOf, itemsOf, truthOf } from "./truth.js";
import { isUsual } from "./usualDefault.js";
import { isInstanceValue, isTensorValue, isUnknownValue } from "./valueKinds.js";
import {
  boolValue,
  type CallArguments,
  type ClassValue,
  type FunctionValue,
  freedomOf,
  NONE,
  notKnown,
  type PyValue,
  someText,
  stringValue,
  type TensorValue,
  unknown,
} from "./values.js";

/** The place of what no text stands for. */
const NOWHERE: Place = { from: 0, to: 0 };

/** Calls within calls that are followed. */
const MAX_DEPTH = 48;

/** Evaluates expressions to values and shapes. */
export abstract class Evaluator extends ProgramState {
  protected abstract runBody(fn: FunctionValue, scope: Scope): PyValue;

  /** The value of an expression, which is noted for hovers. */
  evaluate(e: Expression, scope: Scope): PyValue {
    this.step();
    const value = this.made(e, scope);
    if (isUnknownValue(value)) this.doubts++;
    if (e.kind !== "number" && e.kind !== "constant" && e.kind !== "string") this.trace.note(e, value);
    return value;
  }

  private made(e: Expression, scope: Scope): PyValue {
    switch (e.kind) {
      case "number":
        return readNumber(e.text);
      case "string":
        return e.value === undefined ? someText("It is a text that is put together.") : stringValue(e.value);
      case "format":
        return formatted(this, e, scope);
      case "constant":
        return e.value === null ? NONE : boolValue(e.value);
      case "ellipsis":
        return { kind: "ellipsis" };
      case "name":
        return this.named(e.name, scope) ?? notKnown(`${e.name} here`);
      case "attribute":
        return this.memberOf(this.evaluate(e.of, scope), e.name, e);
      case "subscript": {
        const local = localAt(this, e, scope);
        if (local) return local;
        const of = indexedObject(this.evaluate(e.of, scope));
        const again = (value: PyValue): PyValue => subscript(this, value, e, scope);
        return isTensorValue(of) ? withHistory(again(of), undefined, [of], ([v]) => again(v ?? of)) : again(of);
      }
      case "call":
        return this.callExpression(e, scope);
      case "binary":
        return this.binary(e.op, this.evaluate(e.left, scope), this.evaluate(e.right, scope), e);
      case "compare": {
        const [a, b] = [this.evaluate(e.left, scope), this.evaluate(e.right, scope)];
        const has = nameInLibrary(a, b, e.right);
        if (has !== undefined && / ?in$/.test(e.op)) return boolValue(has === (e.op === "in"));
        if (isTensorOperator(e.op, tensorsFor(a), tensorsFor(b))) return this.binary(e.op, a, b, e);
        const isOpen = freedomOf(a, b) || (a.kind === "int" && b.kind === "int");
        return boolOf(compare(e.op, a, b, this), isOpen);
      }
      case "logic":
        return this.logic(e, scope);
      case "unary": {
        const of = this.evaluate(e.of, scope);
        if (of.kind === "array" && e.op !== "not") return calculated(this, () => signedTensor(this, e.op, of.of, e));
        if (e.op !== "not") return isTensorValue(of) ? signedTensor(this, e.op, of, e) : operateUnary(e.op, of);
        const truth = this.isTrue(of);
        return boolOf(truth === undefined ? undefined : !truth, freedomOf(of));
      }
      case "conditional": {
        const when = this.evaluate(e.when, scope);
        const truth = this.isTrue(when);
        if (truth !== undefined) return this.evaluate(truth ? e.yes : e.otherwise, scope);
        const ways = this.fork(
          when,
          () => this.evaluate(e.yes, scope),
          () => this.evaluate(e.otherwise, scope),
          () => "joined",
        );
        return join(...ways);
      }
      case "lambda":
        return this.makeFunction("<lambda>", e.params, e.body, scope, "plain", e);
      case "display":
        return display(this, e, scope);
      case "dict":
        return dictionary(this, e, scope);
      case "comprehension":
        return comprehend(this, e, scope);
      case "named": {
        const value = this.evaluate(e.value, scope);
        this.assignName(e.name, value, scope);
        return value;
      }
      case "yield":
        return yieldValue(this, e, scope);
      case "broken":
        return unknown("This is not finished.");
    }
  }

  private logic(e: Extract<Expression, { kind: "logic" }>, scope: Scope): PyValue {
    const left = this.evaluate(e.left, scope);
    const truth = this.isTrue(left);
    if (truth === (e.op === "or")) return left;
    if (truth !== undefined) return this.evaluate(e.right, scope);
    const [right] = this.fork(
      left,
      () => this.evaluate(e.right, scope),
      () => NONE,
      () => "joined",
    );
    const other = this.isTrue(right);
    const isOpen = other === undefined ? freedomOf(left, right) : freedomOf(left);
    const either = boolOf(undefined, isOpen);
    if (e.op === "or" && isUnknownValue(left) && left.isLacking && isUsual(right)) return right;
    // Whichever of the two it is, it counts as the right one does.
    return other === (e.op === "or") && isUnknownValue(either) ? { ...either, truth: other } : either;
  }

  /** Follows both ways of a condition that is not known. Where it cannot be told whether either way may ever be taken, nothing in them is said. */
  fork<T>(
    condition: PyValue,
    one: () => T,
    other: () => T,
    keep: (a: T, b: T) => "one" | "other" | "joined",
  ): readonly [T, T] {
    const run = (): readonly [T, T] => bothWays(this.journal, one, other, keep);
    const free = freedomOf(condition);
    if (free === "machine") return this.trace.apart(run).result;
    return free ? run() : this.trace.muted(run);
  }

  /** Whether a value counts as true. */
  isTrue = truthOf;

  /** The items that a loop over a value goes through; undefined where they are not known. */
  iterate(v: PyValue): readonly PyValue[] | undefined {
    const items = isTensorValue(v)
      ? rowsOf(this, v)
      : v.kind === "array"
        ? rowsOf(this, v.of)?.map(arrayOf)
        : isInstanceValue(v) || v.kind === "class"
          ? iterateObject(this, v, NOWHERE)
          : itemsOf(this, v);
    if (items) this.step(items.length >> 3);
    return items;
  }

  /** What an operator makes of two values. */
  binary(op: string, a: PyValue, b: PyValue, place: Place): PyValue {
    const [x, y] = [asArray(this, a), asArray(this, b)];
    if (x.kind === "array" || y.kind === "array") return arrayOperator(this, op, x, y, place);
    if (isTensorValue(a) || isTensorValue(b)) {
      const again = (x: PyValue, y: PyValue): PyValue => tensorOperator(this, op, x, y, place);
      const from = [a, b].filter((v) => isTensorValue(v));
      return withHistory(again(a, b), undefined, from, (of) =>
        again(of[from.indexOf(a as TensorValue)] ?? a, of[from.indexOf(b as TensorValue)] ?? b),
      );
    }
    return operate(this, op, a, b);
  }

  /** The value of `value.name`. */
  memberOf(value: PyValue, name: string, place: Place): PyValue {
    return attributeOf(this, value, name, place);
  }

  /** Calls a value. */
  call(callee: PyValue, args: CallArguments, place: Place, calleePlace: Place): PyValue {
    this.step();
    return callValue(this, callee, args, place, calleePlace);
  }

  /** Runs a function of the file in a scope that holds its arguments; undefined where the calls are nested too deeply. */
  run(fn: FunctionValue, scope: Scope): PyValue | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    this.depth++;
    try {
      return this.runBody(fn, scope);
    } finally {
      this.depth--;
    }
  }

  private named(name: string, scope: Scope): PyValue | undefined {
    return scope.find(name) ?? builtin(name) ?? exceptionNamed(name);
  }

  /** Whether a name may stand for something. */
  isBound(name: string, scope: Scope): boolean {
    return this.hasOpenNames || this.named(name, scope) !== undefined;
  }

  private callExpression(e: Extract<Expression, { kind: "call" }>, scope: Scope): PyValue {
    if (e.callee.kind === "name" && e.callee.name === "super" && !scope.find("super"))
      return this.superOf(e.args, scope);
    const names = namesOfScope(this, e, scope);
    if (names) return names;
    const callee = this.evaluate(e.callee, scope);
    const args = evaluateArguments(this, e.args, scope);
    const isEval = callee.kind === "library" && callee.path === "builtins.eval";
    this.trail.push(e);
    try {
      return isEval ? evaluateText(this, args, scope, e) : this.call(callee, args, e, e.callee);
    } finally {
      this.trail.pop();
    }
  }

  private superOf(args: readonly Argument[], scope: Scope): PyValue {
    const cls = args[0] ? this.evaluate(args[0].value, scope) : scope.find("__class__");
    const self = args[1] ? this.evaluate(args[1].value, scope) : scope.find("__self__");
    return cls?.kind === "class" && self
      ? { kind: "super", cls, self }
      : unknown("Dimsum cannot tell which class this is.");
  }

  /** A function value with its defaults, which are evaluated now, as Python does. */
  makeFunction(
    name: string,
    params: readonly ParameterNode[],
    body: readonly Statement[] | Expression,
    scope: Scope,
    how: FunctionValue["how"],
    place: Place,
    owner?: ClassValue,
    yields?: boolean,
  ): FunctionValue {
    const fallbacks = new Map(
      params.flatMap((p) => (p.fallback ? [[p.name, this.evaluate(p.fallback, scope)] as const] : [])),
    );
    return {
      kind: "function",
      name,
      params,
      fallbacks,
      body,
      scope,
      how,
      place,
      ...(owner ? { owner } : {}),
      ...(yields ? { yields } : {}),
    };
  }
}
