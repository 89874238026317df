import type { Op } from "../layer/op.js";
import { activations } from "./activation.js";
import { adaptiveAvgPool } from "./adaptiveAvgPool.js";
import { adaptiveMaxPool } from "./adaptiveMaxPool.js";
import { adaptiveSoftmax } from "./adaptiveSoftmax.js";
import { avgPool } from "./avgPool.js";
import { batchNorm } from "./batchNorm.js";
import { bilinear } from "./bilinear.js";
import { classificationLoss } from "./classificationLoss.js";
import { conv } from "./conv.js";
import { convTranspose } from "./convTranspose.js";
import { ctcLoss } from "./ctcLoss.js";
import { distance } from "./distance.js";
import { dropout } from "./dropout.js";
import { einopsLayer } from "./einopsLayer.js";
import { elementwiseLoss } from "./elementwiseLoss.js";
import { embedding } from "./embedding.js";
import { embeddingBag } from "./embeddingBag.js";
import { flatten } from "./flatten.js";
import { fold } from "./fold.js";
import { fractionalMaxPool } from "./fractionalMaxPool.js";
import { globalAvgPool } from "./globalAvgPool.js";
import { groupNorm } from "./groupNorm.js";
import { instanceNorm } from "./instanceNorm.js";
import { layerNorm } from "./layerNorm.js";
import { lazyLayers } from "./lazy.js";
import { linear } from "./linear.js";
import { localResponseNorm } from "./localResponseNorm.js";
import { lpPool } from "./lpPool.js";
import { maxPool } from "./maxPool.js";
import { maxUnpool } from "./maxUnpool.js";
import { multiheadAttention } from "./multiheadAttention.js";
import { pad } from "./pad.js";
import { pixelShuffle } from "./pixelShuffle.js";
import { rankingLoss } from "./rankingLoss.js";
import { recurrent } from "./recurrent.js";
import { recurrentCell } from "./recurrentCell.js";
import { transformer } from "./transformer.js";
import { unflatten } from "./unflatten.js";
import { upsample } from "./upsample.js";

/** Every layer, in the order of the README's table. */
export const ops: readonly Op[] = [
  ...conv,
  ...convTranspose,
  ...maxPool,
  ...avgPool,
  ...lpPool,
  ...fractionalMaxPool,
  ...adaptiveAvgPool,
  ...adaptiveMaxPool,
  ...globalAvgPool,
  ...maxUnpool,
  ...linear,
  ...bilinear,
  ...embedding,
  ...embeddingBag,
  ...recurrent,
  ...recurrentCell,
  ...multiheadAttention,
  ...transformer,
  ...batchNorm,
  ...layerNorm,
  ...groupNorm,
  ...instanceNorm,
  ...localResponseNorm,
  ...flatten,
  ...unflatten,
  ...pad,
  ...pixelShuffle,
  ...upsample,
  ...einopsLayer,
  ...fold,
  ...dropout,
  ...activations,
  ...lazyLayers,
  ...distance,
  ...elementwiseLoss,
  ...classificationLoss,
  ...rankingLoss,
  ...ctcLoss,
  ...adaptiveSoftmax,
];

const byName = new Map(ops.map((op) => [op.name, op]));

/** The layer of that PyTorch name (or Dimsum's own, for a layer that PyTorch has not). */
export const opNamed = (name: string): Op | undefined => byName.get(name);
