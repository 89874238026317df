import { AXES, type Op } from "../layer/op.js";
import { channelsMatch } from "./windowRules.js";

/** Instance normalization over one, two or three axes. */
const instanceNormalization = (axes: 1 | 2 | 3): Op => ({
  name: `InstanceNorm${axes}d`,
  summary: "Brings each channel of each sample to mean 0 and variance 1 over its positions.",
  torch: `nn.InstanceNorm${axes}d(num_features, eps=0.00001, momentum=0.1, affine=False, track_running_stats=False)`,
  axes: 0,
  letters: { C: "num_features" },
  input: ["N?", "channels", ...(AXES[axes] ?? [])],
  output: ["N?", "channels", ...(AXES[axes] ?? [])],
  params: "affine ? 2*C : 0",
  buffers: "track_running_stats ? 2*C + 1 : 0",
  rules: [channelsMatch("num_features", " and (affine or track_running_stats)")],
  mistakes: [{ code: "M2", say: "scale and shift counted; unless affine=True there are none", params: "2*C" }],
  examples: [
    {
      args: { num_features: 8 },
      input: [2, 8, ...Array<number>(axes).fill(4)],
      output: [2, 8, ...Array<number>(axes).fill(4)],
      params: 0,
    },
  ],
});

/** nn.InstanceNorm1d, nn.InstanceNorm2d and nn.InstanceNorm3d. */
export const instanceNorm: readonly Op[] = [
  instanceNormalization(1),
  instanceNormalization(2),
  instanceNormalization(3),
];
