import type { MathExpr } from "../../core/math/expression.js";
import { decideQuantity, type QuantityAnswer } from "./decideQuantity.js";
import { layerQuantities } from "./layerQuantities.js";
import type { Quantity } from "./quantity.js";
import { gradientQuantities, scaleQuantities } from "./scaleQuantities.js";

/** All quantities that are known. */
const QUANTITIES: readonly Quantity[] = [...layerQuantities, ...scaleQuantities, ...gradientQuantities];

/** Where a document gives a formula for something. */
export interface Given {
  /** The name that it is given for, if it has one. */
  readonly symbol?: string;
  /** What stands before it in its sentence. */
  readonly before: string;
  /** The paragraph, with the heading above. */
  readonly paragraph: string;
  /** What the section has said so far. */
  readonly context: string;
}

/** Words between what is named and its formula. */
const LINKING =
  "(?:\\s+(?:is|are|of|as|by|then|therefore|becomes?|equals?|given|the|a|layer|conv\\w*|this|size))*[\\s:=]*$";

function quantitiesOf({ symbol, before, paragraph, context }: Given): readonly Quantity[] {
  return QUANTITIES.filter(({ symbol: names, words, about, unless }) => {
    const isNamed = symbol !== undefined && (names?.test(symbol) ?? false);
    const isSaid = words !== undefined && new RegExp(`(?:${words.source})${LINKING}`, "i").test(before);
    if (!isNamed && !isSaid) return false;
    // A name that says what it is may stand further behind the words.
    const around = isNamed && (symbol?.length ?? 0) > 3 ? context : paragraph;
    if (unless?.test(paragraph) || (about && !about.test(around))) return false;
    // A letter alone is too common to say what it is.
    return isSaid || (symbol?.length ?? 0) > 1 || (words?.test(before) ?? false) || (about?.test(paragraph) ?? false);
  });
}

/** Whether a formula may be one of a quantity that is known. */
export const mayMean = (given: Given): boolean => quantitiesOf(given).length > 0;

/** What is said of a formula for a quantity, with the quantity; undefined where none is clear. */
export function decideGiven(
  e: MathExpr,
  given: Given,
): { readonly quantity: Quantity; readonly answer: QuantityAnswer } | undefined {
  const answers = quantitiesOf(given).map((quantity) => ({
    quantity,
    answer: decideQuantity(e, quantity, given.context),
  }));
  const found = answers.flatMap(({ quantity, answer }) => (answer ? [{ quantity, answer }] : []));
  // What may be another quantity is not wrong for this one.
  return (
    found.find(({ answer }) => answer.verdict === "right") ?? (found.length === answers.length ? found[0] : undefined)
  );
}
