import { all, create, type FactoryFunctionMap } from "mathjs/number";

/** One equation as a student writes it, with how an independent program evaluates its two sides. */
export interface RandomClaim {
  /** LaTeX, without dollars. */
  readonly latex: string;
  /** The two sides for mathjs. */
  readonly sides: readonly [string, string];
  readonly symbols: readonly string[];
  /** The decimals that are written, where the right side is rounded to them. */
  readonly decimals?: number;
}

const math = create(all as FactoryFunctionMap) as unknown as {
  evaluate: (text: string, scope: object) => unknown;
};

/** What an expression comes to in mathjs. */
export const evaluated = (text: string, scope: Readonly<Record<string, number>>): number =>
  Number(math.evaluate(text, { ...scope }));

/** A right equation of one of the kinds that homework has. */
export function randomClaim(random: () => number): RandomClaim {
  const int = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T;
  const letters = (n: number): readonly string[] => {
    const pool = [..."abcdkmnpqrtuvwxy"];
    return Array.from({ length: n }, () => pool.splice(int(0, pool.length - 1), 1)[0] as string);
  };
  const dot = pick([" \\cdot ", " \\times ", "\\cdot "]);
  const kinds: readonly (() => RandomClaim)[] = [
    () => {
      const [K, C, F] = [pick([1, 3, 5, 7]), int(1, 64), int(1, 128)];
      return numeric(`${K}${dot}${K}${dot}${C}${dot}${F} + ${F}`, `${K}*${K}*${C}*${F}+${F}`, K * K * C * F + F);
    },
    () => {
      const [W, K, S, P] = [int(12, 224), pick([1, 2, 3, 5, 7]), int(1, 3), int(0, 3)];
      const value = Math.floor((W - K + 2 * P) / S) + 1;
      const [open, close] = pick([
        ["\\lfloor ", " \\rfloor"],
        ["\\left\\lfloor ", " \\right\\rfloor"],
      ] as const);
      const inner = pick([`\\frac{${W} - ${K} + 2${dot}${P}}{${S}}`, `(${W} - ${K} + 2${dot}${P})/${S}`]);
      return numeric(`${open}${inner}${close} + 1`, `floor((${W}-${K}+2*${P})/${S})+1`, value);
    },
    () => {
      const [a, b, c] = letters(3) as [string, string, string];
      const n = int(2, 9);
      return symbolic(
        `${a}(${n}${b} + ${c})`,
        `${a}*(${n}*${b}+${c})`,
        `${n}${a}${b} + ${a}${c}`,
        `${n}*${a}*${b}+${a}*${c}`,
        [a, b, c],
      );
    },
    () => {
      const [a, b] = letters(2) as [string, string];
      const n = int(2, 5);
      return symbolic(
        `(${a} - ${n}${b})^2`,
        `(${a}-${n}*${b})^2`,
        `${a}^2 - ${2 * n}${a}${b} + ${n * n}${b}^2`,
        `${a}^2-${2 * n}*${a}*${b}+${n * n}*${b}^2`,
        [a, b],
      );
    },
    () => {
      const [a, b, c] = letters(3) as [string, string, string];
      return symbolic(
        `\\frac{${a}}{${b}} + \\frac{${c}}{${b}}`,
        `${a}/${b}+${c}/${b}`,
        `\\frac{${a} + ${c}}{${b}}`,
        `(${a}+${c})/${b}`,
        [a, b, c],
      );
    },
    () => {
      const [k, l] = letters(2) as [string, string];
      return symbolic(
        `${k} + (${l} - 1)(${k} - 1)`,
        `${k}+(${l}-1)*(${k}-1)`,
        `1 + ${l}(${k} - 1)`,
        `1+${l}*(${k}-1)`,
        [k, l],
      );
    },
    () => {
      const [a, n] = letters(2) as [string, string];
      return symbolic(
        `\\frac{1 - ${a}^{${n}+1}}{1 - ${a}} - ${a}^{${n}}`,
        `(1-${a}^(${n}+1))/(1-${a})-${a}^${n}`,
        `\\frac{1 - ${a}^{${n}}}{1 - ${a}}`,
        `(1-${a}^${n})/(1-${a})`,
        [a, n],
      );
    },
    () => {
      const [a, b] = letters(2) as [string, string];
      return symbolic(`\\sqrt{${a}^2 ${b}}`, `sqrt(${a}^2*${b})`, `${a}\\sqrt{${b}}`, `${a}*sqrt(${b})`, [a, b]);
    },
    () => {
      const [x] = letters(1) as [string];
      return symbolic(
        `1 - \\tanh^2 ${x}`,
        `1-tanh(${x})^2`,
        `\\frac{4}{(e^{${x}} + e^{-${x}})^2}`,
        `4/(exp(${x})+exp(-${x}))^2`,
        [x],
      );
    },
    () => {
      const [x] = letters(1) as [string];
      return symbolic(
        `\\frac{1}{1 + e^{-${x}}}`,
        `1/(1+exp(-${x}))`,
        `\\frac{e^{${x}}}{e^{${x}} + 1}`,
        `exp(${x})/(exp(${x})+1)`,
        [x],
      );
    },
    () => {
      const [p, q] = [int(2, 999), int(3, 97)];
      const decimals = int(1, 5);
      return rounded(`\\frac{${p}}{${q}}`, `${p}/${q}`, p / q, decimals);
    },
    () => {
      const q = int(50, 995) / 1000;
      const decimals = int(1, 4);
      return rounded(
        `\\frac{\\ln(1 - ${q})}{\\ln 0.95}`,
        `log(1-${q})/log(0.95)`,
        Math.log(1 - q) / Math.log(0.95),
        decimals,
      );
    },
    () => {
      const [a, b, c] = [int(1, 99) / 100, int(1, 99) / 1000, int(1, 9) / 10];
      const value = Number((a * (b * c + 1)).toFixed(9));
      return numeric(`${a}${dot}(${b}${dot}${c} + 1)`, `${a}*(${b}*${c}+1)`, value);
    },
    () => {
      const [m, s, g] = letters(3) as [string, string, string];
      return symbolic(
        `\\left(\\frac{${m}}{${s}}\\right)^2 ${g}`,
        `(${m}/${s})^2*${g}`,
        `\\frac{${m}^2 ${g}}{${s}^2}`,
        `${m}^2*${g}/${s}^2`,
        [m, s, g],
      );
    },
    () => {
      const [p, x] = letters(2) as [string, string];
      return symbolic(
        `${p}${x}^2 - ${p}^2${x}^2`,
        `${p}*${x}^2-${p}^2*${x}^2`,
        `${p}(1 - ${p})${x}^2`,
        `${p}*(1-${p})*${x}^2`,
        [p, x],
      );
    },
  ];
  return pick(kinds)();
}

const numeric = (latex: string, own: string, value: number): RandomClaim => ({
  latex: `${latex} = ${value}`,
  sides: [own, String(value)],
  symbols: [],
});

const rounded = (latex: string, own: string, value: number, decimals: number): RandomClaim => ({
  latex: `${latex} \\approx ${value.toFixed(decimals)}`,
  sides: [own, value.toFixed(decimals)],
  symbols: [],
  decimals,
});

const symbolic = (
  left: string,
  own: string,
  right: string,
  other: string,
  symbols: readonly string[],
): RandomClaim => ({
  latex: `${left} = ${right}`,
  sides: [own, other],
  symbols,
});
