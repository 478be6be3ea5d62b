"""Fuzzing: each target for a second, and that what runs them would see a fault."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from hypothesis import strategies as st

from dragoman.errors import UnreadableInput
from fuzz import __main__ as command
from fuzz import running
from fuzz.running import Target, fuzz, problem_of
from fuzz.targets import TARGETS, documents_of, sound_files


def _break(data: bytes) -> None:
    """Fail in the way that the input names, refuse it, or take it."""
    if b"value" in data:
        raise ValueError("a fault")
    if b"assert" in data:
        raise AssertionError("a broken promise")
    if b"slow" in data:
        while True:
            with suppress(Exception):  # as a parser may
                len(data)
    if b"mute" in data:
        raise UnreadableInput("")
    if b"refuse" in data:
        raise UnreadableInput("It is not for us. Give another.")


BREAKS = Target("breaks", _break, st.binary(max_size=40), seconds=0.3)


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_holds_for_a_second(name):
    """The same inputs each time, drawn by a number; `make fuzz` draws others and goes on for longer."""
    tried, failure = fuzz(TARGETS[name], 1.0, seed=1)

    assert failure is None, str(failure)
    assert tried


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a value", "ValueError: a fault"),
        (b"assert", "AssertionError: a broken promise"),
        (b"slow", "TooSlow: over 0.3 seconds"),
        (b"mute", "UnreadableInput without a message"),
    ],
)
def test_every_kind_of_fault_is_seen(data, problem):
    """Errors of no class of ours, broken promises, hanging, and a refusal without a reason."""
    assert (problem_of(BREAKS, data) or "").startswith(problem)


def test_an_input_that_fills_memory_is_seen(monkeypatch):
    """By how much the most that the process ever had has grown."""
    monkeypatch.setattr(running, "_memory", iter([0, running.MEMORY + 1]).__next__)

    assert (problem_of(BREAKS, b"") or "").startswith("TooLarge: it took")


@pytest.mark.parametrize("data", [b"", b"refuse"])
def test_an_answer_and_a_refusal_are_no_faults(data):
    """A parser may return or refuse."""
    assert problem_of(BREAKS, data) is None


def test_what_failed_is_made_smaller_and_can_be_run_again():
    """The input that is shown fails in the same way, and holds little else."""
    long = Target("breaks", _break, st.just(b"." * 500 + b"value" + b"." * 500), seconds=1)
    tried, failure = fuzz(long, 1.0, seed=1)

    assert failure is not None
    assert (tried, failure.data) == (1, b"value")
    assert f"--target breaks --input {base64.b64encode(b'value').decode()}" in str(failure)


def test_the_command_fails_where_an_input_does(monkeypatch, capsys):
    """It prints target and input and ends with 1; the input alone does the same."""
    monkeypatch.setitem(TARGETS, "breaks", Target("breaks", _break, st.just(b"value"), seconds=1))

    assert command.main(["--target", "breaks", "--minutes", "0.01"]) == 1
    assert "--input dmFsdWU=" in capsys.readouterr().out
    assert command.main(["--target", "breaks", "--input", "dmFsdWU="]) == 1
    assert command.main(["--target", "breaks", "--input", ""]) == 0
    assert "breaks holds." in capsys.readouterr().out


@pytest.mark.parametrize("number", range(len(sound_files())))
def test_seeds_are_sound(number):
    """What is broken was whole: unbroken, each gives documents, and nothing in it is damaged."""
    count, refused = documents_of(sound_files()[number])

    assert count
    assert not [reason for reason in refused if "damaged" in reason or "Cut off" in reason]
