import type { Ground } from "../scenes/marks.js";

/** How a rectangle is drawn; what is absent is left out. */
export interface Ink {
  readonly fill?: string;
  readonly stroke?: string;
  readonly line?: number;
  readonly dashed?: boolean;
}

/** How a text is drawn, its middle at a place or, `left`, from there on. */
export interface Letters {
  readonly fill: string;
  readonly font: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly opacity?: number;
  readonly left?: boolean;
}

/** What a picture is drawn on, in pixels: a canvas on the screen or of an image, or an SVG. */
export interface Surface {
  readonly rect: (x: number, y: number, width: number, height: number, ink: Ink) => void;
  /** Fills a rectangle with the strokes of a ground. */
  readonly hatch: (x: number, y: number, width: number, height: number, ground: Ground, colour: string) => void;
  readonly line: (ends: Line, colour: string, width: number) => void;
  readonly text: (x: number, y: number, text: string, letters: Letters) => void;
}

/** A straight line between two places. */
export type Line = readonly [x1: number, y1: number, x2: number, y2: number];

/** A canvas as a surface; its own units are scaled to the pixels of the screen by the caller. */
export function canvasSurface(context: CanvasRenderingContext2D): Surface {
  return {
    rect(x, y, width, height, { fill, stroke, line = 1, dashed = false }) {
      if (fill !== undefined) {
        context.fillStyle = fill;
        context.fillRect(x, y, width, height);
      }
      if (stroke === undefined) return;
      context.strokeStyle = stroke;
      context.lineWidth = line;
      context.setLineDash(dashed ? [3, 2] : []);
      context.strokeRect(x + line / 2, y + line / 2, width - line, height - line);
    },
    hatch(x, y, width, height, ground, colour) {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      context.strokeStyle = colour;
      context.lineWidth = 1.2;
      context.setLineDash([]);
      context.beginPath();
      for (const [x1, y1, x2, y2] of strokes(x, y, width, height, ground)) {
        context.moveTo(x1, y1);
        context.lineTo(x2, y2);
      }
      context.stroke();
      context.restore();
    },
    line([x1, y1, x2, y2], colour, width) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      context.stroke();
    },
    text(x, y, text, { fill, font, size, bold = false, opacity = 1, left = false }) {
      context.fillStyle = fill;
      context.font = `${bold ? "700 " : ""}${size}px ${font}`;
      context.textAlign = left ? "left" : "center";
      context.textBaseline = "middle";
      context.globalAlpha = opacity;
      context.fillText(text, x, y);
      context.globalAlpha = 1;
    },
  };
}

/** An SVG as a surface: its elements are added to a list, as text. */
export function svgSurface(out: string[]): Surface {
  const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
    Object.entries(values)
      .flatMap(([name, value]) =>
        value === undefined ? [] : [` ${name}="${typeof value === "number" ? short(value) : escaped(value)}"`],
      )
      .join("");
  return {
    rect(x, y, width, height, { fill, stroke, line = 1, dashed = false }) {
      const inset = stroke === undefined ? 0 : line / 2;
      const box = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
      const drawn = { stroke, "stroke-width": stroke && line, "stroke-dasharray": dashed ? "3 2" : undefined };
      out.push(`<rect${attributes({ ...box, fill: fill ?? "none", ...drawn })}/>`);
    },
    hatch(x, y, width, height, ground, colour) {
      const lines = strokes(x, y, width, height, ground).map((ends) => clipped(ends, x, y, width, height));
      const path = lines.map(([x1, y1, x2, y2]) => `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`).join("");
      if (path !== "") out.push(`<path${attributes({ d: path, stroke: colour, "stroke-width": 1.2, fill: "none" })}/>`);
    },
    line([x1, y1, x2, y2], colour, width) {
      out.push(`<line${attributes({ x1, y1, x2, y2, stroke: colour, "stroke-width": width })}/>`);
    },
    text(x, y, text, { fill, font, size, bold, opacity = 1, left }) {
      const style = { fill, "font-family": font, "font-size": size, "font-weight": bold ? 700 : undefined };
      const place = { x, y, "text-anchor": left ? undefined : "middle", "dominant-baseline": "central" };
      out.push(
        `<text${attributes({ ...place, ...style, opacity: opacity < 1 ? opacity : undefined })}>${escaped(text)}</text>`,
      );
    },
  };
}

/** Pixels between the strokes of a hatch. */
const APART = 7;

/** Rising strokes for padding, falling ones for what no window reads, both for what lies past the padding. */
function strokes(x: number, y: number, width: number, height: number, ground: Ground): Line[] {
  const lines: Line[] = [];
  const reach = width + height;
  const start = -((((x + y) % APART) + APART) % APART);
  for (let at = start; at <= reach; at += APART) {
    if (ground === "padding" || ground === "beyond") lines.push([x + at, y, x + at - height, y + height]);
  }
  for (let at = -height - ((((x - y) % APART) + APART) % APART); at <= width; at += APART) {
    if (ground === "unread" || ground === "beyond") lines.push([x + at, y, x + at + height, y + height]);
  }
  return lines;
}

/** A stroke cut to a rectangle of whose height it runs through all. */
function clipped([x1, y1, x2, y2]: Line, x: number, y: number, width: number, height: number): Line {
  const at = (from: number): number => y1 + ((from - x1) / (x2 - x1)) * (y2 - y1);
  const [left, right] = [Math.min(Math.max(x1, x), x + width), Math.min(Math.max(x2, x), x + width)];
  const within = (value: number): number => Math.min(Math.max(value, y), y + height);
  return [left, within(at(left)), right, within(at(right))];
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** A text within XML. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
