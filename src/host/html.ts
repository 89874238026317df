import type { Span } from "../check/finding.js";

/** A text as HTML shows it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

/** A link that runs a command; `inside` and `attributes` are HTML. */
export const commandLink = (command: string, args: readonly unknown[], inside: string, attributes = ""): string =>
  `<a href="command:${command}?${encodeURIComponent(JSON.stringify(args))}"${attributes}>${inside}</a>`;

/** A link that jumps to a place of a document. */
export const jumpLink = (uri: string, { from, to }: Span, inside: string, attributes = ""): string =>
  commandLink("dimsum.jumpTo", [uri, from, to], inside, attributes);

/** What the marks of a report mean. */
export const LEGEND =
  '<p class="legend"><span>✓ right</span><span>≈ right as rounded</span><span>✗ wrong</span><span>? blank</span><span>· not understood</span></p>';

/** A page of a report, without scripts. */
export const htmlPage = (title: string, body: string, cspSource: string, style: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body>
${body}
</body>
</html>`;
