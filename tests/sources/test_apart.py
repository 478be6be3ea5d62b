"""Apart: extraction in a child process, which may hang, crash or eat memory without harm to the caller."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources import apart
from dragoman.sources.limits import LIMITS

#: Libraries that take long to load and that no extraction needs.
HEAVY = {"spacy", "numpy", "trafilatura", "httpx", "pandas", "pyarrow", "charset_normalizer", "feedparser"}


def word(*paragraphs: str) -> bytes:
    """Return a Word file with these paragraphs."""
    document, out = docx.Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def program(tmp_path, monkeypatch, script: str) -> None:
    """Put a shell script in the place of the child."""
    path = tmp_path / "child"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(path))


def test_the_answer_comes_back():
    """Text with letters of several scripts passes through the pipe unharmed."""
    found = apart.apart("docx", word("Šefčovič met Çavuşoğlu in Tromsø 🎏."), "a.docx", LIMITS)

    assert found == {"text": "Šefčovič met Çavuşoğlu in Tromsø 🎏.", "title": None}


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("kill -SEGV $$", "broke the program that opens it (code -11)"),
        ("kill -ABRT $$", "broke the program that opens it (code -6)"),
        ("kill -XCPU $$", "not turned into text within 30 seconds"),
        ("exit 3", "broke the program that opens it (code 3)"),
        ("echo not json", "broke the program"),
        ("echo '[1]'", "broke the program"),
        ("true", "broke the program"),
        ('echo \'{"refused": "is odd. Do this."}\'', "Ærø.pdf is odd. Do this."),
    ],
)
def test_a_child_that_breaks_is_one_sentence(tmp_path, monkeypatch, script, words):
    """Whatever becomes of the child, also while it is still being written to, the caller gets a plain sentence."""
    program(tmp_path, monkeypatch, script)

    with pytest.raises(UnreadableInput) as error:
        apart.apart("pdf", bytes(3_000_000), "Ærø.pdf", LIMITS)

    assert str(error.value).startswith("Ærø.pdf ")
    assert words in str(error.value)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_child_that_hangs_is_stopped(tmp_path, monkeypatch):
    """The wall clock counts, not the work done."""
    program(tmp_path, monkeypatch, "exec sleep 60")
    before = time.monotonic()

    with pytest.raises(UnreadableInput, match=r"within 0\.3 seconds \(extract_seconds\)"):
        apart.apart("pdf", b"%PDF-", "slow.pdf", replace(LIMITS, extract_seconds=0.3))

    assert time.monotonic() - before < 10


def test_no_program_to_start(tmp_path, monkeypatch):
    """A system without a process to spare is no traceback."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))

    with pytest.raises(UnreadableInput, match="no process could be started"):
        apart.apart("pdf", b"%PDF-", "a.pdf", LIMITS)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep the limit")
def test_memory_is_bounded():
    """A paragraph of 60 MB, packed to 60 kB, is refused for what it needs, not for what it says."""
    data = word("x" * 60_000_000)
    assert len(data) < 200_000

    with pytest.raises(InputTooLarge, match=r"big.docx needs more than 150,000,000 bytes of memory"):
        apart.apart("docx", data, "big.docx", replace(LIMITS, extract_memory=150_000_000))


def test_the_folder_at_hand_is_not_trusted(tmp_path, monkeypatch):
    """Modules that lie in the folder where the caller works are not run by the child."""
    for name in ("json", "docx", "lxml", "zipfile", "dragoman"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w'); raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)

    assert apart.apart("docx", word("Oslo."), "a.docx", LIMITS)["text"] == "Oslo."
    assert not (tmp_path / "ran").exists()


def test_the_child_finds_the_package_as_the_caller_did(tmp_path, monkeypatch):
    """A relative entry of PYTHONPATH and a change of folder afterwards do no harm."""
    monkeypatch.setenv("PYTHONPATH", "src")
    monkeypatch.chdir(tmp_path)

    assert apart.apart("docx", word("Oslo."), "a.docx", LIMITS)["text"] == "Oslo."


@pytest.mark.parametrize("what", sorted(apart.MODULES))
def test_the_child_loads_little(what):
    """Every PDF and Word file starts one child, so what a child loads is what it needs."""
    code = f"import sys, dragoman.sources.apart, {apart.MODULES[what]}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=apart._environment()
    )

    assert HEAVY & {name.partition(".")[0] for name in done.stdout.split()} == set()
