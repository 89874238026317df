import { type Frame, type GridMark, sizeOf, textAt } from "../scenes/marks.js";

/** The arithmetic of a frame as Markdown: its grids as tables, its sums as lines. */
export function markdownOf(title: string, frame: Frame): string {
  const tables = frame.grids.map((grid) => {
    const [first = [], ...rest] = rowsOf(grid);
    const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    return [`${named(grid)}:`, "", line(first), line(first.map(() => "---:")), ...rest.map(line)].join("\n");
  });
  const sums = frame.sums.map(({ label, pieces }) => {
    const text = pieces
      .map((piece) => piece.text)
      .join("")
      .replaceAll("\u00a0", " ");
    return `- ${label === "" ? "" : `${label}: `}${text}`;
  });
  return `${[`**${title}**: ${frame.title}`, frame.sentence, ...tables, sums.join("\n")].join("\n\n")}\n`;
}

/** The same as LaTeX: its grids as matrices, its sums as an aligned display. */
export function latexOf(title: string, frame: Frame): string {
  const matrices = frame.grids.map((grid) => {
    const rows = rowsOf(grid).map((cells) => cells.map(mathOf).join(" & "));
    return `\\underset{\\text{${plain(named(grid))}}}{\\begin{pmatrix} ${rows.join(" \\\\ ")} \\end{pmatrix}}`;
  });
  const sums = frame.sums.map(({ label, pieces }) => {
    const text = mathOf(pieces.map((piece) => piece.text).join(""));
    const at = text.lastIndexOf("=");
    const aligned = at < 0 ? `&\\;${text}` : `${text.slice(0, at)}&${text.slice(at)}`;
    return `  ${label === "" ? "" : `\\text{${plain(label)}: }`}${aligned}`;
  });
  const display = sums.length === 0 ? "" : `\\begin{align*}\n${sums.join(" \\\\\n")}\n\\end{align*}\n`;
  return `% ${title}\n\\[ ${matrices.join(" \\quad ")} \\]\n${display}`;
}

const named = ({ title, planes, caption }: GridMark): string =>
  [title, planes?.names[planes.shown], caption].filter((text) => text !== undefined && text !== "").join(", ");

function rowsOf(grid: GridMark): string[][] {
  const [rows, columns] = sizeOf(grid.base);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, col) => textAt(grid, row * columns + col)),
  );
}

/** A text of ours as LaTeX mathematics. */
const mathOf = (text: string): string =>
  text
    .replaceAll(/(\d+)\/(\d+)/g, "\\tfrac{$1}{$2}")
    .replaceAll("−", "-")
    .replaceAll("·", " \\cdot ")
    .replaceAll("∞", "\\infty")
    .replaceAll("\u00a0", " ")
    .replaceAll("max(", "\\max(");

/** A text within `\text`. */
const plain = (text: string): string =>
  text.replaceAll("×", "$\\times$").replaceAll("°", "$^\\circ$").replaceAll("_", "\\_");
