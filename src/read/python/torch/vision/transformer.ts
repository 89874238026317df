/** Vision transformers and ConvNeXt, with torchvision's names (Dosovitskiy et al. 2020, Liu et al. 2022). */
export const TRANSFORMER = `
class MLPBlock(nn.Sequential):
    def __init__(self, i, h):
        super().__init__(nn.Linear(i, h), nn.GELU(), nn.Dropout(0.0), nn.Linear(h, i), nn.Dropout(0.0))

class EncoderBlock(Model):
    def __init__(self, heads, width, mlp):
        super().__init__()
        self.num_heads = heads
        self.ln_1 = nn.LayerNorm(width, eps=1e-6)
        self.self_attention = nn.MultiheadAttention(width, heads, 0.0, batch_first=True)
        self.dropout = nn.Dropout(0.0)
        self.ln_2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = MLPBlock(width, mlp)
    def forward(self, x):
        y = self.ln_1(x)
        y, _ = self.self_attention(y, y, y, need_weights=False)
        x = x + self.dropout(y)
        return x + self.mlp(self.ln_2(x))

class Encoder(Model):
    def __init__(self, length, layers, heads, width, mlp):
        super().__init__()
        self.pos_embedding = nn.Parameter(torch.empty(1, length, width))
        self.dropout = nn.Dropout(0.0)
        self.layers = nn.Sequential(OrderedDict(
            [(f"encoder_layer_{k}", EncoderBlock(heads, width, mlp)) for k in range(layers)]))
        self.ln = nn.LayerNorm(width, eps=1e-6)
    def forward(self, x):
        return self.ln(self.layers(self.dropout(x + self.pos_embedding)))

class VisionTransformer(Model):
    def __init__(self, patch, layers, heads, width, n, image_size=224):
        super().__init__()
        self.image_size, self.patch_size, self.hidden_dim = image_size, patch, width
        self.conv_proj = nn.Conv2d(3, width, patch, patch)
        self.class_token = nn.Parameter(torch.zeros(1, 1, width))
        self.encoder = Encoder((image_size // patch) ** 2 + 1, layers, heads, width, 4 * width)
        self.seq_length = (image_size // patch) ** 2 + 1
        self.heads = nn.Sequential(OrderedDict([("head", nn.Linear(width, n))]))
    def forward(self, x):
        x = self.conv_proj(x).flatten(2).permute(0, 2, 1)
        x = torch.cat([self.class_token.expand(x.shape[0], -1, -1), x], 1)
        return self.heads(self.encoder(x)[:, 0])

class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        x = x.permute(0, 2, 3, 1)
        return nn.functional.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps).permute(0, 3, 1, 2)

class Permute(Model):
    def __init__(self, dims):
        super().__init__()
        self.dims = dims
    def forward(self, x):
        return torch.permute(x, self.dims)

class StochasticDepth(Model):
    def __init__(self, p):
        super().__init__()
        self.p = p
    def forward(self, x):
        return x

class CNBlock(Model):
    def __init__(self, width):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(width, width, 7, padding=3, groups=width), Permute([0, 2, 3, 1]), nn.LayerNorm(width, eps=1e-6),
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width), Permute([0, 3, 1, 2]))
        self.layer_scale = nn.Parameter(torch.ones(width, 1, 1))
        self.stochastic_depth = StochasticDepth(0.1)
    def forward(self, x):
        return x + self.stochastic_depth(self.layer_scale * self.block(x))

class ConvNeXt(Classifier):
    def __init__(self, widths, depths, n):
        super().__init__()
        made = [nn.Sequential(nn.Conv2d(3, widths[0], 4, 4), LayerNorm2d(widths[0], eps=1e-6))]
        for k, (i, count) in enumerate(zip(widths, depths)):
            made.append(nn.Sequential(*[CNBlock(i) for _ in range(count)]))
            if k < 3:
                made.append(nn.Sequential(LayerNorm2d(i, eps=1e-6), nn.Conv2d(i, widths[k + 1], 2, 2)))
        self.features = nn.Sequential(*made)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(LayerNorm2d(widths[3], eps=1e-6), nn.Flatten(1), nn.Linear(widths[3], n))
    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)))

vit_b_16 = partial(VisionTransformer, 16, 12, 12, 768)
vit_b_32 = partial(VisionTransformer, 32, 12, 12, 768)
vit_l_16 = partial(VisionTransformer, 16, 24, 16, 1024)
vit_l_32 = partial(VisionTransformer, 32, 24, 16, 1024)
vit_h_14 = partial(VisionTransformer, 14, 32, 16, 1280)
convnext_tiny = partial(ConvNeXt, (96, 192, 384, 768), (3, 3, 9, 3))
convnext_small = partial(ConvNeXt, (96, 192, 384, 768), (3, 3, 27, 3))
convnext_base = partial(ConvNeXt, (128, 256, 512, 1024), (3, 3, 27, 3))
convnext_large = partial(ConvNeXt, (192, 384, 768, 1536), (3, 3, 27, 3))
`;
