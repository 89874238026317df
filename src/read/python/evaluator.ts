import { equal, type Known } from "../../core/dims/compare.js";
import { dimOf } from "../../core/dims/dim.js";
import { compare, operate, operateUnary } from "./arithmetic.js";
import { attributeOf, setAttribute } from "./attributes.js";
import { builtin } from "./builtins.js";
import { callValue } from "./calls.js";
import { comprehend } from "./comprehension.js";
import { Journal, type Scope } from "./scope.js";
import { subscript } from "./subscript.js";
import type { Argument, Expression, ParameterNode, Place, Statement } from "./syntax.js";
import { tensorOperator } from "./torch/operators.js";
import { Trace } from "./trace.js";
import {
  type CallArguments,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  int,
  NONE,
  type PyValue,
  type TensorValue,
  unknown,
} from "./values.js";

/** The work that one file may take; then what was found so far stands. */
const MAX_STEPS = 400_000;

/** Thrown when the work is used up; caught where the file's reading starts. */
export class OutOfSteps extends Error {}

/** One run of a model: what went in and what came out. */
export interface ModelRun {
  readonly model: PyValue;
  readonly inputs: readonly PyValue[];
  readonly output: PyValue;
  readonly place: Place;
  /** The layer calls of this run, as positions in the trace. */
  readonly firstCall: number;
  readonly lastCall: number;
}

/** Evaluates expressions to values and shapes. */
export abstract class Evaluator {
  readonly trace = new Trace();
  readonly journal = new Journal();
  readonly classes: ClassValue[] = [];
  readonly instances: InstanceValue[] = [];
  readonly runs: ModelRun[] = [];
  /** Classes whose objects have been called. */
  readonly ran = new Set<ClassValue>();
  depth = 0;
  /** Calls of modules within which we are. */
  private moduleDepth = 0;
  private steps = 0;

  constructor(readonly text: string) {}

  /** Runs a model and notes the run where no other model is running. */
  runModel(model: PyValue, inputs: readonly PyValue[], place: Place, forward: () => PyValue): PyValue {
    const firstCall = this.trace.calls.length;
    this.moduleDepth++;
    try {
      const output = forward();
      if (this.moduleDepth === 1) this.runs.push({ model, inputs, output, place, firstCall, lastCall: this.trace.calls.length });
      return output;
    } finally {
      this.moduleDepth--;
    }
  }

  /** Counts one step of work. */
  step(): void {
    if (++this.steps > MAX_STEPS) throw new OutOfSteps();
  }

  protected abstract runBody(fn: FunctionValue, scope: Scope): PyValue;

  /** The value of an expression, which is noted for hovers. */
  evaluate(e: Expression, scope: Scope): PyValue {
    this.step();
    const value = this.valueOf(e, scope);
    if (e.kind !== "number" && e.kind !== "constant" && e.kind !== "string") this.trace.note(e, value);
    return value;
  }

  private valueOf(e: Expression, scope: Scope): PyValue {
    switch (e.kind) {
      case "number":
        return readNumber(e.text);
      case "string":
        return e.value === undefined
          ? unknown("It is a text that is put together.")
          : { kind: "string", value: e.value };
      case "constant":
        return e.value === null ? NONE : { kind: "bool", value: e.value };
      case "ellipsis":
        return { kind: "ellipsis" };
      case "name":
        return scope.find(e.name) ?? builtin(e.name, this) ?? unknown(`Dimsum does not know ${e.name} here.`);
      case "attribute":
        return attributeOf(this, this.evaluate(e.of, scope), e.name, e);
      case "subscript":
        return subscript(this, this.evaluate(e.of, scope), e, scope);
      case "call":
        return this.callExpression(e, scope);
      case "binary":
        return this.binary(e.op, this.evaluate(e.left, scope), this.evaluate(e.right, scope), e);
      case "compare":
        return known(compare(e.op, this.evaluate(e.left, scope), this.evaluate(e.right, scope)));
      case "logic": {
        const left = this.evaluate(e.left, scope);
        const truth = this.isTrue(left);
        if (truth === undefined) {
          const right = this.isTrue(this.evaluate(e.right, scope));
          return right === (e.op === "or")
            ? { kind: "bool", value: right }
            : unknown("It depends on a condition that is not known.");
        }
        return truth === (e.op === "or") ? left : this.evaluate(e.right, scope);
      }
      case "unary": {
        const of = this.evaluate(e.of, scope);
        if (e.op === "not") {
          const truth = this.isTrue(of);
          return known(truth === undefined ? undefined : !truth);
        }
        return of.kind === "tensor" ? of : operateUnary(e.op, of);
      }
      case "conditional": {
        const truth = this.isTrue(this.evaluate(e.when, scope));
        if (truth === undefined) return unknown("It depends on a condition that is not known.");
        return this.evaluate(truth ? e.then : e.otherwise, scope);
      }
      case "lambda":
        return this.makeFunction("<lambda>", e.params, e.body, scope, "plain", e);
      case "display":
        return this.display(e, scope);
      case "dict":
        return this.dict(e, scope);
      case "comprehension":
        return comprehend(this, e, scope);
      case "named": {
        const value = this.evaluate(e.value, scope);
        this.assignName(e.name, value, scope);
        return value;
      }
      case "broken":
        return unknown("This is not finished.");
    }
  }

  /** Whether a value counts as true. */
  isTrue(v: PyValue): Known {
    switch (v.kind) {
      case "bool":
        return v.value;
      case "int": {
        const zero = equal(v.value, 0);
        return zero === undefined ? undefined : !zero;
      }
      case "float":
        return v.value !== 0;
      case "string":
        return v.value !== "";
      case "none":
        return false;
      case "list":
      case "tuple":
        return v.items ? v.items.length > 0 : undefined;
      case "dict":
        return v.entries ? v.entries.size > 0 : undefined;
      case "unknown":
      case "tensor":
      case "container":
        return undefined;
      default:
        return true;
    }
  }

  /** The items that a loop over a value goes through; undefined where they are not known. */
  iterate(v: PyValue): readonly PyValue[] | undefined {
    if (v.kind === "list" || v.kind === "tuple") return v.items;
    if (v.kind === "string") return [...v.value].map((c) => ({ kind: "string", value: c }));
    if (v.kind === "dict") return v.entries && [...v.entries.values()].map(([key]) => key);
    if (v.kind === "container" && v.what !== "ModuleDict") return v.children?.map(([, child]) => child);
    return undefined;
  }

  /** What an operator makes of two values. */
  binary(op: string, a: PyValue, b: PyValue, place: Place): PyValue {
    if (a.kind === "tensor" || b.kind === "tensor") return tensorOperator(this, op, a, b, place);
    return operate(op, a, b);
  }

  /** Calls a value. */
  call(callee: PyValue, args: CallArguments, place: Place, calleePlace: Place): PyValue {
    this.step();
    return callValue(this, callee, args, place, calleePlace);
  }

  /** Runs a function of the file in a scope that holds its arguments. */
  run(fn: FunctionValue, scope: Scope): PyValue {
    if (this.depth >= MAX_DEPTH) return unknown("The calls are nested too deeply to follow.");
    this.depth++;
    try {
      return this.runBody(fn, scope);
    } finally {
      this.depth--;
    }
  }

  private callExpression(e: Extract<Expression, { kind: "call" }>, scope: Scope): PyValue {
    if (e.callee.kind === "name" && e.callee.name === "super" && !scope.find("super"))
      return this.superOf(e.args, scope);
    const callee = this.evaluate(e.callee, scope);
    const args = this.args(e.args, scope);
    return this.call(callee, args, e, e.callee);
  }

  private superOf(args: readonly Argument[], scope: Scope): PyValue {
    const cls = args[0] ? this.evaluate(args[0].value, scope) : scope.find("__class__");
    const self = args[1] ? this.evaluate(args[1].value, scope) : scope.find("__self__");
    return cls?.kind === "class" && self
      ? { kind: "super", cls, self }
      : unknown("Dimsum cannot tell which class this is.");
  }

  /** Evaluates the arguments of a call. */
  args(list: readonly Argument[], scope: Scope): CallArguments {
    const positional: PyValue[] = [];
    const places: Argument[] = [];
    const keywords = new Map<string, PyValue>();
    let uncertain = false;
    for (const arg of list) {
      const value = this.evaluate(arg.value, scope);
      if (arg.star === "*") {
        const items = this.iterate(value);
        if (!items) uncertain = true;
        for (const item of items ?? []) {
          positional.push(item);
          places.push(arg);
        }
      } else if (arg.star === "**") {
        if (value.kind !== "dict" || !value.entries) uncertain = true;
        else for (const [key, item] of value.entries.values()) if (key.kind === "string") keywords.set(key.value, item);
      } else if (arg.name !== undefined) {
        keywords.set(arg.name, value);
        places.push(arg);
      } else {
        positional.push(value);
        places.push(arg);
      }
    }
    return { positional, keywords, uncertain, places };
  }

  private display(e: Extract<Expression, { kind: "display" }>, scope: Scope): PyValue {
    const items: PyValue[] = [];
    for (const item of e.items) {
      const value = this.evaluate(item.value, scope);
      if (!item.star) items.push(value);
      else {
        const more = this.iterate(value);
        if (!more) return e.what === "list" ? { kind: "list", items: undefined } : unknown("Its items are not known.");
        items.push(...more);
      }
    }
    if (e.what === "set") return unknown("Dimsum does not follow sets.");
    return e.what === "tuple" ? { kind: "tuple", items } : { kind: "list", items };
  }

  private dict(e: Extract<Expression, { kind: "dict" }>, scope: Scope): PyValue {
    const entries = new Map<string, readonly [PyValue, PyValue]>();
    let isKnown = true;
    for (const { key, value } of e.entries) {
      const v = this.evaluate(value, scope);
      const k = key && this.evaluate(key, scope);
      const name = k && dictKey(k);
      if (k && name !== undefined) entries.set(name, [k, v]);
      else if (!key && v.kind === "dict" && v.entries) for (const [n, entry] of v.entries) entries.set(n, entry);
      else isKnown = false;
    }
    return { kind: "dict", entries: isKnown ? entries : undefined };
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
  ): FunctionValue {
    const fallbacks = new Map(
      params.flatMap((p) => (p.fallback ? [[p.name, this.evaluate(p.fallback, scope)] as const] : [])),
    );
    return { kind: "function", name, params, fallbacks, body, scope, how, place, ...(owner ? { owner } : {}) };
  }

  /** Binds a target of an assignment. */
  assign(target: Expression, value: PyValue, scope: Scope): void {
    if (target.kind === "name") {
      this.assignName(target.name, value, scope);
      this.trace.note(target, value);
    } else if (target.kind === "attribute") {
      setAttribute(this, this.evaluate(target.of, scope), target.name, value);
    } else if (target.kind === "display") {
      const items = value.kind === "tensor" ? undefined : this.iterate(value);
      const starred = target.items.some((i) => i.star);
      for (const [i, item] of target.items.entries()) {
        const fits = items && !starred && items.length === target.items.length;
        this.assign(item.value, (fits && items[i]) || unknown("Its parts are not known."), scope);
      }
    } else if (target.kind === "subscript") {
      const of = this.evaluate(target.of, scope);
      // A change of one item: the others may not be what they were, for all that is followed here.
      if (of.kind === "list") of.items = undefined;
      if (of.kind === "dict") of.entries = undefined;
      if (of.kind === "container") of.children = undefined;
    }
  }

  /** Binds a name. */
  assignName(name: string, value: PyValue, scope: Scope): void {
    this.journal.set(scope.names, name, value);
  }

  /** What an imported name stands for. */
  imported(module: string | undefined, path: string, as: string): PyValue {
    if (module === undefined) return { kind: "library", path: as === path.split(".")[0] ? as : path };
    return module.startsWith(".")
      ? unknown(`It comes from ${module}.`)
      : { kind: "library", path: `${module}.${path}` };
  }

  /** The value of an attribute of a tensor is the engine's, so that it can say what does not fit. */
  tensor(shape: TensorValue["shape"], rest: Partial<TensorValue> = {}): TensorValue {
    return { kind: "tensor", shape, ...rest };
  }
}

/** Calls within calls that are followed. */
const MAX_DEPTH = 48;

const known = (truth: Known): PyValue =>
  truth === undefined ? unknown("It depends on something that is not known.") : { kind: "bool", value: truth };

/** The name under which a dictionary keeps a key; undefined for keys that are not followed. */
export function dictKey(key: PyValue): string | undefined {
  if (key.kind === "string") return `s:${key.value}`;
  return key.kind === "int" && typeof key.value === "number" ? `i:${key.value}` : undefined;
}

function readNumber(text: string): PyValue {
  const clean = text.replaceAll("_", "").toLowerCase();
  if (clean.endsWith("j")) return unknown("It is a complex number.");
  const value = Number(clean);
  if (!Number.isFinite(value)) return unknown("It is too large.");
  const isWhole = /^(\d+|0[xob][0-9a-f]+)$/.test(clean);
  if (!isWhole) return { kind: "float", value };
  const size = dimOf(value);
  return size === undefined || !Number.isSafeInteger(value) ? unknown("It is too large.") : int(size);
}
