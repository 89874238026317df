import type { WindowPicture } from "../../src/protocol.js";
import { elementName, namingOf } from "./names.js";
import { minus } from "./numbers.js";
import { partOf, passOf, type SceneOptions } from "./options.js";
import { placesOf } from "./power.js";
import { isOutside, type Product } from "./sums.js";
import { columnsOf, countTerms, metTerms, type Term, termsOf } from "./terms.js";

/** How the step's number comes about, for reading and for a screen reader. */
export function stepSentence(
  picture: WindowPicture,
  options: SceneOptions,
  cell: number,
  products: readonly Product[],
): string {
  const pass = passOf(picture, options);
  const name = elementName(picture, options, pass.sum, cell);
  if (picture.operation === "linear") return linearSentence(picture, options, name.replace("dX", "x"), cell);
  if (pass.sum === "weight") {
    const count = countTerms(picture, "weight", cell);
    const left = count - products.length;
    const met =
      left > 0 && products.length > 0 ? ` ${left === 1 ? "One of them meets" : `${left} of them meet`} padding.` : "";
    return `${name.replace("dW", "w")} is used ${times(count)}: its gradient adds up what comes back there, times the input that it met.${met}`;
  }
  if (pass.sum === "seen") return seenSentence(picture, options, name.replace("dX", "x"), products);
  const all = termsOf(picture, "windows", cell);
  const padding = all.filter(({ at }) => isOutside(picture, at)).length;
  const partly =
    padding === 0 ? "" : `; ${padding} of its ${all.length} places ${padding === 1 ? "is" : "are"} padding`;
  const where = `The window lies on ${placesText(picture, cell)}${partly}.`;
  if (pass.kind === "input")
    return `${where} What the layer put there comes back: each gradient times the weight it went through.`;
  if (picture.operation === "convolution") return where;
  if (picture.power) return `${where} ${powerSentence(picture, options, picture.power, cell, all.length)}`;
  if (picture.operation === "max") return `${where} ${largestSentence(picture, options, cell, all.length - padding)}`;
  const sum = pass.parts[options.plane]?.[options.part]?.sums[cell] ?? "0";
  const added = products.length === 1 ? `One number, ${sum},` : `Its ${products.length} numbers add up to ${sum},`;
  const divisor = picture.divisors?.[options.plane]?.[cell] ?? 1;
  return picture.rank === 3
    ? `${where} All that it sees is added up and divided by ${divisor}.`
    : `${where} ${added} divided by ${divisor}.`;
}

function linearSentence(picture: WindowPicture, options: SceneOptions, name: string, cell: number): string {
  const { sum } = passOf(picture, options);
  if (sum === "windows") {
    const bias = picture.bias?.[cell];
    return `Row ${cell} of the weight meets the whole input${bias === undefined ? "" : `; the bias ${bias} is added`}.`;
  }
  if (sum === "seen")
    return `${name} went into every output, by column ${cell} of the weight: what comes back adds up.`;
  const columns = columnsOf(picture, "weight");
  return `${name.replace("dW", "w")} is used once: x[${cell % columns}] goes through it to y[${Math.floor(cell / columns)}].`;
}

function largestSentence(picture: WindowPicture, options: SceneOptions, cell: number, inside: number): string {
  const route = picture.routes?.[options.plane]?.[cell];
  if (!route) return "It sees no number at all.";
  const place = elementName(picture, options, "seen", route[1]);
  if (picture.rank === 3) return `The largest number is ${place} in ${picture.planes.seen[route[0]] ?? ""}.`;
  return `${inside === 1 ? "It sees one number," : `The largest of its ${inside} numbers is`} ${place}.`;
}

function powerSentence(
  picture: WindowPicture,
  { plane }: SceneOptions,
  p: string,
  cell: number,
  count: number,
): string {
  const all = placesOf(picture);
  const numbers =
    picture.rank === 3
      ? "All numbers that it sees are"
      : count === 1
        ? "Its one number is"
        : `Its ${count} numbers are`;
  const cut =
    picture.divisors?.[plane]?.[cell] === all ? "" : ` The window is cut short: they count for all its ${all} places.`;
  if (p === "1") return `${numbers} added up: a norm of 1 needs no root.${cut}`;
  if (p === "2") return `${numbers} squared and added up; the square root of that is the output.${cut}`;
  return `${numbers} raised to the power ${p} and added up; that to the power 1/${p} is the output.${cut}`;
}

function seenSentence(
  picture: WindowPicture,
  options: SceneOptions,
  name: string,
  products: readonly Product[],
): string {
  const { kind } = passOf(picture, options);
  const from = namingOf(picture, options, "windows").letter;
  const count = new Set(products.map(({ term }) => term.windows)).size;
  if (kind === "forward")
    return count === 0
      ? `No input reaches ${name}${picture.bias ? ": only the bias is there" : ", so it is 0"}.`
      : count === 1
        ? `One input reaches ${name}, times the weight that lies there.`
        : `${count} inputs reach ${name}; where their kernels overlap, they add up.`;
  if (picture.operation === "max")
    return count === 0
      ? `${name} is the largest number of no window, so its gradient is 0.`
      : `${name} is the largest number of ${windows(count)}: ${count === 1 ? "its gradient goes there alone" : "their gradients go there alone and add up"}. Among equals it is the first.`;
  if (count === 0) return `${name} is read by no window, so its gradient is 0.`;
  if (picture.power) {
    const who = count === 1 ? "it" : "each";
    return `${name} is read by ${windows(count)}: ${who} sends its ${from} back${slopeWords(picture.power).replace(/,$/, "")}.`;
  }
  if (picture.operation === "average")
    return `${name} is read by ${windows(count)}: each shares ${from} evenly among its places.`;
  if (count === 1) return `${name} is read by one window, so only that one sends something back.`;
  return `${name} is read by ${count} windows: what each of them sends back adds up.`;
}

/** By what a p-norm's gradient is multiplied on its way back. */
function slopeWords(p: string): string {
  if (p === "1") return "";
  return `, times x/y, the input over the output${p === "2" ? "" : `, to the power ${p} − 1`},`;
}

/** What a window adds to the places that it sees. */
export function scatterSentence(picture: WindowPicture, options: SceneOptions, window: number, count: number): string {
  const name = elementName(picture, options, "windows", window);
  const { kind, weight } = passOf(picture, options);
  const what = weight
    ? `${name} times the kernel`
    : picture.power
      ? `${name}${slopeWords(picture.power)}`
      : picture.operation === "max"
        ? name
        : `${name}, shared evenly,`;
  const places = count === 1 ? "one place" : `${count} places`;
  if (kind === "forward") return `${what} is put down on ${places}; where kernels overlap, they add up.`;
  if (picture.operation === "max")
    return count === 0
      ? `${name} went in from nowhere.`
      : `${what} goes back to the number that was the largest, and to no other.`;
  return `${what} goes back to the ${places} that it came from; overlaps add up.`;
}

/** What a selected cell takes part in. */
export function probeSentence(
  picture: WindowPicture,
  options: SceneOptions,
  side: "windows" | "weight" | "seen",
  cell: number,
): string {
  const { sum } = passOf(picture, options);
  const name = elementName(picture, options, side, cell);
  const part = partOf(picture, options);
  const met = part ? metTerms(picture, options, part, side, cell) : [];
  const fed = [...new Set(met.map((term) => term[sum]))].filter((to) => to >= 0);
  const all = part?.sums.length ?? 0;
  if (side === "weight" && picture.operation === "linear")
    return `${name} is used once, for ${elementName(picture, options, sum, fed[0] ?? 0)}.`;
  if (side === "weight") {
    if (all === 1) return `${name} is used for the one number there is.`;
    const numbers = `numbers of the ${namingOf(picture, options, sum).title.toLowerCase()}`;
    if (fed.length === all)
      return `${name} is used for all ${fed.length} ${numbers}: one weight, shared by every position.`;
    return `${name} is used for ${fed.length} of ${all} ${numbers}: one weight, shared by every position.`;
  }
  if (fed.length === 0)
    return side === "windows"
      ? `${name} goes to none of the numbers that are shown.`
      : `${name} is read by no window, so nothing depends on it.`;
  const names = fed.slice(0, 6).map((to) => elementName(picture, options, sum, to));
  const more = fed.length > names.length ? ` and ${fed.length - names.length} more` : "";
  const listed = `${names.join(names.length === 2 && !more ? " and " : ", ")}${more}`;
  return side === "seen"
    ? `${name} is read by ${windows(fed.length)}: it feeds ${listed}.`
    : `${name} takes part in ${listed}.`;
}

const windows = (count: number): string => (count === 1 ? "one window" : `${count} windows`);

const times = (count: number): string => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

function placesText(picture: WindowPicture, cell: number): string {
  const [down, across] = picture.axes;
  const range = ([first, last]: readonly [number, number]): string =>
    first === last ? minus(first) : `${minus(first)} to ${minus(last)}`;
  const columns = across.reach[cell % across.windows.length] ?? [0, 0];
  const rows = down.reach[Math.floor(cell / across.windows.length)] ?? [0, 0];
  if (picture.rank === 1) return `position${columns[0] === columns[1] ? "" : "s"} ${range(columns)}`;
  const along = (what: string, reach: readonly [number, number]): string =>
    `${what}${reach[0] === reach[1] ? "" : "s"} ${range(reach)}`;
  return `${along("row", rows)}, ${along("column", columns)}`;
}

/** The places of a term's tensors that belong together, for lighting them. */
export const cellsOf = (terms: readonly Term[], side: "windows" | "weight" | "seen" | "at"): number[] => [
  ...new Set(terms.map((term) => term[side])),
];
