"""Batches for training: clips with varied motion and bodies, seen by cameras of chance, with keypoints as trackers give them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch

from landmarks import COCO_MIRROR, H36M_MIRROR, Landmarks
from motion_files import Clip, forward, radians, rotation, turn_by, turn_vectors

# Standard deviations of what is added to a joint's turn, in radians, by what its name holds; hinges bend about one axis.
LIMB_NOISE = {"arm": 0.7, "leg": 0.45, "trunk": 0.2}
LENGTH_NOISE = 0.07
# Knees and elbows bend this far, in radians.
MOST_BENT = 2.7
RATES = (24.0, 60.0)
SPEEDS = (0.7, 1.4)
FIELDS_OF_VIEW = (32.0, 77.0)
PITCHES = (-12.0, 28.0)
# Of all sequences so many show somebody lying or upside down.
ANY_WAY_UP = 0.08
SHAPES = (16 / 9, 4 / 3, 1.0, 9 / 16, 3 / 4)
BODY = 1.7


@dataclass(frozen=True)
class Batch:
    # (batch, frames, 17, 2): normalised as VideoPose3D does.
    keypoints: torch.Tensor
    # (batch, frames, 17, 3): metres from the hip, x to the right, y down, z away from the camera.
    joints: torch.Tensor


class Sampler:
    """Draws batches from clips. The same seed draws the same."""

    def __init__(self, clips: list[Clip], frames: int, seed: int) -> None:
        self._clips = clips
        self._frames = frames
        self._random = np.random.default_rng(seed)
        self._landmarks = {id(clip.skeleton): Landmarks.of(clip.skeleton) for clip in clips}
        self._hinges = {id(clip): _find_hinges(clip, self._landmarks[id(clip.skeleton)]) for clip in clips}
        lengths = np.array([len(clip) for clip in clips], dtype=float)
        self._weights = lengths / lengths.sum()

    def draw(self, size: int, is_varied: bool = True) -> Batch:
        """is_varied: motion, bodies and keypoints vary, as for training; else clips are as they are."""
        coco, h36m, rates = [], [], []
        for _ in range(size):
            clip = self._clips[self._random.choice(len(self._clips), p=self._weights)]
            rate = self._random.uniform(*RATES) if is_varied else 50.0
            turns = self._take(clip, rate, is_varied)
            scales = None
            if is_varied:
                turns = self._vary(clip, turns, rate)
                scales = self._scale(clip)
            points = self._landmarks[id(clip.skeleton)].keypoints(*forward(clip.skeleton, turns, scales))
            coco.append(points[0])
            h36m.append(points[1])
            rates.append(rate)
        return self._film(torch.stack(coco), torch.stack(h36m), torch.tensor(rates).float(), is_varied)

    def _take(self, clip: Clip, rate: float, is_varied: bool) -> torch.Tensor:
        """A stretch of a clip at another rate: turns between two frames are on the way from one to the other."""
        speed = self._random.uniform(*SPEEDS) if is_varied else 1.0
        step = clip.rate / rate * speed
        room = len(clip) - 1 - step * (self._frames - 1)
        start = self._random.uniform(0, max(room, 0))
        at = np.clip(start + step * np.arange(self._frames), 0, len(clip) - 1)
        before = at.astype(int)
        after = np.minimum(before + 1, len(clip) - 1)
        share = torch.tensor(at - before).float()[:, None, None]
        first = clip.turns[before]
        way = turn_vectors(first.transpose(-1, -2) @ clip.turns[after])
        return first @ turn_by(way * share)

    def _vary(self, clip: Clip, turns: torch.Tensor, rate: float) -> torch.Tensor:
        if self._random.random() > 0.75:
            return turns
        strength = self._random.uniform()
        added = torch.zeros(self._frames, len(clip.skeleton.names), 3)
        hinges = self._hinges[id(clip)]
        for joint, name in enumerate(clip.skeleton.names):
            amplitude = _noise_of(name)
            if joint == 0 or amplitude == 0:
                continue
            if joint in hinges:
                hinge = hinges[joint]
                now = turn_vectors(turns[:, joint]) @ hinge.axis
                bent = now + self._wave(1, rate)[:, 0] * amplitude * strength
                added[:, joint] = (bent.clamp(hinge.lowest, hinge.highest) - now)[:, None] * hinge.axis
            else:
                still = torch.tensor(self._random.normal(size=3)).float() * 0.5
                added[:, joint] = (self._wave(3, rate) + still) * amplitude * strength
        return turns @ turn_by(added)

    def _scale(self, clip: Clip) -> torch.Tensor:
        """By joint, the same for left and right."""
        drawn: dict[str, float] = {}
        scales = []
        for name in clip.skeleton.names:
            key = name.lower().removeprefix("left").removeprefix("right")
            if clip.skeleton.turns_own_offset and name[:1] in "lr" and name != "lowerback":
                key = name[1:]
            drawn.setdefault(key, 1 + self._random.normal() * LENGTH_NOISE)
            scales.append(drawn[key])
        return torch.tensor(scales).float()

    def _wave(self, axes: int, rate: float) -> torch.Tensor:
        """(frames, axes): smooth noise, a sum of slow sines."""
        time = torch.arange(self._frames)[:, None] / rate
        sum_ = torch.zeros(self._frames, axes)
        for _ in range(3):
            frequency = torch.tensor(self._random.uniform(0.05, 1.25, axes)).float()
            phase = torch.tensor(self._random.uniform(0, 2 * math.pi, axes)).float()
            sum_ += torch.sin(2 * math.pi * frequency * time + phase) * torch.tensor(self._random.uniform(size=axes)).float()
        return sum_ / 1.5

    def _film(self, coco: torch.Tensor, h36m: torch.Tensor, rates: torch.Tensor, is_varied: bool) -> Batch:
        size = len(coco)
        draw = lambda low, high: torch.tensor(self._random.uniform(low, high, size)).float()
        pitch = draw(*PITCHES) * radians(1)
        roll = torch.tensor(self._random.normal(size=size) * 0.05).float()
        if is_varied:
            any_way = torch.tensor(self._random.random(size) < ANY_WAY_UP)
            pitch = torch.where(any_way, draw(-math.pi / 2, math.pi / 2), pitch)
            roll = torch.where(any_way, draw(-math.pi / 2, math.pi / 2), roll)
        seen = rotation("z", roll) @ rotation("x", pitch) @ rotation("y", draw(0, 2 * math.pi))
        # The camera's axes: x to the right, y down, z away.
        axes = torch.diag(torch.tensor([1.0, -1.0, -1.0])) @ seen
        turn = lambda points: (axes[:, None, None] @ points[..., None])[..., 0]
        coco, h36m = turn(coco), turn(h36m)
        hip = h36m[:, :, :1].clone()
        coco, h36m = coco - hip, h36m - hip
        shape = torch.tensor(self._random.choice(SHAPES, size)).float()
        # In units of half the picture's width.
        focal = 1 / torch.tan(draw(*FIELDS_OF_VIEW) * radians(0.5))
        share = draw(0.25, 0.85)
        distance = (focal * BODY / (share * 2 / shape)).clamp_min(1.6)
        walk = torch.stack([self._wave(3, float(rate) / 0.3) for rate in rates]) * torch.tensor([0.5, 0.08, 0.6])
        middle = torch.stack(
            (draw(-0.5, 0.5) * distance / focal, draw(-0.25, 0.25) / shape * distance / focal, distance), -1
        )
        places = coco + (middle[:, None] + walk)[:, :, None]
        keypoints = focal[:, None, None, None] * places[..., :2] / places[..., 2:].clamp_min(0.3)
        if is_varied:
            tall = focal[:, None, None, None] * BODY / (middle[:, None] + walk)[:, :, None, 2:].clamp_min(0.3)
            keypoints = keypoints + self._tracker_noise(size) * tall
            if self._random.random() < 0.5:
                keypoints = keypoints[:, :, COCO_MIRROR] * torch.tensor([-1.0, 1.0])
                h36m = h36m[:, :, H36M_MIRROR] * torch.tensor([-1.0, 1.0, 1.0])
        return Batch(keypoints, h36m)

    def _tracker_noise(self, size: int) -> torch.Tensor:
        """(size, frames, 17, 2), as shares of the body's height: noise that wavers fast and slowly, and jumps."""
        shape = (size, self._frames, 17, 2)
        sigma = torch.tensor(self._random.uniform(0.002, 0.02, (size, 1, 1, 1))).float()
        fast = torch.tensor(self._random.normal(size=shape)).float()
        knots = torch.tensor(self._random.normal(size=(size, 34, self._frames // 6 + 2))).float()
        slow = torch.nn.functional.interpolate(knots, size=self._frames, mode="linear")
        slow = slow.reshape(size, 17, 2, self._frames).permute(0, 3, 1, 2)
        jumps = torch.tensor(self._random.random((size, self._frames // 8 + 2, 17)) < 0.02).float()
        jumps = jumps.repeat_interleave(8, 1)[:, : self._frames, :, None]
        far = torch.tensor(self._random.normal(size=shape)).float() * 0.06
        return (0.6 * fast + 0.8 * slow) * sigma + jumps * far


def _noise_of(name: str) -> float:
    name = name.lower()
    if any(part in name for part in ("finger", "thumb", "toe", "end", "index")):
        return 0.0
    if any(part in name for part in ("arm", "humerus", "radius", "clavicle", "shoulder", "hand", "wrist", "elbow")):
        return LIMB_NOISE["arm"] * (0.35 if "clavicle" in name or "shoulder" in name else 1.0)
    if any(part in name for part in ("leg", "femur", "tibia", "foot", "knee", "ankle", "thigh", "shin")):
        return LIMB_NOISE["leg"] * (0.45 if "foot" in name or "ankle" in name else 1.0)
    return LIMB_NOISE["trunk"] if any(part in name for part in ("back", "spine", "chest", "thorax", "neck", "head")) else 0.0


@dataclass(frozen=True)
class Hinge:
    """A joint that bends about one axis, between two angles in radians."""

    axis: torch.Tensor
    lowest: float
    highest: float


def _find_hinges(clip: Clip, landmarks: Landmarks) -> dict[int, Hinge]:
    """Knees and elbows of a clip, by joint. The axis is that along which the clip's own turns differ most."""
    found = {}
    hinges = landmarks.hinges()
    if clip.skeleton.turns_own_offset:
        # The bone that ends at the knee is the thigh: it is the one behind it that bends.
        hinges = tuple(j for j, parent in enumerate(clip.skeleton.parents) if parent in hinges)
    for joint in hinges:
        vectors = turn_vectors(clip.turns[:, joint])
        _, _, directions = torch.linalg.svd(vectors, full_matrices=False)
        angles = vectors @ directions[0]
        low, high = min(float(angles.min()), 0.0), max(float(angles.max()), 0.0)
        # To one side it bends; to the other it goes no further than the clip does.
        limits = (low, MOST_BENT) if high >= -low else (-MOST_BENT, high)
        found[joint] = Hinge(directions[0], *limits)
    return found
