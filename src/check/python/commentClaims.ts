import { equal, same } from "../../core/dims/compare.js";
import { divide, symbolsOf } from "../../core/dims/dim.js";
import { printCount } from "../../core/dims/print.js";
import { isDim, type Value } from "../../core/expr/evaluate.js";
import { applyOp } from "../../core/layer/apply.js";
import { printCrosses, printSizes } from "../../core/layer/explain.js";
import { axisMistake, countMistake, sayMistake } from "../../core/layer/mistakes.js";
import type { Shape, Size } from "../../core/layer/op.js";
import type { WrittenShape } from "../../read/python/shapeText.js";
import { type LayerCall, sameShape } from "../../read/python/trace.js";
import type { LayerValue } from "../../read/python/values.js";
import type { Verdict } from "../finding.js";
import type { LineFacts } from "./lineFacts.js";

/** What is said of a comment's claim, and the text that would be right. */
export interface Judged {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly right?: string;
  /** The shape that is claimed, as the layer of the line would have to give it, and its call. */
  readonly wanted?: { readonly call: LayerCall; readonly shapes: readonly Shape[] };
}

/** Judges a shape that a comment claims of its line; it is wrong only where no reading of it fits and it can only mean what its line makes. */
export function judgeShape(facts: LineFacts, written: WrittenShape): Judged | undefined {
  const shapes = shapesOn(facts);
  const [first] = shapes;
  if (!first) return undefined;
  const verdicts = shapes.map((s) => fits(written, s));
  if (verdicts.includes(true)) return { verdict: "right", reason: `The shape here is ${printSizes(first)}.` };
  const isOther = othersOn(facts).some((s) => fits(written, s) !== false) || isOfArguments(written, facts);
  if (isOther || verdicts.includes(undefined) || !shapes.some((s) => isAbout(written, s)))
    return {
      verdict: "not understood",
      reason: `The shape here is ${printSizes(first)}; the comment can be read in more than one way.`,
    };
  const right = written.bracketed ? printSizes(first) : printCrosses(inOrderOf(written, first));
  const call = onlyLayer(facts, first);
  const wanted = call && { call, shapes: readingsOf(written, first) };
  const mistake = wanted && namedMistake(wanted.call, wanted.shapes);
  return {
    verdict: "wrong",
    reason: `The comment says ${show(written)}, the shape here is ${printSizes(first)}. ${mistake ? `${mistake} ` : ""}Change the comment or the layer.`,
    right,
    ...(wanted ? { wanted } : {}),
  };
}

/** A shape without its batch, with the channels last where the comment has them there. */
function inOrderOf({ sizes }: WrittenShape, actual: Shape): Shape {
  const sample = actual.slice(actual.length - sizes.length);
  const last = [...sample.slice(1), ...sample.slice(0, 1)];
  const alike = (order: Shape): number =>
    order.filter((size, i) => {
      const said = sizes[i];
      return size !== undefined && said !== undefined && same(size, said);
    }).length;
  return sizes.length === actual.length - 1 && alike(last) > alike(sample) ? last : sample;
}

/** The one layer of a line that gives its shape. */
function onlyLayer({ made, called }: LineFacts, shape: Shape): LayerCall | undefined {
  const giving = [...called, ...made].filter((c) => c.op.axes > 0 && sameShape(c.output.shape, shape));
  const [call] = giving;
  return call && giving.every((c) => c.site.from === call.site.from) ? call : undefined;
}

/** The shapes that a comment may mean, in PyTorch's order; the batch may be any. */
function readingsOf({ sizes }: WrittenShape, actual: Shape): readonly Shape[] {
  const sample = sizes.length === actual.length ? sizes.slice(1) : sizes;
  const first: Shape = [undefined, ...sample];
  const last: Shape = [undefined, ...sample.slice(-1), ...sample.slice(0, -1)];
  return sample.length > 1 ? [first, last] : [first];
}

/** The mistake that gives one of these shapes, where only the sizes of the axes, or only the channels, are other ones. */
function namedMistake({ op, applied }: LayerCall, shapes: readonly Shape[]): string | undefined {
  const made = applied.output ?? [];
  const front = made.length - op.axes;
  const agrees = (a: Size, b: Size): boolean => a === undefined || (b !== undefined && same(a, b));
  for (const shape of shapes) {
    const isFront = shape.slice(0, front).every((s, i) => agrees(s, made[i]));
    const isBack = shape.slice(front).every((s, i) => agrees(s, made[front + i]));
    const found =
      isFront && !isBack
        ? axisMistake(op, applied, shape.slice(front))
        : isBack && !isFront
          ? countMistake(op, applied, "channels", shape[front - 1])
          : undefined;
    if (found) return sayMistake(found);
  }
  return undefined;
}

/** The shapes that the statement of a line, or its layer, comes to. */
function shapesOn({ statements, made }: LineFacts): readonly Shape[] {
  const shapes = statements.length > 0 ? statements.map((s) => s.tensor.shape) : made.map((c) => c.output.shape);
  return shapes.filter((s) => s !== undefined);
}

/** What else a comment in this line may mean: what goes in, or the weights' shape. */
const othersOn = ({ called }: LineFacts): readonly Shape[] =>
  called.flatMap((c) => [c.input.shape ?? [], weightShape(c.args)]).filter((s) => s.length > 0);

function weightShape(args: LayerValue["args"]): Shape {
  const { in_channels: channels, out_channels: filters, kernel_size: kernel, groups } = args;
  if (!isDim(channels) || !isDim(filters) || !isDim(groups)) return [];
  const sizes = isDim(kernel)
    ? [kernel, kernel]
    : Array.isArray(kernel)
      ? kernel.map((k) => (isDim(k) ? k : undefined))
      : [];
  return [filters, divide(channels, groups), ...sizes];
}

/** Whether every number of a comment is an argument of a layer of the line: `# (64, 128, 3)` may repeat them. */
function isOfArguments({ sizes }: WrittenShape, { called, layers }: LineFacts): boolean {
  const numbers = (v: Value | undefined): readonly Size[] =>
    isDim(v) ? [v] : Array.isArray(v) ? v.flatMap((each) => numbers(each)) : [];
  return [...called, ...layers].some(({ args }) => {
    const given = Object.values(args).flatMap(numbers);
    return sizes.every((s) => s !== undefined && given.some((g) => g !== undefined && same(g, s)));
  });
}

/** Whether a written shape can only be meant for the actual one: its batch is a letter, or some size agrees; and not all do in another order. */
function isAbout({ sizes }: WrittenShape, actual: Shape): boolean {
  const offset = actual.length - sizes.length;
  const isSame = (a: Size, b: Size): boolean => a !== undefined && b !== undefined && same(a, b);
  const last = [...actual.slice(0, 1), ...actual.slice(2), ...actual.slice(1, 2)];
  const agrees = [actual, last].some((order) => sizes.some((s, i) => isSame(s, order[i + offset])));
  const [batch] = sizes;
  const isLetter = offset === 0 && (batch === undefined || symbolsOf(batch).size > 0);
  const left = [...actual.slice(offset)];
  for (const s of sizes) {
    const at = left.findIndex((a) => isSame(a, s));
    if (at >= 0) left.splice(at, 1);
  }
  return (agrees || isLetter) && left.length > 0;
}

const show = (w: WrittenShape): string => (w.bracketed ? printSizes(w.sizes) : printCrosses(w.sizes));

/** Whether a written shape is the actual one: with or without the batch, channels first or last. */
export function fits(written: WrittenShape, actual: Shape): boolean | undefined {
  const said = written.sizes;
  if (said.length !== actual.length && said.length !== actual.length - 1) return undefined;
  const [batch] = said;
  // Two numbers may be a kernel or a matrix of weights; with a letter in front they are a batch of rows.
  if (said.length < 3 && (batch === undefined || symbolsOf(batch).size === 0)) return undefined;
  const sample = actual.slice(1);
  const tail = said.length === actual.length ? said.slice(1) : said;
  const orders = sample.length > 1 ? [sample, [...sample.slice(1), sample[0]]] : [sample];
  const verdicts = orders.map((order) => agree(tail, order));
  return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
}

/** Whether all sizes that are said are the actual ones; undefined where one may be. */
export function agree(said: Shape, actual: Shape): boolean | undefined {
  const parts = said.map((s, i) => {
    const a = actual[i];
    if (s === undefined || a === undefined) return undefined;
    if (same(s, a)) return true;
    // A letter of the comment may stand for any number; only two numbers certainly differ.
    return typeof s === "number" && equal(s, a) === false ? false : undefined;
  });
  return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
}

/** Fewer than these may count anything, such as arguments. */
const LEAST_COUNT = 10;

/** Judges a count of parameters that a comment claims of the one layer of its line. */
export function judgeCount({ layers }: LineFacts, said: Size, isWeights: boolean): Judged | undefined {
  const [layer, ...more] = layers;
  if (!layer || more.length > 0 || said === undefined) return undefined;
  const { op, args } = layer;
  const { params, buffers } = applyOp(op, args);
  if (params === undefined) return undefined;
  const reason = `${op.name} has ${printCount(params)} parameters.`;
  if (same(said, params)) return { verdict: "right", reason };
  // Weights may be counted without the bias, and batch norm's with its running statistics.
  const others = [
    ...(isWeights && "bias" in args
      ? [applyOp(op, { ...args, bias: false }).params, applyOp(op, { ...args, bias: true }).params]
      : []),
    ...(buffers === 0 ? [] : ["running"]),
  ];
  const isOther = others.some((o) => o === "running" || (isDim(o) && same(said, o)));
  if (isOther || equal(said, params) !== false || (typeof said === "number" && said < LEAST_COUNT))
    return { verdict: "not understood", reason };
  return {
    verdict: "wrong",
    reason: `The comment says ${printCount(said)} parameters, this ${op.name} has ${printCount(params)}. Change the comment or the layer.`,
    right: `params: ${printCount(params)}`,
  };
}
