import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { Palette } from "../render/palette.js";
import { canvasSurface } from "../render/surface.js";
import type { Drawing } from "./drawFrame.js";

/** Pixels of an image for one of its drawing. */
const SHARP = 2;

/** Milliseconds that a frame of an animation is seen, and the last one. */
const FRAME = 700;
const LAST = 2000;

/** A drawing as a PNG, its bytes in base 64. */
export function pngOf(drawing: Drawing, palette: Palette): string {
  const { canvas } = painted(drawing, palette, drawing, SHARP);
  return canvas.toDataURL("image/png").split(",")[1] ?? "";
}

/**
 * Drawings one after the other as a GIF, its bytes in base 64; after each one `told` says how far it is and whether to go on. Undefined if
 * it was ended early.
 */
export async function gifOf(
  drawings: readonly Drawing[],
  palette: Palette,
  told: (done: number) => Promise<boolean>,
): Promise<string | undefined> {
  const size = {
    width: Math.max(...drawings.map(({ width }) => width)),
    height: Math.max(...drawings.map(({ height }) => height)),
  };
  const gif = GIFEncoder();
  for (const [index, drawing] of drawings.entries()) {
    const { context } = painted(drawing, palette, size, 1);
    const { data } = context.getImageData(0, 0, size.width, size.height);
    const colours = quantize(data, 256);
    const delay = index === drawings.length - 1 ? LAST : FRAME;
    gif.writeFrame(applyPalette(data, colours), size.width, size.height, { palette: colours, delay });
    if (!(await told((index + 1) / drawings.length))) return undefined;
  }
  gif.finish();
  return base64(gif.bytes());
}

function painted(
  drawing: Drawing,
  palette: Palette,
  { width, height }: { readonly width: number; readonly height: number },
  scale: number,
): { readonly canvas: HTMLCanvasElement; readonly context: CanvasRenderingContext2D } {
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const surface = canvasSurface(context);
  surface.rect(0, 0, width, height, { fill: palette.surface });
  drawing.paint(surface);
  return { canvas, context };
}

/** Bytes in base 64. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
