// Reads back the texts that the build packs; it runs once, where a program begins.
import { inflateSync, strFromU8 } from "fflate";

/** The texts that were packed into one, in base 64. */
export const unpacked = (packed) =>
  strFromU8(inflateSync(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)))).split("\0");
