import assert from "node:assert/strict";
import { test } from "node:test";
import { followPython } from "../../src/read/python/models.js";

/** Programs that are right, each with what was once said of it. */
const programs: Readonly<Record<string, string>> = {
  "a batch may have any name where a docstring says three sizes": `
class Resampler(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.p = nn.Linear(dim, dim)
    def forward(self, context, latents):
        """
        Args:
            context (\`torch.Tensor\`): Tensor of shape \`[bsz, seq, dim]\`.
            latents (\`torch.Tensor\`): Tensor of shape \`[bsz, n_latents, dim]\`.
        """
        b, s, d = context.shape[:3]
        q, k = self.p(latents), self.p(torch.cat([context, latents], dim=-2))
        q, k = [x.reshape(b, x.shape[1], self.heads, -1).transpose(1, 2) for x in (q, k)]
        return q @ k.transpose(-2, -1)
`,
  "a module that PyTorch compiles has attributes that its class does not have": `
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)
    def forward(self, x):
        return self.fc(x)
scripted = torch.jit.script(Model())
scripted.save("model.pt")
print(scripted.code, scripted.graph, scripted(torch.zeros(1, 3)))
traced = torch.jit.trace(Model(), torch.zeros(1, 3))
traced._save_for_lite_interpreter("model.ptl")
compiled = torch.compile(model=Model())
compiled._orig_mod.fc.weight
`,
};

for (const [name, text] of Object.entries(programs))
  test(name, () => {
    const { trace } = followPython(`import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n${text}`);
    assert.deepEqual(trace.mismatches, []);
  });
