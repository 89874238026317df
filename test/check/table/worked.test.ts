import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "mathjs";
import { checkTables } from "../../../src/check/tables.js";
import { pick, randomFrom } from "../../random.js";
import { findings, onlyTable, tableOf, withVerdict } from "./check.js";

const random = randomFrom(1723);
const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
const grouped = (n: number): string => (random() < 0.5 ? String(n) : n.toLocaleString("en-US"));

/** A calculation with whole numbers as people write it, and as mathjs reads it. */
function calculation(): { readonly text: string; readonly plain: string } {
  const [a, b, c] = [whole(2, 999), whole(2, 99), whole(2, 64)];
  const times = pick(random, ["×", " × ", "·", "*", " x "]);
  const plain = pick(random, [
    `${a}*${b}`,
    `${a}*${b}*${c}`,
    `${a}*${b}+${c}`,
    `(${a}*${b}+1)*${c}`,
    `${a}*(${b}+${c})`,
    `${b}^2*${c}`,
  ]);
  return { text: plain.replaceAll("*", times), plain };
}

const table = (labels: string, rows: readonly (readonly [string, string])[]): string =>
  tableOf(labels, ...rows.map(([from, to], i) => `part ${"abcdefgh"[i]};${from};${to}`));

test("Numbers beside the calculations that give them are right, and another number is wrong where it stands", () => {
  for (let i = 0; i < 300; i++) {
    const worked = Array.from({ length: whole(3, 6) }, calculation);
    const rows = worked.map(({ text, plain }) => [text, grouped(evaluate(plain))] as const);
    const labels = pick(random, ["Part;Calculation;Parameters", "Weight;Formula;Number", "Was;Rechnung;Anzahl"]);
    const right = table(labels, rows);
    assert.equal(withVerdict(onlyTable(right), "right").length, rows.length, right);
    assert.deepEqual(findings(right, onlyTable(right)), [], right);
    const at = whole(0, rows.length - 1);
    const off = evaluate(worked[at]?.plain ?? "") + pick(random, [1, -1, 10, 100]);
    const wrong = table(
      labels,
      rows.map((row, k) => (k === at ? [row[0], String(off)] : row)),
    );
    assert.deepEqual(findings(wrong, onlyTable(wrong)), [`${off} table/calculation`], wrong);
  }
});

test("Rates are right to the digits that are written, also in percent", () => {
  for (let i = 0; i < 200; i++) {
    const rows = Array.from({ length: 4 }, () => {
      const [hits, misses] = [whole(1, 60), whole(1, 40)];
      const value = hits / (hits + misses);
      const text = random() < 0.5 ? value.toFixed(3) : `${(100 * value).toFixed(1)} %`;
      return [`${hits} / (${hits} + ${misses})`, text] as const;
    });
    const right = table("Metric;Calculation;Value", rows);
    assert.deepEqual(findings(right, onlyTable(right)), [], right);
    const [first, ...rest] = rows;
    const wrong = table("Metric;Calculation;Value", [[first?.[0] ?? "", "1.234"], ...rest]);
    assert.deepEqual(findings(wrong, onlyTable(wrong)), ["1.234 table/calculation"], wrong);
  }
});

test("Shapes give their number of weights, with the biases of one side or without; what else may be meant is left open", () => {
  for (let i = 0; i < 200; i++) {
    const shapes = Array.from({ length: 4 }, () => [whole(3, 900), whole(3, 900)] as const);
    const write = pick<(a: number, b: number) => string>(random, [
      (a, b) => `(${a}, ${b})`,
      (a, b) => `${a}×${b}`,
      (a, b) => `[${a}, ${b}]`,
    ]);
    const rows = shapes.map(([a, b], k) => [write(a, b), grouped(a * b + (k === 2 ? b : 0))] as const);
    const right = table("Weight;Shape;Parameters", rows);
    assert.deepEqual(findings(right, onlyTable(right)), [], right);
    assert.equal(withVerdict(onlyTable(right), "right").length, 4, right);
    const [a, b] = shapes[0] ?? [1, 1];
    const twice = table("Weight;Shape;Parameters", [[write(a, b), String(2 * a * b)], ...rows.slice(1)]);
    assert.deepEqual(findings(twice, onlyTable(twice)), [], twice);
  }
});

test("A total is right where it adds up the numbers above, also beside a wrong one, and is never called wrong", () => {
  const rows = ["W_Q; 512×64; 32768", "W_K; 512×64; 32,768", "W_V; 512×64; 32868"];
  const head = "Weight; Shape; Parameters";
  for (const [total, verdict] of [
    [98304, "right"],
    [98404, "right"],
    [786432, undefined],
  ] as const) {
    const text = tableOf(head, ...rows, `Total;;${total}`);
    const cell = onlyTable(text).cells.find((c) => c.text === String(total));
    assert.equal(cell?.verdict, verdict, text);
    assert.deepEqual(findings(text, onlyTable(text)), ["32868 table/calculation"], text);
  }
});

test("Columns that have nothing to do with each other are left alone", () => {
  for (let i = 0; i < 500; i++) {
    const rows = Array.from({ length: whole(2, 8) }, () => [
      pick(random, [`${whole(16, 512)}×${whole(16, 512)}`, `${whole(1, 9)}/${whole(10, 20)}`, calculation().text]),
      pick(random, [String(whole(1, 99_999)), (100 * random()).toFixed(1), `${whole(1, 99)} %`]),
    ]) as [string, string][];
    const text = table(pick(random, ["Model;Image size;Accuracy", "Run;Grid;Steps", "Layer;Shape;Time"]), rows);
    assert.deepEqual(
      checkTables(text, "markdown", { reveal: "answer" }).flatMap((t) => t.findings),
      [],
      text,
    );
  }
});
