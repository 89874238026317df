import { type Dim, dimSymbol } from "../../core/dims/dim.js";
import { operationNamed } from "../../core/operations/index.js";
import { evaluateArguments } from "./arguments.js";
import { operate, operateUnary } from "./arithmetic.js";
import { attributeOf } from "./attributes.js";
import { bothWays } from "./bothWays.js";
import { Budget } from "./budget.js";
import { builtin } from "./builtins.js";
import { callValue } from "./calls.js";
import { compare } from "./comparison.js";
import { comprehend } from "./comprehension.js";
import { loseValue } from "./escape.js";
import { ending, exceptionNamed, Raised } from "./exceptions.js";
import { inFileAtHand } from "./fileAtHand.js";
import type { Files } from "./files.js";
import { yieldValue } from "./generators.js";
import { isTooLarge } from "./integers.js";
import { join } from "./join.js";
import { Journal } from "./journal.js";
import { withHistory } from "./keras/callLayer.js";
import { dictionary, display, formatted, readNumber } from "./literals.js";
import type { Program } from "./program.js";
import { indexedObject, iterateObject } from "./protocols.js";
import type { Scope } from "./scope.js";
import { subscript } from "./subscript.js";
import type { Argument, Expression, ParameterNode, Place, Statement } from "./syntax.js";
import { isTensorOperator, tensorOperator } from "./torch/operators.js";
import { rowsOf } from "./torch/rows.js";
import { Trace } from "./trace.js";
import { boolOf, itemsOf, truthOf } from "./truth.js";
import {
  type CallArguments,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  isFree,
  NONE,
  type PyValue,
  type TensorValue,
  unknown,
} from "./values.js";

/** `"silu" in dir(F)`, where F has it, and what stands in an environment that says nothing; undefined for anything else. */
function nameInLibrary(name: PyValue, of: PyValue, at: Expression): boolean | undefined {
  if (of.kind === "library" && of.path === "os.environ") return false;
  const isDir = at.kind === "call" && at.callee.kind === "name" && at.callee.name === "dir" && at.args.length === 1;
  return isDir && of.kind === "unknown" && name.kind === "string" && operationNamed(`F.${name.value}`)
    ? true
    : undefined;
}

/** The place of what no text stands for. */
const NOWHERE: Place = { from: 0, to: 0 };

/** Calls within calls that are followed. */
const MAX_DEPTH = 48;

/** One run of a model: what went in and what came out. */
export interface ModelRun {
  readonly model: PyValue;
  readonly inputs: readonly PyValue[];
  readonly output: PyValue;
  readonly place: Place;
  /** The layer calls of this run, as positions in the trace. */
  readonly firstCall: number;
  readonly lastCall: number;
  /** The same for the calls of modules. */
  readonly firstModule: number;
  readonly lastModule: number;
}

/** All calls of modules until now, as those of a run. */
export const modulesSoFar = ({ trace }: Evaluator): Pick<ModelRun, "firstModule" | "lastModule"> => ({
  firstModule: 0,
  lastModule: trace.modules.length,
});

/** Evaluates expressions to values and shapes. */
export abstract class Evaluator {
  readonly trace = new Trace((found) => inFileAtHand(this, found));
  readonly journal = new Journal();
  readonly classes: ClassValue[] = [];
  readonly instancesOf = new Map<ClassValue, InstanceValue[]>();
  readonly runs: ModelRun[] = [];
  /** Functions that have been called, by where their names stand. */
  readonly entered = new Set<number>();
  /** Classes whose objects have been called with tensors of known shapes. */
  readonly ran = new Set<ClassValue>();
  /** Classes whose objects have been called within models with tensors of which nothing is known. */
  readonly met = new Set<ClassValue>();
  /** Names that sizes already have in the run at hand. */
  readonly symbols = new Set<string>();
  /** Names of libraries that the file itself sets to something else. */
  readonly patched = new Map<string, PyValue>();
  depth = 0;
  /** Calls of modules within which we are. */
  moduleDepth = 0;
  readonly budget: Budget;
  /** The files that this one imports; absent where it has no path. */
  files: Files | undefined;
  /** Whether some file that is imported is not known to its end, so that what seems not to be there may be there. */
  isCutShort = false;
  /** The calls within which we are, outermost first. */
  readonly trail: Place[] = [];
  /** What the generator at hand has yielded. */
  yielded: Extract<PyValue, { kind: "list" }> | undefined;

  constructor(readonly program: Program) {
    this.budget = new Budget(program.work);
  }

  /** The text of a place. */
  textAt({ from, to }: Place): string {
    const source = this.program.imported.at({ from, to });
    return source ? source.file.text.slice(from - source.base, to - source.base) : this.program.text.slice(from, to);
  }

  /** Python raises an exception here. */
  fail(name: string, place: Place, say: string, advise: string): never {
    const args: readonly PyValue[] = [{ kind: "string", value: say }];
    throw new Raised({ kind: "exception", name, args }, place, say, advise, false, [...this.trail]);
  }

  /** Runs a module; one that runs within no other is noted as a model, also where it raises. */
  runModel(model: PyValue, inputs: readonly PyValue[], place: Place, forward: () => PyValue): PyValue {
    const [firstCall, firstModule] = [this.trace.calls.length, this.trace.modules.length];
    const end = this.within(() => ending(forward));
    const output = "value" in end ? end.value : unknown("It raises an exception.");
    this.trace.module({ module: model, inputs, output, depth: this.moduleDepth });
    if (this.moduleDepth === 0 && !this.trace.isMuted) {
      const [lastCall, lastModule] = [this.trace.calls.length, this.trace.modules.length];
      this.runs.push({ model, inputs, output, place, firstCall, lastCall, firstModule, lastModule });
    }
    if ("raised" in end) throw end.raised;
    return output;
  }

  private within<T>(run: () => T): T {
    this.moduleDepth++;
    try {
      return run();
    } finally {
      this.moduleDepth--;
    }
  }

  /** Counts work. */
  step(count = 1): void {
    this.budget.spend(count);
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
      case "format":
        return formatted(this, e, scope);
      case "constant":
        return e.value === null ? NONE : { kind: "bool", value: e.value };
      case "ellipsis":
        return { kind: "ellipsis" };
      case "name":
        return (
          scope.find(e.name) ??
          builtin(e.name) ??
          exceptionNamed(e.name) ??
          unknown(`Dimsum does not know ${e.name} here.`)
        );
      case "attribute":
        return this.memberOf(this.evaluate(e.of, scope), e.name, e);
      case "subscript": {
        const of = indexedObject(this.evaluate(e.of, scope));
        const again = (value: PyValue): PyValue => subscript(this, value, e, scope);
        return of.kind === "tensor" ? withHistory(again(of), undefined, [of], ([v]) => again(v ?? of)) : again(of);
      }
      case "call":
        return this.callExpression(e, scope);
      case "binary":
        return this.binary(e.op, this.evaluate(e.left, scope), this.evaluate(e.right, scope), e);
      case "compare": {
        const [a, b] = [this.evaluate(e.left, scope), this.evaluate(e.right, scope)];
        const has = nameInLibrary(a, b, e.right);
        if (has !== undefined && / ?in$/.test(e.op)) return { kind: "bool", value: has === (e.op === "in") };
        if (isTensorOperator(e.op, a, b)) return this.binary(e.op, a, b, e);
        const isOpen = isFree(a) || isFree(b) || (a.kind === "int" && b.kind === "int");
        return boolOf(compare(e.op, a, b, this), isOpen);
      }
      case "logic":
        return this.logic(e, scope);
      case "unary": {
        const of = this.evaluate(e.of, scope);
        if (e.op !== "not") return of.kind === "tensor" ? of : operateUnary(e.op, of);
        const truth = this.isTrue(of);
        return boolOf(truth === undefined ? undefined : !truth, isFree(of));
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
    const isOpen = isFree(left) || (other === undefined && isFree(right));
    const either = boolOf(undefined, isOpen);
    // Whichever of the two it is, it counts as the right one does.
    return other === (e.op === "or") && either.kind === "unknown" ? { ...either, truth: other } : either;
  }

  /** Follows both ways of a condition that is not known. Where Dimsum cannot tell whether either way may be taken, nothing in them is said. */
  fork<T>(
    condition: PyValue,
    one: () => T,
    other: () => T,
    keep: (a: T, b: T) => "one" | "other" | "joined",
  ): readonly [T, T] {
    const run = (): readonly [T, T] => bothWays(this.journal, one, other, keep);
    return isFree(condition) ? run() : this.trace.muted(run);
  }

  /** Whether a value counts as true. */
  isTrue = truthOf;

  /** The items that a loop over a value goes through; undefined where they are not known. */
  iterate(v: PyValue): readonly PyValue[] | undefined {
    const items =
      v.kind === "tensor"
        ? rowsOf(this, v)
        : v.kind === "instance" || v.kind === "class"
          ? iterateObject(this, v, NOWHERE)
          : itemsOf(this, v);
    if (items) this.step(items.length >> 3);
    return items;
  }

  /** What an operator makes of two values. */
  binary(op: string, a: PyValue, b: PyValue, place: Place): PyValue {
    if (a.kind === "tensor" || b.kind === "tensor") {
      const again = (x: PyValue, y: PyValue): PyValue => tensorOperator(this, op, x, y, place);
      const from = [a, b].filter((v) => v.kind === "tensor");
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

  private callExpression(e: Extract<Expression, { kind: "call" }>, scope: Scope): PyValue {
    if (e.callee.kind === "name" && e.callee.name === "super" && !scope.find("super"))
      return this.superOf(e.args, scope);
    if (e.callee.kind === "name" && e.callee.name === "exec" && !scope.find("exec")) this.loseAll(scope);
    const callee = this.evaluate(e.callee, scope);
    const args = evaluateArguments(this, e.args, scope);
    this.trail.push(e);
    try {
      return this.call(callee, args, e, e.callee);
    } finally {
      this.trail.pop();
    }
  }

  /** Code that is made while the program runs may change whatever its names stand for. */
  private loseAll(scope: Scope): void {
    for (let at: Scope | undefined = scope; at; at = at.parent)
      for (const value of [...at.names.values()]) if (value.kind !== "instance") loseValue(this.journal, value);
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

  /** A symbol for a size, under a name that no other size has. */
  newSymbol(name: string): Dim {
    const own = this.symbols.has(name) ? `${name}_${this.symbols.size}` : name;
    this.symbols.add(own);
    return dimSymbol(own);
  }

  /** Binds a name. */
  assignName(name: string, value: PyValue, scope: Scope): void {
    this.journal.set(scope.home(name).names, name, value);
  }

  /** A tensor of a shape; a size that has grown beyond what any model has is not kept. */
  tensor(shape: TensorValue["shape"], rest: Partial<TensorValue> = {}): TensorValue {
    const isKept = !shape?.some((d) => d !== undefined && isTooLarge(d));
    return {
      kind: "tensor",
      shape: isKept ? shape : shape?.map((d) => (d !== undefined && isTooLarge(d) ? undefined : d)),
      ...rest,
    };
  }
}
