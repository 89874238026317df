/** What the models of torchvision have in common: an attribute that is not set here is not known. */
export const COMMON = `
import torch
from torch import nn
from collections import OrderedDict
from functools import partial

class Model(nn.Module):
    def __init__(self):
        super().__init__()
    def __getattr__(self, name):
        return anything

class Classifier(Model):
    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))
`;
