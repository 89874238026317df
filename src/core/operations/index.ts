import { arithmetic } from "./arithmetic.js";
import { attentions } from "./attention.js";
import { cat } from "./cat.js";
import { complexNumbers } from "./complexNumbers.js";
import { convolutions } from "./convolution.js";
import { creation } from "./creation.js";
import { decompositions } from "./decomposition.js";
import { diagonals } from "./diagonal.js";
import { difference } from "./difference.js";
import { distance } from "./distance.js";
import { einops } from "./einops.js";
import { einsums } from "./einsum.js";
import { elementwise } from "./elementwise.js";
import { expand } from "./expand.js";
import { extremes } from "./extremes.js";
import { fourier } from "./fourier.js";
import { functionalActivations } from "./functionalActivations.js";
import { gathering } from "./gather.js";
import { indexing } from "./indexing.js";
import { layerForms } from "./layerForms.js";
import { linears } from "./linear.js";
import { madeTensors } from "./madeTensors.js";
import { masking } from "./masking.js";
import { matmul } from "./matmul.js";
import { matrixSums } from "./matrixSums.js";
import { normalizations } from "./normalization.js";
import type { Operation } from "./operation.js";
import { permute } from "./permute.js";
import { rearranging } from "./rearrange.js";
import { reductions } from "./reduction.js";
import { reshape } from "./reshape.js";
import { sampling } from "./sampling.js";
import { selecting } from "./select.js";
import { several } from "./several.js";
import { sorting } from "./sorting.js";
import { splitting } from "./split.js";
import { squeeze } from "./squeeze.js";
import { windows } from "./windows.js";

/** Every operation on tensors. */
export const operations: readonly Operation[] = [
  ...creation,
  ...madeTensors,
  ...complexNumbers,
  ...elementwise,
  ...arithmetic,
  ...several,
  ...reductions,
  ...extremes,
  ...sorting,
  ...reshape,
  ...permute,
  ...squeeze,
  ...expand,
  ...cat,
  ...splitting,
  ...selecting,
  ...indexing,
  ...gathering,
  ...masking,
  ...matmul,
  ...matrixSums,
  ...einsums,
  ...einops,
  ...diagonals,
  ...decompositions,
  ...fourier,
  ...rearranging,
  ...difference,
  ...distance,
  ...windows,
  ...convolutions,
  ...linears,
  ...normalizations,
  ...functionalActivations,
  ...attentions,
  ...sampling,
  ...layerForms,
];

/** An operation with those of its signatures that a name is called by. */
export interface Callable {
  readonly operation: Operation;
  readonly signatures: readonly string[];
}

const byCallee = new Map<string, { operation: Operation; signatures: string[] }>();
for (const operation of operations)
  for (const call of operation.calls) {
    const callee = call.split("(")[0] ?? "";
    const known = byCallee.get(callee);
    if (known?.operation === operation) known.signatures.push(call);
    else if (!known) byCallee.set(callee, { operation, signatures: [call] });
  }

/** The operation of that name: `torch.cat`, `F.conv2d`, `Tensor.view`. */
export const operationNamed = (callee: string): Callable | undefined => byCallee.get(callee);

/** The names in a namespace that operations are called by: `F.`. */
export const namesIn = (space: string): readonly string[] =>
  [...byCallee.keys()].filter((callee) => callee.startsWith(space)).map((callee) => callee.slice(space.length));
