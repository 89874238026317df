import { equal } from "../dims/compare.js";
import { type Bindings, truth, type Value } from "../expr/evaluate.js";
import { printSizes } from "../layer/explain.js";
import type { Op, Others, Rule, Shape, ShapeFunction } from "../layer/op.js";
import { broadcast } from "../operations/broadcast.js";
import { Refused } from "../operations/operation.js";

/** What a loss has before it is averaged or summed up: its shape, the rule that is broken, or undefined where it is not known. */
export type Elements = Shape | Rule | undefined;

const WORDS = ["none", "mean", "sum", "batchmean"];

/** How the arguments say that the loss is put together; the old `size_average` and `reduce` go before `reduction`. */
function reductionOf(args: Bindings): string | undefined {
  // Newer losses have no such arguments; one that is there and undefined is not known.
  const old = (name: string): Value | undefined => (Object.hasOwn(args, name) ? args[name] : null);
  const [average, reduce, { reduction }] = [old("size_average"), old("reduce"), args];
  if (average === null && reduce === null) return typeof reduction === "string" ? reduction : undefined;
  const [isAverage, isReduced] = [average === null ? true : truth(average), reduce === null ? true : truth(reduce)];
  if (isAverage === undefined || isReduced === undefined) return undefined;
  return isReduced ? (isAverage ? "mean" : "sum") : "none";
}

/** A loss as a layer's output: one number, or with `reduction='none'` its elements. */
export const reduced =
  (elements: (input: Shape, args: Bindings, others: Others) => Elements): ShapeFunction =>
  (input, args, others) => {
    const how = reductionOf(args);
    if (how !== undefined && !WORDS.includes(how))
      return {
        code: "reduction",
        when: "false",
        say: "reduction is {reduction}.",
        advise: "Use 'none', 'mean' or 'sum'.",
        argument: "reduction",
      };
    const made = elements(input, args, others);
    if (made && !Array.isArray(made)) return made;
    return how === undefined ? undefined : how === "none" ? made : [];
  };

/** The shape that a loss's tensors broadcast to, or the rule that they do not. */
export function broadcastTogether(shapes: Others, names: readonly string[]): Elements {
  try {
    return broadcast(shapes, names);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { say, advise } = error.refusal;
    return { code: "sizes", when: "false", say, advise, ...(names[1] ? { argument: names[1] } : {}) };
  }
}

/** Whether two shapes are certainly not the same. */
export const differ = (a: Shape, b: Shape): boolean =>
  a.length !== b.length ||
  a.some((x, i) => {
    const y = b[i];
    return x !== undefined && y !== undefined && equal(x, y) === false;
  });

/** Arguments that are called by a word. */
const PLAIN = /^(input|target|anchor|positive|negative)$/;

/** The rule that two tensors of a loss have shapes that do not go together. */
export const sizesRule = (input: Shape, other: Shape, advise: string, name = "target", first = "input"): Rule => ({
  code: `${name}-sizes`,
  when: "false",
  say: `${/\d/.test(first) ? "" : "The "}${first} is ${printSizes(input)}, ${PLAIN.test(name) ? "the " : ""}${name} ${printSizes(other)}.`,
  advise,
  argument: name,
});

/** The arguments of most losses that older programs still give. */
export const OLD_REDUCTION = "size_average=None, reduce=None";

/** A loss, with what all losses have in common. */
export const loss = (
  op: Pick<Op, "name" | "summary" | "torch" | "functional" | "examples">,
  forward: string,
  elements: Parameters<typeof reduced>[0],
): Op => ({
  ...op,
  forward: `forward(${forward})`,
  axes: 0,
  letters: {},
  input: ["*"],
  output: reduced(elements),
  rules: [],
});
