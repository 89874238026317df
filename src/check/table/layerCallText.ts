import type { Bindings, Value } from "../../core/expr/evaluate.js";
import type { Op } from "../../core/layer/op.js";
import { bind, readSignature } from "../../core/layer/signature.js";
import { opNamed } from "../../core/ops/index.js";
import { type Given, TRANSPOSED } from "./layerGiven.js";

const CALL =
  /(?:nn\.|layers\.|torch\.nn\.|keras\.layers\.)?\b([A-Z][A-Za-z]*[123]?[dD]?)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/;

/** A call of a PyTorch layer with numbers, with its arguments under their names. */
interface BoundCall {
  readonly op: Op;
  readonly args: Bindings;
  /** Whether it is written as code, by `nn.` or by an argument's name, and whether it says whether there is a bias. */
  readonly isCode: boolean;
  readonly hasBias: boolean;
}

/** The first call of a PyTorch layer in a text, such as `nn.Conv2d(1, 10, 3, padding=1)`. */
export function readBoundCall(text: string): BoundCall | undefined {
  const match = CALL.exec(text);
  const op = match && opNamed(match[1] ?? "");
  if (!match || !op?.torch) return undefined;
  const positional: Value[] = [];
  const byKeyword: Record<string, Value> = {};
  for (const part of splitArguments(match[2] ?? "")) {
    const named = /^(\w+)\s*=\s*(.+)$/s.exec(part);
    const value = readLiteral(named?.[2] ?? part);
    if (value === undefined) return undefined;
    if (named) byKeyword[named[1] ?? ""] = value;
    else positional.push(value);
  }
  const { args, problem } = bind(readSignature(op.torch), positional, byKeyword);
  const isOfTorch = /\bnn\./.test(match[0]);
  if (problem) return undefined;
  const isCode = isOfTorch || Object.keys(byKeyword).length > 0;
  return { op, args, isCode, hasBias: isOfTorch || "bias" in byKeyword };
}

/** The same as what a row of a table says. */
export function readTorchCall(text: string): Given | undefined {
  const call = readBoundCall(text);
  return call && fromArguments(call.op.name, call.op.axes, call.args, call.isCode, call.hasBias);
}

function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth--;
    else if (c === undefined || (c === "," && depth === 0)) {
      if (text.slice(from, i).trim() !== "") parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts;
}

function readLiteral(text: string): Value | undefined {
  const plain = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  if (/^['"](?:same|valid|zeros|reflect|replicate|circular)['"]$/.test(plain)) return plain.slice(1, -1);
  if (plain === "True" || plain === "False") return plain === "True";
  const tuple = /^[([](.*)[)\]]$/s.exec(plain);
  if (!tuple) return undefined;
  const items = (tuple[1] ?? "").split(",").map((p) => readLiteral(p.trim()));
  return items.every((v) => v !== undefined) ? items : undefined;
}

const numbers = (value: Value | undefined): readonly number[] | undefined => {
  if (typeof value === "number") return [value];
  return Array.isArray(value) && value.every((v) => typeof v === "number") ? (value as readonly number[]) : undefined;
};

const one = (value: Value | undefined): number | undefined => (typeof value === "number" ? value : undefined);

const KINDS: readonly (readonly [RegExp, Given["kind"]])[] = [
  [/^Conv/, "conv"],
  [/^MaxPool/, "maxpool"],
  [/^AvgPool/, "avgpool"],
  [/^AdaptiveAvgPool/, "adaptive"],
  [/^Linear$/, "linear"],
  [/^BatchNorm/, "batchnorm"],
  [/^Flatten$/, "flatten"],
  [/^(?:.*Dropout.*|.*ReLU6?|.*ELU|Sigmoid|Tanh|SiLU|Mish|Soft.*|Hard.*|LogSoftmax|Identity)$/, "keep"],
];

function fromArguments(
  name: string,
  axes: number,
  args: Readonly<Record<string, Value | undefined>>,
  isCall: boolean,
  saysBias: boolean,
): Given | undefined {
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
  if (!kind) return undefined;
  const given: { -readonly [K in keyof Given]: Given[K] } = { kind, isCall };
  if (kind === "keep") given.name = name;
  if (name.startsWith(TRANSPOSED)) given.name = TRANSPOSED;
  if (axes > 0) given.axes = axes;
  const [kernel, stride, dilation] = [numbers(args.kernel_size), numbers(args.stride), numbers(args.dilation)];
  if (kernel) given.kernel = kernel;
  if (stride) given.stride = stride;
  if (dilation) given.dilation = dilation;
  const padding = args.padding === "same" ? "same" : args.padding === "valid" ? [0] : numbers(args.padding);
  if (padding) given.padding = padding;
  const [inputs, filters] = [
    one(args.in_channels ?? args.in_features ?? args.num_features),
    one(args.out_channels ?? args.out_features),
  ];
  if (inputs !== undefined) given.inputs = inputs;
  if (filters !== undefined) given.filters = filters;
  if (typeof args.groups === "number") given.groups = args.groups;
  if (typeof args.bias === "boolean" && (saysBias || !args.bias)) given.bias = args.bias;
  if (args.ceil_mode === true) given.ceil = true;
  const added = numbers(args.output_padding);
  if (added?.some((n) => n > 0)) given.outputPadding = added;
  const output = numbers(args.output_size);
  if (output) given.output = output;
  if (!isCall && kind !== "linear") {
    // A call with numbers alone is often cut short: what it leaves out need not be the default.
    if (stride?.every((s) => s === 1)) delete given.stride;
    if (padding !== "same" && padding?.every((p) => p === 0)) delete given.padding;
  }
  return given;
}
