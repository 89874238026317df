import type { Action } from "./model.js";

/** The rows and columns that an arrow key goes by. */
export const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Elements that have a use for Space or the arrow keys themselves. */
const own = "button, input, select, textarea, vscode-button, vscode-checkbox, vscode-dropdown";

/** What a key does anywhere on the page: Space plays and pauses, arrows step, Home and End jump, Escape lets go. */
export function actionOfKey(event: KeyboardEvent, playing: boolean): Action | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return undefined;
  if (event.key === "Escape") return { do: "let go" };
  if (event.target instanceof Element && event.target.closest(own)) return undefined;
  switch (event.key) {
    case " ":
      return { do: "play", on: !playing };
    case "ArrowRight":
      return { do: "step", by: 1 };
    case "ArrowLeft":
      return { do: "step", by: -1 };
    case "Home":
      return { do: "seek", step: 0 };
    case "End":
      return { do: "seek", step: Number.MAX_SAFE_INTEGER };
    default:
      return undefined;
  }
}
