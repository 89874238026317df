/** Whether the numbers behind POOL and FC count the layers or say sizes. */
export interface Numbering {
  readonly pool: "index" | "size" | "either";
  readonly linear: "index" | "either";
}

/** How a table's layers are numbered, from the names of all of its rows. */
export function numberingOf(names: readonly string[]): Numbering {
  const numbers = (pattern: RegExp): readonly number[] =>
    names.flatMap((n) => [pattern.exec(n)?.[1]]).flatMap((d) => (d === undefined ? [] : [Number(d)]));
  const pools = numbers(/(?:^|[^a-z])(?:max|avg|mean)?[\s_-]*pool(?:ing)?[\s_-]*(\d+)(?![\d\s]*[x×d])/i);
  const linear = numbers(/(?:^|[^a-z])(?:fc|dense|linear|fully[\s-]connected)[\s_-]*(\d+)/i);
  const hasCourseNames = names.some((n) => /conv\s*\d+\s*[-–]\s*\d+/i.test(n));
  return {
    pool: poolNumbers(pools, hasCourseNames),
    linear: climbs(linear) && linear.every((n) => n <= 12) ? "index" : "either",
  };
}

function poolNumbers(pools: readonly number[], hasCourseNames: boolean): Numbering["pool"] {
  if (climbs(pools) || pools[0] === 1) return "index";
  if (pools.length > 1) return pools.every((n) => n === pools[0]) ? "size" : "either";
  return pools.length === 1 && hasCourseNames ? "size" : "either";
}

/** Whether numbers go up from row to row. */
const climbs = (numbers: readonly number[]): boolean =>
  numbers.length > 1 && numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? 0));
