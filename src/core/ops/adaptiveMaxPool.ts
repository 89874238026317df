import type { Op } from "../layer/op.js";
import { adaptivePooling } from "./adaptivePooling.js";

/** nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d and nn.AdaptiveMaxPool3d. */
export const adaptiveMaxPool: readonly Op[] = adaptivePooling(
  "Max",
  "Keeps the largest number",
  ", return_indices=False",
);
