/** A number with a true minus sign. */
export function minus(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}

/** A number as a factor or a later term of a sum: negative ones in brackets. */
export function bracketed(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}

/** What something comes to; a decimal point stands in what is rounded only. */
export const said = (text: string): string => `${text.includes(".") ? "≈" : "="} ${text}`;

/** The sign before what something comes to, in a line of arithmetic. */
export const sign = (text: string): { readonly text: string } => ({ text: ` ${said(text).charAt(0)}\u00a0` });

/** The numbers from 0 up to one below a count. */
export function upTo(count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index);
}

/** The number that a text says: `-3`, `−3`, `1.5`, `1,5`, `−7/4`; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const number = written(text);
  return number && number.n / number.d;
}

/** The value of a text of ours, such as `−7/4`; for how long a line is drawn. */
export const numberIn = (text: string): number => readNumber(text) ?? 0;

/** A number as people write one: `-3`, `−3`, `1.5`, `1,5`, `7/4`; undefined for anything else. */
function written(text: string): { readonly n: number; readonly d: number } | undefined {
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  const match = /^([+-]?\d*\.?\d+)(?:\s*\/\s*(\d*\.?\d+))?$/.exec(plain);
  if (!match) return undefined;
  const d = Number(match[2] ?? 1);
  return d === 0 ? undefined : { n: Number(match[1]), d };
}

/** Whether two texts say the same number; a decimal is as good as a fraction that it rounds. */
export function sameNumber(text: string, exact: string): boolean {
  if (text.trim() === exact) return true;
  const [a, b] = [written(text), written(exact)];
  if (!a || !b) return false;
  if (a.n * b.d === b.n * a.d) return true;
  const halfDigit = (number: string, least: number): number => {
    const digits = /[.,](\d+)\s*$/.exec(number)?.[1]?.length ?? 0;
    return digits < least ? 0 : 0.5 * 10 ** -digits;
  };
  // What stands there has a point only where it is rounded itself.
  return Math.abs(a.n / a.d - b.n / b.d) <= halfDigit(text, 2) + halfDigit(exact, 1) + 1e-12;
}
