import assert from "node:assert/strict";
import { test } from "node:test";
import { openVSCode } from "./vscode.js";

test("The workbench opens a file with the extension loaded, and no request leaves the machine.", async () => {
  const code = await openVSCode({
    "homework.md": "# Homework\n\n| Layer | Output |\n| --- | --- |\n| INPUT | 28×28×1 |\n",
  });
  await code.openFile("homework.md");
  assert.match(await code.text(), /^# Homework\n/);

  const commands = await code.commands("Dimsum: ");
  assert.ok(commands.includes("Dimsum: Check CNN Table"), commands.join());
  assert.ok(commands.includes("Dimsum: Show Layer"), commands.join());

  const local = /^(?:https?:\/\/(?:[\w-]+\.)?localhost:\d+\/|blob:|data:)/;
  assert.ok(code.requests.length > 20);
  assert.deepEqual(
    code.requests.filter((address) => !local.test(address)),
    [],
  );
});
