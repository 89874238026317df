import { activations } from "./activation.js";
import { adaptiveAvgPool } from "./adaptiveAvgPool.js";
import { avgPool } from "./avgPool.js";
import { batchNorm } from "./batchNorm.js";
import { conv } from "./conv.js";
import { dropout } from "./dropout.js";
import { flatten } from "./flatten.js";
import { globalAvgPool } from "./globalAvgPool.js";
import { linear } from "./linear.js";
import { maxPool } from "./maxPool.js";
import type { Op } from "./op.js";

/** Every layer, in the order of the README's table. */
export const ops: readonly Op[] = [
  ...conv,
  ...maxPool,
  ...avgPool,
  ...adaptiveAvgPool,
  ...globalAvgPool,
  ...linear,
  ...batchNorm,
  ...flatten,
  ...dropout,
  ...activations,
];

const byName = new Map(ops.map((op) => [op.name, op]));

/** The layer of that PyTorch name (or Dimsum's own, for a layer that PyTorch has not). */
export const opNamed = (name: string): Op | undefined => byName.get(name);
