import { floatText, nearestFloat } from "./floats.js";
import { digitsOf } from "./formatSpec.js";
import { entryOf } from "./hashing.js";
import { wholeNumber } from "./integers.js";
import { MAX_LENGTH } from "./literals.js";
import { repr, textOf } from "./representation.js";
import { isDictValue, isFloatValue, isListValue, isTupleValue } from "./valueKinds.js";
import { type PyValue, someText, stringValue } from "./values.js";

const LOST = someText("It is a text that is put together.");

/** `"conv%d" % 3`. */
export function percentFormat(text: string, values: PyValue): PyValue {
  const items = isTupleValue(values) ? values.items : [values];
  let used = 0;
  let isKnown = !/%(?!(?:\([^)]*\))?[-+ #0]*(?:\d{1,3}|\*)?(?:\.\d{1,3})?[diufFeEgGsrxXoc%])/.test(
    text.replaceAll("%%", ""),
  );
  let isNamed = false;
  const value = text.replace(
    /%(?:\(([^)]*)\))?([-+ #0]*)(\d{1,3}|\*)?(?:\.(\d{1,3}))?([diufFeEgGsrxXoc%])/g,
    (
      _,
      name: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string,
    ) => {
      if (type === "%") return "%";
      isNamed ||= name !== undefined;
      const entry = name === undefined || !isDictValue(values) ? undefined : entryOf(values.entries, stringValue(name));
      const item = name === undefined ? items[used++] : entry?.[1];
      const body = item && width !== "*" ? convert(item, flags, precision, type) : undefined;
      if (body === undefined) isKnown = false;
      return body === undefined ? "" : padded(body, flags, Number(width ?? 0), /[diufeg]/i.test(type));
    },
  );
  const isEmptyDict = isDictValue(values) || isListValue(values);
  const isUsedUp = isNamed ? used === 0 : used === items.length || (used === 0 && isEmptyDict);
  return isKnown && isUsedUp && value.length <= MAX_LENGTH ? stringValue(value) : LOST;
}

function convert(v: PyValue, flags: string, precision: string | undefined, type: string): string | undefined {
  const count = precision === undefined ? undefined : Number(precision);
  if (flags.includes("#")) return undefined;
  if (type === "s" || type === "r") {
    const text = type === "s" ? textOf(v) : repr(v);
    return text === undefined || count === undefined ? text : [...text].slice(0, count).join("");
  }
  const whole = isFloatValue(v) && Number.isFinite(v.value) ? BigInt(Math.trunc(v.value)) : wholeNumber(v);
  if (/[diu]/.test(type))
    return whole === undefined || count !== undefined
      ? undefined
      : signed(whole < 0n, String(whole < 0n ? -whole : whole), flags);
  if (/[xXo]/.test(type)) {
    if (isFloatValue(v) || whole === undefined || count !== undefined) return undefined;
    const digits = (whole < 0n ? -whole : whole).toString(type === "o" ? 8 : 16);
    return signed(whole < 0n, type === "X" ? digits.toUpperCase() : digits, flags);
  }
  if (type === "c") return undefined;
  const x = isFloatValue(v) ? v.value : whole === undefined ? undefined : nearestFloat({ n: whole, d: 1n });
  const isLimit = x !== undefined && !Number.isFinite(x) && !flags.includes("0");
  const digits = isLimit
    ? floatText(Math.abs(x))
    : x !== undefined && Number.isFinite(x)
      ? digitsOf(Math.abs(x), type.toLowerCase(), count)
      : undefined;
  if (digits === undefined || x === undefined) return undefined;
  return signed(x < 0 || Object.is(x, -0), /[A-Z]/.test(type) ? digits.toUpperCase() : digits, flags);
}

const signed = (isNegative: boolean, digits: string, flags: string): string =>
  (isNegative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "") + digits;

function padded(body: string, flags: string, width: number, isNumber: boolean): string {
  const missing = Math.max(0, width - [...body].length);
  if (flags.includes("-")) return body + " ".repeat(missing);
  if (!flags.includes("0") || !isNumber) return " ".repeat(missing) + body;
  const sign = /^[-+ ]/.exec(body)?.[0] ?? "";
  return sign + "0".repeat(missing) + body.slice(sign.length);
}
