import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";
import type { PyValue } from "../../src/read/python/values.js";
import { type Line, lines } from "../core/operationAnswers.js";

/** A call of the oracle as Python, which assigns its result to `out`. */
function toPython({ op, args, kwargs = {} }: Line, out: string): readonly string[] {
  const before: string[] = [];
  const make = (v: { t: number[]; d?: string }): string => {
    const name = `${out}_${before.length}`;
    const kind = v.d === "int" ? "torch.long" : v.d === "bool" ? "torch.bool" : "torch.float32";
    before.push(`${name} = torch.zeros((${v.t.map((n) => `${n}, `).join("")}), dtype=${kind})`);
    return name;
  };
  const write = (v: unknown): string => {
    if (Array.isArray(v)) return `[${v.map(write).join(", ")}]`;
    if (v === null) return "None";
    if (typeof v === "boolean") return v ? "True" : "False";
    if (typeof v === "string") return `"${v}"`;
    if (typeof v !== "object") return String(v);
    if ("t" in v) return make(v as { t: number[] });
    if ("f" in v) return Number(v.f).toFixed(4);
    return "e" in v ? "..." : (v as unknown as { s: unknown[] }).s.map((p) => (p === null ? "" : write(p))).join(":");
  };
  const positional = args.map((a) =>
    op === "Tensor.__getitem__" && Array.isArray(a) ? a.map(write).join(", ") : write(a),
  );
  const named = Object.entries(kwargs).map(([name, v]) => `${name}=${write(v)}`);
  const [self, ...others] = positional;
  const name = op.slice(op.indexOf(".") + 1);
  const rest = [...others, ...named].join(", ");
  if (op === "Tensor.__getitem__") return [...before, `${out} = ${self}[${others[0]},]`];
  if (op === "Tensor.T" || op === "Tensor.mT") return [...before, `${out} = ${self}.${name}`];
  if (op.startsWith("Tensor.")) return [...before, `${out} = ${self}.${name}(${rest})`];
  return [...before, `${out} = ${op}(${[...positional, ...named].join(", ")})`];
}

const shapesOf = (v: PyValue | undefined): unknown => {
  if (v?.kind === "tensor") return v.shape?.map((d) => d ?? -1);
  return v?.kind === "tuple" || v?.kind === "list" ? { items: v.items?.map(shapesOf) } : undefined;
};

/** Calls in one file. */
const BATCH = 25;

test("every call of PyTorch's answers, written as Python, has its shapes, or one error in its line", () => {
  for (let start = 0; start < lines.length; start += BATCH) {
    const batch = lines.slice(start, start + BATCH);
    const text = ["import torch", "import torch.nn.functional as F", ""];
    const endOf = batch.map((line, i) => text.push(...toPython(line, `out${i}`)));
    const source = text.join("\n");
    const { trace } = followPython(source);
    const lineOf = (offset: number): number => source.slice(0, offset).split("\n").length;
    const errors = trace.mismatches.filter((m) => m.severity === "error");
    for (const [i, line] of batch.entries()) {
      const said = `${JSON.stringify(line)}\n${text[(endOf[i] ?? 0) - 1]}`;
      const own = errors.filter((m) => lineOf(m.place.from) === endOf[i]);
      assert.equal(own.length, line.error === undefined ? 0 : 1, `${said}\n${own.map((m) => m.say).join("\n")}`);
      if (line.error !== undefined) continue;
      const from =
        source
          .split("\n")
          .slice(0, (endOf[i] ?? 1) - 1)
          .join("\n").length + 1;
      const [value] = trace.of({ from, to: from + `out${i}`.length });
      if (value?.kind === "tensor" || value?.kind === "tuple") assert.deepEqual(shapesOf(value), line.out, said);
      else assert.fail(`${said}\n${JSON.stringify(value)}`);
    }
  }
});

const many = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

const hostile: Readonly<Record<string, string>> = {
  "lists within lists within lists":
    "a = [0] * 4000\nb = [a] * 4000\nc = [b] * 4000\nx = torch.tensor(c)\ny = torch.cat(c)\nz = x[c]",
  "a list that holds itself": "l = []\nl.append(l)\nx = torch.tensor(l)\ny = torch.zeros(2, 2)[l]",
  "an equation of a hundred thousand letters": `x = torch.einsum("${"ab".repeat(50_000)},c->", torch.zeros(2))`,
  "an equation of every letter": `x = torch.einsum("${"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".repeat(19)}", torch.zeros(2))`,
  "thousands of dimensions":
    "x = torch.zeros([1] * 4000)\ny = x + x\nz = y.permute(list(range(4000))).sum([0] * 4000)\nw = x.view(-1)",
  "pieces of a huge tensor":
    "x = torch.zeros(10**12)\na = x.unbind(0)\nb = x.chunk(10**9)\nc = x.split(1)\nd = x.tensor_split(10**9)",
  "products of many sizes": `def f(x):\n  ${Array.from({ length: 30 }, (_, i) => `a${i}`).join(", ")} = x.shape\n  return torch.zeros(${Array.from({ length: 30 }, (_, i) => `a${i} + 1`).join(", ")}).view(-1)`,
  "slices of slices": `x = torch.zeros(5, 7)\n${many(2000, (i) => `x = x[:${i + 3}, -${i + 1}:]`)}`,
  "a tensor that grows in every round":
    "x = torch.zeros(2, 2)\nfor i in range(120):\n  x = torch.kron(x, x).repeat(3, 3)",
  "indices of every kind": "x = torch.zeros(3)\ny = x[x[x], None, ..., ..., 'a', {}, x, :, [[[]]], 1.5, True, print]",
  "calls without and with too much":
    "x = torch.cat()\ny = x.view()\nz = torch.zeros()\nw = torch.einsum()\nv = z.permute(0, 0, *z, **z)\nu = z.split([], [], [])",
};

for (const [what, text] of Object.entries(hostile))
  test(`No operation throws or hangs: ${what}.`, { timeout: 20_000 }, () => {
    const { trace } = followPython(`import torch\nimport torch.nn.functional as F\n${text}`);
    assert.ok(trace.mismatches.length < 5000);
  });
