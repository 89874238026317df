import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";

/** How people write what goes in and what comes out, by the names of the styles. */
const styles: Readonly<Record<string, (input: string, output: string) => readonly string[]>> = {
  google: (i, o) => ["Forward.", "", "Args:", `    x: ${i}`, "", "Returns:", `    Tensor of shape ${o}`],
  "google, with types": (i, o) => [
    "Args:",
    `    x (torch.Tensor): a batch of shape ${i}.`,
    "Returns:",
    `    torch.Tensor: the logits, ${o}`,
  ],
  "google, the shape in the brackets": (i, o) => [
    "Args:",
    `    x (Tensor of shape ${i}): rows`,
    "Returns:",
    `    ${o}`,
  ],
  "google, over two lines": (i, o) => [
    "Args:",
    "    x (torch.Tensor, optional): a batch of",
    `        shape ${i}`,
    "Returns:",
    "    The logits of every row,",
    `    of shape ${o}.`,
  ],
  numpy: (i, o) => [
    "Parameters",
    "----------",
    `x : torch.Tensor, shape ${i}`,
    "    the rows",
    "",
    "Returns",
    "-------",
    `out : torch.Tensor, shape ${o}`,
    "    the logits",
  ],
  rest: (i, o) => [`:param x: tensor of shape ${i}`, `:return: tensor of shape ${o}`],
  "rest, with types": (i, o) => [`:param torch.Tensor x: ${i}`, ":type x: torch.Tensor", `:returns: ${o}`],
  torch: (i, o) => ["Shape:", `    - Input: :math:\`${i}\``, `    - Output: :math:\`${o}\``],
  arrow: (i, o) => [`x: ${i} -> ${o}`],
  lines: (i, o) => [`input: ${i}`, `output: ${o}`],
};

const source = (docstring: readonly string[], isAtClass: boolean, call = ""): string => {
  const text = (indent: string): string => [`"""`, ...docstring, `"""`].map((l) => indent + l).join("\n");
  return [
    "import torch",
    "from torch import nn",
    "class Net(nn.Module):",
    ...(isAtClass ? [text("    ")] : []),
    "    def __init__(self, num_classes=10):",
    "        super().__init__()",
    "        self.num_classes = num_classes",
    "        self.hidden_dim = 24",
    "        self.fc = nn.Linear(12, num_classes)",
    "    def forward(self, x):",
    ...(isAtClass ? [] : [text("        ")]),
    "        return self.fc(x)",
    call,
    "",
  ].join("\n");
};

/** What is said of what comes out: "" where nothing is. */
function verdictOf(text: string): string {
  const { claims, findings } = analyzePython(text, "answer");
  assert.ok(findings.every((f) => f.severity === "warning" && f.code === "docstring/shape"));
  const verdict = claims[0]?.verdict ?? "";
  assert.equal(findings.length, verdict === "wrong" ? 1 : 0);
  return verdict;
}

const outputs: readonly (readonly [output: string, verdict: string])[] = [
  ["(B, T, 10)", "right"],
  ["[B, T, num_classes]", "right"],
  ["[batch, seq_len, num_classes]", "not understood"],
  ["(B, T, 11)", "wrong"],
  ["(batch, seq_len, hidden_dim)", "wrong"],
  ["(B, T, C)", "not understood"],
  ["(B, 11)", "not understood"],
  ["(B, T, embed_dim)", "not understood"],
  ["(B, 10, T)", "not understood"],
];

test("what a docstring says that forward returns is read in every style, and only other numbers are wrong", () => {
  for (const [style, write] of Object.entries(styles))
    for (const [output, expected] of outputs)
      assert.equal(verdictOf(source(write("(B, T, 12)", output), false)), expected, `${style}: ${output}`);
});

test("the docstring of a class says it under Shape", () => {
  for (const style of ["torch", "lines"])
    for (const [output, expected] of outputs)
      assert.equal(
        verdictOf(source(styles[style]?.("(B, T, 12)", output) ?? [], true)),
        expected,
        `${style}: ${output}`,
      );
});

test("what a docstring says of the input is what a model that nobody calls is shown with", () => {
  for (const [style, write] of Object.entries(styles)) {
    const [lens] = analyzePython(source(write("(n, seq_len, 12)", "(B, T, 10)"), false), "answer").lenses;
    assert.match(lens?.title ?? "", /^\(n, seq_len, 12\) → \(n, seq_len, 10\)/, style);
  }
});

test("what need not be a shape, or speaks of another model or input, is not wrong", () => {
  const args = ["Args:", "    x: (B, T, 12)"];
  const silent: readonly (readonly string[])[] = [
    [...args, "Returns:", "    probabilities in [0, 1]"],
    [...args, "Returns:", "    Tuple[Tensor, Tensor]: two of them"],
    [...args, "Returns:", "    a list of tensors (B, T, 11)"],
    [...args, "Returns:", "    (B, T, 11) or (B, T, 12)"],
    [...args, "Returns:", "    see figure (2, 3, 4)"],
    [...args, "Raises:", "    ValueError: not of shape (B, T, 11)"],
    [...args, "Example:", "    output: (B, T, 11) is wrong", "    and (B, T, 12) is, too"],
    ["Args:", "    x: (B, T, 13)", "Returns:", "    (B, T, 11)"],
  ];
  for (const docstring of silent)
    assert.notEqual(verdictOf(source(docstring, false, "Net()(torch.zeros(2, 3, 12))")), "wrong", docstring.join("\n"));
  // The numbers of a docstring may be those of the constructor's defaults.
  const google = styles.google?.("(B, T, 12)", "(B, T, 10)") ?? [];
  assert.equal(verdictOf(source(google, false, "Net(5)(torch.zeros(2, 3, 12))")), "not understood");
  const named = styles.google?.("(B, T, 12)", "(B, T, num_classes)") ?? [];
  assert.equal(verdictOf(source(named, false, "Net(5)(torch.zeros(2, 3, 12))")), "right");
});
