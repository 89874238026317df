import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../src/check/analyze.js";
import { pick, randomFrom } from "../../random.js";

type Matrix = readonly (readonly number[])[];

const verdicts = (text: string): readonly string[] => analyze(text, "markdown", "answer").claims.map((c) => c.verdict);

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? Number.NaN), 0)));

const turned = (a: Matrix): Matrix => (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? Number.NaN));

const written = (a: Matrix, between = ", "): string => `[${a.map((row) => `[${row.join(", ")}]`).join(between)}]`;

const bumped = (a: Matrix): Matrix => a.map((row, i) => (i === 0 ? row.map((x, j) => (j === 0 ? x + 1 : x)) : row));

/** How a matrix is written on one line. */
const LITERALS: readonly ((a: Matrix) => string)[] = [
  (a) => written(a),
  (a) => `np.array(${written(a)})`,
  (a) => `numpy.array(${written(a)})`,
  (a) => `torch.tensor(${written(a)})`,
];

test("Products of matrices as NumPy and PyTorch write them are right or wrong.", () => {
  const random = randomFrom(21);
  const matrix = (rows: number, columns: number): Matrix =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.floor(random() * 10)));
  for (let i = 0; i < 200; i++) {
    const [rows, inner, columns] = [1, 2, 3].map(() => 2 + Math.floor(random() * 2)) as [number, number, number];
    const [a, b] = [matrix(rows, inner), matrix(inner, columns)];
    const literal = pick(random, LITERALS);
    const isRight = random() < 0.5;
    const answer = isRight ? product(a, b) : bumped(product(a, b));
    const said = isRight ? "right" : "wrong";
    const text = `We get ${literal(a)} @ ${literal(b)} = ${literal(answer)}.`;
    assert.deepEqual(verdicts(text), [said], text);
    const other = isRight ? turned(a) : bumped(turned(a));
    const transposed = `We get ${literal(a)}.T = ${literal(other)}.`;
    assert.deepEqual(verdicts(transposed), [said], transposed);
    const rowsOnLines = `A = np.array(${written(a, ",\n              ")})\nB = ${literal(b)}\n\nA @ B = ${written(answer)}`;
    assert.deepEqual(verdicts(rowsOnLines), [said], rowsOnLines);
  }
});
