import type { Filtering, FiltersPicture, ToHost } from "../../src/protocol.js";
import { dropdown, segments, textButton } from "../controls.js";
import { exportView } from "../export/exportView.js";
import { arithmetic } from "../render/arithmetic.js";
import { element, setText } from "../render/element.js";
import type { Palette } from "../render/palette.js";
import { noteList } from "../render/words.js";
import { filterFrame, windowAt } from "../scenes/filtering.js";
import { type GreyImage, IMAGES, imageOf } from "./images.js";
import { type PixelView, pixelView } from "./pixelView.js";

/** What is kept of the filters: an image by its name, a kernel, and how it slides. */
interface Chosen {
  readonly image: string;
  readonly rows: readonly (readonly number[])[];
  readonly per: number;
  readonly preset: string;
  readonly turned: boolean;
  readonly at: number;
}

/** The page of filters: an image, a kernel, what it answers with, and the arithmetic of a pixel. */
export function filtersView(
  picture: FiltersPicture,
  start: Partial<Chosen>,
  around: {
    readonly tell: (message: ToHost) => void;
    readonly keep: (chosen: Chosen) => void;
    readonly room: () => number;
    readonly palette: () => Palette;
  },
): {
  readonly element: HTMLElement;
  readonly draw: () => void;
  readonly filtered: (response: readonly number[]) => void;
} {
  const [first] = picture.presets;
  let own: GreyImage | undefined;
  let answer: Answer | undefined;
  let asked: Filtering | undefined;
  let waiting = 0;
  let chosen: Chosen = {
    image: "Shapes",
    rows: first?.rows ?? [[1]],
    per: first?.per ?? 1,
    preset: first?.name ?? "",
    turned: false,
    at: 96 * 12 + 28,
    ...start,
  };
  const image = (): GreyImage =>
    (own?.name === chosen.image ? own : IMAGES.find(({ name }) => name === chosen.image)) ?? (IMAGES[0] as GreyImage);

  const images = segments(
    "Image",
    IMAGES.map(({ name }) => ({ value: name, text: name })),
    (name) => change({ image: name }),
  );
  const file = element("input", {
    type: "file",
    accept: "image/*",
    hidden: "",
    "aria-label": "An image of yours",
  }) as HTMLInputElement;
  const said = element("p", { class: "why", role: "status" });
  file.addEventListener("change", async () => {
    const [given] = file.files ?? [];
    file.value = "";
    const found = given && (await imageOf(given));
    setText(said, given && !found ? `${given.name} cannot be read as an image. Choose a PNG, JPEG, GIF or WebP.` : "");
    if (!found) return;
    own = found;
    change({ image: found.name });
  });
  const presets = dropdown(
    "Kernel",
    [...picture.presets.map(({ name }) => ({ value: name, text: name })), { value: "", text: "your own" }],
    (name) => {
      const preset = picture.presets.find((other) => other.name === name);
      if (preset) change({ preset: name, rows: preset.rows, per: preset.per });
    },
  );
  const sizes = segments(
    "Size",
    ["3", "5"].map((value) => ({ value, text: `${value} × ${value}` })),
    (size) => change({ rows: laidIn(chosen.rows, Number(size)), preset: "" }),
  );
  const ways = segments(
    "How the kernel slides",
    [
      { value: "as it stands", text: "Correlation", title: "As the frameworks do it: the kernel slides as it stands" },
      { value: "turned", text: "Convolution", title: "As in mathematics: the kernel is turned by 180° first" },
    ],
    (way) => change({ turned: way === "turned" }),
  );
  const kernel = element("div", { class: "kernel", role: "group", "aria-label": "Kernel" });
  const per = element("input", { type: "number", min: "1", step: "1", "aria-label": "Divided by" }) as HTMLInputElement;
  per.addEventListener("change", () => {
    const value = Math.round(per.valueAsNumber);
    if (value >= 1) change({ per: value, preset: "" });
    per.value = String(chosen.per);
  });
  const before: PixelView = pixelView("Image", "input", (...to) => move(...to));
  const after: PixelView = pixelView("Response", "output", (...to) => move(...to));
  const scale = element("p", { class: "caption" });
  const [title, sums] = [element("h2", { class: "result" }), element("div", { class: "sums" })];
  const frame = (at: number) => filterFrame(asked as Filtering, chosen.per, answer?.response ?? [], at);
  const place = element("div");
  const page = element("section", { class: "filters", "aria-label": "Filters" }, [
    element("div", { class: "passes" }, [images.element, textButton("Your image…", () => file.click()), file]),
    said,
    element("div", { class: "row" }, [presets.element, sizes.element, ways.element]),
    element("div", { class: "row kernel-row" }, [kernel, element("label", {}, ["divided by ", per])]),
    element("div", { class: "images" }, [before.element, after.element]),
    element("div", { class: "row" }, [
      scale,
      textButton("Save the response", () => around.tell({ type: "save", name: "response.png", base64: after.png() })),
    ]),
    element("section", { class: "step output", "aria-label": "This pixel" }, [
      element("div", { role: "status", "aria-live": "polite" }, [title]),
      sums,
    ]),
    place,
    noteList([
      "Point at a pixel, or walk with the arrow keys: the window around it, times the kernel, adds up to the response there.",
      "Past the border lie zeros, so that the response has the size of the image; at the border they look like an edge.",
    ]),
  ]);

  const ask = (): void => {
    const { width, pixels } = image();
    asked = { width, pixels, rows: chosen.rows, turned: chosen.turned };
    answer = undefined;
    waiting++;
    around.tell({ type: "filter", filtering: asked });
  };
  // An image of the reader's own is not kept: it may be large, and is theirs.
  const keep = (): void => around.keep(own?.name === chosen.image ? { ...chosen, image: "Shapes" } : chosen);
  const change = (some: Partial<Chosen>): void => {
    chosen = { ...chosen, ...some };
    chosen = { ...chosen, at: Math.min(chosen.at, image().pixels.length - 1) };
    keep();
    ask();
    draw();
  };
  const move = (at: number, isHeld: boolean): void => {
    chosen = { ...chosen, at };
    if (isHeld) keep();
    draw();
  };
  const draw = (): void => {
    const { width, height, pixels } = image();
    images.set(chosen.image);
    presets.set(chosen.preset);
    sizes.set(String(chosen.rows.length));
    ways.set(chosen.turned ? "turned" : "as it stands");
    if (document.activeElement !== per) per.value = String(chosen.per);
    drawKernel();
    const [tall, wide] = [chosen.rows.length, chosen.rows[0]?.length ?? 1];
    const box = { row: -((tall - 1) >> 1), col: -((wide - 1) >> 1), height: tall, width: wide };
    // Both beside each other, however narrow the panel is: they are looked at together.
    const side = Math.min(320, Math.floor((around.room() - 32) / 2));
    before.draw({ width, height, levels: pixels, side, at: chosen.at, box });
    const one = { row: 0, col: 0, height: 1, width: 1 };
    after.draw({ width, height, levels: answer?.levels ?? NOTHING, side, at: chosen.at, box: one });
    const most = Math.round(((answer?.reach ?? 0) / chosen.per) * 10) / 10;
    const black = answer?.isSigned ? `−${most} is black, 0 is grey` : "0 is black";
    setText(scale, answer ? `Response: ${black}, ${most} is white.` : "");
    if (!answer) return;
    const here = frame(chosen.at);
    setText(title, here.title);
    sums.replaceChildren(...arithmetic(here, () => {}));
    if (place.childElementCount > 0) return;
    const exported = {
      title: "Filters",
      frame: () => frame(chosen.at),
      frames: frame,
      palette: around.palette,
    };
    place.append(exportView(exported, around.tell));
  };
  const drawKernel = (): void => {
    const [tall, wide] = [chosen.rows.length, chosen.rows[0]?.length ?? 1];
    if (kernel.childElementCount !== tall * wide) {
      kernel.style.setProperty("--columns", String(wide));
      kernel.replaceChildren(
        ...chosen.rows.flatMap((cells, row) =>
          cells.map((_, col) => {
            const field = element("input", {
              type: "number",
              step: "1",
              "aria-label": `w[${row}, ${col}]`,
            }) as HTMLInputElement;
            field.addEventListener("change", () => {
              const value = Math.round(field.valueAsNumber || 0);
              field.value = String(value);
              const rows = chosen.rows.map((old, r) => old.map((w, c) => (r === row && c === col ? value : w)));
              change({ rows, preset: "" });
            });
            return field;
          }),
        ),
      );
    }
    for (const [index, value] of chosen.rows.flat().entries()) {
      const field = kernel.children[index] as HTMLInputElement;
      // What is being typed is not taken away by an answer to what was there before.
      if (document.activeElement !== field) field.value = String(value);
    }
  };
  ask();
  return {
    element: page,
    draw,
    filtered: (response) => {
      waiting--;
      // The answer to what was asked before would stand beside another kernel.
      if (!asked || waiting > 0) return;
      answer = answerOf(asked, response);
      draw();
    },
  };
}

/** A response, and as grey levels. */
interface Answer {
  readonly response: readonly number[];
  readonly levels: readonly number[];
  readonly reach: number;
  readonly isSigned: boolean;
}

const NOTHING: readonly number[] = [];

function answerOf(asked: Filtering, response: readonly number[]): Answer {
  // What the zeros past the border make is no part of the image, and would drown the rest.
  const inner = response.filter((_, index) => !windowAt(asked, index).includes(-1));
  const shown = inner.length > 0 ? inner : response;
  const reach = Math.max(...shown.map(Math.abs), 1);
  const isSigned = shown.some((value) => value < 0);
  const levels = response.map((value) => (isSigned ? 127.5 + (127.5 * value) / reach : (255 * value) / reach));
  return { response, levels, reach, isSigned };
}

/** A kernel in another size: laid in the middle, or cut to it. */
function laidIn(rows: readonly (readonly number[])[], size: number): number[][] {
  const off = (rows.length - size) >> 1;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, col) => rows[row + off]?.[col + off] ?? 0),
  );
}
