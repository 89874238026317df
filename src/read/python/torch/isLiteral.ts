import type { Expression } from "../syntax.js";

/** Whether an expression is numbers alone, so that a number may take its place. */
export function isLiteral(e: Expression): boolean {
  if (e.kind === "number") return true;
  if (e.kind === "binary") return isLiteral(e.left) && isLiteral(e.right);
  return e.kind === "unary" && isLiteral(e.of);
}
