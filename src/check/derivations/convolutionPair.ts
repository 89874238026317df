import type { SequencePair, ShiftedSequence } from "../../core/math/convolvedSequences.js";
import type { MathExpr } from "../../core/math/expression.js";
import { SEQUENCE } from "../../core/math/sequences.js";
import { type Link, linkOf } from "../../read/math/chains.js";
import type { Token } from "../../read/math/token.js";

/** An entry of a sequence: `x[n − 5]`. */
export type Entry = Extract<MathExpr, { kind: "apply" }>;

/** What a document says to be a convolution of two sequences. */
export interface SaidPair {
  readonly pair: SequencePair;
  /** Whether its sign is that of a product of numbers, too: `x[n] * h[n]`. */
  readonly mayMultiply: boolean;
  /** The index behind the brackets: `(x * h)[7]`. */
  readonly index?: MathExpr;
}

type Read = (link: Link) => MathExpr | undefined;

/** Whether an expression is an entry of a sequence. */
export const isEntry = (e: MathExpr): e is Entry =>
  e.kind === "apply" && e.name.endsWith(SEQUENCE) && e.args.length === 1;

/** The name of the sequence that an entry is of. */
export const baseOf = ({ name }: Entry): string => name.slice(0, -SEQUENCE.length);

/** `x * h`, `h[n] * x[n − 5]`, `(x * h)[n]`. */
export function pairIn({ tokens }: Link, read: Read): SaidPair | undefined {
  const inner = bracketed(tokens);
  if (inner) {
    const said = pairIn(linkOf(inner.tokens), read);
    const index = said && read(linkOf(inner.index));
    return said && index && !said.mayMultiply ? { ...said, index } : undefined;
  }
  const star = tokens.findIndex(isStar);
  if (star < 1 || tokens.findLastIndex(isStar) !== star) return undefined;
  const sides = [tokens.slice(0, star), tokens.slice(star + 1)].map((side) =>
    side.length > 0 ? read(linkOf(side)) : undefined,
  );
  const [a, b] = sides.map(shiftedIn);
  if (!a || !b || a.letter !== b.letter) return undefined;
  return { pair: [a.of, b.of], mayMultiply: a.letter !== undefined };
}

const isStar = (t: Token): boolean => t.kind === "sign" && /^[*∗]$/.test(t.text);

function bracketed(tokens: readonly Token[]): { tokens: readonly Token[]; index: readonly Token[] } | undefined {
  const close = tokens.findIndex((t) => t.text === ")");
  const isIndexed = tokens[0]?.text === "(" && tokens[close + 1]?.text === "[" && tokens.at(-1)?.text === "]";
  return isIndexed && close > 0 ? { tokens: tokens.slice(1, close), index: tokens.slice(close + 2, -1) } : undefined;
}

/** A name, or an entry whose index is a letter with a number added. */
function shiftedIn(e: MathExpr | undefined): { of: ShiftedSequence; letter: string | undefined } | undefined {
  if (e?.kind === "symbol") return { of: { name: e.name, shift: 0 }, letter: undefined };
  const place = e && isEntry(e) ? shiftOf(e.args[0]) : undefined;
  return e && isEntry(e) && place ? { of: { name: baseOf(e), shift: place.shift }, letter: place.letter } : undefined;
}

/** How far `x[n − 5]` is shifted to the right. */
export function shiftOf(index: MathExpr | undefined): { letter: string; shift: number } | undefined {
  if (index?.kind === "symbol") return { letter: index.name, shift: 0 };
  if (index?.kind !== "binary" || index.left.kind !== "symbol" || index.right.kind !== "number") return undefined;
  const by = Number(index.right.text);
  if (!Number.isInteger(by) || !/^[-+]$/.test(index.op)) return undefined;
  return { letter: index.left.name, shift: index.op === "-" ? by : -by };
}

/** What layout and signs of multiplication put into a sum. */
const NOISE = /\\(?:left|right|limits|displaystyle|cdot|,|;|:|!|quad)(?![a-z])|[\s{}*·]/g;

const SUM =
  /^\\?(?:sum|Σ|∑)(?:_\(?([a-z])(?:=([^^]*?)|\\in\\mathbbZ|∈ℤ)?\)?(?:\^\(?(.*?)\)?)?)?([A-Za-z])\[([^\]]+)\]([A-Za-z])\[([^\]]+)\]$/;

/** The terms that a sum goes over: to a number or to the index itself. */
export interface Reach {
  readonly first: number;
  readonly last: number | "index";
}

function boundOf(written: string | undefined, none: number): number | undefined {
  const sign = /^[-+]?/.exec(written ?? "")?.[0] === "-" ? -1 : 1;
  if (written === undefined || written === "") return none;
  if (/^[-+]?(?:\\infty|∞|inf)$/.test(written)) return sign * Number.POSITIVE_INFINITY;
  return /^[-+]?\d+$/.test(written) ? Number(written) : undefined;
}

/** The pair of a convolution that is written out, `Σ_k x[k] h[n − k]`: the one with the index of the sum comes first. */
export function summedPair(
  written: string,
  letter: string,
): { readonly pair: SequencePair; readonly mayMultiply: false; readonly reach: Reach } | undefined {
  const [, index, from, to, a, i, b, j] = SUM.exec(written.replace(NOISE, "").replace(/−/g, "-")) ?? [];
  if (!a || !b || !i || !j) return undefined;
  const k = index ?? (/^[a-z]$/.test(i) && i !== letter ? i : j);
  if (k === letter || (i === k ? j : i) !== `${letter}-${k}` || (i !== k && j !== k)) return undefined;
  const first = boundOf(from, Number.NEGATIVE_INFINITY);
  const last = to === letter ? "index" : boundOf(to, Number.POSITIVE_INFINITY);
  if (first === undefined || last === undefined) return undefined;
  const [own, other] = i === k ? [a, b] : [b, a];
  const pair: SequencePair = [
    { name: own, shift: 0 },
    { name: other, shift: 0 },
  ];
  return { pair, mayMultiply: false, reach: { first, last } };
}
