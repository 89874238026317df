import type { Misfit } from "../../core/math/conformity.js";
import type { Disagreement } from "../../core/math/equivalence.js";
import type { MathPlace } from "../../core/math/expression.js";
import type { Counterexample } from "../../core/math/identity.js";
import type { MatrixShape } from "../../core/math/matrixShape.js";
import type { Repair } from "../../core/math/nearMiss.js";
import type { MathValue } from "../../core/math/value.js";
import type { Verdict } from "../finding.js";

/** What is said of one step of a chain. */
export interface StepAnswer {
  readonly verdict: Exclude<Verdict, "blank">;
  /** Where the right side stands. */
  readonly at?: MathPlace;
  /** What is to be written for the number on the right side. */
  readonly rightNumber?: string;
  /** The two sides' values where both are numbers. */
  readonly values?: readonly [left: MathValue, right: MathValue];
  readonly entry?: readonly [row: number, column: number];
  readonly counterexample?: Counterexample;
  /** Values for which only one of two inequalities holds. */
  readonly disagreement?: Disagreement;
  readonly repair?: Repair;
  /** What was done instead, in words. */
  readonly mistake?: string;
  /** Two matrices in it that do not fit. */
  readonly misfit?: Misfit;
  /** The shapes of two sides that differ; undefined is a number. */
  readonly shapes?: readonly [MatrixShape | undefined, MatrixShape | undefined];
  /** Whether it may be an equation that is to be solved, and no claim: that is for the words around it to say. */
  readonly mayBeSolved?: boolean;
  /** Why nothing is said of it. */
  readonly unclear?: string;
  /** How it was decided. */
  readonly how?: "numbers" | "identity" | "matrices" | "size" | "growth" | "equivalence" | "solution" | "quantity";
  /** What it was taken for, where its names do not say that. */
  readonly as?: "sequences" | "convolution" | "cost" | "bytes" | "time" | "least squares";
  /** The quantity of the field that is given, what is wrong in it or by which convention it is right, and the right formula. */
  readonly quantity?: { readonly name: string; readonly say: string; readonly right?: string };
}

/** Nothing is said. */
export const UNCLEAR: StepAnswer = { verdict: "not understood" };
