import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { randomFrom } from "../../random.js";

/** A fraction of whole numbers in lowest terms. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const fraction = (n: bigint, d = 1n): Fraction => {
  const by = gcd(n, d) || 1n;
  return d < 0n ? { n: -n / by, d: -d / by } : { n: n / by, d: d / by };
};
const sum = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const product = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
const isEqual = (a: Fraction, b: Fraction): boolean => a.n === b.n && a.d === b.d;
const ZERO = fraction(0n);

/** A sequence: how it is written, and its entries. */
interface Written {
  readonly text: string;
  readonly at: (n: number) => Fraction;
  /** The index from which it is 0, where there is one. */
  readonly end?: number;
}

type Language = "markdown" | "latex" | "plaintext";

const asTyped = (latex: string): string =>
  latex
    .replace(/\\(?:d|t)?frac\{(\w+)\}\{(\w+)\}/g, "$1/$2")
    .replace(/\\left|\\right/g, "")
    .replace(/\\leq?\b/g, "<=")
    .replace(/\\geq?\b/g, ">=")
    .replace(/\\dots/g, "...")
    .replace(/\\in\b/g, "in")
    .replace(/\\([{}])/g, "$1")
    .replace(/\^\{([^}]*)\}/g, "^($1)")
    .replace(/\$/g, "");

/** The ways in which a rectangle of some length and height is written; those that are typed without LaTeX come first. */
const RECTANGLES: readonly ((a: number, b: number, c: number) => string)[] = [
  (a, b, c) => `$x[n] = ${c}$ for $${a} \\le n \\le ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ for $${a} \\le n < ${b + 1}$ and $0$ otherwise`,
  (a, b, c) => `$x[n] = ${c === 1 ? "" : c}u[${moved(a)}] - ${c === 1 ? "" : c}u[${moved(b + 1)}]$`,
  (a, b, c) => `$x[n] = ${c}$ für $${a} \\le n \\le ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ pour $${a} \\le n \\le ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ para $${a} \\le n \\le ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ if $${a} \\le n \\le ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ when $${a} \\le n \\le ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ for $n = ${a}, ${a + 1}, \\dots, ${b}$`,
  (a, b, c) => `$x[n] = ${c}$ for $n \\in \\{${a}, \\dots, ${b}\\}$`,
  (a, b, c) => `$x[n] = ${c}(u[${moved(a)}] - u[${moved(b + 1)}])$`,
  (a, b, c) => `$x[n] = \\begin{cases} ${c} & ${a} \\le n \\le ${b} \\\\ 0 & \\text{else} \\end{cases}$`,
  (a, b, c) =>
    `$x[n] = \\begin{cases} ${c}, & \\text{if } ${a} \\le n \\le ${b} \\\\ 0, & \\text{otherwise} \\end{cases}$`,
  (a, b, c) => `$x[n] = \\begin{cases} 0 & n < ${a} \\\\ ${c} & ${a} \\le n \\le ${b} \\\\ 0 & n > ${b} \\end{cases}$`,
  (a, b, c) => `$x[n] = \\begin{cases} ${c} & \\text{für } ${b} \\ge n \\ge ${a} \\\\ 0 & \\text{sonst} \\end{cases}$`,
  (a, b, c) => `$x[n] = \\begin{cases} ${c} & \\text{for } ${a} \\le n \\le ${b} \\\\ 0 & \\text{sinon} \\end{cases}$`,
];

/** How many of the ways above are typed without LaTeX, too. */
const TYPED = 11;

const moved = (by: number): string => (by === 0 ? "n" : by > 0 ? `n-${by}` : `n+${-by}`);

const RESULTS: readonly string[] = [
  "$y = x * h$",
  "$y = h * x$",
  "$y[n] = (x*h)[n]$",
  "$y[n] = h[n]*x[n]$",
  "$y[n] = x[n] * h[n]$",
  "$y[n] = \\sum_k x[k] h[n-k]$",
  "$y[n] = \\sum_{k=-\\infty}^{\\infty} x[k]\\, h[n-k]$",
  "$y[n] = \\sum_{k} h[k] x[n-k]$",
];

const TYPED_RESULTS: readonly string[] = [...RESULTS.slice(0, 5).map(asTyped), "y[n] = sum_k x[k] h[n-k]"];

function rectangle(pick: () => number, language: Language): Written {
  const [a, length, c] = [(pick() % 6) - 2, 2 + (pick() % 7), [1, 1, 1, 2, 3][pick() % 5] ?? 1];
  const b = a + length - 1;
  const ways = language === "plaintext" ? RECTANGLES.slice(0, TYPED) : RECTANGLES;
  const latex = ways[pick() % ways.length]?.(a, b, c) ?? "";
  return {
    text: language === "plaintext" ? asTyped(latex) : latex,
    at: (n) => (n >= a && n <= b ? fraction(BigInt(c)) : ZERO),
    end: b + 1,
  };
}

function power([p, q]: readonly [number, number], n: number): Fraction {
  let value = fraction(1n);
  for (let i = 0; i < n; i++) value = product(value, fraction(BigInt(p), BigInt(q)));
  return value;
}

function filter(pick: () => number, language: Language): Written {
  const isTyped = language === "plaintext";
  const kind = pick() % 4;
  if (kind === 0) {
    const entries = Array.from({ length: 2 + (pick() % 3) }, () => (pick() % 9) - 4 || 5);
    const list = entries.join(", ");
    const ways = isTyped
      ? [`h = [${list}]`, `h[n] = [${list}]`]
      : [`$h = [${list}]$`, `$h[n] = [${list}]$`, `$h[n] = \\{${list}\\}$`];
    return {
      text: ways[pick() % ways.length] ?? "",
      at: (n) => fraction(BigInt(entries[n] ?? 0)),
      end: entries.length,
    };
  }
  const bases: readonly (readonly [number, number])[] = [
    [1, 2],
    [1, 3],
    [2, 3],
    [3, 4],
    [2, 1],
    [-1, 2],
  ];
  const base = bases[pick() % bases.length] ?? [1, 2];
  const [p, q] = base;
  const ways = isTyped
    ? [`h[n] = (${p}/${q})^n u[n]`, `h[n] = (${p}/${q})^n * u[n]`, `h[n] = (${p}/${q})^n for n >= 0`]
    : [
        `$h[n] = \\left(\\frac{${p}}{${q}}\\right)^n u[n]$`,
        `$h[n] = (${p}/${q})^n u[n]$`,
        `$h[n] = (${p}/${q})^n$ for $n \\ge 0$`,
        `h[n] = (${p}/${q})^n u[n]`,
      ];
  return { text: ways[pick() % ways.length] ?? "", at: (n) => (n < 0 ? ZERO : power(base, n)) };
}

function convolved(x: Written, h: Written, n: number): Fraction {
  let value = ZERO;
  for (let k = -10; k <= n + 10; k++) value = sum(value, product(x.at(k), h.at(n - k)));
  return value;
}

const printed = ({ n, d }: Fraction, language: Language, asDecimal: boolean): string => {
  if (d === 1n) return String(n);
  if (asDecimal) return (Number(n) / Number(d)).toFixed(4);
  return language === "plaintext" ? `${n}/${d}` : n < 0n ? `-\\frac{${-n}}{${d}}` : `\\frac{${n}}{${d}}`;
};

interface Case {
  readonly text: string;
  readonly language: Language;
  /** The claims of y in their order, and whether each is right. */
  readonly claims: readonly { readonly text: string; readonly isRight: boolean }[];
}

function drawCase(seed: number): Case {
  const random = randomFrom(seed);
  const pick = (): number => Math.floor(random() * 2 ** 22);
  const language = (["markdown", "latex", "plaintext"] as const)[pick() % 3] ?? "markdown";
  const isTyped = language === "plaintext";
  const [x, h] = [rectangle(pick, language), filter(pick, language)];
  // A filter that is typed beside LaTeX is no formula in a LaTeX document.
  const filterText = language === "latex" && !h.text.startsWith("$") ? `$${h.text}$` : h.text;
  const results = isTyped ? TYPED_RESULTS : RESULTS;
  const result = results[pick() % results.length] ?? "";
  const parts = pick() % 3 === 0 ? [result, x.text, filterText] : [x.text, filterText, result];
  const setup = isTyped || pick() % 2 === 0 ? parts.join("\n") : `Let ${parts.join(", ")}.`;
  const claims = Array.from({ length: 6 }, (_, i) => {
    const n = (pick() % 14) - 2;
    const right = convolved(x, h, n);
    const isRight = i % 2 === 0;
    const shift = fraction(BigInt(1 + (pick() % 5)), BigInt([1, 2, 3][pick() % 3] ?? 1));
    const value = isRight ? right : sum(right, shift);
    const asDecimal = pick() % 3 === 0;
    // A decimal of a fraction that goes on for ever is said to be rounded.
    const sign = asDecimal && value.d !== 1n && !isTyped ? "\\approx" : "=";
    const claim = `y[${n}] ${sign} ${printed(value, language, asDecimal)}`;
    return { text: claim, isRight: isRight || isEqual(value, right) };
  });
  const said = claims.map((c) => (isTyped ? c.text : `$${c.text}$`)).join(isTyped ? "\n" : "\n\n");
  return { text: `${setup}\n\n${said}\n`, language, claims };
}

test("in setups of a rectangle and a filter in many forms, right entries are never wrong and other numbers are", () => {
  const counts = { right: 0, isDecidedRight: 0, wrong: 0, isDecidedWrong: 0 };
  const silent: string[] = [];
  for (let seed = 0; seed < 400; seed++) {
    const { text, language, claims } = drawCase(seed);
    const found = analyze(text, language, "answer").claims;
    for (const { text: claim, isRight } of claims) {
      const verdict = found.find((c) => c.text === claim)?.verdict;
      const is = verdict === "rounded" ? "right" : verdict;
      if (isRight) assert.notEqual(is, "wrong", `${claim} is right in\n${text}`);
      else assert.notEqual(is, "right", `${claim} is wrong in\n${text}`);
      counts[isRight ? "right" : "wrong"]++;
      if (is === "right") counts.isDecidedRight++;
      else if (is === "wrong") counts.isDecidedWrong++;
      else silent.push(`${claim} (${verdict}) in\n${text}`);
    }
  }
  const decided = (counts.isDecidedRight + counts.isDecidedWrong) / (counts.right + counts.wrong);
  const message = `${JSON.stringify(counts)}; not decided, for example:\n${silent.slice(0, 6).join("\n\n")}`;
  assert.ok(decided >= 0.95, message);
  assert.ok(counts.isDecidedWrong >= 0.95 * counts.wrong, message);
});

/** Setups in which something else, or nothing certain, is said of a sequence than a quick reading takes from it, with claims that hold. */
const UNSURE: readonly (readonly [string, Language])[] = [
  ["h[n] = 0.5^n * step[n]\nx[n] = 1 for 0 <= n <= 6\ny = x * h\ny[0] = 1\ny[7] = 127/128", "plaintext"],
  ["h[n] = a^n cos(n) u[n]\nx[n] = 1 for n in {0,...,3}\ny = x * h\ny[0] = 1", "plaintext"],
  ["x = [1,2,3], w = [2,0,1], y = x * w, y[1] = 0, y[2] = 3", "plaintext"],
  ["x[n] = 1 for 0 <= n <= 6, h[n] = 2^n for n = 0, 1. y = x * h.\nNext: x[n] = {1, 2}. y[1] = 4", "plaintext"],
  ["$x[n] = 1$ for $0 \\le n \\le 6$ even, $h[n] = (1/2)^n u[n]$, $y = x*h$: $y[1] = 0.5$", "markdown"],
  ["$x[n] = 1$ for $0 \\le n \\le 6$, $n \\ne 3$, $h[n] = \\delta[n]$, $y = x*h$: $y[3] = 0$", "markdown"],
  ["$x[n] = 1$ for $0 \\le n \\le 2$ and $4 \\le n \\le 6$, $h[n] = \\delta[n]$. $y = x*h$. $y[5] = 1$", "markdown"],
  ["$x[n] = 1$ if $0 \\le n \\le 2$ and $2$ for $n = 3$; $h[n] = \\delta[n]$; $y = x*h$; $y[3] = 2$", "markdown"],
  ["$x[n] = 1$ for $n = 0, 2, 4$, $h[n] = \\delta[n]$. $y = x*h$. $y[2] = 1$, $y[1] = 0$", "markdown"],
  ["$x[n] = 1$ for $n = 0$ and $n = 3$, $h[n] = \\delta[n]$. $y = x*h$. $y[3] = 1$", "markdown"],
  ["$x[n] = 1$ for the first seven samples, $h[n] = [1, -1]$. $y=x*h$. $y[7] = -1$", "markdown"],
  ["$x[n] = u[n]$ up to $n=6$, $h[n] = u[n]$. $y=x*h$. $y[10] = 7$", "markdown"],
  ["$x[n] = u[n] - u[n-4]$, $h[n] = 2^n u[n]$, $y = x*h$. With a bias $y[n] = (x*h)[n] + 1$. $y[0] = 2$", "markdown"],
  ["$x = [1,2,3,4]$, kernel $h = [1,0,-1]$, no padding, convolution $y = x*h$. $y[0] = 2$", "markdown"],
  ["$x = [1,2,3]$, filter $h = [2,1]$, $y = x*h$. Its first two entries are $y[1] = 2$, $y[2] = 5$", "markdown"],
];

for (const [text, language] of UNSURE)
  test(`what is not certain of its sequences makes no claim wrong in ${JSON.stringify(text)}`, () => {
    const wrong = analyze(text, language, "answer").claims.filter((c) => c.verdict === "wrong");
    assert.deepEqual(
      wrong.map((c) => c.text),
      [],
    );
  });
