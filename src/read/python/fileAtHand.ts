import type { ProgramState } from "./programState.js";
import { FIRST_BASE } from "./sources.js";
import type { Place } from "./syntax.js";
import type { Mismatch } from "./trace.js";

/** A mismatch in the file at hand; one that shows in an imported file is said where that is called. */
export function inFileAtHand(engine: ProgramState, found: Mismatch): Mismatch | undefined {
  const { related, ...rest } = found;
  const near = related && related.place.from < FIRST_BASE ? { related } : {};
  if (found.place.from < FIRST_BASE) return related && !("related" in near) ? rest : found;
  const place = innermostHere(engine.trail);
  if (!place) return undefined;
  const { replacement, ...said } = rest;
  return { ...said, ...near, place, say: `${found.say.replace(/\.$/, "")} (${placeName(engine, found.place)}).` };
}

/** The innermost call of the file at hand. */
export const innermostHere = (trail: readonly Place[]): Place | undefined =>
  trail.findLast((place) => place.from < FIRST_BASE);

/** `resnet.py, line 33`: a place in an imported file. */
export function placeName(engine: ProgramState, place: Place): string {
  const source = engine.program.imported.at(place);
  if (!source) return "";
  const line = source.file.text.slice(0, place.from - source.base).split("\n").length;
  return `${source.path.split("/").at(-1) ?? source.path}, line ${line}`;
}
