import type { GrammarNode } from "./nodes.js";
import type { SourceText } from "./sourceText.js";
import type { ImportedName } from "./syntax.js";

/** What an import statement brings: `import a.b as c`, `from .a import b as c, d`. */
export function readImport(
  text: SourceText,
  parts: readonly GrammarNode[],
): { module?: string; names: ImportedName[] } {
  const slice = (node: GrammarNode): string => text.of(node);
  const isFrom = parts[0]?.name === "from";
  const split = isFrom ? parts.findIndex((p) => p.name === "import") : 0;
  const module = parts
    .slice(1, split < 0 ? parts.length : split)
    .map(slice)
    .join("");
  if (split < 0) return { module, names: [] };
  const names: ImportedName[] = [];
  let path = "";
  let alias: string | undefined;
  let place: { from: number; to: number } | undefined;
  const finish = (): void => {
    const own = isFrom ? path : (path.split(".")[0] ?? path);
    if (place && path !== "") names.push({ ...place, path, as: alias ?? own });
    path = "";
    alias = undefined;
    place = undefined;
  };
  let afterAs = false;
  for (const part of parts.slice(split + 1)) {
    if (part.name === ",") finish();
    else if (part.name === "as") afterAs = true;
    else if (part.name === "VariableName" && afterAs) {
      alias = slice(part);
      afterAs = false;
    } else if (part.name === "VariableName" || part.name === "." || part.name === "*") {
      path += slice(part);
      place = { from: place?.from ?? part.from, to: part.to };
    }
  }
  finish();
  return { ...(isFrom ? { module } : {}), names };
}
