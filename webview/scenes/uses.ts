import type { AxisPicture, WindowPicture } from "../../src/protocol.js";
import type { SceneOptions } from "./options.js";
import { weightPlace } from "./reading.js";

/** What a selected input cell or weight takes part in: positions of the padded input, places of the window, outputs. */
export interface Uses {
  readonly input: (row: number, col: number) => boolean;
  readonly tap: (row: number, col: number) => boolean;
  readonly output: (row: number, col: number) => boolean;
}

/** The uses of the selection; undefined when nothing is selected. */
export function usesOf(picture: WindowPicture, options: SceneOptions): Uses | undefined {
  const { probe } = options;
  if (!probe) return undefined;
  const [rows, columns] = picture.axes;
  const asked = probe.kind === "input" ? probe : weightPlace(picture, options, probe.row, probe.col);
  const [down, across] = [alongAxis(rows, probe.kind, asked.row), alongAxis(columns, probe.kind, asked.col)];
  return {
    input: (row, col) => down.positions.has(row) && across.positions.has(col),
    tap: (row, col) => down.taps.has(row) && across.taps.has(col),
    output: (row, col) => down.outputs.has(row) && across.outputs.has(col),
  };
}

interface Along {
  readonly positions: ReadonlySet<number>;
  readonly taps: ReadonlySet<number>;
  readonly outputs: ReadonlySet<number>;
}

function alongAxis(axis: AxisPicture, kind: "input" | "weight", index: number): Along {
  const [positions, taps, outputs] = [new Set<number>(), new Set<number>(), new Set<number>()];
  if (kind === "input") positions.add(index);
  axis.windows.forEach((window, output) => {
    for (const { tap, at } of window) {
      if (kind === "weight" ? tap !== index : axis.seen[at + axis.before] !== index) continue;
      positions.add(at);
      taps.add(tap);
      outputs.add(output);
    }
  });
  return { positions, taps, outputs };
}
