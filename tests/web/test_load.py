"""Many who look at once, while documents come in: nobody is given an error, and everybody sees what is there."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from benchmarks import web
from dragoman.ledger import Ledger
from dragoman.web import Settings, application
from tests.web.helpers import copied, crawled, served

CLIENTS, QUESTIONS = 12, 12
NEWS = (
    "PORT LOUIS, {day} May - Mauritius and Seychelles agreed on {day} May 2021 to hold talks on tuna quotas. "
    "The foreign ministers of Mauritius and Seychelles met in Port Louis on {day} May."
)


def test_who_looks_is_not_disturbed_by_who_adds(demo, tmp_path):
    """Twelve clients ask for all sorts of pages while a thread adds a document after another."""
    ledger = copied(demo, tmp_path)
    app = application(Settings(ledger))
    done, added = threading.Event(), []

    def add() -> None:
        with Ledger.open(ledger) as book:
            for day in range(1, 29):
                if done.is_set():
                    break
                added.append(book.add(NEWS.format(day=day), published=f"2021-05-{day:02}", publisher="A test").document)

    with served(app) as site, ThreadPoolExecutor(CLIENTS + 1) as threads:
        with httpx.Client(base_url=site) as first:
            addresses = list(crawled(first, most=12))
        adding = threads.submit(add)

        def ask(number: int) -> list[str]:
            dice = random.Random(number)
            with httpx.Client(base_url=site, timeout=60) as client:
                asked = [dice.choice(addresses) for _ in range(QUESTIONS)]
                return [f"{code} {one}" for one in asked if (code := client.get(one).status_code) != 200]

        wrong = [one for some in threads.map(ask, range(CLIENTS)) for one in some]
        done.set()
        adding.result()
        with httpx.Client(base_url=site) as last:
            there = [last.get(f"/document/{document}").status_code for document in added]

    assert wrong == []
    assert added and there == [200] * len(added)


@pytest.mark.parametrize(
    ("page", "misses"),
    [
        (web.Asked("a", "/", 200, 10, 399, 500, 1, 2), ""),
        (web.Asked("a", "/", 200, 10, 401, 500, 1, 2), "over 400 ms"),
        (web.Asked("a", "/", 200, 301, 500, 500, 1, 2), "over 400 ms, over 300 kB"),
    ],
)
def test_the_benchmark_names_what_misses_a_target(page, misses):
    """The table says so beside the figure."""
    assert page.misses == misses
    assert misses in "\n".join(web.table(web.Figures(1, [page])))


def test_the_benchmark_measures_a_copy(demo, tmp_path):
    """It asks every kind of page of a copy; the ledger stays as it was."""
    ledger = copied(demo, tmp_path)
    before = ledger.read_bytes()
    found = web.measure(ledger, clients=2, seconds=0.5)

    assert [one.page for one in found.pages if one.status != 200] == []
    assert found.load is not None and found.load.answers > 0 and found.load.wrong == {}
    assert ledger.read_bytes() == before
