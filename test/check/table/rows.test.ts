import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyTable, tableOf, withVerdict } from "./check.js";

/** A kind of row after an input: what it makes, its parameters, and the nearest wrong shape and count. */
const rows: readonly {
  readonly row: string;
  readonly input: string;
  readonly output: string;
  readonly params: string;
  readonly wrongOutput?: string;
  readonly wrongParams?: string;
}[] = [
  { row: "CONV3-10", input: "28×28×1", output: "28×28×10", params: "100", wrongOutput: "28×28×1", wrongParams: "90" },
  {
    row: "conv3-64",
    input: "224x224x3",
    output: "224x224x64",
    params: "1,792",
    wrongOutput: "224x224x3",
    wrongParams: "1,728",
  },
  {
    row: "CONV5-6 s2 p2",
    input: "28×28×1",
    output: "14×14×6",
    params: "156",
    wrongOutput: "13×13×6",
    wrongParams: "150",
  },
  {
    row: "5x5 conv, 64, /2",
    input: "32×32×3",
    output: "16×16×64",
    params: "4864",
    wrongOutput: "32×32×64",
    wrongParams: "4800",
  },
  {
    row: "conv 7×7, 64, stride 2",
    input: "224×224×3",
    output: "112×112×64",
    params: "9,472",
    wrongOutput: "224×224×64",
    wrongParams: "9,480",
  },
  {
    row: "Conv2D (3×3, 8 filters) + ReLU",
    input: "28×28×1",
    output: "26×26×8",
    params: "80",
    wrongOutput: "26×26×9",
    wrongParams: "72",
  },
  {
    row: "Conv2d (16→32, 5×1)",
    input: "16×40×20",
    output: "32×36×20",
    params: "2,592",
    wrongOutput: "32×36×36",
    wrongParams: "12,832",
  },
  {
    row: "nn.Conv2d(1, 10, 3, padding=1)",
    input: "(1, 28, 28)",
    output: "(10, 28, 28)",
    params: "100",
    wrongOutput: "(10, 26, 26)",
    wrongParams: "10",
  },
  {
    row: "nn.Conv2d(1, 10, kernel_size=3)",
    input: "[2, 1, 28, 28]",
    output: "[2, 10, 26, 26]",
    params: "100",
    wrongOutput: "[2, 10, 28, 28]",
    wrongParams: "91",
  },
  {
    row: "Conv 3x3, 64 filters, same padding",
    input: "32×32×3",
    output: "32×32×64",
    params: "1.8K",
    wrongOutput: "30×30×64",
    wrongParams: "1.9K",
  },
  {
    row: "conv2d_1 (Conv2D)",
    input: "(None, 28, 28, 1)",
    output: "(None, 26, 26, 32)",
    params: "320",
    wrongParams: "329",
  },
  {
    row: "Conv1D 16 filters, k=5",
    input: "100×8",
    output: "96×16",
    params: "656",
    wrongOutput: "97×16",
    wrongParams: "640",
  },
  {
    row: "Conv3D 3×3×3, 4 filters, padding 1",
    input: "16×16×16×2",
    output: "16×16×16×4",
    params: "220",
    wrongOutput: "16×16×16×8",
    wrongParams: "76",
  },
  { row: "DepthwiseConv2D 3×3", input: "14×14×8", output: "14×14×8", params: "80", wrongParams: "584" },
  {
    row: "Conv2d(8, 16, 3, padding=1, groups=2)",
    input: "8×14×14",
    output: "16×14×14",
    params: "592",
    wrongParams: "1168",
  },
  {
    row: "3×3 conv, 8 filters, dilation 2, padding 2",
    input: "20×20×3",
    output: "20×20×8",
    params: "224",
    wrongOutput: "22×22×8",
  },
  { row: "POOL2", input: "28×28×10", output: "14×14×10", params: "0", wrongOutput: "14×14×1", wrongParams: "40" },
  {
    row: "maxpool 2×2, stride 2",
    input: "28×28×10",
    output: "14×14×10",
    params: "0",
    wrongOutput: "28×28×10",
    wrongParams: "4",
  },
  { row: "max pool 3×3, stride 2", input: "55×55×96", output: "27×27×96", params: "-", wrongOutput: "26×26×96" },
  {
    row: "MaxPooling2D",
    input: "(None, 26, 26, 32)",
    output: "(None, 13, 13, 32)",
    params: "0",
    wrongOutput: "(None, 13, 13, 64)",
  },
  { row: "AVGPOOL 2x2", input: "10×10×16", output: "5×5×16", params: "0", wrongOutput: "5×5×15" },
  { row: "GAP", input: "7×7×512", output: "512", params: "0", wrongOutput: "49", wrongParams: "512" },
  { row: "AdaptiveAvgPool2d((7, 7))", input: "512×14×14", output: "512×7×7", params: "0", wrongOutput: "512×14×14" },
  { row: "BN", input: "14×14×10", output: "14×14×10", params: "20", wrongOutput: "14×14×20", wrongParams: "10" },
  { row: "BatchNormalization", input: "14×14×10", output: "14×14×10", params: "40", wrongParams: "30" },
  { row: "ReLU", input: "14×14×10", output: "14×14×10", params: "0", wrongOutput: "7×7×10", wrongParams: "10" },
  { row: "Dropout(0.5)", input: "14×14×10", output: "14×14×10", params: "0", wrongOutput: "14×14×5" },
  { row: "FLATTEN", input: "7×7×10", output: "490", params: "0", wrongOutput: "49" },
  { row: "FC-3", input: "490", output: "3", params: "1473", wrongParams: "1470" },
  { row: "FC 120", input: "400", output: "120", params: "48,120", wrongOutput: "100", wrongParams: "48,000" },
  {
    row: "Dense(10)",
    input: "(None, 128)",
    output: "(None, 10)",
    params: "1,290",
    wrongOutput: "(None, 12)",
    wrongParams: "1,281",
  },
  { row: "Dense(1, sigmoid)", input: "(None, 64)", output: "(None, 1)", params: "65", wrongParams: "64" },
  {
    row: "nn.Linear(400, 120)",
    input: "400",
    output: "120",
    params: "400*120+120",
    wrongOutput: "400",
    wrongParams: "400*120",
  },
  { row: "FC-10", input: "5×5×16", output: "1×1×10", params: "4010", wrongParams: "4000" },
  {
    row: "conv + BN + ReLU, 3×3, 32 filters, padding 1",
    input: "32×32×3",
    output: "32×32×32",
    params: "960",
    wrongOutput: "31×31×32",
  },
  {
    row: "$3\\times 3$ conv, 8 filters, pad 1",
    input: "$28 \\times 28 \\times 1$",
    output: "$28 \\times 28 \\times 8$",
    params: "$80$",
    wrongParams: "$72$",
  },
];

/** The row between its input and enough of a network that the table is one; what is wrong is wrong in it alone. */
const around = (row: string, input: string, output: string, params: string): string =>
  tableOf(
    "Layer; Output shape; Parameters",
    `Input; ${input}; 0`,
    `${row}; ${output}; ${params}`,
    "ReLU; ; 0",
    "Dense(7); 7; ",
  );

for (const { row, input, output, params, wrongOutput, wrongParams } of rows) {
  test(`The row ${row} on ${input} makes ${output} with ${params} parameters.`, () => {
    const table = onlyTable(around(row, input, output, params));
    assert.deepEqual(
      table.findings.map((f) => f.message),
      [],
    );
    const decided = table.cells.filter(
      (c) => c.row === table.cells[1]?.row || c.verdict === "right" || c.verdict === "rounded",
    );
    assert.ok(decided.some((c) => c.verdict === "right" || c.verdict === "rounded"));
    const plain = output.replaceAll("$", "").replaceAll(/ ?\\times ?/g, " × ");
    assert.ok(
      [...withVerdict(table, "right")].some((t) => t === plain || t === output),
      `${output} is not right`,
    );
  });
  if (wrongOutput !== undefined)
    test(`The row ${row} on ${input} does not make ${wrongOutput}.`, () => {
      const table = onlyTable(around(row, input, wrongOutput, params));
      assert.deepEqual(withVerdict(table, "wrong"), [wrongOutput]);
      assert.equal(table.findings.length, 1);
    });
  if (wrongParams !== undefined)
    test(`The row ${row} on ${input} has not ${wrongParams} parameters.`, () => {
      const table = onlyTable(around(row, input, output, wrongParams));
      assert.deepEqual(withVerdict(table, "wrong"), [wrongParams.replaceAll("$", "")]);
      assert.equal(table.findings.length, 1);
    });
}
