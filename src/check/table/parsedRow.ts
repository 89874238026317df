import { readCount, type WrittenNumber } from "./countText.js";
import { type Layout, type ReadVolume, volumesOf } from "./layouts.js";
import { readShape } from "./shapeText.js";
import type { ClaimCell, ModelRow } from "./tableModel.js";
import { isKnown, type Volume } from "./volume.js";

/** A claim made ready for a layout. */
export interface ParsedClaim {
  readonly claim: ClaimCell;
  /** What is written: a shape, a number, nothing yet, nothing to say, or something that is not understood. */
  readonly state: "shape" | "number" | "blank" | "none" | "strange";
  readonly volumes: readonly ReadVolume[];
  readonly number: WrittenNumber | undefined;
}

/** A row made ready for a layout. */
export interface ParsedRow {
  readonly row: ModelRow;
  readonly claims: readonly ParsedClaim[];
}

/** Reads a row's claims in a layout. */
export function parseRow(row: ModelRow, layout: Layout): ParsedRow {
  const kinds = new Set(row.readings.flatMap((r) => r.steps.map((s) => s.kind)));
  const isFlat = kinds.has("linear") || kinds.has("flatten") || kinds.has("globalpool");
  const isSpatial = kinds.has("conv") || kinds.has("maxpool") || kinds.has("avgpool") || kinds.has("adaptive");
  return { row, claims: row.claims.map((claim) => parseClaim(claim, row, layout, { isFlat, isSpatial })) };
}

function parseClaim(
  claim: ClaimCell,
  row: ModelRow,
  layout: Layout,
  { isFlat, isSpatial }: { isFlat: boolean; isSpatial: boolean },
): ParsedClaim {
  const count = readCount(claim.text);
  const rest = { claim, volumes: [], number: undefined };
  if (count?.kind === "blank") return { ...rest, state: "blank" };
  if (count?.kind === "none") return { ...rest, state: "none" };
  if (claim.kind !== "output" && claim.kind !== "input")
    return count ? { ...rest, state: "number", number: count } : { ...rest, state: "strange" };
  const read = readShape(claim.text);
  if (!read) return { ...rest, state: "strange" };
  const shape = claim.kind === "input" ? (read.before ?? read.shape) : read.shape;
  // What flows into a row of features may still be a volume.
  const spatial = claim.kind === "input" || !isFlat || isSpatial ? volumesOf(shape, layout, true) : [];
  const flat = !isSpatial || isFlat || claim.kind === "input" ? volumesOf(shape, layout, false) : [];
  const volumes = [...(isFlat && !isSpatial ? [...flat, ...spatial] : [...spatial, ...flat])].map((v) =>
    v.volume.channels === undefined && claim.kind === "output" && row.channels !== undefined
      ? { volume: { ...v.volume, channels: row.channels }, lacksChannels: false }
      : v,
  );
  return volumes.length > 0 ? { ...rest, state: "shape", volumes } : { ...rest, state: "strange" };
}

/** The first claim of a kind that is a shape, or a number. */
export const claimOf = (row: ParsedRow, kind: ClaimCell["kind"]): ParsedClaim | undefined =>
  row.claims.find((c) => c.claim.kind === kind && (c.state === "shape" || c.state === "number"));

/** The volume that a claim says, whole if it can be. */
export function statedVolume(claim: ParsedClaim | undefined): Volume | undefined {
  const full = claim?.volumes.filter((v) => !v.lacksChannels) ?? [];
  return (full.find((v) => isKnown(v.volume)) ?? full[0])?.volume;
}
