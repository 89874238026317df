import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

const noneWrong = (texts: readonly string[]): void => {
  for (const text of texts) assert.ok(!verdicts(text).includes("wrong"), text);
};

test("what holds under a condition that the sentence says is not called wrong", () => {
  noneWrong([
    String.raw`With one-hot $y$: $-y_j + p_j\sum_i y_i = p_j - y_j$.`,
    String.raw`Since $\sum_i y_i = 1$, we get $p_j\sum_i y_i - y_j = p_j - y_j$.`,
    String.raw`With outputs that sum to one, $y_j\sum_k p_k = y_j$.`,
    String.raw`Since $y\in\{0,1\}$, $(1-y)^2 = 1-y$.`,
    "Since $y^2 = 1$: $y^2(y-f)^2 = (y-f)^2$.",
    String.raw`Since $\|u\|=1$, $u(u^Tu)u^T = uu^T$.`,
    "For a unit vector $u$, $(uu^T)^2 = u(u^Tu)u^T = uu^T$.",
    "Since $P^2 = P$, $x^TP^2x = x^TPx$.",
    "Dropping the factor 2, $2(a-y) = (a-y)$.",
    "For an orthogonal matrix $Q$, $Q^{-1} = Q^T$.",
    String.raw`$R(\alpha)R(\beta) = R(\alpha+\beta)$, $R^{-1} = R^T$`,
  ]);
  // Without the condition it is an error.
  assert.deepEqual(verdicts("So $y^2(y-f)^2 = (y-f)^2$."), ["wrong"]);
});

test("I is the unit matrix beside other matrices, and letters stand for the matrices that they are said to be", () => {
  noneWrong([
    "$(I-P)^2 = I - 2P + P^2$.",
    "$(I - A)(I + A) = I - A^2$.",
    String.raw`$(X^TX + \lambda I)w = X^TXw + \lambda w$.`,
    "$AIA = A^2$",
    "The projection $P = X(X^TX)^{-1}X^T$ satisfies $P^2 = X(X^TX)^{-1}X^T = P$.",
    String.raw`$\hat y = X(X^TX)^{-1}X^Ty = Hy$, where $H$ is the hat matrix.`,
    "$H = X(X^TX)^{-1}X^T$. $HX = X(X^TX)^{-1}X^TX = X$.",
    String.raw`$x^TAx = \mathrm{tr}(x^TAx) = \mathrm{tr}(Axx^T)$.`,
  ]);
});

test("a sum without an end runs as far as the one beside it", () => {
  const steps = [
    String.raw`\sum_{j=1}^{d} w_jx_j = \sum_j w_jx_j`,
    String.raw`\log\prod_{i=1}^N p_i = \sum_i \log p_i`,
    String.raw`\frac1n\sum_{i=1}^n (x_i - y_i) = \frac1n\sum_i x_i - \frac1n\sum_i y_i`,
    String.raw`\sum_{k=1}^K e^{z_k - c} = e^{-c}\sum_k e^{z_k}`,
    String.raw`\prod_{i=1}^n e^{x_i} = e^{\sum_i x_i}`,
  ];
  for (const step of steps) assert.deepEqual(verdicts(`$${step}$`), ["right"], step);
  assert.deepEqual(verdicts(String.raw`$\frac1n\sum_{i=1}^n (x_i - y_i) = \frac1n\sum_i x_i + \frac1n\sum_i y_i$`), [
    "wrong",
  ]);
});

test("functions in pieces are compared below 0 and between whole numbers, too", () => {
  for (const step of [
    "|x| = x",
    String.raw`\sqrt{x^2} = x`,
    "|a+b| = |a| + |b|",
    String.raw`\max(0,x) = x`,
    String.raw`\mathrm{ReLU}(x) = x`,
    String.raw`\lfloor x\rfloor = x`,
    String.raw`\lfloor x + y\rfloor = \lfloor x\rfloor + \lfloor y\rfloor`,
  ])
    assert.ok(!verdicts(`$${step}$`).includes("right"), step);
  for (const step of [
    "|x|^2 = x^2",
    String.raw`\max(0,x) = x - \min(0,x)`,
    String.raw`\sqrt{\sigma^2} = \sigma`,
    String.raw`|x| = \mathrm{ReLU}(x) + \mathrm{ReLU}(-x)`,
    String.raw`\lfloor (n-1)/2 \rfloor + 1 = \lceil n/2 \rceil`,
  ])
    assert.deepEqual(verdicts(`$${step}$`), ["right"], step);
});

test("a neuron's slope is that of the sigmoid where its value says so", () => {
  const given = String.raw`$z = wx$, $a = \sigma(z)$. `;
  assert.ok(verdicts(String.raw`${given}$\frac{da}{dw} = \sigma'(z)x = a(1-a)x$.`).every((v) => v === "right"));
  assert.ok(!verdicts(String.raw`${given}$\frac{da}{dw} = \sigma'(z)x = a(1+a)x$.`).slice(1).includes("right"));
});

test("the gates of an LSTM are sigmoids, though its state goes through tanh", () => {
  for (const x of [-1.5, 0.4, 1.2, 2]) {
    const value = 1 / (1 + Math.exp(-x));
    const of = (y: number): string =>
      `One step of an LSTM: $f = \\sigma(${x}) \\approx ${y.toFixed(4)}$ and $g = \\tanh(0.5) \\approx 0.4621$.`;
    assert.deepEqual(verdicts(of(value)), ["rounded", "rounded"], of(value));
    assert.deepEqual(verdicts(of(value + 0.018)), ["wrong", "rounded"], of(value + 0.018));
  }
});

test("numbers that were rounded where they were written may be carried on unrounded", () => {
  noneWrong([
    String.raw`$a_1 = \sigma(0.5) = 0.622$, $z_2 = 2a_1 - 1 = 0.245$.`,
    String.raw`$\hat m = 0.36/0.19 = 1.895$, $\hat v = 3.620$, $\theta = 0.9 - 0.1\cdot\hat m/\sqrt{\hat v} = 0.80042$`,
  ]);
  assert.ok(verdicts(String.raw`$a_1 = \sigma(0.5) = 0.622$, $z_2 = 2a_1 - 1 = 0.248$.`).includes("wrong"));
  // What is given is exact.
  assert.ok(verdicts(String.raw`$\beta = 0.999$, $g = 2$. $v = (1 - \beta) g^2 = 0.005$.`).includes("wrong"));
});

test("letters that get one number together get it anew", () => {
  assert.deepEqual(verdicts("$M = 32$, $N = 64$.\n\nNow take $M = N = 256$: $9\\cdot M\\cdot N = 589824$."), ["right"]);
  noneWrong(["Example 1: let $C = 3$.\n\nExample 2: $H=W=C=7$, so $C^2 = 49$."]);
});

test("what words say not to be a calculation is none", () => {
  noneWrong([
    "0.1 + 0.2 != 0.3 in Python.",
    "127 + 1 = -128 in int8.",
    "It is tempting to think $(AB)^T = A^TB^T$, but it's $(AB)^T = B^TA^T$.",
    "Wait, I said in class that 17·13 = 211. Sorry, 17·13 = 221.",
    "Don't write 3 + 4 = 7 · 2 = 14. Write (3+4) · 2 = 14.",
    "> 6·7 = 41\n\nNo. 6·7 = 42.",
    "| Wrong | Right |\n|---|---|\n| 2·3 = 5 | 2·3 = 6 |",
    "Which is correct? A) 5·5 = 20 B) 5·5 = 25 C) 5·5 = 30",
    "0.35 + 0.28 + 0.38 = 1.00 (rounding)",
    "pages 10-20 = 11 pages; seeds 1+2+3 = 3 runs",
    "Aufgabe 2+3 = 10 Punkte; Task 1+2 = 20 points",
    "Layer with M=N=512. 28·28·32·25·192 = 120,422,400 ≈ 120M multiplications.",
  ]);
  assert.deepEqual(verdicts("So 17·13 = 211, which is the size."), ["wrong"]);
  assert.deepEqual(verdicts("With binary cross-entropy the batch holds 17·13 = 211 labels."), ["wrong"]);
});

test("commas part thousands, decimals and sentences as their document does", () => {
  noneWrong([
    "2000·2 = 4,000, 5·5 = 25",
    "3·3·16·32+32 = 4,640, 3·3·32·64+64 = 18,496",
    "600·600 = 360,000, 2 layers.",
    "Sizes: 1000·2 = 2,000, 1000·3 = 3,000, 1000·4 = 4,000.",
    "$0{,}25 + 1{,}125 = 1{,}375$",
    "$9{,}81 \\cdot 2 = 19{,}62$, $3{,}141 + 0{,}001 = 3{,}142$",
    "Gradient $\\eta = 0{,}1$.\n\nIn Bit: 0,357/0,693 ≈ 0,515. Zeit: 938 · 0,032 ≈ 30,0 s.",
    "37/40 = 92,5 %",
    "60.000/64 = 937,5",
    "60.000 / 128 = 468,75 → 469 Schritte; 469 · 20 = 9.380.",
  ]);
  assert.deepEqual(verdicts("2000·2 = 4,100, 5·5 = 25"), ["wrong", "right"]);
  assert.ok(verdicts("$0{,}25 + 1{,}125 = 1{,}475$").includes("wrong"));
});

test("names of whole words in formulas are names, and what is put in for them is compared", () => {
  const given = "$net_{h1} = 0.3775$, $target_{o1} = 0.01$, $out_{o1} = 0.7514$. ";
  const of = (net: string, target: string): string =>
    String.raw`${given}$out_{h1} = \frac{1}{1 + e^{-net_{h1}}} = \frac{1}{1 + e^{-${net}}}$, $E = \frac12 (target_{o1} - out_{o1})^2 = \frac12 (${target} - 0.7514)^2$`;
  assert.deepEqual(verdicts(of("0.3775", "0.01")), ["right", "right"]);
  assert.deepEqual(verdicts(of("0.3925", "0.02")), ["wrong", "wrong"]);
});

test("numbers with many digits are told apart by them", () => {
  const [claim] = analyze("So 0.5 · 0.16432878 = 0.08216449.", "markdown", "answer").claims;
  assert.equal(claim?.reason, "The left side is 0.08216439, the right side 0.08216449.");
});
