/** What stands for all dimensions that are not named. */
export const REST = "…";

/** One side of a pattern: the axes that each dimension is made of; a dimension of size 1 is made of none. */
export interface Side {
  readonly dimensions: readonly (readonly string[])[];
  readonly hasRest: boolean;
  /** Whether the ellipsis stands in brackets, so that its dimensions become one. */
  readonly isRestGrouped: boolean;
  /** The sizes of axes that are written as numbers, by the name that they get here. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Both sides of a pattern. */
export interface Pattern {
  readonly left: Side;
  readonly right: Side;
}

/** What is wrong with a pattern, as a sentence. */
export interface PatternProblem {
  readonly problem: string;
}

/** Reads `b (h p) w -> b h (p w)`; the rules are einops's own (its parsing.py). */
export function readPattern(text: string): Pattern | PatternProblem {
  const sides = text.split("->");
  if (sides.length !== 2) return { problem: `The pattern '${text}' has ${sides.length - 1} arrows, not 1.` };
  const [left, right] = [readSide(sides[0] ?? "", "l"), readSide(sides[1] ?? "", "r")];
  if ("problem" in left) return left;
  if ("problem" in right) return right;
  if (right.hasRest && !left.hasRest) return { problem: "The pattern has ... on the right side, and not on the left." };
  if (left.isRestGrouped) return { problem: "The pattern has ... in brackets on the left side." };
  return { left, right };
}

/** Reads names in brackets or alone: one side of a pattern. `mark` keeps the numbers of the two sides apart. */
export function readSide(text: string, mark: string): Side | PatternProblem {
  if (text.replace("...", "").includes("."))
    return { problem: `The pattern '${text.trim()}' has dots other than one ...` };
  const tokens = text.replace("...", REST).match(/[()]|[^\s()]+/g) ?? [];
  const dimensions: string[][] = [];
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  let group: string[] | undefined;
  let isRestGrouped = false;
  for (const token of tokens) {
    if (token === "(") {
      if (group) return { problem: `The pattern '${text.trim()}' has brackets within brackets.` };
      group = [];
      dimensions.push(group);
      continue;
    }
    if (token === ")") {
      if (!group) return { problem: `The pattern '${text.trim()}' closes a bracket that is not open.` };
      group = undefined;
      continue;
    }
    const isNumber = /^\d+$/.test(token);
    if (!isNumber && token !== REST && !/^(?!\d|_)\w*[^\W_]$/u.test(token))
      return { problem: `'${token}' is no name of an axis.` };
    if (seen.has(token) && !isNumber) return { problem: `The pattern '${text.trim()}' names ${token} twice.` };
    seen.add(token);
    if (token === REST && group) isRestGrouped = true;
    if (isNumber && Number(token) === 0) return { problem: `The pattern '${text.trim()}' has an axis of size 0.` };
    const name = isNumber && token !== "1" ? `${mark}${numbers.size}·${token}` : token;
    if (isNumber && token !== "1") numbers.set(name, Number(token));
    const axes = token === "1" ? [] : [name];
    if (group) group.push(...axes);
    else dimensions.push(axes);
  }
  if (group) return { problem: `The pattern '${text.trim()}' has a bracket that is not closed.` };
  return { dimensions, hasRest: seen.has(REST), isRestGrouped, numbers };
}
