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
