"""VideoPose3D's network, with the names of its checkpoints.

Pavllo et al., "3D human pose estimation in video with temporal convolutions and semi-supervised training", CVPR 2019.
"""

from __future__ import annotations

import torch
from torch import nn


class TemporalNetwork(nn.Module):
    """Keypoints (batch, frames, 17, 2) to joints (batch, frames − field + 1, 17, 3)."""

    def __init__(self, widths: tuple[int, ...] = (3, 3, 3, 3), channels: int = 256, dropout: float = 0.1) -> None:
        super().__init__()
        if any(width % 2 == 0 for width in widths):
            raise ValueError(f"Filters have odd widths, and {widths} has others.")
        self.expand_conv = nn.Conv1d(34, channels, widths[0], bias=False)
        self.expand_bn = nn.BatchNorm1d(channels)
        convolutions, normalisations = [], []
        self._cuts: list[int] = []
        seen = widths[0]
        for width in widths[1:]:
            self._cuts.append((width - 1) * seen // 2)
            convolutions += [
                nn.Conv1d(channels, channels, width, dilation=seen, bias=False),
                nn.Conv1d(channels, channels, 1, bias=False),
            ]
            normalisations += [nn.BatchNorm1d(channels), nn.BatchNorm1d(channels)]
            seen *= width
        self.layers_conv = nn.ModuleList(convolutions)
        self.layers_bn = nn.ModuleList(normalisations)
        self.shrink = nn.Conv1d(channels, 51, 1)
        self.dropout = nn.Dropout(dropout)
        self.field = seen

    def forward(self, keypoints: torch.Tensor) -> torch.Tensor:
        batch, frames = keypoints.shape[:2]
        x = keypoints.reshape(batch, frames, 34).transpose(1, 2)
        x = self.dropout(torch.relu(self.expand_bn(self.expand_conv(x))))
        for step, cut in enumerate(self._cuts):
            skipped = x[:, :, cut : x.shape[2] - cut]
            wide = self.dropout(torch.relu(self.layers_bn[2 * step](self.layers_conv[2 * step](x))))
            narrow = self.layers_bn[2 * step + 1](self.layers_conv[2 * step + 1](wide))
            x = skipped + self.dropout(torch.relu(narrow))
        return self.shrink(x).transpose(1, 2).reshape(batch, -1, 17, 3)
