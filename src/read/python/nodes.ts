import type { SyntaxNode } from "@lezer/common";

/** The children of a node of the grammar, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== "Comment") list.push(child);
  return list;
}

/** Whether one of these nodes stands for what the grammar does not know. */
export const isBroken = (parts: readonly SyntaxNode[]): boolean => parts.some((p) => p.type.isError);

/** Characters of one expression that are read; a longer one is data. */
const MAX_SPAN = 100_000;

/** Whether a node is an expression so long that it is data, which is not read. */
export const isData = (node: { readonly from: number; readonly to: number; readonly name: string }): boolean =>
  node.to - node.from > MAX_SPAN && /Expression$|^ArgList$/.test(node.name);

/** Nodes in groups, between those of one name. */
export function splitAt(parts: readonly SyntaxNode[], sign: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (part.name === sign) groups.push([]);
    else groups.at(-1)?.push(part);
  }
  return groups;
}

/** Nodes in groups, each beginning with one of that name. */
export function splitBefore(parts: readonly SyntaxNode[], sign: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [];
  for (const part of parts) {
    if (part.name === sign) groups.push([]);
    groups.at(-1)?.push(part);
  }
  return groups;
}
