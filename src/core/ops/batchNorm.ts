import { AXES, type Op } from "../layer/op.js";
import { channelsMatch } from "./windowRules.js";

/** Batch normalization over one, two or three axes. */
const batchNormalization = (axes: 1 | 2 | 3): Op => ({
  name: `BatchNorm${axes}d`,
  summary: "Brings each channel to mean 0 and variance 1 over the batch and all positions, then scales and shifts it.",
  torch: `nn.BatchNorm${axes}d(num_features, eps=0.00001, momentum=0.1, affine=True, track_running_stats=True)`,
  axes: 0,
  letters: { C: "num_features" },
  input: axes === 1 ? ["N", "channels", "L?"] : ["N", "channels", ...(AXES[axes] ?? [])],
  output: axes === 1 ? ["N", "channels", "L?"] : ["N", "channels", ...(AXES[axes] ?? [])],
  params: "affine ? 2*C : 0",
  buffers: "track_running_stats ? 2*C + 1 : 0",
  rules: [channelsMatch("num_features", " and (affine or track_running_stats)")],
  mistakes: [
    { code: "M2", say: "running statistics counted as parameters: only scale and shift are learned", params: "4*C" },
    { code: "M2", say: "only one of scale and shift counted", params: "C" },
  ],
  examples: [
    {
      args: { num_features: 8 },
      input: [2, 8, ...Array<number>(axes).fill(4)],
      output: [2, 8, ...Array<number>(axes).fill(4)],
      params: 16,
    },
  ],
});

const anyAxes = ["N", "channels", "*"];

/** Batch normalization over all processes of a training, whatever the axes. */
const synchronized: Op = {
  ...batchNormalization(2),
  name: "SyncBatchNorm",
  torch:
    "nn.SyncBatchNorm(num_features, eps=0.00001, momentum=0.1, affine=True, track_running_stats=True, process_group=None)",
  input: anyAxes,
  output: anyAxes,
};

/** nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d and nn.SyncBatchNorm. */
export const batchNorm: readonly Op[] = [
  batchNormalization(1),
  batchNormalization(2),
  batchNormalization(3),
  synchronized,
];
