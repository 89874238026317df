import type { CellMark, Frame, GridMark } from "../../webview/scenes/marks.js";

const width = 6;
const grounds = { plain: "", padding: "~", beyond: "x", unread: "/" } as const;

/** A frame as text: `[3]` is lit, `<3>` chosen, `3?` not reached yet; `~` padding, `/` read by no window, `x` past the padding. */
export function frameText(frame: Frame): string {
  const tiles = frame.tiles.map(({ value, weight }) => `${value}×${weight}`).join(" ");
  return [
    `step ${frame.step + 1} of ${frame.steps}: ${frame.title}`,
    frame.sentence,
    ...frame.grids.flatMap(gridText),
    ...(tiles === "" ? [] : [`tiles: ${tiles} = ${frame.tilesTotal}`]),
    ...frame.sums.map(({ label, parts, current }) => {
      const text = parts.map((part) => part.text.replace("\u00a0", " ")).join("");
      return `${current ? ">" : " "} ${label === "" ? "" : `${label}: `}${text}`;
    }),
    "",
  ].join("\n");
}

function gridText({ title, channel, caption, part, colHeads, rowHeads, cells, frame }: GridMark): string[] {
  const framed = frame ? `, frame ${frame.row},${frame.col} ${frame.height}×${frame.width}` : "";
  const titled = channel === undefined ? title : `${title} channel ${channel}`;
  const name = [titled, caption, part].filter((text) => text !== undefined).join(", ");
  const rows = rowHeads.map((head, row) => {
    const line = cells.filter((cell) => cell.row === row).map((cell) => cellText(cell).padStart(width));
    return head.padStart(3) + line.join("");
  });
  return [`${name}${framed}`, "   ".concat(...colHeads.map((head) => head.padStart(width))), ...rows];
}

function cellText({ text, ground, state }: CellMark): string {
  const number = `${grounds[ground]}${text}`;
  return { quiet: number, lit: `[${number}]`, chosen: `<${number}>`, later: `${number}?` }[state];
}
