import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";

const verdictsOf = (text: string): readonly string[] =>
  analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

/** A layer as a document writes it: the output's entry, and its gradients, right and with one slip. */
interface Layer {
  readonly name: string;
  readonly forward: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const d = (by: string): string => `\\frac{\\partial L}{\\partial ${by}}`;

/** Convolutions along so many axes, with channels or without, counted from 0 or from 1, in the letters of several courses. */
function* convolutions(): Generator<Layer> {
  const letters = [
    { x: "x", w: "w", y: "y", place: ["i", "j"], kernel: ["h", "l"], size: "k" },
    { x: "X", w: "W", y: "Z", place: ["p", "q"], kernel: ["a", "b"], size: "K" },
    { x: "I", w: "F", y: "O", place: ["m", "n"], kernel: ["u", "v"], size: "f" },
  ];
  for (const { x, w, y, place, kernel, size } of letters)
    for (const axes of [1, 2])
      for (const base of [0, 1])
        for (const hasChannels of [false, true]) {
          const [P, K] = [place.slice(0, axes), kernel.slice(0, axes)];
          const [s, t] = hasChannels ? [["s"], ["t"]] : [[], []];
          const sum = (name: string, last: string): string => `\\sum_{${name}=${base}}^{${last}}`;
          const end = base === 0 ? `${size}-1` : size;
          const sums = [...t.map(() => sum("t", base === 0 ? "C-1" : "C")), ...K.map((a) => sum(a, end))].join(" ");
          const one = base === 0 ? "" : "-1";
          const more = base === 0 ? "" : "+1";
          const slid = P.map((p, n) => `${p}+${K[n]}${one}`);
          const back = P.map((p, n) => `${p}-${K[n]}${more}`);
          const at = (name: string, ...index: readonly (readonly string[])[]): string =>
            `${name}_{${index.flat().join(", ")}}`;
          const out = (index: readonly string[]): string => d(at(y, s, index));
          const over = P.map((p) => `\\sum_${p}`).join(" ");
          yield {
            name: `${axes} axes from ${base} in ${w}${hasChannels ? ", channels" : ""}`,
            forward: `${at(y, s, P)} = ${sums} ${at(w, s, t, K)} ${at(x, t, slid)} + ${hasChannels ? "c_s" : "c"}`,
            right: [
              `${d(at(w, s, t, K))} = ${over} ${out(P)} ${at(x, t, slid)}`,
              `${d(at(x, t, P))} = ${s.map(() => "\\sum_s").join("")} ${K.map((a) => sum(a, end)).join(" ")} ${out(back)} ${at(w, s, t, K)}`,
              `${d(hasChannels ? "c_s" : "c")} = ${over} ${out(P)}`,
            ],
            wrong: [
              `${d(at(w, s, t, K))} = ${over} ${out(P)} ${at(x, t, back)}`,
              `${d(at(w, s, t, K))} = 2 ${over} ${out(P)} ${at(x, t, slid)}`,
              `${d(at(x, t, P))} = ${s.map(() => "\\sum_s").join("")} ${K.map((a) => sum(a, end)).join(" ")} ${out(slid)} ${at(w, s, t, K)}`,
              `${d(at(w, s, t, K))} = ${over} ${out(P)} ${at(
                x,
                t,
                slid.map((i) => `${i}+1`),
              )}`,
            ],
          };
        }
}

test("Gradients of a convolution by its entries are right along one axis and two, with channels and without, and wrong with a slip", () => {
  let layers = 0;
  for (const { name, forward, right, wrong } of convolutions()) {
    layers++;
    for (const [claims, verdict] of [
      [right, "right"],
      [wrong, "wrong"],
    ] as const)
      for (const claim of claims)
        assert.deepEqual(
          verdictsOf(`# A layer\n\n$$${forward}$$\n\n$$${claim}$$\n`).slice(-1),
          [verdict],
          `${name}: ${forward}; ${claim}`,
        );
  }
  assert.equal(layers, 24);
});

test("Gradients of a linear layer by its entries tell the row from the column", () => {
  const forward = "$y_i = \\sum_j W_{ij} x_j + b_i$\n\n";
  for (const [claim, verdict] of [
    [`${d("W_{ij}")} = ${d("y_i")} x_j`, "right"],
    [`${d("W_{ij}")} = ${d("y_j")} x_i`, "wrong"],
    [`${d("x_j")} = \\sum_i W_{ij} ${d("y_i")}`, "right"],
    [`${d("x_j")} = \\sum_i W_{ji} ${d("y_i")}`, "wrong"],
    [`${d("b_i")} = ${d("y_i")}`, "right"],
    // Of what the document has not given, nothing is said.
    [`${d("W_{ij}")} = \\delta_i x_j`, "not understood"],
    [`${d("W_{ij}")} = ${d("y_i")} x_j + \\lambda W_{ij}`, "not understood"],
  ] as const)
    assert.deepEqual(verdictsOf(`${forward}$${claim}$`), [verdict], claim);
});

test("The gradient by the input as a padded correlation needs the turned kernel, in signs and in words", () => {
  const before = "The layer computes the cross-correlation $Y = X \\star W$.\n\n";
  for (const [claim, verdict] of [
    ["$dX = \\mathrm{pad}(dY, k-1) \\star \\mathrm{rot180}(W)$", "right"],
    [
      "$\\frac{\\partial L}{\\partial X} = \\mathrm{pad}_{k-1}(\\frac{\\partial L}{\\partial Y}) \\star \\mathrm{flip}(W)$",
      "right",
    ],
    ["$dX = dY *_{full} W$", "right"],
    ["$\\nabla_X L = \\mathrm{pad}(\\nabla_Y L) \\star W$", "wrong"],
    ["$dX = dY \\star_{\\text{full}} W$", "wrong"],
    ["$dX = \\mathrm{pad}(dY, k) \\star \\mathrm{rot180}(W)$", "not understood"],
    ["dX is the correlation of dY, padded by $k-1$, with W turned by 180°.", "right"],
    ["dX is the correlation of dY, padded by $k-1$, with W, without turning it.", "wrong"],
  ] as const)
    assert.deepEqual(verdictsOf(`${before}${claim}\n`), [verdict], claim);
  const turning = "The kernel W is flipped before it slides over X: $Y = X \\star W$, a correlation.\n\n";
  for (const claim of [
    "$dW = X \\star dY$",
    "$\\nabla_X L = \\mathrm{pad}(\\nabla_Y L) \\star W$",
    "dX is the correlation of dY, padded by $k-1$, with W, without turning it.",
  ])
    assert.ok(
      verdictsOf(`${turning}${claim}\n`).every((v) => v === "not understood"),
      claim,
    );
  const matrix =
    "The rows of $A$ are $(w_1, w_2, w_3, 0)$. $\\frac{\\partial L}{\\partial X} = A^\\top \\frac{\\partial L}{\\partial Y}$, the same as convolving $\\partial L/\\partial Y$, padded by 2 on both sides, with each kernel";
  assert.ok(verdictsOf(`${matrix} reversed, channels exchanged.`).every((v) => v !== "wrong"));
  assert.ok(verdictsOf(`${matrix}, without reversing it.`).includes("wrong"));
});
