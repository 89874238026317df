import * as vscode from "vscode";
import type { LayerCall } from "../check/picture.js";
import type { PanelKind } from "../protocol.js";
import type { Analyses } from "./analyses.js";
import type { Networks } from "./networks.js";
import { PanelView } from "./panel.js";

/** Milliseconds for which the cursor has to rest. */
const REST = 120;

/** Milliseconds between tries to open what was on show, and how many there are. */
const RETRY = 500;
const MOST_TRIES = 20;

/** Characters of a line that are searched for a layer. */
const LONGEST_LINE = 200;

/** The layer at an offset, else the first one in its line: the cursor rests on `self.conv1 =` as often as on the call. */
function layerNear(analyses: Analyses, document: vscode.TextDocument, offset: number): LayerCall | undefined {
  const analysis = analyses.of(document);
  const here = analysis?.layer(offset);
  if (!analysis || here) return here;
  const { range } = document.lineAt(document.positionAt(offset).line);
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  for (let at = from; at <= Math.min(to, from + LONGEST_LINE); at++) {
    const call = analysis.layer(at);
    if (call) return call;
  }
  return undefined;
}

/** Registers the panel and the command that opens it; the panel follows the cursor. */
export function followCursor(
  analyses: Analyses,
  networks: Networks,
  context: vscode.ExtensionContext,
): vscode.Disposable {
  let [timer, again]: (ReturnType<typeof setTimeout> | undefined)[] = [];
  let isAsked = false;
  const resume = async (tries = MOST_TRIES): Promise<void> => {
    const [uri, offset] = panel.askedAt;
    try {
      const document = !isAsked && (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)));
      if (document && !isAsked) showAt(document, offset, true);
    } catch {
      // While VS Code starts, what has the files may start later; else the file is gone, and there is nothing to stay with.
      clearTimeout(again);
      if (tries > 0 && uri !== "") again = setTimeout(() => void resume(tries - 1), RETRY);
      else panel.isPinned = false;
    }
  };
  const panel = new PanelView(
    context,
    () => void resume(),
    () => follow(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0]),
  );
  const showAt = (document: vscode.TextDocument, offset: number, insist: boolean): void => {
    if (panel.isPinned && !insist) return;
    panel.showNetwork(networks.ask(document, offset));
    const call = layerNear(analyses, document, offset);
    const uri = document.uri.toString();
    if (call || insist) {
      isAsked = true;
      panel.askedAt = [uri, offset];
    } else if (isAsked) return;
    panel.show(call && { ...call, source: { uri, line: document.positionAt(offset).line } });
  };
  const follow = (editor: vscode.TextEditor | undefined): void => {
    clearTimeout(timer);
    if (editor)
      timer = setTimeout(() => showAt(editor.document, editor.document.offsetAt(editor.selection.active), false), REST);
  };
  const open = async (view: PanelKind, uri?: vscode.Uri, offset?: number): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : editor?.document;
    if (document) showAt(document, offset ?? (editor ? document.offsetAt(editor.selection.active) : 0), true);
    else panel.show(undefined, "No file is open.");
    panel.turnTo(view);
    await panel.reveal();
  };
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(PanelView.id, panel),
    vscode.commands.registerCommand("dimsum.showLayer", (uri?: vscode.Uri, offset?: number) =>
      open("layer", uri, offset),
    ),
    vscode.commands.registerCommand("dimsum.showNetwork", (uri?: vscode.Uri, offset?: number) =>
      open("network", uri, offset),
    ),
    vscode.commands.registerCommand("dimsum.showLayerTab", () => {
      const editor = vscode.window.activeTextEditor;
      if (editor) showAt(editor.document, editor.document.offsetAt(editor.selection.active), true);
      panel.openTab();
    }),
    vscode.window.registerWebviewPanelSerializer(PanelView.id, panel),
    vscode.workspace.onDidChangeConfiguration((e) => {
      if (e.affectsConfiguration("dimsum.reveal")) panel.refresh();
    }),
    vscode.window.onDidChangeTextEditorSelection((e) => follow(e.textEditor)),
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.workspace.onDidChangeTextDocument((e) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document === e.document) follow(editor);
    }),
    new vscode.Disposable(() => [timer, again].forEach(clearTimeout)),
  );
}
