import * as vscode from "vscode";
import { withGiver } from "../check/network/misfits.js";
import { mlpOf } from "../check/network/mlpPlan.js";
import { filtered, filtersPicture } from "../check/picture/filters.js";
import { pasted } from "../check/picture/pasted.js";
import { smallSteps } from "../check/picture/smallSteps.js";
import { type LayerCall, layerPicture, messagePicture, type Wish } from "../check/picture.js";
import type {
  Edit,
  EditedTensor,
  PanelKind,
  PanelState,
  Picture,
  PictureMessage,
  ToHost,
  ToPanel,
} from "../protocol.js";
import { matrixAtCursor } from "./matrixAtCursor.js";
import type { AskedNetwork } from "./networks.js";
import { openLine, showLayerOf } from "./openLine.js";
import { KEPT, REMEMBERED, SHOWN, type Shown } from "./panelMemory.js";
import { panelPage } from "./panelPage.js";
import { saveFile } from "./saveFile.js";

/** What the panel is called. */
const TITLES: Readonly<Record<PanelKind, string>> = {
  layer: "Layer",
  network: "Network",
  mlp: "MLP",
  filters: "Filters",
};

/** One place that shows the panel: the side bar's view, or a tab among the editors. */
interface Place {
  readonly around: vscode.WebviewView | vscode.WebviewPanel;
  /** What it shows, so that the same again changes nothing. */
  shown: string;
}

const send = ({ around }: Place, message: ToPanel): void => void around.webview.postMessage(message);

/** The panel: shows the layer it is given, in the side bar and as an editor tab, and keeps nothing running while it is hidden. */
export class PanelView implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer {
  /** The view's id in package.json. */
  static readonly id = "dimsum.panel";

  /** Whether the panel stays with its layer wherever the cursor goes. */
  isPinned: boolean;

  /** The document and the offset that the panel was last asked for. */
  askedAt: readonly [uri: string, offset: number];

  readonly #context: vscode.ExtensionContext;
  readonly #resume: () => void;
  readonly #released: () => void;
  readonly #places = new Set<Place>();
  readonly #states: Map<string, PanelState>;
  readonly #wishes: Map<string, Wish>;
  #asked: { readonly call?: LayerCall | undefined; readonly reason?: string | undefined } = {};
  #network: AskedNetwork | undefined;
  #view: PanelKind;
  #key = "";
  /** What is written down of it. */
  #written = "";

  /** `resume`, called when a place wants to be filled, shows what was on show when VS Code ended; `released` comes with the end of a pin. */
  constructor(context: vscode.ExtensionContext, resume: () => void, released: () => void) {
    this.#context = context;
    this.#resume = resume;
    this.#released = released;
    this.#states = new Map(context.workspaceState.get<[string, PanelState][]>(KEPT, []));
    let wishes: Shown[3];
    [this.#view, this.isPinned, this.askedAt, wishes] = context.workspaceState.get<Shown>(SHOWN, [
      "layer",
      false,
      ["", 0],
      [],
    ]);
    this.#wishes = new Map(wishes);
  }

  /** Shows a layer, or the reason why there is none; the same layer again changes nothing. */
  show(call: LayerCall | undefined, reason?: string): void {
    this.#asked = { call, reason };
    this.refresh();
  }

  /** The network at the cursor, for when it is asked for. */
  showNetwork(network: AskedNetwork | undefined): void {
    this.#network = network ?? this.#network;
    if (this.#view !== "layer") this.refresh();
  }

  /** Shows the layer at the cursor, or the network around it, from now on. */
  turnTo(view: PanelKind): void {
    this.#view = view;
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
    this.#fill(view);
    view.onDidChangeVisibility(() => this.refresh());
  }

  /** Nothing is computed for a panel that is hidden: it asks when it is ready. */
  refresh(): void {
    const own: Shown = [this.#view, this.isPinned, this.askedAt, [...this.#wishes].slice(-REMEMBERED)];
    const written = JSON.stringify(own);
    if (written !== this.#written) void this.#context.workspaceState.update(SHOWN, own);
    this.#written = written;
    const places = [...this.#places].filter((place) => place.around.visible);
    if (places.length === 0) return;
    const reveal = vscode.workspace.getConfiguration("dimsum").get<PictureMessage["reveal"]>("reveal", "answer");
    const view = this.#view;
    const isLayer = view === "layer";
    const stamp = isLayer ? this.#asked : view === "filters" ? "" : this.#network?.key();
    const asked = (): string => JSON.stringify([view, stamp, this.#wishes.get(this.#key), this.isPinned, reveal]);
    const before = asked();
    const late = places.filter((place) => place.shown !== before);
    if (late.length === 0) return;
    const picture = isLayer ? this.#picture() : this.#pageOf(view);
    this.#key = picture.kind === "message" ? "" : picture.heading.key;
    const state = this.#states.get(this.#key);
    const message: ToPanel = {
      type: "picture",
      picture,
      view,
      pinned: this.isPinned,
      reveal,
      ...(state && { state }),
    };
    // The layer's own wishes are only known by its key, which its picture tells.
    const shown = asked();
    for (const place of late) {
      place.shown = shown;
      place.around.title = ("iconPath" in place.around ? "Dimsum: " : "") + TITLES[view];
      send(place, message);
    }
  }

  #pageOf(view: PanelKind): Picture {
    if (view === "filters") return filtersPicture();
    const advice = "Open a Python file or a notebook and put the cursor into a model.";
    const editsOf = (key: string): readonly Edit[] => this.#wishes.get(key)?.edits ?? [];
    if (this.#network) return this.#network.picture(view, editsOf);
    return view === "mlp"
      ? mlpOf(undefined, undefined, editsOf)
      : messagePicture("There is no model at the cursor.", advice);
  }

  #picture(): Picture {
    const { call, reason } = this.#asked;
    if (!call) {
      const advice = "Put the cursor on a layer of a model or on a row of an architecture table.";
      return messagePicture(reason ?? "There is no layer at the cursor.", advice);
    }
    const plain = layerPicture(call);
    const wish = plain.kind === "message" ? undefined : this.#wishes.get(plain.heading.key);
    return withGiver(wish ? layerPicture(call, wish) : plain, () => this.#network?.picture("network", () => []));
  }

  #fillTab(tab: vscode.WebviewPanel): void {
    tab.iconPath = vscode.Uri.joinPath(this.#context.extensionUri, "media", "panel.svg");
    this.#fill(tab);
    tab.onDidChangeViewState(() => this.refresh());
  }

  #fill(around: Place["around"]): void {
    const place: Place = { around, shown: "" };
    this.#places.add(place);
    around.onDidDispose(() => this.#places.delete(place));
    const { webview } = around;
    const dist = vscode.Uri.joinPath(this.#context.extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.onDidReceiveMessage((message: ToHost) => this.#hear(message, place));
    webview.html = panelPage(webview, dist);
    this.#resume();
  }

  #hear(message: ToHost, place: Place): void {
    switch (message.type) {
      case "ready":
        place.shown = "";
        this.refresh();
        break;
      case "reveal":
        void openLine(message.source);
        break;
      case "keep":
        this.#keep(message.state);
        break;
      case "pin":
        this.isPinned = message.on;
        this.refresh();
        if (!message.on) this.#released();
        break;
      case "network":
        send(place, { type: "network", picture: this.#pageOf("network") });
        break;
      case "edit":
        this.#edit(message.edit);
        break;
      case "show":
        if (message.source) void showLayerOf(message.source);
        else this.turnTo(message.view);
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
      case "filter":
        send(place, { type: "filtered", response: filtered(message.filtering) });
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

  #edit(edit: Edit | { readonly do: "undo" }): void {
    const { edits = [], sizes } = this.#wishes.get(this.#key) ?? {};
    if (edit.do === "reset" || (edit.do === "undo" && edits.length < 2)) this.#wish({ edits: [], sizes: undefined });
    else if (edit.do === "undo") this.#wish({ edits: edits.slice(0, -1), sizes });
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
    send(place, { type: "checked", text });
  }

  /** Takes the matrix of the editor for a plane. */
  #paste(tensor: EditedTensor, plane: number): void {
    const rows = matrixAtCursor();
    if (!rows) {
      const say =
        "There is no matrix of numbers at the cursor. Put it on one such as [[1, 2], [3, 4]], or select its rows.";
      void vscode.window.showInformationMessage(say);
      return;
    }
    const picture = this.#picture();
    if (picture.kind !== "window") return;
    const wish = pasted(picture, this.#wishes.get(this.#key) ?? {}, tensor, plane, rows);
    if (typeof wish === "string") void vscode.window.showInformationMessage(wish);
    else this.#wish(wish);
  }
}
