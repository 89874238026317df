import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

type Rows = readonly (readonly number[])[];

interface Network {
  readonly kind: "network";
  readonly relu: boolean;
  readonly given: Readonly<Record<string, Rows>>;
  readonly layers: readonly Rows[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Rows>>;
}

interface Convolution {
  readonly kind: "convolution";
  readonly x: Rows;
  readonly h: Rows;
  readonly stride: number;
  readonly padding: number;
  readonly correlation: Rows;
  readonly convolution: Rows;
}

/** PyTorch's own numbers. */
const cases = readFileSync("test/oracle/derivations.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Network | Convolution);

const latex = (m: Rows): string =>
  m.length === 1 && m[0]?.length === 1
    ? String(m[0][0])
    : `\\begin{pmatrix} ${m.map((row) => row.join(" & ")).join(" \\\\ ")} \\end{pmatrix}`;

/** With one entry that is another number. */
function spoilt(m: Rows, seed: number): Rows {
  const columns = m[0]?.length ?? 1;
  const at = seed % (m.length * columns);
  return m.map((row, i) => row.map((v, j) => (i * columns + j === at ? v + (seed % 2 === 0 ? 3 : -5) : v)));
}

function networkDocument({ given, relu, layers, loss }: Network): string {
  const definitions = Object.entries(given).map(([name, m]) => `$${name} = ${latex(m)}$`);
  const steps = layers.map((a, i) => {
    const input = i === 0 ? "x" : `a_${i}`;
    const inner = `W_${i + 1} ${input} + b_${i + 1}`;
    const isLast = i === layers.length - 1;
    return `$$a_${i + 1} = ${relu && !isLast ? `\\mathrm{ReLU}(${inner})` : inner} = ${latex(a)}$$`;
  });
  const last = `a_${layers.length}`;
  return [definitions.join(", "), ...steps, `$$L = \\|${last} - y\\|^2 = ${loss}$$`].join("\n\n");
}

const verdictsOf = (text: string): readonly string[] =>
  analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

test("the gradients of 120 networks are right as PyTorch has them, and wrong with one other number", () => {
  let claims = 0;
  for (const [i, c] of cases.entries()) {
    if (c.kind !== "network") continue;
    const before = networkDocument(c);
    const forward = verdictsOf(before);
    assert.ok(
      forward.every((v) => v === "right"),
      `${before}\n${forward.join()}`,
    );
    for (const [name, gradient] of Object.entries(c.gradients)) {
      const claim = (m: Rows): string => `${before}\n\n$$\\frac{\\partial L}{\\partial ${name}} = ${latex(m)}$$`;
      assert.equal(verdictsOf(claim(gradient)).at(-1), "right", claim(gradient));
      assert.equal(verdictsOf(claim(spoilt(gradient, i))).at(-1), "wrong", claim(spoilt(gradient, i)));
      claims++;
    }
  }
  assert.ok(claims > 400, `${claims}`);
});

test("160 convolutions and correlations are right as PyTorch has them, and wrong with one other number", () => {
  let decided = 0;
  let all = 0;
  for (const [i, c] of cases.entries()) {
    if (c.kind !== "convolution") continue;
    const before = `Let $x = ${latex(c.x)}$ and $h = ${latex(c.h)}$. With stride ${c.stride} and padding ${c.padding},\n\n`;
    for (const [sign, right] of [
      ["*", c.convolution],
      ["\\star", c.correlation],
    ] as const) {
      const claim = (m: Rows): string => `${before}$$x ${sign} h = ${latex(m)}$$`;
      assert.equal(verdictsOf(claim(right)).at(-1), "right", claim(right));
      const verdict = verdictsOf(claim(spoilt(right, i))).at(-1);
      assert.notEqual(verdict, "right", claim(spoilt(right, i)));
      all++;
      if (verdict === "wrong") decided++;
    }
  }
  assert.ok(decided >= 0.95 * all, `${decided} of ${all}`);
});
