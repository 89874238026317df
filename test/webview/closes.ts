/** A fraction in lowest terms, exact as long as both are safe integers; or minus infinity. */
interface Fraction {
  readonly n: number;
  readonly d: number;
}
type Exact = Fraction | "least";

function fraction(n: number, d: number): Fraction {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || d === 0) throw new Error(`not exact: ${n}/${d}`);
  if (d === 1) return { n, d };
  let [a, b] = [Math.abs(n), d];
  while (b > 0) [a, b] = [b, a % b];
  return { n: n / a, d: d / a };
}

const add = (a: Fraction, b: Fraction): Fraction =>
  a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d);

/** The value of an arithmetic text such as `(3 + (−1)) / 4`, `2·(−1) + 0·3` or `max(1, −∞)`, by the rules of school. */
function exactly(text: string): Exact {
  const tokens = text.match(/max|∞|\d+|[−+·/(),]|[^\s\u00a0]/g) ?? [];
  let next = 0;
  const take = (token: string): boolean => tokens[next] === token && next++ >= 0;
  const factor = (): Exact => {
    if (take("−")) {
      const value = factor();
      return value === "least" ? value : { n: -value.n, d: value.d };
    }
    if (take("∞")) return "least";
    if (take("max")) {
      take("(");
      let largest = sum();
      while (take(",")) {
        const other = sum();
        if (largest === "least" || (other !== "least" && other.n * largest.d > largest.n * other.d)) largest = other;
      }
      if (!take(")")) throw new Error(`a bracket stays open: ${text}`);
      return largest;
    }
    if (take("(")) {
      const value = sum();
      if (!take(")")) throw new Error(`a bracket stays open: ${text}`);
      return value;
    }
    const digits = tokens[next++] ?? "";
    const value = Number(digits);
    if (digits === "" || !Number.isSafeInteger(value)) throw new Error(`a number is missing: ${text}`);
    return { n: value, d: 1 };
  };
  const finite = (value: Exact): Fraction => {
    if (value === "least") throw new Error(`−∞ outside a maximum: ${text}`);
    return value;
  };
  const product = (): Exact => {
    let value = factor();
    while (tokens[next] === "·" || tokens[next] === "/") {
      const divide = tokens[next++] === "/";
      const [a, b] = [finite(value), finite(factor())];
      value = divide ? fraction(Math.sign(b.n) * a.n * b.d, a.d * Math.abs(b.n)) : fraction(a.n * b.n, a.d * b.d);
    }
    return value;
  };
  const sum = (): Exact => {
    let value = product();
    while (take("+")) value = add(finite(value), finite(product()));
    return value;
  };
  const value = sum();
  if (next !== tokens.length) throw new Error(`something follows: ${text}`);
  return value;
}

/** Whether two texts have the same exact value. */
export function sameValue(left: string, right: string): boolean {
  const [a, b] = [exactly(left), exactly(right)];
  return a === "least" || b === "least" ? a === b : a.n === b.n && a.d === b.d;
}

/** Whether both sides of every `=` of a text have the same exact value. */
export function closes(text: string): boolean {
  const sides = text.split("=");
  if (sides.some((side) => side.trim() === "")) return false;
  return sides.every((side) => sameValue(side, sides[0] ?? ""));
}
