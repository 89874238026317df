import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, analyzeNotebook } from "../../../src/check/analyze.js";
import { readNotebook } from "../../../src/read/document/notebook.js";

/** Claims of one homework system: what the document says before, and each claim with its verdict. */
interface System {
  readonly name: string;
  readonly before?: readonly string[];
  readonly claims: readonly (readonly [latex: string, verdict: "right" | "rounded" | "wrong" | "not understood"])[];
}

const W = "\\begin{pmatrix} 1 & 0 \\\\ 3 & 4 \\\\ 1 & 2 \\end{pmatrix}";

const systems: readonly System[] = [
  {
    name: "1, cost of matrix products",
    before: ["W \\in \\mathbb{R}^{d_{out} \\times d_{in}}", "x \\in \\mathbb{R}^{d_{in}}"],
    claims: [
      ["\\frac12 (3I - W W^\\top) W = \\frac12 (3W - W (W^\\top W))", "right"],
      ["\\frac12 (3I - W W^\\top) W = \\frac12 (3W - (W^\\top W) W)", "wrong"],
      ["W W x = W (W x)", "wrong"],
      ["x^\\top W^\\top W x = (W x)^\\top (W x)", "right"],
      ["c d_{out}^2 d_{in} + c d_{out}^2 d_{in} = 2 c d_{in} d_{out}^2", "right"],
    ],
  },
  {
    name: "3, closed forms of geometric sums",
    claims: [
      ["\\sum_{k=0}^{n} 2^{-k} = 2 - 2^{-n}", "right"],
      ["\\sum_{k=0}^{6} 2^{-(n-k)} = 127 \\cdot 2^{-n}", "right"],
      ["127 \\cdot 2^{-n} = \\frac{127}{64} \\cdot 2^{-(n-6)}", "right"],
      ["127 \\cdot 2^{-n} = \\frac{127}{64} \\cdot 2^{-(n-7)}", "wrong"],
      ["\\sum_{k=0}^{L-1} a^{n-k} = \\frac{a^{n-L+1} (1 - a^L)}{1 - a}", "right"],
      ["\\sum_{k=0}^{L-1} 2^{-(n-k)} = 2^{-n} (2^L - 1)", "right"],
      ["2 - 2^{-6} = 1.984375", "right"],
      ["127 \\cdot 2^{-7} = \\frac{127}{128} \\approx 0.992", "rounded"],
      ["127 \\cdot 2^{-12} \\approx 0.031", "rounded"],
      ["127 \\cdot 2^{-12} \\approx 0.041", "wrong"],
    ],
  },
  {
    name: "5, layer formulas",
    claims: [
      ["F K^2 C + F = F (K^2 C + 1)", "right"],
      ["F K^2 C + F = F (K C + 1)", "wrong"],
      ["\\lfloor (W - K + 2P)/S \\rfloor + 1 = \\left\\lfloor \\frac{W + 2P - K}{S} \\right\\rfloor + 1", "right"],
      ["\\lfloor (W - K + 2P)/S \\rfloor + 1 = \\left\\lceil \\frac{W + 2P - K}{S} \\right\\rceil + 1", "wrong"],
      ["K + (L-1)(K-1) = 1 + L(K-1)", "right"],
      ["K + (L-1)(K-1) = L(K-1)", "wrong"],
      ["\\lfloor (7 - 2)/3 \\rfloor + 1 = 2", "right"],
      ["\\lfloor (36 - 3 + 2 \\cdot 3)/2 \\rfloor + 1 = 20", "right"],
      ["\\lceil (36 - 3 + 2 \\cdot 3)/2 \\rceil + 1 = 20", "wrong"],
    ],
  },
  {
    name: "9, moments",
    before: ["m = n - k + 1"],
    claims: [
      ["m^2 \\sigma_x^2 \\sigma_g^2 = (n-k+1)^2 \\sigma_x^2 \\sigma_g^2", "right"],
      ["\\sqrt{m^2 \\sigma_x^2 \\sigma_g^2} = m \\sigma_x \\sigma_g", "right"],
      ["m^2 \\sigma_x^2 \\sigma_g^2 = (n-k-1)^2 \\sigma_x^2 \\sigma_g^2", "wrong"],
    ],
  },
  {
    name: "11, dropout",
    claims: [
      ["(p - p^2) w^\\top w = p(1-p) w^\\top w", "right"],
      ["(p^2 - p) w^\\top w = p(1-p) w^\\top w", "wrong"],
    ],
  },
  {
    name: "12, memory",
    claims: [
      ["58164298 \\cdot 4 / 10^6 \\approx 232.66", "rounded"],
      ["58164298 \\cdot 4 / 2^{20} \\approx 222", "rounded"],
      ["58164298 \\cdot 8 / 10^6 \\approx 232", "wrong"],
    ],
  },
  {
    name: "13, a numeric network",
    claims: [
      [
        `${W} \\begin{pmatrix} 2 \\\\ 1 \\end{pmatrix} + \\begin{pmatrix} 0 \\\\ -2 \\\\ 5 \\end{pmatrix} = \\begin{pmatrix} 2 \\\\ 8 \\\\ 9 \\end{pmatrix}`,
        "right",
      ],
      [
        `${W} \\begin{pmatrix} 2 \\\\ 1 \\end{pmatrix} + \\begin{pmatrix} 0 \\\\ -2 \\\\ 5 \\end{pmatrix} = \\begin{pmatrix} 2 \\\\ 10 \\\\ 9 \\end{pmatrix}`,
        "wrong",
      ],
      [
        "\\begin{pmatrix} 8 \\\\ -12 \\end{pmatrix} \\begin{pmatrix} 2 & 8 & 9 \\end{pmatrix} = \\begin{pmatrix} 16 & 64 & 72 \\\\ -24 & -96 & -108 \\end{pmatrix}",
        "right",
      ],
      [
        "\\begin{pmatrix} 8 \\\\ -12 \\end{pmatrix} \\begin{pmatrix} 2 & 8 & 9 \\end{pmatrix} = \\begin{pmatrix} 16 & 64 & 72 \\\\ -24 & -46 & -108 \\end{pmatrix}",
        "wrong",
      ],
      ["\\frac{\\partial}{\\partial \\hat y} (y - \\hat y)^2 = 2(\\hat y - y) = -2(y - \\hat y)", "right"],
    ],
  },
  {
    name: "14, counting",
    claims: [
      ["10 \\cdot 6 \\cdot 5 = 300", "right"],
      ["300 \\cdot 10 \\cdot 2 = 6000", "right"],
      ["\\frac{\\ln(1 - 0.95)}{\\ln 0.95} \\approx 58.4", "rounded"],
      ["\\frac{\\ln(1 - 0.995)}{\\ln 0.95} \\approx 103.29", "rounded"],
      ["\\left\\lceil \\frac{\\ln(1 - 0.995)}{\\ln 0.95} \\right\\rceil = 104", "right"],
      ["\\left\\lceil \\frac{\\ln(1 - 0.995)}{\\ln 0.95} \\right\\rceil = 103", "wrong"],
    ],
  },
  {
    name: "16, vanishing gradients",
    claims: [
      ["0.01 \\cdot 0.005 \\cdot 0.1 = 0.000005", "right"],
      ["0.01 \\cdot (0.005 \\cdot 0.1 + 1) = 0.010005", "right"],
      ["0.01 \\cdot (0.005 \\cdot 0.1 + 1) = 0.01005", "wrong"],
      ["0.5^{6+1} = 0.0078125", "right"],
      ["0.5 \\cdot 1.25^{6/2} = 0.9765625", "right"],
    ],
  },
  {
    name: "17, derivatives",
    before: ["\\sigma(x) = \\frac{1}{1 + e^{-x}}"],
    claims: [
      ["\\frac{d}{dx} \\tanh x = 1 - \\tanh^2 x", "right"],
      ["\\frac{d}{dx} \\tanh x = 1 + \\tanh^2 x", "wrong"],
      ["(e^x - e^{-x}) \\cdot \\frac{-1}{(e^x + e^{-x})^2} \\cdot (e^x - e^{-x}) = -\\tanh^2 x", "right"],
      ["\\sigma'(x) = \\sigma(x) (1 - \\sigma(x))", "right"],
      ["\\sigma'(x) = \\sigma(x) (1 + \\sigma(x))", "wrong"],
    ],
  },
  {
    name: "19, blocks",
    claims: [
      ["2 (3 \\cdot 3 \\cdot 32 \\cdot 32 + 32) + 2 \\cdot 2 \\cdot 32 = 18624", "right"],
      ["2 (3 \\cdot 3 \\cdot 32 \\cdot 32 + 32) + 2 \\cdot 2 \\cdot 32 = 18496", "wrong"],
      [
        "(128 \\cdot 32 + 32) + (9 \\cdot 32 \\cdot 32 + 32) + (32 \\cdot 128 + 128) + 2 (32 + 32 + 128) = 17{,}984",
        "right",
      ],
    ],
  },
];

/** A notebook with one cell of text. */
const notebookOf = (text: string): string =>
  JSON.stringify({
    cells: [{ cell_type: "markdown", metadata: {}, source: [text] }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

/** The verdicts of the last chain of a document in each kind of file. */
function verdictsOf(before: readonly string[], latex: string): readonly (readonly string[])[] {
  const markdown = `${before.map((b) => `Let $${b}$.`).join("\n")}\n\nSo\n\n$$${latex}$$\n`;
  const tex = `${before.map((b) => `Let \\(${b}\\).`).join("\n")}\n\\begin{align}\n${latex}\n\\end{align}\n`;
  const notebook = readNotebook(notebookOf(markdown));
  assert.ok("cells" in notebook);
  const steps = latex.split(/=|\\approx/).length - 1;
  return [
    analyze(markdown, "markdown", "answer"),
    analyze(tex, "latex", "answer"),
    ...analyzeNotebook(notebook.cells, "answer").slice(0, 1),
  ].map(({ claims }) => claims.slice(-steps).map((c) => c.verdict));
}

for (const { name, before = [], claims } of systems)
  test(`the claims of system ${name}, get their verdicts in Markdown, LaTeX and a notebook`, () => {
    for (const [latex, verdict] of claims)
      for (const found of verdictsOf(before, latex)) {
        const worst = ["wrong", "not understood", "rounded", "right"].find((v) => found.includes(v));
        assert.equal(worst, verdict, `${latex}: ${found.join()}`);
      }
  });
