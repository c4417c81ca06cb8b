"""The network of the tiny models: a llama-architecture transformer with tied embeddings, in PyTorch."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

import vocabulary

NORM_EPSILON = 1e-5
ROPE_BASE = 10000.0


@dataclass(frozen=True)
class Shape:
    """What makes one size of the network, and for how many steps that size is trained."""

    width: int
    layers: int
    hidden: int
    heads: int
    steps: int

    @property
    def head_width(self):
        return self.width // self.heads


SIZES = {
    "xs": Shape(width=64, layers=2, hidden=192, heads=2, steps=4000),
    "s": Shape(width=128, layers=4, hidden=384, heads=2, steps=3500),
    "m": Shape(width=256, layers=4, hidden=768, heads=4, steps=2700),
}


class Block(nn.Module):
    """One layer: causal attention, then a gated feed-forward (SwiGLU), each added to what comes in."""

    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = nn.RMSNorm(shape.width, eps=NORM_EPSILON)
        self.feed_forward_norm = nn.RMSNorm(shape.width, eps=NORM_EPSILON)
        self.query, self.key, self.value, self.output = (matrix(shape.width, shape.width) for _ in range(4))
        self.gate, self.up = matrix(shape.width, shape.hidden), matrix(shape.width, shape.hidden)
        self.down = matrix(shape.hidden, shape.width)

    def forward(self, stream, rotation):
        """The stream (batch, tokens, width) after this layer; `rotation` is the pair that `rotate` takes."""
        stream = stream + self.output(self.attend(self.attention_norm(stream), rotation))
        normed = self.feed_forward_norm(stream)
        return stream + self.down(F.silu(self.gate(normed)) * self.up(normed))

    def attend(self, normed, rotation):
        batch, tokens, width = normed.shape

        def by_head(projected):
            return projected.view(batch, tokens, self.heads, -1).transpose(1, 2)

        query, key, value = (by_head(projection(normed)) for projection in (self.query, self.key, self.value))
        query, key = (rotate(z, rotation).to(value.dtype) for z in (query, key))
        mixed = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        return mixed.transpose(1, 2).reshape(batch, tokens, width)


class Network(nn.Module):
    """Tokens (batch, tokens) in, logits (batch, tokens, vocabulary) out."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(vocabulary.SIZE, shape.width)  # also the output matrix
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=NORM_EPSILON)
        self.initialize()

    def initialize(self):
        """Normal weights that keep the variance; smaller where a matrix adds to the stream, which many do."""
        nn.init.normal_(self.embedding.weight, std=0.02)
        for block in self.blocks:
            for m in (block.query, block.key, block.value, block.gate, block.up):
                nn.init.normal_(m.weight, std=m.in_features**-0.5)
            for m in (block.output, block.down):
                nn.init.normal_(m.weight, std=m.in_features**-0.5 / math.sqrt(2 * self.shape.layers))

    def forward(self, tokens):
        rotation = rotations(tokens.shape[1], self.shape.head_width)
        stream = self.embedding(tokens)
        for block in self.blocks:
            stream = block(stream, rotation)
        return self.norm(stream) @ self.embedding.weight.T


def matrix(inputs, outputs):
    return nn.Linear(inputs, outputs, bias=False)


def rotations(tokens, head_width):
    """Cosine and sine (tokens, head_width / 2) of the rotary position embedding's angles."""
    frequency = ROPE_BASE ** (-torch.arange(0, head_width, 2) / head_width)
    angle = torch.arange(tokens)[:, None] * frequency
    return angle.cos(), angle.sin()


def rotate(z, rotation):
    """Rotates the first half of each head against its second half."""
    cosine, sine = rotation
    first, second = z.chunk(2, dim=-1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1)
