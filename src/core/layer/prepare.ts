import { type Bindings, type Compiled, compile } from "../expr/evaluate.js";
import type { Expr } from "../expr/expr.js";
import { readFormula } from "../expr/read.js";
import type { Op, Rule } from "./op.js";
import { readSignature } from "./signature.js";

/** A formula with its tree and whether it is asked for every axis. */
export interface Formula {
  readonly expr: Expr;
  readonly value: Compiled;
  readonly byAxis: boolean;
}

/** A rule made ready; `early` rules need no input: the constructor refuses. */
export interface ReadyRule {
  readonly rule: Rule;
  readonly when: Formula;
  readonly early: boolean;
}

/** A layer with all of its formulas compiled. */
export interface ReadyOp {
  readonly op: Op;
  readonly output: readonly (Formula | undefined)[];
  readonly lets: readonly (readonly [string, Formula])[];
  readonly params: Formula;
  /** Whether only an input says how many parameters there are. */
  readonly isLazy: boolean;
  /** What its call takes besides tensors, where that is left out. */
  readonly callDefaults: Bindings;
  readonly buffers?: Formula;
  readonly macs?: Formula;
  readonly field?: { readonly kernel: Formula; readonly step: Formula; readonly pad?: Formula };
  readonly rules: readonly ReadyRule[];
}

/** The names that a formula mentions. */
export function namesIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (e: Expr): void => {
    if (e.kind === "name") names.add(e.name);
    else if (e.kind === "negate" || e.kind === "not") visit(e.of);
    else if (e.kind === "binary") [e.left, e.right].forEach(visit);
    else if (e.kind === "choice") [e.when, e.yes, e.no].forEach(visit);
    // A product over all axes is one number, so what is inside does not make the formula one of an axis.
    else if (e.kind === "call" && !["prod", "sum", "len"].includes(e.name)) e.args.forEach(visit);
  };
  visit(expr);
  return names;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** A formula of a layer, compiled. A text that is no formula is a mistake in the catalogue and found by its tests. */
export function formulaOf(text: string, op: Pick<Op, "axes" | "perAxis" | "lets">): Formula {
  const expr = readFormula(text);
  if (!expr) throw new Error(`not a formula: ${text}`);
  const axisNames = op.axes === 0 ? NO_NAMES : new Set(["I", ...(op.perAxis ?? []), ...Object.keys(op.lets ?? {})]);
  return { expr, value: compile(expr), byAxis: [...namesIn(expr)].some((n) => axisNames.has(n)) };
}

const ready = new WeakMap<Op, ReadyOp>();

/** A layer with its formulas compiled, once. */
export function prepare(op: Op): ReadyOp {
  const known = ready.get(op);
  if (known) return known;
  const formula = (text: string): Formula => formulaOf(text, op);
  const inputNames = new Set(["I", "rank", ...op.input.map((n) => n.replace("?", ""))]);
  const needsInput = (e: Expr): boolean => {
    const names = namesIn(e);
    return [...names].some(
      (n) =>
        inputNames.has(n) || (op.lets && Object.hasOwn(op.lets, n) && needsInput(formula(op.lets[n] as string).expr)),
    );
  };
  const made: ReadyOp = {
    op,
    output:
      typeof op.output === "function"
        ? []
        : op.output.map((o) => (o === "*" || o.endsWith("?") ? undefined : formula(o))),
    lets: Object.entries(op.lets ?? {}).map(([name, text]) => [name, formula(text)] as const),
    params: formula(op.params ?? "0"),
    callDefaults: callDefaults(op),
    isLazy: needsInput(readFormula(op.params ?? "0") as Expr),
    ...(op.buffers ? { buffers: formula(op.buffers) } : {}),
    ...(op.macs ? { macs: formula(op.macs) } : {}),
    ...(op.field
      ? {
          field: {
            kernel: formula(op.field.kernel),
            step: formula(op.field.step),
            ...(op.field.pad === undefined ? {} : { pad: formula(op.field.pad) }),
          },
        }
      : {}),
    rules: op.rules.map((rule) => {
      const when = formula(rule.when);
      return { rule, when, early: !rule.late && !needsInput(when.expr) };
    }),
  };
  ready.set(op, made);
  return made;
}

const callDefaults = ({ forward }: Op): Bindings =>
  Object.fromEntries(
    (forward ? readSignature(forward).parameters : []).flatMap(({ name, fallback }) =>
      fallback && "value" in fallback ? [[name, fallback.value]] : [],
    ),
  );

const texts = new WeakMap<Op, Map<string, Formula>>();

/** A formula in a layer's names (in a sentence, a fix, a mistake), compiled once. */
export function formulaFor(op: Op, text: string): Formula {
  const own = texts.get(op) ?? new Map<string, Formula>();
  texts.set(op, own);
  const known = own.get(text) ?? formulaOf(text, op);
  own.set(text, known);
  return known;
}
