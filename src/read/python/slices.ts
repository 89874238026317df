import { smallNumber, wholeNumber } from "./integers.js";
import { MAX_LENGTH } from "./literals.js";
import { isNoneValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** The bounds of a slice of something that has so many items: where it starts, where it stops, and its step. */
export function boundsOf(
  [start, stop, step]: readonly [PyValue, PyValue, PyValue],
  length: number,
): readonly [number, number, number] | undefined {
  const far = 2 ** 52;
  // What is beyond any list is as good as at its end.
  const of = (v: PyValue): number | null | undefined => {
    if (isNoneValue(v)) return null;
    const whole = wholeNumber(v);
    return smallNumber(v) ?? (whole === undefined ? undefined : whole > 0n ? far : -far);
  };
  const [from, to, by] = [of(start), of(stop), of(step)];
  if (from === undefined || to === undefined || by === undefined || by === 0) return undefined;
  const stride = by ?? 1;
  const [low, high] = stride > 0 ? [0, length] : [-1, length - 1];
  const clamp = (n: number): number => Math.min(Math.max(n < 0 ? n + length : n, low), high);
  return [
    from === null ? (stride > 0 ? low : high) : clamp(from),
    to === null ? (stride > 0 ? high : low) : clamp(to),
    stride,
  ];
}

/** The places that a slice takes; undefined where they are not known. */
export function placesOf(parts: readonly [PyValue, PyValue, PyValue], length: number): readonly number[] | undefined {
  const bounds = boundsOf(parts, length);
  if (!bounds) return undefined;
  const [from, to, by] = bounds;
  const count = Math.max(0, Math.ceil((to - from) / by));
  return count > MAX_LENGTH ? undefined : Array.from({ length: count }, (_, i) => from + i * by);
}

/** The place of an index, counted from the end below zero; undefined where there is none, or where it is not known. */
export function placeOf(index: PyValue | undefined, length: number): number | undefined {
  const at = smallNumber(index);
  if (at === undefined || at < -length || at >= length) return undefined;
  return at < 0 ? at + length : at;
}

/** Items after `del items[key]`; undefined where they are not known. */
export function withoutPlaces<T>(items: readonly T[], key: PyValue): readonly T[] | undefined {
  if (key.kind === "slice") {
    const gone = placesOf(key.parts, items.length);
    return gone && items.filter((_, i) => !gone.includes(i));
  }
  const at = placeOf(key, items.length);
  return at === undefined ? undefined : items.toSpliced(at, 1);
}
