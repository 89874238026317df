import { allWithin, type MathExpr, replaced } from "../../core/math/expression.js";

type Series = Extract<MathExpr, { kind: "series" }>;

const isSeries = (e: MathExpr): e is Series => e.kind === "series";

/** Whether nobody says where a sum ends: `Σ_i x_i`. */
const isOpenEnded = ({ index, last }: Series): boolean => last.kind === "symbol" && last.name === `#${index}`;

const textOf = (e: MathExpr): string =>
  JSON.stringify(e, (key, value) => (key === "from" || key === "to" ? undefined : value));

/**
 * Two sides in which sums without ends end where the other sums over the same index do, or all others: `Σ_{i=1}^n x_i = Σ_i x_i`. Undefined where
 * such an end cannot be told.
 */
export function withOneRange(left: MathExpr, right: MathExpr): readonly [MathExpr, MathExpr] | undefined {
  const all: Series[] = [];
  for (const e of [left, right]) for (const part of allWithin(e)) if (isSeries(part)) all.push(part);
  const ended = all.filter((s) => !isOpenEnded(s));
  if (ended.length === 0 || ended.length === all.length) return [left, right];
  const ranges = (list: readonly Series[]): ReadonlyMap<string, Series> =>
    new Map(list.map((s) => [`${textOf(s.first)} ${textOf(s.last)}`, s]));
  const everywhere = ranges(ended);
  let isClear = true;
  const ending = (e: MathExpr): MathExpr =>
    replaced(e, (x) => {
      if (!isSeries(x) || !isOpenEnded(x)) return undefined;
      const own = ranges(ended.filter((s) => s.index === x.index));
      const [range, ...more] = (own.size > 0 ? own : everywhere).values();
      if (!range || more.length > 0) isClear = false;
      return range ? { ...x, first: range.first, last: range.last, body: ending(x.body) } : undefined;
    });
  const both = [ending(left), ending(right)] as const;
  return isClear ? both : undefined;
}
