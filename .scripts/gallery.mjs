// Shows the frames that the tests keep as text, as a page of drawings: npm run gallery
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
process.chdir(root);
const file = join(mkdtempSync(join(tmpdir(), "dimsum-gallery-")), "index.html");
const source = `
  import { writeGallery } from ${JSON.stringify(join(root, "test/webview/gallery.ts"))};
  console.log(writeGallery(${JSON.stringify(file)}) + " layers; open " + ${JSON.stringify(pathToFileURL(file).href)});
`;
const { gallery } = await bundle({ gallery: source });
await import(pathToFileURL(gallery).href);
