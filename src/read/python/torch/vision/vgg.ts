/** AlexNet, VGG and SqueezeNet, with torchvision's names (Krizhevsky et al. 2012, Simonyan and Zisserman 2014, Iandola et al. 2016). */
export const VGG = `
class AlexNet(Classifier):
    def __init__(self, n):
        super().__init__()
        made = []
        for i, o, k, s, p in ((3, 64, 11, 4, 2), (64, 192, 5, 1, 2), (192, 384, 3, 1, 1), (384, 256, 3, 1, 1), (256, 256, 3, 1, 1)):
            made += [nn.Conv2d(i, o, k, s, p), nn.ReLU(inplace=True)]
            if k > 3 or i == o:
                made.append(nn.MaxPool2d(3, 2))
        self.features = nn.Sequential(*made)
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6))
        self.classifier = nn.Sequential(
            nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(inplace=True),
            nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(inplace=True), nn.Linear(4096, n))

class VGG(Classifier):
    def __init__(self, convs, norm, n):
        super().__init__()
        made, i = [], 3
        for o, count in zip((64, 128, 256, 512, 512), convs):
            for _ in range(count):
                made += [nn.Conv2d(i, o, 3, padding=1), *([nn.BatchNorm2d(o)] if norm else []), nn.ReLU(inplace=True)]
                i = o
            made.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*made)
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(25088, 4096), nn.ReLU(True), nn.Dropout(),
            nn.Linear(4096, 4096), nn.ReLU(True), nn.Dropout(), nn.Linear(4096, n))

class Fire(Model):
    def __init__(self, i, s, e):
        super().__init__()
        self.squeeze = nn.Conv2d(i, s, 1)
        self.squeeze_activation = nn.ReLU(inplace=True)
        self.expand1x1 = nn.Conv2d(s, e, 1)
        self.expand1x1_activation = nn.ReLU(inplace=True)
        self.expand3x3 = nn.Conv2d(s, e, 3, padding=1)
        self.expand3x3_activation = nn.ReLU(inplace=True)
    def forward(self, x):
        x = self.squeeze_activation(self.squeeze(x))
        return torch.cat([self.expand1x1_activation(self.expand1x1(x)), self.expand3x3_activation(self.expand3x3(x))], 1)

class SqueezeNet(Model):
    def __init__(self, stem, kernel, pools, n):
        super().__init__()
        made, i = [nn.Conv2d(3, stem, kernel, 2), nn.ReLU(inplace=True)], stem
        for k in range(8):
            if k in pools:
                made.append(nn.MaxPool2d(3, 2, ceil_mode=True))
            e = 64 * (k // 2 + 1)
            made.append(Fire(i, e // 4, e))
            i = 2 * e
        self.features = nn.Sequential(*made)
        self.classifier = nn.Sequential(
            nn.Dropout(), nn.Conv2d(512, n, 1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((1, 1)))
    def forward(self, x):
        return torch.flatten(self.classifier(self.features(x)), 1)

alexnet = AlexNet
vgg11 = partial(VGG, (1, 1, 2, 2, 2), False)
vgg13 = partial(VGG, (2, 2, 2, 2, 2), False)
vgg16 = partial(VGG, (2, 2, 3, 3, 3), False)
vgg19 = partial(VGG, (2, 2, 4, 4, 4), False)
vgg11_bn = partial(VGG, (1, 1, 2, 2, 2), True)
vgg13_bn = partial(VGG, (2, 2, 2, 2, 2), True)
vgg16_bn = partial(VGG, (2, 2, 3, 3, 3), True)
vgg19_bn = partial(VGG, (2, 2, 4, 4, 4), True)
squeezenet1_0 = partial(SqueezeNet, 96, 7, (0, 3, 7))
squeezenet1_1 = partial(SqueezeNet, 64, 3, (0, 2, 4))
`;
