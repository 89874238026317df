import type { ProgramState } from "./programState.js";
import { FIRST_BASE, LIBRARY } from "./sources.js";
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
  // Nobody can change what stands in a library.
  const advise = isOfLibrary(engine, found.place) ? "Give it another input, or put another layer there." : rest.advise;
  const say = `${found.say.replace(/\.$/, "")} (${placeName(engine, found.place)}).`;
  return { ...said, advise, ...near, place, say };
}

/** The innermost call of the file at hand. */
export const innermostHere = (trail: readonly Place[]): Place | undefined =>
  trail.findLast((place) => place.from < FIRST_BASE);

const isOfLibrary = (engine: ProgramState, place: Place): boolean =>
  engine.program.imported.at(place)?.path.startsWith(LIBRARY) ?? false;

/** `resnet.py, line 33`: a place in an imported file. */
export function placeName(engine: ProgramState, place: Place): string {
  const source = engine.program.imported.at(place);
  if (!source) return "";
  if (isOfLibrary(engine, place)) return "in torchvision";
  const line = source.file.text.slice(0, place.from - source.base).split("\n").length;
  return `${source.path.split("/").at(-1) ?? source.path}, line ${line}`;
}
