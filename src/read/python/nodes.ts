import type { TreeCursor } from "@lezer/common";
import type { SourceText } from "./sourceText.js";
import type { Comment } from "./syntax.js";

/** A node of the grammar's tree, comments left out; what the grammar does not know is called ⚠. */
export interface GrammarNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly children: readonly GrammarNode[];
}

/** Characters of one expression that are read; a longer one is data. */
const MAX_SPAN = 100_000;

/** Whether a node is an expression so long that it is data, which is not read. */
export const isData = (node: { readonly from: number; readonly to: number; readonly name: string }): boolean =>
  node.to - node.from > MAX_SPAN && /Expression$|^ArgList$/.test(node.name);

const NONE: readonly GrammarNode[] = [];

/** The node that a cursor is at, with all that is within but data, and the comments in it; none for a comment; whether the grammar knows all of it. The cursor stays. */
export function readNode(
  cursor: TreeCursor,
  source: SourceText,
): { readonly node: GrammarNode | undefined; readonly comments: readonly Comment[]; readonly isBroken: boolean } {
  const comments: Comment[] = [];
  const { base } = source;
  let isBroken = false;
  // Without recursion: brackets may be nested thousands deep.
  const path: { readonly children: GrammarNode[] }[] = [{ children: [] }];
  const [root] = path;
  for (;;) {
    const { name } = cursor;
    if (name === "⚠") isBroken = true;
    const [from, to] = [cursor.from + base, cursor.to + base];
    if (name === "Comment") comments.push({ from, to, text: source.slice(from, to) });
    else {
      const isSkipped = isData({ name, from, to });
      isBroken ||= isSkipped;
      const isLeaf = isSkipped || !cursor.firstChild();
      const children = isLeaf ? [] : ([] as GrammarNode[]);
      path.at(-1)?.children.push({ name, from, to, children: isLeaf ? NONE : children });
      if (!isLeaf) {
        path.push({ children });
        continue;
      }
    }
    while (path.length > 1 && !cursor.nextSibling()) {
      cursor.parent();
      path.pop();
    }
    if (path.length === 1) break;
  }
  return { node: root?.children[0], comments, isBroken };
}

/** Whether one of these nodes stands for what the grammar does not know. */
export const isBroken = (parts: readonly GrammarNode[]): boolean => parts.some((p) => p.name === "⚠");

/** A node and all that is within, in order, without what `isLeft` says to leave out. */
export function* within(
  node: GrammarNode,
  isLeft: (node: GrammarNode) => boolean = () => false,
): Generator<GrammarNode> {
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    if (!isLeft(next)) for (let i = next.children.length - 1; i >= 0; i--) open.push(next.children[i] ?? next);
  }
}

/** The names of variables in a node, in order. */
export function namesWithin(node: GrammarNode, source: SourceText): string[] {
  const names: string[] = [];
  for (const each of within(node)) if (each.name === "VariableName") names.push(source.of(each));
  return names;
}

/** Nodes in groups, between those of one name. */
export function splitAt(parts: readonly GrammarNode[], sign: string): GrammarNode[][] {
  const groups: GrammarNode[][] = [[]];
  for (const part of parts) {
    if (part.name === sign) groups.push([]);
    else groups.at(-1)?.push(part);
  }
  return groups;
}

/** Nodes in groups, each beginning with one of that name. */
export function splitBefore(parts: readonly GrammarNode[], sign: string): GrammarNode[][] {
  const groups: GrammarNode[][] = [];
  for (const part of parts) {
    if (part.name === sign) groups.push([]);
    groups.at(-1)?.push(part);
  }
  return groups;
}
