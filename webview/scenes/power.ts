import type { WindowPicture } from "../../src/protocol.js";
import type { Piece, SumLine } from "./marks.js";
import { sign } from "./numbers.js";
import { passOf, type SceneOptions } from "./options.js";
import type { Product } from "./sums.js";

/** The arithmetic of a p-norm's cell: the root of a sum of powers, or the share of each window's gradient that goes back. */
export function powerLine(
  picture: WindowPicture,
  options: SceneOptions,
  p: string,
  cell: number,
  products: readonly Product[],
): SumLine {
  const { plane } = options;
  const pass = passOf(picture, options);
  const isForward = pass.kind === "forward";
  const result = pass[pass.sum]?.[plane]?.[cell] ?? "";
  const total: Piece = { text: result, role: isForward ? "output" : "gradient" };
  const pieces = isForward
    ? norm()
    : products.flatMap((product, index) => [
        ...(index === 0 ? [] : [{ text: " + " }]),
        ...powerShare(picture, options, p, cell, product, index === 0),
      ]);
  if (pieces.length === 0) return { label: "", pieces: [total], current: true };
  return { label: "", pieces: [...pieces, sign(result), total], current: true };

  function norm(): Piece[] {
    const powers = products.flatMap(({ value, valueRole }, index): Piece[] => [
      ...(index === 0 ? [] : [{ text: " + " }]),
      { text: raised(value, p), role: valueRole },
    ]);
    const part = cutShare(picture, options, cell);
    const sum = pass.parts[plane]?.[0]?.sums[cell] ?? "";
    const times = part === "" ? "" : `·${part}`;
    const inner: Piece[] = part === "" ? powers : [{ text: "(" }, ...powers, { text: `)${times}` }];
    const whole = `${sum}${times}`;
    if (p === "1") return part === "" ? inner : [...inner, sign(sum), { text: whole }];
    const root = (of: readonly Piece[], isOne: boolean): Piece[] => {
      const held = isOne ? of : [{ text: "(" }, ...of, { text: ")" }];
      return p === "2" ? [{ text: "√" }, ...held] : [...held, { text: `^(1/${p})` }];
    };
    const isWhole = /^[\d.]+$/.test(whole);
    const last = root([{ text: whole }], isWhole);
    return powers.length === 0 ? last : [...root(inner, false), sign(sum), ...last];
  }
}

/** What a window sends back to a cell that it sees: its gradient times x/y to the power p − 1. */
export function powerShare(
  picture: WindowPicture,
  options: SceneOptions,
  p: string,
  cell: number,
  { term, value, valueRole }: Product,
  isFirst: boolean,
): Piece[] {
  const { plane } = options;
  const [forward] = picture.passes;
  const y = forward?.windows[plane]?.[term.windows] ?? "";
  const x = forward?.seen[plane]?.[cell] ?? "";
  const part = cutShare(picture, options, term.windows);
  const ratio: Piece[] = [{ text: held(x), role: "input" }, { text: "/" }, { text: held(y), role: "output" }];
  const by: Piece[] =
    y === "0"
      ? [{ text: "·0" }]
      : p === "2"
        ? [{ text: "·" }, ...ratio]
        : [{ text: "·(" }, ...ratio, { text: `)^(${p} − 1)` }];
  return [
    { text: isFirst ? value : held(value), role: valueRole },
    ...(part === "" ? [] : [{ text: `·${part}` }]),
    ...(p === "1" && y !== "0" ? [] : by),
  ];
}

/** What the numbers of a window that is cut short are multiplied by. */
function cutShare(picture: WindowPicture, { plane }: SceneOptions, window: number): string {
  const all = placesOf(picture);
  const count = picture.divisors?.[plane]?.[window];
  return count === all ? "" : `${all}/${count}`;
}

/** The places of a window that is not cut short. */
export const placesOf = ({ axes: [down, across] }: WindowPicture): number => down.kernel * across.kernel;

/** A number in brackets where a sign or a fraction would be read with what follows. */
const held = (text: string): string => (/[−/]/.test(text) ? `(${text})` : text);

/** A number to a power. */
const raised = (text: string, power: string): string => (power === "1" ? text : `${held(text)}${exponent(power)}`);

const exponent = (power: string): string =>
  /^\d+$/.test(power) ? [...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit))).join("") : `^${power}`;
