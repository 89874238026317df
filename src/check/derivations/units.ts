import { allWithin, type MathExpr } from "../../core/math/expression.js";
import { over, type Scalar, times, toFloat } from "../../core/math/scalar.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, type Link, linkOf, readPlainly } from "../../read/math/chains.js";
import type { Token } from "../../read/math/token.js";
import { compareWritten } from "./compareWritten.js";
import type { Known } from "./decideStep.js";
import { numbersOf } from "./numbersOf.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

const fraction = (n: number, d = 1): Scalar => ({ n: BigInt(n), d: BigInt(d) });

/** Units of time, in seconds. */
const SECONDS: readonly (readonly [names: RegExp, scale: Scalar])[] = [
  [/^(?:ms|milliseconds?)$/, fraction(1, 1000)],
  [/^(?:s|sec|seconds?)$/, fraction(1)],
  [/^(?:min|minutes?|mins)$/, fraction(60)],
  [/^(?:h|hours?|hrs?)$/, fraction(3600)],
  [/^(?:d|days?)$/, fraction(86_400)],
];

/** How much a unit stands for, in each way in which it is meant. */
function scalesOf(unit: string): readonly Scalar[] | undefined {
  const power = /^(?:([kKMGT])(i?)(?:B|bytes?|Byte)?|(thousand|million|billion))$/.exec(unit);
  if (power) {
    const [, letter = "", binary, word] = power;
    const n = word
      ? ["thousand", "million", "billion"].indexOf(word) + 1
      : "kMGT".indexOf(letter === "K" ? "k" : letter) + 1;
    const [decimal, two] = [fraction(1000 ** n), fraction(1024 ** n)];
    return binary ? [two] : word ? [decimal] : [decimal, two];
  }
  if (unit === "%" || unit === "percent") return [fraction(1, 100)];
  const time = SECONDS.find(([names]) => names.test(unit));
  if (time) return [time[1]];
  // Of what else may stand behind a number, nobody can tell here how much it is.
  return /^(?:°|℃|[cmk]m|mm|km|kg|mg|g|px|dB|[kMG]?Hz|[MGTP]?(?:FLOP|MAC)s?|[km][WVAJN]|eV|weeks?|months?|years?|B|[bB]ytes?|bits?|€|£)$/.test(
    unit,
  )
    ? [fraction(1)]
    : undefined;
}

/** Letters behind a number that count it in thousands, where they are no letters of the document. */
const THOUSANDS: ReadonlyMap<string, MathValue> = new Map(
  [..."kKMG"].map((letter) => [letter, fraction(1000 ** Math.max(1, "KMG".indexOf(letter) + 1))]),
);

/** Bytes of a number of 32 bits, which nobody writes where numbers are turned into bytes. */
const BYTES = 4;

/** A side of a step with the unit that stands behind it. */
interface Measured {
  readonly link: Link;
  readonly scales: readonly Scalar[] | undefined;
  readonly unit: string | undefined;
}

const isByteUnit = (unit: string | undefined): boolean => /^(?:[kKMGT]i?)?(?:B|[bB]ytes?)$/.test(unit ?? "");
const isTimeUnit = (unit: string | undefined): boolean => SECONDS.some(([names]) => names.test(unit ?? ""));

const isUnitToken = ({ kind, text }: Token): boolean =>
  (kind === "word" || kind === "text" || text === "%") && scalesOf(text) !== undefined;

/** The unit that a text has right behind a formula. */
function unitBehind(text: string, at: number): string | undefined {
  const found = /^(?:[ \t~]|\$(?!\$)|\\[,;: ]|\\\)|\\(?:text|mathrm|textrm)\{)*(%|[A-Za-z°€£℃]+)/.exec(
    text.slice(at, at + 40),
  );
  return found?.[1];
}

function measured(link: Link, text: string, isLetter: (name: string) => boolean): Measured {
  const last = link.tokens.at(-1);
  const before = link.tokens.at(-2);
  // `5k - 2k` is counted in thousands as a whole.
  const isRepeated = link.tokens.some((t, i) => i < link.tokens.length - 1 && t.text === last?.text);
  const isUnit =
    last &&
    !isRepeated &&
    isUnitToken(last) &&
    !isLetter(last.text) &&
    (before?.kind === "number" || last.kind === "text");
  if (last && isUnit && link.tokens.length > 1)
    return { link: linkOf(link.tokens.slice(0, -1)), scales: scalesOf(last.text), unit: last.text };
  const unit = last?.kind === "number" ? unitBehind(text, link.to) : undefined;
  return { link, scales: unit === undefined ? undefined : scalesOf(unit), unit };
}

/** Whether a unit counts thousands: kilobytes, millions. */
const isThousands = (scale: Scalar): boolean => {
  const n = toFloat(scale);
  return n >= 1000 && (n % 1000 === 0 || n % 1024 === 0);
};

/** A part of a whole, given in percent; undefined where it may be something else. */
function shareStep(e: MathExpr, part: number, percent: number, { from, to }: Link): StepAnswer | undefined {
  const isShare = (e.kind === "number" && e.text.includes(".")) || (e.kind === "binary" && e.op === "/");
  if (!isShare || part <= 0 || part > 1) return undefined;
  const [off, values] = [Math.abs(100 * part - percent), [100 * part, percent] as const];
  // 1/3 = 33 %
  if (off <= 0.5 && Number.isInteger(percent)) return { verdict: "rounded", values };
  return off > 1 || !Number.isInteger(percent) ? { verdict: "wrong", values, at: { from, to } } : undefined;
}

/** What is said of a step of which a side has a unit; undefined where none has. */
export function unitStep(chain: Chain, at: number, known: Known, text: string): StepAnswer | undefined {
  const isLetter = (name: string): boolean => known.values.has(name) || known.formulas.letters.has(name);
  const sides = [chain.links[at], chain.links[at + 1]].map((link) => link && measured(link, text, isLetter));
  const [left, right] = sides;
  if (!left || !right || (!left.scales && !right.scales)) return undefined;
  const relation = chain.relations[at] ?? "";
  const has = (is: typeof isByteUnit): boolean => is(left.unit) || is(right.unit);
  const as = has(isByteUnit) ? "bytes" : has(isTimeUnit) ? "time" : undefined;
  const kind: Pick<StepAnswer, "how" | "as"> = { how: "numbers", ...(as ? { as } : {}) };
  const read = (link: Link): MathExpr | undefined => readPlainly(link, chain.isLatex);
  const [a, b] = [read(left.link), read(right.link)];
  const counted = new Map([...THOUSANDS, ...known.values]);
  const [x, y] = [a && numbersOf(a, counted), b && numbersOf(b, counted)];
  if (!a || !b || x === undefined || y === undefined || isMatrix(x) || isMatrix(y) || !/^[=≈]$/.test(relation))
    return UNCLEAR;
  const one = [fraction(1)];
  const values = (left.scales ?? one).flatMap((from) =>
    (right.scales ?? one).map((to) => over(times(x, from), to) ?? x),
  );
  for (const value of [x, ...values]) {
    const { verdict } = compareWritten(value, b, y, relation);
    if (verdict === "right" || verdict === "rounded") return { verdict, ...kind, values: [value, y] };
  }
  // `802,816 = 3.2 MB`, each of 32 bits; or of as many as it says elsewhere.
  if (isByteUnit(right.unit) && !isByteUnit(left.unit))
    for (const bytes of [BYTES, 2, 8]) {
      const size = times(values[0] ?? x, fraction(bytes));
      if (!/^r/.test(compareWritten(size, b, y, relation).verdict)) continue;
      return bytes === BYTES ? { verdict: "rounded", ...kind, values: [size, y] } : UNCLEAR;
    }
  const [value] = values;
  const isFar = (v: MathValue): boolean => !isMatrix(v) && Math.abs(toFloat(v) / toFloat(y) - 1) > 0.03;
  // Of minutes that are hours, of one unit on both sides, and of what is nearly what is counted, both numbers are clear.
  const isSame = left.unit === right.unit;
  const isConverted = [isTimeUnit, isByteUnit].some((is) => is(left.unit) && is(right.unit)) || isSame;
  const ratio = toFloat(x) / toFloat(y);
  const isSaidOnce = right.scales?.every((s) => !isThousands(s)) && !left.scales;
  const areWhole = [x, y].every((v) => typeof v !== "number" && v.d === 1n);
  // Logarithms to the base 2 are counted in bits, and nothing else is.
  const isEntropy =
    /^bits?$/.test(right.unit ?? "") && [...allWithin(a)].some((e) => e.kind === "call" && e.name === "log2");
  const isWorked = areWhole || a.kind === "binary" || a.kind === "negate";
  const isSlip = isSaidOnce && ((isWorked && ratio > 0.8 && ratio < 1.25) || isEntropy);
  const share = right.unit === "%" && !left.scales ? shareStep(a, toFloat(x), toFloat(y), right.link) : undefined;
  if (share) return { ...share, ...kind };
  const isCounted = right.scales !== undefined && !left.scales && right.scales.every(isThousands);
  // Of kilobytes and megabytes it is clear how many they are.
  const isClear = isSlip || ((isCounted || isConverted) && [x, ...(isSame ? [] : values)].every(isFar));
  return isClear && relation === "=" && value !== undefined && b.kind === "number"
    ? {
        verdict: "wrong",
        ...kind,
        values: [isSlip ? x : value, y],
        at: { from: right.link.from, to: right.link.to },
      }
    : UNCLEAR;
}
