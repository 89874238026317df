import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** A file of the program: its path from the repository's folder, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** All TypeScript files in these folders, and these files. */
export function sourcesIn(...places: readonly string[]): Source[] {
  return places.flatMap((folder) => {
    if (folder.endsWith(".ts")) return [{ path: folder, text: readFileSync(folder, "utf8") }];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/"))
      .map((path) => ({ path, text: readFileSync(path, "utf8") }));
  });
}

/** Calls `visit` with every node of a JavaScript or TypeScript text. */
export function visitAll({ path, text }: Source, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
}

/** The line of a node, as path:line. */
export const place = (node: ts.Node): string => {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};

/** What a file imports: the module as written, whether only its types, and where. */
export interface Import {
  readonly module: string;
  readonly typesOnly: boolean;
  readonly place: string;
}

/** Every import of a file: declarations, re-exports, import(), import types and require. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, typesOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      imports.push({ module: specifier.text, typesOnly, place: place(specifier) });
    }
  };
  visitAll(source, (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.isTypeOnly === true || onlyTypes(node.importClause));
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      if (
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === "require")
      ) {
        add(node.arguments[0], false);
      }
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly);
    }
  });
  return imports;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  const named = clause?.namedBindings;
  return (
    !clause?.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((each) => each.isTypeOnly)
  );
}
