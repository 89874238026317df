import { equal, same } from "../dims/compare.js";
import { add } from "../dims/dim.js";
import type { Bindings } from "../expr/evaluate.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Op, Others, Rule, Shape, Size } from "../layer/op.js";
import { printValue } from "../layer/sentence.js";

const refusal = (code: string, say: string, advise: string, argument?: string): Rule => ({
  code,
  when: "false",
  say,
  advise,
  ...(argument === undefined ? {} : { argument }),
});

const listed = (shapes: readonly Shape[]): string => shapes.map(printSizes).join(" and ");

/** The size that two sizes have together, where one of them may be 1; null where they certainly have none. */
function meet(a: Size, b: Size): Size | null {
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === undefined || b === undefined) return undefined;
  if (same(a, b)) return a;
  return equal(a, b) === false && equal(a, 1) === false && equal(b, 1) === false ? null : undefined;
}

/** The batch, which all share; null where two certainly differ. */
function batchOf(shapes: readonly Shape[]): Size | null {
  const [first, ...others] = shapes.map((s) => s[0]);
  const differs = others.some((b) => first !== undefined && b !== undefined && equal(first, b) === false);
  return differs ? null : first;
}

/** The sizes without the batch, met from the end. */
function broadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Size[] = [];
  for (let back = rank; back >= 1; back--) {
    const [x, y] = [a[a.length - back], b[b.length - back]];
    const size = a.length < back ? y : b.length < back ? x : meet(x, y);
    if (size === null) return undefined;
    result.push(size);
  }
  return result;
}

function merged(name: string, exactly: number | undefined) {
  return (input: Shape, _: Bindings, others: Others): Shape | Rule | undefined => {
    if (others.includes(undefined)) return undefined;
    const shapes = [input, ...(others as readonly Shape[])];
    if (exactly !== undefined && shapes.length !== exactly)
      return refusal(
        "inputs",
        `${name} takes ${exactly} tensors; it gets ${shapes.length}.`,
        `Give it a list of ${exactly}.`,
      );
    const batch = batchOf(shapes);
    let result: Shape | undefined = input.slice(1);
    for (const shape of shapes.slice(1)) result &&= broadcast(result, shape.slice(1));
    if (!result || batch === null)
      return refusal("shapes", `${name} gets ${listed(shapes)}.`, "Make the shapes the same.");
    return [batch, ...result];
  };
}

/** Everything but one axis has to be the same; along that the sizes are added up. */
function concatenated(input: Shape, { axis }: Bindings, others: Others): Shape | Rule | undefined {
  if (typeof axis !== "number" || others.includes(undefined)) return undefined;
  const shapes = [input, ...(others as readonly Shape[])];
  const rank = input.length;
  const at = axis < 0 ? axis + rank : axis;
  if (shapes.some((s) => s.length !== rank))
    return refusal("shapes", `Concatenate gets ${listed(shapes)}.`, "Give all inputs the same number of dimensions.");
  if (at < 0 || at >= rank)
    return refusal(
      "axis",
      `axis is ${axis}, the inputs have ${rank} dimensions.`,
      "Count from 0 for the batch, or from the end with −1.",
      "axis",
    );
  const result = [...input];
  for (const shape of shapes.slice(1))
    for (const [i, size] of shape.entries()) {
      const old = result[i];
      if (i === at) result[i] = old === undefined || size === undefined ? undefined : add(old, size);
      else if (old !== undefined && size !== undefined && equal(old, size) === false)
        return refusal(
          "shapes",
          `Concatenate along axis ${printValue(axis)} gets ${listed(shapes)}.`,
          "Make all other sizes the same.",
        );
      else result[i] = old ?? size;
    }
  return result;
}

/** Products along one axis of each of two tensors, summed up for each sample. */
function dotted(input: Shape, { axes }: Bindings, others: Others): Shape | Rule | undefined {
  if (others.includes(undefined)) return undefined;
  const shapes = [input, ...(others as readonly Shape[])];
  const [one, other] = shapes;
  if (shapes.length !== 2 || !one || !other)
    return refusal("inputs", `Dot takes 2 tensors; it gets ${shapes.length}.`, "Give it a list of 2.");
  const pair = Array.isArray(axes) ? axes : [axes, axes];
  const places = [one, other].map((shape, i) => {
    const at = pair[i];
    return typeof at === "number" ? (at < 0 ? at + shape.length : at) : undefined;
  });
  const [a, b] = places;
  if (a === undefined || b === undefined) return undefined;
  if (a < 0 || b < 0 || a >= one.length || b >= other.length || a === 0 || b === 0) return undefined;
  const [x, y] = [one[a], other[b]];
  if (x !== undefined && y !== undefined && equal(x, y) === false)
    return refusal(
      "sizes",
      `Dot multiplies along a size of ${printSize(x)} and one of ${printSize(y)}.`,
      "Choose axes of the same size.",
      "axes",
    );
  const rest = [...one.filter((_, i) => i !== a), ...other.filter((_, i) => i !== b && i !== 0)];
  return rest.length === 1 ? [...rest, 1] : rest;
}

const merging = (name: string, what: string, output: Op["output"], args = ""): Op => ({
  name,
  summary: `${what}; it has nothing to learn.`,
  keras: `layers.${name}(${args})`,
  axes: 0,
  letters: {},
  input: ["N", "*"],
  output,
  rules: [],
  examples: [],
});

const elementwise = (name: string, what: string, exactly?: number): Op =>
  merging(name, `${what} of its inputs, place by place`, merged(name, exactly));

/** layers.Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate and Dot; they take a list of tensors. */
export const merge: readonly Op[] = [
  elementwise("Add", "The sum"),
  elementwise("Subtract", "The difference", 2),
  elementwise("Multiply", "The product"),
  elementwise("Average", "The mean"),
  elementwise("Maximum", "The largest"),
  elementwise("Minimum", "The smallest"),
  merging("Concatenate", "Puts its inputs one behind the other along an axis", concatenated, "axis=-1"),
  merging("Dot", "Multiplies two inputs along an axis and sums up", dotted, "axes, normalize=False"),
];
