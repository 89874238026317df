import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** The places where browsers that speak Chromium's protocol are installed. */
function installedBrowsers() {
  const { CHROME_PATH, PROGRAMFILES, "PROGRAMFILES(X86)": PROGRAMFILES_X86, LOCALAPPDATA, PATH = "" } = process.env;
  const windows = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
  ];
  const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge", "msedge"];
  const places = {
    darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA].flatMap((at) =>
      at ? windows.map((path) => join(at, path)) : [],
    ),
  };
  return {
    chosen: CHROME_PATH,
    found: places[process.platform] ?? PATH.split(":").flatMap((at) => names.map((name) => join(at, name))),
  };
}

/** Unpacks the browser of the development dependencies once and returns its folder. */
function unpackedBrowser() {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/@sparticuz/chromium/package.json"), "utf8"));
  const folder = join(root, `node_modules/.cache/chromium-${version}`);
  if (existsSync(folder)) return folder;
  // Unpacked beside and then renamed: a run that is cut short leaves no half of a browser.
  const beside = `${folder}-${process.pid}`;
  mkdirSync(beside, { recursive: true });
  execFileSync(
    process.execPath,
    ["-e", "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())"],
    {
      cwd: root,
      // It unpacks into the folder for temporary files, and its libraries only where it is told that they are missing.
      env: { ...process.env, TMPDIR: beside, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
    },
  );
  try {
    renameSync(beside, folder);
  } catch (error) {
    // Another run was first.
    if (!existsSync(folder)) throw error;
    rmSync(beside, { recursive: true });
  }
  return folder;
}

/** What a machine without any font needs to show text. */
function fonts(folder) {
  if (existsSync("/etc/fonts/fonts.conf")) return {};
  const file = join(folder, "fonts.conf");
  const elements = `<dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir>`;
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${elements}</fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}

/** The browser for the end-to-end tests and the environment that it needs, or undefined where there is none. */
export async function findBrowser() {
  const { chosen, found } = installedBrowsers();
  if (chosen) return { executablePath: chosen, env: process.env };
  if (process.platform === "linux" && process.arch === "x64") {
    const folder = unpackedBrowser();
    const executablePath = join(folder, "chromium");
    const plain = { ...process.env, ...fonts(folder) };
    const withLibraries = {
      ...plain,
      LD_LIBRARY_PATH: [join(folder, "al2023/lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
    };
    // The system's own libraries come first: those in the package are built against a newer C library than some have.
    for (const env of [plain, withLibraries]) {
      if (spawnSync(executablePath, ["--version"], { env }).status === 0) return { executablePath, env };
    }
  }
  const executablePath = found.find((path) => existsSync(path));
  return executablePath && { executablePath, env: process.env };
}
