import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type ModelTable, modelTable } from "../../src/check/modelTable/modelTable.js";
import { writeTable } from "../../src/check/modelTable/writeTable.js";
import { chooseModel } from "../../src/check/summary/chosenModel.js";
import { checkTables } from "../../src/check/tables.js";

interface Truth {
  readonly file: string;
  readonly expr: string;
  readonly input: readonly number[];
  readonly params: number;
}

const truths: readonly Truth[] = readFileSync("test/oracle/zooModels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

function tableOf({ file, expr, input }: Truth): ModelTable {
  const model = chooseModel(readFileSync(file, "utf8"), expr, [input]);
  assert.ok(!("problem" in model), "problem" in model ? model.problem : "");
  return modelTable(model);
}

for (const truth of truths) {
  test(`${truth.file}: no cell of the tables of ${truth.expr} is wrong, and their total is PyTorch's`, () => {
    const table = tableOf(truth);
    assert.equal(table.rows.at(-1)?.at(-1)?.replaceAll(",", ""), String(truth.params));
    for (const [format, language] of [
      ["markdown", "markdown"],
      ["latex", "latex"],
    ] as const) {
      const text = writeTable(table, format);
      const checks = checkTables(text, language, { reveal: "answer" });
      const cells = checks.flatMap((c) => c.cells);
      assert.deepEqual(
        cells.filter((c) => c.verdict === "wrong").map((c) => `${c.row}: ${c.text}: ${c.reason}`),
        [],
        text,
      );
      const findings = checks.flatMap((c) => c.findings);
      assert.deepEqual(
        findings.map((f) => f.message),
        [],
        text,
      );
      // A plain stack of layers is judged cell by cell.
      const isPlain =
        table.header.length === 3 &&
        table.rows.every(([layer]) =>
          /^(Input|Total|nn\.(Conv2d|MaxPool2d|AvgPool2d|Linear|Flatten|BatchNorm2d)\(.*\))$/.test(layer),
        );
      if (isPlain) {
        assert.equal(checks.length, 1, text);
        assert.deepEqual(
          cells.filter((c) => c.verdict !== "right").map((c) => `${c.row}: ${c.text}: ${c.verdict}`),
          [],
          text,
        );
        assert.ok(cells.length >= 2 * (table.rows.length - 2), text);
        plain.add(truth.expr + format);
      }
    }
  });
}

const plain = new Set<string>();

test("many of these models are plain stacks of layers", () => {
  assert.ok(plain.size >= 16, `${plain.size}`);
});
