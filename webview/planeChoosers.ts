import { type Control, dropdown } from "./controls.js";
import type { Action } from "./model.js";
import { element } from "./render/element.js";
import type { GridMark, Planes } from "./scenes/marks.js";

/** A list in a grid's title for the plane that is shown; other planes to choose from bring another list. */
export function planeChooser(act: (action: Action) => void): Control<GridMark> {
  const place = element("span");
  let names = "";
  let list: Control<string> | undefined;
  const made = (planes: Planes): Control<string> =>
    dropdown(
      "Which one",
      planes.names.map((text, index) => ({ value: String(index), text })),
      (value) => act({ do: "choose", options: { [planes.choose]: Number(value) } }),
    );
  return {
    element: place,
    set: ({ title, planes }) => {
      const key = planes ? [planes.choose, ...planes.names].join() : "";
      if (key !== names) {
        names = key;
        list = planes && made(planes);
        place.replaceChildren(...(list ? [list.element] : []));
      }
      if (planes) list?.set(String(planes.shown));
      list?.element.setAttribute("aria-label", `${title}: which one`);
    },
  };
}
