import type { Filtering } from "../../src/protocol.js";
import { plainGrid } from "./flatten.js";
import type { Frame, GridMark, Piece, Tile } from "./marks.js";
import { bracketed, minus, upTo } from "./numbers.js";

/** The window of an image around a pixel, in the kernel's order; `−1` past the border. */
export function windowAt({ width, pixels, rows }: Filtering, at: number): readonly number[] {
  const [tall, wide] = [rows.length, rows[0]?.length ?? 1];
  const height = pixels.length / width;
  const [top, left] = [Math.floor(at / width) - ((tall - 1) >> 1), (at % width) - ((wide - 1) >> 1)];
  return upTo(tall * wide).map((tap) => {
    const [row, col] = [top + Math.floor(tap / wide), left + (tap % wide)];
    return row < 0 || col < 0 || row >= height || col >= width ? -1 : row * width + col;
  });
}

/** The arithmetic of one pixel of a response: the window, the kernel as it lies there, their products and what they add up to. */
export function filterFrame(asked: Filtering, per: number, response: readonly number[], at: number): Frame {
  const { width, pixels, rows, turned } = asked;
  const wide = rows[0]?.length ?? 1;
  const [row, col] = [Math.floor(at / width), at % width];
  const places = windowAt(asked, at);
  const values = places.map((place) => minus(place < 0 ? 0 : (pixels[place] ?? 0)));
  const flat = rows.flat().map(minus);
  const weights = turned ? flat.toReversed() : flat;
  const sum = minus(response[at] ?? 0);
  const name = `y[${row}, ${col}]`;
  const all = upTo(flat.length);
  const grids: GridMark[] = [
    {
      id: "patch",
      role: "input",
      title: "Pixels under the kernel",
      caption: `around row ${row}, column ${col}`,
      base: plainGrid(values, wide, (cell) => `pixel ${cell}`),
      lit: all,
    },
    {
      id: "kernel",
      role: "weight",
      title: turned ? "Kernel, turned by 180°" : "Kernel",
      caption: per === 1 ? "" : `each divided by ${per}`,
      base: plainGrid(weights, wide, (cell) => `w[${Math.floor(cell / wide)}, ${cell % wide}]`),
      lit: all,
    },
  ];
  const products = values.flatMap((value, index): Piece[] => [
    { text: index === 0 ? value : ` + ${value}`, role: places[index] === -1 ? "padding" : "input" },
    { text: "·" },
    { text: bracketed(weights[index] ?? ""), role: "weight" },
  ]);
  const equals: Piece = { text: " =\u00a0" };
  const divided: Piece[] = [
    { text: `${sum} / ${per}` },
    { text: " ≈\u00a0" },
    { text: quotient(sum, per), role: "output" },
  ];
  return {
    step: at,
    steps: pixels.length,
    title: per === 1 ? `${name} = ${sum}` : `${name} ≈ ${quotient(sum, per)}`,
    role: "output",
    sentence: "",
    grids,
    sums: [
      { label: "", pieces: [...products, equals, { text: sum, role: "output" }], current: true },
      ...(per === 1 ? [] : [{ label: "divided", pieces: divided, current: false }]),
    ],
    tiles: values.map(
      (value, index): Tile => ({
        row: Math.floor(index / wide),
        col: index % wide,
        value,
        factor: weights[index] ?? "",
        roles: [places[index] === -1 ? "padding" : "input", "weight"],
        lit: false,
      }),
    ),
    tilesTotal: sum,
  };
}

/** A sum divided, to one digit behind the point. */
const quotient = (sum: string, per: number): string => minus(Number((Number(sum.replace("−", "-")) / per).toFixed(1)));
