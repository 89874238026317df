"""Image classification on CIFAR-10: a plain network, a residual one, and what regularization does to them."""

import argparse
import copy
import json
import math
import os
import random
import time
from collections import OrderedDict

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms

CLASSES = ("plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)


def set_seed(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    if torch.cuda.is_available():
        torch.cuda.manual_seed_all(seed)


def get_loaders(root, batch_size, val_fraction=0.1, workers=2):
    train_transform = transforms.Compose(
        [
            transforms.RandomCrop(32, padding=4),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize(MEAN, STD),
        ]
    )
    test_transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize(MEAN, STD)])
    full = datasets.CIFAR10(root, train=True, download=True, transform=train_transform)
    test = datasets.CIFAR10(root, train=False, download=True, transform=test_transform)
    n_val = int(len(full) * val_fraction)
    train, val = random_split(full, [len(full) - n_val, n_val])
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, num_workers=workers)
    val_loader = DataLoader(val, batch_size=batch_size, num_workers=workers)
    test_loader = DataLoader(test, batch_size=batch_size, num_workers=workers)
    return train_loader, val_loader, test_loader


class PlainNet(nn.Module):
    """Three blocks of two convolutions, then two linear layers."""

    def __init__(self, num_classes=10, dropout=0.5):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.conv3 = nn.Conv2d(32, 64, 3, padding=1)
        self.bn3 = nn.BatchNorm2d(64)
        self.conv4 = nn.Conv2d(64, 64, 3, padding=1)
        self.bn4 = nn.BatchNorm2d(64)
        self.conv5 = nn.Conv2d(64, 128, 3, padding=1)
        self.bn5 = nn.BatchNorm2d(128)
        self.conv6 = nn.Conv2d(128, 128, 3, padding=1)
        self.bn6 = nn.BatchNorm2d(128)
        self.pool = nn.MaxPool2d(2, 2)
        self.drop = nn.Dropout(dropout)
        self.fc1 = nn.Linear(128 * 4 * 4, 256)
        self.fc2 = nn.Linear(256, num_classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        x = self.pool(x)
        x = F.relu(self.bn3(self.conv3(x)))
        x = F.relu(self.bn4(self.conv4(x)))
        x = self.pool(x)
        x = F.relu(self.bn5(self.conv5(x)))
        x = F.relu(self.bn6(self.conv6(x)))
        x = self.pool(x)
        x = x.view(x.size(0), -1)
        x = self.drop(F.relu(self.fc1(x)))
        return self.fc2(x)


class ResidualBlock(nn.Module):
    expansion = 1

    def __init__(self, in_planes, planes, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_planes, planes, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, kernel_size=3, stride=1, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.shortcut = nn.Sequential()
        if stride != 1 or in_planes != self.expansion * planes:
            self.shortcut = nn.Sequential(
                nn.Conv2d(in_planes, self.expansion * planes, kernel_size=1, stride=stride, bias=False),
                nn.BatchNorm2d(self.expansion * planes),
            )

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.shortcut(x)
        return F.relu(out)


class ResNet(nn.Module):
    def __init__(self, block, num_blocks, num_classes=10):
        super().__init__()
        self.in_planes = 64
        self.conv1 = nn.Conv2d(3, 64, kernel_size=3, stride=1, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = self._make_layer(block, 64, num_blocks[0], stride=1)
        self.layer2 = self._make_layer(block, 128, num_blocks[1], stride=2)
        self.layer3 = self._make_layer(block, 256, num_blocks[2], stride=2)
        self.layer4 = self._make_layer(block, 512, num_blocks[3], stride=2)
        self.linear = nn.Linear(512 * block.expansion, num_classes)

    def _make_layer(self, block, planes, num_blocks, stride):
        strides = [stride] + [1] * (num_blocks - 1)
        layers = []
        for stride in strides:
            layers.append(block(self.in_planes, planes, stride))
            self.in_planes = planes * block.expansion
        return nn.Sequential(*layers)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.layer1(out)
        out = self.layer2(out)
        out = self.layer3(out)
        out = self.layer4(out)
        out = F.avg_pool2d(out, 4)
        out = out.view(out.size(0), -1)
        return self.linear(out)


def resnet18(num_classes=10):
    return ResNet(ResidualBlock, [2, 2, 2, 2], num_classes)


class Mlp(nn.Module):
    """The baseline that every other network has to beat."""

    def __init__(self, hidden=(512, 256), num_classes=10):
        super().__init__()
        sizes = [3 * 32 * 32, *hidden]
        layers = OrderedDict()
        for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:])):
            layers[f"fc{i}"] = nn.Linear(a, b)
            layers[f"relu{i}"] = nn.ReLU()
        layers["out"] = nn.Linear(sizes[-1], num_classes)
        self.net = nn.Sequential(layers)

    def forward(self, x):
        return self.net(torch.flatten(x, 1))


class AverageMeter:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update(self, value, n=1):
        self.total += value * n
        self.count += n

    @property
    def average(self):
        return self.total / max(self.count, 1)


def accuracy(logits, labels):
    predicted = logits.argmax(dim=1)
    return (predicted == labels).float().mean().item()


def mixup(images, labels, alpha):
    lam = np.random.beta(alpha, alpha) if alpha > 0 else 1.0
    order = torch.randperm(images.size(0), device=images.device)
    mixed = lam * images + (1 - lam) * images[order]
    return mixed, labels, labels[order], lam


def train_one_epoch(model, loader, optimizer, scheduler, criterion, device, alpha):
    model.train()
    losses, hits = AverageMeter(), AverageMeter()
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        mixed, first, second, lam = mixup(images, labels, alpha)
        optimizer.zero_grad()
        logits = model(mixed)
        loss = lam * criterion(logits, first) + (1 - lam) * criterion(logits, second)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm=5.0)
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        losses.update(loss.item(), images.size(0))
        hits.update(accuracy(logits, labels), images.size(0))
    return losses.average, hits.average


@torch.no_grad()
def evaluate(model, loader, criterion, device):
    model.eval()
    losses, hits = AverageMeter(), AverageMeter()
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        logits = model(images)
        losses.update(criterion(logits, labels).item(), images.size(0))
        hits.update(accuracy(logits, labels), images.size(0))
    return losses.average, hits.average


def confusion(model, loader, device, classes=len(CLASSES)):
    matrix = np.zeros((classes, classes), dtype=int)
    model.eval()
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(1).cpu()
            for truth, guess in zip(labels.tolist(), predicted.tolist()):
                matrix[truth, guess] += 1
    return matrix


def plot_history(history, path):
    fig, axes = plt.subplots(1, 2, figsize=(12, 4))
    for axis, key in zip(axes, ("loss", "accuracy")):
        for split in ("train", "val"):
            axis.plot(history[f"{split}_{key}"], label=split)
        axis.set_xlabel("epoch")
        axis.set_ylabel(key)
        axis.legend()
    fig.tight_layout()
    fig.savefig(path)
    plt.close(fig)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def build_model(name, num_classes=10):
    models = {"plain": PlainNet, "resnet18": resnet18, "mlp": Mlp}
    if name not in models:
        raise ValueError(f"Unknown model {name!r}; choose from {sorted(models)}")
    return models[name](num_classes=num_classes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="plain")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--alpha", type=float, default=0.2)
    parser.add_argument("--data", default="./data")
    parser.add_argument("--out", default="./runs")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    set_seed(args.seed)
    os.makedirs(args.out, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    train_loader, val_loader, test_loader = get_loaders(args.data, args.batch_size)
    model = build_model(args.model).to(device)
    print(model, f"{count_parameters(model):,} parameters")

    criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
    optimizer = optim.SGD(model.parameters(), lr=args.lr, momentum=0.9, weight_decay=5e-4)
    steps = args.epochs * math.ceil(len(train_loader.dataset) / args.batch_size)
    scheduler = optim.lr_scheduler.OneCycleLR(optimizer, max_lr=args.lr, total_steps=steps)

    history = {"train_loss": [], "train_accuracy": [], "val_loss": [], "val_accuracy": []}
    best, best_state = 0.0, None
    for epoch in range(args.epochs):
        start = time.time()
        train_loss, train_acc = train_one_epoch(model, train_loader, optimizer, scheduler, criterion, device, args.alpha)
        val_loss, val_acc = evaluate(model, val_loader, criterion, device)
        for key, value in zip(history, (train_loss, train_acc, val_loss, val_acc)):
            history[key].append(value)
        if val_acc > best:
            best, best_state = val_acc, copy.deepcopy(model.state_dict())
        print(f"epoch {epoch + 1:3d}: train {train_acc:.3f}, val {val_acc:.3f}, {time.time() - start:.1f} s")

    model.load_state_dict(best_state)
    test_loss, test_acc = evaluate(model, test_loader, criterion, device)
    print(f"test: {test_loss:.3f}, {test_acc:.3f}")
    print(confusion(model, test_loader, device))
    plot_history(history, os.path.join(args.out, "history.png"))
    with open(os.path.join(args.out, "result.json"), "w") as f:
        json.dump({"test_accuracy": test_acc, "history": history}, f)


if __name__ == "__main__":
    main()
