"""Trains a lifter from a folder of motion capture.

    python3 train.py MOTION --out lifter.pt --minutes 30
    torchrun --nproc_per_node=4 train.py MOTION --out lifter.pt --minutes 30

Every process draws batches of its own; gradients are averaged over all of them. The checkpoint is that of VideoPose3D:
`model_pos`, beside the options it was trained with and the errors that were measured on clips held back.
"""

from __future__ import annotations

import argparse
import math
import os
import time

import torch
import torch.distributed as distributed
from torch.nn.parallel import DistributedDataParallel

from augment import Batch, Sampler
from landmarks import COCO_MIRROR, H36M_MIRROR
from motion_files import read_folder
from network import TemporalNetwork

# Results that one sequence trains at once.
RESULTS = 40
LEARNING_RATE = 2e-3
LAST_LEARNING_RATE = 2e-5
WEIGHT_DECAY = 1e-4
REPORT_EVERY = 200
HELD_BATCHES = 12
HELD_BATCH_SIZE = 16


def mean_error(found: torch.Tensor, joints: torch.Tensor) -> torch.Tensor:
    """Mean distance of joints in metres: of what is lifted from the middle of the frames that were seen."""
    before = (joints.shape[1] - found.shape[1]) // 2
    return (found - joints[:, before : before + found.shape[1]]).norm(dim=-1).mean()


@torch.no_grad()
def measure(network: TemporalNetwork, held: list[Batch], device: torch.device) -> tuple[float, float]:
    """Errors in millimetres on held batches, plain and with the mirror image."""
    network.eval()
    plain, mirrored = [], []
    for batch in held:
        keypoints, joints = batch.keypoints.to(device), batch.joints.to(device)
        found = network(keypoints)
        turned = network(keypoints[:, :, COCO_MIRROR] * torch.tensor([-1.0, 1.0], device=device))
        turned = turned[:, :, H36M_MIRROR] * torch.tensor([-1.0, 1.0, 1.0], device=device)
        plain.append(float(mean_error(found, joints)) * 1000)
        mirrored.append(float(mean_error((found + turned) / 2, joints)) * 1000)
    network.train()
    return sum(plain) / len(plain), sum(mirrored) / len(mirrored)


def train(options: argparse.Namespace) -> dict:
    """Returns the checkpoint."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    rank = int(os.environ.get("RANK", "0"))
    has_gpu = torch.cuda.is_available()
    if world > 1:
        distributed.init_process_group("nccl" if has_gpu else "gloo")
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if has_gpu else torch.device("cpu")
    clips = read_folder(options.motion)
    held_clips = [clip for clip in clips if any(part in clip.name for part in options.hold)]
    trained_clips = [clip for clip in clips if clip not in held_clips] if held_clips else clips
    if not trained_clips:
        raise ValueError("All clips are held back: there is none left to train with.")
    torch.manual_seed(options.seed)
    widths = tuple(int(width) for width in options.arc.split(","))
    network = TemporalNetwork(widths, options.channels).to(device)
    frames = network.field + RESULTS - 1
    sampler = Sampler(trained_clips, frames, options.seed * 1000 + rank)
    held_sampler = Sampler(held_clips or clips, frames, 99)
    held = [held_sampler.draw(HELD_BATCH_SIZE, is_varied=False) for _ in range(options.held_batches)]
    model = DistributedDataParallel(network) if world > 1 else network
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    began = time.monotonic()
    losses: list[float] = []
    errors = (math.nan, math.nan)
    step = 0
    while True:
        share = _share_done(step, began, options, world, device)
        if share >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = LAST_LEARNING_RATE + LEARNING_RATE * (1 + math.cos(math.pi * share)) / 2
        batch = sampler.draw(options.batch)
        loss = mean_error(model(batch.keypoints.to(device)), batch.joints.to(device))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss) * 1000)
        step += 1
        if rank == 0 and step % REPORT_EVERY == 0:
            errors = measure(network, held, device)
            print(
                f"{step} steps, {(time.monotonic() - began) / 60:.1f} min: trained {sum(losses[-REPORT_EVERY:]) / REPORT_EVERY:.1f} mm,"
                f" held back {errors[0]:.1f} mm, with the mirror image {errors[1]:.1f} mm",
                flush=True,
            )
    if rank == 0:
        errors = measure(network, held, device)
    checkpoint = {
        "model_pos": {name: value.cpu() for name, value in network.state_dict().items()},
        "options": {name: value for name, value in vars(options).items() if name not in ("motion", "out")},
        "error_mm": errors[0],
        "error_mirrored_mm": errors[1],
        "steps": step,
        "losses_mm": losses,
    }
    if rank == 0:
        torch.save(checkpoint, options.out)
    if world > 1:
        distributed.barrier()
        distributed.destroy_process_group()
    return checkpoint


def _share_done(step: int, began: float, options: argparse.Namespace, world: int, device: torch.device) -> float:
    """The same in all processes: they end together."""
    if options.steps:
        return step / options.steps
    share = torch.tensor((time.monotonic() - began) / 60 / options.minutes, device=device)
    if world > 1:
        distributed.broadcast(share, 0)
    return float(share)


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("motion", help="folder with .bvh files, or .asf with their .amc files")
    parser.add_argument("--out", default="lifter.pt", help="where the checkpoint goes")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--steps", type=int, default=0, help="ends after so many steps in place of minutes")
    parser.add_argument("--arc", default="3,3,3,3", help="widths of filters")
    parser.add_argument("--channels", type=int, default=256)
    parser.add_argument("--batch", type=int, default=48, help="sequences a step and process")
    parser.add_argument("--hold", nargs="*", default=[], help="clips with this in their names are held back")
    parser.add_argument("--held-batches", type=int, default=HELD_BATCHES)
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    train(parse())
