import { type Frame, type GraphMark, type GridMark, sizeOf, textAt } from "../../webview/scenes/marks.js";

const width = 6;
const grounds = { plain: "", padding: "~", beyond: "x", unread: "/" } as const;

/** A frame as text: `[3]` is lit, `<3>` chosen, `3?` not reached yet; `~` padding, `/` read by no window, `x` past the padding. */
export function frameText(frame: Frame): string {
  const tiles = frame.tiles.map(({ value, factor }) => `${value}×${factor}`).join(" ");
  return [
    `step ${frame.step + 1} of ${frame.steps}: ${frame.title}`,
    frame.sentence,
    ...frame.grids.flatMap(gridText),
    ...(frame.graph ? graphText(frame.graph) : []),
    ...(tiles === "" ? [] : [`tiles: ${tiles} = ${frame.tilesTotal}`]),
    ...frame.sums.map(({ label, pieces, current }) => {
      const text = pieces.map((piece) => piece.text.replace("\u00a0", " ")).join("");
      return `${current ? ">" : " "} ${label === "" ? "" : `${label}: `}${text}`;
    }),
    ...(frame.also ? [frame.also.say, ...frame.also.grids.flatMap(gridText)] : []),
    ...(frame.asked
      ? [`asked: ${frame.asked.name}`, ...frame.asked.slips.map(({ say, text }) => `  ${text}: ${say}`)]
      : []),
    "",
  ].join("\n");
}

/** Neurons row by row, `[z 3, a 3]` near the step, `<z 3>` the step's own; the edges of the step with what stands on them. */
function graphText({ rows, lit }: GraphMark): string[] {
  const marks = { quiet: "()", lit: "[]", chosen: "<>", later: "??" } as const;
  return rows.flatMap(({ title, nodes }, row) => {
    const edges = lit.filter((edge) => edge.row === row).map(({ from, to, text }) => `${from}–${to}: ${text}`);
    const line = nodes.map(({ lines, state }) => {
      const [open, close] = marks[state];
      return `${open}${lines.map(({ letter, text }) => `${letter} ${text}`).join(", ")}${close}`;
    });
    return [`${title}  ${line.join("  ")}`, ...(edges.length > 0 ? [`  ${edges.join("  ")}`] : [])];
  });
}

function gridText(grid: GridMark): string[] {
  const { title, caption, planes, base, frame, lit, chosen, later } = grid;
  const framed = frame ? `, frame ${frame.row},${frame.col} ${frame.height}×${frame.width}` : "";
  const shown = planes && `${planes.names[planes.shown]} of ${planes.names.length}`;
  const name = [title, shown, caption].filter((text) => text !== undefined).join(", ");
  const [, columns] = sizeOf(base);
  const belongs = new Set(lit);
  const rows = base.rowHeads.map((head, row) => {
    const line = base.colHeads.map((_, col) => {
      const cell = row * columns + col;
      const number = `${grounds[base.grounds[cell] ?? "plain"]}${textAt(grid, cell)}`;
      if (cell === chosen) return `<${number}>`.padStart(width);
      if (belongs.has(cell)) return `[${number}]`.padStart(width);
      return (later !== undefined && cell >= later ? `${number}?` : number).padStart(width);
    });
    return head.padStart(3) + line.join("");
  });
  return [`${name}${framed}`, "   ".concat(...base.colHeads.map((head) => head.padStart(width))), ...rows];
}
