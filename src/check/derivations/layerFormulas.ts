import { binary, numberAt, symbolAt } from "../../core/math/compound.js";
import type { MathExpr } from "../../core/math/expression.js";

/** A formula that a name has by the conventions of the field, and which convention that is. */
export interface Implied {
  readonly key: string;
  readonly e: MathExpr;
}

const NOWHERE = { from: 0, to: 0 };
const ONE = numberAt("1", NOWHERE);
const turned = (of: MathExpr): MathExpr => ({ kind: "transpose", of, ...NOWHERE });
const times = (a: MathExpr, b: MathExpr): MathExpr => binary("*", a, b);
const less = (a: MathExpr, b: MathExpr): MathExpr => binary("-", a, b);

/** With a 1 on top, for a bias that is the first row of the weights. */
const biased = (x: MathExpr): MathExpr => ({ kind: "matrix", rows: [[ONE], [x]], ...NOWHERE });

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

/** The functions behind a layer by the words that name them, with their slopes as their outputs say them. */
const ACTIVATIONS: readonly (readonly [name: string, words: RegExp, slope?: (out: MathExpr) => MathExpr])[] = [
  ["relu", /relu|max\s*\(\s*0/i],
  ["tanh", /tanh/, (x) => less(ONE, binary("^", x, numberAt("2", NOWHERE)))],
  ["sigmoid", /sigmoid|logistic|σ/i, (x) => binary("⊙", x, less(ONE, x))],
  ["", /identity|linear/i, () => ONE],
];

/** Whether a document has given the weights of a layer. */
export const hasLayers = (names: Iterable<string>): boolean =>
  [...names].some((name) => WEIGHTS.test(splitLayer(name)?.family ?? ""));

/**
 * The formulas that the names of a network may have, by the field's conventions: sums, outputs and sensitivities by layer, of the names whose
 * values a document has given.
 */
export class LayerFormulas {
  private readonly last: number;

  constructor(
    private readonly names: readonly string[],
    private readonly text: string,
  ) {
    const last = Math.max(0, ...names.map((name) => this.layerOf(name)));
    // Where there are more layers than weights, some weights are not known.
    this.last = names.some((name) => (splitLayer(name)?.layer ?? 0) > last) ? 0 : last;
  }

  private layerOf(weights: string): number {
    const { family = "", layer = 0 } = splitLayer(weights) ?? {};
    return WEIGHTS.test(family) ? layer : 0;
  }

  private at(layer: number, families: RegExp): readonly MathExpr[] {
    const isAt = (name: string): boolean => {
      const found = splitLayer(name) ?? { family: name, layer: name === "x" ? 0 : this.last };
      return found.layer === layer && families.test(found.family);
    };
    return this.names.filter(isAt).map((name) => symbolAt(name, NOWHERE));
  }

  private activations(layer: number): typeof ACTIVATIONS {
    const said = ACTIVATIONS.filter(([, words]) => words.test(this.text));
    return said.length === 0 || layer === this.last ? [...said, ...ACTIVATIONS.slice(-1)] : said;
  }

  private sums(layer: number): readonly Implied[] {
    const [[w], [b]] = [this.at(layer, WEIGHTS), this.at(layer, /^b$/)];
    return this.at(layer - 1, OUTPUTS).flatMap((x): readonly Implied[] => {
      if (!w) return [];
      if (b) return [{ key: "b", e: binary("+", times(w, x), b) }];
      return [w, turned(w)].flatMap((m, i) => [
        { key: `${i}`, e: times(m, x) },
        { key: `${i}+`, e: times(m, biased(x)) },
      ]);
    });
  }

  /** The formulas that a name may have. */
  of(name: string): readonly Implied[] {
    const { family, layer } = splitLayer(name) ?? { family: name, layer: name === "y\u0302" ? this.last : 0 };
    if (layer < 1 || layer > this.last || OTHER.test(this.text)) return [];
    if (SUMS.test(family)) return this.sums(layer);
    if (family === "δ") return this.sensitivities(layer);
    if (!OUTPUTS.test(family)) return [];
    const sums = this.at(layer, SUMS).map((e): Implied => ({ key: "", e }));
    return (sums.length > 0 ? sums : this.sums(layer)).flatMap(({ key, e }) =>
      this.activations(layer).flatMap(([act]) => {
        const out: MathExpr = act === "" ? e : { kind: "call", name: act, args: [e], ...NOWHERE };
        return [
          { key: key + act, e: out },
          { key: `${key + act}+`, e: biased(out) },
        ];
      }),
    );
  }

  private sensitivities(layer: number): readonly Implied[] {
    const [[w], [d]] = [this.at(layer + 1, WEIGHTS), this.at(layer + 1, /^δ$/)];
    return this.at(layer, OUTPUTS).flatMap((out) =>
      this.activations(layer).flatMap(([act, , slope]) => {
        const back = w ? (d ? [w, turned(w)].map((m) => times(m, d)) : []) : ["2", "1"].map((c) => ofError(c, out));
        return slope ? back.map((e, i) => ({ key: `${i}${act}`, e: act === "" ? e : binary("⊙", e, slope(out)) })) : [];
      }),
    );
  }

  /** What the gradient of the error by a layer's weights may be. */
  gradientBy(name: string): readonly Implied[] {
    const layer = this.layerOf(name);
    const [d] = this.at(layer, /^δ$/);
    if (layer < 1 || layer > this.last || !d) return [];
    return this.at(layer - 1, OUTPUTS).flatMap((x) => [
      { key: "x", e: times(x, turned(d)) },
      { key: "1", e: times(biased(x), turned(d)) },
      { key: "d", e: times(d, turned(x)) },
    ]);
  }
}

/** `2(x − y)`, the slope of a squared error. */
const ofError = (factor: string, out: MathExpr): MathExpr =>
  times(numberAt(factor, NOWHERE), less(out, symbolAt("y", NOWHERE)));
