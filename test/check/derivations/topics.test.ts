import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { derivationPage } from "../../../src/host/derivationPage.js";

/** Claims of the homework systems, by what they are about; each is a document of its own under one heading that says nothing. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  "Matrix products and their cost": [
    "Let $W \\in \\mathbb{R}^{d_{out} \\times d_{in}}$. Multiplying n×m by m×p costs $c n m p$. The product $W W^\\top$ costs $c d_{out}^2 d_{in}$.",
    "Let $W \\in \\mathbb{R}^{d_{out} \\times d_{in}}$. Then $W^\\top W$ is $d_{out} \\times d_{out}$.",
    "Let $W \\in \\mathbb{R}^{d_{out} \\times d_{in}}$. Then $W W$ is next.",
  ],
  "Unit scaling": [
    "The weights are random with variance 1 and $y = c W x$ has $d_{in}$ inputs, so the scale $c = \\frac{1}{\\sqrt{d_{in}}}$ keeps the variance.",
    "With a sign update of rank 1 and $c = 1/\\sqrt{d_{in}}$, the step is $\\alpha = 1/\\sqrt{d_{out}}$.",
    "A rank-1 sign matrix has $\\|u v^\\top\\| = \\sqrt{d_{out} d_{in}}$.",
  ],
  "Convolution of sequences": [
    "$x[n] = u[n] - u[n-7]$, $h[n] = (1/2)^n u[n]$ and $y = x * h$. Then $y[6] = 1.984375$.",
    "$x[n] = u[n] - u[n-7]$, $h[n] = (1/2)^n u[n]$ and $y = x * h$. Then $y[n] = 2 - 2^{-n}$ for $0 \\le n \\le 6$.",
  ],
  "2-D convolution": [
    "$I = \\begin{pmatrix}6&0&1\\\\3&4&1\\\\1&7&0\\end{pmatrix}$, $K = \\begin{pmatrix}1&0\\\\0&-1\\end{pmatrix}$. The cross-correlation is $I \\star K = \\begin{pmatrix}2&-1\\\\-4&4\\end{pmatrix}$.",
  ],
  "Output sizes and parameters": [
    "The output size is $W_{out} = \\lfloor (W - K + 2P)/S \\rfloor + 1$.",
    "The output size is $W_{out} = \\lceil (W - K + 2P)/S \\rceil + 1$.",
    "A convolution has $F$ filters of size $K$ and $C$ channels. The number of parameters is $F (K^2 C + 1)$.",
    "$\\lfloor (36 - 3 + 2 \\cdot 3)/2 \\rfloor + 1 = 20$",
  ],
  "Receptive field": [
    "The receptive field of $L$ convolutions is $RF = 1 + L (K - 1)$.",
    "The receptive field of $L$ convolutions is $RF = L K$.",
  ],
  Equivariance: [
    "A network with circular padding and global average pooling: $x_1 = \\begin{pmatrix}1&1\\\\0&0\\end{pmatrix}$, $x_2 = \\begin{pmatrix}0&0\\\\1&1\\end{pmatrix}$. Then $f(x_2) = f(x_1)$.",
  ],
  "Gradients of a convolution": [
    "The layer correlates: $Y = X \\star w$. Its gradient is $dw = X \\star dY$.",
    "The layer is a cross-correlation. The gradient $dX$ is the full convolution of $dY$ with the kernel.",
  ],
  "Mean and variance": [
    "$x$ and $dy$ are independent with mean 0, $m = n - k + 1$. $\\mathrm{Var}(dw) = m^2 \\sigma_x^2 \\sigma_g^2$.",
    "$x$ and $dy$ are independent with mean 0. $\\mathrm{Var}(dw) = m \\sigma_x^2 \\sigma_g^2$.",
  ],
  "Gradients of pooling": [
    "Average pooling with 2×2 windows: $dx = dy/4$.",
    "Average pooling with 2×2 windows: $dx = dy/2$.",
  ],
  "Dropout and least squares": [
    "$x = (10, 1)$ and $y = 11$. The least-norm solution is $w = (1.08910891, 0.10891089)$.",
  ],
  Memory: [
    "ResNet-152 has 58,164,298 parameters, which is 232 MB in float32.",
    "Besides the weights, Adam keeps 2× the weights.",
    "$58164298 \\cdot 4 = 232.66$ MB",
  ],
  Backpropagation: [
    "$W_1 = \\begin{pmatrix}1&0\\\\3&4\\end{pmatrix}$, $x = \\begin{pmatrix}2\\\\1\\end{pmatrix}$. Then $a_1 = W_1 x = \\begin{pmatrix}2\\\\10\\end{pmatrix}$.",
    "$\\frac{\\partial L}{\\partial b_3} = 2 \\cdot (8 - 10) = -4$",
    "$\\delta_3 = 2 \\cdot (-1.8) = -3.6$",
  ],
  "Counting and probability": [
    "$300 \\cdot 20 = 6000$ min",
    "$N \\ge 58.4$, so $N = 59$.",
    "$1 - 0.95^N \\ge q \\iff N \\ge \\frac{\\ln(1 - q)}{\\ln 0.95}$",
  ],
  "Update rules": [
    "With $w_0 = 1$ one step gives $w_1 = w_0 - 0.1 \\cdot 2 = 0.8$.",
    "$w_{t+1} = w_t - \\eta X \\star dY$ for $Y = X \\star w$",
  ],
  Derivatives: ["$\\frac{d}{dx} \\tanh x = 1 - \\tanh^2 x$", "$\\frac{d}{dx} x^3 = 2 x^2$"],
  "Batch norm": ["Behind a convolution, batch norm's mean has the shape $1 \\times 1 \\times 1 \\times C$."],
  "Convolution as a matrix": [
    "The matrix of this convolution is $A = \\begin{pmatrix} w_1 & w_2 & w_3 & 0 \\\\ 0 & w_1 & w_2 & w_3 \\end{pmatrix}$.",
  ],
  "Other equations": [
    "$3 \\cdot 3 = 9$",
    "$(a + b)^2 = a^2 + 2 a b + b^2$",
    "$0.01 \\cdot 0.005 \\cdot 0.1 = 0.000005$",
  ],
};

test("Claims are told apart by what they are about, and not by their heading.", () => {
  for (const [topic, documents] of Object.entries(TOPICS))
    for (const document of documents) {
      const { steps } = analyze(`# Homework\n\n${document}\n`, "markdown", "answer");
      const decided = steps.filter(({ verdict }) => verdict !== "not understood");
      assert.ok(
        decided.some((step) => step.topic === topic),
        `${topic}: ${document}: ${JSON.stringify(steps)}`,
      );
    }
});

test("The report begins with a row for each topic, with its verdicts counted and a link to the first wrong claim.", () => {
  const { steps } = analyze(
    "# One\n\n$3 + 4 = 7$, $3 + 4 = 8$, $2 + 4 = 7$\n\n$\\frac{d}{dx} x^3 = 3 x^2$\n",
    "markdown",
    "answer",
  );
  const page = derivationPage([{ uri: "file:///a.md", steps }], "", "");
  const rows = page.slice(0, page.indexOf("<section>")).split("<tr>").slice(2);
  const cells = rows.map((row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, inside = ""]) => inside));
  assert.deepEqual(
    cells.map((row) => row.map((cell) => cell.replace(/<.*?>/g, ""))),
    [
      ["Other equations", "1", "", "2", "", "3 + 4 = 8"],
      ["Derivatives", "1", "", "", "", ""],
    ],
  );
  assert.match(cells[0]?.at(-1) ?? "", /href="command:dimsum\.jumpTo/);
});
