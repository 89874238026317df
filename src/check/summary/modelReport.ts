import { type Dim, dimSymbol, divide, multiply, subtract, symbolsOf } from "../../core/dims/dim.js";
import { printCount } from "../../core/dims/print.js";
import { productOf } from "../../core/dims/product.js";
import { isTensorValue } from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import { printBytes } from "../layerHover.js";
import { type ChosenModel, printInputs } from "./chosenModel.js";
import { type ModuleNode, moduleTree } from "./moduleTree.js";
import { printOutput } from "./printOutput.js";
import { NOTHING, plus, type Sum, together } from "./products.js";
import { sayAssumption } from "./sayAssumption.js";
import { type UnknownPart, unknownParts } from "./unknownParts.js";

/** A model as a report shows it: all numbers as text. */
export interface ModelReport {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly root: ReportRow;
  readonly totals: readonly { readonly label: string; readonly value: string; readonly detail?: string }[];
  /** What the numbers mean. */
  readonly conventions: readonly string[];
  readonly unknown: readonly UnknownPart[];
}

/** A module in a report. */
export interface ReportRow {
  readonly name: string;
  readonly className: string;
  readonly calls: number;
  readonly output: string;
  readonly params: string;
  /** The share of all parameters, from 0 to 1, where both are known. */
  readonly share?: number;
  readonly macs: string;
  readonly flops: string;
  readonly memory: string;
  readonly place?: ModuleNode["place"];
  /** The name of the module before it that is built alike and gives the same shapes. */
  readonly like?: string;
  readonly children: readonly ReportRow[];
}

const BYTES = 4;

/** The report on a run of a model. */
export function reportModel(model: ChosenModel): ModelReport {
  const tree = moduleTree(model);
  const { known, more, notTrained = 0, isUnclear } = tree.params;
  const trained = more || isUnclear ? undefined : subtract(known, notTrained);
  const inputs = model.run.inputs.filter((v) => isTensorValue(v));
  const input = inputs.reduce((sum, v) => plus(sum, times(v.shape && productOf(v.shape), BYTES)), NOTHING);
  const weights: Sum = { known: multiply(known, BYTES), more };
  const unknown = unknownParts(model, tree);
  return {
    name: model.name,
    input: printInputs(model.run),
    output: printOutput(model.run.output),
    root: rowOf(withOutput(tree, model.run.output), typeof known === "number" && !more ? known : undefined),
    totals: [
      { label: "Parameters", value: printSum(tree.params) },
      { label: "  trained", value: trained === undefined ? "unknown" : printCount(trained) },
      { label: "  not trained", value: isUnclear || more ? "unknown" : printCount(notTrained) },
      { label: "Multiply-adds", value: printSum(tree.macs) },
      { label: "FLOPs", value: printSum(doubled(tree.macs)), detail: "1 multiply-add = 2 FLOPs" },
      { label: "Memory", value: printTogether(together(input, tree.bytes), weights) },
      { label: "  of the input", value: printMemory(input) },
      { label: "  of the forward pass", value: printMemory(tree.bytes), detail: "what each layer gives, once a call" },
      { label: "  of the parameters", value: printMemory(weights) },
    ],
    conventions: [
      ...[sayAssumption(model.run)].filter((sentence) => sentence !== undefined),
      "Multiply-adds are the products of the layers for the whole input; a bias, an activation, a pooling or a norm adds none.",
      ...sayProducts(unknown),
      "Memory is that of 32-bit floating-point numbers (float32), for this input.",
    ],
    unknown,
  };
}

const times = (a: Dim | undefined, b: number): Dim | undefined => (a === undefined ? undefined : multiply(a, b));
const doubled = ({ known, more }: Sum): Sum => ({ known: multiply(2, known), more });

/** What the sum leaves out, where the model multiplies tensors itself. */
const sayProducts = (parts: readonly UnknownPart[]): readonly string[] =>
  parts.some((p) => p.what === "products")
    ? ["Products of tensors that the code writes itself (@, matmul, einsum) are not among them."]
    : [];

/** A model that has run before it was made gives what its run gave. */
const withOutput = (tree: ModuleNode, output: PyValue): ModuleNode =>
  tree.calls > 0 ? tree : { ...tree, calls: 1, outputs: [output] };

function rowOf(node: ModuleNode, total: number | undefined, like?: string): ReportRow {
  const { known, more } = node.params;
  const isCounted = node.macs.more || node.macs.known !== 0;
  const share = typeof known === "number" && !more && total ? known / total : undefined;
  const rows: ReportRow[] = [];
  for (const [i, child] of node.children.entries()) {
    const before = node.children[i - 1];
    const isLike = before !== undefined && isSameBlock(before, child);
    rows.push(rowOf(child, total, isLike ? (rows.at(-1)?.like ?? before.name) : undefined));
  }
  return {
    name: node.name,
    className: node.className,
    calls: node.calls,
    output: printOutputs(node),
    params: known === 0 && !more ? "0" : printSum(node.params),
    ...(share === undefined ? {} : { share }),
    macs: isCounted ? printSum(node.macs) : "0",
    flops: isCounted ? printSum(doubled(node.macs)) : "0",
    memory: node.calls > 0 || node.children.length > 0 ? printMemory(node.bytes) : "",
    ...(node.place ? { place: node.place } : {}),
    ...(like === undefined ? {} : { like }),
    children: rows,
  };
}

/** Whether two modules with modules inside are built alike and give the same. */
const isSameBlock = (a: ModuleNode, b: ModuleNode): boolean =>
  a.children.length > 0 && a.className === b.className && printOutputs(a) === printOutputs(b) && isSame(a, b);

const isSame = (a: ModuleNode, b: ModuleNode): boolean =>
  a.className === b.className &&
  a.calls === b.calls &&
  printSum(a.params) === printSum(b.params) &&
  printSum(a.macs) === printSum(b.macs) &&
  printOutputs(a) === printOutputs(b) &&
  a.children.length === b.children.length &&
  a.children.every((child, i) => isSame(child, b.children[i] as ModuleNode));

/** Shapes of one module that are written out. */
const MOST_OUTPUTS = 3;

const printOutputs = ({ outputs, calls }: ModuleNode): string => {
  if (calls === 0) return "";
  const texts = outputs.slice(0, MOST_OUTPUTS).map((value) => printOutput(value));
  return [...texts, ...(outputs.length > MOST_OUTPUTS ? ["…"] : [])].join(" | ");
};

/** A longer expression in symbols says less than which symbols it depends on. */
const LONGEST = 32;

/** `1,728`, `at least 1,728`, `556,651,520 a sample`, `depends on H, W`. */
export function printSum({ known, more }: Sum): string {
  if (more) return known === 0 ? "unknown" : `at least ${printSum({ known, more: false })}`;
  if (typeof known === "number") return printCount(known);
  const one = divide(known, dimSymbol("N"));
  if (typeof one === "number") return `${printCount(one)} a sample`;
  const text = printCount(known);
  return text.length <= LONGEST ? text : `depends on ${[...symbolsOf(known)].join(", ")}`;
}

/** Both as one number, or as one for the parameters and one for each sample. */
function printTogether(flowing: Sum, weights: Sum): string {
  const one = divide(flowing.known, dimSymbol("N"));
  const isSplit = typeof flowing.known !== "number" && typeof one === "number" && !flowing.more && !weights.more;
  return isSplit && typeof weights.known === "number" && weights.known > 0
    ? `${printMemory(weights)} + ${printMemory(flowing)}`
    : printMemory(together(flowing, weights));
}

/** The same for bytes, in the unit that suits them. */
function printMemory({ known, more }: Sum): string {
  const one = typeof known === "number" ? known : divide(known, dimSymbol("N"));
  const ending = typeof known === "number" ? "" : " a sample";
  if (more) return known === 0 || typeof one !== "number" ? "unknown" : `at least ${printBytes(one)}${ending}`;
  if (typeof one === "number") return one === 0 ? "0" : `${printBytes(one)}${ending}`;
  return `depends on ${[...symbolsOf(known)].join(", ")}`;
}
