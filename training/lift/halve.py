"""Makes a checkpoint half as large, as it lies in `public/weights`: numbers of 16 bits, and nothing but the network."""

from __future__ import annotations

import argparse

import torch


def halve(source: str, target: str) -> None:
    """Reads `model_pos` of a checkpoint and writes it with float16 numbers, without counters that nobody reads."""
    weights = torch.load(source, map_location="cpu")["model_pos"]
    kept = {
        name: value.half().contiguous()
        for name, value in weights.items()
        if not name.endswith("num_batches_tracked")
    }
    torch.save({"model_pos": kept}, target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", help="checkpoint that train.py has written")
    parser.add_argument("target", help="where the smaller one goes")
    options = parser.parse_args()
    halve(options.source, options.target)


if __name__ == "__main__":
    main()
