import { ARROWS } from "../keyboard.js";
import { element } from "../render/element.js";
import type { Box, Role } from "../scenes/marks.js";

/** An image to draw: its levels, the side of the square it is drawn in, the pixel that is chosen, and the frame around it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly number[];
  readonly side: number;
  readonly at: number;
  readonly box: Box;
}

/** An image on the page. */
export interface PixelView {
  readonly element: HTMLElement;
  readonly draw: (pixels: Pixels) => void;
  /** The image itself as a PNG, in base64. */
  readonly png: () => string;
}

/** An image whose pixels can be pointed at, and walked through with the arrow keys. */
export function pixelView(name: string, role: Role, move: (at: number, isHeld: boolean) => void): PixelView {
  const canvas = element("canvas", { role: "img" }) as HTMLCanvasElement;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const frame = element("div", { class: "frame" });
  const board = element("div", { class: "board", tabindex: "0", role: "application", "aria-label": name }, [
    canvas,
    frame,
  ]);
  let shown: Pixels | undefined;
  const placeOf = (event: MouseEvent): number | undefined => {
    if (!shown) return undefined;
    const { x, y, width, height } = canvas.getBoundingClientRect();
    const col = Math.floor(((event.clientX - x) / width) * shown.width);
    const row = Math.floor(((event.clientY - y) / height) * shown.height);
    const isInside = col >= 0 && row >= 0 && col < shown.width && row < shown.height;
    return isInside ? row * shown.width + col : undefined;
  };
  board.addEventListener("pointermove", (event) => {
    const at = placeOf(event);
    if (at !== undefined && at !== shown?.at) move(at, false);
  });
  board.addEventListener("click", (event) => {
    const at = placeOf(event);
    if (at !== undefined) move(at, true);
  });
  board.addEventListener("keydown", (event) => {
    const [down, across] = ARROWS[event.key] ?? [];
    if (!shown || down === undefined || across === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const within = (index: number, count: number): number => Math.min(Math.max(0, index), count - 1);
    const { width, height, at } = shown;
    move(within(Math.floor(at / width) + down, height) * width + within((at % width) + across, width), true);
  });
  const png = (): string => canvas.toDataURL("image/png").replace(/^.*,/, "");
  const draw = (pixels: Pixels): void => {
    const { width, height, levels, side, at, box } = pixels;
    const scale = side / Math.max(width, height);
    if (shown?.levels !== levels || canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      const data = context.createImageData(width, height);
      for (let index = 0; index < width * height; index++) {
        data.data.fill(levels[index] ?? 0, 4 * index, 4 * index + 3);
        data.data[4 * index + 3] = levels.length > 0 ? 255 : 0;
      }
      context.putImageData(data, 0, 0);
    }
    shown = pixels;
    Object.assign(canvas.style, { width: `${width * scale}px`, height: `${height * scale}px` });
    canvas.setAttribute(
      "aria-label",
      `${name}, ${height} × ${width} pixels, at row ${Math.floor(at / width)}, column ${at % width}`,
    );
    const [top, left] = [Math.floor(at / width) + box.row, (at % width) + box.col];
    Object.assign(frame.style, {
      left: `${left * scale - AROUND}px`,
      top: `${top * scale - AROUND}px`,
      width: `${box.width * scale + 2 * AROUND}px`,
      height: `${box.height * scale + 2 * AROUND}px`,
    });
  };
  return { element: element("figure", { class: `figure ${role}` }, [element("h2", {}, [name]), board]), draw, png };
}

/** Pixels of the screen between what is framed and the outside of its frame. */
const AROUND = 4;
