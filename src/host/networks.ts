import type * as vscode from "vscode";
import type { Reveal, Span } from "../check/finding.js";
import { mlpOf } from "../check/network/mlpPlan.js";
import { networkPicture } from "../check/network/networkPicture.js";
import { messagePicture } from "../check/picture.js";
import { type FileModel, fileModels } from "../check/summary/fileModels.js";
import type { Edit, PanelKind, Picture, SourceLine } from "../protocol.js";
import { setting } from "./analyses.js";
import type { ChosenInputs } from "./choices.js";
import { modelAt } from "./modelReport.js";
import { type OpenProgram, programOf } from "./programs.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** A network that can be drawn: nothing is computed before the panel asks. */
export interface AskedNetwork {
  /** Another one where the picture may be another. */
  readonly key: () => string;
  /** `editsOf` says what a reader has changed in the picture of a key. */
  readonly picture: (view: PanelKind, editsOf: (key: string) => readonly Edit[]) => Picture;
}

/** The networks of the open files, each followed once a version. */
export class Networks {
  private known: { readonly stamp: string; readonly models: readonly FileModel[] } | undefined;

  constructor(
    private readonly files: WorkspaceFiles,
    private readonly inputs: ChosenInputs,
  ) {}

  /** The network around a place of a Python document; undefined for any other document. */
  ask(document: vscode.TextDocument, offset: number): AskedNetwork | undefined {
    if (document.languageId !== "python") return undefined;
    const found = (): readonly [OpenProgram, FileModel] | undefined => {
      const program = programOf(document, this.files);
      const model = program && modelAt(this.modelsOf(program, document), program, document, offset);
      return program && model && [program, model];
    };
    return {
      key: () => `${found()?.[1].name} ${this.known?.stamp}`,
      picture: (view, editsOf) => {
        const [program, model] = found() ?? [];
        const reveal = setting<Reveal>("reveal", "answer");
        if (view === "mlp")
          return mlpOf(model, program && model && lineOf(program, document, model.at), editsOf, reveal);
        if (!program || !model)
          return messagePicture(
            "There is no model here that Dimsum can follow.",
            "Put the cursor into a model of a Python file, and call it once with an input, as in model(torch.zeros(1, 3, 32, 32)).",
          );
        return networkPicture(model.chosen, model.at, { reveal, lineOf: (place) => lineOf(program, document, place) });
      },
    };
  }

  private modelsOf(program: OpenProgram, document: vscode.TextDocument): readonly FileModel[] {
    const versions = program.documents.map((d) => d.version).join();
    const stamp = [program.key, versions, this.files.version, this.inputs.version, setting("reveal", "")].join(" ");
    if (this.known?.stamp === stamp) return this.known.models;
    const models = fileModels(program.text, this.inputs.of(document), { ...program.around, isDrawn: true });
    this.known = { stamp, models };
    return models;
  }
}

function lineOf(program: OpenProgram, document: vscode.TextDocument, place: Span): SourceLine | undefined {
  const { text, around } = program;
  const imported = around.imported?.at(place);
  const lines = (before: string): number => before.split("\n").length - 1;
  if (imported)
    return {
      uri: document.uri.with({ path: imported.path }).toString(),
      line: lines(imported.file.text.slice(0, place.from - imported.base)),
    };
  if (place.to > text.length) return undefined;
  const [uri, from] = program.locate(place);
  return { uri, line: lines(text.slice(place.from - from, place.from)) };
}
