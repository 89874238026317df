import type { Size } from "../../core/layer/op.js";
import type { WrittenNumber } from "./countText.js";
import { countParams, type Done, type Habit } from "./done.js";
import { channelsLeftOut, type NamedMistake, outputMistake, paramsMistake, sizeMistake } from "./mistakes.js";
import type { ParsedClaim } from "./parsedRow.js";
import { agree, countOf, flattened, isKnown, type Volume } from "./volume.js";

/** What is said of one claim under one reading of the table. */
export interface Judged {
  readonly claim: ParsedClaim;
  /** `follows`: right from the student's own earlier value. `unknown`: not enough is known. */
  readonly status: "right" | "rounded" | "follows" | "wrong" | "unknown";
  readonly mistake?: NamedMistake;
  /** What it should be. */
  readonly right?: Volume | number;
  /** What a wrong cell costs: less where a mistake gives its number. */
  readonly cost: number;
}

/** A row's layers on the right input and on the student's own. */
export interface Worked {
  readonly right: readonly Done[];
  readonly own: readonly Done[] | undefined;
  /** With the number of filters that the output's own channels say, where the row says another. */
  readonly ownFilters: readonly Done[] | undefined;
  /** Whether a batch norm follows, which makes biases needless. */
  readonly mayLackBias: boolean;
  readonly output: Volume;
  readonly ownOutput: Volume | undefined;
}

const WRONG = 1;
const NAMED = 0.6;

const plain = (size: Size): number | undefined => (typeof size === "number" ? size : undefined);

const wrong = (claim: ParsedClaim, right: Volume | number, mistake: NamedMistake | undefined): Judged => ({
  claim,
  status: "wrong",
  right,
  ...(mistake ? { mistake } : {}),
  cost: mistake ? NAMED : WRONG,
});

const areKnown = (axes: readonly Size[]): boolean => axes.length > 0 && axes.every((a) => a !== undefined);

/** Judges what a row says comes out. */
export function judgeOutput(claim: ParsedClaim, worked: Worked): Judged {
  const { output, ownOutput } = worked;
  const full = claim.volumes.filter((v) => !v.lacksChannels || output.channels === 1);
  const fitting = full.filter((v) => agree(v.volume, output));
  if (fitting.length > 0) {
    // Height and width alone are right without the channels.
    const isSettled =
      isKnown(output) ||
      (areKnown(output.axes) && fitting.some((v) => areKnown(v.volume.axes) && v.volume.channels === undefined));
    return { claim, status: isSettled ? "right" : "unknown", right: output, cost: 0 };
  }
  if (ownOutput && full.some((v) => agree(v.volume, ownOutput)))
    return { claim, status: "follows", right: output, cost: 0 };
  if (claim.volumes.some((v) => v.lacksChannels && agree(v.volume, output)))
    return wrong(claim, output, channelsLeftOut);
  const mistake = full.map((v) => outputMistake(worked.right, v.volume, output)).find((m) => m !== undefined);
  const named =
    mistake ??
    (worked.own && ownOutput
      ? full.map((v) => outputMistake(worked.own ?? [], v.volume, ownOutput)).find((m) => m !== undefined)
      : undefined);
  // Where the row leaves its window open, a mistake may be named but does not count as likelier.
  const verdict = wrong(claim, output, named);
  const isSettled = isDetermined(worked.right, "shape") && !worked.right.some((s) => s.given.kind === "flatten");
  return isSettled ? verdict : { ...verdict, cost: WRONG };
}

/** Judges a number of activations, from the row's own shape too. */
export function judgeSize(
  claim: ParsedClaim,
  worked: Pick<Worked, "output" | "ownOutput">,
  stated: readonly Volume[],
): Judged {
  const number = claim.number;
  const right = plain(countOf(worked.output));
  const fits = (v: Volume): boolean => {
    const count = plain(countOf(v));
    return count !== undefined && number?.fits(count) === true;
  };
  if (!number) return { claim, status: "unknown", cost: 0 };
  if (number.sum) return wrong(claim, right ?? number.sum.value, undefined);
  if (right !== undefined && number.fits(right))
    return { claim, status: number.isRounded ? "rounded" : "right", right, cost: 0 };
  if (stated.some(fits) || (worked.ownOutput && fits(worked.ownOutput)))
    return { claim, status: "follows", ...(right === undefined ? {} : { right }), cost: 0 };
  if (right === undefined) return { claim, status: "unknown", cost: 0 };
  return wrong(claim, right, sizeMistake(worked.output, number.fits));
}

/** Judges a count of parameters, of weights or of biases. */
export function judgeParams(claim: ParsedClaim, worked: Worked, habit: Habit): Judged {
  const number = claim.number;
  if (!number) return { claim, status: "unknown", cost: 0 };
  if (claim.claim.mayBeNone && number.value === 0) return { claim, status: "right", right: 0, cost: 0 };
  const counts = (steps: readonly Done[]): readonly Size[] => {
    if (claim.claim.kind === "biases")
      return [
        countParams(
          steps.map((s) => ({ ...s, weights: 0, norm: 0 })),
          habit,
        ),
      ];
    const all = countParams(steps, habit);
    const weights = countParams(steps, { ...habit, bias: "left out" });
    if (claim.claim.kind === "weights") return [weights, all];
    const found = worked.mayLackBias ? [all, countParams(steps, habit, true)] : [all];
    if (!steps.some((s) => s.given.kind === "batchnorm") || steps.length === 1) return found;
    // A row of several layers may count only the first one's, and leave the batch norm's out.
    const bare = steps.map((s) => ({ ...s, norm: 0 }));
    return [...found, countParams(bare, habit), countParams(bare, habit, true)];
  };
  const [right, ...others] = counts(worked.right);
  const value = plain(right);
  const fits = (size: Size): boolean => typeof size === "number" && number.fits(size);
  if (number.sum) {
    if (value === undefined) return { claim, status: "unknown", cost: 0 };
    return wrong(claim, value, undefined);
  }
  if (value !== undefined && number.fits(value))
    return { claim, status: number.isRounded ? "rounded" : "right", right: value, cost: 0 };
  const other = others.find(fits);
  if (typeof other === "number")
    return { claim, status: number.isRounded ? "rounded" : "right", right: other, cost: 0 };
  for (const own of [worked.own, worked.ownFilters])
    if (own && counts(own).some(fits))
      return { claim, status: "follows", ...(value === undefined ? {} : { right: value }), cost: 0 };
  if (value === undefined)
    return hasInput(worked.right, number)
      ? { claim, status: "unknown", cost: 0 }
      : { claim, status: "wrong", cost: WRONG };
  const mistake =
    paramsMistake(worked.right, number.fits) ?? (worked.own ? paramsMistake(worked.own, number.fits) : undefined);
  return wrong(claim, value, mistake);
}

/** Whether some number of channels coming in, which is not known, gives this count. */
function hasInput(steps: readonly Done[], number: WrittenNumber): boolean {
  const [step, ...more] = steps.filter((s) => s.given.kind === "conv" || s.given.kind === "linear");
  const { given } = step ?? {};
  if (!step || !given || more.length > 0 || steps.some((s) => s.given.kind === "batchnorm") || number.isRounded)
    return true;
  const filters = plain(step.biases);
  if (filters === undefined || given.groups !== undefined) return true;
  const axes = Math.max(1, step.input.axes.length);
  const [side = 1, ...others] = given.kernel ?? [];
  const taps = others.length === 0 ? side ** axes : others.reduce((a, b) => a * b, side);
  return [1, 0].some((bias) => {
    const channels = (number.value / filters - bias) / taps;
    return Number.isInteger(channels) && channels > 0;
  });
}

/** Whether a row may take this as its input: what came before, or the same in one row. */
export const takes = (claim: ParsedClaim, volume: Volume): boolean =>
  claim.volumes.some((v) => agree(v.volume, volume) || agree(v.volume, flattened(volume)));

/** Whether a row's layers leave nothing open for a count, or for a shape. */
export function isDetermined(steps: readonly Done[], kind: "count" | "shape"): boolean {
  return steps.every(({ given }) => {
    if (given.kind === "conv") {
      if (!given.kernel) return false;
      if (kind === "count") return true;
      const isSettled = given.isCourse === true || given.isCall === true || given.padding !== undefined;
      return isSettled && (given.filters ?? given.groups) !== undefined;
    }
    if (given.kind === "maxpool" || given.kind === "avgpool") return kind === "count" || given.kernel !== undefined;
    return given.kind !== "linear" || kind === "count" || given.filters !== undefined;
  });
}

/** What a blank cell of a row is to hold, where that is known. */
export function blankValue(
  kind: ParsedClaim["claim"]["kind"],
  worked: Worked,
  habit: Habit,
): Volume | number | undefined {
  if (kind === "output") return isKnown(worked.output) ? worked.output : undefined;
  const steps = kind === "biases" ? worked.right.map((s) => ({ ...s, weights: 0, norm: 0 })) : worked.right;
  const value =
    kind === "size"
      ? countOf(worked.output)
      : countParams(steps, kind === "weights" ? { ...habit, bias: "left out" } : habit);
  return plain(value);
}
