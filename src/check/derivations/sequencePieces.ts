import { binary, negation, numberAt } from "../../core/math/compound.js";
import { allWithin, freeSymbols, type MathExpr, type MathPlace } from "../../core/math/expression.js";
import { whole } from "../../core/math/scalar.js";
import { IMPULSE, numberOf, type Piece, type Sequences, STEP } from "../../core/math/sequences.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Link, linkOf } from "../../read/math/chains.js";
import { casesIn, type IndexRange, rangeOf } from "../../read/math/domains.js";
import type { Token } from "../../read/math/token.js";
import { baseOf, isEntry, shiftOf } from "./convolutionPair.js";

/** The right side of a definition, `x[n] = …`, and what it is read with. */
export interface Defined {
  readonly link: Link;
  readonly index: string;
  /** For which indices it is said to hold. */
  readonly domain: readonly Token[] | undefined;
  /** Whether words behind it may say for which. */
  readonly mayBeLimited: boolean;
  readonly read: (link: Link) => MathExpr | undefined;
  /** Whether the entries of a sequence may be part of it. */
  readonly isKnown: (name: string) => boolean;
}

/** The pieces that a definition says; undefined where a part of it is not understood. */
export function piecesOf(defined: Defined): readonly Piece[] | undefined {
  const { link, index, domain, mayBeLimited, read } = defined;
  const range = domain && rangeOf(domain, index, read);
  if (mayBeLimited || (domain && !range)) return undefined;
  const rows = casesIn(link);
  if (rows) return domain ? undefined : casePieces(rows, defined);
  const listed = listPieces(link, index, range, read);
  if (listed) return listed;
  const body = bodyOf(link, defined);
  if (!body || (!range && !limitsItself(body))) return undefined;
  return [withStep({ index, body, ...range })];
}

function casePieces(rows: NonNullable<ReturnType<typeof casesIn>>, defined: Defined): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let isAllRead = true;
  for (const [i, { formula, domain, isElse }] of rows.entries()) {
    const body = bodyOf(formula, defined);
    if (!body) return undefined;
    const isZero = body.kind === "number" && Number(body.text) === 0;
    const range = domain && rangeOf(domain, defined.index, defined.read);
    const isRest = isElse || (!domain && i === rows.length - 1 && i > 0);
    if (range || isRest) {
      // What is left over is not known where a row before it is not.
      if (isRest && !isZero && !isAllRead) return undefined;
      pieces.push(withStep({ index: defined.index, body, ...range }));
    } else if (isZero) isAllRead = false;
    else return undefined;
  }
  return pieces;
}

/** A formula of which all entries of sequences are known. */
function bodyOf(link: Link, { read, isKnown }: Defined): MathExpr | undefined {
  const body = read(link);
  const isRead = body && [...allWithin(body)].every((e) => e.kind !== "apply" || (isEntry(e) && isKnown(baseOf(e))));
  return isRead ? body : undefined;
}

/** Whether a formula has a step or an impulse, or other sequences, in it: without, it may be limited by words. */
const limitsItself = (body: MathExpr): boolean => [...allWithin(body)].some(isEntry);

/** `{1, 2, 3}` from index 0, or from where the domain begins. */
function listPieces(
  link: Link,
  index: string,
  range: IndexRange | undefined,
  read: Defined["read"],
): readonly Piece[] | undefined {
  const entries = listed(link)?.map((item) => read(item));
  if (!entries?.every((e) => e !== undefined)) return undefined;
  if (entries.some((e) => [...allWithin(e)].some((x) => x.kind === "apply") || freeSymbols(e).has(index)))
    return undefined;
  const count = range && countOf(range);
  if (range && count !== entries.length) return undefined;
  return entries.map((body, i) => {
    const place = range?.first ? binary("+", range.first, numberAt(String(i), body)) : numberAt(String(i), body);
    return { index, body, first: place, last: place };
  });
}

/** The items of a list of two or more in brackets. */
function listed({ tokens }: Link): readonly Link[] | undefined {
  const [open, close] = [tokens[0]?.text ?? "", tokens.at(-1)?.text ?? ""];
  if (!["[]", "{}", "⦃⦄"].includes(open + close)) return undefined;
  const items: Token[][] = [[]];
  for (const t of tokens.slice(1, -1)) {
    if (/^[[\]{}⦃⦄]$/.test(t.text)) return undefined;
    if (t.text === ",") items.push([]);
    else items.at(-1)?.push(t);
  }
  return items.length > 1 && items.every((item) => item.length > 0) ? items.map(linkOf) : undefined;
}

function countOf({ first, last }: IndexRange): number | undefined {
  if (!first || !last) return undefined;
  const count = numberOf(binary("-", last, first), new Map(), new Map(), { left: 50 });
  return count === undefined || typeof count === "number" || count.d !== 1n ? undefined : Number(count.n) + 1;
}

/** A vector of numbers as a sequence from index 0. */
export function vectorPieces(value: MathValue | undefined): readonly Piece[] | undefined {
  if (value === undefined || !isMatrix(value)) return undefined;
  if (value.rows.length > 1 && (value.rows[0]?.length ?? 0) > 1) return undefined;
  const place: MathPlace = { from: 0, to: 0 };
  const pieces = value.rows.flat().map((x, i): Piece | undefined => {
    if (typeof x === "number") return undefined;
    const size = numberAt(String(x.n < 0n ? -x.n : x.n), place);
    const part = x.d === 1n ? size : binary("/", size, numberAt(String(x.d), place));
    const at = numberAt(String(i), place);
    return { index: "n", body: x.n < 0n ? negation(part) : part, first: at, last: at };
  });
  return pieces.every((p) => p !== undefined) ? pieces : undefined;
}

/** A piece that has the unit step as a factor begins where that does. */
function withStep(piece: Piece): Piece {
  const stepOf = (e: MathExpr): number | undefined => {
    if (e.kind === "binary" && e.op === "*") return stepOf(e.left) ?? stepOf(e.right);
    if (!isEntry(e) || !isElementary(baseOf(e))) return undefined;
    const by = shiftOf(e.args[0]);
    return by?.letter === piece.index ? by.shift : undefined;
  };
  const first = piece.first ? undefined : stepOf(piece.body);
  if (first === undefined) return piece;
  const size = numberAt(String(Math.abs(first)), piece.body);
  return { ...piece, first: first < 0 ? negation(size) : size };
}

/** Values for the letters of the bounds, to see whether two pieces share an index. */
const TRIED = [5, 9];

/** Whether no index is in both of two pieces, as far as their bounds are numbers for some values of their letters. */
export function areApart(a: Piece, b: Piece, sequences: Sequences): boolean {
  return TRIED.every((value) => {
    const bound = (e: MathExpr | undefined): number | undefined => {
      if (!e) return undefined;
      const at = new Map([...freeSymbols(e)].map((name) => [name, whole(value)]));
      const x = numberOf(e, sequences, at, { left: 200 });
      return x === undefined || typeof x === "number" ? Number.NaN : Number(x.n) / Number(x.d);
    };
    const [af, al, bf, bl] = [a.first, a.last, b.first, b.last].map(bound);
    return (al !== undefined && bf !== undefined && al < bf) || (bl !== undefined && af !== undefined && bl < af);
  });
}

/** The names that stand for the unit step and the unit impulse. */
export const isElementary = (name: string): boolean => name === STEP || name === IMPULSE;
