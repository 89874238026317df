import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

test("values of a function at several places are numbers of their own", () => {
  const random = randomFrom(5);
  for (let i = 0; i < 120; i++) {
    const name = pick(random, ["P", "H", "f", "g", "N", "u"]);
    const [x, y] = pick(random, [
      ["A", "B"],
      ["X", "Y"],
      ["1", "2"],
      ["B", "C"],
    ] as const);
    const [a, b] = [1 + Math.floor(random() * 40), 50 + Math.floor(random() * 40)];
    const [sign, right] = pick(random, [
      ["+", a + b],
      ["-", a - b],
      ["\\cdot", a * b],
    ] as const);
    const given = `We have $${name}(${x}) = ${a}$ and $${name}(${y}) = ${b}$.`;
    const of = (value: number): string => `${given} So $z = ${name}(${x}) ${sign} ${name}(${y}) = ${value}$.`;
    assert.deepEqual(verdicts(of(right)), ["right"], of(right));
    // A number of ones and noughts may be binary.
    const other = [7, 8, 9, 18].map((off) => right + off).find((n) => !/^-?[01]+$/.test(String(n))) ?? Number.NaN;
    assert.deepEqual(verdicts(of(other)), ["wrong"], of(other));
  }
});

test("the value of a function at a letter that may move on decides nothing", () => {
  const text = "Let $w(t) = 5$. Then $v = w(t) - 1 = 4$, and in the next step $v = w(t) - 1 = 3$.";
  assert.ok(!verdicts(text).includes("wrong"));
  assert.ok(!verdicts("$f(x) = 3$ and $f(y) = 4$. $z = f(x) + f(y) = 7$.").includes("wrong"));
});

test("conditional probabilities are values of their own, and what is put in for them is compared", () => {
  const random = randomFrom(6);
  const bars = ["|", "\\mid ", " \\mid "];
  for (let i = 0; i < 100; i++) {
    const bar = pick(random, bars);
    // None of them is 0.45 rounded.
    const seen = pick(random, [0.22, 0.34, 0.71, 0.83]);
    const [prior, all] = [(11 + Math.floor(random() * 80)) / 100, 0.96];
    const [event, not] = pick(random, [
      ["E", "\\bar E"],
      ["S", "\\overline{S}"],
      ["H", "H^c"],
    ] as const);
    const given = `$P(D${bar}${event}) = ${seen}$, $P(${event}) = ${prior}$, $P(D${bar}${not}) = 0.45$, $P(D) = ${all}$.`;
    const of = (first: number): string =>
      `${given} So $P(${event}${bar}D) = \\frac{P(D${bar}${event}) P(${event})}{P(D)} = \\frac{${first} \\cdot ${prior}}{${all}}$.`;
    assert.deepEqual(verdicts(of(seen)), ["right"], of(seen));
    assert.deepEqual(verdicts(of(0.45)), ["wrong"], of(0.45));
  }
});

test("what is put in for the probabilities of another problem is left open", () => {
  const first = "$P(D|E) = 0.9$, $P(E) = 0.1$, $P(D) = 0.27$.";
  const text = `${first} Now a rarer one: $P(E|D) = \\frac{P(D|E) P(E)}{P(D)} = \\frac{0.8 \\cdot 0.02}{0.04} = 0.4$.`;
  assert.deepEqual(verdicts(text), ["not understood", "right"]);
});
