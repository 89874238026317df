import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BrowserContext, chromium, type Frame, type Page } from "playwright-core";
import { findBrowser } from "../../.scripts/browser.mjs";
import { serve } from "../../.scripts/serve.mjs";

const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-features=TrackingProtection3pcd,ThirdPartyStoragePartitioning",
];

const settings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "editor.minimap.enabled": false,
  "files.exclude": { ".vscode": true },
};

const themes = { light: "Light Modern", dark: "Dark Modern", hc: "Dark High Contrast" };

// A notebook lies over the group of editors, and stays there, hidden, when another file is shown.
const active =
  ":is(.editor-group-container.active, .notebookOverlay:not([style*='visibility: hidden'])) .monaco-editor";

interface Shared {
  readonly folder: string;
  readonly url: string;
  readonly context: BrowserContext;
  close(): Promise<void>;
}

let shared: Promise<Shared> | undefined;

/** One server and one browser for all tests of a run. */
async function start(): Promise<Shared> {
  const folder = mkdtempSync(join(tmpdir(), "dimsum-e2e-"));
  const profile = mkdtempSync(join(tmpdir(), "dimsum-profile-"));
  // Webviews live on another origin than the workbench and need storage there.
  mkdirSync(join(profile, "Default"));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify(preferences));
  const browser = await findBrowser();
  if (!browser) throw new Error("No browser was found.");
  const server = await serve({ folder, port: 3100 });
  const context = await chromium
    .launchPersistentContext(profile, {
      executablePath: browser.executablePath,
      env: browser.env as Record<string, string>,
      args: browserArguments,
      headless: true,
      viewport: { width: 1400, height: 900 },
    })
    .catch(async (error) => {
      await server.close();
      throw error;
    });
  return {
    folder,
    url: server.url,
    context,
    async close() {
      await context.close();
      await server.close();
      for (const path of [folder, profile]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Ends the server and the browser. */
export async function closeVSCode(): Promise<void> {
  // Where nothing could be started, nothing runs.
  const running = await shared?.catch(() => undefined);
  shared = undefined;
  await running?.close();
}

/**
 * Opens VS Code for the Web, with nothing remembered, on a folder with these files (path → text),
 * or on a copy of media/samples.
 */
export async function openVSCode(files?: Readonly<Record<string, string>>): Promise<VSCode> {
  shared ??= start();
  const { folder, url, context } = await shared;
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  if (!files) cpSync("media/samples", folder, { recursive: true });
  for (const [path, text] of Object.entries({ ".vscode/settings.json": JSON.stringify(settings), ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const page = await context.newPage();
  // The tab that was used before goes only now: the browser ends with its last tab.
  for (const other of context.pages()) if (other !== page) await other.close();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: url, storageTypes: "all" });
  const code = new VSCode(page, folder);
  await page.goto(url);
  await page.locator(".explorer-folders-view .monaco-list").waitFor({ timeout: 60_000 });
  return code;
}

/** A workbench in the browser and what a person does and sees there. Lines and columns count from 1. */
export class VSCode {
  /** The address of every request since the workbench was opened. */
  readonly requests: string[] = [];
  /** What the page and the extension host wrote to the console. */
  readonly console: string[] = [];

  private file = "";

  constructor(
    readonly page: Page,
    private readonly folder: string,
  ) {
    page.setDefaultTimeout(15_000);
    page.on("request", (request) => this.requests.push(request.url()));
    page.on("console", (message) => this.console.push(`${message.type()}: ${message.text()}`));
  }

  /** Opens a file of the folder by a double click in the explorer. */
  async openFile(path: string): Promise<void> {
    const names = path.split("/");
    if (!(await this.page.locator(".explorer-folders-view").isVisible()))
      await this.page.keyboard.press("Control+Shift+E");
    for (const [index, name] of names.entries()) {
      const row = this.page.locator(`.explorer-folders-view .monaco-list-row[aria-level="${index + 1}"]`, {
        has: this.page.locator(".label-name", { hasText: exactly(name) }),
      });
      if (index === names.length - 1) await row.dblclick();
      else if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    }
    await this.page.locator(`.tab.active[data-resource-name=${JSON.stringify(names.at(-1))}]`).waitFor();
    const content = ".editor-instance .monaco-editor .view-line, .notebookOverlay .monaco-list-row";
    await this.page.locator(content).first().waitFor({ state: "attached" });
    this.file = path;
  }

  /** Opens a cell of the active notebook for editing and puts the cursor into it; counts from 0. */
  async editCell(index: number): Promise<void> {
    const cell = this.page.locator(".notebookOverlay .cell-list-container .monaco-list-row").nth(index);
    // Rendered text is not the cell's own but a webview's over it, so the mouse goes to the place.
    const { x, y } = await cell.evaluate((row) => {
      const { left, top, height } = row.getBoundingClientRect();
      return { x: left + 80, y: top + Math.min(height / 2, 30) };
    });
    await this.page.mouse.dblclick(x, y);
    await cell.locator(".monaco-editor.focused").waitFor({ state: "attached" });
  }

  /** Runs the command that the palette lists under exactly this title, as in "Dimsum: Show Layer". */
  async runCommand(title: string): Promise<void> {
    await this.quickInput(`>${title}`);
    await this.page
      .locator(".quick-input-list .monaco-list-row", {
        has: this.page.locator(".label-name", { hasText: exactly(title) }),
      })
      .first()
      .click();
    // The command may ask for more in the same place.
    await this.page.waitForFunction(() => {
      const input = document.querySelector<HTMLInputElement>(".quick-input-widget input[type=text]");
      return !input?.checkVisibility() || !input.value.startsWith(">");
    });
  }

  /** The titles that the palette offers for these words. */
  async commands(words: string): Promise<string[]> {
    await this.quickInput(`>${words}`);
    const rows = this.page.locator(".quick-input-list .monaco-list-row .label-name");
    await rows.first().waitFor();
    const titles = await rows.allInnerTexts();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Puts the cursor of the active editor there. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.quickInput(`:${line},${column}`);
    // Until the list says where Enter would go, Enter closes it and leaves the cursor where it was.
    const offer = new RegExp(`line ${line}\\b`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: offer }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await this.page.locator(".statusbar", { hasText: new RegExp(`Ln ${line}, Col`) }).waitFor();
  }

  /** Puts the cursor into the first place of the text in the file as it was opened; `from` finds a later one. */
  async goToText(text: string, from = ""): Promise<void> {
    const whole = readFileSync(join(this.folder, this.file), "utf8");
    const start = whole.indexOf(text, whole.indexOf(from) + from.length);
    if (start < 0) throw new Error(`${this.file} does not contain ${JSON.stringify(text)}.`);
    const before = whole.slice(0, start).split("\n");
    await this.goTo(before.length, before.at(-1)!.length + 1);
  }

  /** The text of the hover at a place or at the first place of a text; "" if nothing shows. */
  async hoverAt(at: string | { readonly line: number; readonly column: number }): Promise<string> {
    if (typeof at === "string") await this.goToText(at);
    else await this.goTo(at.line, at.column);
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("ControlOrMeta+k");
    await this.page.keyboard.press("ControlOrMeta+i");
    const hover = this.page.locator('[widgetid*="ContentHover"] .monaco-hover:visible');
    try {
      await hover
        .filter({ hasNotText: /^\s*Loading\.\.\.\s*$/ })
        .first()
        .waitFor({ timeout: 8_000 });
    } catch {
      return "";
    }
    return plain(await hover.first().innerText());
  }

  /** The underlined pieces of the active editor, or of a notebook's open cells, that are in view; a cell has no line numbers. */
  async squiggles(): Promise<{ severity: string; line: number; text: string }[]> {
    return this.page.evaluate((active) => {
      const found: { severity: string; line: number; text: string }[] = [];
      for (const piece of document.querySelectorAll(`${active} [class*=squiggly-]`)) {
        const numbers = [...(piece.closest(".monaco-editor")?.querySelectorAll(".margin .line-numbers") ?? [])];
        const severity = /squiggly-(\w+)/.exec(piece.className)![1]!;
        const box = piece.getBoundingClientRect();
        const middle = (box.top + box.bottom) / 2;
        const place = (x: number) => document.caretRangeFromPoint(x, middle);
        const [first, last] = [place(box.left + 1), place(box.right - 1)];
        const range = document.createRange();
        if (first && last) {
          range.setStart(first.startContainer, first.startOffset);
          range.setEnd(last.endContainer, last.endOffset);
        }
        const number = numbers.find((line) => {
          const { top, bottom } = line.getBoundingClientRect();
          return top <= middle && middle <= bottom;
        });
        found.push({ severity, line: Number(number?.textContent), text: range.toString().replaceAll("\u00a0", " ") });
      }
      return found.sort((a, b) => a.line - b.line);
    }, active);
  }

  /** The rows of the problems view: message, source, place. */
  async problems(): Promise<string[]> {
    await this.runCommand("Problems: Focus on Problems View");
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    await rows
      .first()
      .waitFor({ timeout: 4_000 })
      .catch(() => undefined);
    return (await rows.allInnerTexts()).map(plain);
  }

  /** The inlay hints in view: those of a line as one text. */
  async inlayHints(): Promise<{ line: number; text: string }[]> {
    await this.settled(`${active} .view-lines span[class*=dyn-rule]`);
    return this.page.evaluate((active) => {
      return [...document.querySelectorAll(`${active} .view-line`)]
        .map((line) => {
          const numbers = [...(line.closest(".monaco-editor")?.querySelectorAll(".margin .line-numbers") ?? [])];
          const { top, bottom } = line.getBoundingClientRect();
          const number = numbers.find((each) => {
            const box = each.getBoundingClientRect();
            return box.top <= (top + bottom) / 2 && (top + bottom) / 2 <= box.bottom;
          });
          const text = [...line.querySelectorAll("span[class*=dyn-rule]")].map((piece) => piece.textContent).join("");
          return { line: Number(number?.textContent), text: text.replace(/[\u00a0\u200a\u2002-\u200b]/g, " ").trim() };
        })
        .filter(({ text }) => text !== "")
        .sort((a, b) => a.line - b.line);
    }, active);
  }

  /** The texts of the code lenses in view. */
  async codeLenses(): Promise<string[]> {
    await this.settled(".codelens-decoration");
    return (await this.page.locator(".codelens-decoration").allInnerTexts()).map(plain).filter((text) => text !== "");
  }

  /** The titles of the quick fixes at the cursor. */
  async quickFixes(): Promise<string[]> {
    const rows = await this.quickFixRows();
    const titles = (await rows.allInnerTexts()).map(plain);
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Applies the quick fix at the cursor whose title contains these words. */
  async applyQuickFix(words: string): Promise<void> {
    const rows = await this.quickFixRows();
    const wanted = rows.filter({ hasText: words }).first();
    // The list lies under a layer that takes the mouse, so the keyboard chooses.
    for (let i = await rows.count(); i > 0; i--) {
      if ((await wanted.getAttribute("class"))?.includes("focused")) break;
      await this.page.keyboard.press("ArrowDown");
    }
    await this.page.keyboard.press("Enter");
    await this.page.waitForTimeout(300);
  }

  /** Types at the cursor. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.page.waitForTimeout(100);
  }

  /** The lines in view of the active editor, or of a notebook's open cells. */
  async text(): Promise<string> {
    const lines = this.page.locator(`${active} .view-line`);
    const placed = await lines.evaluateAll((elements) =>
      elements.map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? "" })),
    );
    return placed
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll("\u00a0", " "))
      .join("\n");
  }

  /** The frame of Dimsum's webview, once its content is there. */
  async webview(holds = "body *"): Promise<Frame> {
    for (let tries = 0; tries < 100; tries++) {
      for (const outer of this.page.frames().filter((frame) => /[?&]extensionId=dimsum\.dimsum/i.test(frame.url()))) {
        const inner = outer.childFrames()[0];
        if (
          inner &&
          (await inner
            .locator(holds)
            .count()
            .catch(() => 0)) > 0
        )
          return inner;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error("Dimsum's webview did not appear.");
  }

  /** Waits until something holds. */
  async until(condition: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (await condition().catch(() => false)) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`This did not come true in 30 s: ${condition}`);
  }

  /** Switches to one of VS Code's own themes. */
  async setTheme(theme: keyof typeof themes): Promise<void> {
    const input = this.page.locator(".quick-input-widget input[type=text]");
    // VS Code closes the list again where a page behind it takes the focus as it starts.
    for (let tries = 0; tries < 5; tries++) {
      await this.runCommand("Preferences: Color Theme").catch(() => {});
      const isOpen = await input.fill(themes[theme], { timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (isOpen) break;
      await this.page.keyboard.press("Escape");
    }
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: themes[theme] }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Writes a picture of the whole window. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  private async quickInput(text: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget input[type=text]");
    await input.waitFor();
    await input.fill(text);
  }

  private async quickFixRows() {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    const none = this.page.locator(".message", { hasText: "No code actions available" });
    // VS Code drops what it has where another extension says just then that it has fixes, too: a person asks again.
    for (let tries = 0; tries < 4; tries++) {
      await this.page.keyboard.press("ControlOrMeta+.");
      await rows.first().or(none).waitFor();
      if ((await rows.count()) > 0) break;
      await this.page.keyboard.press("Escape");
      await none.waitFor({ state: "hidden" });
      await this.page.waitForTimeout(300);
    }
    return rows;
  }

  /** Waits until something shows there, and a moment for the rest; nothing at all is an answer too. */
  private async settled(selector: string): Promise<void> {
    await this.page
      .locator(selector)
      .first()
      .waitFor({ timeout: 4_000 })
      .catch(() => undefined);
    await this.page.waitForTimeout(300);
  }
}

const plain = (text: string) => text.replace(/[\u00a0\u200b]/g, " ").trim();

const exactly = (text: string) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
