import { layoutOf } from "../render/layout.js";
import { graphLayout, paintGraph } from "../render/paintGraph.js";
import { paintGrid } from "../render/paintGrid.js";
import type { Palette } from "../render/palette.js";
import { type Surface, svgSurface } from "../render/surface.js";
import type { Frame, GridMark } from "../scenes/marks.js";

/** Pixels between parts of a picture, and of its texts. */
const GAP = 24;
const MARGIN = 16;
const LINE = 20;
const LETTERS = 13;

/** Width of a letter against its size, and the widest text before it goes on in the next line. */
const LETTER = 0.61;
const WIDEST = 110;

/** A picture of a frame: how large it is, and how it is painted. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly paint: (surface: Surface) => void;
}

/** The picture of a frame under a title: its grids side by side, its sentence and its sums. */
export function drawingOf(title: string, frame: Frame, palette: Palette): Drawing {
  const grids = frame.grids.map((grid) => ({ grid, layout: layoutOf(grid.base, 700) }));
  const texts = [
    ...wrapped(frame.sentence).map((text) => ({ text, colour: palette.text, font: palette.sans })),
    ...frame.sums.flatMap(({ label, pieces }) => {
      const text = pieces.map((piece) => piece.text).join("");
      return wrapped(label === "" ? text : `${label}: ${text}`).map((part) => ({
        text: part,
        colour: palette.text,
        font: palette.mono,
      }));
    }),
  ];
  const graph = frame.graph && { mark: frame.graph, layout: graphLayout(frame.graph, 500) };
  const tall = Math.max(graph?.layout.height ?? 0, ...grids.map(({ layout }) => layout.height));
  const gridsWidth = grids.reduce((sum, { layout, grid }) => sum + widthOf(grid, layout.width) + GAP, -GAP);
  const textWidth =
    Math.max(title.length, frame.title.length, ...texts.map(({ text }) => text.length)) * LETTERS * LETTER;
  const top = MARGIN + LINE * 2.5;
  const below = top + tall + LINE;
  return {
    width: Math.ceil(Math.max(gridsWidth, graph?.layout.width ?? 0, textWidth) + 2 * MARGIN),
    height: Math.ceil(below + (texts.length + 1) * LINE + MARGIN),
    paint: (surface) => {
      const write = (x: number, y: number, text: string, fill: string, font: string, bold = false): void =>
        surface.text(x, y, text, { fill, font, size: LETTERS, bold, left: true });
      write(MARGIN, MARGIN + LINE / 2, title, palette.text, palette.mono, true);
      let left = MARGIN;
      for (const { grid, layout } of grids) {
        write(left, MARGIN + LINE * 1.7, titleOf(grid), palette.roles[grid.role], palette.sans, true);
        paintGrid(shifted(surface, left, top + (tall - layout.height) / 2), grid, layout, palette);
        left += widthOf(grid, layout.width) + GAP;
      }
      if (graph) paintGraph(shifted(surface, MARGIN, top), graph.mark, graph.layout, palette);
      write(MARGIN, below, frame.title, palette.roles[frame.role], palette.mono, true);
      for (const [index, { text, colour, font }] of texts.entries())
        write(MARGIN, below + (index + 1) * LINE, text, colour, font);
    },
  };
}

const titleOf = ({ title, planes, caption }: GridMark): string =>
  [title, planes?.names[planes.shown], caption].filter((text) => text !== undefined && text !== "").join(", ");

/** A grid takes at least the width of its title. */
const widthOf = (grid: GridMark, width: number): number => Math.max(width, titleOf(grid).length * LETTERS * LETTER);

/** A drawing as a file of SVG. */
export function svgOf(drawing: Drawing, palette: Palette): string {
  const parts: string[] = [];
  const { width, height } = drawing;
  const surface = svgSurface(parts);
  surface.rect(0, 0, width, height, { fill: palette.surface });
  drawing.paint(surface);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n${parts.join("\n")}\n</svg>\n`;
}

/** A surface whose origin is elsewhere. */
function shifted(surface: Surface, left: number, top: number): Surface {
  return {
    rect: (x, y, ...rest) => surface.rect(x + left, y + top, ...rest),
    hatch: (x, y, ...rest) => surface.hatch(x + left, y + top, ...rest),
    line: ([x1, y1, x2, y2], ...rest) => surface.line([x1 + left, y1 + top, x2 + left, y2 + top], ...rest),
    text: (x, y, ...rest) => surface.text(x + left, y + top, ...rest),
  };
}

/** A text in lines, broken between words. */
function wrapped(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length >= WIDEST) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
