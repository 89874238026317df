import type { Given } from "./layerGiven.js";

type Details = { -readonly [K in keyof Omit<Given, "kind">]: Given[K] } & {
  /** Numbers that nothing explains, in order. */
  loose: number[];
};

const PAIR = String.raw`(?:[([]\s*(\d{1,3})(?:\s*[×x*,]\s*(\d{1,3}))?(?:\s*[×x*,]\s*(\d{1,3}))?\s*,?\s*[)\]]|(\d{1,3})(?:\s*[×x*]\s*(\d{1,3}))?(?:\s*[×x*]\s*(\d{1,3}))?)`;

/** Numbers in words, as in «two 3×3 filters». */
const COUNT_WORDS: Readonly<Record<string, string>> = {
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  eight: "8",
  ten: "10",
};

/** Filters before the sides of their window. */
const FILTERS_FIRST = /(?<![\d.×x*]\s*)(\d{1,4})\s*[×x*]\s*(\d{1,2})\s*[×x*]\s*\2(?!\d|\s*[×x*]\s*\d)/g;

/** Reads what a text says of a layer: kernel, stride, padding, filters; each number is used once. */
export function readDetails(text: string): Details {
  const details: Details = { loose: [] };
  // A count in words is no part of the size behind it, nor is one in digits with a space between.
  let rest =
    ` ${text.toLowerCase().replace(/\b(?:one|two|three|four|five|six|eight|ten)\b(?=\s+\d)/g, (w) => `${COUNT_WORDS[w] ?? w} ¦`)} `.replace(
      /[−–]/g,
      "-",
    );
  // `64×3×3` are 64 filters of 3×3.
  rest = rest.replace(FILTERS_FIRST, (all, filters: string, side: string) =>
    filters === side ? all : ` ¦ ${filters} ¦ ${side}×${side} ¦ `,
  );
  const take = (pattern: string, use: (m: RegExpExecArray) => boolean | undefined): void => {
    const match = new RegExp(pattern, "u").exec(rest);
    if (match && use(match) !== false)
      rest = `${rest.slice(0, match.index)} ¦ ${rest.slice(match.index + match[0].length)}`;
  };
  const list = (m: RegExpExecArray): readonly number[] =>
    m
      .slice(1)
      .filter((s) => s !== undefined)
      .map(Number);
  take(String.raw`(?:dropout|rate|p|prob\w*)\s*[=:(]?\s*0?\.\d+\)?`, () => true);
  take(String.raw`\d+(?:\.\d+)?\s*%`, () => true);
  take(String.raw`(?:strides?|(?<![a-z])str)\s*(?:of|is)?\s*[=:\-/]?\s*${PAIR}`, (m) =>
    set(details, "stride", list(m)),
  );
  take(String.raw`(?<![\d×x*]\s*)(\d{1,2})(?:\s*[×x*]\s*(\d{1,2}))?\s*-?\s*strides?(?!\s*[=:(\d])`, (m) =>
    set(details, "stride", list(m)),
  );
  take(String.raw`(?<![a-z\d])s\s*[=:]?\s*(\d)(?![\d.])`, (m) => set(details, "stride", list(m)));
  take(String.raw`(?<=[\s,;)\d¦])\s*/\s*(\d)(?![\d.])`, (m) => set(details, "stride", list(m)));
  take(
    String.raw`(?:output|out)[\s_-]*pad(?:ding)?\s*(?:of|is)?\s*[=:]?\s*${PAIR}|(?<![a-z\d])op\s*[=:]?\s*(\d)`,
    (m) => set(details, "outputPadding", list(m)),
  );
  take(
    String.raw`(?:pad(?:ding)?s?)\s*(?:of|is)?\s*[=:\-]?\s*['"‘]?(same|valid|none)['"’]?|['"‘]?(?<![a-z])(same|valid)(?![a-z])['"’]?(?:[\s-]*pad(?:ding)?)?`,
    (m) => {
      details.padding = (m[1] ?? m[2]) === "same" ? "same" : [0];
      return true;
    },
  );
  take(String.raw`(?:no|without|w/o)\s*(?:zero[\s-]*)?pad(?:ding)?|unpadded`, () => set(details, "padding", [0]));
  take(String.raw`(?:zero[\s-]*)?pad(?:ding|ded)?s?\s*(?:of|is|by|with)?\s*[=:\-]?\s*${PAIR}`, (m) =>
    set(details, "padding", list(m)),
  );
  take(String.raw`(?<![a-z\d])p\s*[=:]?\s*(\d)(?![\d.])`, (m) => set(details, "padding", list(m)));
  take(String.raw`dil(?:ation|ated|\.)?(?:[\s_-]*rate)?\s*[=:]?\s*${PAIR}|(?<![a-z\d])d\s*=\s*(\d)`, (m) =>
    set(details, "dilation", list(m)),
  );
  take(String.raw`groups?\s*[=:]?\s*(\d+)|(?<![a-z\d])g\s*=\s*(\d+)`, (m) => {
    details.groups = Number(m[1] ?? m[2]);
    return true;
  });
  take(String.raw`bias\s*[=:]\s*(?:false|no|none|0)|(?:no|without|w/o)\s*bias(?:es)?|bias-?free`, () => {
    details.bias = false;
    return true;
  });
  take(String.raw`bias\s*[=:]\s*true|with\s+bias(?:es)?`, () => {
    details.bias = true;
    return true;
  });
  take(String.raw`ceil(?:_mode)?(?:\s*[=:]\s*true)?`, () => {
    details.ceil = true;
    return true;
  });
  take(String.raw`in(?:_channels|_features|put channels|[\s_]?ch(?:annels)?)?\s*[=:]\s*(\d+)`, (m) =>
    number(details, "inputs", m[1]),
  );
  take(String.raw`out(?:_channels|_features|put channels|[\s_]?ch(?:annels)?)?\s*[=:]\s*(\d+)`, (m) =>
    number(details, "filters", m[1]),
  );
  take(
    String.raw`(?<![\d×x*]\s*)(\d[\d,]*)\s*(?:ch(?:annels)?)?\s*(?:→|->|=>|⟶|⇒|to)\s*(\d[\d,]*)(?!\s*[×x*]\s*\d)`,
    (m) => {
      number(details, "inputs", m[1]);
      return number(details, "filters", m[2]);
    },
  );
  take(String.raw`(\d+)\s*@\s*(?=\d)`, (m) => number(details, "filters", m[1]));
  take(
    String.raw`(?:kernel(?:[\s_-]*size)?s?|filter[\s_-]*size|window(?:[\s_-]*size)?|pool(?:[\s_-]*size)?|(?<![a-z])size|(?<![a-z\d])k|(?<![a-z\d])f)\s*(?:of|is)?\s*[=:]\s*${PAIR}`,
    (m) => set(details, "kernel", list(m)),
  );
  take(String.raw`(?:kernel[\s_-]*size|kernels?|filter[\s_-]*size|window|pool[\s_-]*size)\s*(?:of\s*)?${PAIR}`, (m) =>
    set(details, "kernel", list(m)),
  );
  const bare = String.raw`(?<![\d.×x*])(?<![.×x*]\s*)(\d{1,2})\s*[×x*]\s*(\d{1,2})(?:\s*[×x*]\s*(\d{1,4}))?(?!\s*[×x*]?\s*\d)`;
  // A cube may be a window over images through as many channels: its sides are the same either way.
  take(bare, (m) => set(details, "kernel", list(m).slice(0, m[1] === m[2] && m[2] === m[3] ? 2 : 3)));
  take(String.raw`(?<=[\s¦,;(-])\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*(?:,\s*(\d{1,2})\s*)?\)`, (m) =>
    set(details, "kernel", list(m)),
  );
  take(
    String.raw`(\d[\d,]*)\s*-?\s*(?:output\s+|conv\w*\s+|hidden\s+)?(?:filters?|kernels?|(?:output )?channels?|ch(?![a-z])|feature[\s_-]*maps?|maps?|neurons?|units?|nodes?|outputs?|classes|個|个|개)(?![a-z])`,
    (m) => number(details, "filters", m[1]),
  );
  take(
    String.raw`(?:(?:num_|no\.? of |number of |# ?)?(?:filters?|kernels?|channels?|units?|neurons?|nodes?|classes|features|maps|필터|滤波器)|(?<![a-z\d])[fn](?=\s*=))\s*[=:]?\s*(\d[\d,]*)(?!\s*[×x*]\s*\d)`,
    (m) => number(details, "filters", m[1]),
  );
  take(String.raw`(?<![a-z\d])([123])-?d(?![a-z])`, (m) => number(details, "axes", m[1]));
  // A number counts where it stands alone between commas, not where it belongs to words that are not read.
  details.loose = [
    ...rest.matchAll(/(?<=^\s*|[,;:¦([]\s*)\d[\d,]*(?=\s*(?:$|[;¦)\]]|,(?!\d)|\+\s*(?:[a-z¦]|$)))/g),
  ].map((m) => Number(m[0].replaceAll(",", "")));
  return details;
}

function set(
  details: Details,
  name: "stride" | "padding" | "outputPadding" | "dilation" | "kernel",
  values: readonly number[],
): boolean {
  if (values.length === 0 || details[name] !== undefined) return false;
  if (name === "kernel" && values.some((v) => v < 1)) return false;
  if (name === "stride" && values.some((v) => v < 1)) return false;
  (details as Record<string, unknown>)[name] = values;
  return true;
}

function number(details: Details, name: "filters" | "inputs" | "axes", text: string | undefined): boolean {
  if (text === undefined || details[name] !== undefined) return false;
  const value = Number(text.replaceAll(",", ""));
  if (!Number.isSafeInteger(value) || value < 1) return false;
  details[name] = value;
  return true;
}
