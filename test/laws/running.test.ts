import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { place, type Source, sourcesIn, visitAll } from "./sources.js";

/** Names that, called or constructed, would run text, start a program or reach a network. */
const names = new Set([
  ...["eval", "Function", "AsyncFunction", "GeneratorFunction", "importScripts"],
  ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "RTCPeerConnection", "sendBeacon"],
  ...["createTerminal", "executeTask", "ProcessExecution", "ShellExecution", "startDebugging", "openExternal"],
]);

const modules =
  /^(?:node:)?(?:child_process|cluster|dgram|dns|http|http2|https|inspector|net|repl|tls|vm|worker_threads|wasi)(?:\/.*)?$/;

/** Where a file runs text, starts a program or reaches a network. */
function runs(source: Source): string[] {
  const found: string[] = [];
  visitAll(source, (node) => {
    const say = (what: string) => found.push(`${place(node)} ${what}`);
    if (ts.isStringLiteralLike(node) && modules.test(node.text) && isModuleName(node)) say(`imports ${node.text}`);
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const { expression } = node;
    if (expression.kind === ts.SyntaxKind.ImportKeyword && !ts.isStringLiteralLike(node.arguments![0]!)) {
      say("imports what is only known when it runs");
    }
    // (0, eval)(…) is a call of eval too.
    const called = ts.isParenthesizedExpression(expression) ? lastOf(expression.expression) : expression;
    const name = ts.isIdentifier(called) ? called : ts.isPropertyAccessExpression(called) ? called.name : undefined;
    if (name && names.has(name.text)) say(`calls ${name.text}`);
    const [first] = node.arguments ?? [];
    if (name && /^set(?:Timeout|Interval)$/.test(name.text) && first && ts.isStringLiteralLike(first))
      say("runs a text later");
  });
  return found;
}

const lastOf = (node: ts.Expression): ts.Expression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken ? lastOf(node.right) : node;

function isModuleName({ parent }: ts.Node): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (!ts.isCallExpression(parent)) return false;
  const { expression } = parent;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && /require/i.test(expression.text))
  );
}

test("Nothing of the student's runs: no eval, no Function, no process, no network.", () => {
  const sources = sourcesIn("src", "webview");
  assert.ok(sources.length > 10);
  assert.deepEqual(sources.flatMap(runs), []);
});

test("Nothing of the student's runs in what is shipped, packages included.", () => {
  const bundles = readdirSync("dist").filter((name) => name.endsWith(".js"));
  assert.deepEqual(bundles.sort(), ["cli.js", "extension.js", "extension.web.js", "panel.js"]);
  assert.deepEqual(
    bundles.flatMap((name) => runs({ path: name, text: readFileSync(`dist/${name}`, "utf8") })),
    [],
  );
});

test("Each way to run something is found, and its nearest harmless neighbour is not.", () => {
  const cases: readonly [runs: string, harmless: string][] = [
    ["eval(text)", "evaluate(text)"],
    ["(0, eval)(text)", "(0, evaluate)(text)"],
    ["globalThis.eval(text)", "globalThis.evaluate(text)"],
    ["new Function(text)", "const f: Function = g"],
    ["window.fetch(address)", "window.prefetch"],
    ["new WebSocket(address)", "new Map(entries)"],
    ["import(name)", 'import("./name.js")'],
    ['import { spawn } from "node:child_process"', 'import { readFileSync } from "node:fs"'],
    ['require("https")', 'say("https")'],
    ['setTimeout("run()", 1)', "setTimeout(run, 1)"],
    ["vscode.window.createTerminal()", "vscode.window.createStatusBarItem()"],
  ];
  for (const [against, harmless] of cases) {
    assert.equal(runs({ path: "a.ts", text: against }).length, 1, against);
    assert.deepEqual(runs({ path: "a.ts", text: harmless }), []);
  }
});
