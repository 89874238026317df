import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

/** Functions of x in LaTeX, with their derivatives as a table of derivatives has them, and both in numbers. */
const TABLE: readonly (readonly [string, string, (x: number) => number, (x: number) => number])[] = [
  ["x^2", "2x", (x) => x * x, (x) => 2 * x],
  ["x^3", "3x^2", (x) => x ** 3, (x) => 3 * x * x],
  ["e^x", "e^x", Math.exp, Math.exp],
  ["e^{-2x}", "(-2e^{-2x})", (x) => Math.exp(-2 * x), (x) => -2 * Math.exp(-2 * x)],
  ["\\sin(x)", "\\cos(x)", Math.sin, Math.cos],
  ["\\cos(x)", "(-\\sin(x))", Math.cos, (x) => -Math.sin(x)],
  ["\\ln(x)", "\\frac{1}{x}", Math.log, (x) => 1 / x],
  ["\\tanh(x)", "(1-\\tanh^2(x))", Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
  ["\\sqrt{x}", "\\frac{1}{2\\sqrt{x}}", Math.sqrt, (x) => 0.5 / Math.sqrt(x)],
  ["\\frac{1}{1+x}", "\\frac{-1}{(1+x)^2}", (x) => 1 / (1 + x), (x) => -1 / (1 + x) ** 2],
];

const LEADS = [". Then ", ". Its derivative is ", ", so ", ". By the product rule, ", ".\n\nWe get "];

/** A product of two functions of the table, and what stands for its derivative: rightly, and as students get it wrong. */
function* products(): Generator<readonly [f: string, derivative: string, isRight: boolean]> {
  for (const [u, du, uAt, duAt] of TABLE)
    for (const [v, dv, vAt, dvAt] of TABLE) {
      if (u === v) continue;
      const slope = (x: number): number => duAt(x) * vAt(x) + uAt(x) * dvAt(x);
      const candidates: readonly (readonly [string, (x: number) => number])[] = [
        [`${du} \\cdot ${v} + ${u} \\cdot ${dv}`, slope],
        [`${du} \\cdot ${dv}`, (x) => duAt(x) * dvAt(x)],
        [`${du} \\cdot ${v}`, (x) => duAt(x) * vAt(x)],
        [`${du} \\cdot ${v} - ${u} \\cdot ${dv}`, (x) => duAt(x) * vAt(x) - uAt(x) * dvAt(x)],
      ];
      for (const [text, at] of candidates)
        yield [`${u} \\cdot ${v}`, text, [0.3, 1.7, 2.9].every((x) => Math.abs(at(x) - slope(x)) < 1e-9)];
    }
}

test("A derivative right behind its function is right or wrong, in both notations", () => {
  const random = randomFrom(20);
  let wrong = 0;
  for (const [f, derivative, isRight] of products()) {
    const name = pick(random, ["f'(x)", "\\frac{df}{dx}"]);
    const text = `$f(x) = ${f}$${pick(random, LEADS)}$${name} = ${derivative}$.`;
    assert.deepEqual(verdicts(text), [isRight ? "right" : "wrong"], text);
    if (!isRight) wrong++;
  }
  assert.ok(wrong > 200);
});

test("A derivative that may be of something else, or an equation that is solved, is not wrong", () => {
  for (const text of [
    "- tanh: $f(x) = \\tanh(x)$\n- softplus: $f'(x) = \\frac{1}{1+e^{-x}}$",
    "$g = x^2$ and $f = gx + x$. Then $\\frac{\\partial f}{\\partial x} = g + 1$.",
    "$f(x) = x^2 e^x$. Where is $f'(x) = x$? ",
    "$f(x) = x^2$. If $f'(x) = 3x^2$, then $f$ is another one.",
    "$f(x) = x^2$. Now let $f'(x) = 3x^2$.",
    "$f(x) = x^2$. We solve $f'(x) = 3x + 1$.",
    "$f(x) = x^2$. Then $f'(x) = \\lambda x$ with a multiplier $\\lambda$.",
    "$f(x) = x^2$. Then $f'(x) \\approx 2.1x$.",
  ])
    assert.ok(!verdicts(text).includes("wrong"), text);
});
