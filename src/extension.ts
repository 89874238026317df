import type { ExtensionContext } from "vscode";

/** Registers what Dimsum offers; does no work beyond that. */
export function activate(_context: ExtensionContext): void {}
