import { readDetails } from "./details.js";
import type { Given, Kind, RowReading } from "./layerGiven.js";
import { type FoundWord, isEveryday, isInputWord, isStrange, layerWords } from "./layerWords.js";
import type { Numbering } from "./numbering.js";
import { readWord, segmentOf, withDetails } from "./wordLayer.js";

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

const KEEPING: ReadonlySet<Kind> = new Set<Kind>(["keep", "norm", "batchnorm"]);

/** How often a layer comes, right before its word: `2× conv 3×3`. */
const BEFORE = /(?<![\d×x*.]\s*)(\d)\s*[×x*]\s*(?=(?:[[(]\s*)?$)/i;

/** The same at the end of a row: `conv 3×3, 256 (×2)`, `[conv 3×3, 256] × 2`, `conv 3×3, 256 ×2`, where 256 can be no side of a kernel. */
const BEHIND =
  /\s*(?:\(\s*(?:[×x*]\s*(\d)|(\d)\s*[×x*])\s*\)|(?:(?<=[\])])|(?<=(?<![\d×x*.])(?:[3-9]\d|[1-9]\d{2,3}))|(?<=[a-z]\s+))\s*[×x*]\s*([2-9]))\s*$/i;

/** How often a text says that its layers come, and the text without that. */
function timesIn(text: string): { readonly times: number; readonly once: string } | undefined {
  const [word] = layerWords(text);
  if (!word) return undefined;
  const before = BEFORE.exec(text.slice(0, word.from));
  if (before) return { times: Number(before[1]), once: `${text.slice(0, before.index)}${text.slice(word.from)}` };
  const behind = BEHIND.exec(text);
  const times = Number(behind?.slice(1).find(Boolean));
  return behind && behind.index >= word.from ? { times, once: text.slice(0, behind.index) } : undefined;
}

/** Kinds that a row may name once for several layers in a row. */
const REPEATED: ReadonlySet<Kind> = new Set<Kind>(["conv", "linear", "keep", "batchnorm"]);

/** The ways to read what a row's layer is; empty where it names none. */
export function readLayer(texts: RowTexts, numbering: Numbering): readonly RowReading[] {
  for (const column of ["type", "name"] as const) {
    const found = timesIn(texts[column]);
    if (!found) continue;
    const once = readLayer({ ...texts, [column]: found.once }, numbering);
    return once.flatMap(({ steps, cost }) => repeated(steps, cost, found.times));
  }
  const { name, type } = withoutLetters(splitClass(texts));
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
  if (isEveryday(main, words)) return [];
  if (isStrange(main) || isRepeated(`${main} ${details}`) || ASIDE.test(`${name} ${details}`)) return OPAQUE;
  // A type that is not known is not guessed from what the row says besides.
  if (
    typeWords.length === 0 &&
    (/[A-Z][a-z]+[A-Z]\w+|^[A-Z]{2,}[a-z]\w+$/.test(type) || (/[a-z]{3}/i.test(type) && nameWords.length === 0))
  )
    return OPAQUE;
  if (main === details && isStrange(name)) return OPAQUE;
  // What stands behind an activation's word belongs to the layer before it.
  const behind = words.flatMap((w, i) =>
    i > 0 && KEEPING.has(w.kind) ? [segmentOf(main, words, i).split("¤")[1] ?? ""] : [],
  );
  const extra = [...behind.filter((t) => /\d|same|valid/.test(t)), ...(main === details ? [] : [details])].join(" ; ");
  const steps = words.map((word, i) =>
    readWord(word, segmentOf(main, words, i), numbering, main === name || nameWords.length === 0 ? "" : name),
  );
  return completed(steps, words, extra, texts);
}

/** Layers as often as a row says; with a stride, which may be the first one's alone, or open filters, nobody knows. */
function repeated(steps: RowReading["steps"], cost: number, times: number): readonly RowReading[] {
  const isOpen = (s: Given): boolean => (s.kind === "conv" || s.kind === "linear") && s.filters === undefined;
  const isPlain = steps.every((s) => REPEATED.has(s.kind) && !s.stride?.some((n) => n > 1) && !isOpen(s));
  if (!isPlain || times < 1) return OPAQUE;
  return [{ steps: Array.from({ length: times }, () => steps).flat(), cost }];
}

/** `conv2d_1 (Conv2D)` is a name and its class. */
function splitClass(texts: RowTexts): { name: string; type: string } {
  const match = /^([\w./ -]+?)\s*\(([A-Z]\w+)(,[^)]*)?\)\s*$/.exec(texts.name);
  if (!match || texts.type !== "") return texts;
  const inside = layerWords(match[2] ?? "");
  const isPlain = inside.length === 1 && inside[0]?.isClass === true && !/\s/.test(match[2] ?? "");
  if (isPlain) return { name: "", type: `${match[2]}${match[3] ?? ""}` };
  // A class that is not known is a layer that is not known, whatever it is called.
  const isClass =
    /[a-z][A-Z]|^[A-Z][a-z]+\d?[dD]?$/.test(match[2] ?? "") &&
    /_\d*|^[a-z]/.test(match[1] ?? "") &&
    inside.length === 0;
  return isClass && !isInputWord(match[2] ?? "") ? { name: "", type: `reshape ${match[2]}` } : texts;
}

/** LeNet's own names at a row's head: C1, S2, F6. */
const LETTERED = /^\s*[csfp]\d{1,2}(?![\w.]|\s*[x×*=@]\s*\d)[\s:.,(–—-]*/i;

/** `S4 pooling 2×2` is the fourth layer, and no stride of 4. */
function withoutLetters({ name, type }: { readonly name: string; readonly type: string }): {
  name: string;
  type: string;
} {
  const bare = (text: string): string => {
    const rest = text.replace(LETTERED, "");
    return layerWords(rest).length > 0 ? rest : text;
  };
  return { name: bare(name), type: bare(type) };
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
  // «Pool» in the name, «global average pooling» in the details: the details say which.
  if (
    pool &&
    words.length === 1 &&
    words[0]?.kind === "maxpool" &&
    ["avgpool", "globalpool", "adaptive"].includes(pool.kind)
  ) {
    return completed([[withDetails({ kind: pool.kind }, withoutWords(details, more))]], [pool], "", texts);
  }
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
