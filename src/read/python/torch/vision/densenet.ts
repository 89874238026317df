/** DenseNet, with torchvision's names (Huang et al. 2016). */
export const DENSENET = `
class _DenseLayer(Model):
    def __init__(self, i, growth):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(i)
        self.relu1 = nn.ReLU(inplace=True)
        self.conv1 = nn.Conv2d(i, 4 * growth, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(4 * growth)
        self.relu2 = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)
    def forward(self, x):
        x = x if isinstance(x, torch.Tensor) else torch.cat(x, 1)
        return self.conv2(self.relu2(self.norm2(self.conv1(self.relu1(self.norm1(x))))))

class _DenseBlock(nn.ModuleDict):
    def __init__(self, count, i, growth):
        super().__init__()
        for k in range(count):
            self.add_module(f"denselayer{k + 1}", _DenseLayer(i + k * growth, growth))
    def forward(self, x):
        all = [x]
        for name, layer in self.items():
            all.append(layer(all))
        return torch.cat(all, 1)

class DenseNet(Model):
    def __init__(self, growth, blocks, stem, n):
        super().__init__()
        self.features = nn.Sequential(OrderedDict([
            ("conv0", nn.Conv2d(3, stem, 7, 2, 3, bias=False)), ("norm0", nn.BatchNorm2d(stem)),
            ("relu0", nn.ReLU(inplace=True)), ("pool0", nn.MaxPool2d(3, 2, 1))]))
        i = stem
        for k, count in enumerate(blocks):
            self.features.add_module(f"denseblock{k + 1}", _DenseBlock(count, i, growth))
            i += count * growth
            if k < 3:
                self.features.add_module(f"transition{k + 1}", nn.Sequential(OrderedDict([
                    ("norm", nn.BatchNorm2d(i)), ("relu", nn.ReLU(inplace=True)),
                    ("conv", nn.Conv2d(i, i // 2, 1, bias=False)), ("pool", nn.AvgPool2d(2, 2))])))
                i = i // 2
        self.features.add_module("norm5", nn.BatchNorm2d(i))
        self.classifier = nn.Linear(i, n)
    def forward(self, x):
        x = torch.relu(self.features(x))
        return self.classifier(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))

densenet121 = partial(DenseNet, 32, (6, 12, 24, 16), 64)
densenet161 = partial(DenseNet, 48, (6, 12, 36, 24), 96)
densenet169 = partial(DenseNet, 32, (6, 12, 32, 32), 64)
densenet201 = partial(DenseNet, 32, (6, 12, 48, 32), 64)
`;
