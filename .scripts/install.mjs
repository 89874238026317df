// Only Node's own modules here: this file runs before anything is installed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether node_modules holds every package of package-lock.json in its version. */
function isInstalled() {
  const packages = (file) => JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  try {
    const have = packages("node_modules/.package-lock.json");
    // Optional packages are other platforms' binaries.
    return Object.entries(packages("package-lock.json")).every(
      ([path, wanted]) => path === "" || wanted.optional || have[path]?.version === wanted.version,
    );
  } catch {
    return false;
  }
}

/** Installs the dependencies with `npm ci` unless they are there; ends the process if that fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log("Installing the development dependencies…");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const options = { cwd: root, stdio: "inherit" };
  const result = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (result.status !== 0) {
    console.error("The dependencies could not be installed: `npm ci` failed, see above.");
    process.exit(result.status ?? 1);
  }
}
