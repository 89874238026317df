import type { SyntaxNode } from "@lezer/common";

/** The children of a node of the grammar, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== "Comment") list.push(child);
  return list;
}

/** Whether one of these nodes stands for what the grammar does not know. */
export const isBroken = (parts: readonly SyntaxNode[]): boolean => parts.some((p) => p.type.isError);
