/** The names under which the syntax tree keeps places. */
const PLACES: ReadonlySet<string> = new Set(["from", "to", "argsFrom", "bodyFrom"]);

/** A part of the syntax tree as it is where the text in front of it has grown by so many characters. */
export function moved<T>(part: T, by: number): T {
  if (by === 0) return part;
  if (Array.isArray(part)) return part.map((item) => moved(item, by)) as T;
  if (typeof part !== "object" || part === null) return part;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(part))
    copy[key] = typeof value === "number" ? (PLACES.has(key) ? value + by : value) : moved(value, by);
  return copy as T;
}
