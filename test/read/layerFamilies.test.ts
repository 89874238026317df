import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { opNamed } from "../../src/core/ops/index.js";
import { followPython } from "../../src/read/python/models.js";

/** PyTorch's own base classes of each layer, by the layer's name. */
const bases: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync("test/oracle/layerBases.json", "utf8"),
);

const all = [...new Set(Object.values(bases).flat())].filter((name) => !name.endsWith("Mixin"));

test("a layer's class is derived from those classes that PyTorch derives it from, and from no other", () => {
  const layers = Object.keys(bases).filter((name) => opNamed(name)?.torch?.startsWith("nn."));
  assert.ok(layers.length > 60);
  const paths = all.map((name) => (name.startsWith("_") ? `nn.modules.batchnorm.${name}` : `nn.${name}`));
  const text = [
    "import torch.nn as nn",
    ...layers.flatMap((layer) => paths.map((path, i) => `${layer}_${i} = issubclass(nn.${layer}, ${path})`)),
  ].join("\n");
  const { names } = followPython(text);
  for (const layer of layers)
    for (const [i, cls] of all.entries()) {
      const value = names.get(`${layer}_${i}`);
      const isKnown = !cls.startsWith("_") || value?.kind === "bool";
      if (!isKnown) continue;
      assert.deepEqual(
        value,
        { kind: "bool", value: layer === cls || bases[layer]?.includes(cls) },
        `${layer}, ${cls}`,
      );
    }
});

test("objects are of their classes' bases, and parameters are no plain tensors", () => {
  const { names } = followPython(`
import torch
import torch.nn as nn
from torch.nn.modules.batchnorm import _BatchNorm
class Own(nn.BatchNorm1d): pass
class Plain: pass
class Model(nn.Module): pass
yes = [isinstance(nn.BatchNorm2d(3), _BatchNorm), isinstance(Own(3), _BatchNorm), issubclass(Own, _BatchNorm),
       isinstance(nn.Conv2d(3, 3, 1), (_BatchNorm, nn.modules.conv._ConvNd)), isinstance(Model(), nn.Module), issubclass(Model, nn.Module),
       isinstance(nn.Parameter(torch.zeros(3)), nn.Parameter)]
no = [isinstance(Plain(), nn.Module), issubclass(Plain, nn.Module), isinstance(Model(), nn.Linear), isinstance(torch.zeros(3), nn.Parameter)]
`);
  const truths = (name: string): unknown => {
    const list = names.get(name);
    return list?.kind === "list" ? list.items?.map((v) => (v.kind === "bool" ? v.value : v.kind)) : undefined;
  };
  assert.deepEqual(truths("yes"), Array(7).fill(true));
  assert.deepEqual(truths("no"), Array(4).fill(false));
});
