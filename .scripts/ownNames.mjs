import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./install.mjs";

/** The grammar's packages are part of this program: their properties too are used by name alone. */
const isGrammar = (path) => /node_modules\/@lezer\//.test(path);

/** Functions that take anything and look at no property of it. */
const LOOKERS = /^(?:Array\.isArray|String|Number|Boolean)$/;

/** Functions that see the names of their arguments' properties. */
const NAME_READERS = /^Object\.(?:keys|entries|values|hasOwn|fromEntries)$/;

/**
 * The names of properties that only this program and the grammar in it use, and only as names: none is one of VS Code's, of the language's or of
 * another package's, is sent to the panel, written to a file, or looked up by a text. What is called so can be called anything.
 */
export async function ownNames() {
  const { default: ts } = await import("typescript");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const isSource = (name) => relative(root, name).startsWith("src/");
  const isPart = (name) => isSource(name) || isGrammar(name);
  const program = ts.createProgram(fileNames.filter(isSource), { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const own = new Set();
  const others = new Set();
  const isOwn = (symbol) =>
    symbol?.declarations?.length > 0 && symbol.declarations.every((d) => isPart(d.getSourceFile().fileName));
  const { Any, Unknown, NumberLike, TypeParameter, Index, NonPrimitive } = ts.TypeFlags;
  const { TemplateLiteral, StringMapping, IndexedAccess, Conditional, Substitution } = ts.TypeFlags;
  const OPEN =
    Any |
    Unknown |
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

  /** The names that others know a value by. */
  const addForeign = (type) => {
    for (const t of each(type))
      for (const p of checker.getPropertiesOfType(checker.getApparentType(t))) if (!isOwn(p)) others.add(p.name);
  };

  const memberNames = ({ name }) => (name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : []);

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
    if (!declaration || isPart(declaration.getSourceFile().fileName) || LOOKERS.test(called)) return;
    if (called === "Object.assign") for (const a of node.arguments) addForeign(checker.getTypeAtLocation(a));
    for (const [i, parameter] of signature.parameters.entries()) {
      const argument = node.arguments?.[i];
      const wanted = checker.getTypeOfSymbolAtLocation(parameter, node);
      const isAnything = wanted.flags & (Any | Unknown);
      if (argument && isAnything) isSeen(checker.getTypeAtLocation(argument), new Set());
      else if (argument) addForeign(wanted);
    }
  };

  /** Whether a text of this type can be nothing that a key is taken from: what looks up by any text is itself seen. */
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
    // What is compared goes nowhere; what it was compared with has its own type where it is a key.
    if (ts.isCaseClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return true;
    const call = declared(node);
    if (call) {
      const { declaration, i } = call;
      if (!declaration) return false;
      // The methods of texts look for texts, and what is written down is looked up by nobody.
      if (/^(?:String|JSON)$/.test(declaration.parent.name?.text) && !isSource(declaration.getSourceFile().fileName))
        return true;
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
      const keys = each(checker.getTypeAtLocation(key));
      if (keys.length > 0 && keys.every((k) => k.isStringLiteral())) for (const k of keys) others.add(k.value);
      else if (!keys.every((k) => k.flags & NumberLike)) isSeen(checker.getTypeAtLocation(node.expression));
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
      if (ts.isStringLiteralLike(node.left)) others.add(node.left.text);
      else isSeen(checker.getTypeAtLocation(node.right));
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node);
    if (ts.isHeritageClause(node))
      for (const t of node.types) {
        addForeign(checker.getTypeAtLocation(t));
        // A class whose fields are named by texts has those of what it implements.
        if (node.parent.members.some(ts.isIndexSignatureDeclaration)) isSeen(checker.getTypeAtLocation(t));
      }
    // What is taken for a type of ours may have been read from a file.
    if (ts.isAsExpression(node) && checker.getTypeAtLocation(node.expression).flags & Any)
      isSeen(checker.getTypeAtLocation(node), new Set());
    ts.forEachChild(node, visit);
  };

  /** All names of properties in a file. */
  const visitNames = (node, add) => {
    if (isMember(node) || ts.isShorthandPropertyAssignment(node)) memberNames(node).map(add);
    if (ts.isPropertyAccessExpression(node)) add(node.name.text);
    if (ts.isBindingElement(node)) for (const n of [node.propertyName, node.name]) if (n?.text) add(n.text);
    ts.forEachChild(node, (child) => visitNames(child, add));
  };

  /** All words of texts in a file: any of them may be a name that something is looked up by. */
  const visitWords = (node) => {
    if (ts.isStringLiteralLike(node)) for (const word of node.text.split(/\W+/)) others.add(word);
    ts.forEachChild(node, visitWords);
  };

  const addOther = (name) => others.add(name);
  const libraries = new Set();
  for (const file of program.getSourceFiles()) {
    if (/\/src\/protocol(?:\.ts$|\/)/.test(file.fileName)) visitNames(file, addOther);
    else if (isSource(file.fileName)) visit(file);
    else if (!isGrammar(file.fileName)) visitNames(file, (name) => libraries.add(name));
  }
  for (const path of await packageFiles()) {
    const file = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest);
    if (!isGrammar(path)) visitNames(file, addOther);
    else {
      visitWords(file);
      // Without types, what is called as something of the language's may be that.
      visitNames(file, (name) => (libraries.has(name) || name.startsWith("__") ? others : own).add(name));
    }
  }
  return [...own].filter((name) => !others.has(name) && /^\w{3,}$/.test(name)).sort();
}

/** The files of packages of which the editor's bundle has anything. */
async function packageFiles() {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/extension.ts"],
    bundle: true,
    platform: "node",
    mainFields: ["module", "main"],
    external: ["vscode"],
    outdir: "dist",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return parts.flatMap(([path, { bytesInOutput }]) =>
    path.startsWith("node_modules/") && bytesInOutput > 0 ? [path] : [],
  );
}
