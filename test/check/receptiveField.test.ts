import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/check/analyze.js";

/** What the hover over a layer's call says of its receptive field. */
function fieldAt(body: string, call: string): string | undefined {
  const text = `import torch
import torch.nn as nn
x = torch.randn(1, 3, 64, 64)
a = nn.Conv2d(3, 8, 3, padding=1)
b = nn.Conv2d(8, 8, 3, stride=2, padding=1)
c = nn.Conv2d(8, 8, 5, padding=2)
up = nn.ConvTranspose2d(8, 8, 2, stride=2)
flat = nn.Flatten()
${body}`;
  const hover = analyze(text, "python", "answer").hover(text.lastIndexOf(call))?.markdown ?? "";
  return /receptive field ([^·\n]*)/.exec(hover)?.[1]?.trim();
}

test("A layer behind others sees through them to the input.", () => {
  assert.equal(fieldAt("y = b(a(x))", "b(a(x))"), "5×5, jump 2, start 0.5");
  assert.equal(fieldAt("y = c(torch.relu(b(a(x))).float())", "c(torch"), "13×13, jump 2, start 0.5");
});

/** What is said of a comment behind a layer that sees 5×5 with a jump of 2, under which another window of 5 comes. */
function verdictOf(comment: string): string {
  const text = `import torch
import torch.nn as nn
a = nn.Conv2d(3, 8, 3, padding=1)
b = nn.Conv2d(8, 8, 3, stride=2, padding=1)
c = nn.Conv2d(8, 8, 5, padding=2)
x = b(a(torch.randn(1, 3, 64, 64)))
x = c(x)  # ${comment}`;
  const { claims, findings } = analyze(text, "python", "answer");
  return [claims[0]?.verdict ?? "", findings[0]?.message ?? ""].join(" ").trim();
}

test("A receptive field in a comment is judged, and a wrong one gets its mistake's name.", () => {
  for (const right of ["RF: 13", "receptive field = 13x13", "receptive field: 13×13 px", "13x13 receptive field"])
    assert.equal(verdictOf(right), "right", right);
  for (const silent of ["RF is large", "receptive field of the encoder", "RFC 13", "rf 13 of 20"])
    assert.equal(verdictOf(silent), "", silent);
  assert.match(verdictOf("RF: 5"), /^wrong .* sees 5×5, it sees 13×13\. Only this layer's window counted/);
  assert.match(verdictOf("RF: 9"), /^wrong .* The jump left out/);
  assert.match(verdictOf("RF: 10"), /^wrong .* Doubled/);
  assert.match(verdictOf("RF: 15"), /^wrong .* K counted where K − 1 belongs/);
  assert.match(verdictOf("RF: 77"), /^wrong .* it sees 13×13\. Change the comment/);
});

test("A sum of two branches sees what either sees.", () => {
  assert.equal(fieldAt("h = b(a(x))\ny = c(c(h) + h)", "c(c(h)"), "21×21, jump 2, start 0.5");
  assert.equal(fieldAt("h = a(x)\ny = c(h + 1)", "c(h + 1)"), "7×7, jump 1, start 0.5");
});

test("Behind what goes back, mixes or lays out anew nothing is said.", () => {
  assert.equal(fieldAt("y = c(up(b(a(x))))", "c(up"), undefined);
  assert.equal(fieldAt("y = c(a(x).transpose(2, 3))", "c(a(x)"), undefined);
  assert.equal(fieldAt("y = c(a(x).flip(3))", "c(a(x)"), undefined);
  assert.equal(fieldAt("y = c(torch.cat([a(x), a(x)], 2))", "c(torch.cat"), undefined);
  assert.equal(fieldAt("y = nn.Linear(8192, 10)(flat(b(a(x))))", "nn.Linear(8192"), undefined);
  assert.equal(fieldAt("h = b(a(x))\ny = nn.Linear(8192, 10)(h.view(1, -1))", "nn.Linear(8192"), undefined);
});
