import type { ToHost } from "../src/protocol.js";
import { element, setText } from "./render/element.js";
import type { GridEvents } from "./render/grid.js";
import { textAt } from "./scenes/marks.js";
import { readNumber } from "./scenes/numbers.js";
import "./styles/editor.css";

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
    done = () => {
      const value = readNumber(field.value);
      if (value === undefined) say("Write a number such as −2, 0.5 or 1/3.");
      else if (Math.abs(value) > largest) say(`Numbers go up to ${largest}, so that every sum stays exact.`);
      else tell({ type: "edit", edit: { do: "cell", ...cellPlace, value } });
      return value !== undefined && Math.abs(value) <= largest;
    };
  };
  return { element: place, open };
}
