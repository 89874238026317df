"""Four mistakes that everybody makes once. Put the cursor on one and press Ctrl+. for the fix."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(64)  # wrong: conv1 gives 32 channels
        self.conv2 = nn.Conv2d(32, 64, 3, stride=2)
        self.fc = nn.Linear(64 * 8 * 8, 10)  # wrong: the images are smaller by now

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        x = F.max_pool2d(x, 2)
        x = F.relu(self.conv2(x))  # 16x16x32 -> 8x8x64
        x = torch.flatten(x, 1)
        return self.fc(x)


model = Classifier()
model(torch.randn(8, 3, 32, 32))


# This one fits no input at all: no size of picture makes 128 channels out of 64.
encoder = nn.Sequential(
    nn.Conv2d(3, 64, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(128, 256, 3, padding=1),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(256, 10),
)
