import { after } from "node:test";
import { closeVSCode } from "./vscode.js";

after(closeVSCode);
