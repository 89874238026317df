import { type Kind, TRANSPOSED } from "./layerGiven.js";

/** A layer's word in a text. */
export interface FoundWord {
  readonly kind: Kind;
  /** The layer's name in the catalogue, where the word says it. */
  readonly name?: string;
  readonly axes?: number;
  readonly from: number;
  readonly to: number;
  /** The word is a class of PyTorch or Keras. */
  readonly isClass: boolean;
  readonly isKeras: boolean;
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: "ReLU",
  relu6: "ReLU6",
  leakyrelu: "LeakyReLU",
  lrelu: "LeakyReLU",
  elu: "ELU",
  selu: "SELU",
  gelu: "GELU",
  silu: "SiLU",
  swish: "SiLU",
  mish: "Mish",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softplus: "Softplus",
  hardswish: "Hardswish",
  logsoftmax: "LogSoftmax",
  softmax: "Softmax",
  identity: "Identity",
  activation: "Identity",
};

/** A pattern in which `<` and `>` are where a word begins and ends, `~` is what may stand between two, and `@` the axes behind a class's name. */
const read = ({ raw: [pattern = ""] }: TemplateStringsArray): RegExp =>
  new RegExp(
    pattern
      .replace(/(?<!\?)</g, "(?<![a-z])")
      .replaceAll(">", "(?![a-z])")
      .replaceAll("~", "[\\s_-]*")
      .replaceAll("@", "(?:_?([123])d)?"),
    "i",
  );

/** The words for transposed convolutions; `\d` says their axes. */
const TRANSPOSED_WORDS: readonly RegExp[] = [
  read`(?:transposed?|fractional(?:ly)?(?:~strided)?)~conv(?:olution(?:al)?)?@`,
  read`(?:de|up)-?conv(?:olution(?:al)?)?@`,
  read`conv_?([123])d~transposed?>`,
  read`conv(?:olution(?:al)?)?~(?:transposed?|trans|t)@(?![a-z])`,
  read`<t-?conv@(?![a-z])`,
];

/** The words for each kind, the particular before the general; `\d` after a class name says its axes. */
const WORDS: readonly (readonly [Kind, RegExp, string?])[] = [
  ["globalpool", read`global~(?:average|avg|max)~pool(?:ing)?@|<g[am]p>|全局平均池化`],
  ["adaptive", read`adaptive~(?:average|avg|max)~pool(?:ing)?@`],
  ["maxpool", read`max~pool(?:ing)?@|最大池化|最大プーリング`],
  ["avgpool", read`(?:average|avg|mean)~pool(?:ing)?@|平均池化|平均プーリング`],
  ["maxpool", read`<pool(?:ing)?>(?:_?([123])d>)?|池化|プーリング|풀링|пулинг|agrupamiento|sub-?sampling`],
  ["batchnorm", read`batch~norm(?:ali[sz]ation)?@|<bn>|批(?:量)?(?:标准|归一)化`],
  ["keep", read`local~response~norm(?:ali[sz]ation)?|<lrn>`, "Identity"],
  ["norm", read`(?:layer|group|instance|weight)~norm(?:ali[sz]ation)?@|<[lg]n>`],
  ["keep", read`(?:spatial|alpha)?~dropout@`, "Dropout"],
  [
    "keep",
    read`<(?:leaky~relu|log~softmax|relu6|relu|lrelu|gelu|selu|elu|silu|swish|mish|sigmoid|tanh|softplus|hard~swish|softmax|identity|激活)>`,
  ],
  ["flatten", read`(?<!un)flatten(?:ing)?|<(?:flat|unroll|view)>|展平|平坦|vectori[sz]e|평탄`],
  ...TRANSPOSED_WORDS.map((pattern) => ["conv", pattern, TRANSPOSED] as const),
  [
    "conv",
    read`conv(?:olution(?:al)?|olución|olutiva|olucional|olução)?(?:_?([123])d>)?(?![a-df-np-z])|卷积|捲積|畳み込み|합성곱|св[её]рт|faltung`,
  ],
  ["linear", read`<(?:fully~connected|fc|dense|linear|affine|inner~product)>|全连接|全結合|완전`],
  ["keep", read`<activation>`],
];

/** What makes a row one that is not understood: layers of other kinds, several layers in one row, rows beside the main path. */
const STRANGE = read`transpose|up-?sampl|unpool|separable|<(?:sep|ds)conv|lstm|<gru>|rnn|attention|transformer|embedding|residual|res~block|resnet|bottleneck|inception|dense~block|transition|<fire|squeeze|excit|<se>|mb-?conv|inverted|concat|<add>|<sum>|merge|skip|shortcut|downsample|reshape|permute|time~distributed|bidirectional|lambda|pixel~shuffle|zero~pad|<pad(?:ding)?2d|crop|capsule|routing|interpol|<blocks?>|stage|module|repeat|double~conv|deform|masked|gated|partial~conv|spectral|fourier|wavelet|pyramid|<roi>|branch|parallel|layers>|maxout|<nin>|graph|gcn|gat>|<per>|ghost|shuffle|<head|casual|causal|octave|circular|quant|binar|vgg|mobilenet|efficientnet|densenet|alexnet|<base>|backbone|encoder|decoder|pre-?trained|extractor`;

/** Whether a text speaks of something that no single layer of the catalogue is. */
export const isStrange = (text: string): boolean =>
  STRANGE.test(TRANSPOSED_WORDS.reduce((rest, words) => rest.replace(words, " "), text));

/** Words of everyday language that are layers only among the words of the field. */
const EVERYDAY = /^(?:pool|pooling|flat|view|unroll|dense|linear|affine|activation|identity)$/;

/** The field's own words, which may stand beside a layer's. */
const FIELD =
  /^(?:max|maximum|avg|average|mean|full|fully|global|adaptive|conv\w*|pool\w*|connected|dense|linear|input|output|hidden|final|last|first|second|third|main|relu\w*|elu|selu|gelu|leaky|lrelu|silu|swish|mish|tanh|sigmoid|softmax|softplus|activation|none|nonlinearity|batch|norm\w*|dropout|flat\w*|units?|neurons?|nodes?|classes|filters?|kernels?|size|window|stride\w*|pad\w*|same|valid|zero|with|without|and|then|the|from|out|channels?|features?|maps?|bias|rate|probability|prob|logits?|classifier|classification|regression|score|prediction|latent|embedding|projection|bottleneck|spatial|stem|head|body|tail|encoder|decoder|enc|dec|layer\w*|torch|keras|model|sequential|time|step|reshape|vector|cells?|after|before|each|per|tokens?|stage|block\w*|group\w*|depthwise|pointwise|true|false|default|standard|regular|policy|value|actor|critic|aux\w*|logvar|sigma|var|mode|frozen|trainable|optional|only|op\w*)$/;

/** Whether a layer's word is an everyday word among other everyday words, as in «pool float». */
export function isEveryday(text: string, words: readonly FoundWord[]): boolean {
  if (!words.every((w) => EVERYDAY.test(text.slice(w.from, w.to).toLowerCase()))) return false;
  const others = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return others.some((word) => !FIELD.test(word));
}

const INPUT = read`^\s*(?:\d+[.:)]?\s*)?(?:the\s+)?(?:input(?:~(?:layer|image|images|tensor|data|size|shape|volume|\d+))?|inputlayer|image|data|eingabe|entrada|entr[ée]e|输入|輸入|入力|입력|вход)>`;

/** Whether a text names the input itself. */
export const isInputWord = (text: string): boolean => INPUT.test(text);

const CLASS =
  /(?:Conv|ConvTranspose|MaxPool|AvgPool|BatchNorm|Dropout)[123]d|Conv[123]DTranspose|(?:Conv|MaxPool(?:ing)?|AveragePooling|GlobalAveragePooling|GlobalMaxPooling)[123]D|Linear|Dense|BatchNormalization|BatchNorm|Flatten|Dropout|ReLU|Softmax|InputLayer/;

/** The layers' words of a text, in the order in which they stand. */
export function layerWords(text: string): readonly FoundWord[] {
  const lower = text.toLowerCase();
  const found: FoundWord[] = [];
  for (const [kind, pattern, name] of WORDS) {
    const all = new RegExp(pattern.source, "gu");
    for (let match = all.exec(lower); match && found.length < 12; match = all.exec(lower)) {
      const from = match.index;
      const to = from + match[0].length;
      if (match[0] === "") break;
      if (found.some((f) => from < f.to && to > f.from)) continue;
      if (isNoLayer(kind, lower, from, to)) continue;
      const written = text.slice(from, to);
      const isClass = new RegExp(`^(?:${CLASS.source})$`).test(written);
      const called = name ?? (kind === "keep" ? ACTIVATIONS[match[0].replace(/[\s_-]/g, "")] : undefined);
      found.push({
        kind,
        ...(called ? { name: called } : {}),
        ...(match[1] ? { axes: Number(match[1]) } : {}),
        from,
        to,
        isClass,
        isKeras: /\dD(?:Transpose)?$|^Dense$|^BatchNormalization$/.test(written),
      });
    }
  }
  const filters = found.length === 0 ? lower.search(FILTERS) : -1;
  if (filters >= 0) return [{ kind: "conv", from: filters, to: filters, isClass: false, isKeras: false }];
  return found.sort((a, b) => a.from - b.from);
}

/** Filters with their size, which no word for a layer is needed beside. */
const FILTERS =
  /(?<![\d.])\d+ ?[x×] ?\d+(?: ?[x×] ?\d+)? (?:filter|kernel)s?(?![a-z])|(?:filter|kernel)s? of (?:size )?\d+ ?[x×]|(?<![\d.])\d+ (?:filter|kernel)s,? (?:size )?\d+ ?[x×] ?\d/;

/** Words before the name of another row's layer. */
const REFERS =
  /(?:\b(?:from|as|of|like|after|before)|\b(?:shared?|tied|shares (?:its )?weights) (?:with|to|by))\s+(?:the\s+)?$/;

/** «Linear activation», «rectified linear» and «pool size» name no layer, and «shared with conv1» another row's. */
function isNoLayer(kind: Kind, lower: string, from: number, to: number): boolean {
  const [before, after] = [lower.slice(Math.max(0, from - 24), from), lower.slice(to, to + 16)];
  if (REFERS.test(before) && /^[_-]?\d{1,2}(?![\d.x×*])/.test(after)) return true;
  if (kind === "linear")
    return (
      /activation\s*[=:]?\s*['"]?$|rectified\s*$|non-?$|bi-?$/.test(before) ||
      /^\s*(?:activation|unit)/.test(after) ||
      (/[,;]\s*$/.test(before) && /^\s*\)/.test(after))
    );
  if (kind === "maxpool" || kind === "conv") return /^[\s_-]*(?:size|kernel size|stride|window)/.test(after);
  return false;
}
