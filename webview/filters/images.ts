/** An image of grey levels from 0 to 255, row by row. */
export interface GreyImage {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
}

const SIZE = 96;

/** Largest side of an image that a reader brings. */
const LARGEST = 128;

function drawn(name: string, level: (x: number, y: number) => number): GreyImage {
  const pixels = Array.from({ length: SIZE * SIZE }, (_, at) =>
    Math.round(Math.min(255, Math.max(0, level(at % SIZE, Math.floor(at / SIZE))))),
  );
  return { name, width: SIZE, height: SIZE, pixels };
}

/** How far a place is from a line between two others. */
function fromLine(x: number, y: number, [x1, y1, x2, y2]: readonly [number, number, number, number]): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

/** Grain, the same for the same place. */
const grain = (x: number, y: number): number => {
  const mixed = Math.imul(x * 374_761_393 + y * 668_265_263, 1_274_126_177);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % 13;
};

const SEVEN = [
  [26, 22, 70, 22],
  [70, 22, 44, 76],
  [36, 50, 64, 50],
] as const;

/** Images to try a filter on: plain shapes, rings that grow finer, a written digit, hills with grain. */
export const IMAGES: readonly GreyImage[] = [
  drawn("Shapes", (x, y) => {
    if (Math.hypot(x - 28, y - 30) < 19) return 230;
    if (x >= 56 && x < 86 && y >= 14 && y < 44) return 160;
    if (y >= 56 && y < 86 && Math.abs(x - 28) < (y - 56) * 0.7) return 110;
    return fromLine(x, y, [58, 84, 88, 54]) < 2.5 ? 255 : 30;
  }),
  drawn("Rings", (x, y) => 127.5 + 127.5 * Math.cos(((x - 47.5) ** 2 + (y - 47.5) ** 2) / 42)),
  drawn(
    "Digit",
    (x, y) => 255 * Math.min(1, Math.max(0, 1 - (Math.min(...SEVEN.map((l) => fromLine(x, y, l))) - 4) / 2)),
  ),
  drawn("Hills", (x, y) => {
    const far = 50 + 7 * Math.sin(x / 11) + 4 * Math.sin(x / 5 + 1);
    const near = 68 + 6 * Math.sin(x / 9 + 2) + 3 * Math.sin(x / 4);
    const plain = y > near ? 55 : y > far ? 105 : Math.hypot(x - 70, y - 22) < 9 ? 245 : 200 - y;
    return plain + grain(x, y) - 6;
  }),
];

/** An image of a reader's file as grey levels, made smaller where it is large; undefined for what is no image. */
export async function imageOf(file: File): Promise<GreyImage | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return undefined;
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  // Rec. 601: how bright a colour looks.
  const pixels = Array.from({ length: width * height }, (_, at) =>
    Math.round(0.299 * (data[4 * at] ?? 0) + 0.587 * (data[4 * at + 1] ?? 0) + 0.114 * (data[4 * at + 2] ?? 0)),
  );
  return { name: file.name, width, height, pixels };
}
