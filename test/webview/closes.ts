/** An exact fraction, or minus infinity. */
type Exact = { readonly n: bigint; readonly d: bigint } | "least";

/** The value of an arithmetic text such as `(3 + (−1)) / 4`, `2·(−1) + 0·3` or `max(1, −∞)`, by the rules of school. */
function exactly(text: string): Exact {
  const tokens = text.match(/max|∞|\d+|[−+·/(),]/g) ?? [];
  if (tokens.join("") !== text.replace(/\s/g, "")) throw new Error(`not arithmetic: ${text}`);
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
    if (!/^\d+$/.test(digits)) throw new Error(`a number is missing: ${text}`);
    return { n: BigInt(digits), d: 1n };
  };
  const finite = (value: Exact): { n: bigint; d: bigint } => {
    if (value === "least") throw new Error(`−∞ outside a maximum: ${text}`);
    return value;
  };
  const product = (): Exact => {
    let value = factor();
    while (tokens[next] === "·" || tokens[next] === "/") {
      const divide = tokens[next++] === "/";
      const [a, b] = [finite(value), finite(factor())];
      value = divide ? { n: a.n * b.d, d: a.d * b.n } : { n: a.n * b.n, d: a.d * b.d };
    }
    return value;
  };
  const sum = (): Exact => {
    let value = product();
    while (take("+")) {
      const [a, b] = [finite(value), finite(product())];
      value = { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
    }
    return value;
  };
  const value = sum();
  if (next !== tokens.length) throw new Error(`something follows: ${text}`);
  return value;
}

/** Whether two texts have the same exact value. */
export function sameValue(left: string, right: string): boolean {
  const [a, b] = [exactly(left), exactly(right)];
  return a === "least" || b === "least" ? a === b : a.n * b.d === b.n * a.d;
}

/** Whether both sides of every `=` of a text have the same exact value. */
export function closes(text: string): boolean {
  const sides = text.split("=");
  if (sides.some((side) => side.trim() === "")) return false;
  return sides.every((side) => sameValue(side, sides[0] ?? ""));
}
