import assert from "node:assert/strict";
import { relative, resolve } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { importsOf, sourcesIn } from "./sources.js";

/** What the compiler says of these files where there is no editor, no Node and no page: only the language itself. */
function complaints(extra: Readonly<Record<string, string>> = {}): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => relative(".", path) in extra || fileExists(path);
  host.getSourceFile = (path, language) => {
    const text = extra[relative(".", path)];
    return text === undefined ? getSourceFile(path, language) : ts.createSourceFile(path, text, language);
  };
  const below = sourcesIn("src/core", "src/read", "src/check", "src/protocol.ts").concat(
    Object.entries(extra).map(([path, text]) => ({ path, text })),
  );
  // The editor's types are a package of their own, which the compiler would find.
  const editor = below.flatMap(importsOf).filter(({ module }) => module === "vscode");
  const program = ts.createProgram(
    below.map(({ path }) => resolve(path)),
    options,
    host,
  );
  const compiler = ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0, messageText } = diagnostic;
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file ? relative(".", file.fileName) : ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  return [...editor.map(({ module, place }) => `${place} imports ${module}.`), ...compiler];
}

test("The core knows no editor: nothing below src/host imports vscode, Node or the DOM.", () => {
  assert.deepEqual(complaints(), []);
});

test("A use of the editor, of Node or of the DOM below src/host is found.", () => {
  const uses = [
    'import { workspace } from "vscode"; workspace.name;',
    'import { readFileSync } from "node:fs"; readFileSync("a");',
    "document.title;",
    "process.exit();",
    'Buffer.from("a");',
    'fetch("https://example.org");',
    "setTimeout(() => 0, 1);",
  ];
  const found = complaints(
    Object.fromEntries(uses.map((text, index) => [`src/core/use${index}.ts`, `${text} export {};`])),
  );
  uses.forEach((text, index) => {
    assert.ok(
      found.some((complaint) => complaint.startsWith(`src/core/use${index}.ts:`)),
      text,
    );
  });
});
