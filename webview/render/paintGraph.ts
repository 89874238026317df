import type { GraphMark, GraphNode } from "../scenes/marks.js";
import type { Palette } from "./palette.js";
import type { Surface } from "./surface.js";

/** Where the nodes of a graph stand, in pixels. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** By row and node. */
  readonly boxes: readonly (readonly DOMRectReadOnly[])[];
}

const LINE = 16;
const LETTERS = 12;
const WIDE = { most: 84, least: 44 };
const BETWEEN = { nodes: 8, rows: 70 };
const TITLE = 18;

/** Rows one below the other, each in the middle of the room. */
export function graphLayout({ rows }: GraphMark, room: number): GraphLayout {
  const most = Math.max(...rows.map(({ nodes }) => nodes.length));
  const fair = Math.floor((room - BETWEEN.nodes * (most - 1)) / most);
  const wide = Math.min(WIDE.most, Math.max(WIDE.least, fair));
  const width = Math.max(most * (wide + BETWEEN.nodes) - BETWEEN.nodes, 200);
  let top = TITLE;
  const boxes = rows.map(({ nodes }) => {
    const tall = LINE * Math.max(...nodes.map(({ lines }) => lines.length)) + 8;
    const left = (width - nodes.length * (wide + BETWEEN.nodes) + BETWEEN.nodes) / 2;
    const row = nodes.map((_, at) => new DOMRect(left + at * (wide + BETWEEN.nodes), top, wide, tall));
    top += tall + BETWEEN.rows;
    return row;
  });
  return { width, height: top - BETWEEN.rows + 2, boxes };
}

/** Paints all of a graph: edges first, those of the step over the others, then nodes and titles. */
export function paintGraph(surface: Surface, graph: GraphMark, { boxes }: GraphLayout, palette: Palette): void {
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
  for (const [row, { title, nodes }] of graph.rows.entries()) {
    const top = (boxes[row]?.[0]?.top ?? 0) - TITLE / 2 - 2;
    const width = title.length * LETTERS * 0.56 + 6;
    surface.rect(0, top - LINE / 2, width, LINE, { fill: palette.surface });
    surface.text(0, top, title, { fill: palette.soft, font: palette.sans, size: LETTERS, left: true });
    for (const [at, node] of nodes.entries()) {
      const box = boxes[row]?.[at];
      if (box) paintNode(surface, node, box, palette);
    }
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
    surface.text((left + x + width) / 2 + 1, middle, text, { ...shared, fill, bold: isChosen });
  }
}
