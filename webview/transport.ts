import { type Control, dropdown, iconButton, rail } from "./controls.js";
import type { Action, Model } from "./model.js";
import { element, setText } from "./render/element.js";
import type { Frame } from "./scenes/marks.js";

/** Speeds to choose from, against the usual one. */
const SPEEDS = { "½×": 0.5, "1×": 1, "2×": 2, "4×": 4 } as const;

/** The controls of time: back, play, next, the speed, and the rail. */
export function transportOf(act: (action: Action) => void): Control<{ model: Model; frame: Frame }> {
  let playing = false;
  const back = iconButton({ icon: "back", label: "Step back (←)" }, () => act({ do: "step", by: -1 }));
  const play = iconButton({ icon: "play", label: "Play (Space)" }, () => act({ do: "play", on: !playing }));
  const next = iconButton({ icon: "next", label: "Step (→)" }, () => act({ do: "step", by: 1 }));
  const speed = dropdown(
    "Speed",
    Object.entries(SPEEDS).map(([text, times]) => ({ value: `${times}`, text })),
    (times) => act({ do: "choose", options: { speed: Number(times) } }),
  );
  speed.element.classList.add("speed");
  const time = rail("Step", (step) => act({ do: "seek", step }));
  const count = element("span", { class: "count", "aria-hidden": "true" });
  return {
    element: element("div", { class: "transport", role: "group", "aria-label": "Time" }, [
      back.element,
      play.element,
      next.element,
      speed.element,
      time.element,
      count,
    ]),
    set: ({ model, frame }) => {
      playing = model.playing;
      play.set(playing ? { icon: "pause", label: "Pause (Space)" } : { icon: "play", label: "Play (Space)" });
      speed.set(`${model.options.speed}`);
      time.set({ step: model.step, steps: frame.steps, text: `step ${model.step + 1} of ${frame.steps}` });
      setText(count, `${model.step + 1} / ${frame.steps}`);
    },
  };
}
