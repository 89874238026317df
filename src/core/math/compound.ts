import type { MathExpr, MathOperator, MathPlace } from "./expression.js";

/** A number, as it would be written at a place. */
export const numberAt = (text: string, { from, to }: MathPlace): MathExpr => ({ kind: "number", text, from, to });

/** A letter, as it would be written at a place. */
export const symbolAt = (name: string, { from, to }: MathPlace): MathExpr => ({ kind: "symbol", name, from, to });

/** Two expressions with an operator between. */
export const binary = (op: MathOperator, left: MathExpr, right: MathExpr): MathExpr => ({
  kind: "binary",
  op,
  left,
  right,
  from: left.from,
  to: right.to,
});

/** An expression with a minus in front. */
export const negation = (of: MathExpr): MathExpr => ({ kind: "negate", of, from: of.from, to: of.to });
