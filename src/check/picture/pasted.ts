import type { EditedTensor, WindowPicture } from "../../protocol.js";
import type { Rows } from "./matrixAt.js";
import type { Wish } from "./windowPicture.js";

/** The wish for a matrix in a plane of a tensor, or the sentence that says why it does not fit: an input of a plane takes its size, and what was
 * changed goes with the old one; all others must have their own. */
export function pasted(
  { axes, rank, operation, transposed }: WindowPicture,
  { edits = [], ...wish }: Wish,
  tensor: EditedTensor,
  plane: number,
  rows: Rows,
): Wish | string {
  const given = [rows.length, rows[0]?.length ?? 0];
  const own = axes.map(({ kernel, windows, size }) =>
    tensor === "weight" ? kernel : transposed ? windows.length : size,
  );
  const edit = { do: "matrix", tensor, plane, rows } as const;
  if (given.join() === own.join()) return { ...wish, edits: [...edits, edit] };
  if (tensor !== "input" || rank > 2 || operation === "linear" || (rank === 1 && given[0] !== 1))
    return `The matrix is ${given.join("×")}, but ${own.join("×")} numbers stand there. Take one of that size.`;
  const kept = edits.filter((other) => !("tensor" in other) || /^(weight|bias)$/.test(other.tensor));
  return { ...wish, edits: [...kept, edit], sizes: given.slice(-rank) };
}
