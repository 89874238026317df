#!/usr/bin/python3
"""PyTorch's own answers for the model files in test/fixtures/zoo.

usage: zooModels.py [--cases] > test/oracle/zooModels.jsonl          (in the repository's folder, with Debian's python3-torch 1.13)

One line a case:
  {"file": "test/fixtures/zoo/lenet_view.py", "expr": "LeNet()", "input": [2, 1, 28, 28], "output": [2, 10], "params": 61706,
   "trainable": 61706, "leaves": [["c1", "Conv2d", [2, 6, 28, 28], 156], ...]}
"leaves" lists every call of a module without children, in the order of execution: path in the model, class, output shape (a list of
shapes for several outputs), parameters. Models run in eval mode on zeros. With --cases only the cases are listed.
"""
import contextlib
import io
import json
import sys
import types
import warnings

import torch
from torch import nn

FOLDER = "test/fixtures/zoo"

CASES = {
    "lenet_view": {"LeNet()": [2, 1, 28, 28], "LeNet(in_ch=3, n_class=100, pad=0)": [3, 3, 32, 32], "LeNetBN(7)": [2, 3, 32, 32]},
    "alexnet_vgg": {"AlexNet()": [1, 3, 224, 224], "VGG('tiny')": [2, 3, 8, 8], "VGG('B', 100, False, hidden=64)": [1, 3, 32, 32],
                    "vgg11()": [1, 3, 32, 32]},
    "resnet_cifar": {"ResNet18()": [1, 3, 32, 32], "ResNet26()": [2, 3, 32, 32], "resnet20()": [1, 3, 32, 32]},
    "resnet_tv": {"resnet18()": [1, 3, 64, 64], "resnet50_thin()": [1, 3, 64, 96], "resnext26_4x8d(num_classes=7)": [1, 3, 64, 64],
                  "resnet18_gn()": [2, 3, 48, 48],
                  "resnet50_thin(dilate=[False, True, True])": [1, 3, 64, 64]},
    "densenet": {"DenseNet()": [1, 3, 64, 64], "DenseNet(8, (2, 3), 16, bottleneck=2, small_inputs=True)": [2, 3, 16, 16]},
    "googlenet": {"GoogLeNet()": [1, 3, 96, 96], "GoogLeNet(n=5, aux=False)": [1, 3, 64, 80]},
    "mobilenetv2": {"MobileNetV2()": [1, 3, 64, 64], "mobilenet_v2(width=0.35, num_classes=7)": [1, 3, 96, 96],
                    "MobileNetV2(table=[[1, 8, 1, 1], [4, 16, 2, 2]])": [2, 3, 32, 32]},
    "efficientnet": {"EfficientNet()": [1, 3, 64, 64], "EfficientNet(NetConfig(width=0.5, depth=1.4), num_classes=9)": [1, 3, 48, 48]},
    "shufflenet": {"shufflenet_small()": [1, 3, 64, 64], "shufflenet_x1_0(5)": [2, 3, 64, 64]},
    "unet": {"UNet(1, 1)": [1, 1, 65, 65], "UNet()": [1, 3, 32, 48], "UNetOld(3, 2)": [1, 3, 37, 50],
             "UNetOld(1, 4, bilinear=True)": [1, 1, 32, 32]},
    "convnext": {"ConvNeXt()": [1, 3, 64, 64], "ConvNeXt('tiny', num_classes=3)": [2, 3, 32, 32]},
    "vit": {"ViT()": [2, 3, 32, 32], "ViT(img=48, patch=16, depth=1, pool='mean', learned=False)": [1, 3, 48, 48]},
    "swin": {"Swin()": [1, 3, 32, 32], "Swin(img_size=64, patch_size=4, depths=(1, 2, 1), heads=(1, 2, 4), dim=16)": [2, 3, 64, 64]},
    "char_rnn": {"CharRNN()": [3, 9], "CharRNN(cell='GRU', bi=False, layers=1)": [2, 5], "CharRNN(cell='RNN')": [2, 5],
                 "HandMadeRNN(20, 16, 4)": [6, 2, 20], "LastHidden()": [3, 7, 12]},
    "gpt_mini": {"MiniGPT(Settings())": [2, 20], "nano(context=16, bias=False)": [1, 16]},
    "transformer_cls": {"TextClassifier()": [3, 11], "AttnPool()": [2, 9, 20]},
    "mlp_mixer": {"mixer_s()": [1, 3, 32, 48], "mixer_xs(depth=1)": [2, 1, 28, 28]},
    "vae_conv": {"ConvVAE()": [2, 3, 32, 32], "ConvVAE(1, 4, [4, 8], size=28)": [3, 1, 28, 28], "AE(z=3)": [2, 1, 28, 28]},
    "dcgan": {"Gen()": [2, 100, 1, 1], "Disc()": [2, 3, 64, 64], "GenUp()": [2, 64], "make()": [1, 100, 1, 1]},
    "tcn": {"TCN(4, [8, 8, 16])": [2, 4, 30], "TCN(3, [6] * 4, kernel=3)": [1, 3, 20], "WaveNet()": [1, 32, 40]},
    "video3d": {"C3D()": [1, 3, 8, 48, 48], "R2Plus1D()": [1, 3, 8, 32, 32]},
    "pointnet": {"PointNet()": [2, 3, 50], "PointSeg()": [2, 3, 40]},
    "se_resnet_ordered": {"SEResNet()": [2, 3, 32, 32], "se_resnet_small()": [1, 3, 24, 24], "se_resnet_frozen()": [1, 3, 32, 32]},
    "backbones_registry": {"create('plainnet')": [1, 3, 32, 32], "create('plain_wide', num_classes=4)": [2, 3, 32, 32],
                           "create('two_branch', branch_kernel=7, in_channels=1)": [1, 1, 48, 48],
                           "create('residual').freeze('stem', 'body')": [1, 3, 32, 32]},
    "config_net": {"ConfigNet()": [2, 3, 32, 32], "SpecNet()": [2, 3, 32, 32], "SpecNet('c4k3s2-p2-f5', (1, 20, 24), act='tanh')": [1, 1, 20, 24],
                   "mlp([4, 64, 64, 2], nn.Tanh)": [3, 4]},
    "einsum_net": {"EinsumNet()": [2, 7, 12], "BilinearPooling()": [2, 3, 20, 20]},
    "siamese_mnist": {"Baseline()": [2, 1, 28, 28], "Embed()": [2, 1, 28, 28], "Siamese()": [3, 2, 28, 28], "Seq()": [2, 1, 28, 28],
                      "Locnet()": [2, 1, 28, 28]},
    "fourier_operator": {"Operator()": [2, 2, 16, 16], "Operator(1, 8, (3, 5), depth=2, padding=0)": [1, 1, 12, 20], "LineOperator()": [2, 64],
                         "RotaryMixer()": [2, 9, 16]},
    "experts_adapters": {"Experts()": [2, 7, 12], "adapt(mlp([6, 10, 10, 4]), rank=3, skip=('fc2',))": [3, 6],
                         "plain([5, 8, 2], last=nn.Softplus)": [2, 5], "Policy()": [2, 4, 36, 36], "Mixture()": [4, 6]},
    "parsed_detector": {"Detector()": [1, 3, 64, 64], "Detector(channels=1, classes=3, width=0.5)": [2, 1, 96, 64]},
    "nested_fusion": {"NestedUNet(3, 2)": [1, 3, 32, 32], "NestedUNet(1, 4, [4, 6, 8], deep=False)": [2, 1, 24, 16], "Dilated(5)": [1, 3, 64, 64],
                      "Dilated(3, stride=16, width=4)": [1, 3, 64, 96], "Fusion([4, 8, 16])": [1, 4, 16, 16]},
    "weighted_pyramid": {"PyramidDetector()": [1, 3, 64, 64], "PyramidDetector(width=8, cells=1, classes=3, levels=4, stem=(4, 6))": [2, 3, 128, 96]},
    "recurrences": {"Retention(16, 4)": [2, 9, 16], "TimeMix(12)": [2, 6, 12], "StateSpace()": [2, 7, 12],
                    "StateSpace(16, states=3, rank=5)": [1, 4, 16], "RelativeMemory(12, 3)": [5, 2, 12]},
    "sampled_points": {"PointSets()": [2, 64, 3], "DynamicGraph()": [2, 3, 40], "DynamicGraph((6, 10), k=3)": [1, 6, 20]},
    "config_segmentor": {"MODELS.build(PLAIN)": [1, 3, 48, 48], "build(TOP_DOWN, MODELS)": [1, 3, 64, 48],
                         "BODIES.build(dict(type='Body', depth=18, base=4, out=(1, 2)))": [1, 3, 32, 32]},
    "speech_blocks": {"Conformer()": [2, 40, 20], "Conformer(30, causal=True)": [2, 40, 30], "Dilated()": [1, 1, 50],
                      "Spelling()": [2, 9, 20], "Lengths()": [3, 7]},
    "relative_attention": {"HybridNet((32, 64), (4, 8, 12), 'CC', (1, 2), classes=3)": [2, 3, 32, 64],
                           "HybridNet(plan='TT', depths=(1, 1))": [1, 3, 32, 32], "HybridNet()": [1, 3, 32, 32], "Windows()": [1, 8, 8, 16]},
    "spikes_capsules": {"Spiking()": [3, 20], "Domains()": [4, 12], "Capsules()": [2, 1, 20, 20], "splines([4, 6, 2])": [5, 4],
                        "Made()": [2, 3, 9, 9]},
    "training_script": {"SignalNet()": [3, 6, 64], "SignalNet(3, 40, (8,), classes=2)": [2, 3, 40]},
}


def cases():
    for name, models in CASES.items():
        for expr, shape in models.items():
            yield {"file": f"{FOLDER}/{name}.py", "expr": expr, "input": shape}


def shapes(value):
    if torch.is_tensor(value):
        return list(value.shape)
    if isinstance(value, (tuple, list)):
        return [shapes(v) for v in value]
    return None


def answer(case):
    module, leaves = types.ModuleType("model"), []
    sys.modules["model"] = module  # dataclasses look their module up
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(open(case["file"]).read(), case["file"], "exec"), module.__dict__)
        model = eval(case["expr"], module.__dict__).eval()
        for path, part in model.named_modules():
            if not list(part.children()):
                def note(layer, _, output, path=path):
                    leaves.append([path, type(layer).__name__, shapes(output), sum(p.numel() for p in layer.parameters())])
                part.register_forward_hook(note)
        output = model(torch.zeros(case["input"]))
    params = list(model.parameters())
    return {**case, "output": shapes(output), "params": sum(p.numel() for p in params),
            "trainable": sum(p.numel() for p in params if p.requires_grad), "leaves": leaves}


def main():
    for case in cases():
        print(json.dumps(case if "--cases" in sys.argv else answer(case)), flush=True)


warnings.filterwarnings("ignore")
torch.set_grad_enabled(False)
if __name__ == "__main__":
    main()
