import { readDetails } from "./details.js";
import { readTorchCall } from "./layerCallText.js";
import type { Given, Kind, RowReading } from "./layerGiven.js";
import { type FoundWord, isInputWord, isStrange, layerWords } from "./layerWords.js";
import type { Numbering } from "./numbering.js";

/** The texts of a row that say what its layer is, by their columns. */
export interface RowTexts {
  readonly name: string;
  readonly type: string;
  readonly details: readonly string[];
  readonly kernel: string;
  readonly stride: string;
  readonly padding: string;
  readonly dilation: string;
  readonly groups: string;
  readonly filters: string;
  readonly inputs: string;
}

const OPAQUE: readonly RowReading[] = [{ steps: [{ kind: "opaque" }], cost: 0 }];

/** Words that put a row beside the main path, or make several layers of it. */
const ASIDE =
  /residual|skip|shortcut|downsample|branch|concat|(?<![a-z])add(?![a-z])|(?<![a-z])aux|identity map|parallel|depth-?wise separable/i;

const MAX_TEXT = 300;

/** The ways to read what a row's layer is; empty where it names none. */
export function readLayer(texts: RowTexts, numbering: Numbering): readonly RowReading[] {
  const { name, type } = splitClass(texts);
  // A column for the type may hold the arguments only.
  const isArguments = layerWords(type).length === 0 && layerWords(name).length > 0 && /\d/.test(type);
  const details = [...(isArguments ? [type] : []), ...texts.details].filter((d) => d.length <= MAX_TEXT).join(" ; ");
  if (name.length > MAX_TEXT || type.length > MAX_TEXT) return OPAQUE;
  const typeWords = layerWords(type);
  const nameWords = layerWords(name);
  const main = typeWords.length > 0 ? type : nameWords.length > 0 ? name : details;
  const words = typeWords.length > 0 ? typeWords : nameWords.length > 0 ? nameWords : layerWords(details);
  if (isInputWord(name) && (words.length === 0 || !typeWords.length) && nameWords.length === 0)
    return [{ steps: [{ kind: "input" }], cost: 0 }];
  if (isInputWord(type) && nameWords.length === 0) return [{ steps: [{ kind: "input" }], cost: 0 }];
  if (words.length === 0)
    return (
      letterLayer(name, texts, details) ?? (isStrange(`${name} ${type}`) ? OPAQUE : outputLayer(name, type, details))
    );
  if (isStrange(main) || isRepeated(`${main} ${details}`) || ASIDE.test(`${name} ${details}`)) return OPAQUE;
  // A type that is not known is not guessed from what the row says besides.
  if (
    typeWords.length === 0 &&
    (/[A-Z][a-z]+[A-Z]\w+|^[A-Z]{2,}[a-z]\w+$/.test(type) || (/[a-z]{3}/i.test(type) && nameWords.length === 0))
  )
    return OPAQUE;
  if (main === details && isStrange(name)) return OPAQUE;
  const extra = main === details ? "" : details;
  const steps = words.map((word, i) =>
    readings(word, segmentOf(main, words, i), numbering, main === name || nameWords.length === 0 ? "" : name),
  );
  return completed(steps, words, extra, texts);
}

/** `conv2d_1 (Conv2D)` is a name and its class. */
function splitClass(texts: RowTexts): { name: string; type: string } {
  const match = /^([\w./ -]+?)\s*\(([A-Z]\w+)(,[^)]*)?\)\s*$/.exec(texts.name);
  if (!match || texts.type !== "") return texts;
  const inside = layerWords(match[2] ?? "");
  const isPlain = inside.length === 1 && inside[0]?.isClass === true && !/\s/.test(match[2] ?? "");
  if (isPlain && /[a-z]/.test(match[1] ?? "") && !/^[A-Z]\w*(?:[23]D)$/.test(match[1] ?? ""))
    return { name: "", type: `${match[2]}${match[3] ?? ""}` };
  if (isPlain) return { name: "", type: `${match[2]}${match[3] ?? ""}` };
  // A class that is not known is a layer that is not known, whatever it is called.
  const isClass =
    /[a-z][A-Z]|^[A-Z][a-z]+\d?[dD]?$/.test(match[2] ?? "") &&
    /_\d*|^[a-z]/.test(match[1] ?? "") &&
    inside.length === 0;
  return isClass && !isInputWord(match[2] ?? "") ? { name: "", type: `reshape ${match[2]}` } : texts;
}

const isRepeated = (text: string): boolean =>
  /[\])]\s*[×x]\s*\d|(?<![\d\s×x*])\s*[×x]\s*\d+\s*$|^\s*\d+\s*[×x]\s*(?=[A-Za-z([])|\b(?:twice|times)\b|\d\s*[-–]\s*\d+\s*$/i.test(
    text,
  ) && !/(?:conv|fc|dense|linear|pool)\w*\s*\d?\s*[-–]\s*\d+\s*$/i.test(text);

/** The layers of LeNet's own letters: C1, S2, F6. */
function letterLayer(name: string, texts: RowTexts, details: string): readonly RowReading[] | undefined {
  const letter = /^([CSF])\d$/.exec(name.trim())?.[1];
  const kind: Kind | undefined =
    letter === "C" ? "conv" : letter === "S" ? "avgpool" : letter === "F" ? "linear" : undefined;
  if (!kind) return undefined;
  const word: FoundWord = { kind, from: 0, to: 0, isClass: false, isKeras: false };
  return completed([[withDetails({ kind }, "")]], [word], details, texts);
}

/** A row that is called the output and nothing else: its layer is fully connected, or only softmax. */
function outputLayer(name: string, type: string, details: string): readonly RowReading[] {
  if (
    !/^\s*(?:output|logits|classifier|classification|出力|输出|輸出|출력|sa[íi]da|salida|ausgabe)(?![a-z])/i.test(name)
  )
    return [];
  if (isStrange(`${name} ${type} ${details}`)) return OPAQUE;
  const { filters } = readDetails(`${type} ; ${details}`);
  return [
    { steps: [{ kind: "linear", ...(filters ? { filters } : {}) }], cost: 0 },
    { steps: [{ kind: "keep", name: "Identity" }], cost: 0 },
  ];
}

/** A word's own part of a text: up to the next word; the first has what stands before it too. */
function segmentOf(text: string, words: readonly FoundWord[], i: number): string {
  const [word, next] = [words[i], words[i + 1]];
  const from = i === 0 ? 0 : (word?.from ?? 0);
  return `${text.slice(from, word?.from)} ¤ ${text.slice(word?.to ?? 0, next?.from ?? text.length)}`;
}

/** The ways to read one layer from its word and the text around it; the word's place is marked by ¤. */
function readings(word: FoundWord, segment: string, numbering: Numbering, name: string): readonly Given[] {
  const base: Given = {
    kind: word.kind,
    ...(word.name ? { name: word.name } : {}),
    ...(word.axes ? { axes: word.axes } : {}),
  };
  if (["keep", "norm", "flatten", "globalpool"].includes(word.kind)) return [base];
  const behind = (segment.split("¤")[1] ?? "").trimStart();
  const before = segment.split("¤")[0] ?? "";
  if (/depth-?wise|(?<![a-z])dw(?![a-z])/i.test(segment) && word.kind === "conv")
    return [{ ...withDetails(base, `${before} ${behind.replace(/^[-_ ]?\d+(?![\d×x*])/, "")}`), groups: "each" }];
  if (/dilated|atrous|grouped/i.test(segment) && !/(?:rate|dilation|groups?)\s*[=:]?\s*\d/i.test(segment))
    return [{ kind: "opaque" }];
  const named = attached(word, behind, numbering) ?? (name === "" ? undefined : courseName(base, name));
  if (named) return named.map(({ given, rest }) => withDetails({ ...base, ...given }, `${before} ${rest}`));
  return twoNumbers(word, base, before, behind);
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
  const call = word.isClass ? readTorchCall(`${wordText(word)}${behind}`) : undefined;
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
      ? "nn.Linear"
      : CLASS_NAMES[word.kind] && word.axes
        ? `${CLASS_NAMES[word.kind]}${word.axes}d`
        : "";

/** A layer with what a text says besides; one bare number is the filters, the units or the window. */
function withDetails(given: Given, text: string): Given {
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

/** Adds what the other columns say to the first layer that has such arguments, and the layers that the details name. */
function completed(
  steps: readonly (readonly Given[])[],
  words: readonly FoundWord[],
  details: string,
  texts: RowTexts,
): readonly RowReading[] {
  const at = words.findIndex((w) => ["conv", "linear", "maxpool", "avgpool", "adaptive"].includes(w.kind));
  const more = layerWords(details);
  const cut = more.findIndex((w) => w.kind !== words[at]?.kind && !["keep", "batchnorm", "norm"].includes(w.kind));
  const own = cut < 0 ? details : details.slice(0, more[cut]?.from);
  const stays = more.some((w) => w.kind === "batchnorm") && !words.some((w) => w.kind === "batchnorm");
  let all: RowReading[] = [{ steps: [], cost: 0 }];
  for (const [i, options] of steps.entries()) {
    const filled =
      i === at
        ? options.map((given) => fromColumns(own === "" ? given : withDetails(given, withoutWords(own, more)), texts))
        : options;
    all = all.flatMap((r) => filled.map((given) => ({ steps: [...r.steps, given], cost: r.cost }))).slice(0, 6);
  }
  const softmax = words.length === 1 && words[0]?.kind === "keep" && words[0].name === "Softmax";
  if (softmax) {
    const units = readDetails(`${texts.name} ${details}`).filters;
    all.push({ steps: [{ kind: "linear", ...(units ? { filters: units } : {}) }], cost: 0 });
  }
  if (stays) all = all.flatMap((r) => [r, { ...r, steps: [...r.steps, { kind: "batchnorm" }] }]);
  const pool = cut < 0 ? undefined : more[cut];
  if (pool && ["maxpool", "avgpool", "flatten", "globalpool"].includes(pool.kind)) {
    const extra = withDetails({ kind: pool.kind, ...(pool.name ? { name: pool.name } : {}) }, details.slice(pool.to));
    all = all.flatMap((r) => [r, { ...r, steps: [...r.steps, extra] }]);
  } else if (pool) return OPAQUE;
  return all;
}

const withoutWords = (text: string, words: readonly FoundWord[]): string =>
  [...words].reverse().reduce((rest, w) => `${rest.slice(0, w.from)} ${rest.slice(w.to)}`, text);

function fromColumns(given: Given, texts: RowTexts): Given {
  const said = (what: string, text: string): string => (/^\s*[\d([]/.test(text) ? `; ${what}=${text}` : `; ${text}`);
  const columns = [
    said("kernel", texts.kernel),
    said("stride", texts.stride),
    /same|valid|no/i.test(texts.padding) ? `; padding ${texts.padding}` : said("padding", texts.padding),
    said("dilation", texts.dilation),
    said("groups", texts.groups),
    said("filters", texts.filters),
    said("in", texts.inputs),
  ].join(" ");
  const { loose: _, ...found } = readDetails(columns);
  const merged: { -readonly [K in keyof Given]: Given[K] } = { ...given };
  for (const [key, value] of Object.entries(found))
    if (value !== undefined && (given as unknown as Record<string, unknown>)[key] === undefined)
      (merged as Record<string, unknown>)[key] = value;
  if (given.kind !== "conv" && given.kind !== "linear") delete merged.filters;
  if (given.kind === "linear") {
    delete merged.kernel;
    delete merged.stride;
  }
  return merged;
}
