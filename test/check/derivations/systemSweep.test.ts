import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

type Rows = readonly (readonly number[])[];
type Case = Readonly<Record<string, Rows>> & { readonly kind: string };

/** The lines of one kind, as PyTorch has them. */
const casesOf = (file: string, kind: string): readonly Case[] =>
  readFileSync(`test/oracle/${file}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case)
    .filter((c) => c.kind === kind);

const latex = (m: Rows | number): string =>
  typeof m === "number"
    ? String(m)
    : m.length === 1 && m[0]?.length === 1
      ? String(m[0][0])
      : `\\begin{pmatrix} ${m.map((row) => row.join(" & ")).join(" \\\\ ")} \\end{pmatrix}`;

/** With another number in one place. */
function spoilt(m: Rows, seed: number, by: number): Rows {
  const width = m[0]?.length ?? 1;
  const at = seed % (m.length * width);
  const digits = Math.max(0, ...m.flat().map((v) => String(v).split(".")[1]?.length ?? 0));
  return m.map((row, i) => row.map((v, j) => (i * width + j === at ? Number((v + by).toFixed(digits)) : v)));
}

const lastVerdict = (text: string): string | undefined => analyze(text, "markdown", "answer").claims.at(-1)?.verdict;

/** How many claims got which verdict. */
class Count {
  all = 0;
  readonly missed: string[] = [];

  add(isHit: boolean, text: string): void {
    this.all++;
    if (!isHit) this.missed.push(text);
  }

  atLeast(share: number): void {
    const hits = this.all - this.missed.length;
    assert.ok(
      this.all > 50 && hits >= share * this.all,
      `${hits} of ${this.all}\n\n${this.missed.slice(0, 3).join("\n\n")}`,
    );
  }
}

const d = (by: string): string => `\\frac{\\partial L}{\\partial ${by}}`;

test("a convolution's gradients are right as PyTorch has them, wrong with one other number, and wrong without the turn", () => {
  const [right, wrong, turned] = [new Count(), new Count(), new Count()];
  for (const [i, { x = [], w = [], y = [], dy = [], dx = [], dw = [], unturned = [] }] of casesOf(
    "derivationSystems",
    "slid",
  ).entries()) {
    const before = `$x = ${latex(x)}$, $w = ${latex(w)}$, $y = x \\star w = ${latex(y)}$, $${d("y")} = ${latex(dy)}$.\n\n`;
    for (const [by, m] of [
      ["x", dx],
      ["w", dw],
    ] as const) {
      const claim = (v: Rows): string => `${before}$${d(by)} = ${latex(v)}$`;
      right.add(lastVerdict(claim(m)) === "right", claim(m));
      wrong.add(lastVerdict(claim(spoilt(m, i, i % 2 ? 3 : -5))) === "wrong", claim(spoilt(m, i, i % 2 ? 3 : -5)));
    }
    const claim = `${before}$${d("x")} = ${latex(unturned)}$`;
    if (JSON.stringify(unturned) !== JSON.stringify(dx)) turned.add(lastVerdict(claim) === "wrong", claim);
  }
  right.atLeast(1);
  wrong.atLeast(0.95);
  turned.atLeast(0.95);
});

test("networks that are given by the values of their names are right as PyTorch has them, and never wrong", () => {
  const [right, wrong] = [new Count(), new Count()];
  for (const [i, c] of casesOf("derivations", "network").entries()) {
    const { given, layers, relu } = c as unknown as {
      given: Record<string, Rows>;
      layers: readonly Rows[];
      relu: boolean;
    };
    const before = `${Object.entries(given)
      .map(([name, m]) => `$${name} = ${latex(m)}$`)
      .join(", ")}. ${relu ? "ReLU in each layer but the last." : "All layers are linear."}\n\n`;
    const claims = (all: readonly Rows[]): string =>
      before + all.map((m, n) => `$a_${n + 1} = ${latex(m)}$`).join(", ");
    const { claims: found, findings } = analyze(claims(layers), "markdown", "answer");
    assert.deepEqual(findings, [], claims(layers));
    for (const [n] of layers.entries()) right.add(found[n]?.verdict === "right", claims(layers));
    if (layers.length < 3 || !relu) continue;
    const text = claims(layers.map((m, n) => (n === 1 ? spoilt(m, i, 3) : m)));
    wrong.add(analyze(text, "markdown", "answer").claims[1]?.verdict === "wrong", text);
  }
  right.atLeast(0.9);
});

test("sensitivities that are rounded at each step are right or rounded, and never wrong", () => {
  const decided = new Count();
  for (const c of casesOf("derivationSystems", "sensitivities")) {
    const value = (name: string): string => latex(c[name] ?? []);
    const text = [
      `$W_1 = ${value("W_1")}$ and $W_2 = ${value("W_2")}$, biases in the first row; $x = ${value("x")}$, $y = ${value("y")}$. First tanh, then the identity.`,
      `$s_1 = ${value("s_1")}$, $x_1 = ${value("x_1")}$, $x_2 = ${value("x_2")}$, $\\delta_2 = ${value("delta_2")}$, $\\delta_1 = ${value("delta_1")}$.`,
      `$\\frac{\\partial e}{\\partial W_1} = ${value("g_1")}$, $\\frac{\\partial e}{\\partial W_2} = ${value("g_2")}$`,
    ].join("\n\n");
    const { claims, findings } = analyze(text, "markdown", "answer");
    assert.deepEqual(findings, [], text);
    for (let i = 0; i < 7; i++) decided.add(/^(?:right|rounded)$/.test(claims[i]?.verdict ?? ""), text);
  }
  decided.atLeast(0.9);
});

test("the shortest least-squares solution is rounded to any digits, and wrong where one of them is off", () => {
  const [right, wrong] = [new Count(), new Count()];
  for (const [i, { X = [], y = [], w = [] }] of casesOf("derivationSystems", "leastSquares").entries()) {
    const digits = 2 + (i % 5);
    const written = w.map((row) => row.map((v) => v.toFixed(digits)));
    const text = (m: typeof written): string =>
      `$X = ${latex(X)}$${X.length === 1 ? " (one row)" : ""} and $y = ${latex(y)}$. The least-norm solution is $w = (${m.flat().join(", ")})$.`;
    right.add(/^(?:right|rounded)$/.test(lastVerdict(text(written)) ?? ""), text(written));
    const off = written.map((row, n) =>
      row.map((v) => (n === i % written.length ? (Number(v) + 2 * 10 ** -digits).toFixed(digits) : v)),
    );
    wrong.add(lastVerdict(text(off)) === "wrong", text(off));
  }
  right.atLeast(1);
  wrong.atLeast(0.95);
});

test("a convolution as a matrix gives the outputs and, turned, the gradients that PyTorch has", () => {
  const [right, wrong] = [new Count(), new Count()];
  for (const [i, { A = [], x = [], y = [], dy = [], dx = [] }] of casesOf("derivationSystems", "matrix").entries()) {
    const before = `$A = ${latex(A)}$, $X = ${latex(x)}$, $Y = A X = ${latex(y)}$, $${d("Y")} = ${latex(dy)}$.\n\n`;
    const claim = (m: Rows): string => `${before}$${d("X")} = A^\\top ${d("Y")} = ${latex(m)}$`;
    const verdicts = analyze(claim(dx), "markdown", "answer").claims.map((c) => c.verdict);
    right.add(!verdicts.includes("wrong") && verdicts.at(-1) === "right", claim(dx));
    wrong.add(lastVerdict(claim(spoilt(dx, i, 3))) === "wrong", claim(spoilt(dx, i, 3)));
  }
  right.atLeast(0.95);
  wrong.atLeast(0.95);
});
