/** MobileNet and EfficientNet, with torchvision's names (Sandler et al. 2018, Howard et al. 2019, Tan and Le 2019 and 2021). */
export const MOBILENET = `
def rounded(v, by=8):
    new = max(by, int(v + by / 2) // by * by)
    return new + by if new < 0.9 * v else new

class Conv2dNormActivation(nn.Sequential):
    def __init__(self, i, o, k=3, s=1, g=1, act=nn.ReLU6, norm=nn.BatchNorm2d):
        layers = [nn.Conv2d(i, o, k, s, (k - 1) // 2, groups=g, bias=False), norm(o)]
        super().__init__(*layers, *([act(inplace=True)] if act else []))

class SqueezeExcitation(Model):
    def __init__(self, i, s, act, scale):
        super().__init__()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(i, s, 1)
        self.fc2 = nn.Conv2d(s, i, 1)
        self.activation = act()
        self.scale_activation = scale()
    def forward(self, x):
        return x * self.scale_activation(self.fc2(self.activation(self.fc1(self.avgpool(x)))))

class InvertedResidual(Model):
    def __init__(self, i, o, s, t):
        super().__init__()
        h = round(i * t)
        self.use_res_connect = s == 1 and i == o
        self.conv = nn.Sequential(
            *([Conv2dNormActivation(i, h, 1)] if t != 1 else []), Conv2dNormActivation(h, h, 3, s, h),
            nn.Conv2d(h, o, 1, bias=False), nn.BatchNorm2d(o))
    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)

class MobileNetV2(Classifier):
    def __init__(self, n):
        super().__init__()
        made, i = [Conv2dNormActivation(3, 32, 3, 2)], 32
        for t, o, count, s in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
            for k in range(count):
                made.append(InvertedResidual(i, o, 1 if k else s, t))
                i = o
        self.features = nn.Sequential(*made, Conv2dNormActivation(i, 1280, 1))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, n))
    def avgpool(self, x):
        return nn.functional.adaptive_avg_pool2d(x, (1, 1))

class BlockV3(Model):
    def __init__(self, i, k, h, o, se, act, s, d=1):
        super().__init__()
        self.use_res_connect = s == 1 and i == o
        norm = partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
        layers = [Conv2dNormActivation(i, h, 1, act=act, norm=norm)] if h != i else []
        layers.append(Conv2dNormActivation(h, h, k, s, h, act, norm))
        if se:
            layers.append(SqueezeExcitation(h, rounded(h // 4), nn.ReLU, nn.Hardsigmoid))
        self.block = nn.Sequential(*layers, Conv2dNormActivation(h, o, 1, act=None, norm=norm))
    def forward(self, x):
        return x + self.block(x) if self.use_res_connect else self.block(x)

class MobileNetV3(Classifier):
    def __init__(self, rows, last, n):
        super().__init__()
        norm = partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
        made, i = [Conv2dNormActivation(3, 16, 3, 2, act=nn.Hardswish, norm=norm)], 16
        for k, h, o, se, hard, s in rows:
            made.append(BlockV3(i, k, h, o, se, nn.Hardswish if hard else nn.ReLU, s))
            i = o
        self.features = nn.Sequential(*made, Conv2dNormActivation(i, 6 * i, 1, act=nn.Hardswish, norm=norm))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Linear(6 * i, last), nn.Hardswish(inplace=True), nn.Dropout(0.2, inplace=True), nn.Linear(last, n))

class StochasticDepth(Model):
    def __init__(self, p):
        super().__init__()
        self.p = p
    def forward(self, x):
        return x

class MBConv(Model):
    def __init__(self, i, o, k, s, t, norm, p):
        super().__init__()
        h = rounded(i * t)
        self.use_res_connect = s == 1 and i == o
        layers = [Conv2dNormActivation(i, h, 1, act=nn.SiLU, norm=norm)] if h != i else []
        self.block = nn.Sequential(
            *layers, Conv2dNormActivation(h, h, k, s, h, nn.SiLU, norm),
            SqueezeExcitation(h, max(1, i // 4), partial(nn.SiLU, inplace=True), nn.Sigmoid),
            Conv2dNormActivation(h, o, 1, act=None, norm=norm))
        self.stochastic_depth = StochasticDepth(p)
    def forward(self, x):
        y = self.block(x)
        return x + self.stochastic_depth(y) if self.use_res_connect else y

class FusedMBConv(Model):
    def __init__(self, i, o, k, s, t, norm, p):
        super().__init__()
        h = rounded(i * t)
        self.use_res_connect = s == 1 and i == o
        if h != i:
            layers = [Conv2dNormActivation(i, h, k, s, act=nn.SiLU, norm=norm), Conv2dNormActivation(h, o, 1, act=None, norm=norm)]
        else:
            layers = [Conv2dNormActivation(i, o, k, s, act=nn.SiLU, norm=norm)]
        self.block = nn.Sequential(*layers)
        self.stochastic_depth = StochasticDepth(p)
    def forward(self, x):
        y = self.block(x)
        return x + self.stochastic_depth(y) if self.use_res_connect else y

class EfficientNet(Classifier):
    def __init__(self, rows, last, drop, n, norm=nn.BatchNorm2d):
        super().__init__()
        i = rows[0][4]
        made = [Conv2dNormActivation(3, i, 3, 2, act=nn.SiLU, norm=norm)]
        for fused, t, k, s, _, o, count in rows:
            layers = []
            for at in range(count):
                layers.append((FusedMBConv if fused else MBConv)(i, o, k, 1 if at else s, t, norm, 0.2))
                i = o
            made.append(nn.Sequential(*layers))
        last = last or 4 * i
        self.features = nn.Sequential(*made, Conv2dNormActivation(i, last, 1, act=nn.SiLU, norm=norm))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(drop, inplace=True), nn.Linear(last, n))

def scaled(width, depth, drop, n, **options):
    rows = []
    for t, k, s, i, o, count in ((1, 3, 1, 32, 16, 1), (6, 3, 2, 16, 24, 2), (6, 5, 2, 24, 40, 2), (6, 3, 2, 40, 80, 3),
                                 (6, 5, 1, 80, 112, 3), (6, 5, 2, 112, 192, 4), (6, 3, 1, 192, 320, 1)):
        rows.append((False, t, k, s, rounded(i * width), rounded(o * width), -int(-count * depth // 1)))
    return EfficientNet(rows, None, drop, n, **options)

mobilenet_v2 = MobileNetV2
mobilenet_v3_large = partial(MobileNetV3, (
    (3, 16, 16, 0, 0, 1), (3, 64, 24, 0, 0, 2), (3, 72, 24, 0, 0, 1), (5, 72, 40, 1, 0, 2), (5, 120, 40, 1, 0, 1),
    (5, 120, 40, 1, 0, 1), (3, 240, 80, 0, 1, 2), (3, 200, 80, 0, 1, 1), (3, 184, 80, 0, 1, 1), (3, 184, 80, 0, 1, 1),
    (3, 480, 112, 1, 1, 1), (3, 672, 112, 1, 1, 1), (5, 672, 160, 1, 1, 2), (5, 960, 160, 1, 1, 1), (5, 960, 160, 1, 1, 1)), 1280)
mobilenet_v3_small = partial(MobileNetV3, (
    (3, 16, 16, 1, 0, 2), (3, 72, 24, 0, 0, 2), (3, 88, 24, 0, 0, 1), (5, 96, 40, 1, 1, 2), (5, 240, 40, 1, 1, 1),
    (5, 240, 40, 1, 1, 1), (5, 120, 48, 1, 1, 1), (5, 144, 48, 1, 1, 1), (5, 288, 96, 1, 1, 2), (5, 576, 96, 1, 1, 1),
    (5, 576, 96, 1, 1, 1)), 1024)
efficientnet_b0 = partial(scaled, 1.0, 1.0, 0.2)
efficientnet_b1 = partial(scaled, 1.0, 1.1, 0.2)
efficientnet_b2 = partial(scaled, 1.1, 1.2, 0.3)
efficientnet_b3 = partial(scaled, 1.2, 1.4, 0.3)
efficientnet_b4 = partial(scaled, 1.4, 1.8, 0.4)
efficientnet_b5 = partial(scaled, 1.6, 2.2, 0.4, norm=partial(nn.BatchNorm2d, eps=0.001, momentum=0.01))
efficientnet_b6 = partial(scaled, 1.8, 2.6, 0.5, norm=partial(nn.BatchNorm2d, eps=0.001, momentum=0.01))
efficientnet_b7 = partial(scaled, 2.0, 3.1, 0.5, norm=partial(nn.BatchNorm2d, eps=0.001, momentum=0.01))
efficientnet_v2_s = partial(EfficientNet, (
    (1, 1, 3, 1, 24, 24, 2), (1, 4, 3, 2, 24, 48, 4), (1, 4, 3, 2, 48, 64, 4), (0, 4, 3, 2, 64, 128, 6),
    (0, 6, 3, 1, 128, 160, 9), (0, 6, 3, 2, 160, 256, 15)), 1280, 0.2, norm=partial(nn.BatchNorm2d, eps=0.001))
efficientnet_v2_m = partial(EfficientNet, (
    (1, 1, 3, 1, 24, 24, 3), (1, 4, 3, 2, 24, 48, 5), (1, 4, 3, 2, 48, 80, 5), (0, 4, 3, 2, 80, 160, 7),
    (0, 6, 3, 1, 160, 176, 14), (0, 6, 3, 2, 176, 304, 18), (0, 6, 3, 1, 304, 512, 5)), 1280, 0.3, norm=partial(nn.BatchNorm2d, eps=0.001))
efficientnet_v2_l = partial(EfficientNet, (
    (1, 1, 3, 1, 32, 32, 4), (1, 4, 3, 2, 32, 64, 7), (1, 4, 3, 2, 64, 96, 7), (0, 4, 3, 2, 96, 192, 10),
    (0, 6, 3, 1, 192, 224, 19), (0, 6, 3, 2, 224, 384, 25), (0, 6, 3, 1, 384, 640, 7)), 1280, 0.4, norm=partial(nn.BatchNorm2d, eps=0.001))
`;
