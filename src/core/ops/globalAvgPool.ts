import { AXES, type Op } from "../layer/op.js";

/** Global average pooling over one, two or three axes, which Keras has as a layer and tables call GAP. */
const globalAverage = (axes: 1 | 2 | 3): Op => ({
  name: `GlobalAvgPool${axes}d`,
  summary:
    "Averages each channel over all of its positions, which leaves one number a channel; it has nothing to learn.",
  keras: `layers.GlobalAveragePooling${axes}D()`,
  axes: 0,
  letters: {},
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  output: ["N?", "C"],
  rules: [],
  mistakes: [{ code: "M2", say: "pooling has no weights", params: "C" }],
  scene: "adaptive",
  examples: [{ args: {}, input: [2, 8, ...Array<number>(axes).fill(7)], output: [2, 8], params: 0 }],
});

/** Global average pooling in one, two and three dimensions. */
export const globalAvgPool: readonly Op[] = [globalAverage(1), globalAverage(2), globalAverage(3)];
