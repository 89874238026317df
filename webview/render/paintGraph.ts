import type { GraphMark, GraphNode } from "../scenes/marks.js";
import type { Palette } from "./palette.js";
import type { Surface } from "./surface.js";

/** Where the nodes of a graph stand, and its titles, in pixels. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** By row and node. */
  readonly boxes: readonly (readonly DOMRectReadOnly[])[];
  /** By row: its lines, and the middle of the first one. */
  readonly titles: readonly { readonly lines: readonly string[]; readonly top: number }[];
}

const LINE = 16;
const LETTERS = 12;
const WIDE = { most: 84, least: 44, beside: 58 };
const BETWEEN = { nodes: 8, rows: 70, titles: 14 };

/** What a title takes beside its row for each letter and for the space behind it, and above it for a line. */
const TITLE = { letter: LETTERS * 0.6, behind: 10, above: 24 };

/** Rows one below the other, with their titles left of them; where there is no room for that, above them and all edges' ends. */
export function graphLayout({ rows }: GraphMark, room: number): GraphLayout {
  const most = Math.max(...rows.map(({ nodes }) => nodes.length));
  const lines = rows.map(({ title }) => title.split(" · "));
  const beside = Math.max(
    0,
    ...rows.map(({ nodes }, row) => {
      const longest = Math.max(...(lines[row] ?? []).map((text) => text.length));
      const indent = ((most - nodes.length) * (WIDE.beside + BETWEEN.nodes)) / 2;
      return Math.ceil(longest * TITLE.letter + TITLE.behind - indent);
    }),
  );
  const fairIn = (space: number): number => Math.floor((space - BETWEEN.nodes * (most - 1)) / most);
  const isBeside = fairIn(room - beside) >= WIDE.beside;
  const [gutter, above] = isBeside ? [beside, 0] : [0, TITLE.above];
  const wide = Math.min(WIDE.most, Math.max(WIDE.least, fairIn(room - gutter)));
  const inner = most * (wide + BETWEEN.nodes) - BETWEEN.nodes;
  let top = isBeside ? 8 : 14 + above;
  const boxes = rows.map(({ nodes }) => {
    const tall = LINE * Math.max(...nodes.map(({ lines }) => lines.length)) + 8;
    const left = gutter + (inner - nodes.length * (wide + BETWEEN.nodes) + BETWEEN.nodes) / 2;
    const row = nodes.map((_, at) => new DOMRect(left + at * (wide + BETWEEN.nodes), top, wide, tall));
    top += tall + BETWEEN.rows + above;
    return row;
  });
  const titles = rows.map(({ title }, row) => {
    const own = isBeside ? (lines[row] ?? []) : [title];
    const { y = 0, height = 0 } = boxes[row]?.[0] ?? {};
    const middle = isBeside ? y + height / 2 : y - TITLE.above;
    return { lines: own, top: middle - ((own.length - 1) * BETWEEN.titles) / 2 };
  });
  return { width: gutter + inner, height: top - BETWEEN.rows - above + 2, boxes, titles };
}

/** Paints all of a graph: edges first, those of the step over the others and over the titles, then nodes. */
export function paintGraph(surface: Surface, graph: GraphMark, { boxes, titles }: GraphLayout, palette: Palette): void {
  const ends = (row: number, from: number, to: number) => {
    const [a, b] = [boxes[row]?.[from], boxes[row + 1]?.[to]];
    return a && b ? ([a.x + a.width / 2, a.bottom, b.x + b.width / 2, b.top] as const) : undefined;
  };
  for (const [row, nodes] of boxes.slice(0, -1).entries())
    for (const from of nodes.keys())
      for (const to of (boxes[row + 1] ?? []).keys()) {
        const line = ends(row, from, to);
        if (line) surface.line(line, palette.quiet, 1);
      }
  for (const { lines, top } of titles)
    for (const [at, text] of lines.entries()) {
      const y = top + at * BETWEEN.titles;
      surface.rect(0, y - LINE / 2, text.length * TITLE.letter, LINE, { fill: palette.surface });
      surface.text(0, y, text, { fill: palette.soft, font: palette.sans, size: LETTERS, left: true });
    }
  const written = graph.lit.map((edge) => ({ edge, line: ends(edge.row, edge.from, edge.to) }));
  for (const { edge, line } of written) if (line) surface.line(line, palette.roles[edge.role], 1.8);
  for (const [index, { edge, line }] of written.entries()) {
    if (!line || edge.text === "") continue;
    const [x1, y1, x2, y2] = line;
    // Texts of edges that meet stand apart from where they meet.
    const isFan = written.some(({ edge: other }, at) => at !== index && other.to === edge.to && other.row === edge.row);
    const part = isFan ? 0.34 : 0.55;
    const [x, y] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
    const width = edge.text.length * LETTERS * 0.62 + 6;
    surface.rect(x - width / 2, y - LINE / 2, width, LINE, { fill: palette.surface });
    surface.text(x, y, edge.text, { fill: palette.roles[edge.role], font: palette.mono, size: LETTERS, bold: true });
  }
  for (const [row, { nodes }] of graph.rows.entries())
    for (const [at, node] of nodes.entries()) {
      const box = boxes[row]?.[at];
      if (box) paintNode(surface, node, box, palette);
    }
}

function paintNode(surface: Surface, { lines, state }: GraphNode, box: DOMRectReadOnly, palette: Palette): void {
  const role = lines.at(-1)?.role ?? "output";
  const [x, y, width, height] = [box.x, box.y, box.width, box.height];
  const isChosen = state === "chosen";
  surface.rect(x, y, width, height, {
    fill: isChosen ? palette.lit[role] : palette.ground[role],
    stroke: isChosen || state === "lit" ? palette.roles[role] : palette.quiet,
    line: isChosen ? 3 : state === "lit" ? 2 : 1,
    dashed: state === "later",
  });
  for (const [index, { letter, text, role: own }] of lines.entries()) {
    const middle = y + 4 + LINE * (index + 0.5);
    const shared = { font: palette.mono, size: LETTERS };
    surface.text(x + 5, middle, letter, { ...shared, fill: palette.soft, left: true });
    // The number stands right of its letter, in what room there is.
    const left = x + 5 + letter.length * LETTERS * 0.62;
    const fill = palette.roles[own];
    const size = Math.min(LETTERS, (x + width - 4 - left) / (text.length * 0.62));
    surface.text((left + x + width) / 2 + 1, middle, text, { ...shared, fill, size, bold: isChosen });
  }
}
