import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./install.mjs";

/** The file that lists the names of properties that the build makes short. */
export const listFile = join(root, ".scripts/ownNames.txt");

/** The names that the build makes short. */
export const shortenedNames = () => readFileSync(listFile, "utf8").split(/\s+/).filter(Boolean);

/** Packages whose code is part of the host's bundle, or whose objects it gets and gives. */
const PACKAGES = /node_modules\/(?:@lezer|mathjs|@types\/vscode|typescript\/lib\/lib\.es)/;

/** Functions that take anything and look at no property of it. */
const LOOKERS = /^(?:Array\.isArray|String|Number|Boolean)$/;

/** Functions that see the names of their arguments' properties. */
const NAME_READERS = /^Object\.(?:keys|entries|values|assign|hasOwn|fromEntries)$/;

/**
 * The names of properties that only this program uses, and only as names: none is one of VS Code's or of a package's, is sent to the panel,
 * written to a file, or looked up by a text. What is called so can be called anything.
 */
export async function ownNames() {
  const { default: ts } = await import("typescript");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const isSource = (name) => relative(root, name).startsWith("src/");
  const program = ts.createProgram(fileNames.filter(isSource), { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const own = new Set();
  const others = new Set();
  const isOwn = (symbol) =>
    symbol?.declarations?.length > 0 && symbol.declarations.every((d) => isSource(d.getSourceFile().fileName));
  const { Any, Unknown, NumberLike, String: Text, TypeParameter, Index, NonPrimitive } = ts.TypeFlags;
  const { TemplateLiteral, StringMapping, IndexedAccess, Conditional, Substitution } = ts.TypeFlags;
  const OPEN =
    Any |
    Unknown |
    Text |
    TypeParameter |
    Index |
    NonPrimitive |
    TemplateLiteral |
    StringMapping |
    IndexedAccess |
    Conditional |
    Substitution;
  const each = (type) => (type?.isUnionOrIntersection() ? type.types.flatMap(each) : type ? [type] : []);

  /** A value's own properties are seen by name; with `seen`, also those of what is in it. */
  const isSeen = (type, seen) => {
    for (const found of each(type)) {
      const t = checker.getApparentType(found);
      if (seen?.has(t)) continue;
      seen?.add(t);
      for (const p of checker.getPropertiesOfType(t)) {
        if (!isOwn(p)) continue;
        others.add(p.name);
        if (seen && p.valueDeclaration) isSeen(checker.getTypeOfSymbolAtLocation(p, p.valueDeclaration), seen);
      }
      for (const kind of [ts.IndexKind.Number, ts.IndexKind.String]) {
        const item = seen && checker.getIndexTypeOfType(t, kind);
        if (item) isSeen(item, seen);
      }
    }
  };

  const memberNames = (node) => {
    const { name } = node;
    if (!name) return [];
    if (ts.isIdentifier(name) || ts.isStringLiteral(name)) return [name.text];
    return [];
  };

  const isMember = (node) =>
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isAccessor(node) ||
    ts.isPropertyAssignment(node);

  const visitLiteral = (node) => {
    const type = checker.getContextualType(node);
    for (const property of node.properties) {
      const { name } = property;
      if (!name) continue;
      if (!ts.isIdentifier(name)) {
        for (const text of memberNames(property)) others.add(text);
        continue;
      }
      own.add(name.text);
      for (const t of each(type)) {
        const wanted = checker.getPropertyOfType(t, name.text);
        const isLoose = !wanted && (t.flags & (Any | Unknown) || checker.getIndexInfoOfType(t, ts.IndexKind.String));
        if (isLoose || (wanted && !isOwn(wanted))) others.add(name.text);
      }
    }
  };

  const visitCall = (node) => {
    const called = node.expression.getText();
    if (NAME_READERS.test(called)) for (const a of node.arguments) isSeen(checker.getTypeAtLocation(a));
    const signature = checker.getResolvedSignature(node);
    const declaration = signature?.declaration;
    if (!declaration || isSource(declaration.getSourceFile().fileName) || LOOKERS.test(called)) return;
    for (const [i, parameter] of signature.parameters.entries()) {
      const argument = node.arguments[i];
      const isAnything = checker.getTypeOfSymbolAtLocation(parameter, node).flags & (Any | Unknown);
      if (argument && isAnything) isSeen(checker.getTypeAtLocation(argument), new Set());
    }
  };

  /** Whether every text of this type is one that the type itself spells out. */
  const isClosed = (type) => type !== undefined && each(type).every((t) => (t.flags & OPEN) === 0);

  /** What a call declares of the argument that a node is part of, before anything is put in for its type parameters. */
  const declared = (node) => {
    const { parent } = node;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const i = parent.arguments?.indexOf(node) ?? -1;
      return i < 0 ? undefined : { declaration: checker.getResolvedSignature(parent)?.declaration, i };
    }
    return ts.isExpression(parent) || ts.isPropertyAssignment(parent) ? declared(parent) : undefined;
  };

  /** Whether a text can only become what a type spells out, and so is no name that something is looked up by. */
  const isData = (node) => {
    const { parent } = node;
    if (ts.isTypeNode(parent) || ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
    if (ts.isCaseClause(parent)) return isClosed(checker.getTypeAtLocation(parent.parent.parent.expression));
    if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText()))
      return isClosed(checker.getTypeAtLocation(parent.left === node ? parent.right : parent.left));
    const call = declared(node);
    if (call) {
      const { declaration, i } = call;
      if (!declaration) return false;
      // The methods of texts look for texts.
      if (declaration.parent.name?.text === "String" && !isSource(declaration.getSourceFile().fileName)) return true;
      const parameter = declaration.parameters[Math.min(i, declaration.parameters.length - 1)];
      if (declaration.typeParameters || !parameter || !isClosed(checker.getTypeAtLocation(parameter))) return false;
    }
    return isClosed(checker.getContextualType(node));
  };

  /** What an expression is before it is taken for something else. */
  const untold = (node) =>
    ts.isAsExpression(node) || ts.isParenthesizedExpression(node) ? untold(node.expression) : node;

  const isValue = (node) =>
    (ts.isIdentifier(node) && node.parent.name !== node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node);

  /** A text becomes one that may be a name that something is looked up by. */
  const visitText = (node) => {
    const texts = each(checker.getTypeAtLocation(node)).filter((t) => t.isStringLiteral());
    if (texts.length > 0 && checker.getContextualType(node) && !isData(node))
      for (const t of texts) others.add(t.value);
  };

  const visit = (node) => {
    if (ts.isStringLiteralLike(node)) {
      if (!isData(node)) others.add(node.text);
    } else if (isValue(node)) visitText(node);
    if (ts.isForInStatement(node)) isSeen(checker.getTypeAtLocation(node.expression));
    if (ts.isComputedPropertyName(node)) isSeen(checker.getContextualType(node.parent.parent));
    if (ts.isAsExpression(node)) {
      const taken = checker.getTypeAtLocation(node);
      if (each(taken).some((t) => t.flags & Any || checker.getIndexInfoOfType(t, ts.IndexKind.String)))
        isSeen(checker.getTypeAtLocation(untold(node)));
    }
    if (isMember(node) && !ts.isPropertyAssignment(node)) for (const name of memberNames(node)) own.add(name);
    if (ts.isParameter(node) && node.modifiers?.length && ts.isIdentifier(node.name)) own.add(node.name.text);
    if (ts.isPropertyAccessExpression(node) && !isOwn(checker.getSymbolAtLocation(node.name)))
      others.add(node.name.text);
    if (ts.isObjectBindingPattern(node)) {
      const type = checker.getTypeAtLocation(node);
      for (const { propertyName, name } of node.elements) {
        const { text } = propertyName ?? name;
        if (text !== undefined && !isOwn(checker.getPropertyOfType(type, text))) others.add(text);
      }
    }
    if (ts.isObjectLiteralExpression(node)) visitLiteral(node);
    if (ts.isElementAccessExpression(node)) {
      const { argumentExpression: key } = node;
      if (ts.isStringLiteralLike(key)) others.add(key.text);
      else if (!(checker.getTypeAtLocation(key).flags & NumberLike)) isSeen(checker.getTypeAtLocation(node.expression));
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
      if (ts.isStringLiteralLike(node.left)) others.add(node.left.text);
      else isSeen(checker.getTypeAtLocation(node.right));
    }
    if (ts.isCallExpression(node)) visitCall(node);
    // What is taken for a type of ours may have been read from a file.
    if (ts.isAsExpression(node) && checker.getTypeAtLocation(node.expression).flags & Any)
      isSeen(checker.getTypeAtLocation(node), new Set());
    ts.forEachChild(node, visit);
  };

  /** All names of properties in code that is not ours. */
  const visitOther = (node) => {
    if (isMember(node) || ts.isShorthandPropertyAssignment(node))
      for (const name of memberNames(node)) others.add(name);
    if (ts.isPropertyAccessExpression(node)) others.add(node.name.text);
    if (ts.isBindingElement(node)) for (const n of [node.propertyName, node.name]) if (n?.text) others.add(n.text);
    if (ts.isParameter(node) && ts.isIdentifier(node.name)) others.add(node.name.text);
    ts.forEachChild(node, visitOther);
  };

  for (const file of program.getSourceFiles()) {
    if (file.fileName.endsWith("/src/protocol.ts") || PACKAGES.test(file.fileName)) visitOther(file);
    else if (isSource(file.fileName)) visit(file);
  }
  for (const path of ["@lezer/python", "@lezer/lr", "@lezer/common"].map(
    (name) => `node_modules/${name}/dist/index.js`,
  )) {
    const text = readFileSync(join(root, path), "utf8");
    visitOther(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  }
  const parser = readFileSync(join(root, "node_modules/mathjs/lib/esm/expression/parse.js"), "utf8");
  visitOther(ts.createSourceFile("parse.js", parser, ts.ScriptTarget.Latest));
  return [...own].filter((name) => !others.has(name) && name.length > 2).sort();
}
