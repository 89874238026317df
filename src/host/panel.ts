import * as vscode from "vscode";
import { matrixAt, rowsOf } from "../check/picture/matrixAt.js";
import { smallSteps } from "../check/picture/smallSteps.js";
import { type LayerCall, layerPicture, messagePicture, type Wish } from "../check/picture.js";
import type { Edit, PanelKind, PanelState, Picture, PictureMessage, SourceLine, ToHost, ToPanel } from "../protocol.js";
import type { AskedNetwork } from "./networks.js";
import { saveFile } from "./saveFile.js";

/** Layers whose step, choices and numbers are remembered while the panel shows others. */
const REMEMBERED = 50;

/** Where the workspace keeps them. */
const KEPT = "dimsum.panel";

/** Where the workspace keeps what the panel is about. */
const VIEW = "dimsum.panelView";

/** One place that shows the panel: the side bar's view, or a tab among the editors. */
interface Place {
  readonly webview: vscode.Webview;
  readonly isVisible: () => boolean;
  /** What it shows, so that the same again changes nothing. */
  shown: string;
}

/** The panel: shows the layer it is given, in the side bar and as an editor tab, and keeps nothing running while it is hidden. */
export class PanelView implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer {
  /** The view's id in package.json. */
  static readonly id = "dimsum.panel";

  readonly #context: vscode.ExtensionContext;
  readonly #places = new Set<Place>();
  readonly #states: Map<string, PanelState>;
  readonly #wishes = new Map<string, Wish>();
  #asked: { readonly call?: LayerCall | undefined; readonly reason?: string | undefined } = {};
  #network: AskedNetwork | undefined;
  #view: PanelKind;
  #key = "";
  #isPinned = false;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.#states = new Map(context.workspaceState.get<[string, PanelState][]>(KEPT, []));
    this.#view = context.workspaceState.get<PanelKind>(VIEW, "layer");
  }

  /** Whether the panel stays with its layer wherever the cursor goes. */
  get isPinned(): boolean {
    return this.#isPinned;
  }

  /** Shows a layer, or the reason why there is none; the same layer again changes nothing. */
  show(call: LayerCall | undefined, reason?: string): void {
    this.#asked = { call, reason };
    this.refresh();
  }

  /** The network at the cursor, for when it is asked for. */
  showNetwork(network: AskedNetwork | undefined): void {
    this.#network = network ?? this.#network;
    if (this.#view === "network") this.refresh();
  }

  /** Shows the layer at the cursor, or the network around it, from now on. */
  turnTo(view: PanelKind): void {
    this.#view = view;
    void this.#context.workspaceState.update(VIEW, view);
    this.refresh();
  }

  /** Opens the view where the user has put it. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand(`${PanelView.id}.focus`);
  }

  /** Opens the panel as a tab beside the editor. */
  openTab(): void {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#fillTab(vscode.window.createWebviewPanel(PanelView.id, "Dimsum: Layer", column));
  }

  /** Fills a tab that was open when VS Code ended; called by VS Code. */
  async deserializeWebviewPanel(tab: vscode.WebviewPanel): Promise<void> {
    this.#fillTab(tab);
  }

  /** Fills the view when VS Code opens it; called by VS Code. */
  resolveWebviewView(view: vscode.WebviewView): void {
    const place = this.#fill(view.webview, () => view.visible);
    view.onDidDispose(() => this.#places.delete(place));
    view.onDidChangeVisibility(() => this.refresh());
  }

  /** Nothing is computed for a panel that is hidden: it asks when it is ready. */
  refresh(): void {
    const places = [...this.#places].filter((place) => place.isVisible());
    if (places.length === 0) return;
    const reveal = vscode.workspace.getConfiguration("dimsum").get<PictureMessage["reveal"]>("reveal", "answer");
    const view = this.#view;
    const isNetwork = view === "network";
    const stamp = isNetwork ? this.#network?.key() : this.#asked;
    const asked = JSON.stringify([view, stamp, this.#wishes.get(this.#key), this.#isPinned, reveal]);
    const late = places.filter((place) => place.shown !== asked);
    if (late.length === 0) return;
    const picture = isNetwork ? this.#networkPicture() : this.#picture();
    this.#key = picture.kind === "message" ? "" : picture.heading.key;
    const state = this.#states.get(this.#key);
    const message: ToPanel = {
      type: "picture",
      picture,
      view,
      pinned: this.#isPinned,
      reveal,
      ...(state && { state }),
    };
    // The layer's own wishes are only known by its key, which its picture tells.
    const shown = JSON.stringify([view, stamp, this.#wishes.get(this.#key), this.#isPinned, reveal]);
    for (const place of late) {
      place.shown = shown;
      void place.webview.postMessage(message);
    }
  }

  #networkPicture(): Picture {
    const advice = "Open a Python file or a notebook and put the cursor into a model.";
    return this.#network?.picture() ?? messagePicture("There is no model at the cursor.", advice);
  }

  #picture(): Picture {
    const { call, reason } = this.#asked;
    if (!call) {
      const advice = "Put the cursor on a layer of a model or on a row of an architecture table.";
      return messagePicture(reason ?? "There is no layer at the cursor.", advice);
    }
    const plain = layerPicture(call);
    const wish = plain.kind === "message" ? undefined : this.#wishes.get(plain.heading.key);
    return wish ? layerPicture(call, wish) : plain;
  }

  #fillTab(tab: vscode.WebviewPanel): void {
    tab.iconPath = vscode.Uri.joinPath(this.#context.extensionUri, "media", "panel.svg");
    const place = this.#fill(tab.webview, () => tab.visible);
    tab.onDidDispose(() => this.#places.delete(place));
    tab.onDidChangeViewState(() => this.refresh());
  }

  #fill(webview: vscode.Webview, isVisible: () => boolean): Place {
    const place: Place = { webview, isVisible, shown: "" };
    this.#places.add(place);
    const dist = vscode.Uri.joinPath(this.#context.extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.onDidReceiveMessage((message: ToHost) => this.#hear(message, place));
    webview.html = page(webview, dist);
    return place;
  }

  #hear(message: ToHost, place: Place): void {
    switch (message.type) {
      case "ready":
        place.shown = "";
        this.refresh();
        break;
      case "reveal":
        void open(message.source);
        break;
      case "keep":
        this.#keep(message.state);
        break;
      case "pin":
        this.#isPinned = message.on;
        this.refresh();
        break;
      case "edit":
        this.#edit(message.edit);
        break;
      case "show":
        this.turnTo(message.view);
        break;
      case "check":
        this.#check(message.pass, place);
        break;
      case "real":
        this.#wish({ real: message.on, sizes: undefined, edits: [] });
        break;
      case "paste":
        this.#paste(message.tensor, message.plane);
        break;
      case "copy":
        void vscode.env.clipboard.writeText(message.text);
        break;
      case "save":
        void saveFile(message.name, message.base64);
    }
  }

  #keep(state: PanelState): void {
    this.#states.delete(state.layer);
    this.#states.set(state.layer, state);
    const [oldest] = this.#states.keys();
    if (this.#states.size > REMEMBERED && oldest !== undefined) this.#states.delete(oldest);
    void this.#context.workspaceState.update(KEPT, [...this.#states]);
  }

  #wish(wish: { readonly [K in keyof Wish]: Wish[K] | undefined }): void {
    const known = { ...this.#wishes.get(this.#key), ...wish };
    this.#wishes.set(this.#key, Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
    this.refresh();
  }

  #edit(edit: Edit): void {
    const { edits = [], sizes } = this.#wishes.get(this.#key) ?? {};
    if (edit.do === "reset") this.#wish({ edits: [], sizes: undefined });
    else this.#wish({ edits: [...edits, edit], sizes });
  }

  /** Checks a gradient of what is shown by small steps. */
  #check(pass: "input" | "weight", place: Place): void {
    const { call } = this.#asked;
    const picture = this.#picture();
    if (!call || picture.kind !== "window") return;
    const wish = this.#wishes.get(this.#key);
    const text = smallSteps(picture, pass, (edit) =>
      layerPicture(call, { ...wish, edits: [...(wish?.edits ?? []), edit] }),
    );
    if (text === undefined) return;
    const message: ToPanel = { type: "checked", text };
    void place.webview.postMessage(message);
  }

  /** Takes the matrix of the editor for a plane; an input takes its size, a kernel must have its own. */
  #paste(tensor: "input" | "weight" | "bias" | "gradOutput", plane: number): void {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    const { selection, document } = editor ?? {};
    const chosen = selection && document && !selection.isEmpty ? rowsOf(document.getText(selection)) : undefined;
    const rows = chosen ?? (document && selection && matrixAt(document.getText(), document.offsetAt(selection.active)));
    if (!rows) {
      const say =
        "There is no matrix of numbers at the cursor. Put it on one such as [[1, 2], [3, 4]], or select its rows.";
      void vscode.window.showInformationMessage(say);
      return;
    }
    const picture = this.#picture();
    if (picture.kind !== "window") return;
    const [height, width] = [rows.length, rows[0]?.length ?? 0];
    const [down, across] = picture.axes;
    const [tall, wide] = tensor === "weight" ? [down.kernel, across.kernel] : [down.size, across.size];
    const isInput = tensor === "input" && picture.rank < 3;
    if (!isInput && (height !== tall || width !== wide)) {
      const say = `The matrix is ${height}×${width}, but ${tall}×${wide} numbers stand there. Take one of that size.`;
      void vscode.window.showInformationMessage(say);
      return;
    }
    const edits = this.#wishes.get(this.#key)?.edits ?? [];
    const kept = isInput ? edits.filter((edit) => "tensor" in edit && edit.tensor === "weight") : edits;
    const sizes = isInput ? [height, width].slice(-picture.rank) : this.#wishes.get(this.#key)?.sizes;
    this.#wish({ edits: [...kept, { do: "matrix", tensor, plane, rows }], sizes });
  }
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
