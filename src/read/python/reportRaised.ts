import type { Evaluator } from "./evaluator.js";
import type { Raised } from "./exceptions.js";
import { innermostHere, placeName } from "./fileAtHand.js";
import { FIRST_BASE } from "./sources.js";

/** The same for what nobody calls: what it raises itself, or what objects lack that others may give them, is no mistake. */
export function reportUncalled(engine: Evaluator, raised: Raised): void {
  if (raised.isSaid ? isShapeClaim(engine, raised) : raised.name !== "AttributeError") reportRaised(engine, raised);
}

/** `assert x.shape == …`: what the file itself says of a shape. */
const isShapeClaim = (engine: Evaluator, { name, place }: Raised): boolean =>
  name === "AssertionError" && /\.(shape|size|ndim|dim|numel)\b/.test(engine.textAt(place));

/** Whether a name is the last thing in its file, where more of it may be about to be typed. */
const isAtTheEnd = (engine: Evaluator, { place: { to } }: Raised): boolean =>
  engine.textAt({ from: to, to: to + 1 }) === "";

/** Says what certainly is raised, in the file at hand; one that a file raises by itself, outside of any call, is what its author wants. */
export function reportRaised(engine: Evaluator, raised: Raised): void {
  if (engine.isCutShort || raised.isExpected) return;
  if (raised.isSaid && raised.trail.length === 0 && !isShapeClaim(engine, raised)) return;
  const isHere = raised.place.from < FIRST_BASE;
  const call = innermostHere(raised.trail);
  const place = isHere ? raised.place : call;
  if (!place || (raised.name === "AttributeError" && isAtTheEnd(engine, raised))) return;
  engine.trace.mismatch({
    code: `python/${raised.name || "exception"}`,
    severity: "error",
    place,
    say: isHere ? raised.say : `${raised.say.replace(/\.$/, "")} (${placeName(engine, raised.place)}).`,
    advise: raised.advise,
    ...(isHere && call ? { related: { place: call, say: "It is called from here." } } : {}),
  });
}
