"""Where COCO's 17 keypoints and Human3.6M's 17 joints are on a skeleton, by the names of its joints.

Known are the bones of the CMU database's ASF files, whose places are the bones' ends, and joints with the names that
most BVH files have (CMU's conversions, Mixamo, MotionBuilder), whose places are the joints.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from motion_files import Skeleton

# From shoulders, elbows … to the place's name in each kind of file; * stands for the side.
ASF = {
    "hip": "*hipjoint",
    "knee": "*femur",
    "ankle": "*tibia",
    "shoulder": "*clavicle",
    "elbow": "*humerus",
    "wrist": "*radius",
    "spine": "upperback",
    "thorax": "thorax",
    "neck": "upperneck",
    "head": "head",
}
BVH = {
    "hip": ("*UpLeg", "*Thigh", "*Hip"),
    "knee": ("*Leg", "*Shin", "*Knee"),
    "ankle": ("*Foot", "*Ankle"),
    "shoulder": ("*Arm", "*UpArm", "*Shoulder"),
    "elbow": ("*ForeArm", "*LowArm", "*Elbow"),
    "wrist": ("*Hand", "*Wrist"),
    "spine": ("Spine", "Chest", "Spine1"),
    "thorax": ("Neck", "Neck1"),
    "neck": ("Head",),
    "head": ("Head_end",),
}
SIDES = ("left", "right")
COCO_MIRROR = (0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15)
H36M_MIRROR = (0, 4, 5, 6, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 11, 12, 13)
# Metres from the middle of the head, in its own axes (x to the left, y up, z forwards): about those of an adult
# (NASA-STD-3000, 3.3.1).
FACE = {
    "nose": (0.0, -0.01, 0.10),
    "left_eye": (0.032, 0.03, 0.08),
    "right_eye": (-0.032, 0.03, 0.08),
    "left_ear": (0.075, 0.0, 0.0),
    "right_ear": (-0.075, 0.0, 0.0),
}
H36M_NOSE = (0.0, -0.02, 0.07)
CROWN = 0.06


@dataclass(frozen=True)
class Landmarks:
    """Positions of joints by what they are: `hip`, `knee` … by side, and those of the trunk."""

    sides: dict[str, tuple[int, int]]
    middle: dict[str, int]

    @staticmethod
    def of(skeleton: Skeleton) -> "Landmarks":
        """Raises ValueError naming what a skeleton lacks."""
        plain = [name.split(":")[-1] for name in skeleton.names]
        is_asf = skeleton.turns_own_offset
        table = ASF if is_asf else BVH

        def find(part: str, side: str | None) -> int:
            names = table[part] if isinstance(table[part], tuple) else (table[part],)
            for name in names:
                wanted = name.replace("*", side[0] if is_asf else side.capitalize()) if side else name
                if wanted in plain:
                    return plain.index(wanted)
            raise ValueError(f"The skeleton has no {side or ''} {part}: its joints are {', '.join(plain)}.")

        paired = ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")
        sides = {part: (find(part, "left"), find(part, "right")) for part in paired}
        return Landmarks(sides, {part: find(part, None) for part in ("spine", "thorax", "neck", "head")})

    def hinges(self) -> tuple[int, ...]:
        """Joints that bend about one axis: knees and elbows. In ASF the turn belongs to the bone behind the joint."""
        return (*self.sides["knee"], *self.sides["elbow"])

    def keypoints(self, places: torch.Tensor, orientations: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """COCO's keypoints and Human3.6M's joints, (..., 17, 3) each, of joints' places and orientations."""

        def at(part: str, side: int) -> torch.Tensor:
            return places[..., self.sides[part][side], :]

        low, top = places[..., self.middle["neck"], :], places[..., self.middle["head"], :]
        middle = (low + top) / 2
        turned = orientations[..., self.middle["head"], :, :]

        def on_head(offset: tuple[float, float, float]) -> torch.Tensor:
            return middle + (turned @ torch.tensor(offset).to(places)[:, None])[..., 0]

        face = [on_head(FACE[name]) for name in ("nose", "left_eye", "right_eye", "left_ear", "right_ear")]
        limbs = [at(part, side) for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle") for side in (0, 1)]
        coco = torch.stack(face + limbs, -2)
        hip = (at("hip", 0) + at("hip", 1)) / 2
        trunk = [places[..., self.middle["spine"], :], places[..., self.middle["thorax"], :]]
        head = [on_head(H36M_NOSE), top + (turned @ torch.tensor((0.0, CROWN, 0.0)).to(places)[:, None])[..., 0]]
        legs = [at(part, side) for side in (1, 0) for part in ("hip", "knee", "ankle")]
        arms = [at(part, side) for side in (0, 1) for part in ("shoulder", "elbow", "wrist")]
        return coco, torch.stack([hip, *legs, *trunk, *head, *arms], -2)
