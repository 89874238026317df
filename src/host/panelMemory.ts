import type { Wish } from "../check/picture.js";
import type { PanelKind } from "../protocol.js";

/** Layers whose step, choices and numbers are remembered while the panel shows others. */
export const REMEMBERED = 50;

/** Where the workspace keeps them. */
export const KEPT = "dimsum.panel";

/** Where the workspace keeps what the panel is about. */
export const SHOWN = "dimsum.shown";

/** What it is about, whether it is pinned, the place it was last asked for, and what was wished of which layer. */
export type Shown = readonly [PanelKind, boolean, readonly [uri: string, offset: number], (readonly [string, Wish])[]];
