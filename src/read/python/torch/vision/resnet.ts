/** ResNet, ResNeXt and Wide ResNet, with torchvision's names (He et al. 2015, Xie et al. 2016, Zagoruyko and Komodakis 2016). */
export const RESNET = `
def conv(i, o, k=1, s=1, g=1):
    return nn.Conv2d(i, o, k, s, k // 2, groups=g, bias=False)

class BasicBlock(Model):
    expansion = 1
    def __init__(self, i, planes, s, down, g, base):
        super().__init__()
        self.conv1 = conv(i, planes, 3, s)
        self.bn1 = nn.BatchNorm2d(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = conv(planes, planes, 3)
        self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = down
    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(y + shortcut(self, x))

class Bottleneck(Model):
    expansion = 4
    def __init__(self, i, planes, s, down, g, base):
        super().__init__()
        width = planes * base // 64 * g
        self.conv1 = conv(i, width)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = conv(width, width, 3, s, g)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = conv(width, planes * 4)
        self.bn3 = nn.BatchNorm2d(planes * 4)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = down
    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn3(self.conv3(self.relu(self.bn2(self.conv2(y)))))
        return self.relu(y + shortcut(self, x))

def shortcut(block, x):
    return x if block.downsample is None else block.downsample(x)

class ResNet(Model):
    def __init__(self, block, layers, n, g=1, base=64):
        super().__init__()
        self.inplanes = 64
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        for k in range(4):
            setattr(self, f"layer{k + 1}", self.stage(block, 64 * 2 ** k, layers[k], 2 if k else 1, g, base))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512 * block.expansion, n)
    def stage(self, block, planes, count, s, g, base):
        made = []
        for k in range(count):
            o = planes * block.expansion
            down = None
            if k == 0 and (s > 1 or self.inplanes != o):
                down = nn.Sequential(conv(self.inplanes, o, 1, s), nn.BatchNorm2d(o))
            made.append(block(self.inplanes, planes, 1 if k else s, down, g, base))
            self.inplanes = o
        return nn.Sequential(*made)
    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))

resnet18 = partial(ResNet, BasicBlock, [2, 2, 2, 2])
resnet34 = partial(ResNet, BasicBlock, [3, 4, 6, 3])
resnet50 = partial(ResNet, Bottleneck, [3, 4, 6, 3])
resnet101 = partial(ResNet, Bottleneck, [3, 4, 23, 3])
resnet152 = partial(ResNet, Bottleneck, [3, 8, 36, 3])
resnext50_32x4d = partial(resnet50, g=32, base=4)
resnext101_32x8d = partial(resnet101, g=32, base=8)
resnext101_64x4d = partial(resnet101, g=64, base=4)
wide_resnet50_2 = partial(resnet50, base=128)
wide_resnet101_2 = partial(resnet101, base=128)
`;
