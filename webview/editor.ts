import type { ToHost } from "../src/protocol.js";
import { element } from "./render/element.js";
import type { GridEvents } from "./render/grid.js";
import { textAt } from "./scenes/marks.js";

/** A field that opens over a cell for another number; what is summed up cannot be changed. */
export function editor(tell: (message: ToHost) => void): {
  readonly element: HTMLElement;
  readonly open: GridEvents["edit"];
} {
  const field = element("input", {
    type: "text",
    class: "cell-field",
    hidden: "",
    "aria-label": "Another number",
  }) as HTMLInputElement;
  let done: (() => void) | undefined;
  let before: HTMLElement | null = null;
  const close = (): void => {
    done = undefined;
    field.hidden = true;
    before?.focus();
  };
  field.addEventListener("blur", () => {
    if (!field.hidden) close();
  });
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key !== "Enter") return;
    done?.();
    close();
  });
  const open: GridEvents["edit"] = (grid, cell, box) => {
    const at = grid.edits?.at(cell);
    if (!grid.edits || at === undefined) return;
    const place = { tensor: grid.edits.tensor, at };
    before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    field.value = textAt(grid, cell).replace("−", "-");
    field.setAttribute("aria-label", `Another number for ${grid.base.name(cell)}`);
    const width = Math.max(box.width, 64);
    Object.assign(field.style, {
      left: `${box.x + scrollX}px`,
      top: `${box.y + scrollY}px`,
      width: `${width}px`,
      height: `${box.height}px`,
    });
    field.hidden = false;
    field.select();
    field.focus();
    done = () => {
      const value = Number(field.value.replace("−", "-").replace(",", "."));
      if (field.value.trim() !== "" && Number.isFinite(value))
        tell({ type: "edit", edit: { do: "cell", ...place, value } });
    };
  };
  return { element: field, open };
}
