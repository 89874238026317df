import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { randomFrom } from "../../random.js";

type Verdict = "right" | "rounded" | "wrong" | "not understood";

const verdictsOf = (text: string, language: "markdown" | "latex" | "plaintext" = "markdown"): readonly Verdict[] =>
  analyze(text, language, "answer").claims.map((c) => c.verdict as Verdict);

test("What a step rounds in its terms is rounded, and wrong where one of them is off by more than its digits", () => {
  const next = randomFrom(5);
  let caught = 0;
  for (let i = 0; i < 300; i++) {
    const logits = [1, 2, 3].map(() => Math.round(next() * 30) / 10);
    const digits = 2 + (i % 3);
    const powers = logits.map((z) => Math.exp(z));
    const written = powers.map((v) => v.toFixed(digits));
    const left = logits.map((z) => `e^{${z}}`).join(" + ");
    const claim = (terms: readonly string[]): string => `$${left} = ${terms.join(" + ")}$`;
    assert.match(verdictsOf(claim(written))[0] ?? "", /^(?:right|rounded)$/, claim(written));
    const off = written.map((v, n) => (n === i % 3 ? (Number(v) + 9 * 10 ** -digits).toFixed(digits) : v));
    if (verdictsOf(claim(off))[0] === "wrong") caught++;
  }
  assert.ok(caught >= 285, `${caught} of 300`);
});

test("A value is right from the number before it as it was, or as it was rounded", () => {
  const next = randomFrom(9);
  for (let i = 0; i < 200; i++) {
    const z = Math.round(next() * 20) / 10 + 0.1;
    const a = Math.tanh(z);
    const rounded = Number(a.toFixed(2));
    const [w, b] = [2 + Math.floor(next() * 4), 1 + Math.floor(next() * 3)];
    for (const value of [w * a - b, w * rounded - b])
      for (const said of [value, value + 0.5]) {
        const text = `$a = \\tanh(${z}) = ${rounded.toFixed(2)}$ and $${w} a - ${b} = ${said.toFixed(3)}$`;
        const last = verdictsOf(text).at(-1) ?? "";
        assert.match(last, said === value ? /^(?:right|rounded)$/ : /^(?:wrong|not understood)$/, text);
      }
  }
});

test("Commas before decimals and points between thousands are read where a text has them, in Markdown and in LaTeX", () => {
  const next = randomFrom(3);
  const comma = (x: number, digits: number): string => x.toFixed(digits).replace(".", ",");
  for (let i = 0; i < 200; i++) {
    const [a, b] = [Math.floor(next() * 90 + 10) / 100, Math.floor(next() * 900 + 100)];
    const product = Math.round(a * b * 100) / 100;
    const thousands = (b * 1000).toLocaleString("de-DE");
    for (const [off, wanted] of [
      [0, /^(?:right|rounded)$/],
      [3, /^wrong$/],
    ] as const) {
      const text = `Mit $p = 0,25$ ist $${comma(a, 2)} \\cdot ${b} = ${comma(product + off, 2)}$ und $${b} \\cdot 1000 = ${thousands}$.`;
      for (const language of ["markdown", "latex"] as const) {
        const [product, thousand] = verdictsOf(text, language);
        assert.match(product ?? "", wanted, text);
        assert.equal(thousand, "right", text);
      }
    }
  }
  assert.deepEqual(verdictsOf("$1/\\sqrt{100} = 0{,}1$, $1/\\sqrt{100} = 0{,}2$, $0{,}25 \\cdot 4 = 1$"), [
    "right",
    "wrong",
    "right",
  ]);
});

test("A number in a box, in bold, or behind a word is read as it stands there", () => {
  for (const [form, language] of [
    ["$784 \\cdot 256 + 256 = \\boxed{N}$", "markdown"],
    ["$784 \\cdot 256 + 256 = \\mathbf{N}$", "latex"],
    ["Parameters: 784 × 256 + 256 = **N** in all", "markdown"],
    ["**Parameters:** 784 × 256 + 256 = N", "markdown"],
    ["Params = 784 * 256 + 256 = N", "plaintext"],
    ["784 × 256 + 256 = __N__.", "markdown"],
    ["784 · 256 + 256 = N, which is most of it", "plaintext"],
  ] as const)
    for (const [number, verdict] of [
      ["200,960", "right"],
      ["200,970", "wrong"],
    ] as const)
      assert.deepEqual(verdictsOf(form.replace("N", number), language), [verdict], form);
});

/** Right statements, as people write them, that were called wrong once. */
const right: readonly (readonly [name: string, text: string])[] = [
  [
    "a sum that nobody bounds",
    "All have the same variance, so $\\sum_{i,j} \\sigma_x^2\\sigma_g^2 = m^2\\sigma_x^2\\sigma_g^2$.",
  ],
  [
    "the cost of one product of several",
    "Let $W\\in\\mathbb{R}^{d_{out}\\times d_{in}}$. $W^TW$ costs $c\\,d_{out}d_{in}^2$ and then $W(W^TW)$ costs $c\\,d_{out}d_{in}^2$, in total $2c\\,d_{out}d_{in}^2$.",
  ],
  [
    "“the same” in a sentence about a convolution",
    "$x=\\begin{bmatrix}1&2&3\\\\4&5&6\\\\7&8&9\\end{bmatrix}$, $h=\\begin{bmatrix}1&0\\\\0&1\\end{bmatrix}$. Without padding, all others are the same: $x * h = \\begin{bmatrix}6&8\\\\12&14\\end{bmatrix}$",
  ],
  [
    "a case that is looked at in between",
    "$c = \\sqrt{\\frac{2}{d_{in}+d_{out}}}$ and for $d_{in}=d_{out}=d$: $c = \\frac{1}{\\sqrt d}$. Next, $\\frac{1}{c}\\sqrt{d_{out}} = \\sqrt{\\frac{d_{in}+d_{out}}{2}}\\sqrt{d_{out}}$",
  ],
  ["a square layer", "Let $d_{in}=d_{out}=d$. The Muon step is bounded by $\\alpha\\le\\sqrt d$."],
  [
    "moments of entries",
    "$g$ and $x$ are independent with mean 0. $\\sum_{i,j}\\mathrm{Var}[g_{ij}x_{ij}] = \\sum_{i,j}\\mathbb{E}[g_{ij}^2]\\mathbb{E}[x_{ij}^2]$",
  ],
  ["the variance of dy", "$\\mathrm{Var}(dy) = \\mathbb{E}[dy^2] - \\mathbb{E}[dy]^2$"],
  [
    "a mask beside data",
    "Let $R_{ij}\\sim\\text{Bernoulli}(p)$. $\\mathbb{E}[\\|y-(R\\odot X)w\\|^2] = \\|y\\|^2 - 2y^T\\mathbb{E}[R\\odot X]w + w^T\\mathbb{E}[(R\\odot X)^T(R\\odot X)]w$",
  ],
  ["a list that is transposed", "$x=(1,2)^T$, $W=\\begin{pmatrix}1&0\\\\3&4\\\\1&2\\end{pmatrix}$, $Wx = (1,11,5)^T$"],
  [
    "a letter that is declared later",
    "$W\\in\\mathbb{R}^{3\\times4}$, so $W^T\\delta\\in\\mathbb{R}^4$ where $\\delta\\in\\mathbb{R}^3$.",
  ],
  [
    "a matrix that is declared later",
    "$a_1\\in\\mathbb{R}^{3}$, $W_2a_1\\in\\mathbb{R}^{2}$ since $W_2$ is $2\\times3$.",
  ],
  ["an error called e", "The error is $e = 0.9 - 0.5 = 0.4$, so $e^2 = 0.16$ and $\\frac12 e^2 = 0.08$."],
  ["a letter that is also a unit", "$k=2$: $\\frac{d}{dk}k^2 = 2k$"],
  ["minutes as hours", "$300 \\cdot 10 \\cdot 2 = 100$ hours"],
  ["a logarithm of what may be negative", "$\\log\\frac{p}{1-p} = x$"],
  ["the values of an index", "For $n = 0, 1, \\dots, 6$ we have $2^n \\ge 1$."],
];

for (const [name, text] of right)
  test(`No finding: ${name}.`, () => {
    for (const language of ["markdown", "latex"] as const)
      assert.deepEqual(analyze(text, language, "answer").findings, []);
  });

test("A value that is said before does not make a wrong calculation of it right", () => {
  assert.equal(verdictsOf("We claim $N = 740$. Proof: $N = 10 \\cdot 76 = 740$").at(-1), "wrong");
  assert.ok(verdictsOf("$1/4^3 = 1/12 = 0.015625$").includes("wrong"));
  assert.notEqual(verdictsOf("$1/\\sqrt{400} = 0.1$")[0], "rounded");
});

test("The cost of one product of several is not that of all, and neither is another", () => {
  const before = "Let $A\\in\\mathbb{R}^{m\\times n}$ and $B\\in\\mathbb{R}^{n\\times p}$, $x\\in\\mathbb{R}^p$.";
  for (const [cost, verdict] of [
    ["np + mn", "right"],
    ["mn", "not understood"],
    ["np + mp", "wrong"],
  ] as const)
    assert.deepEqual(verdictsOf(`${before} Then $A(Bx)$ costs $${cost}$.`), [verdict], cost);
});
