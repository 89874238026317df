import assert from "node:assert/strict";
import { test } from "node:test";
import { openVSCode } from "./vscode.js";

const HOMEWORK = `# Homework

## Counting

$3 \\cdot 3 \\cdot 10 \\cdot 10 + 10 = 900$

$$
\\begin{align}
F K^2 C + F &= F (K^2 C + 1) \\\\
            &= F (K^2 C - 1)
\\end{align}
$$

## Derivatives

Let $\\sigma(x) = \\frac{1}{1 + e^{-x}}$. Then $\\sigma'(x) = \\sigma(x)(1 - \\sigma(x))$.
`;

test("Wrong steps of a derivation are underlined, right ones marked and counted, and the report says why.", async () => {
  const code = await openVSCode({ "homework2.md": HOMEWORK });
  await code.openFile("homework2.md");
  await code.until(async () => (await code.squiggles()).length >= 2);
  assert.deepEqual(
    (await code.squiggles()).map(({ severity, text }) => [severity, text.replace(/\u00a0/g, " ")]),
    [
      ["error", "900"],
      ["error", "F (K^2 C - 1)"],
    ],
  );
  assert.match(await code.hoverAt("900"), /The left side is 910, the right side 900\./);
  await code.until(async () => /2 ✓ · 2 ✗/.test(await code.page.locator(".statusbar").innerText()));
  await code.runCommand("Dimsum: Check Derivations");
  const report = await code.webview("table.steps");
  assert.equal(await report.locator("tr.right").count(), 2);
  assert.match(
    await report.locator("tr.wrong").last().innerText(),
    /F\(K²C \+ 1\) = F\(K²C − 1\)[\s\S]*a sign is the other way round/,
  );
  assert.deepEqual(await report.locator("h2").allInnerTexts(), ["Counting\n1 ✓ · 2 ✗", "Derivatives\n1 ✓"]);
  await report.locator("tr.wrong a", { hasText: "900" }).click();
  await code.until(async () =>
    /Ln 5, Col \d+ \(\d+ selected\)/.test(await code.page.locator(".statusbar").innerText()),
  );
});

test("The number of a wrong sum is set right by its quick fix.", async () => {
  const code = await openVSCode({ "homework2.md": HOMEWORK });
  await code.openFile("homework2.md");
  await code.until(async () => (await code.squiggles()).length >= 2);
  await code.goToText("900");
  await code.applyQuickFix("Set 910");
  await code.until(async () => (await code.text()).includes("+ 10 = 910$"));
  await code.until(async () => (await code.squiggles()).length === 1);
});
