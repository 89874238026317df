import * as vscode from "vscode";
import { type LayerCall, layerPicture, messagePicture } from "../check/picture.js";
import type { PanelState, Picture, SourceLine, ToHost, ToPanel } from "../protocol.js";

/** Layers whose step and channels are remembered while the panel shows others. */
const remembered = 50;

/** The side panel: shows the layer it is given, and keeps nothing running while it is hidden. */
export class PanelView implements vscode.WebviewViewProvider {
  /** The view's id in package.json. */
  static readonly id = "dimsum.panel";

  readonly #extensionUri: vscode.Uri;
  readonly #states = new Map<string, PanelState>();
  #view: vscode.WebviewView | undefined;
  #asked: { readonly call?: LayerCall | undefined; readonly reason?: string | undefined } = {};
  #shown = "";

  constructor(extensionUri: vscode.Uri) {
    this.#extensionUri = extensionUri;
  }

  /** Shows a layer, or the reason why there is none; the same layer again changes nothing. */
  show(call: LayerCall | undefined, reason?: string): void {
    this.#asked = { call, reason };
    this.#post();
  }

  /** Opens the view where the user has put it. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand(`${PanelView.id}.focus`);
  }

  /** Fills the view when VS Code opens it; called by VS Code. */
  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#shown = "";
    const dist = vscode.Uri.joinPath(this.#extensionUri, "dist");
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    view.webview.onDidReceiveMessage((message: ToHost) => this.#hear(message));
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    view.onDidChangeVisibility(() => this.#post());
    view.webview.html = page(view.webview, dist);
  }

  #hear(message: ToHost): void {
    switch (message.type) {
      case "ready":
        this.#shown = "";
        this.#post();
        break;
      case "reveal":
        void open(message.source);
        break;
      case "keep": {
        const { state } = message;
        this.#states.delete(state.layer);
        this.#states.set(state.layer, state);
        const [oldest] = this.#states.keys();
        if (this.#states.size > remembered && oldest !== undefined) this.#states.delete(oldest);
      }
    }
  }

  /** Nothing is computed for a hidden panel: it asks when it is ready. */
  #post(): void {
    if (!this.#view?.visible) return;
    const asked = JSON.stringify(this.#asked);
    if (asked === this.#shown) return;
    this.#shown = asked;
    const picture = pictureOf(this.#asked.call, this.#asked.reason);
    const state = picture.kind === "message" ? undefined : this.#states.get(picture.heading.key);
    const message: ToPanel = { type: "picture", picture, ...(state && { state }) };
    void this.#view.webview.postMessage(message);
  }
}

function pictureOf(call: LayerCall | undefined, reason: string | undefined): Picture {
  if (call) return layerPicture(call);
  return messagePicture(
    reason ?? "There is no layer at the cursor.",
    "Put the cursor on a layer of a model or on a row of an architecture table.",
  );
}

async function open({ uri, line }: SourceLine): Promise<void> {
  const start = new vscode.Position(line, 0);
  await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(uri), {
    selection: new vscode.Range(start, start),
  });
}

function page(webview: vscode.Webview, dist: vscode.Uri): string {
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file("panel.css")}">
<title>Dimsum: Layer</title>
</head>
<body>
<main id="panel"></main>
<script src="${file("panel.js")}"></script>
</body>
</html>`;
}
