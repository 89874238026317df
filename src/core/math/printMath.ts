import type { MathExpr } from "./expression.js";

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789+-n"].map((c, i) => [c, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"][i] ?? c]),
);

/** How tightly an expression holds together: a sum least, a letter most. */
function strength(e: MathExpr): number {
  if (e.kind === "binary")
    return e.op === "+" || e.op === "-" ? 1 : e.op === "^" ? 4 : e.op === "/" || e.op === "⊙" ? 2 : 2.5;
  if (e.kind === "negate" || e.kind === "series") return 1.5;
  if (e.kind === "transpose") return 4;
  return 5;
}

const within = (e: MathExpr, least: number): string => (strength(e) < least ? `(${printMath(e)})` : printMath(e));

/** An expression in one line, as one types it with all the signs at hand: `⌊(W − K + 2P)/S⌋ + 1`. */
export function printMath(e: MathExpr): string {
  switch (e.kind) {
    case "number":
      return e.text;
    case "symbol":
      return e.name;
    case "indexed":
      return e.indices.every((i) => i.kind === "symbol" || i.kind === "number")
        ? `${e.name}_${e.indices.map(printMath).join("")}`
        : `${e.name}_(${e.indices.map(printMath).join(",")})`;
    case "negate":
      return `−${within(e.of, 2)}`;
    case "transpose":
      return `${within(e.of, 4.5)}ᵀ`;
    case "derivative":
      return e.of.kind === "symbol" ? `∂${e.of.name}/∂${e.by}` : `d/d${e.by} ${within(e.of, 2)}`;
    case "matrix":
      return e.rows.every((row) => row.length === 1)
        ? `(${e.rows.map((row) => row.map(printMath).join()).join(", ")})`
        : `[${e.rows.map((row) => `[${row.map(printMath).join(", ")}]`).join(", ")}]`;
    case "apply":
      return `${e.name}(${e.args.map(printMath).join(", ")})`;
    case "call":
      return printCall(e.name, e.args);
    case "series":
      return `${e.what === "sum" ? "Σ" : "Π"}[${e.index}=${printMath(e.first)}…${printMath(e.last)}] ${within(e.body, 2)}`;
    case "binary":
      return printBinary(e);
  }
}

function printCall(name: string, args: readonly MathExpr[]): string {
  const inside = args.map(printMath).join(", ");
  const [only] = args;
  if (name === "floor") return `⌊${inside}⌋`;
  if (name === "ceil") return `⌈${inside}⌉`;
  if (name === "abs") return `|${inside}|`;
  if (name.startsWith("norm")) return `‖${inside}‖${name.slice(4)}`;
  if (name === "sqrt" && only) return `√${within(only, 4.5)}`;
  if (name === "exp" && only) return printPower("e", only);
  if (name === "factorial" && only) return `${within(only, 5)}!`;
  return `${name}(${inside})`;
}

function printPower(base: string, exponent: MathExpr): string {
  const text = printMath(exponent).replace("−", "-");
  const isSmall = text.length <= 3 && [...text].every((c) => c in SUPERSCRIPTS);
  return isSmall ? base + [...text].map((c) => SUPERSCRIPTS[c]).join("") : `${base}^${within(exponent, 5)}`;
}

function printBinary({ op, left, right, implicit }: Extract<MathExpr, { kind: "binary" }>): string {
  switch (op) {
    case "+":
      return `${within(left, 1)} + ${within(right, 1.5)}`;
    case "-":
      return `${within(left, 1)} − ${within(right, 1.5)}`;
    case "/":
      return `${within(left, 2)}/${within(right, 3)}`;
    case "^":
      return printPower(within(left, 4.5), right);
    default: {
      const [a, b] = [within(left, 2.5), within(right, 2.6)];
      const isTight =
        implicit &&
        left.kind !== "derivative" &&
        !/^\d/.test(b) &&
        !/[\p{L}\p{M}]{2}$/u.test(a.replaceAll("ᵀ", "")) &&
        !/^[a-zA-Z]{2}/.test(b);
      return isTight ? a + b : `${a}${op === "*" ? "·" : ` ${op} `}${b}`;
    }
  }
}
