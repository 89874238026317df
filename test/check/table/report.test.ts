import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTables, type TableCheck } from "../../../src/check/tables.js";
import { findings, fixture, onlyTable, tableOf, withVerdict } from "./check.js";

const homework = fixture("homework.md");

const apply = (
  text: string,
  edits: readonly { readonly span: { readonly from: number; readonly to: number }; readonly text: string }[],
): string =>
  [...edits]
    .sort((a, b) => b.span.from - a.span.from)
    .reduce((t, e) => t.slice(0, e.span.from) + e.text + t.slice(e.span.to), text);

test("A table is named after the heading above it, and else after its line.", () => {
  assert.equal(onlyTable(homework).title, "The architecture");
  assert.equal(onlyTable(fixture("homework.tex"), "latex").title, "The network of question 2");
  assert.equal(onlyTable(homework.slice(homework.indexOf("|"))).title, "Table, line 1");
});

test("After a wrong activation the cells that follow from it are no errors, whether worked out from it or from the right one.", () => {
  const text = tableOf(
    "Layer; Activation shape; Activation size; Parameters",
    "INPUT; 28×28×1; 784; 0",
    "CONV3-10; 28×28×10; 7840; 100",
    "POOL2; 13×13×10; 1690; 0",
    "CONV3-10; 13×13×10; 1690; 910",
    "POOL2; 6×6×10; 360; 0",
    "FLATTEN; 360; 360; 0",
    "FC-3; 3; 3; 1083",
    "Total; ; ; 2093",
  );
  const table = onlyTable(text);
  assert.deepEqual(findings(text, table), ["13×13×10 table/output/M3"]);
  const flatten = table.cells.find((c) => c.row === "FLATTEN");
  assert.equal(flatten?.verdict, "right");
  assert.equal(flatten?.reason, "It follows from the 13×13×10 above.");
});

test("A pooled side that does not divide is rounded down; the course's POOL2 rounds 7 to 3.", () => {
  const rows = (shape: string, flat: string): string =>
    tableOf(
      "Layer; Shape; Parameters",
      "INPUT; 7×7×1; 0",
      "CONV3-8; 7×7×8; 80",
      `POOL2; ${shape}; 0`,
      `FLATTEN; ${flat}; 0`,
      "FC-2; 2; ?",
    );
  assert.deepEqual(onlyTable(rows("3×3×8", "72")).findings, []);
  const wrong = rows("4×4×8", "128");
  assert.deepEqual(findings(wrong, onlyTable(wrong)), ["4×4×8 table/output/M5"]);
});

test("CONV without padding all over is another consistent reading, and right.", () => {
  const text = tableOf(
    "Layer; Shape; Parameters",
    "INPUT; 28×28×1; 0",
    "CONV3-8; 26×26×8; 80",
    "POOL2; 13×13×8; 0",
    "CONV3-16; 11×11×16; 1168",
    "POOL2; 5×5×16; 0",
    "FC-10; 10; 4010",
  );
  assert.deepEqual(onlyTable(text).findings, []);
  assert.equal(onlyTable(text).counts.notUnderstood, 0);
});

test("A table that leaves out every bias counts weights: one remark, no error; one that forgets it once is wrong there.", () => {
  const rows = (a: string, b: string, c: string): string =>
    tableOf(
      "Layer; Shape; Parameters",
      "INPUT; 28×28×1; 0",
      `CONV3-10; 28×28×10; ${a}`,
      `CONV3-10; 28×28×10; ${b}`,
      "FLATTEN; 7840; 0",
      `FC-3; 3; ${c}`,
    );
  const table = onlyTable(rows("90", "900", "23520"));
  assert.deepEqual(
    table.findings.map((f) => [f.severity, f.message]),
    [
      [
        "information",
        "No layer of this table counts its biases. Call the column weights, or add one bias for each filter and unit.",
      ],
    ],
  );
  assert.deepEqual(withVerdict(onlyTable(rows("90", "910", "23523")), "wrong"), ["90"]);
});

test("Totals are right as the sum of right counts or of the student's own, and wrong as neither.", () => {
  const total = (fc: string, sum: string): readonly string[] =>
    withVerdict(onlyTable(homework.replace("1473", fc).replace("2,483", sum)), "wrong");
  assert.deepEqual(total("1473", "2,483"), []);
  assert.deepEqual(total("1470", "2,483"), ["1470"]);
  assert.deepEqual(total("1470", "2,480"), ["1470"]);
  assert.deepEqual(total("1473", "2,480"), ["2,480"]);
  assert.deepEqual(total("1473", "2.5K"), []);
  assert.deepEqual(total("1473", "2.9K"), ["2.9K"]);
});

test("Blank cells are filled one by one or all at once, in the table's own writing.", () => {
  const blank = tableOf(
    "Layer; Shape; Params",
    "INPUT; 32 x 32 x 3; 0",
    "CONV5-64; ; ?",
    "POOL2; 16 x 16 x 64; 0",
    "CONV5-64;; 102,464",
    "FLATTEN; ; 0",
    "FC-10; 10; ?",
  );
  const table = onlyTable(blank);
  assert.equal(table.counts.blank, 5);
  assert.deepEqual(
    table.blanks.filter((b) => b.fix.edits.length === 1).map((b) => b.fix.title),
    ["Fill in 32 x 32 x 64", "Fill in 4,864", "Fill in 16 x 16 x 64", "Fill in 16384", "Fill in 163,850"],
  );
  const all = table.blanks.find((b) => b.fix.edits.length > 1)?.fix.edits ?? [];
  const filled = apply(blank, all);
  assert.equal(onlyTable(filled).counts.blank, 0);
  assert.deepEqual(onlyTable(filled).findings, []);
  assert.ok(filled.includes("| CONV5-64 | 16 x 16 x 64 | 102,464 |"), filled);
});

test("In LaTeX blanks are filled as LaTeX, with the file's own \\times.", () => {
  const text = fixture("homework.tex").replace("$14 \\times 14 \\times 10$ & 0", "& 0").replace("1473", "?");
  const table = onlyTable(text, "latex");
  assert.deepEqual(
    table.blanks.flatMap((b) => (b.fix.edits.length === 1 ? [b.fix.edits[0]?.text.trim()] : [])),
    ["28 \\times 28 \\times 10", "1473"].map((t) => (t.startsWith("28") ? "14 \\times 14 \\times 10" : "1,473")),
  );
});

test("The fix for a wrong cell makes it right.", () => {
  for (const [right, wrong] of [
    ["28×28×10 | 100", "28×28×10 | 90"],
    ["POOL2 | 14×14×10", "POOL2 | 14×14×1"],
    ["490", "49"],
  ] as const) {
    const text = homework.replace(right, wrong);
    const [finding] = onlyTable(text).findings;
    assert.equal(finding?.fixes?.length, 1);
    assert.deepEqual(onlyTable(apply(text, finding?.fixes?.[0]?.edits ?? [])).findings, []);
  }
});

const wrongHomework = homework
  .replace("28×28×10 | 100", "28×28×10 | 90")
  .replace("FLATTEN | 490", "FLATTEN | ?")
  .replace("2,483", "2,000");

/** Everything that a table says, in one text. */
const allText = (text: string, table: TableCheck): string =>
  JSON.stringify([
    table.cells.map((c) => [c.reason]),
    table.findings,
    table.blanks,
    Array.from(text, (_, i) => table.hoverAt(i)?.markdown ?? ""),
  ]);

test("With hints the mistake is named and no right number given away; with verdicts nothing but the verdict.", () => {
  const [hint] = checkTables(wrongHomework, "markdown", { reveal: "hint" });
  const [verdict] = checkTables(wrongHomework, "markdown", { reveal: "verdict" });
  assert.ok(hint && verdict);
  for (const table of [hint, verdict]) {
    const said = allText(wrongHomework, table);
    assert.doesNotMatch(said, /(?<!\d)(?:100|490|2,?483|910)(?!\d)/, said);
    assert.equal(table.findings.length, 2);
    assert.deepEqual(table.blanks, []);
  }
  assert.equal(hint.findings[0]?.message, "90 is not this layer's count. Bias forgotten.");
  assert.deepEqual([...new Set(verdict.findings.map((f) => f.message))], ["This does not fit."]);
});

test("The hover of a row shows its layer with formulas and numbers, and the cell's own verdict first.", () => {
  const table = onlyTable(wrongHomework);
  const hover = table.hoverAt(wrongHomework.indexOf("POOL2"))?.markdown ?? "";
  assert.match(hover, /\*\*MaxPool2d\*\* `POOL2` \(N, 10, 28, 28\) → \*\*\(N, 10, 14, 14\)\*\*/);
  assert.match(hover, /receptive field 4×4, jump 2, start 1/);
  assert.match(table.hoverAt(wrongHomework.indexOf("90 |"))?.markdown ?? "", /^✗ 90 parameters: .*\n\n\*\*Conv2d\*\*/);
  assert.equal(table.hoverAt(0), undefined);
});

test("The layer at a row is handed to the panel with its arguments and input.", () => {
  const layer = onlyTable(homework).layerAt(homework.lastIndexOf("CONV3"));
  assert.equal(layer?.name, "Conv2d");
  assert.deepEqual(layer?.args, { in_channels: 10, out_channels: 10, kernel_size: 3, padding: 1 });
  assert.deepEqual(layer?.input, ["N", 10, 14, 14]);
  assert.equal(onlyTable(homework).layerAt(homework.indexOf("INPUT")), undefined);
});

test("A directive gives the input that a table lacks, or has the next table ignored.", () => {
  const rows = ["CONV3-10; 28×28×10; 90", "POOL2; 14×14×10; 0", "FC-3; 3; 5883"];
  const bare = tableOf("Layer; Shape; Parameters", ...rows);
  assert.deepEqual(onlyTable(bare).findings, []);
  const told = `<!-- dimsum: input 28x28x1 -->\n\n${bare}`;
  assert.deepEqual(findings(told, onlyTable(told)), ["90 table/params/M2"]);
  assert.deepEqual(checkTables(`<!-- dimsum: ignore -->\n\n${told}`, "markdown", { reveal: "answer" }), []);
});

test("Two wrong cells in one row that no mistake explains may be a layer that is not understood: silence.", () => {
  const text = homework
    .replace("14×14×10 | 3*3*10*10+10", "12×11×9 | 777")
    .replace("7×7×10", "6×5×9")
    .replace("490", "270")
    .replace("1473", "813")
    .replace("2,483", "1,690");
  assert.deepEqual(withVerdict(onlyTable(text), "wrong"), []);
});

test("Tables stand in lists, block quotes and indented, and not in fences or comments.", () => {
  const table = homework.slice(homework.indexOf("|")).trimEnd().replace("1473", "1470");
  for (const prefix of ["> ", "    ", "  > > "]) {
    const text = table.replace(/^/gm, prefix);
    assert.deepEqual(findings(text, onlyTable(text)), ["1470 table/params/M2"], prefix);
  }
  const item = `- ${table.replaceAll("\n", "\n  ")}`;
  assert.deepEqual(findings(item, onlyTable(item)), ["1470 table/params/M2"]);
  for (const [open, close] of [
    ["```", "```"],
    ["~~~text", "~~~"],
    ["<!--", "-->"],
  ])
    assert.deepEqual(checkTables(`${open}\n${table}\n${close}\n`, "markdown", { reveal: "answer" }), [], open);
});

test("Of a row whose layer is not known the sum beside its number is still worked out.", () => {
  for (const [k, from, to] of [
    [3, 16, 16],
    [5, 6, 16],
    [1, 64, 128],
  ] as const) {
    const value = k * k * from * to + to;
    const table = (written: number): string =>
      tableOf(
        "Layer; Activation shape; Parameters",
        "INPUT; 28×28×1; 0",
        "CONV3-10; 28×28×10; 100",
        "POOL2; 14×14×10; 0",
        "CONV3-10; 14×14×10; 910",
        `Wonder; 14×14×${to}; ${k}·${k}·${from}·${to} + ${to} = ${written}`,
      );
    const cell = (written: number) => onlyTable(table(written)).cells.findLast((c) => c.row === "Wonder");
    assert.equal(cell(value)?.verdict, "right");
    assert.deepEqual(findings(table(value), onlyTable(table(value))), []);
    assert.equal(cell(value + 10)?.verdict, "wrong");
    assert.match(cell(value + 10)?.reason ?? "", / is [\d,]+, not [\d,]+\. Write /);
  }
});
