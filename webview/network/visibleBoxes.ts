import type { NetworkPicture } from "../../src/protocol.js";

/** A box of the diagram: one step, or a group that is closed. */
export interface Box {
  /** The group, where it is one. */
  readonly group?: number;
  /** The steps within, in order; the last one gives its output. */
  readonly nodes: readonly number[];
  /** The open groups around it, outermost first. */
  readonly within: readonly number[];
}

/** A group that stands for several of its kind, one after the other. */
export interface Visible {
  readonly boxes: readonly Box[];
  /** From box to box, by their places. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly meets?: readonly [string, string] }[];
  /** For the first of a row of equal groups: how many they are. */
  readonly times: ReadonlyMap<number, number>;
  /** The first groups of rows that are folded to one. */
  readonly folded: ReadonlySet<number>;
}

/** What a reader has opened or closed: a group by its number, a row of equal groups by −1 − the number of its first. */
export type Turned = ReadonlySet<number>;

/** Boxes up to which groups are open of themselves. */
const ENOUGH = 40;

type Item = { readonly node: number } | { readonly group: number };

/** The boxes and edges of a diagram; equal groups one after the other are folded, and closed groups are one box. */
export function visibleBoxes(picture: NetworkPicture, turned: Turned): Visible {
  const tree = treeOf(picture);
  const { times, first } = rowsOf(picture, tree);
  const isFolded = (group: number): boolean => turned.has(-1 - group) === false;
  const isHidden = (group: number): boolean => {
    const head = first.get(group);
    return head !== undefined && head !== group && isFolded(head);
  };
  const itemsOf = (group: number): readonly Item[] =>
    (tree.items.get(group) ?? []).filter((item) => "node" in item || !isHidden(item.group));
  const open = openAtFirst(itemsOf);
  for (const group of turned) if (group >= 0 && !open.delete(group)) open.add(group);
  const boxes: Box[] = [];
  const visit = (group: number, within: readonly number[]): void => {
    for (const item of itemsOf(group)) {
      if ("node" in item) boxes.push({ nodes: [item.node], within });
      else if (open.has(item.group)) visit(item.group, [...within, item.group]);
      else boxes.push({ group: item.group, nodes: tree.within.get(item.group) ?? [], within });
    }
  };
  visit(-1, []);
  const standsFor = new Map<number, number>();
  boxes.forEach((box, at) => {
    for (const node of box.nodes) standsFor.set(node, at);
  });
  // What is hidden in a folded row is shown by its twin in the first of the row.
  const twins = new Map<number, number>();
  for (const [group, head] of first) {
    if (!isHidden(group)) continue;
    const [own, its] = [tree.within.get(group) ?? [], tree.within.get(head) ?? []];
    own.forEach((node, i) => {
      twins.set(node, its[i] as number);
    });
  }
  const shownBy = (node: number, depth = 0): number | undefined => {
    const twin = twins.get(node);
    return twin === undefined || depth > 40 ? standsFor.get(node) : shownBy(twin, depth + 1);
  };
  const seen = new Set<string>();
  const edges = picture.edges.flatMap(({ from, to, meets }) => {
    const [a, b] = [shownBy(from), shownBy(to)];
    // Backwards runs only what leads from one of a folded row to the next.
    if (a === undefined || b === undefined || a >= b || seen.has(`${a} ${b}`)) return [];
    seen.add(`${a} ${b}`);
    return [{ from: a, to: b, ...(meets && { meets }) }];
  });
  return { boxes, edges, times, folded: new Set([...times.keys()].filter(isFolded)) };
}

interface Tree {
  readonly items: ReadonlyMap<number, readonly Item[]>;
  /** All steps within a group, in order. */
  readonly within: ReadonlyMap<number, readonly number[]>;
}

function treeOf({ nodes, groups }: NetworkPicture): Tree {
  const items = new Map<number, Item[]>();
  const within = new Map<number, number[]>();
  const known = new Set<number>();
  nodes.forEach((node, at) => {
    let item: Item = { node: at };
    for (let group = node.group; ; group = groups[group]?.parent ?? -1) {
      const list = items.get(group) ?? [];
      items.set(group, list);
      if (!("group" in item && known.has(item.group))) list.push(item);
      if ("group" in item) known.add(item.group);
      if (group < 0) break;
      within.set(group, [...(within.get(group) ?? []), at]);
      item = { group };
    }
  });
  return { items, within };
}

/** Rows of at least two groups in one place, one after the other, that are built alike and give the same shapes. */
function rowsOf(
  picture: NetworkPicture,
  { items, within }: Tree,
): { readonly times: ReadonlyMap<number, number>; readonly first: ReadonlyMap<number, number> } {
  const { nodes, groups, edges } = picture;
  const into = new Map<number, number[]>();
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from]);
  const outlines = new Map<number, string>();
  const outline = (group: number): string => {
    const known = outlines.get(group);
    if (known !== undefined) return known;
    const own = within.get(group) ?? [];
    const start = own[0] ?? 0;
    const cut = (groups[group]?.name.length ?? 0) + 1;
    const steps = own.map((at) => {
      const n = nodes[at];
      const name = n?.role === "layer" ? n.name.slice(cut) : n?.name;
      const inner = (into.get(at) ?? []).map((from) => (from < start ? "before" : from - start));
      return [name, n?.what, n?.shape, n?.params.text, n?.problem ?? "", inner.join()].join("|");
    });
    const text = `${groups[group]?.what}\n${steps.join("\n")}`;
    outlines.set(group, text);
    return text;
  };
  const times = new Map<number, number>();
  const first = new Map<number, number>();
  for (const list of items.values())
    for (const [i, item] of list.entries()) {
      const before = list[i - 1];
      if (!("group" in item) || !before || !("group" in before) || outline(item.group) !== outline(before.group))
        continue;
      const head = first.get(before.group) ?? before.group;
      first.set(before.group, head);
      first.set(item.group, head);
      times.set(head, (times.get(head) ?? 1) + 1);
    }
  return { times, first };
}

/** The groups that are open of themselves: from the outside in, as long as the diagram stays small. */
function openAtFirst(itemsOf: (group: number) => readonly Item[]): Set<number> {
  const open = new Set<number>();
  const waiting = [...itemsOf(-1)];
  let count = waiting.length;
  for (const item of waiting) {
    if (!("group" in item)) continue;
    const inner = itemsOf(item.group);
    if (count + inner.length - 1 > ENOUGH) continue;
    count += inner.length - 1;
    open.add(item.group);
    waiting.push(...inner);
  }
  return open;
}
