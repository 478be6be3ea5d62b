"""The encoder: a small transformer that judges what syntax cannot.

In:     sentences as plain text; questions about them as character ranges.
Out:    `Encoded` sentences with tags for each word piece; `Judgement`s of what a source does to a target.
Units:  half-open character ranges of a sentence's text; scores are probabilities between 0 and 1.
Data:   the weights in `models/` (int8 ONNX), made by `training/`; `models/README.md` in the project is their card.

Runs on the CPU with onnxruntime; nothing is fetched. Sentences are encoded once, and any number of questions about
them are then cheap.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "models"
#: More threads gain little on short sentences, and wait for work by spinning (measured: they tripled the cost).
THREADS = 1

Chars = tuple[int, int]
Array = Any  # numpy's array; its type parameters say nothing here


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence: the state of each word piece, its key for questions, its characters, the probabilities of its tags.

    `acts[k]` holds one number for "no act" and each of the 16 types.
    """

    states: Array
    keys: Array
    offsets: tuple[Chars, ...]
    acts: Array


@dataclass(frozen=True, slots=True)
class Question:
    """What does `source` do to `target` in the words of `predicate`? A side or the predicate may be open (None)."""

    source: Chars | None
    target: Chars | None
    predicate: Chars | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer: a probability for each type (any number may hold), each status and each track; where it looked."""

    types: dict[str, float]
    status: dict[str, float]
    tracks: dict[str, float]
    looked: Array


class Encoder:
    """The loaded models. Use `encoder()`, which loads them once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = 3
        settings.intra_op_num_threads = THREADS
        self._sessions = {
            name: onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), settings, providers=["CPUExecutionProvider"]
            )
            for name in ("encoder", "ask", "judge")
        }
        self.meaning: dict[str, Any] = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self._absent = {k: np.array(v, np.float32) for k, v in self.meaning["absent"].items()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.meaning["longest"])

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the sentences encoded, in their order; a very long one is cut after 160 word pieces.

        Each is run by itself: a batch would be slower on one core for its padding, and int8 activations are scaled by
        batch, so that a sentence would mean something else beside others.
        """
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        tokenized = self._tokenizer.encode(text)
        pieces = np.array([tokenized.ids], np.int64)
        given = {"pieces": pieces, "mask": np.ones(pieces.shape, np.float32)}
        states, keys, acts = self._sessions["encoder"].run(["states", "keys", "acts"], given)
        return Encoded(states[0], keys[0], tuple(tokenized.offsets), _softmax(acts[0]))

    def judge(self, encoded: Encoded, questions: Sequence[Question]) -> list[Judgement]:
        """Return the answers to questions about one sentence, in their order."""
        if not questions:
            return []
        source = np.stack([self._side(encoded, q.source, "source") for q in questions])
        target = np.stack([self._side(encoded, q.target, "target") for q in questions])
        (asked,) = self._sessions["ask"].run(None, {"source": source, "target": target})
        looked = _softmax(asked @ encoded.keys.T)
        weights = looked.copy()
        for k, question in enumerate(questions):
            given = covered(encoded, question.predicate)
            if given.any():
                weights[k] = given / given.sum()
        whole = np.repeat(encoded.states[:1], len(questions), 0)
        act = (weights @ encoded.states).astype(np.float32)
        types, status, tracks = self._sessions["judge"].run(
            None, {"act": act, "source": source, "target": target, "whole": whole}
        )
        return [
            Judgement(
                self._named("types", _sigmoid(types[k])),
                self._named("status", _softmax(status[k])),
                self._named("tracks", _sigmoid(tracks[k])),
                looked[k],
            )
            for k in range(len(questions))
        ]

    def _named(self, what: str, values: Array) -> dict[str, float]:
        return dict(zip(self.meaning[what], values.tolist(), strict=True))

    def _side(self, encoded: Encoded, span: Chars | None, name: str) -> Array:
        """Return the mean state of a side, or the learnt state for a side that is not named."""
        inside = covered(encoded, span)
        return encoded.states[inside].mean(0) if inside.any() else self._absent[name]


def covered(encoded: Encoded, span: Chars | None) -> Array:
    """Return which word pieces lie in a range of characters, as a mask."""
    if span is None:
        return np.zeros(len(encoded.offsets), bool)
    return np.array([a < b and a < span[1] and span[0] < b for a, b in encoded.offsets])


@cache
def encoder() -> Encoder:
    """Return the encoder, loaded once."""
    return Encoder()


def _sigmoid(logits: Array) -> Array:
    return 1 / (1 + np.exp(-logits))


def _softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)
