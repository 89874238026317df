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

const NOTATIONS = [
  "f'(x)",
  "\\frac{df}{dx}",
  "df/dx",
  "\\partial f/\\partial x",
  "\\partial f / \\partial x",
  "\\mathrm{d}f/\\mathrm{d}x",
  "\\frac{\\mathrm{d}f}{\\mathrm{d}x}",
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

test("A derivative right behind its function is right or wrong, in each notation", () => {
  const random = randomFrom(20);
  let wrong = 0;
  for (const [f, derivative, isRight] of products()) {
    const name = pick(random, NOTATIONS);
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

test("What is cut off at zero has a derivative, and one that holds on one side only is open", () => {
  const square = "$f(x) = \\max(0, x)^2$. Then $f'(x) = ";
  const hinge = "$L = \\max(0, 1 - ty)^2$. Then $\\frac{dL}{dy} = ";
  const sum = "$L = |x| + \\lambda x^2$. Then $\\frac{dL}{dx} = ";
  for (const [text, verdict] of [
    [`${square}2\\max(0, x)$.`, "right"],
    [`${square}2x$.`, "not understood"],
    [`${square}3\\max(0, x)$.`, "wrong"],
    [`${hinge}-2t\\max(0, 1 - ty)$.`, "right"],
    [`${hinge}2t\\max(0, 1 - ty)$.`, "wrong"],
    [`${sum}\\frac{x}{|x|} + 2\\lambda x$.`, "right"],
    [`${sum}\\frac{x}{|x|} + \\lambda x$.`, "wrong"],
  ] as const)
    assert.deepEqual(verdicts(text), [verdict], text);
});

test("A formula that is asked where it is 0 is an equation to be solved", () => {
  for (const text of [
    "$(\\lambda-1)(\\lambda-3)=0$, so $\\lambda_1=3$, $\\lambda_2=1$.",
    "$f(x) = x^3 - 3x$. Then $f'(x) = 3x^2 - 3 = 3(x-1)(x+1) = 0$, so $x=\\pm1$.",
    "$L=(w-1)^2$, $\\frac{dL}{dw}=2(w-1)=0$ gives $w=1$.",
    "$x(x-1)(x+1)=0$",
  ])
    assert.ok(!verdicts(text).includes("wrong"), text);
});

test("A derivative with a slash is one, whatever its letters carry, and a quotient of letters called d is none", () => {
  for (const [text, all] of [
    ["$\\hat y = \\sigma(z)$ where $z = wx + b$. $\\partial \\hat y/\\partial z = \\hat y(1-\\hat y)$.", ["right"]],
    ["$L = (w_1x - t)^2$. $\\partial L/\\partial w_1 = 2(w_1x-t)x$.", ["right"]],
    ["$L = (w_{1}x - t)^2$. $\\partial L/\\partial w_{1} = 2(w_{1}x-t)$.", ["wrong"]],
    ["$L = (w^{(1)}x - t)^2$. $\\partial L/\\partial w^{(1)} = 2(w^{(1)}x-t)x$.", ["right"]],
    ["$y = Wx + b$ with loss $L$. $\\partial L/\\partial W = (\\partial L/\\partial y) x^T$.", ["right"]],
    ["$d/dx\\, x^2 = 2x$", ["right"]],
    ["Let $d = 4$, $n = 12$. $n/d = 3$. $nd/d = 12$.", ["right", "right"]],
    ["Let $d_k = 8$, $d_v = 4$. $d_k/d_v = 2$. $d_k/d_v = 3$.", ["right", "not understood"]],
  ] as const)
    assert.deepEqual(verdicts(text), all, text);
});
