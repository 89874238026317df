import type { Kind } from "./layerGiven.js";

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

/** The words for each kind, the particular before the general; `\d` after a class name says its axes. */
const WORDS: readonly (readonly [Kind, RegExp, string?])[] = [
  [
    "globalpool",
    /global[\s_-]*(?:average|avg|max)[\s_-]*pool(?:ing)?(?:_?([123])d)?|(?<![a-z])g[am]p(?![a-z])|全局平均池化/,
  ],
  ["adaptive", /adaptive[\s_-]*(?:average|avg|max)[\s_-]*pool(?:ing)?(?:_?([123])d)?/],
  ["maxpool", /max[\s_-]*pool(?:ing)?(?:_?([123])d)?|最大池化|最大プーリング/],
  ["avgpool", /(?:average|avg|mean)[\s_-]*pool(?:ing)?(?:_?([123])d)?|平均池化|平均プーリング/],
  [
    "maxpool",
    /(?<![a-z])pool(?:ing)?(?![a-z])(?:_?([123])d(?![a-z]))?|池化|プーリング|풀링|пулинг|agrupamiento|sub-?sampling/,
  ],
  ["batchnorm", /batch[\s_-]*norm(?:ali[sz]ation)?(?:_?([123])d)?|(?<![a-z])bn(?![a-z])|批(?:量)?(?:标准|归一)化/],
  ["keep", /local[\s_-]*response[\s_-]*norm(?:ali[sz]ation)?|(?<![a-z])lrn(?![a-z])/, "Identity"],
  ["norm", /(?:layer|group|instance|weight)[\s_-]*norm(?:ali[sz]ation)?(?:_?([123])d)?|(?<![a-z])[lg]n(?![a-z])/],
  ["keep", /(?:spatial|alpha)?[\s_-]*dropout(?:_?([123])d)?/, "Dropout"],
  [
    "keep",
    /(?<![a-z])(?:leaky[\s_-]*relu|log[\s_-]*softmax|relu6|relu|lrelu|gelu|selu|elu|silu|swish|mish|sigmoid|tanh|softplus|hard[\s_-]*swish|softmax|identity|激活)(?![a-z])/,
  ],
  ["flatten", /(?<!un)flatten(?:ing)?|(?<![a-z])(?:flat|unroll|view)(?![a-z])|展平|平坦|vectori[sz]e|평탄/],
  [
    "conv",
    /conv(?:olution(?:al)?|olución|olutiva|olucional|olução)?(?:_?([123])d(?![a-z]))?(?![a-df-np-z])|卷积|捲積|畳み込み|합성곱|св[её]рт|faltung/,
  ],
  [
    "linear",
    /(?<![a-z])(?:fully[\s_-]*connected|fc|dense|linear|affine|inner[\s_-]*product)(?![a-z])|全连接|全結合|완전/,
  ],
  ["keep", /(?<![a-z])activation(?![a-z])/],
];

/** What makes a row one that is not understood: layers of other kinds, several layers in one row, rows beside the main path. */
const STRANGE =
  /transpose|deconv|up-?sampl|up-?conv|unpool|separable|(?<![a-z])(?:sep|ds)conv|lstm|(?<![a-z])gru(?![a-z])|rnn|attention|transformer|embedding|residual|res[\s_-]*block|resnet|bottleneck|inception|dense[\s_-]*block|transition|(?<![a-z])fire|squeeze|excit|(?<![a-z])se(?![a-z])|mb-?conv|inverted|concat|(?<![a-z])add(?![a-z])|(?<![a-z])sum(?![a-z])|merge|skip|shortcut|downsample|reshape|permute|time[\s_-]*distributed|bidirectional|lambda|pixel[\s_-]*shuffle|zero[\s_-]*pad|(?<![a-z])pad(?:ding)?2d|crop|capsule|routing|interpol|(?<![a-z])blocks?(?![a-z])|stage|module|repeat|double[\s_-]*conv|deform|masked|gated|partial[\s_-]*conv|spectral|fourier|wavelet|pyramid|(?<![a-z])roi(?![a-z])|branch|parallel|layers(?![a-z])|maxout|(?<![a-z])nin(?![a-z])|graph|gcn|gat(?![a-z])|(?<![a-z])per(?![a-z])|ghost|shuffle|(?<![a-z])head|casual|causal|octave|circular|quant|binar|vgg|mobilenet|efficientnet|densenet|alexnet|(?<![a-z])base(?![a-z])|backbone|encoder|decoder|pre-?trained|extractor/i;

/** Whether a text speaks of something that no single layer of the catalogue is. */
export const isStrange = (text: string): boolean => STRANGE.test(text);

/** Words of everyday language that are layers only among the words of the field. */
const EVERYDAY = /^(?:pool|pooling|flat|view|unroll|dense|linear|affine|activation|identity)$/;

/** The field's own words, which may stand beside a layer's. */
const FIELD =
  /^(?:layers?|max|maximum|avg|average|mean|global|adaptive|conv\w*|convolution\w*|pool\w*|fc|fully|connected|full|dense|linear|input|output|hidden|final|last|first|second|third|main|relu\w*|elu|selu|gelu|leaky|lrelu|silu|swish|mish|tanh|sigmoid|softmax|softplus|activation|none|nonlinearity|batch|norm\w*|bn|dropout|flat\w*|units?|neurons?|nodes?|classes|class|filters?|kernels?|kernel|size|window|stride\w*|pad\w*|same|valid|zero|no|with|without|and|or|then|of|by|the|to|from|in|out|channels?|ch|features?|maps?|feature|bias|rate|probability|prob|p|k|s|f|g|d|x|none|logits?|classifier|classification|regression|score|prediction|latent|embedding|projection|bottleneck|spatial|stem|head|body|tail|encoder|decoder|enc|dec|layer\w*|l\d+|nn|torch|keras|layers|tf|model|sequential|time|step|reshape|vector|cells?|after|before|each|per|tokens?|stage|block\w*|group\w*|depthwise|pointwise|true|false|default|standard|regular|policy|value|actor|critic|aux\w*|mu|logvar|sigma|var|mode|frozen|trainable|optional|if|only|op\w*)$/;

/** Whether a layer's word is an everyday word among other everyday words, as in «pool float». */
export function isEveryday(text: string, words: readonly FoundWord[]): boolean {
  if (!words.every((w) => EVERYDAY.test(text.slice(w.from, w.to).toLowerCase()))) return false;
  const others = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return others.some((word) => !FIELD.test(word));
}

const INPUT =
  /^\s*(?:\d+[.:)]?\s*)?(?:the\s+)?(?:input(?:[\s_-]*(?:layer|image|images|tensor|data|size|shape|volume|\d+))?|inputlayer|image|data|eingabe|entrada|entr[ée]e|输入|輸入|入力|입력|вход)(?![a-z])/i;

/** Whether a text names the input itself. */
export const isInputWord = (text: string): boolean => INPUT.test(text);

const CLASS =
  /(?:Conv|MaxPool|AvgPool|BatchNorm|Dropout)[123]d|(?:Conv|MaxPool(?:ing)?|AveragePooling|GlobalAveragePooling|GlobalMaxPooling)[123]D|Linear|Dense|BatchNormalization|BatchNorm|Flatten|Dropout|ReLU|Softmax|InputLayer/;

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
        isKeras: /\dD$|^Dense$|^BatchNormalization$/.test(written),
      });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** «Linear activation», «rectified linear» and «pool size» name no layer. */
function isNoLayer(kind: Kind, lower: string, from: number, to: number): boolean {
  const [before, after] = [lower.slice(Math.max(0, from - 24), from), lower.slice(to, to + 16)];
  if (kind === "linear")
    return (
      /activation\s*[=:]?\s*['"]?$|rectified\s*$|non-?$|bi-?$/.test(before) ||
      /^\s*(?:activation|unit)/.test(after) ||
      (/[,;]\s*$/.test(before) && /^\s*\)/.test(after))
    );
  if (kind === "maxpool" || kind === "conv") return /^[\s_-]*(?:size|kernel size|stride|window)/.test(after);
  return false;
}
