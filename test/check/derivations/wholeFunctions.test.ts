import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

/** Ways to write the gradient by w of a function L of w. */
const GRADIENTS: readonly string[] = [
  String.raw`\nabla_w L`,
  String.raw`\nabla_w L(w)`,
  String.raw`\nabla_{w} L(w)`,
  String.raw`\nabla L(w)`,
  String.raw`\nabla L`,
  "L'(w)",
  String.raw`\frac{dL}{dw}`,
  String.raw`\frac{d}{dw} L(w)`,
  String.raw`\frac{\partial L}{\partial w}`,
  String.raw`\frac{\partial L(w)}{\partial w}`,
];

const TRANSPOSED: readonly string[] = ["^T", "^{T}", String.raw`^\top`, String.raw`^{\top}`, String.raw`^\mathsf{T}`];

test("The gradient of a squared distance is right with its own factor, in whichever signs it is written.", () => {
  const random = randomFrom(12);
  for (let i = 0; i < 300; i++) {
    const t = pick(random, TRANSPOSED);
    const [factor, doubled] = pick(random, [
      ["", 2],
      [String.raw`\frac{1}{2}`, 1],
      ["3", 6],
    ] as const);
    const squared = pick(random, [String.raw`\|Xw - y\|^2`, String.raw`\|Xw-y\|_2^2`, `(Xw-y)${t}(Xw - y)`]);
    const isRight = random() < 0.5;
    const said = isRight
      ? doubled
      : doubled +
        pick(
          random,
          [-2, -1, 1, 2].filter((d) => d + doubled !== 0),
        );
    const inner = pick(random, ["(Xw-y)", "(Xw - y)"]);
    const answer = `${said === 1 ? "" : said === -1 ? "-" : said}X${t}${inner}`;
    const text = `Let $X \\in \\mathbb{R}^{n \\times d}$, $w \\in \\mathbb{R}^d$ and $y \\in \\mathbb{R}^n$.

The loss is $L(w) = ${factor}${squared}$.

$$${pick(random, GRADIENTS)} = ${answer}$$`;
    assert.deepEqual(verdicts(text), [isRight ? "right" : "wrong"], text);
  }
});

test("The gradient of a function of several numbers is the column, or the row, of its derivatives.", () => {
  const random = randomFrom(5);
  for (let i = 0; i < 200; i++) {
    const [a, b, c] = [1, 2, 3].map(() => 2 + Math.floor(random() * 7)) as [number, number, number];
    const isRight = random() < 0.5;
    const off = isRight ? 0 : pick(random, [-1, 1]);
    const [first, second] = [`${2 * a + off}xy + ${b}`, `${a}x^2 + ${3 * c}y^2`];
    const column = pick(random, [
      `(${first}, ${second})`,
      `(${first}, ${second})^T`,
      String.raw`\begin{pmatrix} ${first} \\ ${second} \end{pmatrix}`,
      String.raw`\begin{bmatrix} ${first} & ${second} \end{bmatrix}^\top`,
    ]);
    const text = `Let $f(x, y) = ${a}x^2y + ${b}x + ${c}y^3$.\n\n$$\\nabla f(x, y) = ${column}$$`;
    assert.deepEqual(verdicts(text), [isRight ? "right" : "wrong"], text);
  }
});

test("Of a function of one number the gradient is its derivative, also at a number.", () => {
  const text = (gradient: string): string => `Let $f(x) = x^3 - 2x$.\n\n$${gradient}$`;
  assert.deepEqual(verdicts(text(String.raw`\nabla f(x) = 3x^2 - 2`)), ["right"]);
  assert.deepEqual(verdicts(text(String.raw`\nabla f(2) = 10`)), ["right"]);
  assert.deepEqual(verdicts(text(String.raw`\nabla f(x) = 3x^2 + 2`)), ["wrong"]);
});

/** What comes back through a hidden layer of ReLUs, entry by entry, with a slope of 0 at 0. */
function passedBack(w: readonly number[], z: readonly number[], error: number): readonly number[] {
  return w.map((weight, i) => ((z[i] ?? 0) > 0 ? weight * error : 0));
}

test("A gradient through ReLU at 0 is right as programs have it, and what does not pass there does not ask for it.", () => {
  const random = randomFrom(8);
  const whole = (): number => Math.floor(random() * 7) - 3;
  for (let i = 0; i < 150; i++) {
    const [w, z] = [
      [whole(), whole()],
      [pick(random, [0, 0, 2, -1]), whole()],
    ];
    const [t, b] = [whole(), whole()];
    const h = z.map((x) => Math.max(0, x));
    const y = w.reduce((sum, weight, j) => sum + weight * (h[j] ?? 0), b);
    const error = y - t;
    const isRight = random() < 0.6;
    const bias = error + (isRight ? 0 : 1);
    const back = passedBack(w, z, error);
    const column = (v: readonly number[]): string =>
      String.raw`\begin{bmatrix} ${v.join(String.raw` \\ `)} \end{bmatrix}`;
    const text = `Let $z = ${column(z)}$, $w = ${column(w)}$, $b = ${b}$ and $t = ${t}$.

$$h = \\mathrm{ReLU}(z) = ${column(h)}$$

$$y = w^T h + b = ${y}$$

$$L = \\frac12 (y - t)^2 = ${error ** 2 / 2}$$

$$\\frac{\\partial L}{\\partial b} = ${bias}$$

$$\\frac{\\partial L}{\\partial z} = ${column(back)}$$`;
    const [, , , ofBias, ofSum] = verdicts(text);
    if (isRight) assert.equal(ofBias, "right", text);
    else assert.notEqual(ofBias, "right", text);
    assert.equal(ofSum, "right", text);
  }
});
