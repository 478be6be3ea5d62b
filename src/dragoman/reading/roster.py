"""The roster: the persons of a document and where each is named."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.domain import Person


@dataclass(slots=True)
class Mention:
    """One mention of a person: tokens `first..last` are the name, `start..last` includes office and honorific."""

    start: int
    first: int
    last: int
    key: int


@dataclass(slots=True)
class People:
    """All persons of a document; `by_token` maps each token of a mention to it."""

    persons: list[Person] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    by_token: dict[int, Mention] = field(default_factory=dict)

    def person(self, token: int) -> Person | None:
        """Return the person that the token at this index is part of naming, or None."""
        mention = self.by_token.get(token)
        return self.persons[mention.key] if mention else None
