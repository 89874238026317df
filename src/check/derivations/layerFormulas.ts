import { type MathExpr, replaced } from "../../core/math/expression.js";
import { expressionOf } from "../quantities/quantity.js";

/** A formula that a name has by the conventions of the field, and which convention that is. */
export interface Implied {
  readonly key: string;
  readonly e: MathExpr;
}

/** `δ` and 2 of `δ_2`, `δ^(2)` or `δ2`. */
export function splitLayer(name: string): { readonly family: string; readonly layer: number } | undefined {
  const [, family, digit] = /^(\p{L}\p{M}?)[_^]?\(?(\d)\)?$/u.exec(name) ?? [];
  return family && digit ? { family, layer: Number(digit) } : undefined;
}

const OUTPUTS = /^(?:[axho]|y\u0302)$/;
const WEIGHTS = /^[WΘ]$/;
const SUMS = /^[szu]$/;

/** Words with which other formulas belong to a network's names. */
const OTHER = /leaky|[^r]elu\b|swish|softmax|dropout|normali|batch norm|residual|skip|recurren|convol/i;

/** The functions behind a layer by the words that name them, with what comes back through them as their output o says it. */
const ACTIVATIONS: readonly (readonly [name: string, words: RegExp, back?: string])[] = [
  ["relu", /relu|max\s*\(\s*0/i],
  ["tanh", /tanh/, "⊙(1-o^2)"],
  ["sigmoid", /sigmoid|logistic|σ/i, "⊙o⊙(1-o)"],
  ["", /identity|linear/i, ""],
];

/** What goes into a layer, as it stands or with a 1 on top for a bias that is the first row of the weights. */
const PRODUCTS = ["W*x", "Wᵀ*x", "W*(1,x)", "Wᵀ*(1,x)"];

/** Whether a document has given the weights of a layer. */
export const hasLayers = (names: Iterable<string>): boolean =>
  [...names].some((name) => WEIGHTS.test(splitLayer(name)?.family ?? ""));

/** The formulas that a name of a network may have, or the gradient by its weights, of the names whose values a document has given. */
export function layerFormulas(
  name: string,
  isGradient: boolean,
  names: readonly string[],
  text: string,
): readonly Implied[] {
  const layers = names.map((n) => splitLayer(n) ?? { family: n, layer: 0 });
  const last = Math.max(0, ...layers.map(({ family, layer }) => (WEIGHTS.test(family) ? layer : 0)));
  const { family, layer } = splitLayer(name) ?? { family: name, layer: name === "y\u0302" ? last : 0 };
  // Where there are more layers than weights, some weights are not known.
  if (layer < 1 || OTHER.test(text) || layers.some((l) => l.layer > last)) return [];
  const at = (n: number, families: RegExp): readonly string[] =>
    names.filter((other, i) => {
      const isLast = other === "y\u0302" && n === last;
      return (isLast || layers[i]?.layer === n) && families.test(layers[i]?.family ?? "");
    });
  const [[W = ""], [b], [s], [d], [V], [e]] = [
    at(layer, WEIGHTS),
    at(layer, /^b$/),
    at(layer, SUMS),
    at(layer, /^δ$/),
    at(layer + 1, WEIGHTS),
    at(layer + 1, /^δ$/),
  ];
  const said = ACTIVATIONS.filter(([, words]) => words.test(text));
  const acts = said.length === 0 || layer === last ? [...said, ...ACTIVATIONS.slice(-1)] : said;
  const sums = b ? ["W*x+b", "Wᵀ*x+b"] : PRODUCTS;
  const formulas = isGradient
    ? d && WEIGHTS.test(family)
      ? ["x*dᵀ", "(1,x)*dᵀ", "d*xᵀ"]
      : []
    : SUMS.test(family)
      ? sums
      : family === "δ"
        ? (V ? (e ? ["V*e", "Vᵀ*e"] : []) : ["2*(o-y)", "1*(o-y)"]).flatMap((f) =>
            acts.flatMap(([, , back]) => (back === undefined ? [] : [`(${f})${back}`])),
          )
        : OUTPUTS.test(family)
          ? (s ? ["s"] : sums).flatMap((f) => acts.flatMap(([act]) => [`${act}(${f})`, `(1,${act}(${f}))`]))
          : [];
  return at(layer - 1, OUTPUTS).flatMap((x) =>
    formulas.flatMap((key) => {
      const [o = ""] = at(layer, OUTPUTS);
      const own: Readonly<Record<string, string | undefined>> = { W, b, s, d, V, e, x, o };
      const formula = expressionOf(key);
      const put = (part: MathExpr): MathExpr | undefined =>
        part.kind === "symbol" && own[part.name] ? { ...part, name: own[part.name] ?? "" } : undefined;
      return formula ? [{ key, e: replaced(formula, put) }] : [];
    }),
  );
}
