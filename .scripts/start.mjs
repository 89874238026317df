import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, root } from "./install.mjs";

const { values } = parseArgs({
  options: { port: { type: "string", default: "3000" }, "no-open": { type: "boolean", default: false } },
});

function openBrowser(url) {
  const { CI, BROWSER, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (values["no-open"] || CI || BROWSER === "none") return;
  const commands = { darwin: ["open", url], win32: ["cmd", "/c", "start", "", url] };
  if (!(process.platform in commands) && !DISPLAY && !WAYLAND_DISPLAY) return;
  const [command, ...args] = commands[process.platform] ?? ["xdg-open", url];
  // Without a browser the printed address is enough.
  spawn(command, args, { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}

ensureInstalled();
const { build } = await import("./build.mjs");
const { serve } = await import("./serve.mjs");
await build({ isTight: false });
const server = await serve({ folder: join(root, "media/samples"), port: Number(values.port) });
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stopping = true;
    server.close();
  });
}
console.log(`Dimsum runs in VS Code for the Web at\n${server.url}\nCtrl-C ends it.`);
openBrowser(server.url);
await server.ended;
if (!stopping) {
  console.error("VS Code for the Web has stopped unexpectedly.");
  process.exitCode = 1;
}
