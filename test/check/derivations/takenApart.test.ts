import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { randomFrom } from "../../random.js";

type Matrix = readonly (readonly number[])[];
type Value = Matrix | number;

const random = randomFrom(11);
const some = (): Matrix => Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => 4 * random() - 2));
const at = (m: Matrix, i: number, j: number): number => m[i]?.[j] ?? Number.NaN;
const made = (of: (i: number, j: number) => number): Matrix => [0, 1, 2].map((i) => [0, 1, 2].map((j) => of(i, j)));
const combined = (a: Value, b: Value, op: string): Value => {
  if (typeof a === "number" || typeof b === "number") {
    const [x, y] = [a as number, b as number];
    return op === "+" ? x + y : op === "-" ? x - y : x * y;
  }
  if (op === "*") return made((i, j) => [0, 1, 2].reduce((sum, k) => sum + at(a, i, k) * at(b, k, j), 0));
  return made((i, j) => (op === "+" ? at(a, i, j) + at(b, i, j) : at(a, i, j) - at(b, i, j)));
};
const cofactor = (m: Matrix, i: number, j: number): number => {
  const [p, q, r, s] = [(i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3];
  return at(m, p, r) * at(m, q, s) - at(m, p, s) * at(m, q, r);
};
const determinant = (m: Matrix): number => [0, 1, 2].reduce((sum, j) => sum + at(m, 0, j) * cofactor(m, 0, j), 0);

const FUNCTIONS: readonly {
  readonly write: (of: string) => string;
  readonly take: (m: Matrix) => Value;
}[] = [
  { write: (of) => `${of}^T`, take: (m) => made((i, j) => at(m, j, i)) },
  { write: (of) => `${of}^{-1}`, take: (m) => made((i, j) => cofactor(m, j, i) / determinant(m)) },
  { write: (of) => `${of}^2`, take: (m) => combined(m, m, "*") },
  { write: (of) => `\\det(${of.replace(/^\((.*)\)$/, "$1")})`, take: determinant },
  {
    write: (of) => `\\operatorname{tr}(${of.replace(/^\((.*)\)$/, "$1")})`,
    take: (m) => at(m, 0, 0) + at(m, 1, 1) + at(m, 2, 2),
  },
];

const far = (a: Value, b: Value): boolean =>
  [a, b].flat(2).every(Number.isFinite) &&
  [a].flat(2).some((x, i) => Math.abs(x - ([b].flat(2)[i] ?? Number.NaN)) > 1e-6 * (1 + Math.abs(x)));

const GIVEN = "Let $A, B \\in \\mathbb{R}^{n \\times n}$ be given.";

test("a function of a sum or product of declared matrices is taken of its parts where linear algebra allows it, and nowhere else", () => {
  let wrongs = 0;
  for (const { write, take } of FUNCTIONS)
    for (const op of ["+", "-", "*"])
      for (const inner of ["+", "-", "*"])
        for (const [first, second] of ["AB", "BA"]) {
          const [a, b] = [some(), some()];
          const sign = (o: string): string => (o === "*" ? "" : ` ${o} `);
          const of = { A: a, B: b } as Record<string, Matrix>;
          const [x, y] = [of[first ?? ""] ?? a, of[second ?? ""] ?? b];
          const left = take(combined(a, b, inner) as Matrix);
          const right = combined(take(x), take(y), op);
          const text = `${GIVEN} Then $${write(`(A${sign(inner)}B)`)} = ${write(first ?? "")}${sign(op)}${write(second ?? "")}$.`;
          const verdicts = analyze(text, "markdown", "answer").claims.map((c) => c.verdict);
          const isWrong = far(left, right);
          if (isWrong) wrongs++;
          assert.deepEqual(verdicts, [isWrong ? "wrong" : "right"], text);
        }
  assert.ok(wrongs > 60);
});

test("where no shapes are given, an inverse is one of matrices if the document speaks of them", () => {
  const verdict = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);
  assert.deepEqual(verdict("For invertible matrices $(AB)^{-1} = A^{-1}B^{-1}$."), ["wrong"]);
  assert.deepEqual(verdict("For invertible matrices $(AB)^{-1} = B^{-1}A^{-1}$."), ["right"]);
  assert.deepEqual(verdict("$(AB)^{-1} = A^{-1}B^{-1}$."), ["not understood"]);
  assert.deepEqual(verdict("If matrices commute, $(AB)^{-1} = A^{-1}B^{-1}$."), ["not understood"]);
  assert.deepEqual(verdict("True or false? For matrices $(AB)^{-1} = A^{-1}B^{-1}$."), ["not understood"]);
});

test("what holds for numbers only is not called right where capitals may be matrices", () => {
  for (const step of ["Wx = xW", "AB = BA", "Wx + b = xW + b"])
    assert.deepEqual(
      analyze(`So $${step}$.`, "markdown", "answer").claims.map((c) => c.verdict),
      ["not understood"],
      step,
    );
});

test("a function is taken of the parts of a number where algebra allows it, and nowhere else", () => {
  const functions: readonly (readonly [write: (of: string) => string, take: (x: number) => number])[] = [
    [(of) => `(${of})^2`, (x) => x * x],
    [(of) => `(${of})^3`, (x) => x ** 3],
    [(of) => `\\sqrt{${of}}`, Math.sqrt],
    [(of) => `\\ln(${of})`, Math.log],
    [(of) => `e^{${of}}`, Math.exp],
    [(of) => `2^{${of}}`, (x) => 2 ** x],
    [(of) => `\\frac{1}{${of}}`, (x) => 1 / x],
    [(of) => `\\frac{c}{${of}}`, (x) => 7 / x],
    [(of) => `\\tanh(${of})`, Math.tanh],
  ];
  const signs: readonly (readonly [sign: string, of: (x: number, y: number) => number])[] = [
    [" + ", (x, y) => x + y],
    [" - ", (x, y) => x - y],
    [" \\cdot ", (x, y) => x * y],
  ];
  let wrongs = 0;
  for (const [write, take] of functions)
    for (const [inner, within] of signs)
      for (const [outer, beside] of signs) {
        const [a, b] = [2.9, 1.7];
        const isRight = Math.abs(take(within(a, b)) - beside(take(a), take(b))) < 1e-9;
        if (!isRight) wrongs++;
        const text = `So $${write(`a${inner}b`)} = ${write("a")}${outer}${write("b")}$.`;
        const found = analyze(text, "markdown", "answer").claims.map((c) => c.verdict);
        assert.deepEqual(found, [isRight ? "right" : "wrong"], text);
      }
  assert.ok(wrongs > 50);
});

test("equations to be solved, vectors at right angles and functions that are linear are left open", () => {
  for (const text of [
    "Solve $\\sqrt{x+y} = \\sqrt x + \\sqrt y$.",
    "$\\sqrt{x + 3} = \\sqrt{x} + 1$",
    "For orthogonal vectors $(x-y)^2 = x^2 + y^2$.",
    "$c^2 = a^2 + b^2$",
    "$\\sigma(a+b) = \\sigma(a) + \\sigma(b)$",
    "$f(a + b) = f(a) + f(b)$",
  ])
    assert.ok(
      analyze(text, "markdown", "answer").claims.every((c) => c.verdict === "not understood"),
      text,
    );
});
