import { adaptivePooling } from "./adaptivePooling.js";
import type { Op } from "./op.js";

/** nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d and nn.AdaptiveAvgPool3d. */
export const adaptiveAvgPool: readonly Op[] = adaptivePooling("Avg", "Averages", "");
