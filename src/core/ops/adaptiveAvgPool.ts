import type { Op } from "../layer/op.js";
import { adaptivePooling } from "./adaptivePooling.js";

/** nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d and nn.AdaptiveAvgPool3d. */
export const adaptiveAvgPool: readonly Op[] = adaptivePooling("Avg", "Averages", "");
