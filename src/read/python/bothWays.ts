import { ending } from "./exceptions.js";
import type { Journal } from "./journal.js";

/** Follows two ways from one state. One that raises is not the way that is gone on from, and where both do it is raised. */
export function bothWays<T>(
  journal: Journal,
  one: () => T,
  other: () => T,
  keep: (a: T, b: T) => "one" | "other" | "joined",
): readonly [T, T] {
  const [a, b] = journal.both(
    () => ending(one),
    () => ending(other),
    (x, y) => {
      if ("raised" in x) return "raised" in y ? "one" : "other";
      return "raised" in y ? "one" : keep(x.value, y.value);
    },
  );
  if ("raised" in a) {
    if ("raised" in b) throw a.raised;
    return [b.value, b.value];
  }
  return "raised" in b ? [a.value, a.value] : [a.value, b.value];
}
