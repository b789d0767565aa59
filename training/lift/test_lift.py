"""Tests of the training on motion that is made up here: nothing has to be fetched."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from augment import Sampler  # noqa: E402
from halve import halve  # noqa: E402
from landmarks import COCO_MIRROR, H36M_MIRROR, Landmarks  # noqa: E402
from motion_files import forward, read_folder, turn_by, turn_vectors  # noqa: E402
from network import TemporalNetwork  # noqa: E402
from train import mean_error, parse, train  # noqa: E402

# A figure with the names of Mixamo's joints, in centimetres: name, parent, offset.
FIGURE = (
    ("Hips", None, (0, 0, 0)),
    ("Spine", "Hips", (0, 12, 0)),
    ("Neck", "Spine", (0, 38, 0)),
    ("Head", "Neck", (0, 10, 0)),
    *(
        row
        for side, sign in (("Left", 1), ("Right", -1))
        for row in (
            (f"{side}Arm", "Spine", (sign * 18, 36, 0)),
            (f"{side}ForeArm", f"{side}Arm", (0, -29, 0)),
            (f"{side}Hand", f"{side}ForeArm", (0, -25, 0)),
            (f"{side}UpLeg", "Hips", (sign * 10, 0, 0)),
            (f"{side}Leg", f"{side}UpLeg", (0, -42, 0)),
            (f"{side}Foot", f"{side}Leg", (0, -42, 0)),
        )
    ),
)


def angles_at(joint: str, time: float) -> tuple[float, float, float]:
    """z, x, y in degrees: somebody who walks on the spot and swings their arms."""
    sign = 1 if joint.startswith("Left") else -1
    swing = sign * math.sin(2 * math.pi * time)
    if joint.endswith("UpLeg"):
        return 0, -25 * swing, 0
    if joint.endswith("Leg"):
        return 0, 30 + 30 * swing, 0
    if joint.endswith("ForeArm"):
        return 0, -40 - 20 * swing, 0
    if joint.endswith("Arm"):
        return 8 * sign, 30 * swing, 0
    return (0, 0, 20 * math.sin(time)) if joint == "Hips" else (0, 0, 0)


def write_bvh(path: Path, frames: int = 400, rate: int = 60) -> None:
    children = {name: [child for child, parent, _ in FIGURE if parent == name] for name, _, _ in FIGURE}
    offsets = {name: offset for name, _, offset in FIGURE}
    lines, order = ["HIERARCHY"], []

    def write(name: str, depth: int) -> None:
        order.append(name)
        pad = "  " * depth
        lines.append(f"{pad}{'ROOT' if depth == 0 else 'JOINT'} {name}")
        lines.append(f"{pad}{{")
        lines.append(f"{pad}  OFFSET {' '.join(map(str, offsets[name]))}")
        moves = "6 Xposition Yposition Zposition" if depth == 0 else "3"
        lines.append(f"{pad}  CHANNELS {moves} Zrotation Xrotation Yrotation")
        for child in children[name]:
            write(child, depth + 1)
        if not children[name]:
            end = (0, 20, 0) if name == "Head" else (0, -8, 0)
            lines.append(f"{pad}  End Site\n{pad}  {{\n{pad}    OFFSET {' '.join(map(str, end))}\n{pad}  }}")
        lines.append(f"{pad}}}")

    write("Hips", 0)
    lines += ["MOTION", f"Frames: {frames}", f"Frame Time: {1 / rate:.6f}"]
    for frame in range(frames):
        numbers = [0.0, 90.0, 0.0] + [value for name in order for value in angles_at(name, frame / rate)]
        lines.append(" ".join(f"{value:.5f}" for value in numbers))
    path.write_text("\n".join(lines) + "\n")


ASF = """:version 1.10
:units
  mass 1.0
  length 0.45
  angle deg
:bonedata
{bones}
:hierarchy
  begin
{hierarchy}
  end
"""


def write_asf(path: Path) -> None:
    """The bones of the CMU database, each as long as 10 of its units."""
    chains = [
        ("root", "lhipjoint", "lfemur", "ltibia"),
        ("root", "rhipjoint", "rfemur", "rtibia"),
        ("root", "lowerback", "upperback", "thorax", "lowerneck", "upperneck", "head"),
        ("thorax", "lclavicle", "lhumerus", "lradius"),
        ("thorax", "rclavicle", "rhumerus", "rradius"),
    ]
    directions = {"hipjoint": "{s} 0 0", "clavicle": "{s} 0 0", "femur": "0 -1 0", "tibia": "0 -1 0", "humerus": "{s} 0 0", "radius": "{s} 0 0"}
    bones, hierarchy = [], []
    for chain in chains:
        for parent, name in zip(chain, chain[1:]):
            hierarchy.append(f"    {parent} {name}")
            plain, sign = (name[1:], "1" if name[0] == "l" else "-1") if name[1:] in directions else (name, "1")
            direction = directions.get(plain, "0 1 0").replace("{s}", sign)
            axis = "0 0 30" if plain == "tibia" else "0 0 0"
            dof = "  dof rx\n" if plain in ("tibia", "radius") else "  dof rx ry rz\n"
            bones.append(f"  begin\n  name {name}\n  direction {direction}\n  length 10\n  axis {axis} XYZ\n{dof}  end")
    path.write_text(ASF.format(bones="\n".join(bones), hierarchy="\n".join(hierarchy)))


class Files(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())

    def test_bvh_joints_are_where_its_angles_put_them(self) -> None:
        write_bvh(self.folder / "walk.bvh", frames=60)
        (clip,) = read_folder(self.folder)
        self.assertEqual(len(clip), 60)
        self.assertAlmostEqual(clip.rate, 60, places=1)
        places, _ = forward(clip.skeleton, clip.turns)
        names = clip.skeleton.names
        at = lambda name: places[15, names.index(name)].numpy()
        unit = float(clip.skeleton.offsets[names.index("LeftLeg")].norm()) / 42
        time = 15 / 60
        hips = math.radians(angles_at("Hips", time)[2])
        thigh, knee = (math.radians(angles_at(f"Left{part}", time)[1]) for part in ("UpLeg", "Leg"))
        # In the plane of the leg, then turned about the vertical.
        flat = np.array([10, -42 * math.cos(thigh) - 42 * math.cos(thigh + knee), -42 * math.sin(thigh) - 42 * math.sin(thigh + knee)])
        turned = np.array([
            flat[0] * math.cos(hips) + flat[2] * math.sin(hips),
            flat[1],
            -flat[0] * math.sin(hips) + flat[2] * math.cos(hips),
        ])
        np.testing.assert_allclose(at("LeftFoot"), turned * unit, atol=1e-3)

    def test_asf_bones_are_turned_in_their_own_axes(self) -> None:
        write_asf(self.folder / "01.asf")
        rows = ["1", "root 0 0 0 0 90 0", "lfemur 90 0 0", "ltibia 60"]
        still = ("lhipjoint", "rhipjoint", "rfemur")
        rows += [f"{name} 0 0 0" for name in still]
        rows += ["rtibia 0", "lradius 0", "rradius 0"]
        rows += [f"{name} 0 0 0" for name in ("lowerback", "upperback", "thorax", "lowerneck", "upperneck", "head", "lclavicle", "rclavicle", "lhumerus", "rhumerus")]
        (self.folder / "01_02.amc").write_text(":FULLY-SPECIFIED\n:DEGREES\n" + "\n".join(rows) + "\n")
        (clip,) = read_folder(self.folder)
        places, _ = forward(clip.skeleton, clip.turns)
        names = clip.skeleton.names
        unit = 10 / 0.45 * 0.0254
        # A quarter turn about y takes x to −z; the thigh, turned about x first, then points to −z turned: −x.
        np.testing.assert_allclose(places[0, names.index("lhipjoint")].numpy() / unit, [0, 0, -1], atol=1e-5)
        np.testing.assert_allclose(places[0, names.index("lfemur")].numpy() / unit, [-1, 0, -1], atol=1e-5)
        # The shank bends by 60° about its own x, which lies 30° from the bone's: by the same matrices, written out.
        axis = np.array([math.cos(math.pi / 6), math.sin(math.pi / 6), 0])
        down = np.array([0, -1.0, 0])
        angle = math.pi / 3
        bent = down * math.cos(angle) + np.cross(axis, down) * math.sin(angle) + axis * axis.dot(down) * (1 - math.cos(angle))
        thigh = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]])
        root = np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]])
        expected = np.array([-1, 0, -1]) + root @ thigh @ bent
        np.testing.assert_allclose(places[0, names.index("ltibia")].numpy() / unit, expected, atol=1e-5)

    def test_what_is_no_motion_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "There is no motion in"):
            read_folder(self.folder)
        write_bvh(self.folder / "broken.bvh", frames=3)
        path = self.folder / "broken.bvh"
        path.write_text(path.read_text() + "1 2 3\n")
        with self.assertRaisesRegex(ValueError, "a frame has other than"):
            read_folder(self.folder)


class Maths(unittest.TestCase):
    def test_turns_and_their_vectors_are_each_other_s_inverse(self) -> None:
        vectors = torch.randn(200, 3, generator=torch.Generator().manual_seed(1))
        vectors = vectors / vectors.norm(dim=-1, keepdim=True).clamp_min(1) * 2.5
        torch.testing.assert_close(turn_vectors(turn_by(vectors)), vectors, atol=1e-3, rtol=1e-3)
        torch.testing.assert_close(turn_by(torch.zeros(1, 3)), torch.eye(3)[None])

    def test_mirrors_change_sides_and_back(self) -> None:
        for mirror in (COCO_MIRROR, H36M_MIRROR):
            self.assertEqual([mirror[i] for i in mirror], list(range(17)))

    def test_a_network_of_odd_widths_sees_as_many_frames_as_they_make(self) -> None:
        network = TemporalNetwork((3, 5, 3), 8).eval()
        self.assertEqual(network.field, 45)
        self.assertEqual(network(torch.zeros(2, 50, 17, 2)).shape, (2, 6, 17, 3))
        with self.assertRaisesRegex(ValueError, "odd widths"):
            TemporalNetwork((3, 4), 8)


class Batches(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(tempfile.mkdtemp())
        write_bvh(folder / "walk.bvh")
        self.clips = read_folder(folder)

    def test_keypoints_are_what_a_camera_sees_of_the_joints(self) -> None:
        batch = Sampler(self.clips, 30, 1).draw(16, is_varied=False)
        self.assertEqual((batch.keypoints.shape, batch.joints.shape), ((16, 30, 17, 2), (16, 30, 17, 3)))
        self.assertTrue(torch.isfinite(batch.keypoints).all())
        torch.testing.assert_close(batch.joints[:, :, 0], torch.zeros(16, 30, 3))
        # Hips: COCO's and Human3.6M's are the same places, so one projection explains both.
        shared = [(11, 4), (12, 1), (13, 5), (14, 2), (5, 11), (10, 16)]
        keypoints = torch.stack([batch.keypoints[:, :, a] for a, _ in shared], 2)[:, 7]
        joints = torch.stack([batch.joints[:, :, b] for _, b in shared], 2)[:, 7]
        for i in range(16):
            # x = f (X + tx) / (Z + tz): linear in f, f·tx, f·ty and tz.
            rows, right = [], []
            for (u, v), (x, y, z) in zip(keypoints[i].tolist(), joints[i].tolist()):
                rows += [[x, 1, 0, -u], [y, 0, 1, -v]]
                right += [u * z, v * z]
            solution, *_ = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)
            np.testing.assert_allclose(np.array(rows) @ solution, right, atol=2e-3)

    def test_left_and_right_stay_the_subject_s_when_a_batch_is_mirrored(self) -> None:
        sampler = Sampler(self.clips, 10, 3)
        for _ in range(6):
            joints = sampler.draw(8).joints
            thighs = (joints[:, :, 5] - joints[:, :, 4]).norm(dim=-1), (joints[:, :, 2] - joints[:, :, 1]).norm(dim=-1)
            torch.testing.assert_close(thighs[0], thighs[1], atol=1e-4, rtol=1e-4)

    def test_knees_bend_one_way(self) -> None:
        (clip,) = self.clips
        landmarks = Landmarks.of(clip.skeleton)
        sampler = Sampler(self.clips, 20, 4)
        for _ in range(10):
            turns = sampler._vary(clip, sampler._take(clip, 30.0, True), 30.0)
            knee = turn_vectors(turns[:, landmarks.sides["knee"][0]])[:, 0]
            self.assertGreater(float(knee.min()), -0.05)
            self.assertLess(float(knee.max()), 2.75)


class Training(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "motion").mkdir()
        write_bvh(self.folder / "motion" / "walk_1.bvh")
        write_bvh(self.folder / "motion" / "walk_2.bvh", frames=300)
        self.options = ["--arc", "3,3", "--channels", "32", "--batch", "8", "--held-batches", "1", "--hold", "walk_2"]

    def test_learns_and_writes_a_checkpoint_that_lifts(self) -> None:
        out = self.folder / "lifter.pt"
        checkpoint = train(parse([str(self.folder / "motion"), "--out", str(out), "--steps", "60", *self.options]))
        losses = checkpoint["losses_mm"]
        self.assertLess(np.mean(losses[-10:]), 0.75 * np.mean(losses[:5]))
        self.assertTrue(math.isfinite(checkpoint["error_mirrored_mm"]))
        halve(str(out), str(self.folder / "half.bin"))
        small = torch.load(self.folder / "half.bin")["model_pos"]
        self.assertEqual({value.dtype for value in small.values()}, {torch.float16})
        network = TemporalNetwork((3, 3), 32)
        network.load_state_dict(torch.load(out)["model_pos"])
        network.eval()
        keypoints = torch.rand(1, 20, 17, 2, generator=torch.Generator().manual_seed(2)) - 0.5
        with torch.no_grad():
            joints = network(keypoints)
        self.assertLess(float(mean_error(joints, torch.zeros(1, 20, 17, 3))), 5)
        # For the page's own reader, which is tried on it.
        kept = os.environ.get("LIMN_LIFTER_OUT")
        if kept:
            Path(kept, "lifter.pt").write_bytes(out.read_bytes())
            Path(kept, "lifter.json").write_text(json.dumps({"input": keypoints[0].tolist(), "output": joints[0].tolist()}))

    def test_several_processes_train_one_network(self) -> None:
        out = self.folder / "two.pt"
        command = [sys.executable, str(FOLDER / "train.py"), str(self.folder / "motion"), "--out", str(out), "--steps", "3"]
        # What torchrun tells each of them.
        told = {"WORLD_SIZE": "2", "MASTER_ADDR": "localhost", "MASTER_PORT": "29617", "OMP_NUM_THREADS": "1"}
        processes = [
            subprocess.Popen(
                [*command, *self.options],
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, **told, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            )
            for rank in range(2)
        ]
        for process in processes:
            _, said = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, said)
        self.assertEqual(torch.load(out)["steps"], 3)


if __name__ == "__main__":
    unittest.main()
