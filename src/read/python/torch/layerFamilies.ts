import type { Known } from "../../../core/dims/compare.js";

const DIMENSIONS = [1, 2, 3];
const each = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => DIMENSIONS.map((n) => `${name}${n}d`));

const CONVOLUTIONS = each("Conv", "LazyConv");
const TRANSPOSED = each("ConvTranspose", "LazyConvTranspose");
const BATCH_NORMS = [...each("BatchNorm", "LazyBatchNorm"), "SyncBatchNorm"];
const INSTANCE_NORMS = each("InstanceNorm", "LazyInstanceNorm");
const WEIGHTED = ["BCELoss", "CrossEntropyLoss", "MultiLabelSoftMarginLoss", "MultiMarginLoss", "NLLLoss"];
const UNWEIGHTED =
  "BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss GaussianNLLLoss HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss MSELoss MarginRankingLoss MultiLabelMarginLoss PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss";

/** PyTorch's classes from which it derives layers, and those layers. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  _ConvNd: [...CONVOLUTIONS, ...TRANSPOSED],
  _ConvTransposeNd: TRANSPOSED,
  _NormBase: [...BATCH_NORMS, ...INSTANCE_NORMS],
  _BatchNorm: BATCH_NORMS,
  _InstanceNorm: INSTANCE_NORMS,
  _AvgPoolNd: each("AvgPool"),
  _MaxPoolNd: each("MaxPool"),
  _AdaptiveAvgPoolNd: each("AdaptiveAvgPool"),
  _AdaptiveMaxPoolNd: each("AdaptiveMaxPool"),
  _DropoutNd: [...each("Dropout"), "Dropout", "AlphaDropout", "FeatureAlphaDropout"],
  _ConstantPadNd: [...each("ConstantPad"), "ZeroPad2d"],
  _ReflectionPadNd: each("ReflectionPad"),
  _ReplicationPadNd: each("ReplicationPad"),
  _Loss: [...WEIGHTED, ...UNWEIGHTED.split(" ")],
  _WeightedLoss: WEIGHTED,
  ...Object.fromEntries([...each("Conv"), ...each("ConvTranspose"), "Linear"].map((name) => [name, [`Lazy${name}`]])),
  RNNBase: ["RNN", "LSTM", "GRU"],
  RNNCellBase: ["RNNCell", "LSTMCell", "GRUCell"],
  Hardtanh: ["ReLU6"],
  ConstantPad2d: ["ZeroPad2d"],
  Upsample: ["UpsamplingBilinear2d", "UpsamplingNearest2d"],
};

/** Whether PyTorch's layer of a name is of a class or derived from it; undefined for a base class that is not known. */
export function isOfLayerClass(layer: string, cls: string): Known {
  if (layer === cls || cls === "Module") return true;
  if (Object.hasOwn(FAMILIES, cls)) return FAMILIES[cls]?.includes(layer) ?? false;
  return cls.startsWith("_") || cls.endsWith("Mixin") ? undefined : false;
}
