import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

type Language = "markdown" | "latex" | "plaintext";

const verdictsOf = (text: string, language: Language = "markdown"): readonly string[] =>
  analyze(text, language, "answer").claims.map(({ verdict }) => verdict);

test("In LaTeX, sums that are typed without dollars are checked, and settings are not.", () => {
  const random = randomFrom(51);
  for (let i = 0; i < 100; i++) {
    const [f, k, c] = [pick(random, [6, 8, 16]), pick(random, [3, 5]), pick(random, [1, 3, 10])];
    const say = (n: number): string =>
      pick(random, [`Parameters: ${f}*(${k}*${k}*${c} + 1) = ${n}`, `So P_1 = ${f}*${k}*${k}*${c} + ${f} = ${n}.`]);
    const count = f * (k * k * c + 1);
    assert.deepEqual(verdictsOf(say(count), "latex"), ["right"]);
    assert.deepEqual(verdictsOf(say(count - f), "latex"), ["wrong"]);
  }
  const settings = String.raw`\includegraphics[width=0.5\textwidth]{a=3*4=5.png} \hspace{2*3} \setlength{\x}{1} \foo[n=3,m=4] a = b`;
  assert.deepEqual(
    verdictsOf(settings, "latex").filter((v) => v === "wrong"),
    [],
  );
});

test("Fractions in one sign, small powers behind functions and arrows that assign are read.", () => {
  assert.deepEqual(verdictsOf("½·(3 − 1)² = 2"), ["right"]);
  assert.deepEqual(verdictsOf("¼·(1 + 2 + 3 + 6) = 3 and ⅔·9 = 5"), ["right", "wrong"]);
  assert.deepEqual(verdictsOf("1½·2 = 3, 2¾ = 2.75 and 1½·2 = 1"), ["right", "right", "wrong"]);
  assert.deepEqual(verdictsOf("d/dx tanh(x) = 1 − tanh²(x)"), ["right"]);
  assert.deepEqual(verdictsOf("d/dx tanh(x) = 1 + tanh²(x)"), ["wrong"]);
  assert.deepEqual(verdictsOf("Let σ(x) = 1/(1+exp(-x)). Then σ′(x) = σ(x)(1 − σ(x))."), ["right"]);
  const update = (n: string): string =>
    String.raw`$v \leftarrow \begin{pmatrix} 1 \\ 2 \end{pmatrix} - 0.5 \begin{pmatrix} 4 \\ -2 \end{pmatrix} = \begin{pmatrix} -1 \\ ${n} \end{pmatrix}$`;
  assert.deepEqual(verdictsOf(update("3")), ["right"]);
  assert.deepEqual(verdictsOf(update("1")), ["wrong"]);
});

const IMAGE = String.raw`$$I = \begin{bmatrix} 1 & 2 & 0 & 1 \\ 0 & 1 & 3 & 1 \\ 2 & 1 & 0 & 0 \\ 1 & 0 & 1 & 2 \end{bmatrix}, \qquad K = \begin{bmatrix} 1 & 0 \\ 2 & -1 \end{bmatrix}$$`;

test("A kernel that is written turned is no result of the convolution, and each question has its own stride.", () => {
  const text = String.raw`${IMAGE}

With stride 2 the cross-correlation is

$$Y = \begin{bmatrix} 0 & 5 \\ 4 & 0 \end{bmatrix}$$

True convolution flips the kernel, $K' = \begin{bmatrix} -1 & 2 \\ 0 & 1 \end{bmatrix}$, so

$$I * K = \begin{bmatrix} 4 & 1 & 3 \\ 3 & 5 & -1 \\ 0 & 0 & 2 \end{bmatrix}$$`;
  assert.deepEqual(verdictsOf(text), ["right", "right"]);
  assert.deepEqual(verdictsOf(text.replace("3 & 5 & -1", "3 & 6 & -1")), ["right", "wrong"]);
  assert.deepEqual(verdictsOf(text.replace("0 & 5 \\\\ 4 & 0", "0 & 5 \\\\ 4 & 1")), ["wrong", "right"]);
});

test("Of a convolution of which nothing is sure, the sums behind it are checked all the same.", () => {
  const say = (y: string): string =>
    `The input is $x[n] = u[n] - u[n-7]$ and the impulse response $h[n] = (1/2)^n u[n]$.\n\n$y[10] = 127 \\cdot 2^{-10} \\approx ${y}$`;
  assert.ok(verdictsOf(say("0.125")).includes("wrong"));
  assert.ok(!verdictsOf(say("0.124")).includes("wrong"));
});

test("Signs that are lost in a vector, a fraction that is turned over, and letters that have a value are seen.", () => {
  const given = String.raw`$x = \begin{pmatrix}1\\-1\end{pmatrix}$ and $W = \begin{pmatrix}2&1\\0&3\end{pmatrix}$. `;
  assert.deepEqual(verdictsOf(String.raw`${given}$W^\top x = \begin{pmatrix}2\\-2\end{pmatrix}$`), ["right"]);
  assert.deepEqual(verdictsOf(String.raw`${given}$W^\top x = \begin{pmatrix}2\\2\end{pmatrix}$`), ["wrong"]);
  assert.deepEqual(verdictsOf(String.raw`$\frac{2m^2n}{2mn^2} = \frac{m}{n}$`), ["right"]);
  assert.deepEqual(verdictsOf(String.raw`$\frac{2m^2n}{2mn^2} = \frac{n}{m}$`), ["wrong"]);
  assert.deepEqual(verdictsOf("For $p = 0.8$: $p - p^2 = p(1-p)$."), ["right"]);
  assert.deepEqual(verdictsOf("For $p = 0.8$: $p - p^2 = p(p-1)$."), ["wrong"]);
});

test("Thousands with thin spaces, and numbers that are counted in thousands on both sides, are read.", () => {
  const random = randomFrom(64);
  for (let i = 0; i < 60; i++) {
    const [n, m] = [1000 + Math.floor(random() * 8000), 2 + Math.floor(random() * 50)];
    const thin = (x: number): string => String(x).replace(/\B(?=(?:\d{3})+$)/g, "\\,");
    assert.deepEqual(verdictsOf(`$${thin(n)} \\cdot ${m} = ${thin(n * m)}$`), ["right"]);
    assert.deepEqual(verdictsOf(`$${thin(n)} \\cdot ${m} = ${thin(n * m + 10)}$`), ["wrong"]);
    assert.deepEqual(verdictsOf(`${m + 9}k - ${m}k = 9k`), ["right"]);
  }
});
