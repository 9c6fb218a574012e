#!/usr/bin/env python3
"""Loads the weights of a fashion-cnn into plain PyTorch, and compares what it predicts with predictions.csv.

    load_weights.py results/quickstart/baseline /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz

Wants PyTorch and NumPy (Debian: python3-torch); `safetensors.torch.load_file` does what `load` does here by hand.
Exit code 1 where a prediction differs, but for images of which two logits are within 1e-5 of each other.
"""
import csv
import gzip
import json
import math
import pathlib
import struct
import sys
from collections import OrderedDict

import numpy
import torch
from torch import nn


def load(path):
    """The tensors of a safetensors file of 32-bit floats, by name."""
    file = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", file[:8])
    header, content = json.loads(file[8 : 8 + length]), file[8 + length :]
    return {
        name: torch.from_numpy(numpy.frombuffer(content[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).copy())
        for name, entry in header.items()
        if name != "__metadata__"
    }


def fashion_cnn(features, classes):
    """As anybody would write it. Its dropout layers, which do nothing when predicting, are left out."""
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(1, 32, 3), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
        conv2=nn.Conv2d(32, 64, 3), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
        conv3=nn.Conv2d(64, 128, 3), relu3=nn.ReLU(), flatten=nn.Flatten(),
        dense1=nn.Linear(features, 128), relu4=nn.ReLU(),
        dense2=nn.Linear(128, classes),
    ))


def images(path):
    """[N, 1, height, width] of an IDX file, gzipped or not; 0 is black, 1 white."""
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as file:
        _, count, height, width = struct.unpack(">4i", file.read(16))
        pixels = numpy.frombuffer(file.read(), numpy.uint8).reshape(count, 1, height, width)
    return torch.from_numpy(pixels.astype(numpy.float32) / 255)


def main(folder, test_images):
    weights = load(pathlib.Path(folder, "weights.safetensors"))
    model = fashion_cnn(weights["dense1.weight"].shape[1], weights["dense2.weight"].shape[0])
    model.load_state_dict(weights)  # every name and shape, or an error
    with torch.no_grad():
        logits = torch.cat([model(batch) for batch in images(test_images).split(500)])

    with open(pathlib.Path(folder, "predictions.csv")) as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(logits), f"{len(rows)} predictions of {len(logits)} images"
    predicted = torch.tensor([int(row["predicted"]) for row in rows])
    most, here = logits.max(1)
    theirs = logits.gather(1, predicted[:, None])[:, 0]
    others = here != predicted
    ties = others & (most - theirs <= 1e-5)
    probabilities = logits.softmax(1).gather(1, predicted[:, None])[:, 0]
    apart = max(math.fabs(float(row["probability"]) - float(value)) for row, value in zip(rows, probabilities))
    print(f"{len(rows)} images: {int((~others).sum())} predicted alike, {int(ties.sum())} ties, {int((others & ~ties).sum())} others; probabilities at most {apart:.1e} apart")
    return 1 if (others & ~ties).any() else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 3 else __doc__)
