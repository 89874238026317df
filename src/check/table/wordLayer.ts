import { readDetails } from "./details.js";
import { readTorchCall } from "./layerCallText.js";
import type { Given, Kind } from "./layerGiven.js";
import type { FoundWord } from "./layerWords.js";
import type { Numbering } from "./numbering.js";

/** A word's own part of a text: up to the next word; the first has what stands before it too. */
export function segmentOf(text: string, words: readonly FoundWord[], i: number): string {
  const [word, next] = [words[i], words[i + 1]];
  const from = i === 0 ? 0 : (word?.from ?? 0);
  return `${text.slice(from, word?.from)} ¤ ${text.slice(word?.to ?? 0, next?.from ?? text.length)}`;
}

/** The ways to read one layer from its word and the text around it; the word's place is marked by ¤. */
export function readWord(word: FoundWord, segment: string, numbering: Numbering, name: string): readonly Given[] {
  const base: Given = {
    kind: word.kind,
    ...(word.name ? { name: word.name } : {}),
    ...(word.axes ? { axes: word.axes } : {}),
  };
  const behind = (segment.split("¤")[1] ?? "").trimStart();
  // Which dimensions become one when only some do, the table's shapes do not say.
  if (word.kind === "flatten" && flattensSome(behind)) return [{ kind: "opaque" }];
  if (["keep", "norm", "flatten", "globalpool"].includes(word.kind)) return [base];
  const before = segment.split("¤")[0] ?? "";
  if (/depth-?wise|(?<![a-z])dw(?![a-z])/i.test(segment) && word.kind === "conv")
    return [{ ...withDetails(base, `${before} ${behind.replace(/^[-_ ]?\d+(?![\d×x*])/, "")}`), groups: "each" }];
  if (/dilated|atrous|grouped/i.test(segment) && !/(?:rate|dilation|groups?)\s*[=:]?\s*\d/i.test(segment))
    return [{ kind: "opaque" }];
  const named = attached(word, behind, numbering) ?? (name === "" ? undefined : courseName(base, name));
  if (named) return named.map(({ given, rest }) => withDetails({ ...base, ...given }, `${before} ${rest}`));
  return twoNumbers(word, base, before, behind);
}

/** Whether a call's arguments leave some dimensions as they are: `Flatten(start_dim=2)`. */
function flattensSome(behind: string): boolean {
  const [start = "1", end = "-1"] = /^\(([^()]*)\)/.exec(behind)?.[1]?.match(/-?\d+/g) ?? [];
  return start !== "1" || end !== "-1";
}

/** The filters and kernel of a name such as CONV3-10 in a table that has a column for the type too. */
function courseName(base: Given, name: string): readonly { given: Given; rest: string }[] | undefined {
  const match = base.kind === "conv" ? /^conv\s*(\d{1,2})\s*[-–]\s*(\d{1,4})\s*$/i.exec(name) : null;
  return match
    ? [{ given: { ...base, kernel: [Number(match[1])], filters: Number(match[2]), isCourse: true }, rest: "" }]
    : undefined;
}

/** Numbers that hang on the word itself: CONV3-10, POOL2, FC-3, Conv2d-1. */
function attached(
  word: FoundWord,
  behind: string,
  numbering: Numbering,
): readonly { given: Given; rest: string }[] | undefined {
  const { kind } = word;
  const base: Given = { kind };
  const pair = /^[\s_-]*<?(\d{1,2})(?:\s*[x×]\s*(\d{1,2}))?>?\s*[-–]\s*<?(\d{1,4})>?(?![\d.]|\s*[x×]\s*\d)/.exec(
    behind,
  );
  if (kind === "conv" && pair && !word.isClass) {
    const rest = behind.slice(pair[0].length);
    const course: Given = {
      ...base,
      kernel: pair[2] ? [Number(pair[1]), Number(pair[2])] : [Number(pair[1])],
      filters: Number(pair[3]),
      isCourse: true,
    };
    return Number(pair[3]) > 5 || pair[2]
      ? [{ given: course, rest }]
      : [
          { given: course, rest },
          { given: base, rest },
        ];
  }
  const single = /^([\s_-]*)(\d+)(?![\d.]|\s*[×x*@]\s*\d|\s*(?:filters|kernels|units|neurons|channels|→|->))/.exec(
    behind,
  );
  if (!single) return undefined;
  const [whole, gap = "", digits = ""] = single;
  const [n, rest] = [Number(digits), behind.slice(whole.length)];
  const index = [{ given: base, rest }];
  if (word.isClass || gap.includes("_") || kind === "batchnorm") return index;
  if (kind === "conv")
    return n <= 12 && gap.length === 0
      ? index
      : gap.includes("-") && n <= 12
        ? index
        : [...index, { given: { ...base, filters: n }, rest }];
  if (kind === "linear") {
    const units = [{ given: { ...base, filters: n, isCourse: true }, rest }];
    if (numbering.linear === "index") return index;
    return n > 12 || gap.includes("-") ? units : [...units, ...index];
  }
  if (kind === "maxpool" || kind === "avgpool") {
    const size = [{ given: { ...base, kernel: [n], isCourse: true }, rest }];
    return n > 7 || numbering.pool === "index" ? index : numbering.pool === "size" ? size : [...size, ...index];
  }
  return undefined;
}

/** Two bare numbers: channels in and out, or filters and kernel. */
function twoNumbers(word: FoundWord, base: Given, before: string, behind: string): readonly Given[] {
  const call = word.isClass
    ? readTorchCall(`${/nn\.\s*$/.test(before) ? "nn." : ""}${wordText(word)}${behind}`)
    : undefined;
  if (call) return [{ ...call, ...(base.axes ? { axes: base.axes } : {}) }];
  // The brackets of a call are no tuple.
  const text = `${before} ${behind.replace(/^\((.*)\)/s, " $1 ")}`;
  const { loose } = readDetails(text);
  const plain = withDetails(base, text);
  if (!/^\(/.test(behind) || loose.length !== 2 || loose.some((n) => !Number.isSafeInteger(n) || n < 1)) return [plain];
  const [first = 0, second = 0] = loose;
  if (word.kind === "conv") {
    const keras: Given = { ...plain, filters: first, kernel: plain.kernel ?? [second] };
    const torch: Given = { ...plain, inputs: first, filters: second };
    if (plain.kernel) return [torch];
    return word.isKeras ? [keras] : second > 11 ? [torch] : [torch, keras];
  }
  if (word.kind === "linear")
    return [
      { ...plain, inputs: first, filters: second },
      { ...plain, filters: first },
    ];
  if (word.kind === "maxpool" || word.kind === "avgpool")
    return [{ ...plain, kernel: plain.kernel ?? [first], stride: plain.stride ?? [second] }];
  return [plain];
}

const CLASS_NAMES: Readonly<Partial<Record<Kind, string>>> = {
  conv: "Conv",
  maxpool: "MaxPool",
  avgpool: "AvgPool",
  adaptive: "AdaptiveAvgPool",
  batchnorm: "BatchNorm",
};

const wordText = (word: FoundWord): string =>
  word.isKeras
    ? ""
    : word.kind === "linear"
      ? "Linear"
      : CLASS_NAMES[word.kind] && word.axes
        ? `${word.name ?? CLASS_NAMES[word.kind]}${word.axes}d`
        : "";

/** A layer with what a text says besides; one bare number is the filters, the units or the window. */
export function withDetails(given: Given, text: string): Given {
  const { loose, ...details } = readDetails(text);
  const merged: { -readonly [K in keyof Given]: Given[K] } = { ...details, ...given };
  const [only] = loose;
  if (loose.length === 1 && only !== undefined && Number.isSafeInteger(only) && only > 0) {
    if (
      (given.kind === "conv" || given.kind === "linear") &&
      merged.filters === undefined &&
      merged.inputs === undefined
    )
      merged.filters = only;
    else if ((given.kind === "maxpool" || given.kind === "avgpool") && merged.kernel === undefined && only <= 16)
      merged.kernel = [only];
    else if (given.kind === "adaptive" && merged.output === undefined) merged.output = [only];
  }
  if (given.kind === "adaptive" && merged.kernel) merged.output = merged.kernel;
  if (given.kind === "batchnorm" || given.kind === "adaptive") delete merged.kernel;
  if (given.kind !== "conv" && given.kind !== "linear") delete merged.filters;
  return merged;
}
