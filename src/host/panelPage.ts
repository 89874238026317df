import * as vscode from "vscode";

/** The page that a webview loads: the panel's program and its styles out of `dist`, and nothing else. */
export function panelPage(webview: vscode.Webview, dist: vscode.Uri): string {
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
