import type { Statement } from "./syntax.js";

/** Whether a `return` stands in statements, or in those within them. */
export const hasReturn = (body: readonly Statement[]): boolean =>
  body.some((s) => s.kind === "return" || blocksOf(s).some(hasReturn));

/** The statements within a statement that are run with it. */
export function blocksOf(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case "if":
      return s.branches.map(({ body }) => body);
    case "for":
    case "while":
      return [s.body, s.otherwise];
    case "with":
      return [s.body];
    case "try":
      return [s.body, ...s.handlers.map(({ body }) => body), s.otherwise, s.finally];
    case "match":
      return s.cases.map(({ body }) => body);
    default:
      return [];
  }
}
