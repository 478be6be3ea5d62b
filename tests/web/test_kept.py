"""Answers are made once, shared by who waits for them, and give way in the order in which they were asked for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dragoman.web.kept import Kept


def test_an_answer_is_made_once():
    """The second who asks is given what the first was; another key is another answer."""
    kept, made = Kept(), []

    def make() -> bytes:
        made.append(1)
        return b"answer %d" % len(made)

    assert [kept.get(key, make) for key in ("a", "a", "b", "a")] == [b"answer 1", b"answer 1", b"answer 2", b"answer 1"]


def test_who_asks_meanwhile_waits_for_the_first():
    """Eight who ask at once get one answer, made by one of them."""
    kept, made, started = Kept(), [], threading.Barrier(8)

    def make() -> bytes:
        made.append(threading.get_ident())
        threading.Event().wait(0.05)
        return b"one"

    def ask(_: int) -> bytes:
        started.wait(5)
        return kept.get("key", make)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [b"one"] * 8
    assert len(made) == 1


def test_a_failure_is_told_and_not_kept():
    """What `make` raises comes out; who asks again gets a new try."""
    kept = Kept()

    def fail() -> bytes:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        kept.get("key", fail)
    assert kept.get("key", lambda: b"now") == b"now"


@pytest.mark.parametrize(
    ("asked", "still"),
    [
        ("abc", "bc"),  # the oldest gives way
        ("abac", "ac"),  # what was asked for again is younger
        ("ab", "ab"),
    ],
)
def test_the_answer_asked_for_longest_ago_gives_way(asked, still):
    """There is room for two answers of four bytes."""
    kept = Kept(room=8)
    for key in asked:
        kept.get(key, lambda: b"four")
    given = {key: kept.get(key, lambda: b"anew") for key in still}

    assert given == dict.fromkeys(still, b"four")


def test_an_answer_larger_than_the_room_is_given_but_not_kept():
    """It does not push out the others."""
    kept = Kept(room=8)
    kept.get("small", lambda: b"four")

    assert kept.get("large", lambda: b"x" * 9) == b"x" * 9
    assert kept.get("small", lambda: b"anew") == b"four"
    assert kept.get("large", lambda: b"y") == b"y"
