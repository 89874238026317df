import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** The editor's colours that the panel reads, as far as a page without an editor needs them. */
const themes = {
  light: { foreground: "#3b3b3b", background: "#f8f8f8", focus: "#005fb8", input: "#ffffff", button: "#e5e5e5" },
  dark: { foreground: "#cccccc", background: "#181818", focus: "#0078d4", input: "#313131", button: "#313131" },
};

/** The panel as a page of its own, without an editor around it; what it tells its host is kept in `told`. */
export function panelPage(theme = "light") {
  const read = (name) => readFileSync(join(root, "dist", name), "utf8");
  const colours = themes[theme];
  const style = `:root{--vscode-foreground:${colours.foreground};--vscode-sideBar-background:${colours.background};
    --vscode-focusBorder:${colours.focus};--vscode-font-family:sans-serif;--vscode-font-size:13px;
    --vscode-editor-font-family:monospace;--vscode-input-background:${colours.input};
    --vscode-input-foreground:${colours.foreground};--button-secondary-background:${colours.button}}`;
  const host = `globalThis.told=[];globalThis.acquireVsCodeApi=()=>({postMessage:(m)=>told.push(m),setState(){},getState(){}})`;
  const body = `<main id="panel"></main><script>${host}</script><script>${read("panel.js").replaceAll("</script", "<\\/script")}</script>`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dimsum: Layer</title>
    <style>${style}${read("panel.css")}</style></head><body class="vscode-${theme}">${body}</body></html>`;
}
