import { freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { decideQuantity, type QuantityAnswer } from "./decideQuantity.js";
import type { Given } from "./given.js";
import { layerQuantities } from "./layerQuantities.js";
import { expressionOf, type Quantity } from "./quantity.js";
import { gradientQuantities, growthQuantities, scaleQuantities } from "./scaleQuantities.js";

/** All quantities that are known. */
const QUANTITIES: readonly Quantity[] = [
  ...layerQuantities,
  ...scaleQuantities,
  ...growthQuantities,
  ...gradientQuantities,
];

/** Words between what is named and its formula. */
const LINKING =
  "(?:\\s+(?:is|are|of|as|by|then|therefore|becomes?|equals?|given|the|a|layer|conv\\w*|this|size))*[\\s:=]*$";

/** The words of each quantity as they stand before its formula. */
const SAID: ReadonlyMap<Quantity, RegExp> = new Map(
  QUANTITIES.flatMap((quantity) =>
    quantity.words ? [[quantity, new RegExp(`(?:${quantity.words.source})${LINKING}`, "i")]] : [],
  ),
);

const isNamedBy = ({ symbol: names }: Quantity, { symbol }: Given): boolean =>
  symbol !== undefined && (names?.test(symbol) ?? false);

const isSaidOf = (quantity: Quantity, { before }: Given): boolean => SAID.get(quantity)?.test(before) ?? false;

function quantitiesOf(given: Given): readonly Quantity[] {
  const near = QUANTITIES.filter((quantity) => isNamedBy(quantity, given) || isSaidOf(quantity, given));
  if (near.length === 0) return near;
  const { symbol, before, paragraph, context } = given;
  return near.filter((quantity) => {
    const { words, about, unless } = quantity;
    const [isNamed, isSaid] = [isNamedBy(quantity, given), isSaidOf(quantity, given)];
    // Of two with the same names it is the one of which the paragraph speaks.
    const isOther = near.some((q) => q.symbol === quantity.symbol && q.about?.test(paragraph));
    if (isNamed && isOther && !about?.test(paragraph)) return false;
    // A name that says what it is may stand further behind the words.
    const around = isNamed && (symbol?.length ?? 0) > 3 ? context : paragraph;
    if (quantity.behind && !quantity.behind.test(given.behind)) return false;
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

/** A quantity's formula in which a letter of the document stands for what it means there; undefined where it has none. */
export function formulaIn(letter: string, given: Given): MathExpr | undefined {
  for (const { formulas, roles } of quantitiesOf(given))
    for (const [role, { letters }] of Object.entries(roles))
      for (const formula of letters.test(letter) ? formulas : []) {
        const e = expressionOf(formula);
        if (e && freeSymbols(e).has(role))
          return replaced(e, (x) => (x.kind === "symbol" && x.name === role ? { ...x, name: letter } : undefined));
      }
  return undefined;
}
