// The program that serves VS Code for the Web; serve.mjs starts it and reads the address.
// A process of its own because the server logs every request to standard output.
import { open } from "@vscode/test-web";

const [options] = process.argv.slice(2);
// Whoever started the server is gone, however it ended: so is the server.
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
await open({ ...JSON.parse(options), browserType: "none", quality: "stable" });
process.send("listening");
