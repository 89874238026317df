import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./install.mjs";

// Tools stay where they are; what Dimsum ships is bundled, since hundreds of small modules load slowly in every process.
const tools = ["@sparticuz/chromium", "@vscode/*", "esbuild", "fast-check", "playwright-core", "typescript"];

/** Scripts find the repository by their own place, so a bundle refers to them instead of containing them. */
const scriptsStay = {
  name: "scripts-stay",
  setup({ onResolve }) {
    onResolve({ filter: /\/\.scripts\// }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};

/** The source of a program that imports these files of the repository. */
export const importing = (files) => files.map((file) => `import ${JSON.stringify(`./${file}`)};\n`).join("");

/** Bundles TypeScript programs for Node into .test-build/`name`/ and returns where each is; `sources` maps names to sources. */
export async function bundle(name, sources) {
  const { build } = await import("esbuild");
  const outdir = join(root, ".test-build", name);
  rmSync(outdir, { recursive: true, force: true });
  const programs = {
    name: "programs",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^program:/ }, ({ path }) => ({ path: path.slice("program:".length), namespace: "program" }));
      onLoad({ filter: /.*/, namespace: "program" }, ({ path }) => ({
        contents: sources[path],
        resolveDir: root,
      }));
    },
  };
  await build({
    absWorkingDir: root,
    entryPoints: Object.keys(sources).map((entry) => ({ in: `program:${entry}`, out: entry })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    sourcemap: "linked",
    external: tools,
    plugins: [programs, scriptsStay],
    // Packages in the old module format ask for Node's modules with require.
    banner: {
      js: 'import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  return Object.fromEntries(Object.keys(sources).map((entry) => [entry, join(outdir, `${entry}.mjs`)]));
}
