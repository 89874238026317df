import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { broadcast, meet } from "./broadcast.js";
import { counted, differ, tensorShape } from "./operands.js";
import { type Operation, refuse, tensor } from "./operation.js";

/** The subscripts of one tensor: letters, and `…` for the dimensions that stand for themselves. */
type Term = readonly string[];

const REST = "...";

/** Longer equations are not read. */
const MAX_LENGTH = 1000;

/** An equation taken apart; undefined where it is none that is understood. */
function readEquation(text: string): { readonly terms: readonly Term[]; readonly output?: Term } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const plain = text.replaceAll(" ", "");
  const [left = "", right, ...more] = plain.split("->");
  const term = (part: string): Term | undefined =>
    /^([A-Za-z]|\.\.\.)*$/.test(part) && part.split(REST).length <= 2
      ? (part.match(/[A-Za-z]|\.\.\./g) ?? [])
      : undefined;
  const terms = left.split(",").map(term);
  const output = right === undefined ? undefined : term(right);
  if (more.length > 0 || terms.includes(undefined) || (right !== undefined && !output)) return undefined;
  return output ? { terms: terms as Term[], output } : { terms: terms as Term[] };
}

/** Without an arrow: what stands for itself, then each letter that occurs once, capitals first. */
function implied(terms: readonly Term[]): Term {
  const all = terms.flat().filter((l) => l !== REST);
  const once = all.filter((l) => all.indexOf(l) === all.lastIndexOf(l));
  return [...(terms.some((t) => t.includes(REST)) ? [REST] : []), ...once.sort()];
}

function say(code: string, what: string, advise: string, item?: number): never {
  refuse(`einsum/${code}`, what, advise, { argument: "equation", ...(item === undefined ? {} : { item }) });
}

/** The sizes of the letters of one tensor, and those of its other dimensions. */
function match(
  term: Term,
  shape: Shape,
  place: number,
): { readonly letters: Map<string, Size>; readonly rest: Shape | undefined } {
  const named = term.filter((l) => l !== REST).length;
  const hasRest = term.includes(REST);
  if (hasRest ? shape.length < named : shape.length !== named)
    say(
      "rank",
      `'${term.join("")}' names ${counted(named, "dimension")}, tensor ${place + 1} of einsum is ${printSizes(shape)}.`,
      "Give each dimension a letter.",
      place,
    );
  const letters = new Map<string, Size>();
  let rest: Shape | undefined;
  let at = 0;
  for (const letter of term) {
    if (letter === REST) {
      rest = shape.slice(at, at + shape.length - named);
      at += shape.length - named;
      continue;
    }
    const size = shape[at++];
    if (letters.has(letter) && size !== undefined && letters.get(letter) !== undefined)
      meetTwice(letter, letters.get(letter), size, shape);
    letters.set(letter, letters.get(letter) ?? size);
  }
  return { letters, rest };
}

/** A letter that stands twice in one tensor takes its diagonal, so that the sizes are the same. */
function meetTwice(letter: string, one: Size, other: Size, shape: Shape): void {
  if (differ(one, other))
    say(
      "sizes",
      `'${letter}' stands for both ${printSize(one)} and ${printSize(other)} in ${printSizes(shape)}.`,
      "A letter stands for one size.",
    );
}

/** The sizes that the letters of an equation stand for, and those of the dimensions without a letter. */
function sizesOfLetters(
  equation: string,
  terms: readonly Term[],
  shapes: readonly (Shape | undefined)[],
): { readonly sizes: ReadonlyMap<string, Size>; readonly rests: readonly (Shape | undefined)[] } {
  if (terms.length !== shapes.length)
    say(
      "operands",
      `'${equation}' is made for ${counted(terms.length, "tensor")}, einsum gets ${shapes.length}.`,
      "Separate one group of letters for each tensor by commas.",
    );
  const sizes = new Map<string, Size>();
  const rests: (Shape | undefined)[] = [];
  for (const [i, term] of terms.entries()) {
    const shape = shapes[i];
    if (!shape) {
      for (const letter of term)
        if (letter !== REST) sizes.set(letter, meet(sizes.has(letter) ? sizes.get(letter) : 1, undefined) ?? undefined);
      if (term.includes(REST)) rests.push(undefined);
      continue;
    }
    const { letters, rest } = match(term, shape, i);
    if (rest) rests.push(rest);
    for (const [letter, size] of letters) {
      const old = sizes.has(letter) ? sizes.get(letter) : 1;
      const met = meet(old, size);
      if (met === null)
        say(
          "sizes",
          `'${letter}' stands for both ${printSize(old)} and ${printSize(size)} in '${equation}'.`,
          "Give the two the same size, or another letter.",
          i,
        );
      sizes.set(letter, met);
    }
  }
  return { sizes, rests };
}

/** The shape of `einsum(equation, …)`. */
export function einsum(equation: string, shapes: readonly (Shape | undefined)[]): Shape | undefined {
  const read = readEquation(equation);
  if (!read) return undefined;
  const { terms } = read;
  const { sizes, rests } = sizesOfLetters(equation, terms, shapes);
  const output = read.output ?? implied(terms);
  const unnamed = output.find((l, i) => (l !== REST && !sizes.has(l)) || (l !== REST && output.indexOf(l) !== i));
  if (unnamed !== undefined)
    say(
      "output",
      `'${unnamed}' ${sizes.has(unnamed) ? "stands in the output 2 times" : "stands in the output and in 0 inputs"}.`,
      "Name each dimension of the output once, with a letter of the inputs.",
    );
  const rest = broadcast(
    rests,
    rests.map(() => "the dimensions under ..."),
  );
  if (output.includes(REST) && !rest) return undefined;
  return output.flatMap((l): readonly Size[] => (l === REST ? (rest ?? []) : [sizes.get(l)]));
}

/** What each letter stands for, and over which it sums, as a sentence. */
function lettersOf(equation: string, shapes: readonly (Shape | undefined)[]): string | undefined {
  const read = readEquation(equation);
  if (!read) return undefined;
  const { sizes } = sizesOfLetters(equation, read.terms, shapes);
  const output = read.output ?? implied(read.terms);
  const summed = [...sizes.keys()].filter((l) => !output.includes(l));
  const each = [...sizes].map(([l, size]) => `${l} = ${printSize(size)}`).join(", ");
  return `${each}${summed.length > 0 ? `; it sums over ${summed.join(", ")}` : ""}.`;
}

/** torch.einsum. */
export const einsums: readonly Operation[] = [
  {
    name: "einsum",
    summary:
      "Multiplies tensors whose dimensions are named by letters, and sums over each letter that the output leaves out.",
    calls: ["torch.einsum(equation, *operands)"],
    infer: ({ equation, operands }) =>
      tensor(
        typeof equation === "string" && Array.isArray(operands)
          ? einsum(equation, operands.map(tensorShape))
          : undefined,
      ),
    met: ({ equation, operands }) =>
      typeof equation === "string" && Array.isArray(operands)
        ? lettersOf(equation, operands.map(tensorShape))
        : undefined,
    examples: [
      {
        call: "torch.einsum('bij,bjk->bik', a, b)",
        given: { equation: "bij,bjk->bik", operands: [tensor([5, 2, 3]), tensor([5, 3, 4])] },
        gives: [5, 2, 4],
      },
      { call: "torch.einsum('ii', a)", given: { equation: "ii", operands: [tensor([3, 3])] }, gives: [] },
    ],
  },
];
