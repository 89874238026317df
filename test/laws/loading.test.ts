import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { place, type Source, sourcesIn } from "./sources.js";

/** What is run when a file is loaded uses these names of others: none within a function, and no type. */
function usedAtOnce(file: ts.SourceFile): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    const isLater = ts.isFunctionLike(node) || (ts.isPropertyDeclaration(node) && !/\bstatic\b/.test(node.getText()));
    if (isLater || ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    const { parent } = node;
    const isName = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
    if (ts.isIdentifier(node) && !isName) found.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** The values that a file imports from others of the program: under which name, from where, and called what there. */
const importedBy = (path: string, file: ts.SourceFile): ReadonlyMap<string, { from: string; name: string }> =>
  new Map(
    file.statements.flatMap((s) => {
      if (!ts.isImportDeclaration(s) || !ts.isStringLiteral(s.moduleSpecifier) || s.importClause?.isTypeOnly) return [];
      const { text } = s.moduleSpecifier;
      const named = s.importClause?.namedBindings;
      if (!text.startsWith(".") || !named || !ts.isNamedImports(named)) return [];
      const from = join(dirname(path), text.replace(/\.js$/, ".ts"));
      return named.elements
        .filter((e) => !e.isTypeOnly)
        .map((e) => [e.name.text, { from, name: (e.propertyName ?? e.name).text }] as const);
    }),
  );

/** Uses of what need not be there yet: of a value, not of a function, of a file that is loaded in a circle with the one that uses it. */
function tooEarly(sources: readonly Source[]): readonly string[] {
  const files = new Map(
    sources.map(({ path, text }) => [path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)]),
  );
  const imports = new Map([...files].map(([path, file]) => [path, importedBy(path, file)]));
  const reached = (path: string): ReadonlySet<string> => {
    const all = new Set<string>();
    const open = [path];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const { from } of imports.get(at)?.values() ?? [])
        if (!all.has(from)) {
          all.add(from);
          open.push(from);
        }
    return all;
  };
  const isFunction = (file: ts.SourceFile | undefined, name: string): boolean =>
    file?.statements.some((s) => ts.isFunctionDeclaration(s) && s.name?.text === name) ?? false;
  return [...files].flatMap(([path, file]) => {
    const own = usedAtOnce(file).flatMap((node) => {
      const used = imports.get(path)?.get(node.text);
      return used && !isFunction(files.get(used.from), used.name) ? [{ node, from: used.from }] : [];
    });
    return own.filter(({ from }) => reached(from).has(path)).map(({ node }) => `${place(node)} ${node.text}`);
  });
}

test("No file uses, while it is loaded, what may be loaded after it.", () => {
  const circle: readonly Source[] = [
    {
      path: "src/a.ts",
      text: 'import { b, c } from "./b.js";\nexport const a = () => b;\nexport const d = { c, f: () => b };',
    },
    { path: "src/b.ts", text: 'import { a } from "./a.js";\nexport function c() { return a; }\nexport const b = [a];' },
  ];
  assert.deepEqual(tooEarly(circle), ["src/b.ts:3 a"]);
  assert.deepEqual(tooEarly(sourcesIn("src", "webview")), []);
});
