"""Party: who a phrase stands for."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.domain import Person

#: Relations in which a phrase is who a sentence is about.
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


@dataclass(frozen=True, slots=True)
class Party:
    """Who a phrase stands for: actor ids, the persons it names, and whether the actor itself is meant.

    `direct` is False where the phrase only belongs to the actor ("Japanese goods"); `named` is True where the text
    names somebody there whom the reader cannot place ("countries that help"), so that nobody else may be put there.
    """

    ids: tuple[str, ...]
    persons: tuple[Person, ...] = ()
    direct: bool = True
    named: bool = False


NOBODY = Party(())
UNPLACED = Party((), named=True)
