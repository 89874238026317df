import { exponentText, fixedDecimals, floatText, nearestFloat, significantDigits } from "./floats.js";
import { wholeNumber } from "./integers.js";
import { MAX_LENGTH } from "./literals.js";
import { textOf } from "./representation.js";
import { isBoolValue, isFloatValue, isIntValue, isStringValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** The parts of a format such as `>8.2f`. */
interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

function readSpec(text: string): Spec | undefined {
  const match = /^(?:(.)?([<>=^]))?([-+ ]?)(#?)(0?)(\d{0,5})([,_]?)(?:\.(\d{1,3}))?([bcdeEfFgGnosxX%]?)$/su.exec(text);
  if (!match) return undefined;
  const [, fill, align, sign = "", hash = "", zero, width = "", grouping = "", precision, type = ""] = match;
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero ? "=" : undefined),
    sign: sign || "-",
    alternate: hash !== "",
    width: Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** `format(value, spec)`; undefined where Python refuses it, or where it is not known. */
export function formatValue(v: PyValue, text: string): string | undefined {
  if (text === "") return textOf(v);
  const spec = readSpec(text);
  if (!spec || spec.width > MAX_LENGTH) return undefined;
  if (isStringValue(v)) {
    const isRefused = spec.align === "=" || spec.sign !== "-" || spec.alternate || spec.grouping !== "";
    if ((spec.type !== "" && spec.type !== "s") || isRefused || /^[-+ ]/.test(text.replace(/^.?[<>^]/su, "")))
      return undefined;
    const letters = [...v.value];
    return padded("", spec.precision === undefined ? letters : letters.slice(0, spec.precision), spec, "<");
  }
  if (!isIntValue(v) && !isBoolValue(v) && !isFloatValue(v)) return undefined;
  const isWhole = !isFloatValue(v) && (spec.type === "" || /[bcdnoxX]/.test(spec.type));
  if (!isWhole && (spec.type === "" || /[eEfFgGn%]/.test(spec.type))) return formatFloat(v, spec);
  const n = isWhole ? wholeNumber(v) : undefined;
  return n === undefined || spec.type === "n" ? undefined : formatWhole(n, spec);
}

/** A text with as much fill as its width asks for. */
function padded(sign: string, letters: readonly string[], spec: Spec, usual: string): string {
  const missing = Math.max(0, spec.width - letters.length - sign.length);
  const align = spec.align ?? usual;
  const body = letters.join("");
  const [left, right] =
    align === "<" ? [0, missing] : align === "^" ? [Math.floor(missing / 2), Math.ceil(missing / 2)] : [missing, 0];
  if (align === "=") return sign + spec.fill.repeat(missing) + body;
  return spec.fill.repeat(left) + sign + body + spec.fill.repeat(right);
}

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

/** Digits in groups of three, or of four for other bases than ten. */
const grouped = (digits: string, sign: string, size: number): string =>
  digits.replace(new RegExp(`\\B(?=(.{${size}})+$)`, "g"), sign);

function signed(isNegative: boolean, { sign }: Spec): string {
  return isNegative ? "-" : sign === "-" ? "" : sign;
}

/** Zeros in front take part in the grouping, which is rare. */
const mixes = (spec: Spec): boolean => spec.grouping !== "" && spec.fill === "0" && spec.align === "=";

function formatWhole(n: bigint, spec: Spec): string | undefined {
  if (spec.precision !== undefined || mixes(spec)) return undefined;
  if (spec.type === "c") return undefined;
  const radix = RADIX[spec.type] ?? 10;
  if (spec.grouping === "," && radix !== 10) return undefined;
  const digits = (n < 0n ? -n : n).toString(radix);
  const body = grouped(digits, spec.grouping, radix === 10 ? 3 : 4);
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : "";
  return padded(signed(n < 0n, spec) + prefix, [...(spec.type === "X" ? body.toUpperCase() : body)], spec, ">");
}

function formatFloat(v: PyValue, spec: Spec): string | undefined {
  const whole = wholeNumber(v);
  const x = isFloatValue(v) ? v.value : whole === undefined ? undefined : nearestFloat({ n: whole, d: 1n });
  if (x === undefined || mixes(spec) || spec.alternate || spec.type === "n") return undefined;
  const size = Math.abs(x);
  const type = spec.type.toLowerCase();
  const body = !Number.isFinite(x)
    ? `${floatText(size)}${type === "%" ? "%" : ""}`
    : digitsOf(size, type, spec.precision);
  if (body === undefined) return undefined;
  const [, front = "", rest = ""] = /^(\d*)([\s\S]*)$/.exec(body) ?? [];
  const isUpper = /[A-Z]/.test(spec.type);
  const text = grouped(front, spec.grouping, 3) + rest;
  return padded(signed(x < 0 || Object.is(x, -0), spec), [...(isUpper ? text.toUpperCase() : text)], spec, ">");
}

/** The digits of a float that is not negative, in one of Python's ways to write it. */
export function digitsOf(x: number, type: string, precision: number | undefined): string | undefined {
  switch (type) {
    case "f":
      return fixedDecimals(x, precision ?? 6);
    case "%": {
      const hundred = x * 100;
      return Number.isFinite(hundred) ? `${fixedDecimals(hundred, precision ?? 6)}%` : undefined;
    }
    case "e":
      return scientific(x, precision ?? 6);
    case "g":
      return general(x, precision ?? 6, 0);
    default: {
      if (precision === undefined) return floatText(x);
      // Without a type a precision means significant digits, and a whole number keeps one decimal.
      const text = general(x, precision, 1);
      return /[.e]/.test(text) ? text : `${text}.0`;
    }
  }
}

function scientific(x: number, decimals: number): string {
  const { digits, exponent } =
    x === 0 ? { digits: "0".repeat(decimals + 1), exponent: 0 } : significantDigits(x, decimals + 1);
  return `${digits[0]}${decimals > 0 ? `.${digits.slice(1)}` : ""}${exponentText(exponent)}`;
}

function general(x: number, precision: number, kept: number): string {
  const count = Math.max(precision, 1);
  if (x === 0) return "0";
  const { digits, exponent } = significantDigits(x, count);
  const bare = digits.replace(/0+$/, "");
  if (exponent < -4 || exponent >= count - kept)
    return `${bare[0]}${bare.length > 1 ? `.${bare.slice(1)}` : ""}${exponentText(exponent)}`;
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${bare}`;
  const front = bare.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return bare.length > exponent + 1 ? `${front}.${bare.slice(exponent + 1)}` : front;
}
