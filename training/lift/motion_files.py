"""Motion capture as it lies in files: ASF/AMC (Acclaim, the CMU database) and BVH.

Both become a `Skeleton` of joints, each turned in its parent, and a `Clip` of their turns over time. Positions come
out of `forward`. Units are metres; y is up.

Formats: "Acclaim ASF/AMC" and "Biovision BVH", M. Meredith and S. Maddock, Motion Capture File Formats Explained,
University of Sheffield, 2001.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

# The CMU database gives lengths in inches, divided by this (mocap.cs.cmu.edu, frequently asked questions).
CMU_LENGTH_SCALE = 0.45
INCH = 0.0254
# BVH says nothing of its unit: whoever is about as tall as this is a person in metres.
USUAL_HEIGHT = 1.7


@dataclass(frozen=True)
class Skeleton:
    """Joints, parents before their children."""

    names: tuple[str, ...]
    # Position of each parent; -1: the root.
    parents: tuple[int, ...]
    # (joints, 3): from the parent's place to the joint's, in metres.
    offsets: torch.Tensor
    # Acclaim's bones are turned before they are gone along, BVH's joints behind.
    turns_own_offset: bool


@dataclass(frozen=True)
class Clip:
    name: str
    skeleton: Skeleton
    # Frames a second.
    rate: float
    # (frames, joints, 3, 3): each joint's turn in its parent; the root's in the world.
    turns: torch.Tensor

    def __len__(self) -> int:
        return self.turns.shape[0]


def forward(skeleton: Skeleton, turns: torch.Tensor, scales: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Places and orientations of joints from their turns.

    turns: (..., joints, 3, 3). scales: (..., joints), by which lengths are multiplied. Returns places (..., joints, 3)
    with the root at the origin, and orientations (..., joints, 3, 3).
    """
    places: list[torch.Tensor] = []
    orientations: list[torch.Tensor] = []
    for joint, parent in enumerate(skeleton.parents):
        turn = turns[..., joint, :, :]
        if parent < 0:
            orientations.append(turn)
            places.append(torch.zeros_like(turn[..., 0]))
            continue
        orientation = orientations[parent] @ turn
        carrier = orientation if skeleton.turns_own_offset else orientations[parent]
        offset = skeleton.offsets[joint].to(turn)
        step = (carrier @ offset[:, None])[..., 0]
        if scales is not None:
            step = step * scales[..., joint, None]
        orientations.append(orientation)
        places.append(places[parent] + step)
    return torch.stack(places, -2), torch.stack(orientations, -3)


def rotation(axis: str, angle: torch.Tensor) -> torch.Tensor:
    """(..., 3, 3): turns about x, y or z by radians."""
    cosine, sine = torch.cos(angle), torch.sin(angle)
    zero, one = torch.zeros_like(angle), torch.ones_like(angle)
    rows = {
        "x": (one, zero, zero, zero, cosine, -sine, zero, sine, cosine),
        "y": (cosine, zero, sine, zero, one, zero, -sine, zero, cosine),
        "z": (cosine, -sine, zero, sine, cosine, zero, zero, zero, one),
    }[axis]
    return torch.stack(rows, -1).reshape(*angle.shape, 3, 3)


def euler(order: str, angles: torch.Tensor) -> torch.Tensor:
    """Turns one after the other, each in what those before it have turned. angles: (..., len(order)), radians."""
    result = torch.eye(3).expand(*angles.shape[:-1], 3, 3)
    for i, axis in enumerate(order):
        result = result @ rotation(axis, angles[..., i])
    return result


def read_folder(folder: str | Path) -> list[Clip]:
    """Every clip of a folder: BVH files, and AMC files with the ASF whose name theirs begins with."""
    folder = Path(folder)
    clips = [read_bvh(path) for path in sorted(folder.rglob("*.bvh"))]
    skeletons = {path: AsfFile(path) for path in sorted(folder.rglob("*.asf"))}
    for path in sorted(folder.rglob("*.amc")):
        fitting = [asf for asf in skeletons if asf.parent == path.parent and path.stem.startswith(asf.stem)]
        if not fitting:
            raise ValueError(f"{path} has no ASF beside it: there should be one whose name its own begins with.")
        clips.append(skeletons[max(fitting, key=lambda asf: len(asf.stem))].read_amc(path))
    if not clips:
        raise ValueError(f"There is no motion in {folder}: it should hold .bvh files, or .asf with .amc files.")
    return clips


class AsfFile:
    """A skeleton of Acclaim's, which reads the motion that is made for it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        bones: dict[str, dict] = {"root": {"direction": np.zeros(3), "length": 0.0, "axis": np.zeros(3), "dof": []}}
        parents: dict[str, str] = {}
        section, bone = "", {}
        for line in path.read_text().splitlines():
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0].startswith(":"):
                section = words[0]
            elif section == ":bonedata":
                if words[0] == "begin":
                    bone = {"dof": []}
                elif words[0] == "end":
                    bones[bone["name"]] = bone
                elif words[0] in ("name", "dof"):
                    bone[words[0]] = words[1] if words[0] == "name" else words[1:]
                elif words[0] == "length":
                    bone["length"] = float(words[1]) / CMU_LENGTH_SCALE * INCH
                elif words[0] in ("direction", "axis"):
                    bone[words[0]] = np.array([float(word) for word in words[1:4]])
            elif section == ":hierarchy" and words[0] not in ("begin", "end"):
                parents.update({child: words[0] for child in words[1:]})
        names = ["root"]
        while len(names) <= len(parents):
            added = [child for child, parent in parents.items() if parent in names and child not in names]
            if not added:
                raise ValueError(f"{path}: some bones hang on none that leads to the root.")
            names += added
        self._dof = [bones[name]["dof"] for name in names]
        # The axes that a bone's angles are about: in degrees, turned about x, y, z in this order, fixed axes.
        axes = torch.tensor(np.radians([bones[name]["axis"] for name in names])).float()
        self._axes = euler("zyx", axes.flip(-1))
        self.skeleton = Skeleton(
            names=tuple(names),
            parents=tuple(names.index(parents[name]) if name in parents else -1 for name in names),
            offsets=torch.tensor(np.array([bones[name]["direction"] * bones[name]["length"] for name in names])).float(),
            turns_own_offset=True,
        )

    def read_amc(self, path: Path, rate: float = 120.0) -> Clip:
        frames: list[dict[str, list[float]]] = []
        for line in path.read_text().splitlines():
            words = line.split()
            if not words or words[0][0] in "#:":
                continue
            if len(words) == 1 and words[0].isdigit():
                frames.append({})
            elif frames:
                frames[-1][words[0]] = [float(word) for word in words[1:]]
        angles = torch.zeros(len(frames), len(self.skeleton.names), 3)
        for joint, name in enumerate(self.skeleton.names):
            if joint == 0:
                angles[:, 0] = torch.tensor([frame["root"][3:6] for frame in frames])
                continue
            for i, freedom in enumerate(self._dof[joint]):
                angles[:, joint, "xyz".index(freedom[1])] = torch.tensor([frame[name][i] for frame in frames])
        local = euler("zyx", torch.deg2rad(angles).flip(-1))
        turns = self._axes @ local @ self._axes.transpose(-1, -2)
        return Clip(path.stem, self.skeleton, rate, turns)


def read_bvh(path: Path) -> Clip:
    text = path.read_text()
    head, _, tail = text.partition("MOTION")
    names: list[str] = []
    parents: list[int] = []
    offsets: list[list[float]] = []
    channels: list[list[str]] = []
    stack: list[int] = []
    for line in head.splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] in ("ROOT", "JOINT", "End"):
            names.append(words[1] if words[0] != "End" else f"{names[stack[-1]]}_end")
            parents.append(stack[-1] if stack else -1)
            channels.append([])
        elif words[0] == "{":
            stack.append(len(names) - 1)
        elif words[0] == "}":
            stack.pop()
        elif words[0] == "OFFSET":
            offsets.append([float(word) for word in words[1:4]])
        elif words[0] == "CHANNELS":
            channels[-1] = words[2:]
    found = re.search(r"Frame Time:\s*([\d.eE+-]+)\s*", tail)
    if not found or len(offsets) != len(names):
        raise ValueError(f"{path} is no whole BVH file.")
    rows = [[float(word) for word in line.split()] for line in tail[found.end():].splitlines() if line.strip()]
    width = sum(len(each) for each in channels)
    if any(len(row) != width for row in rows):
        raise ValueError(f"{path}: a frame has other than {width} numbers.")
    values = torch.tensor(rows)
    turns = torch.eye(3).repeat(len(rows), len(names), 1, 1)
    at = 0
    for joint, own in enumerate(channels):
        order = [(i, name[0].lower()) for i, name in enumerate(own) if name.endswith("rotation")]
        if order:
            picked = torch.stack([values[:, at + i] for i, _ in order], -1)
            turns[:, joint] = euler("".join(axis for _, axis in order), torch.deg2rad(picked))
        at += len(own)
    skeleton = Skeleton(tuple(names), tuple(parents), torch.tensor(offsets), turns_own_offset=False)
    places, _ = forward(skeleton, torch.eye(3).repeat(len(names), 1, 1))
    height = float(places[:, 1].max() - places[:, 1].min())
    if not height > 0:
        raise ValueError(f"{path}: its skeleton has no height.")
    # Metres, centimetres, inches, or whatever it was made in.
    unit = 1.0 if 1.2 < height < 2.2 else USUAL_HEIGHT / height
    scaled = Skeleton(skeleton.names, skeleton.parents, skeleton.offsets * unit, turns_own_offset=False)
    return Clip(path.stem, scaled, 1.0 / float(found.group(1)), turns)


def turn_vectors(turns: torch.Tensor) -> torch.Tensor:
    """(..., 3): axis times angle of turns (..., 3, 3), for turns below half a circle."""
    trace = turns.diagonal(dim1=-2, dim2=-1).sum(-1)
    angle = torch.arccos(((trace - 1) / 2).clamp(-1, 1))
    skew = torch.stack(
        (
            turns[..., 2, 1] - turns[..., 1, 2],
            turns[..., 0, 2] - turns[..., 2, 0],
            turns[..., 1, 0] - turns[..., 0, 1],
        ),
        -1,
    )
    return skew * (angle / (2 * torch.sin(angle)).clamp_min(1e-6))[..., None]


def turn_by(vectors: torch.Tensor) -> torch.Tensor:
    """(..., 3, 3): turns about axes by angles, both in vectors (..., 3). Rodrigues' formula."""
    angle = vectors.norm(dim=-1, keepdim=True)
    x, y, z = (vectors / angle.clamp_min(1e-9)).unbind(-1)
    zero = torch.zeros_like(x)
    cross = torch.stack((zero, -z, y, z, zero, -x, -y, x, zero), -1).reshape(*x.shape, 3, 3)
    sine, cosine = torch.sin(angle)[..., None], torch.cos(angle)[..., None]
    return torch.eye(3) + sine * cross + (1 - cosine) * (cross @ cross)


def radians(degrees: float) -> float:
    return degrees * math.pi / 180
