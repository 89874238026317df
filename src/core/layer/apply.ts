import { exactValue } from "../dims/dim.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import { channelsFirst, channelsLast, isChannelsLast, outputsLast } from "./layout.js";
import type { Op, Others, Outputs, Rule, Shape, Size } from "./op.js";
import { type Formula, formulaFor, prepare } from "./prepare.js";
import { fillTemplate } from "./sentence.js";

/** Why a layer refuses, in the student's words and numbers. */
export interface Refusal {
  /** `Conv2d/in-channels`. */
  readonly code: string;
  /** What is. */
  readonly say: string;
  /** What to do. */
  readonly advise: string;
  /** The argument where the number stands, and its one right value where there is one. */
  readonly argument?: string;
  readonly fix?: Value;
  /** Whether the constructor refuses, before any input. */
  readonly early: boolean;
}

/** What a layer makes of an input. Absent sizes are unknown. */
export interface Applied {
  readonly output?: Shape;
  /** All shapes of a layer that returns a tuple. */
  readonly outputs?: Outputs;
  readonly refusal?: Refusal;
  readonly params: Size;
  readonly buffers: Size;
  readonly macs: Size;
  /** The names' values, for explaining: once for all, and for each axis. */
  readonly names: Bindings;
  readonly axisNames: readonly Bindings[];
}

/** The value of an argument for each axis: one number serves all. */
function spread(value: Value | undefined, axes: number): readonly (Value | undefined)[] | undefined {
  if (!Array.isArray(value)) return Array.from({ length: axes }, () => value);
  if (value.length === axes) return value;
  return value.length === 1 ? Array.from({ length: axes }, () => value[0]) : undefined;
}

/** The arguments under their names and letters; for each axis with that axis's own values. */
function bindings(
  op: Op,
  args: Bindings,
): { names: Record<string, Value | undefined>; axisNames: Record<string, Value | undefined>[] } {
  const names: Record<string, Value | undefined> = { ...args };
  const axisNames: Record<string, Value | undefined>[] = Array.from({ length: op.axes }, () => ({ ...args }));
  for (const [letter, argument] of Object.entries(op.letters)) {
    if (!op.perAxis?.includes(letter)) {
      names[letter] = args[argument];
      for (const own of axisNames) own[letter] = args[argument];
      continue;
    }
    const values = spread(args[argument], op.axes);
    names[letter] = values;
    for (const [i, own] of axisNames.entries()) own[letter] = values?.[i];
  }
  return { names, axisNames };
}

/** Where each named size of a pattern stands in an input of so many dimensions; undefined where their number does not fit. */
export function placesIn(pattern: readonly string[], rank: number): ReadonlyMap<string, number> | undefined {
  const required = pattern.filter((p) => p !== "*" && !p.endsWith("?")).length;
  const hasStar = pattern.includes("*");
  if (rank < required || (!hasStar && rank > pattern.length)) return undefined;
  const places = new Map<string, number>();
  let optional = hasStar ? 0 : rank - required;
  let at = 0;
  for (const p of pattern) {
    if (p === "*") at += rank - required;
    else if (!p.endsWith("?")) places.set(p, at++);
    else if (optional > 0) {
      places.set(p.slice(0, -1), at++);
      optional--;
    }
  }
  return places;
}

/** The input's sizes under their names. */
function matchInput(pattern: readonly string[], input: Shape): Record<string, Size> | undefined {
  const places = placesIn(pattern, input.length);
  return places && Object.fromEntries([...places].map(([name, at]) => [name, input[at]]));
}

/** Applies a layer with bound arguments to an input, and the further inputs that it may take; without an input only its constructor's rules and counts. */
export function applyOp(op: Op, args: Bindings, input?: Shape, others: Others = []): Applied {
  const isLast = isChannelsLast(op, args);
  if (isLast === false || !input) return applyFirst(op, args, input, others);
  if (isLast === undefined) return applyEither(op, args, input, others);
  const { output, outputs, ...rest } = applyFirst(op, args, channelsFirst(input, op.axes), others);
  return {
    ...rest,
    ...(output ? { output: channelsLast(output, op.axes) } : {}),
    ...(outputs ? { outputs: outputsLast(outputs, op.axes) } : {}),
  };
}

/** The same where it is not known on which side the channels stand: what is left is how many sizes there are. */
function applyEither(op: Op, args: Bindings, input: Shape, others: Others): Applied {
  const blank = input.map(() => undefined);
  const { output, outputs, ...rest } = applyFirst(op, args, blank, others);
  return {
    ...rest,
    ...(output ? { output: output.map(() => undefined) } : {}),
    ...(outputs ? { outputs: outputs.map(() => undefined) } : {}),
  };
}

/** The same for a layer whose input has its channels before its axes. */
function applyFirst(op: Op, given: Bindings, input: Shape | undefined, others: Others): Applied {
  const ready = prepare(op);
  const args = op.forward ? { ...ready.callDefaults, ...given } : given;
  const { names, axisNames } = bindings(op, args);
  const inputNames = input && matchInput(op.input, input);
  const axes = input?.slice(input.length - op.axes) ?? [];
  if (inputNames) {
    Object.assign(names, inputNames, { I: axes });
    for (const [i, own] of axisNames.entries()) Object.assign(own, inputNames, { I: axes[i] });
  }
  if (input) {
    names.input = input;
    names.rank = input.length;
    for (const own of axisNames) own.rank = input.length;
  }
  for (const [name, value] of Object.entries(op.derived?.(args, input, others) ?? {})) {
    names[name] = value;
    for (const [i, own] of axisNames.entries())
      own[name] = op.perAxis?.includes(name) && Array.isArray(value) ? value[i] : value;
  }
  for (const own of axisNames) for (const [name, formula] of ready.lets) own[name] = formula.value(own);
  for (const [name, formula] of ready.lets)
    names[name] = op.axes === 0 ? formula.value(names) : axisNames.map((own) => own[name]);
  const dim = (f: Formula | undefined): Size => {
    const value = f?.value(names);
    return isDim(value) ? value : undefined;
  };
  const broken = (early: boolean): Refusal | undefined => {
    for (const r of ready.rules) {
      if (r.early !== early) continue;
      const own = r.when.byAxis
        ? axisNames.find((a) => r.when.value(a) === true)
        : r.when.value(names) === true
          ? names
          : undefined;
      if (own) return refuse(op, r.rule, own, early);
    }
    return undefined;
  };
  const finish = (rest: Partial<Applied>): Applied => ({
    params: dim(ready.params),
    buffers: ready.buffers ? dim(ready.buffers) : 0,
    macs: ready.macs ? dim(ready.macs) : 0,
    names,
    axisNames,
    ...rest,
  });
  const fraction = Object.values(op.letters).find((name) => isFraction(args[name]));
  if (fraction !== undefined) return finish({ refusal: refuse(op, wholeNumber(fraction), names, true) });
  const early = broken(true);
  if (early) return finish({ refusal: early });
  if (!input) return finish({});
  if (!inputNames) return finish({ refusal: refuse(op, rankRule(op, args), names, false) });
  const late = broken(false);
  if (late) return finish({ refusal: late });
  const output = shapeOf(op, args, input, others, names, axisNames);
  if (!output) return finish({});
  if (!Array.isArray(output)) return finish({ refusal: refuse(op, output as Rule, names, false) });
  names.O = output.slice(output.length - op.axes);
  const outputs = op.outputs?.(output, input, args, others);
  if (outputs) return finish({ output, outputs });
  return finish(args.return_indices === true ? { output, outputs: [output, output] } : { output });
}

function shapeOf(
  op: Op,
  args: Bindings,
  input: Shape,
  others: Others,
  names: Bindings,
  axisNames: readonly Bindings[],
): Shape | Rule | undefined {
  if (typeof op.output === "function") return op.output(input, args, others);
  const ready = prepare(op);
  const required = op.input.filter((p) => p !== "*" && !p.endsWith("?")).length;
  const result: Size[] = [];
  for (const [i, text] of op.output.entries()) {
    const formula = ready.output[i];
    if (text === "*") result.push(...input.slice(op.input.indexOf("*")).slice(0, input.length - required));
    else if (!formula) {
      if (Object.hasOwn(names, text.slice(0, -1))) result.push(names[text.slice(0, -1)] as Size);
    } else {
      const axis = i - (op.output.length - op.axes);
      const value = formula.value(formula.byAxis ? (axisNames[axis] ?? names) : names);
      result.push(isDim(value) ? value : undefined);
    }
  }
  return result;
}

function refuse(op: Op, rule: Rule, names: Bindings, early: boolean): Refusal {
  const fix = rule.fix === undefined ? undefined : formulaFor(op, rule.fix).value(names);
  // No layer is made for nothing.
  const isNothing = fix === 0;
  return {
    code: `${op.name}/${rule.code}`,
    say: fillTemplate(rule.say, names, op),
    advise: isNothing ? "A layer before leaves a size of 0: change that one." : fillTemplate(rule.advise, names, op),
    ...(rule.argument === undefined ? {} : { argument: rule.argument }),
    ...(fix === undefined || isNothing ? {} : { fix }),
    early,
  };
}

/** Whether a value, or one of a list, is certainly no whole number. */
function isFraction(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(isFraction);
  return isDim(value) && typeof value !== "number" && (exactValue(value)?.d ?? 1n) !== 1n;
}

const wholeNumber = (argument: string): Rule => ({
  code: "whole-number",
  when: "false",
  say: `${argument} is {${argument}}, no whole number.`,
  advise: "Use a whole number; // divides without a remainder.",
  argument,
});

/** The rule for a wrong number of dimensions, read off the input's pattern. */
function rankRule(op: Op, args: Bindings): Rule {
  const least = op.input.filter((p) => p !== "*" && !p.endsWith("?")).length;
  const most = op.input.length;
  const formOf = (pattern: readonly string[]): string => {
    const sizes = pattern.map((p) => p.replace("?", "").replace("channels", "C").replace("*", "…"));
    return `(${(isChannelsLast(op, args) ? channelsLast(sizes, op.axes) : sizes).join(", ")})`;
  };
  const isEither = most - least === 1 && !op.input.includes("*");
  const form = [...(isEither ? [op.input.filter((p) => !p.endsWith("?"))] : []), op.input].map(formOf).join(" or ");
  const counts = op.input.includes("*")
    ? `at least ${least}`
    : least === most
      ? `${least}`
      : most - least === 1
        ? `${least} or ${most}`
        : `${least} to ${most}`;
  return {
    code: "rank",
    when: "false",
    say: `${op.name} takes ${counts} dimension${counts === "1" || counts === "at least 1" ? "" : "s"}, ${form}; its input has {rank}.`,
    advise:
      op.rankAdvice ?? (isEither ? "Give it an input of one of these forms." : `Give it an input of the form ${form}.`),
  };
}
