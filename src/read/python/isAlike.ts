/** Parts within parts that are compared. */
const MAX_DEPTH = 8;

/** Whether two values say the same, part by part; what holds more than data is only like itself. `but` names a part that does not count. */
export function isAlike(a: unknown, b: unknown, but?: string, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || depth > MAX_DEPTH) return Object.is(a, b);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!isAlike(a[i], b[i], but, depth + 1)) return false;
    return true;
  }
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype) return false;
  const [x, y] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  if ("terms" in x && "terms" in y) return x.key === y.key;
  for (const key in x) if (key !== but && !isAlike(x[key], y[key], but, depth + 1)) return false;
  for (const key in y) if (key !== but && y[key] !== undefined && !(key in x)) return false;
  return true;
}
