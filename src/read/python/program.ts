import type { Work } from "./budget.js";
import type { FileReader, ImportedSources } from "./sources.js";

/** A file at hand, and how it reaches the files that it imports. */
export interface Program {
  readonly text: string;
  /** Its path, parts joined by `/`; without one nothing is imported. */
  readonly path: string | undefined;
  /** What `__name__` is in it: `__main__` where it is run. */
  readonly name: string;
  readonly read: FileReader;
  readonly imported: ImportedSources;
  /** The models that nobody calls and whose input is taken for the images that the file loads. */
  readonly assumed?: ReadonlySet<string> | undefined;
  /** Whether it is noted which step made which tensor. */
  readonly isDrawn?: boolean | undefined;
  /** How much work following it may take. */
  readonly work: Work;
}
