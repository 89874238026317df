import type { WindowPicture } from "../../src/protocol.js";
import { convolutionSums, tilesOf } from "./convolution.js";
import { inputGrid, kernelGrid, outputGrid } from "./grids.js";
import type { Frame } from "./marks.js";
import { channelsRead, type SceneOptions, settled } from "./options.js";
import { cellAt, indexed, minus, placeOf, stepsOf } from "./place.js";
import { poolingSums } from "./pooling.js";
import { probeSentence, stepSentence } from "./sentence.js";
import { usesOf } from "./uses.js";

/** Everything that is seen at a step: a function of the picture, a number and what is chosen, and of nothing else. */
export function frameOf(picture: WindowPicture, number: number, asked: SceneOptions): Frame {
  const options = settled(picture, asked);
  const steps = stepsOf(picture);
  const step = Math.min(Math.max(0, Math.trunc(number) || 0), steps - 1);
  const uses = usesOf(picture, options);
  const { row, col } = placeOf(picture, step);
  const cell = cellAt(picture, step, options);
  const convolution = picture.operation === "convolution";
  const tiles = convolution ? tilesOf(picture, step, options, uses) : [];
  const part = options.inChannel - channelsRead(picture, options.outChannel).first;
  return {
    step,
    steps,
    title: `${indexed(picture, "y", row, col)} = ${cell.text}`,
    sentence: uses ? probeSentence(picture, options, uses) : stepSentence(picture, step, options),
    grids: [
      inputGrid(picture, step, options, uses),
      ...(convolution ? [kernelGrid(picture, options, part, uses)] : []),
      outputGrid(picture, step, options, uses),
    ],
    sums: convolution ? convolutionSums(picture, step, options, tiles) : poolingSums(picture, step, options, uses),
    tiles,
    tilesTotal: minus(cell.parts?.[part] ?? 0),
    links: steps <= 64,
  };
}
