import type { Visible } from "./visibleBoxes.js";

/** Where a box stands, in pixels from the upper left corner. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rank: number;
}

/** The line of an edge, as points; the corners between them are rounded. */
export interface Line {
  readonly edge: number;
  readonly points: readonly (readonly [number, number])[];
  /** Whether it passes other boxes at the side. */
  readonly isSkip: boolean;
}

/** The name of an open group, and the bracket beside what is in it. */
export interface Bracket {
  readonly group: number;
  readonly x: number;
  /** Where the name begins: higher than the bracket's own place, so that the arrows below it are seen. */
  readonly name: number;
  readonly top: number;
  readonly bottom: number;
}

/** A diagram, laid out from top to bottom. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: readonly Placed[];
  readonly lines: readonly Line[];
  readonly brackets: readonly Bracket[];
}

/** Pixels. */
const BIG = 42;
const SMALL = 26;
const GAP = 20;
const NAME = 20;
const RAISED = 14;
const ASIDE = 8;
const LANE = 9;
const WIDEST = 250;
const NARROWEST = 56;

/**
 * Lays a diagram out in so many pixels of width, or in more where it needs them; `isSmall` says which boxes are low, `wished` how
 * wide boxes would be so that nothing of them is cut.
 */
export function layOut(
  { boxes, edges }: Visible,
  room: number,
  isSmall: (box: number) => boolean,
  wished: readonly number[] = [],
): Layout {
  const ranks = ranksOf(boxes.length, edges);
  const rows: number[][] = [];
  ranks.forEach((rank, box) => {
    (rows[rank] ??= []).push(box);
  });
  const spans = groupSpans(boxes, ranks);
  // Brackets stand around those within them, skips around those that are shorter.
  const gutter = lanesOf(
    spans.map(({ top, bottom }) => [top, bottom]),
    -1,
  );
  const skips = edges
    .map(({ from, to }, edge) => ({ edge, from: ranks[from] ?? 0, to: ranks[to] ?? 0 }))
    .filter((s) => s.to - s.from > 1);
  const lanes = lanesOf(
    skips.map(({ from, to }) => [from, to - 1]),
    1,
  );
  const left = gutter.count * LANE + (gutter.count > 0 ? 4 : 0);
  const right = lanes.count * LANE + (lanes.count > 0 ? 6 : 0);
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const free = room - left - right - (columns - 1) * ASIDE;
  const widest = Math.max(WIDEST, ...wished);
  const width = Math.max(NARROWEST, Math.min(widest, Math.floor(free / columns)));
  const whole = columns * width + (columns - 1) * ASIDE;
  const middle = left + whole / 2;
  const centres = columnsOf(rows, edges, ranks, middle, width + ASIDE);
  const places: Placed[] = [];
  let y = 0;
  for (const [rank, row] of rows.entries()) {
    y += spans.filter((s) => s.top === rank).length * NAME;
    const height = row.every(isSmall) ? SMALL : BIG;
    // A box alone in its row may take all of it.
    const wide = row.length === 1 ? Math.min(widest, whole) : width;
    for (const box of row) {
      const own = isSmall(box) ? SMALL : height;
      places[box] = {
        x: (centres[box] ?? middle) - wide / 2,
        y: y + (height - own) / 2,
        width: wide,
        height: own,
        rank,
      };
    }
    y += height + GAP;
  }
  const edgeOfBoxes = Math.max(0, ...places.map((p) => p.x + p.width));
  const bounds = rows.map((row) => ({
    top: Math.min(...row.map((b) => places[b]?.y ?? 0)),
    bottom: Math.max(...row.map((b) => (places[b]?.y ?? 0) + (places[b]?.height ?? 0))),
    right: Math.max(...row.map((b) => (places[b]?.x ?? 0) + (places[b]?.width ?? 0))),
  }));
  const ports = portsOf(edges, places);
  const lines = edges.map(({ from, to }, edge): Line => {
    const [a, b] = [places[from] as Placed, places[to] as Placed];
    const skip = skips.findIndex((s) => s.edge === edge);
    const { out, into } = ports[edge] as Ports;
    if (skip < 0) return { edge, isSkip: false, points: straight(out, a, into, b) };
    const lane = edgeOfBoxes + 6 + (lanes.at[skip] ?? 0) * LANE;
    const isLast = (p: Placed): boolean => p.x + p.width >= (bounds[p.rank]?.right ?? 0) - 1;
    const start: Line["points"] = isLast(a)
      ? [
          [a.x + a.width, a.y + a.height / 2 + 4],
          [lane, a.y + a.height / 2 + 4],
        ]
      : [
          [out, a.y + a.height],
          [out, (bounds[a.rank]?.bottom ?? 0) + 6],
          [lane, (bounds[a.rank]?.bottom ?? 0) + 6],
        ];
    const end: Line["points"] = isLast(b)
      ? [
          [lane, b.y + b.height / 2 - 4],
          [b.x + b.width, b.y + b.height / 2 - 4],
        ]
      : [
          [lane, (bounds[b.rank]?.top ?? 0) - 8],
          [into, (bounds[b.rank]?.top ?? 0) - 8],
          [into, b.y],
        ];
    return { edge, isSkip: true, points: [...start, ...end] };
  });
  const brackets = spans.map(({ group, top, bottom }, i) => {
    const same = spans.slice(i + 1).filter((s) => s.top === top).length + 1;
    const first = (bounds[top]?.top ?? 0) - same * NAME;
    return {
      group,
      x: (gutter.at[i] ?? 0) * LANE + 3,
      // Above the first row there is no gap to rise into, and no arrow.
      name: first - (top === 0 ? 0 : RAISED),
      top: first,
      bottom: bounds[bottom]?.bottom ?? 0,
    };
  });
  return { width: Math.ceil(edgeOfBoxes + right), height: Math.max(0, y - GAP), places, lines, brackets };
}

/** The longest way from the start to each box. */
function ranksOf(count: number, edges: Visible["edges"]): readonly number[] {
  const ranks = Array<number>(count).fill(0);
  const into = new Map<number, number[]>();
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from]);
  for (let box = 0; box < count; box++)
    for (const from of into.get(box) ?? []) ranks[box] = Math.max(ranks[box] ?? 0, (ranks[from] ?? 0) + 1);
  return ranks;
}

/** From which rank to which the boxes of each open group reach. */
function groupSpans(
  boxes: Visible["boxes"],
  ranks: readonly number[],
): { readonly group: number; top: number; bottom: number }[] {
  const spans = new Map<number, { readonly group: number; top: number; bottom: number }>();
  boxes.forEach((box, at) => {
    const rank = ranks[at] ?? 0;
    for (const group of box.within) {
      const span = spans.get(group) ?? { group, top: rank, bottom: rank };
      spans.set(group, span);
      span.top = Math.min(span.top, rank);
      span.bottom = Math.max(span.bottom, rank);
    }
  });
  return [...spans.values()];
}

/** Stretches side by side, each in the first lane that is free. */
function lanesOf(
  stretches: readonly (readonly [number, number])[],
  order: 1 | -1,
): { readonly at: readonly number[]; readonly count: number } {
  const at: number[] = [];
  const ends: (readonly [number, number])[][] = [];
  const sorted = stretches.map((_, i) => i).sort((a, b) => order * (length(stretches[a]) - length(stretches[b])));
  for (const i of sorted) {
    const [from, to] = stretches[i] as readonly [number, number];
    let lane = ends.findIndex((taken) => taken.every(([a, b]) => to < a || b < from));
    if (lane < 0) lane = ends.push([]) - 1;
    ends[lane]?.push([from, to]);
    at[i] = lane;
  }
  return { at, count: ends.length };
}

const length = (stretch: readonly [number, number] | undefined): number => (stretch ? stretch[1] - stretch[0] : 0);

/** The middle of each box: under what it comes from, as far as its neighbours leave room. */
function columnsOf(
  rows: readonly (readonly number[])[],
  edges: Visible["edges"],
  ranks: readonly number[],
  middle: number,
  step: number,
): readonly number[] {
  const centres: number[] = [];
  const most = Math.max(...rows.map((r) => r.length));
  const passing = passingOf(edges, ranks);
  for (const row of rows) {
    const wish = new Map(
      row.map((box) => {
        const from = edges.filter((e) => e.to === box && (ranks[box] ?? 0) - (ranks[e.from] ?? 0) === 1);
        const mean = from.reduce((sum, e) => sum + (centres[e.from] ?? middle), 0) / from.length;
        return [box, from.length === 0 ? middle : mean] as const;
      }),
    );
    const order = [...row].sort(
      (a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || (passing[a] ?? 0) - (passing[b] ?? 0) || a - b,
    );
    const wanted = order.map((box) => wish.get(box) ?? middle);
    // A box alone stands in the middle, so that the way on is one line.
    if (order.length === 1) wanted[0] = middle;
    const set: number[] = [];
    for (const [i, x] of wanted.entries())
      set.push(Math.max(x, i > 0 ? (set[i - 1] as number) + step : Number.NEGATIVE_INFINITY));
    const shift = wanted.reduce((sum, x, i) => sum + x - (set[i] as number), 0) / wanted.length;
    const [low, high] = [middle - ((most - 1) * step) / 2, middle + ((most - 1) * step) / 2];
    const [least, greatest] = [(set[0] ?? 0) + shift, (set.at(-1) ?? 0) + shift];
    const fit = shift + Math.max(0, low - least) - Math.max(0, greatest - high);
    order.forEach((box, i) => {
      centres[box] = (set[i] as number) + fit;
    });
  }
  return centres;
}

/** 1 for each box on a way that passes others at the right, so that it stands there from the start. */
function passingOf(edges: Visible["edges"], ranks: readonly number[]): readonly number[] {
  const passing: number[] = [];
  for (let box = ranks.length - 1; box >= 0; box--) {
    const out = edges.filter((e) => e.from === box);
    const [only] = out;
    const isWay = out.length === 1 && only !== undefined && edges.filter((e) => e.to === only.to).length === 1;
    const isLong = out.some((e) => (ranks[e.to] ?? 0) - (ranks[box] ?? 0) > 1);
    passing[box] = isLong ? 1 : isWay ? (passing[only.to] ?? 0) : 0;
  }
  return passing;
}

interface Ports {
  readonly out: number;
  readonly into: number;
}

/** Where edges leave and enter their boxes: side by side, in the order of their other ends. */
function portsOf(edges: Visible["edges"], places: readonly Placed[]): readonly Ports[] {
  const centre = (box: number): number => (places[box]?.x ?? 0) + (places[box]?.width ?? 0) / 2;
  const spread = (box: number, all: readonly number[], own: number): number => {
    const at = all.indexOf(own) - (all.length - 1) / 2;
    return centre(box) + at * Math.min(16, ((places[box]?.width ?? 0) - 24) / Math.max(1, all.length - 1));
  };
  const next = edges.map(({ from, to }) => (places[to]?.rank ?? 0) - (places[from]?.rank ?? 0) === 1);
  return edges.map(({ from, to }, edge) => {
    const side = (isOut: boolean): number[] =>
      edges
        .flatMap((e, i) => ((isOut ? e.from === from : e.to === to) && next[i] === next[edge] ? [i] : []))
        .sort(
          (a, b) =>
            centre(isOut ? (edges[a]?.to ?? 0) : (edges[a]?.from ?? 0)) -
            centre(isOut ? (edges[b]?.to ?? 0) : (edges[b]?.from ?? 0)),
        );
    return { out: centre(from), into: next[edge] ? spread(to, side(false), edge) : centre(to) + 14 };
  });
}

/** From the bottom of one box to the top of the next one. */
function straight(out: number, a: Placed, into: number, b: Placed): Line["points"] {
  const [from, to] = [a.y + a.height, b.y];
  if (Math.abs(out - into) < 1)
    return [
      [out, from],
      [into, to],
    ];
  const half = to - Math.min(10, (to - from) / 2);
  return [
    [out, from],
    [out, half],
    [into, half],
    [into, to],
  ];
}
