/** What a column of a table is about. */
export type Role =
  | "name"
  | "type"
  | "details"
  | "input"
  | "output"
  | "size"
  | "params"
  | "weights"
  | "biases"
  | "kernel"
  | "stride"
  | "padding"
  | "dilation"
  | "groups"
  | "filters"
  | "inputs"
  | "units"
  | "other";

/** The words of headers, the particular before the general. */
const HEADERS: readonly (readonly [Role, RegExp])[] = [
  [
    "other",
    /non-?\s*trainable|flops|macs?\b|\bmult|memory|\b[mk]i?b\b|\bbytes?\b|\bms\b|\btime\b|latency|cumul|running|receptive|\brf\b|\bjump|percent|%|accura|\bacc\b|\bloss\b|\berror\b|\bratio\b|\bshare\b/,
  ],
  ["weights", /\b(?:no|without|w\/o|excl\w*\.?|ignoring|ohne|sans|sin|sem)\s+(?:the\s+)?bias/],
  ["params", /weights?\s*(?:\+|and|&|,|\/)\s*bias/],
  ["filters", /(?:n(?:um(?:ber)?|o|b)?\.?\s*(?:of)?|#)\s*(?:conv(?:olution(?:al)?)?\s*)?(?:filters?|kernels?)|^n_?c\b/],
  [
    "kernel",
    /kernel|filter\s*(?:size|shape|dim)|window|pool\s*size|patch\s*size|卷积核(?!数)|核大小|カーネル|커널|noyau|núcleo|^[kf]$/,
  ],
  ["inputs", /in(?:put)?[\s_.-]*(?:ch(?:annels?)?\b|depth|features?\b|maps?\b|width\b)|^c_?in$|输入通道/],
  [
    "filters",
    /out(?:put)?[\s_.-]*(?:ch(?:annels?)?\b|depth|feature\s*maps\b|maps?\b|filters)|^c_?out$|输出通道|filters?|feature\s*maps?$|channels?|depth\b|通道|チャネル|채널|kan[aä]l|canais|canales|filtros/,
  ],
  ["units", /(?:^|#\s*)(?:hidden\s*)?(?:units?|neurons?|nodes?)(?:\s*\/.*)?$|神经元/],
  ["params", /param|参数|參數|パラメータ|파라미터|매개변수|парам|parâm|parám|paramètre/],
  ["biases", /bias/],
  ["weights", /weights?|gewicht|poids|pesos|权重|重み|가중치/],
  [
    "size",
    /(?:activation|output)s?\s*(?:count|number)|(?:#|n(?:um(?:ber)?|o)?\.?\s*of|total)\s*(?:activations?|neurons?|outputs?|elements|units)|activation\s*size|activations?\s*\(?(?:size|#)|neurons?|size\s*\(?flat/,
  ],
  ["stride", /stride|步长|步幅|ストライド|스트라이드|^s$/],
  ["padding", /pad|填充|パディング|패딩|^p$/],
  ["dilation", /dilat|^d$/],
  ["groups", /groups?$/],
  [
    "input",
    /in(?:put)?[\s_-]*(?:shape|size|dim|volume|tensor|data)|^in(?:put)?s?\b|eingabe|entrada|entr[ée]e|输入|輸入|入力|입력|вход/,
  ],
  [
    "output",
    /out(?:put)?[\s_-]*(?:shape|size|dim|volume|tensor|length|resolution|width)|^out(?:put)?s?\b|ausgabe|sa[íi]da|salida|sortie|输出|輸出|出力|출력|выход|shape|volume|feature\s*map|dimension|resolution|(?:^|\s)size|größe|tamaño|tamanho|taille|形状|尺寸|サイズ|크기|размер|activation/,
  ],
  ["details", /detail|config|description|descripci|setting|spec|hyper|argument|\bargs\b|说明|詳細|설명/],
  ["type", /type|operation|operator|\bop\b|kind|class|类型|種類|タイプ|유형|tipo|\bart\b|тип/],
  [
    "name",
    /layer|name|block|stage|module|component|schicht|camada|capa\b|couche|层|層|レイヤ|계층|레이어|слой|step|part/,
  ],
  ["other", /^#$|remark|comment|notes?\b|purpose|function\b|^no\.?$|index|idx|^id$|depth-idx|connected/],
];

/** A header's meaning; undefined for words that say nothing. */
export function roleOf(header: string): Role | undefined {
  const plain = header
    .toLowerCase()
    .replace(/[*_`:]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (plain === "") return undefined;
  if (/kernel.*stride|stride.*pad|filters?.*(?:kernel|stride)|kernel.*units/.test(plain)) return "details";
  if (/^(?:layer|name)?\s*\(?type\)?$/.test(plain) && plain.startsWith("layer")) return "name";
  if (/^(?:formula|calculation|computation|how)/.test(plain)) return "other";
  if (/filters?\s*\/\s*(?:neurons?|units?)|(?:units?|neurons?)\s*\/\s*filters?/.test(plain)) return "filters";
  return HEADERS.find(([, pattern]) => pattern.test(plain))?.[0];
}

/** The unit in which a column counts: `Params (M)`. */
export function unitOf(header: string): string {
  const match = /\(\s*(?:in\s*)?(?:×\s*10\^?([36]|³|⁶)|([KM])|(thousands?|millions?))\s*\)/i.exec(header);
  if (!match) return "";
  const word = (match[1] ?? match[2] ?? match[3] ?? "").toLowerCase();
  return /^(?:3|³|k|thousand)/.test(word) ? "K" : "M";
}

/** Header words of what is measured. */
const COMPARES =
  /accura|\bacc\b|top-?\s?[15]|loss|\bf1\b|bleu|\bfps\b|latency|\bauc\b|\bfid\b|psnr|ssim|epoch|batch size|learning rate|\blr\b|dataset|precision|recall|speed|perplexity|\bgpu\b|throughput|\bsota\b|score|runtime|\btime\b|\bms\b|cycles?|\bwer\b|status|price|cost/i;

/** First header words of tables that compare whole models or runs: their rows are no layers. */
const COMPARED =
  /^(?:the\s+)?(?:model|method|network|backbone|variant|approach|dataset|experiment|run|system|paper|framework|library|device|task|optimizer|parameter|hyper-?parameter|setting|metric|version|ablation)s?\b/i;

/** Whether a table's header says that its rows are models, runs or settings, not layers. */
export function isComparison(headers: readonly string[]): boolean {
  const first = headers.find((h) => h.trim() !== "") ?? "";
  return COMPARED.test(first) || headers.some((h) => /^\W*(?:model|method|network|dataset|backbone)s?\W*$/i.test(h));
}

/** Whether a table's header speaks of what is measured, as no homework about shapes does. */
export const isMeasured = (headers: readonly string[]): boolean => headers.some((h) => COMPARES.test(h));
