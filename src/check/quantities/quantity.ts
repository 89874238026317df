import type { MathExpr } from "../../core/math/expression.js";
import { readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { typedTokens } from "../../read/math/typedTokens.js";

/** What stands for a part of a quantity's formula: the letters that courses use for it, and the words that explain one. */
export interface Role {
  readonly letters: RegExp;
  readonly words?: RegExp;
  /** What it is called where the document has no letter for it. */
  readonly called?: string;
  /** What it is where a formula does not have it. */
  readonly otherwise?: string;
}

/** Something that the field has a formula for. */
export interface Quantity {
  readonly name: string;
  /** The names that stand for it. */
  readonly symbol?: RegExp;
  /** The words by which it is known, at the end of what stands before it; with a symbol that says it alone, none are needed. */
  readonly words?: RegExp;
  /** Words that have to stand in the paragraph or its heading. */
  readonly about?: RegExp;
  /** Words that have to stand right behind the formula. */
  readonly behind?: RegExp;
  /** Words with which another formula belongs to it. */
  readonly unless?: RegExp;
  /** The formulas that are right, in the letters of `roles`; the first is the one that is said. */
  readonly formulas: readonly string[];
  readonly roles: Readonly<Record<string, Role>>;
  /** What is wrong in a formula that gives a mistaken value, by the formula. */
  readonly mistakes?: Readonly<Record<string, string>>;
  /** The convention by which a formula other than the first is right, by the formula. */
  readonly conventions?: Readonly<Record<string, string>>;
}

const read = new Map<string, MathExpr | undefined>();

/** The expression that a formula of a quantity is. */
export function expressionOf(formula: string): MathExpr | undefined {
  if (!read.has(formula)) {
    const tokens = typedTokens(formula, { from: 0, to: formula.length });
    read.set(formula, readLink({ tokens, from: 0, to: formula.length }, plainReading(false)));
  }
  return read.get(formula);
}
