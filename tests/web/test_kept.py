"""Answers are made once, shared by who waits for them, and give way in the order in which they were asked for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from dragoman.web.kept import Kept


def test_an_answer_is_made_once():
    """The second who asks is given what the first was; another question has another answer."""
    kept, made = Kept(), []

    def make() -> bytes:
        made.append(1)
        return b"answer %d" % len(made)

    asked = [kept.get(question, "now", make).body for question in ("a", "a", "b", "a")]

    assert asked == [b"answer 1", b"answer 1", b"answer 2", b"answer 1"]


def test_who_asks_meanwhile_waits_for_the_first():
    """Eight who ask at once get one answer, made by one of them."""
    kept, made, started = Kept(), [], threading.Barrier(8)

    def make() -> bytes:
        made.append(threading.get_ident())
        threading.Event().wait(0.05)
        return b"one"

    def ask(_: int) -> bytes:
        started.wait(5)
        return kept.get("question", "now", make).body

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [b"one"] * 8
    assert len(made) == 1


def test_a_failure_is_told_and_not_kept():
    """What `make` raises comes out; who asks again gets a new try, and no maker is lost."""
    kept = Kept(makers=1)

    def fail() -> bytes:
        raise ValueError("not now")

    for _ in range(2):
        with pytest.raises(ValueError, match="not now"):
            kept.get("question", "now", fail)
    assert kept.get("question", "now", lambda: b"now").body == b"now"


def test_who_asks_alone_is_given_the_newest():
    """The ledger changed: the answer is made anew, and takes the place of the older."""
    kept = Kept(room=8)
    kept.get("question", "before", lambda: b"old")

    assert kept.get("question", "after", lambda: b"new").body == b"new"
    assert kept.get("question", "after", lambda: b"newer").body == b"new"


@contextmanager
def busy(kept, question):
    """A maker of an answer that is not done before the block ends."""
    begun, over = threading.Event(), threading.Event()

    def make() -> bytes:
        begun.set()
        over.wait(5)
        return b"late"

    with ThreadPoolExecutor(1) as pool:
        pool.submit(kept.get, question, "after", make)
        begun.wait(5)
        try:
            yield
        finally:
            over.set()


@pytest.mark.parametrize("question", ["the same", "another"])
def test_while_the_makers_are_busy_the_older_answer_does(question):
    """It is given with the state it was made of; a maker that has the same answer in hand is as busy as any."""
    kept = Kept(makers=2 if question == "the same" else 1)
    kept.get("the same", "before", lambda: b"old")

    with busy(kept, question):
        given = kept.get("the same", "after", lambda: b"new")

    assert (given.body, given.state) == (b"old", "before")


@pytest.mark.parametrize(("question", "body"), [("the same", b"late"), ("another", b"new")])
def test_an_answer_beyond_patience_is_waited_for(question, body):
    """Nobody is given what is too old, however long the newer takes."""
    kept = Kept(makers=1, patience=-1.0)
    kept.get("the same", "before", lambda: b"old")

    with ThreadPoolExecutor(1) as pool:
        with busy(kept, question):
            given = pool.submit(kept.get, "the same", "after", lambda: b"new")
            assert not given.done()
        assert given.result(5).body == body


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
    for question in asked:
        kept.get(question, "now", lambda: b"four")
    given = {question: kept.get(question, "now", lambda: b"anew").body for question in still}

    assert given == dict.fromkeys(still, b"four")


def test_an_answer_larger_than_the_room_is_given_but_not_kept():
    """It does not push out the others."""
    kept = Kept(room=8)
    kept.get("small", "now", lambda: b"four")

    assert kept.get("large", "now", lambda: b"x" * 9).body == b"x" * 9
    assert kept.get("small", "now", lambda: b"anew").body == b"four"
    assert kept.get("large", "now", lambda: b"y").body == b"y"
