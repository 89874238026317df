import { mkdirSync, readdirSync, rmSync } from "node:fs";
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

/** A folder of this process alone, so that runs do not disturb each other; it goes when the process ends. */
function ownFolder() {
  const parent = join(root, ".test-build");
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    try {
      process.kill(Number(name), 0);
    } catch {
      // Left behind by a run that was cut short.
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
  const folder = join(parent, String(process.pid));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const folder = ownFolder();

/** Bundles TypeScript programs for Node, given by name and source, and returns where each is. */
export async function bundle(sources) {
  const { build } = await import("esbuild");
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
    outdir: folder,
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
  return Object.fromEntries(Object.keys(sources).map((entry) => [entry, join(folder, `${entry}.mjs`)]));
}
