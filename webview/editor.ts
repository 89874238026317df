import type { ToHost } from "../src/protocol.js";
import { textButton } from "./controls.js";
import { element, setText } from "./render/element.js";
import type { GridEvents } from "./render/grid.js";
import { textAt } from "./scenes/marks.js";
import { readNumber } from "./scenes/numbers.js";
import "./styles/editor.css";

/** Buttons that take the last number back, or all of them. */
export const restoring = (tell: (message: ToHost) => void): readonly HTMLElement[] => [
  textButton("Undo", () => tell({ type: "edit", edit: { do: "undo" } })),
  textButton("Example's numbers", () => tell({ type: "edit", edit: { do: "reset" } })),
];

/** A field that opens over a cell for another number, up to the largest one; what is summed up cannot be changed. */
export function editor(
  tell: (message: ToHost) => void,
  largest: number,
): {
  readonly element: HTMLElement;
  readonly open: GridEvents["edit"];
} {
  const field = element("input", {
    type: "text",
    class: "cell-field",
    "aria-label": "Another number",
    "aria-describedby": "cell-said",
  }) as HTMLInputElement;
  const said = element("p", { class: "cell-said", id: "cell-said", role: "alert" });
  const place = element("div", { class: "cell-editor", hidden: "" }, [field, said]);
  let done: (() => boolean) | undefined;
  let before: HTMLElement | null = null;
  const say = (text: string): void => {
    setText(said, text);
    field.setAttribute("aria-invalid", String(text !== ""));
  };
  const close = (): void => {
    done = undefined;
    place.hidden = true;
    before?.focus();
  };
  field.addEventListener("blur", () => {
    if (!place.hidden) close();
  });
  field.addEventListener("input", () => say(""));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" || (event.key === "Enter" && done?.() !== false)) close();
  });
  const open: GridEvents["edit"] = (grid, cell, box) => {
    const at = grid.edits?.at(cell);
    if (!grid.edits || at === undefined) return;
    const cellPlace = { tensor: grid.edits.tensor, at };
    before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    field.value = textAt(grid, cell).replace("−", "-");
    field.setAttribute("aria-label", `Another number for ${grid.base.name(cell)}`);
    say("");
    const width = Math.max(box.width, 64);
    Object.assign(field.style, { width: `${width}px`, height: `${box.height}px` });
    Object.assign(place.style, { left: `${box.x + scrollX}px`, top: `${box.y + scrollY}px` });
    place.hidden = false;
    field.select();
    field.focus();
    const { isClass } = grid.edits;
    done = () => {
      const value = readNumber(field.value);
      const refusal =
        value === undefined
          ? "Write a number such as −2, 0.5 or 1/3."
          : isClass && value !== 1
            ? "One class is right: write 1 at that one, and the others become 0."
            : Math.abs(value) > largest
              ? `Numbers go up to ${largest}, so that every sum can be told exactly.`
              : "";
      say(refusal);
      if (refusal === "" && value !== undefined) tell({ type: "edit", edit: { do: "cell", ...cellPlace, value } });
      return refusal === "";
    };
  };
  return { element: place, open };
}
