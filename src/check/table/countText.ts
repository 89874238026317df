import { compile } from "../../core/expr/evaluate.js";
import { readFormula } from "../../core/expr/read.js";

/** A count as somebody wrote it. */
export type WrittenCount =
  /** Nothing, or a question mark. */
  | { readonly kind: "blank" }
  /** A dash: nothing to count. */
  | { readonly kind: "none" }
  | WrittenNumber;

/** A number, or a sum with its value; a rounded one stands for all numbers that round to it. */
export interface WrittenNumber {
  readonly kind: "number";
  readonly value: number;
  readonly isRounded: boolean;
  /** Whether a number may be written so. */
  readonly fits: (n: number) => boolean;
  /** The value of the sum that stands beside the number, where the two differ. */
  readonly sum?: { readonly text: string; readonly value: number };
  /** The sum that stands beside the number and gives it. */
  readonly formula?: string;
}

const MAX_LENGTH = 240;

/** The count that a cell says, or undefined where it says something else. */
export function readCount(text: string): WrittenCount | undefined {
  const plain = text.trim();
  if (/^[?？_…\s]*$/.test(plain) || /^(?:todo|tbd|tba)$/i.test(plain)) return { kind: "blank" };
  if (/^[-–—−/\s]+$/.test(plain) || /^(?:n\s*\/?\s*a\.?|none|nil|no|no params?|no parameters|×|✗)$/i.test(plain))
    return { kind: "none" };
  if (plain.length > MAX_LENGTH) return undefined;
  const bare = plain
    .replace(/\(\s*(?:≈|~)?\s*[\d.,]+\s*(?:[KMG]i?B|B(?:ytes?)?)\s*\)/gi, " ")
    .replace(
      /\b(?:total|trainable|learnable|params?|parameters?|weights?|activations?|neurons?|values?|elements?|biases|bias)\b[:.]?/gi,
      " ",
    )
    .replace(/\(\s*\)/g, " ")
    .trim();
  const pieces = bare.split(/\s*(?:=|⇒|→|->|:)\s*/).filter((p) => p.trim() !== "");
  const parts = pieces.map(readPart);
  const known = parts.filter((p) => p !== undefined);
  const last = known.at(-1);
  // In `(120, 400) → 120·400 + 120 = 48120` the first part is no number; what the chain ends in counts.
  if (
    !last ||
    (parts.at(-1) === undefined && known.length < parts.length) ||
    (known.length < parts.length && pieces.length < 3)
  )
    return undefined;
  const number = known.find((p) => !p.isFormula) ?? last;
  const other = known.find((p) => p.isFormula && !number.fits(p.value));
  const formula = number.isFormula ? undefined : known.find((p) => p.isFormula);
  return {
    kind: "number",
    value: number.value,
    isRounded: number.isRounded,
    fits: number.fits,
    ...(other ? { sum: { text: other.text, value: other.value } } : formula ? { formula: formula.text } : {}),
  };
}

interface Part {
  readonly text: string;
  readonly value: number;
  readonly isFormula: boolean;
  readonly isRounded: boolean;
  readonly fits: (n: number) => boolean;
}

const SUFFIXES: Readonly<Record<string, readonly number[]>> = {
  "": [1],
  k: [1e3, 1024],
  thousand: [1e3],
  千: [1e3],
  万: [1e4],
  m: [1e6, 1024 ** 2],
  mio: [1e6],
  million: [1e6],
  b: [1e9],
  g: [1e9],
};

function readPart(text: string): Part | undefined {
  const plain = text.trim().replace(/^\((.*)\)$/, (whole, inside: string) => (/[()]/.test(inside) ? whole : inside));
  const written =
    /^(~|≈|about|ca\.?|约|approx\.?)?\s*(\d[\d,. '\u2009\u202f]*)\s*(k|m|b|g|mio|million|thousand|万|千)?\.?$/i.exec(
      plain,
    );
  if (written) return readNumber(plain, written[2] ?? "", (written[3] ?? "").toLowerCase(), written[1] !== undefined);
  const value = readSum(plain);
  return value === undefined ? undefined : exact(plain, value, true);
}

const exact = (text: string, value: number, isFormula: boolean): Part => ({
  text,
  value,
  isFormula,
  isRounded: false,
  fits: (n) => n === value,
});

function readNumber(text: string, digits: string, suffix: string, isAbout: boolean): Part | undefined {
  const factors = SUFFIXES[suffix];
  const tight = digits.trim().replace(/['\u2009\u202f]/g, "");
  const grouped =
    /^\d{1,3}(?:[, ]\d{3})+(?:\.0+)?$/.test(tight) || (suffix === "" && /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(tight));
  const number = grouped
    ? tight.replace(/\.0+$/, "").replace(/[,. ]/g, "")
    : tight.replace(/^(\d+),(\d{1,2})$/, "$1.$2");
  if (!factors || !/^\d+(?:\.\d+)?$/.test(number) || number.length > 15) return undefined;
  const value = Number(number);
  const decimals = number.split(".")[1]?.length ?? 0;
  const zeros = decimals > 0 ? 0 : (/0*$/.exec(number)?.[0].length ?? 0);
  if (suffix === "" && !isAbout) return Number.isInteger(value) ? exact(text, value, false) : undefined;
  // The last digit that is written, and the last one that need not be a zero for show.
  const unit = 10 ** -decimals;
  const coarse = decimals > 0 ? unit : 10 ** Math.min(zeros, number.length - 1);
  return {
    text,
    value: Math.round(value * (factors[0] ?? 1)),
    isFormula: false,
    isRounded: true,
    fits: (n) =>
      factors.some((f) => {
        const off = n / f - value;
        const slack = 1e-9 * Math.max(1, value);
        return (off >= -unit / 2 - slack && off < unit) || Math.abs(off) <= coarse / 2 + slack;
      }),
  };
}

/** The value of a sum such as `(3·3·1 + 1)·10`, by the core's own evaluator. */
export function readSum(text: string): number | undefined {
  if (!/^[\d\s+\-−–*/×·⋅xX().,^[\]²³]+$/.test(text) || !/\d/.test(text)) return undefined;
  const formula = text
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/[×·⋅xX]/g, "*")
    .replace(/[−–]/g, "-")
    .replaceAll("[", "(")
    .replaceAll("]", ")")
    .replaceAll("²", "^2")
    .replaceAll("³", "^3")
    .replaceAll("**", "^");
  if (formula.includes(",") || /\d\s+\d/.test(formula)) return undefined;
  const expr = readFormula(formula);
  const value = expr && compile(expr)({});
  return typeof value === "number" ? value : undefined;
}
