import { type Line, lineAt, linesOf } from "../../read/document/lines.js";
import type { FollowedFile } from "../../read/python/models.js";
import type { LayerCall, StatementShape } from "../../read/python/trace.js";
import type { LayerValue } from "../../read/python/values.js";

/** What happens in one line of a file. */
export interface LineFacts {
  readonly from: number;
  readonly statements: StatementShape[];
  /** Calls of layers that are made in this line, and calls that stand in it. */
  readonly made: LayerCall[];
  readonly called: LayerCall[];
  /** Layers whose constructors stand in this line from their beginning to their end. */
  readonly layers: LayerValue[];
}

/** Finds what happens in a line, in time that does not grow with the file. */
export class FactsByLine {
  private readonly lines: readonly Line[];
  private readonly facts = new Map<number, LineFacts>();

  constructor({ file, trace }: FollowedFile) {
    this.lines = linesOf(file.text);
    for (const s of trace.statements) this.in(s.at).statements.push(s);
    for (const call of trace.calls) {
      const own = this.in(call.site.to);
      if (!call.functional && call.site.from >= own.from) own.made.push(call);
      this.in(call.place.to).called.push(call);
      if (call.site.to !== call.place.to) own.called.push(call);
    }
    for (const layer of trace.layers) {
      const own = this.in(layer.site.to);
      if (layer.bound && layer.site.from >= own.from) own.layers.push(layer);
    }
  }

  /** What happens in the line of an offset. */
  in(offset: number): LineFacts {
    const at = lineAt(this.lines, offset);
    const known = this.facts.get(at);
    if (known) return known;
    const made = { from: this.lines[at]?.from ?? 0, statements: [], made: [], called: [], layers: [] };
    this.facts.set(at, made);
    return made;
  }
}
