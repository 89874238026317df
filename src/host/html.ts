/** A text as HTML shows it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

/** A link that runs a command; `inside` and `attributes` are HTML. */
export const commandLink = (command: string, args: readonly unknown[], inside: string, attributes = ""): string =>
  `<a href="command:${command}?${encodeURIComponent(JSON.stringify(args))}"${attributes}>${inside}</a>`;

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
