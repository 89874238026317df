import { printSizes } from "../../core/layer/explain.js";
import { opNamed } from "../../core/ops/index.js";
import { constructorText } from "../modelTable/constructorText.js";
import type { Done } from "./done.js";
import { ANY_BATCH, agree, toShape, type Volume } from "./volume.js";
import type { RowResult } from "./walk.js";

/** A table's layers as a program of PyTorch, and what stands in the way of that. */
export interface TableTorch {
  readonly code: string;
  /** Rows that are comments in it, because they are not understood. */
  readonly left: readonly string[];
}

interface Line {
  readonly code: string;
  readonly output?: Volume | undefined;
}

/** The layers of a table as an `nn.Sequential` whose shapes are the table's; undefined where no row is a layer. */
export function tableTorch(results: readonly RowResult[]): TableTorch | undefined {
  const lines: Line[] = [];
  const left: string[] = [];
  let flowing: Volume | undefined;
  let first: Volume | undefined;
  for (const { row, worked } of results) {
    const kind = row.row.readings[0]?.steps[0]?.kind;
    if (!worked) {
      if (kind === "input" || lines.length === 0) continue;
      left.push(row.row.label);
      lines.push({ code: `# ${row.row.label.replace(/\s+/g, " ")}: not understood` });
      continue;
    }
    for (const done of worked.right) {
      first ??= done.given.kind === "linear" ? (flowing ?? done.input) : done.input;
      lines.push(...linesOf(done, flowing ?? first));
      flowing = done.output;
    }
  }
  if (!first || lines.every((l) => l.code.startsWith("#"))) return undefined;
  const shape = (volume: Volume | undefined): string => (volume ? printSizes(toShape(volume, ANY_BATCH)) : "");
  const width = Math.max(...lines.map((l) => l.code.length));
  const body = lines.map(({ code, output }) =>
    code.startsWith("#") ? `    ${code}` : `    ${`${code},`.padEnd(width + 1)}  # ${shape(output) || "?"}`,
  );
  const sizes = [first.channels, ...first.axes];
  const call = sizes.every((s) => typeof s === "number")
    ? [`print(model(torch.zeros(2, ${sizes.join(", ")})).shape)`]
    : [];
  const code = [
    "import torch",
    "from torch import nn",
    "",
    `# input: ${shape(first)}`,
    "model = nn.Sequential(",
    ...body,
    ")",
    ...call,
    "",
  ].join("\n");
  return { code, left };
}

/** A layer as the lines that make it; one that reads features is laid out for that first. */
function linesOf(done: Done, flowing: Volume | undefined): readonly Line[] {
  const { op, args, given, input, output } = done;
  const isFlattened = given.kind === "linear" && input.axes.length === 0 && (flowing?.axes.length ?? 0) > 0;
  const before: readonly Line[] = isFlattened ? [{ code: "nn.Flatten()", output: input }] : [];
  if (given.kind === "globalpool") return [...before, ...globalPool(done)];
  if (given.kind === "flatten") return [{ code: "nn.Flatten()", output }];
  if (!op?.torch?.startsWith("nn.")) return [...before, { code: `# ${given.name ?? given.kind}: not understood` }];
  const { axes } = input;
  if (given.kind === "linear" && axes.length > 0)
    // On each place alone: PyTorch has the channels before the places.
    return [{ code: `nn.Conv${axes.length}d(${args.in_features}, ${args.out_features}, 1)`, output }];
  const all = op.name === "Softmax" || op.name === "LogSoftmax" ? { ...args, dim: 1 } : args;
  const biased = given.bias === false ? { ...all, bias: false } : all;
  // Where the table does not say what comes in, PyTorch finds it out at the first call.
  const isOpen = args.in_channels === undefined && args.in_features === undefined;
  const lazy = isOpen && args.num_features === undefined ? opNamed(`Lazy${op.name}`) : undefined;
  return [...before, { code: constructorText(lazy ?? op, biased), output }];
}

/** The mean of each channel; where the table has no places left behind it, they are flattened away. */
function globalPool({ input, output }: Done): readonly Line[] {
  const axes = input.axes.length;
  if (axes === 0) return [];
  const one: Volume = { channels: input.channels, axes: input.axes.map(() => 1) };
  const pool = { code: `nn.AdaptiveAvgPool${axes}d(1)`, output: one };
  return output && output.axes.length > 0 && agree(output, one) ? [pool] : [pool, { code: "nn.Flatten()", output }];
}
