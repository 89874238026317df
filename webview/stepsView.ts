import type { FlattenPicture, MlpPicture, NormPicture } from "../src/protocol.js";
import { checkbox, segments } from "./controls.js";
import { editor, restoring } from "./editor.js";
import { exportView } from "./export/exportView.js";
import { figuresOf } from "./figures.js";
import type { Model } from "./model.js";
import { predictionOf } from "./prediction.js";
import { arithmetic } from "./render/arithmetic.js";
import { element, setText } from "./render/element.js";
import { graphView } from "./render/graphView.js";
import { type Palette, paper } from "./render/palette.js";
import { noteList } from "./render/words.js";
import { LOSSES } from "./scenes/lossTexts.js";
import type { Frame } from "./scenes/marks.js";
import { firstOptions } from "./scenes/options.js";
import { type Scene, sceneOf } from "./scenes/scene.js";
import { steadyOf } from "./steady.js";
import { transportOf } from "./transport.js";
import type { Around, FrameView } from "./windowView.js";

/** The page of a layer or a network in plain steps: direction, transport, grids or graph, the sentence and the arithmetic. */
export function stepsView(
  picture: FlattenPicture | NormPicture | MlpPicture,
  { act, tell, reveal, room }: Around,
): FrameView {
  const scene = sceneOf(picture) as Scene;
  const passes = segments(
    "Direction",
    [
      { value: "forward", text: "Forward" },
      { value: "input", text: picture.kind === "mlp" ? "Backward" : "Back to dX" },
    ],
    (pass) => act({ do: "choose", options: { pass: pass as "forward" } }),
  );
  const losses =
    picture.kind === "mlp" ? picture.losses.map(({ kind }, at) => ({ value: `${at}`, text: LOSSES[kind] })) : [];
  const loss = segments("Loss", losses, (at) => act({ do: "choose", options: { loss: Number(at) } }));
  const modes = segments(
    "Mode",
    [
      { value: "training", text: "Training", title: "With the batch's own mean and variance" },
      { value: "evaluation", text: "Evaluation", title: "With the running mean and variance" },
    ],
    (mode) => act({ do: "choose", options: { evaluating: mode === "evaluation" } }),
  );
  const hasModes = picture.kind === "norm" && picture.evaluated;
  const transport = transportOf(act);
  const figures = figuresOf(act, () => {}, room);
  const change = editor(tell, picture.kind === "mlp" ? picture.largest : 0);
  const given = figuresOf(act, change.open, room);
  const how = element("p", { class: "why" });
  const graph = graphView(
    (cell) => act({ do: "hover", target: cell === undefined ? undefined : { grid: "graph", cell } }),
    (cell) => act({ do: "pick", target: { grid: "graph", cell } }),
    room,
  );
  const [title, sentence] = [element("h2", { class: "result" }), element("p", { class: "sentence" })];
  const told = element("div", { role: "status", "aria-atomic": "true" }, [title, sentence]);
  const sums = element("div", { class: "sums" });
  const steady = steadyOf(told, sums);
  const prediction = predictionOf(reveal, act);
  const predict = checkbox("Predict: hide the results until they are told", (predicting) =>
    act({ do: "choose", options: { predicting } }),
  );
  const step = element("section", { class: "step", "aria-label": "This step" }, [told, prediction.element, sums]);
  let now: { readonly model: Model; readonly frame: Frame; readonly palette: Palette } | undefined;
  const exported = {
    title: picture.heading.title,
    frame: () => now?.frame ?? scene.frame(0, firstOptions),
    frames: (at: number) => scene.frame(at, now?.model.options ?? firstOptions),
    palette: () => now?.palette ?? paper,
  };
  const page = element("div", {}, [
    element("div", { class: "passes" }, [
      passes.element,
      ...(losses.length > 1 ? [loss.element] : []),
      ...(hasModes ? [modes.element] : []),
    ]),
    ...(picture.kind === "mlp" ? [noteList(picture.notes)] : []),
    transport.element,
    picture.kind === "mlp" ? graph.element : figures.element,
    step,
    noteList([picture.sample]),
    ...(picture.kind === "mlp"
      ? [
          element("section", { class: "switches" }, [predict.element]),
          element("section", { class: "numbers" }, [
            element("h2", {}, ["Numbers"]),
            how,
            given.element,
            change.element,
            element("div", { class: "row" }, restoring(tell)),
          ]),
        ]
      : []),
    exportView(exported, tell),
    ...(picture.kind === "mlp" ? [] : [noteList([...picture.notes, picture.heading.text])]),
  ]);
  const draw = (model: Model, frame: Frame, palette: Palette): void => {
    now = { model, frame, palette };
    steady(model, palette);
    passes.set(model.options.pass === "forward" ? "forward" : "input");
    modes.set(model.options.evaluating ? "evaluation" : "training");
    transport.set({ model, frame });
    loss.set(`${model.options.loss}`);
    predict.set(model.options.predicting);
    prediction.set({ model, frame });
    if (frame.graph) graph.draw(frame.graph, `${picture.heading.title}: ${frame.title}`, palette);
    else figures.draw(frame.grids, undefined, palette);
    if (frame.also) {
      setText(how, frame.also.say);
      given.draw(frame.also.grids, undefined, palette);
    }
    for (const role of ["output", "gradient"]) step.classList.toggle(role, role === frame.role);
    setText(title, frame.title);
    told.setAttribute("aria-live", model.playing ? "off" : "polite");
    setText(sentence, frame.sentence);
    sums.replaceChildren(...arithmetic(frame, () => {}));
  };
  return { element: page, draw };
}
