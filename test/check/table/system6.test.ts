import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTables } from "../../../src/check/tables.js";
import { readNotebook } from "../../../src/read/document/notebook.js";
import { findings, fixture, onlyTable, withVerdict } from "./check.js";

interface Kind {
  readonly name: string;
  readonly text: string;
  readonly language: "markdown" | "latex";
  /** A cell as this kind of file writes it. */
  readonly shape: (text: string) => string;
}

const notebook = readNotebook(fixture("homework.ipynb"));
assert.ok("cells" in notebook);
const kinds: readonly Kind[] = [
  { name: "Markdown", text: fixture("homework.md"), language: "markdown", shape: (t) => t },
  { name: "LaTeX", text: fixture("homework.tex"), language: "latex", shape: (t) => t.replaceAll("×", " \\times ") },
  { name: "a notebook", text: notebook.cells[1]?.text ?? "", language: "markdown", shape: (t) => t },
];

/** The wrong cells that were really written: right cell, wrong cell, code. */
const wrong: readonly (readonly [string, string, string])[] = [
  ["100", "90", "table/params/M2"],
  ["3*3*10*10+10", "1000", "table/params/M2"],
  ["14×14×10", "14×14×1", "table/output/M1"],
  ["7×7×10", "7×7", "table/output/M1"],
  ["1473", "1470", "table/params/M2"],
  ["100", "20", "table/params"],
  ["28×28×10", "27×27×10", "table/output/M3"],
  ["490", "49", "table/output/M1"],
];

for (const { name, text, language, shape } of kinds) {
  const written = (right: string): string =>
    language === "latex" && right.includes("*") ? "$3\\cdot 3\\cdot 10\\cdot 10+10$" : shape(right);

  test(`The right table of system 6 passes in ${name}: every cell is right.`, () => {
    const table = onlyTable(text, language);
    assert.deepEqual(table.findings, []);
    assert.equal(withVerdict(table, "right").length, 14);
    assert.equal(table.cells.length, 14);
  });

  for (const [right, instead, code] of wrong) {
    test(`${instead} instead of ${right} is one error at its own cell in ${name}.`, () => {
      const at = text.indexOf(written(right), text.indexOf("CONV3"));
      const changed = text.slice(0, at) + shape(instead) + text.slice(at + written(right).length);
      const found = findings(changed, onlyTable(changed, language));
      assert.deepEqual(found, [`${shape(instead)} ${code}`]);
    });
  }
}

test("All the wrong cells of system 6 at once are each named, and the total that is right stays right.", () => {
  const text = fixture("homework.md")
    .replace("28×28×10 | 100", "28×28×10 | 90")
    .replace("POOL2 | 14×14×10", "POOL2 | 14×14×1")
    .replace("3*3*10*10+10", "1000")
    .replace("7×7×10", "7×7")
    .replace("1473", "1470");
  const table = onlyTable(text);
  assert.deepEqual(findings(text, table), [
    "90 table/params/M2",
    "14×14×1 table/output/M1",
    "1000 table/params/M2",
    "7×7 table/output/M1",
    "1470 table/params/M2",
  ]);
  assert.equal(
    table.findings[2]?.message,
    "1,000 parameters: the formula with this layer's numbers gives 10·(3·3·10 + 1) = 910. Output channels used where one belongs: a filter has a single bias. Write 910.",
  );
});

test("A notebook's findings stand in the file where its table stands.", () => {
  const file = fixture("homework.ipynb");
  const cell = notebook.cells[1];
  assert.ok(cell);
  const [table] = checkTables(cell.text, "markdown", { reveal: "answer" });
  const places = table?.cells.map((c) => file.slice(cell.toFile(c.span.from), cell.toFile(c.span.to)));
  assert.deepEqual(
    places?.map((t) => JSON.parse(`"${t}"`)),
    table?.cells.map((c) => c.text),
  );
});
