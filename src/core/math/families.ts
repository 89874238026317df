import { allWithin, freeSymbols, type MathExpr, replaced } from "./expression.js";

/** A name and the letters behind it: `z` and `i` of `z_i`, `w` and `f`, `c`, `k` of `w_{f,c,k}`; three and more are different ones. */
export function splitIndex(name: string): { readonly base: string; readonly indices: readonly string[] } | undefined {
  const [, base, letters] = /^(.+)_(\p{L}(?:,?\p{L}){0,5})$/u.exec(name) ?? [];
  const indices = letters?.match(/\p{L}/gu) ?? [];
  const isList = indices.length < 3 || new Set(indices).size === indices.length;
  return base && letters && isList ? { base, indices } : undefined;
}

/** The names that stand with indices in an expression, with how many they have: `w,2`. */
export function familiesIn(e: MathExpr): ReadonlySet<string> {
  const found = new Set<string>();
  for (const part of allWithin(e)) if (part.kind === "indexed") found.add(`${part.name},${part.indices.length}`);
  return found;
}

/** The names that stand with an index in an expression. */
export function indexedNames(e: MathExpr): ReadonlySet<string> {
  const found = new Set<string>();
  for (const part of allWithin(e)) if (part.kind === "indexed") found.add(part.name);
  return found;
}

/** An expression in which the letters behind the names of `families` are indices, also where no sum goes over them. */
export function withIndices(e: MathExpr, families: ReadonlySet<string>): MathExpr {
  return replaced(e, (part) => {
    if (part.kind !== "symbol") return undefined;
    const { name, from, to } = part;
    const found = splitIndex(name);
    const isDelta = found?.base === "δ" && found.indices.length === 2;
    if (!found || !(isDelta || families.has(`${found.base},${found.indices.length}`))) return undefined;
    return {
      kind: "indexed",
      name: found.base,
      indices: found.indices.map((index) => ({ kind: "symbol", name: index, from, to })),
      from,
      to,
    };
  });
}

/** The names whose entries are weights of logarithms in a sum, with where the sum ends: they are a distribution, as in a cross entropy. */
export function distributionsIn(e: MathExpr): ReadonlyMap<string, MathExpr> {
  const found = new Map<string, MathExpr>();
  for (const part of allWithin(e)) {
    if (part.kind !== "series" || part.what !== "sum") continue;
    const { body, index, last } = part;
    if (
      body.kind !== "binary" ||
      body.op !== "*" ||
      ![...allWithin(body.right)].some((x) => x.kind === "call" && x.name === "ln")
    )
      continue;
    for (const x of allWithin(body.left))
      if (
        x.kind === "indexed" &&
        x.indices.length === 1 &&
        x.indices[0]?.kind === "symbol" &&
        x.indices[0].name === index
      )
        found.set(x.name, last);
  }
  return found;
}

/** Whether what a name with an index stands for depends on the index: `p_i = e^{z_i}/Σ…`. */
export function dependsOnIndex(formula: MathExpr, index: string): boolean {
  for (const name of freeSymbols(formula)) if (name === index || splitIndex(name)?.indices.includes(index)) return true;
  return false;
}

/** Whether an expression adds up the same term so often as nobody says: `Σ_{i,j} σ²`. */
export const isOpenSum = (e: MathExpr): boolean =>
  [...allWithin(e)].some(
    (x) =>
      x.kind === "series" &&
      x.last.kind === "symbol" &&
      x.last.name === `#${x.index}` &&
      !dependsOnIndex(x.body, x.index),
  );
