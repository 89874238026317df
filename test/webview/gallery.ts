import { readFileSync, writeFileSync } from "node:fs";
import { drawingOf, svgOf } from "../../webview/export/drawFrame.js";
import { paper } from "../../webview/render/palette.js";
import { escaped } from "../../webview/render/surface.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { sceneOf } from "../../webview/scenes/scene.js";
import { pictureOf, shots } from "./shots.js";

/** Writes a page with the drawing and the text of every frame that the tests keep. */
export function writeGallery(file: string): number {
  const sections = shots.map(({ name, call, steps, options }) => {
    const picture = pictureOf({ call });
    const scene = sceneOf(picture);
    if (!scene || picture.kind === "message") return "";
    const drawings = steps.map((step) => {
      const frame = scene.frame(step, { ...firstOptions, ...options });
      return svgOf(drawingOf(picture.heading.title, frame, paper), paper);
    });
    const text = readFileSync(`test/webview/frames/${name}.txt`, "utf8");
    return `<section id="${name}"><h2>${name}</h2>${drawings.join("")}<details><summary>text</summary><pre>${escaped(text)}</pre></details></section>`;
  });
  const style =
    "body{font:14px sans-serif;margin:24px}svg{display:block;max-width:100%;height:auto;margin:8px 0;border:1px solid #ddd}";
  const head = `<meta charset="utf-8"><title>Dimsum: frames</title><style>${style}</style>`;
  writeFileSync(
    file,
    `<!DOCTYPE html><html lang="en"><head>${head}</head><body><h1>Frames</h1>${sections.join("")}</body></html>`,
  );
  return shots.length;
}
