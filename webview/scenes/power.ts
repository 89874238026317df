import type { WindowPicture } from "../../src/protocol.js";
import type { Piece, SumLine } from "./marks.js";
import { bracketed, sign } from "./numbers.js";
import { partOf, passOf, type SceneOptions } from "./options.js";
import type { Product } from "./sums.js";

/** The arithmetic of a p-norm's cell: the root of a sum of powers, or the share of each window's gradient that goes back; plane by plane first
 * where there are several. */
export function powerLines(
  picture: WindowPicture,
  options: SceneOptions,
  p: string,
  cell: number,
  products: readonly Product[],
  partName: (part: number) => string,
): SumLine[] {
  const { plane } = options;
  const pass = passOf(picture, options);
  const isForward = pass.kind === "forward";
  const result = pass[pass.sum]?.[plane]?.[cell] ?? "";
  const total: Piece = { text: result, role: isForward ? "output" : "gradient" };
  const shares = products.flatMap((product, index) => [
    ...(index === 0 ? [] : [PLUS]),
    ...powerShare(picture, options, p, cell, product, index === 0),
  ]);
  const powers = products.flatMap(({ value, valueRole }, index): Piece[] => [
    ...(index === 0 ? [] : [PLUS]),
    { text: raised(value, p), role: valueRole },
  ]);
  const parts = pass.parts[plane] ?? [];
  const ended = (pieces: readonly Piece[]): Piece[] =>
    pieces.length === 0 ? [total] : [...pieces, sign(result), total];
  if (parts.length < 2) {
    const pieces = isForward ? norm(powers, parts[0]?.sums[cell] ?? "") : shares;
    return [{ label: "", pieces: ended(pieces), current: true }];
  }
  const lines = parts.map(({ sums }, part): SumLine => {
    const [own, sum] = [isForward ? powers : shares, { text: sums[cell] ?? "" }];
    const current = part === options.part;
    const pieces = current && own.length > 0 ? [...own, sign(sum.text), sum] : [sum];
    return { label: partName(part), pieces, part, current };
  });
  const added = parts.flatMap(({ sums }, index): Piece[] => [
    ...(index === 0 ? [] : [PLUS]),
    { text: index === 0 ? (sums[cell] ?? "") : bracketed(sums[cell] ?? "") },
  ]);
  return [...lines, { label: "together", pieces: ended(isForward ? norm(added) : added), current: false }];

  /** The root of what is added up, and of the sum where that is known. */
  function norm(inside: readonly Piece[], sum?: string): readonly Piece[] {
    const part = cutShare(picture, plane, cell);
    const times = part === "" ? "" : `·${part}`;
    const inner: readonly Piece[] = part === "" ? inside : [{ text: "(" }, ...inside, { text: `)${times}` }];
    const whole = `${sum}${times}`;
    if (p === "1") return part === "" || sum === undefined ? inner : [...inner, sign(sum), { text: whole }];
    const root = (of: readonly Piece[], isOne: boolean): Piece[] => {
      const held = isOne ? of : [{ text: "(" }, ...of, { text: ")" }];
      return p === "2" ? [{ text: "√" }, ...held] : [...held, { text: `^(1/${p})` }];
    };
    if (sum === undefined) return root(inner, false);
    const isWhole = /^[\d.]+$/.test(whole);
    const last = root([{ text: whole }], isWhole);
    return inside.length === 0 ? last : [...root(inner, false), sign(sum), ...last];
  }
}

const PLUS: Piece = { text: " + " };

/** What a window sends back to a cell that it sees: its gradient times x/y to the power p − 1. */
export function powerShare(
  picture: WindowPicture,
  options: SceneOptions,
  p: string,
  cell: number,
  { term, value, valueRole }: Product,
  isFirst: boolean,
): Piece[] {
  const [forward] = picture.passes;
  const from = partOf(picture, options)?.planes.windows ?? 0;
  const y = forward?.windows[from]?.[term.windows] ?? "";
  const x = forward?.seen[options.plane]?.[cell] ?? "";
  const part = cutShare(picture, from, term.windows);
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
function cutShare(picture: WindowPicture, plane: number, window: number): string {
  const all = placesOf(picture);
  const count = picture.divisors?.[plane]?.[window];
  return count === all ? "" : `${all}/${count}`;
}

/** The places of a window that is not cut short. */
export const placesOf = ({ axes: [down, across], depth }: WindowPicture): number =>
  down.kernel * across.kernel * (depth?.kernel ?? 1);

/** A number in brackets where a sign or a fraction would be read with what follows. */
const held = (text: string): string => (/[−/]/.test(text) ? `(${text})` : text);

/** A number to a power. */
const raised = (text: string, power: string): string => (power === "1" ? text : `${held(text)}${exponent(power)}`);

const exponent = (power: string): string =>
  /^\d+$/.test(power) ? [...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit))).join("") : `^${power}`;
