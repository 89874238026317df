import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { arrows } from "./arrows.mjs";
import { ensureInstalled, root } from "./install.mjs";
import { named } from "./named.mjs";
import { ownNames } from "./ownNames.mjs";

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: "eof",
  // Letters beyond ASCII take less room as they are.
  charset: "utf8",
  logLevel: "warning",
  // VS Code 1.91 runs on Chrome 122 and Node 20.
  target: ["chrome122", "node20"],
};

/** The toolkit would make a function of a text in a browser without globalThis; there is none in VS Code. */
const noFunctionOfText = {
  name: "no-function-of-text",
  setup({ onLoad }) {
    onLoad({ filter: /fast-element[\\/]dist[\\/]esm[\\/]platform\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace('new Function("return this")()', "window"),
    }));
  },
};

/** The toolkit asks for :focus-visible by way of a style that the panel's policy rightly refuses, and then does without; VS Code knows it. */
const noStyleOfItsOwn = {
  name: "no-style-of-its-own",
  setup({ onLoad }) {
    onLoad({ filter: /fast-web-utilities[\\/]dist[\\/]dom\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace("let _canUseFocusVisible;", "let _canUseFocusVisible = true;"),
    }));
  },
};

/** The grammar says how its words are coloured; nothing here colours any. */
const noColours = {
  name: "no-colours",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@lezer\/highlight$/ }, ({ path }) => ({ path, namespace: "no-colours" }));
    onLoad({ filter: /./, namespace: "no-colours" }, () => ({
      contents:
        "export const tags = new Proxy(() => tags, { get: () => tags }); export const styleTags = () => () => null;",
    }));
  },
};

/** The catalogue's examples are for reading and for the tests; nothing that is shipped shows one. */
const noExamples = {
  name: "no-examples",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]core[\\/](ops|operations|keras)[\\/]\w+\.ts$/ }, async ({ path }) => {
      const { default: ts } = await import("typescript");
      const text = readFileSync(path, "utf8");
      const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
      const found = [];
      const visit = (node) => {
        if (ts.isPropertyAssignment(node) && node.name.text === "examples") found.push(node);
        else ts.forEachChild(node, visit);
      };
      visit(source);
      const contents = found.reduceRight(
        (left, node) => `${left.slice(0, node.getStart(source))}${left.slice(node.end).replace(/^,/, "")}`,
        text,
      );
      return { contents, loader: "ts" };
    });
  },
};

/** Makes what esbuild bundled yet shorter, and writes it. */
const namedTexts = (isTight) => ({
  name: "named-texts",
  setup({ esbuild, initialOptions, onEnd }) {
    initialOptions.write = false;
    const { charset, format, legalComments, minify, platform, target } = initialOptions;
    onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const options = { charset, format, legalComments, minify, platform, target };
        const { code } = await esbuild.transform(await named(text, true), options);
        writeFileSync(path, isTight ? await tightened(code) : code);
      }
    });
  },
});

/** What is shipped is made as small as can be, which takes some seconds: one knows more of what can be folded into one expression, the other
 * writes shorter what has newer signs for it. */
async function tightened(text) {
  const [{ default: uglify }, { minify }] = await Promise.all([import("uglify-js"), import("oxc-minify")]);
  const folded = { passes: 3, hoist_funs: true, pure_getters: true };
  const { code, error } = uglify.minify(text, { compress: folded, toplevel: true });
  if (error) throw error;
  const tightest = { compress: { target: shared.target }, mangle: { toplevel: true } };
  const { code: shortest, errors } = await minify("bundle.js", await arrows(code), tightest);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return shortest;
}

/** Makes the panel as small as can be; its names stay its own, as the page has some already. */
const tightScript = {
  name: "tight-script",
  setup({ initialOptions, onEnd }) {
    initialOptions.write = false;
    onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles)
        writeFileSync(path, path.endsWith(".js") ? await tightened(`(() => {${await named(text)}})()`) : text);
    });
  },
};

/** The editor's bundles: texts that come again have names, and so have properties short ones that only this program uses, if those are told. */
const shortened = (isTight, names) => ({
  ...(names && { mangleProps: new RegExp(`^(?:${names.join("|")})$`) }),
  // The names of variables are made short last, with those of the texts among them.
  minifyIdentifiers: false,
  plugins: [noColours, noExamples, namedTexts(isTight)],
});

const bundles = (isTight, names) => [
  {
    ...shortened(isTight, names),
    entryPoints: { extension: "src/extension.ts" },
    // It needs nothing of Node, so that both hosts run the same.
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
  },
  {
    entryPoints: { panel: "webview/main.ts" },
    platform: "browser",
    format: "iife",
    plugins: [noFunctionOfText, noStyleOfItsOwn, ...(isTight ? [tightScript] : [])],
  },
  {
    entryPoints: { cli: "src/cli/main.ts" },
    platform: "node",
    mainFields: ["module", "main"],
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
    plugins: [noColours, noExamples],
  },
];

/** Writes a program, the command line or another, with the short names of the editor's bundles, for the tests that they change nothing. */
export async function buildShortened(outfile, entryPoint) {
  const { build: bundle } = await import("esbuild");
  const names = await ownNames();
  const { entryPoints, ...options } = bundles(true, names).find((b) => "cli" in b.entryPoints);
  await bundle({
    ...shared,
    ...options,
    ...shortened(true, names),
    entryPoints: [entryPoint ?? entryPoints.cli],
    outfile,
  });
}

/** Writes dist/: the desktop host, the web host, the panel and the command line, minified and without source maps; as small as what is shipped
 * if `isTight`. */
export async function build({ isTight = true } = {}) {
  const { build: bundle } = await import("esbuild");
  const outdir = join(root, "dist");
  mkdirSync(outdir, { recursive: true });
  const names = isTight ? await ownNames() : undefined;
  const results = await Promise.all(
    bundles(isTight, names).map((options) => bundle({ ...shared, ...options, outdir, metafile: true })),
  );
  copyFileSync(join(outdir, "extension.js"), join(outdir, "extension.web.js"));
  const written = new Set(results.flatMap((result) => Object.keys(result.metafile.outputs)));
  written.add("dist/extension.web.js");
  for (const name of readdirSync(outdir)) {
    if (!written.has(`dist/${name}`)) rmSync(join(outdir, name), { recursive: true });
  }
  chmodSync(join(outdir, "cli.js"), 0o755);
  return [...written].map((file) => ({ file, bytes: statSync(join(root, file)).size }));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  for (const { file, bytes } of await build()) console.log(`${file}  ${(bytes / 1024).toFixed(1)} KB`);
}
