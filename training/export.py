"""Export the encoder: `python -m training.export [--weights FILE] [--out DIR]`.

In:     `encoder.pt` as `training.train` writes it.
Out:    in DIR (by default where the package looks for them): `encoder.onnx` (backbone and tags, int8), `ask.onnx` and
        `judge.onnx` (the heads that the reader uses), `tokenizer.json`, `encoder.json` with the names of the outputs.
Cost:   a minute.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from dragoman.domain import EVENT_TYPES, TRACKS
from dragoman.language.encoder import FOLDER
from training.model import STATUS, start_weights
from training.train import LONGEST, Model

OPSET = 17


def main(arguments: list[str] | None = None) -> int:
    """Write the ONNX files and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description="Export the encoder as ONNX.")
    parser.add_argument("--weights", type=Path, default=Path("training/out/encoder.pt"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    if not options.weights.is_file():
        print(f"There is no {options.weights}. Train first: python -m training.train", file=sys.stderr)
        return 2
    model = Model()
    model.load_state_dict(torch.load(options.weights, map_location=model.device, weights_only=True))
    model.to("cpu").eval()
    write(model, options.out)
    for path in sorted(options.out.iterdir()):
        print(f"{path.name:16} {path.stat().st_size / 1e6:6.2f} MB")
    return 0


class Reader(torch.nn.Module):
    """What is run once a sentence: states, keys for the judge's questions, and act tags."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.backbone, self.key = model.backbone, model.judge.key

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return states, keys and act tags."""
        states, acts, _ = self.backbone(pieces, mask)
        return states, self.key(states), acts


class Method(torch.nn.Module):
    """One method of a module, to be exported by itself."""

    def __init__(self, module: torch.nn.Module, name: str) -> None:
        super().__init__()
        self.module, self.name = module, name

    def forward(self, *given: torch.Tensor) -> Any:
        """Return what the method returns."""
        return getattr(self.module, self.name)(*given)


def write(model: Model, out: Path) -> None:
    """Write everything that the reader loads."""
    out.mkdir(parents=True, exist_ok=True)
    width = model.backbone.width
    pieces, mask, states = torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9), torch.zeros(3, width)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        _export(Reader(model), (pieces, mask), whole, ["pieces", "mask"], ["states", "keys", "acts"])
        quantize_dynamic(whole, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    _export(Method(model.judge, "ask"), (states, states), out / "ask.onnx", ["source", "target"], ["asked"])
    _export(Method(model.judge, "decide"), (states,) * 4, out / "judge.onnx", ["act", "source", "target", "whole"],
            ["types", "status", "tracks"])  # fmt: skip
    absent = {"source": model.judge.no_source.tolist(), "target": model.judge.no_target.tolist()}
    shutil.copy(start_weights() / "tokenizer.json", out / "tokenizer.json")
    meaning = {
        "acts": ["", *EVENT_TYPES],
        "types": EVENT_TYPES,
        "status": STATUS,
        "tracks": TRACKS,
        "longest": LONGEST,
        "absent": absent,
    }
    (out / "encoder.json").write_text(json.dumps(meaning) + "\n", encoding="utf-8")


def _export(
    part: torch.nn.Module, inputs: tuple[torch.Tensor, ...], path: Path, given: list[str], found: list[str]
) -> None:
    """Write one part as ONNX; the number of rows, and of pieces where there are such, may differ."""
    axes = {0: "rows", 1: "pieces"} if "pieces" in given else {0: "rows"}
    torch.onnx.export(
        part, inputs, str(path), input_names=given, output_names=found, opset_version=OPSET, dynamo=False,
        dynamic_axes=dict.fromkeys((*given, *found), axes),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
