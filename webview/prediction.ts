import type { PictureMessage } from "../src/protocol.js";
import { type Control, textButton } from "./controls.js";
import type { Action, Model } from "./model.js";
import { element, setText } from "./render/element.js";
import type { Frame } from "./scenes/marks.js";

/** The place for a prediction: a number, what is said of it, and, where that is allowed, the answer. */
export function predictionOf(
  reveal: PictureMessage["reveal"],
  act: (action: Action) => void,
): Control<{ model: Model; frame: Frame }> {
  const field = element("input", {
    type: "text",
    inputmode: "text",
    size: "8",
    class: "number-field",
  }) as HTMLInputElement;
  const label = element("label", {}, [element("span"), field]);
  const said = element("p", { class: "said", role: "status" });
  const check = textButton("Check", () => predict());
  const answer = textButton("Show it", () => act({ do: "show answer" }));
  const place = element("div", { class: "prediction" }, [label, check, ...(reveal === "answer" ? [answer] : []), said]);
  const predict = (): void => {
    if (field.value.trim() !== "") act({ do: "predict", text: field.value });
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") predict();
  });
  let asked = "";
  return {
    element: place,
    set: ({ model: { prediction, options }, frame }) => {
      place.toggleAttribute("hidden", !options.predicting);
      const name = frame.asked?.name ?? "";
      if (name !== asked) field.value = "";
      asked = name;
      for (const part of [label, check, answer]) part.toggleAttribute("hidden", name === "");
      setText(label.firstElementChild as HTMLElement, `Predict ${name} = `);
      setText(said, sentence(prediction, reveal, name === ""));
    },
  };
}

function sentence(prediction: Model["prediction"], reveal: PictureMessage["reveal"], isKnown: boolean): string {
  if (!prediction) return isKnown ? "" : "What will stand here?";
  const text = prediction.text.trim().replaceAll("-", "−");
  if (prediction.isRight) return `${text} is right.`;
  const slip = reveal === "verdict" ? undefined : prediction.slip;
  return `${text} is not right.${slip ? ` ${slip}` : ""}`;
}
