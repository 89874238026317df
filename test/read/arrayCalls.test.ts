import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";

/** A call that NumPy takes, with the shape of the array, the shapes of several, or the whole number that it gives. */
interface Answer {
  readonly code: string;
  readonly shape?: readonly number[];
  readonly several?: readonly (readonly number[])[];
  readonly value?: number;
}

const [first, ...lines] = readFileSync("test/oracle/arrayCalls.jsonl", "utf8").trim().split("\n");
const { before } = JSON.parse(first ?? "") as { before: string };
const answers: readonly Answer[] = lines.map((line) => JSON.parse(line));

/** The shape of an array, undefined for what may be anything. */
function shapeOf(v: PyValue | undefined): readonly unknown[] | undefined {
  if (v?.kind === "array") return v.of.shape;
  if (v?.kind === "list" && v.array) return v.items && [v.items.length];
  return v?.kind === "int" || v?.kind === "float" || (v?.kind === "unknown" && v.number) ? [] : undefined;
}

/** What is said of a value that NumPy's answer does not bear out. */
function isOtherwise(v: PyValue | undefined, { shape, several, value }: Answer): boolean {
  if (v?.kind === "tuple")
    return (
      v.items.length !== several?.length ||
      v.items.some((item, i) => isOtherwise(item, { code: "", shape: several[i] ?? [] }))
    );
  const told = shapeOf(v);
  const isNumber = v?.kind === "int" && value !== undefined && v.value !== value;
  const isSize = (size: unknown, i: number): boolean => size === undefined || size === (shape ?? [])[i];
  return (
    told !== undefined &&
    (isNumber || several !== undefined || told.length !== (shape ?? []).length || !told.every(isSize))
  );
}

test("What is told of a call of NumPy is what NumPy makes of it.", () => {
  const text = ["import numpy as np", before, ...answers.map(({ code }, i) => `r${i} = ${code}`)].join("\n");
  const { names, trace } = followPython(text);
  assert.deepEqual(trace.mismatches, []);
  const wrong = answers.filter((answer, i) => isOtherwise(names.get(`r${i}`), answer));
  assert.deepEqual(
    wrong.map(({ code }) => code),
    [],
  );
  const known = answers.filter((_, i) => {
    const v = names.get(`r${i}`);
    return v?.kind === "tuple" ? v.items.every((item) => shapeOf(item)) : shapeOf(v);
  });
  assert.ok(answers.length > 3000);
  assert.ok(known.length > 0.9 * answers.length, `${known.length} of ${answers.length} are known`);
});
