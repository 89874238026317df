// Runs a TypeScript file that drives the end-to-end harness: node .scripts/drive.mjs FILE
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { bundle } from "./bundle.mjs";
import { root } from "./install.mjs";

const file = resolve(process.argv[2]);
process.chdir(root);
await build({ isTight: false });
const source = `
  import { closeVSCode } from ${JSON.stringify(join(root, "test/e2e/vscode.ts"))};
  try { await import(${JSON.stringify(file)}); } finally { await closeVSCode(); }
`;
const { drive } = await bundle({ drive: source });
await import(pathToFileURL(drive).href);
