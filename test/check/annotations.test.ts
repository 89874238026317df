import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";

/** One call: the annotations of its parameters and of what it returns, the shapes there, and jaxtyping's verdicts up to the first that is not true. */
interface Call {
  readonly axes: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly verdicts: readonly (boolean | "refused")[];
}

const calls: readonly Call[] = readFileSync("test/oracle/annotations.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const list = (sizes: readonly number[]): string => `(${sizes.map((s) => `${s},`).join(" ")})`;

/** A function with these annotations that is called with these shapes, and returns the last. */
function program({ axes, shapes }: Call, write: (axes: string) => string): string {
  const params = axes.slice(0, -1).map((a, i) => `p${i}: ${write(a)}`);
  return [
    "import torch",
    "from jaxtyping import Float",
    "from torchtyping import TensorType",
    `def f(${params.join(", ")}) -> ${write(axes.at(-1) ?? "")}:`,
    `    return torch.zeros(${list(shapes.at(-1) ?? [])})`,
    `f(${shapes
      .slice(0, -1)
      .map((s) => `torch.zeros(${list(s)})`)
      .join(", ")})`,
    "",
  ].join("\n");
}

/** What is said of each annotation in turn: "" where nothing is. */
function said(call: Call, write: (axes: string) => string): readonly string[] {
  const text = program(call, write);
  const { claims, findings } = analyzePython(text, "answer");
  const places = [...text.matchAll(/(?:: |-> )((?:Float|TensorType)\[)/g)].map(
    (m) => m.index + m[0].length - (m[1]?.length ?? 0),
  );
  assert.ok(findings.every((f) => f.severity === "warning" && f.code === "annotation/shape"));
  assert.equal(findings.length, claims.filter((c) => c.verdict === "wrong").length);
  return places.map((from) => claims.find((c) => c.span.from === from)?.verdict ?? "");
}

const jaxtyping = (axes: string): string => `Float[torch.Tensor, "${axes}"]`;

const show = (call: Call, found: readonly string[]): string =>
  call.axes.map((a, i) => `"${a}" ${JSON.stringify(call.shapes[i])} ${call.verdicts[i]}: ${found[i]}`).join("; ");

test("jaxtyping's verdicts are many and of every kind", () => {
  assert.ok(calls.length >= 2000);
  assert.ok(calls.filter((c) => c.verdicts.includes(false)).length >= 400);
});

test("an annotation is wrong only where jaxtyping says so, and right only where it does", () => {
  const differing: string[] = [];
  let decided = 0;
  let all = 0;
  for (const call of calls) {
    const found = said(call, jaxtyping);
    for (const [i, verdict] of call.verdicts.entries()) {
      const own = found[i] ?? "";
      if (verdict !== "refused") all++;
      if (verdict !== "refused" && (own === "wrong" || own === "right")) decided++;
      // What jaxtyping cannot work out may still have another number of axes, or say another number.
      const isFalse = own === "wrong" ? verdict === true : own === "right" && verdict !== true;
      // A name that spreads leaves open what it stands for.
      const isMissed = verdict === false && own !== "wrong" && !call.axes.slice(0, i + 1).some((a) => a.includes("#"));
      if (isFalse || isMissed) differing.push(show(call, found));
    }
  }
  assert.deepEqual(differing, []);
  assert.ok(decided >= 0.9 * all, `${decided} of ${all} annotations are decided`);
});

/** The same axes as torchtyping has them; undefined where it has no such thing. */
function torchtyping(axes: string): string | undefined {
  const words = axes.split(" ").map((word) => {
    if (word === "..." || word === "*_") return "...";
    if (/^\d+$/.test(word)) return word;
    if (/^[a-z]\w*$/.test(word)) return `"${word}"`;
    if (/^\w+=\d+$/.test(word)) return `"${word.split("=")[0]}": ${word.split("=")[1]}`;
    if (word === "*x") return '"x": ...';
    return word === "_" ? "-1" : undefined;
  });
  return axes === "" || words.includes(undefined) ? undefined : words.join(", ");
}

test("torchtyping's annotations are judged as jaxtyping's of the same axes", () => {
  let compared = 0;
  for (const call of calls) {
    if (call.axes.some((a) => torchtyping(a) === undefined)) continue;
    compared++;
    for (const kind of ["", ", float", ", torch.float32"])
      assert.deepEqual(
        said(call, (axes) => `TensorType[${torchtyping(axes)}${kind}]`),
        said(call, jaxtyping),
        show(call, []),
      );
  }
  assert.ok(compared >= 200, `${compared} are compared`);
});

/** A model that nobody calls, with what its annotations say, and what is said of them in turn. */
const models: readonly (readonly [input: string, output: string, expected: readonly string[]])[] = [
  ["b 3 32 32", "b 10", ["right", "right"]],
  ["b 3 32 32", "b 11", ["right", "wrong"]],
  ["b 3 32 32", "10", ["right", "wrong"]],
  ["b 3 32 32", "b c", ["right", "right"]],
  ["b 3 32 32", "c 10", ["right", "right"]],
  ["b 3 32 32", "b b", ["right", "not understood"]],
  ["b 3 32 32", "2*b 10", ["right", "wrong"]],
  ["b 3 32 32", "b {self.classes}", ["right", "right"]],
  ["b 3 32 32", "b {self.classes}+1", ["right", "wrong"]],
  ["batch 1 32 32", "batch 10", ["wrong", "right"]],
  ["... 3 32 32", "... 10", ["", "right"]],
  ["b c h w", "b 10", ["right", "right"]],
  ["b c h w", "b 12", ["right", "wrong"]],
  ["_ 3 32 32", "_ 10", ["right", "right"]],
];

test("the annotation of a parameter is the input of a model that nobody calls, and what it returns is compared", () => {
  for (const [input, output, expected] of models) {
    const text = [
      "from torch import nn, Tensor",
      "from jaxtyping import Float",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.classes = 10",
      "        self.conv = nn.Conv2d(3, 8, 3, padding=1, stride=2)",
      "        self.fc = nn.Linear(8 * 16 * 16, self.classes)",
      `    def forward(self, x: Float[Tensor, "${input}"]) -> Float[Tensor, "${output}"]:`,
      "        return self.fc(self.conv(x).flatten(1))",
      "",
    ].join("\n");
    const { claims, findings } = analyzePython(text, "answer");
    const verdicts = ["x: ", "-> "].map(
      (lead) => claims.find((c) => c.span.from === text.indexOf(`${lead}Float`) + lead.length)?.verdict ?? "",
    );
    assert.deepEqual(verdicts, expected, `${input} -> ${output}`);
    assert.equal(findings.length, expected.filter((v) => v === "wrong").length, `${input} -> ${output}`);
  }
});

test("a function that nobody calls is followed with what its parameters are annotated with", () => {
  const text = (output: string): string =>
    [
      "import torch",
      "from jaxtyping import Float, jaxtyped",
      "@jaxtyped(typechecker=None)",
      'def attend(q: Float[torch.Tensor, "b n d"], k: Float[torch.Tensor, "b m d"], scale: float = 1.0)' +
        ` -> Float[torch.Tensor, "${output}"]:`,
      "    return torch.softmax(scale * q @ k.transpose(1, 2), dim=-1)",
      "",
    ].join("\n");
  for (const [output, wrong] of [
    ["b n m", 0],
    ["b m n", 0],
    ["b n", 1],
    ["b n m 1", 1],
    ["b n m+1", 1],
  ] as const)
    assert.equal(analyzePython(text(output), "answer").findings.length, wrong, output);
});

test("a variable that a loop sets anew may have its own sizes in each round", () => {
  const text = (annotation: string): string =>
    [
      "import torch",
      "from jaxtyping import Float",
      'def grow(x: Float[torch.Tensor, "n 4"]):',
      "    for _ in range(3):",
      `        y: Float[torch.Tensor, "${annotation}"] = torch.cat([x, x])`,
      "        x = y",
      "    return x",
      "grow(torch.zeros(2, 4))",
      "",
    ].join("\n");
  for (const [annotation, wrong] of [
    ["m 4", 0],
    ["4 4", 0],
    ["m 5", 1],
    ["n 4", 1],
  ] as const)
    assert.equal(analyzePython(text(annotation), "answer").findings.length, wrong, annotation);
});

test("a name that is no annotation of these libraries says nothing", () => {
  for (const head of ["from mine import Float", "Float = dict", "from jaxtyping import PyTree as Float"]) {
    const text = `import torch\n${head}\nx: Float[torch.Tensor, "3 4"] = torch.zeros(5)\n`;
    assert.deepEqual(analyzePython(text, "answer").claims, []);
  }
});

test("the number that an annotation says wrongly can be put right", () => {
  const text = 'import torch\nfrom jaxtyping import Float\nx: Float[torch.Tensor, "n 4"] = torch.zeros(3, 5)\n';
  const [finding] = analyzePython(text, "answer").findings;
  const [edit] = finding?.fixes?.[0]?.edits ?? [];
  assert.ok(edit);
  const mended = text.slice(0, edit.span.from) + edit.text + text.slice(edit.span.to);
  assert.match(mended, /"n 5"/);
  assert.deepEqual(analyzePython(mended, "answer").findings, []);
});

test("an annotation with another number of dimensions than the code takes is warned about; other numbers are the code's own error", () => {
  const bodies: readonly (readonly [line: string, found: readonly string[]])[] = [
    ["return self.fc(x[:, :, -1])", ["annotation/shape"]],
    ["a, b, c = x.shape\n        return a", ["annotation/shape"]],
    ["return x.permute(0, 2, 1)", ["annotation/shape"]],
    ["return self.fc(x.flatten(1))", []],
    ["return self.fc(x + 1)", []],
    ["return self.wide(x)", ["annotation/shape"]],
    ["return self.wide(self.fc(x))", ["Linear/in-features"]],
    ["return torch.cat([x, x], dim=1) @ torch.zeros(5, 2)", ["matmul/sizes"]],
  ];
  for (const [line, expected] of bodies) {
    const text = [
      "import torch",
      "from torch import nn, Tensor",
      "from jaxtyping import Float",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.fc = nn.Linear(4, 10)",
      "        self.wide = nn.Linear(5, 10)",
      '    def forward(self, x: Float[Tensor, "b 4"]):',
      `        ${line}`,
      "",
    ].join("\n");
    const { findings } = analyzePython(text, "answer");
    assert.deepEqual(
      findings.map((f) => f.code),
      expected,
      line,
    );
  }
});

test("over an annotation stands what is said of it", () => {
  const text = [
    "import torch",
    "from jaxtyping import Float",
    'x: Float[torch.Tensor, "n 4"] = torch.zeros(3, 4)',
    'y: Float[torch.Tensor, "n 5"] = torch.zeros(3, 4)',
    "",
  ].join("\n");
  const { hover } = analyzePython(text, "answer");
  assert.match(hover(text.indexOf('"n 4"'))?.markdown ?? "", /^Right\. The annotation says \(n, 4\)/);
  assert.doesNotMatch(hover(text.indexOf('"n 5"'))?.markdown ?? "", /annotation/);
});
