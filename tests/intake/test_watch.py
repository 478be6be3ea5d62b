"""Watching feeds and folders: from a server on this machine that behaves badly, with a clock that runs as told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest

from dragoman.domain import Reader, Reading
from dragoman.intake.wanted import Wanted
from dragoman.intake.watch import LONGEST, Watcher
from dragoman.ledger import Ledger
from dragoman.sources import Limits
from dragoman.sources.fetch import fetch
from dragoman.sources.robots import Robots, visitor
from tests.sources.loopback import Loopback, answer, dripping, in_turn, redirect, resetting

QUICK = Limits(fetch_seconds=1.0, max_redirects=3)
EVERY = timedelta(minutes=30)
RSS = "application/rss+xml"
PAGES = [
    ("Latvia and Malta agree on pilots", "Ministers signed a paper on harbour pilots in Riga, with a feast to follow."),
    ("Peru lends Chile a telescope", "The mirror will travel south by lorry in spring, wrapped in nine wool blankets."),
    ("Oman opens an office in Dakar", "Its first clerk brought dates, a stamp and a very long list of shipping lines."),
    ("Kenya and Fiji swap teachers", "Forty of them fly in January and will teach rugby, algebra and Swahili songs."),
]


class Clock:
    """A clock that goes on when somebody waits."""

    def __init__(self):
        self.start = self.time = datetime.now(UTC).replace(microsecond=0)

    def now(self):
        """Return the moment."""
        return self.time

    def sleep(self, seconds):
        """Let time pass."""
        self.time += timedelta(seconds=seconds)

    def seconds(self):
        """Return the seconds since the start."""
        return (self.time - self.start).total_seconds()


@pytest.fixture
def clock():
    """Return a clock that stands at this moment."""
    return Clock()


@pytest.fixture
def server():
    """Yield a server that answers nothing but 404."""
    with Loopback({}) as running:
        yield running


@pytest.fixture
def ledger(monkeypatch):
    """Yield an empty ledger whose reader finds nothing, quickly; with `keep_all` it keeps all the same."""
    with Ledger.open(":memory:") as book:
        version, models = json.loads(book.reader())
        reader = Reader(version, tuple(models))
        monkeypatch.setattr("dragoman.intake._read", lambda document, _: Reading(document=document, reader=reader))
        yield book


@pytest.fixture
def watching(ledger, clock):
    """Return a function that makes a watcher of places on the server or the disk."""

    def make(*places, every=EVERY, get=None):
        get = get or partial(fetch, limits=QUICK, allow_private=True)
        robots = Robots(get, clock=clock.seconds)
        visit = visitor(get, robots, QUICK, wait=clock.sleep, clock=clock.seconds)
        sources = [
            Wanted(f"source {number}", "feed" if "://" in place else "folder", place, every)
            for number, place in enumerate(places, 1)
        ]
        return Watcher(
            ledger, sources, fetch=get, visit=visit, robots=robots, keep_all=True, now=clock.now, sleep=clock.sleep
        )

    return make


def feed(*entries):
    """Return a feed; an entry is its number, or that and the day on which it was published."""
    found = []
    for entry in entries:
        number, day = entry if isinstance(entry, tuple) else (entry, f"0{entry} May 2024")
        dated = f"<pubDate>{day} 09:00:00 GMT</pubDate>" if day else ""
        found.append(f"<item><title>{PAGES[number][0]}</title><link>/{number}</link>{dated}</item>")
    return f'<rss version="2.0"><channel><title>The Pier</title>{"".join(found)}</channel></rss>'.encode()


def serve(server, *numbers):
    """Let the server have some of the pages."""
    for number in numbers:
        title, text = PAGES[number]
        body = (
            f"<html><body><article><h1>{title}</h1><p>{text}</p><p>More is to be told of it on the day.</p></article>"
        )
        server.table[f"/{number}"] = answer(body.encode())


def seen(look):
    """Return the state and the counts of a look."""
    return look.source.state, dict(look.outcomes)


def wait_of(look):
    """Return the time from one look to the next."""
    return datetime.fromisoformat(look.source.next_at) - datetime.fromisoformat(look.source.looked_at)


# -- a feed that works -------------------------------------------------------------------------------------------------


def test_a_feed_brings_its_pages_and_then_says_that_nothing_changed(server, watching):
    """The second time it is asked with the mark of its state; 304 brings nothing, and the source stays fresh."""
    serve(server, 1, 2)
    server.table["/feed"] = answer(feed(1, 2), kind=RSS, etag='"one"')
    looks = watching(f"{server.url}/feed").looks()
    first, second = next(looks), next(looks)

    assert (seen(first), seen(second)) == (("fresh", {"added": 2}), ("fresh", {}))
    assert first.source.newest == second.source.newest == "2024-05-02"
    assert wait_of(first) == wait_of(second) == EVERY
    assert second.source.since == first.source.since
    assert second.source.looked_at > first.source.looked_at
    assert server.log[-1].headers["if-none-match"] == '"one"'
    assert sorted(server.paths) == ["/1", "/2", "/feed", "/feed", "/robots.txt"]


def test_only_what_is_new_in_a_changed_feed_is_fetched(server, watching):
    """Entries that came before are known, also where the server gives no mark of its state."""
    serve(server, 1, 2, 3)
    server.table["/feed"] = in_turn(answer(feed(1, 2), kind=RSS), answer(feed(3, 2, 1), kind=RSS))
    looks = watching(f"{server.url}/feed").looks()

    assert seen(next(looks)) == ("fresh", {"added": 2})
    assert seen(next(looks)) == ("fresh", {"added": 1, "duplicate": 2})
    assert [server.paths.count(f"/{number}") for number in (1, 2, 3)] == [1, 1, 1]


def test_full_texts_in_a_feed_are_taken_without_a_visit(server, watching):
    """No page is asked for where the feed carries it."""
    text = " ".join(f"The ministers of both countries spoke of herring, for the {n}th time." for n in range(20))
    body = feed(1).replace(b"</title><link>", f"</title><description>{text}</description><link>".encode())
    server.table["/feed"] = answer(body, kind=RSS)

    assert seen(next(watching(f"{server.url}/feed").looks())) == ("fresh", {"added": 1})
    assert "/1" not in server.paths


@pytest.mark.parametrize(
    ("body", "state", "outcomes"),
    [
        (feed(), "valid but empty", {}),
        (feed((1, ""), (2, "")), "undated", {"added": 2}),
        (feed((1, ""), 2), "fresh", {"added": 2}),
    ],
)
def test_a_feed_that_answers_is_fresh_empty_or_undated(server, watching, body, state, outcomes):
    """An empty feed is no broken one; one without dates says so."""
    serve(server, 1, 2)
    server.table["/feed"] = answer(body, kind=RSS, etag='"a"')
    looks = watching(f"{server.url}/feed").looks()

    assert seen(next(looks)) == (state, outcomes)
    assert seen(next(looks)) == (state, {})


def test_a_page_that_fails_for_now_is_asked_for_again(server, watching):
    """The feed is asked for as a whole then, though it did not change; the other page is left alone."""
    serve(server, 1, 2)
    there = server.table["/2"]
    server.table["/2"] = in_turn(answer(b"busy", 503), there)
    server.table["/feed"] = answer(feed(1, 2), kind=RSS, etag='"one"')
    looks = watching(f"{server.url}/feed").looks()
    first, second, third = next(looks), next(looks), next(looks)

    assert seen(first) == ("fresh", {"added": 1, "refused": 1})
    assert "1 of 2 refused" in first.source.note
    assert "503" in first.source.note
    assert seen(second) == ("fresh", {"added": 1, "duplicate": 1})
    assert (seen(third), second.source.note) == (("fresh", {}), "")
    assert [server.paths.count(path) for path in ("/1", "/2")] == [1, 2]


def test_a_page_that_is_gone_is_not_asked_for_at_every_look(server, watching):
    """404 holds for as long as the feed stays as it is."""
    serve(server, 1)
    server.table["/feed"] = answer(feed(1, 2), kind=RSS, etag='"one"')
    looks = watching(f"{server.url}/feed").looks()

    assert [seen(next(looks)), seen(next(looks))] == [("fresh", {"added": 1, "refused": 1}), ("fresh", {})]
    assert server.paths.count("/2") == 1


# -- a feed that does not work -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("entries", [(), (1, 2)])
def test_a_feed_that_failed_and_did_not_change_is_as_it_was(server, watching, entries):
    """Its state from before the failure is its state again."""
    serve(server, 1, 2)
    good = answer(feed(*entries), kind=RSS, etag='"one"')
    server.table["/feed"] = in_turn(good, answer(b"", 500), good)
    looks = watching(f"{server.url}/feed").looks()
    before, _, after = next(looks), next(looks), next(looks)

    assert after.source.state == before.source.state


def test_a_feed_none_of_whose_pages_can_be_had_stays_unreachable(server, watching):
    """That the feed itself did not change makes its pages no more readable."""
    server.table["/feed"] = answer(feed(1), kind=RSS, etag='"one"')
    looks = watching(f"{server.url}/feed").looks()

    assert [next(looks).source.state, next(looks).source.state] == ["unreachable", "unreachable"]


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (answer(b"broken", 500), "500"),
        (answer(b"no", 403), "403"),
        (resetting(), "could not be fetched"),
        (resetting(b"<rss><channel>", 5_000), "could not be fetched"),
        (redirect("/feed"), "max_redirects"),
        (redirect("file:///etc/passwd"), "http"),
        (redirect(""), "leads nowhere"),
        (dripping(feed(1), 0.2), "fetch_seconds"),
        (answer(b"<html><body><h1>Log in</h1><form><input name='user'></form></body></html>"), "no feed"),
        (answer(feed(1), kind="image/png"), "image/png"),
        (answer(b"<rss><channel><item>", kind=RSS), "Cut off"),
    ],
)
def test_a_feed_that_fails_is_unreachable_and_asked_later(server, watching, behaviour, says):
    """One sentence says why; the time to the next look doubles with each failure in a row."""
    server.table["/feed"] = behaviour
    started = time.monotonic()
    looks = watching(f"{server.url}/feed").looks()
    first, second = next(looks), next(looks)

    assert (first.source.state, second.source.state) == ("unreachable", "unreachable")
    assert says in first.source.note
    assert [wait_of(first), wait_of(second)] == [2 * EVERY, 4 * EVERY]
    assert (second.source.failures, second.source.since) == (2, first.source.since)
    assert time.monotonic() - started < 8  # each drip ends by the limit of one second


def test_waits_grow_to_a_day_and_end_with_the_first_success(server, watching):
    """A server that is down for a week is asked now and then, and is fresh when it is back."""
    serve(server, 1)
    server.table["/feed"] = in_turn(*[answer(b"", 500), resetting()] * 5, answer(feed(1), kind=RSS))
    looks = watching(f"{server.url}/feed").looks()
    failed = [next(looks) for _ in range(10)]
    back, after = next(looks), next(looks)

    assert [wait_of(look) / EVERY for look in failed[:5]] == [2, 4, 8, 16, 32]
    assert {wait_of(look) for look in failed[5:]} == {LONGEST}
    assert [look.source.failures for look in failed] == list(range(1, 11))
    assert seen(back) == ("fresh", {"added": 1})
    assert (back.source.failures, back.source.note, wait_of(back)) == (0, "", EVERY)
    assert after.source.since == back.source.since


def test_a_failure_keeps_what_was_known(server, watching):
    """The newest day stays, and no page is asked for twice."""
    serve(server, 1)
    good = answer(feed(1), kind=RSS, etag='"one"')
    server.table["/feed"] = in_turn(good, answer(b"", 500), good)
    looks = watching(f"{server.url}/feed").looks()
    _, failed, back = next(looks), next(looks), next(looks)

    assert (failed.source.state, failed.source.newest) == ("unreachable", "2024-05-01")
    assert (back.source.state, back.source.newest, back.outcomes["added"]) == ("fresh", "2024-05-01", 0)
    assert server.paths.count("/1") == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_a_server_that_names_a_time_is_left_alone_until_then(server, watching, clock, status, as_date):
    """Retry-After, in seconds or as a date, wins over a shorter wait and not over a longer one."""
    moment = format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True) if as_date else "18000"
    server.table["/feed"] = answer(b"slower", status, retry_after=moment)
    looks = watching(f"{server.url}/feed").looks()
    first, second = next(looks), next(looks)

    assert first.source.state == "unreachable"
    assert abs(wait_of(first) - timedelta(hours=5)) < timedelta(seconds=30)
    assert second.source.failures == 2
    assert datetime.fromisoformat(second.source.looked_at) >= datetime.fromisoformat(first.source.next_at)
    assert len([path for path in server.paths if path == "/feed"]) == 2

    server.table["/feed"] = answer(b"slower", status, retry_after="1")
    assert wait_of(next(looks)) == 8 * EVERY


# -- what is not asked for ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["http://10.0.0.1/feed", "http://169.254.169.254/latest/meta-data", "http://[::1]/"])
def test_a_redirect_into_a_private_network_is_refused(server, watching, monkeypatch, inside):
    """With the guard on, and this server alone let through it, what it leads to is checked again."""
    real, module = sys.modules["dragoman.sources.fetch"].is_public, "dragoman.sources.fetch"
    checked = []

    def is_public(address):
        checked.append(address)
        return address == "127.0.0.1" or real(address)

    monkeypatch.setattr(f"{module}.is_public", is_public)
    serve(server, 1)
    server.table |= {"/feed": answer(feed(1, 2), kind=RSS), "/2": redirect(inside), "/away": redirect(inside)}
    looks = watching(f"{server.url}/feed", f"{server.url}/away", get=partial(fetch, limits=QUICK)).looks()
    feeds, away = next(looks), next(looks)

    assert seen(feeds) == ("fresh", {"added": 1, "refused": 1})
    assert "private network" in feeds.source.note
    assert (away.source.state, "private network" in away.source.note) == ("unreachable", True)
    assert set(checked) > {"127.0.0.1"}


def test_private_addresses_are_refused_where_nobody_allowed_them(server, watching):
    """A feed on this machine is not asked for at all."""
    server.table["/feed"] = answer(feed(), kind=RSS)
    look = next(watching(f"{server.url}/feed", get=partial(fetch, limits=QUICK)).looks())

    assert look.source.state == "unreachable"
    assert server.paths == []


def test_robots_txt_is_honoured_for_pages(server, watching):
    """What it forbids is refused with the reason and never asked for; the feed itself is fine."""
    serve(server, 1, 2)
    server.table["/robots.txt"] = answer(b"User-agent: *\nDisallow: /2\n", kind="text/plain")
    server.table["/feed"] = answer(feed(1, 2), kind=RSS)
    look = next(watching(f"{server.url}/feed").looks())

    assert seen(look) == ("fresh", {"added": 1, "refused": 1})
    assert "robots.txt" in look.source.note
    assert "/2" not in server.paths


@pytest.mark.parametrize(
    "robots", [answer(b"User-agent: dragoman\nDisallow: /\n", kind="text/plain"), answer(b"", 500)]
)
def test_robots_txt_is_honoured_for_the_feed(server, watching, robots):
    """A host that forbids it, or cannot say, is not asked for its feed."""
    server.table |= {"/robots.txt": robots, "/feed": answer(feed(), kind=RSS)}
    look = next(watching(f"{server.url}/feed").looks())

    assert (look.source.state, "robots.txt" in look.source.note) == ("unreachable", True)
    assert server.paths == ["/robots.txt"]


def test_pages_of_one_host_are_asked_for_with_pauses(server, watching, clock):
    """As long as robots.txt wants."""
    serve(server, 1, 2, 3)
    server.table["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 1\n", kind="text/plain")
    server.table["/feed"] = answer(feed(1, 2, 3), kind=RSS)
    next(watching(f"{server.url}/feed").looks())

    assert clock.seconds() >= 2


# -- several sources, and runs -----------------------------------------------------------------------------------------


def test_each_source_is_looked_at_when_it_is_due(server, watching, ledger):
    """One that fails does not keep others from their turn."""
    server.table |= {"/a": answer(feed(), kind=RSS), "/b": answer(b"", 500)}
    looks = watching(f"{server.url}/a", f"{server.url}/b").looks()
    names = [next(looks).source.name for _ in range(6)]

    assert names == ["source 1", "source 2", "source 1", "source 1", "source 2", "source 1"]
    assert [(one.name, one.state) for one in ledger.sources.all()] == [
        ("source 1", "valid but empty"),
        ("source 2", "unreachable"),
    ]


def test_a_later_run_goes_on_where_the_last_one_stopped(server, watching, clock):
    """Nothing is asked for before it is due, and then with the mark that the earlier run left."""
    serve(server, 1)
    server.table["/feed"] = answer(feed(1), kind=RSS, etag='"one"')
    place = f"{server.url}/feed"
    first = list(watching(place).looks(once=True))
    early = list(watching(place).looks(once=True))
    clock.sleep(EVERY.total_seconds())
    late = list(watching(place).looks(once=True))

    assert [len(first), len(early), len(late)] == [1, 0, 1]
    assert seen(late[0]) == ("fresh", {})
    assert server.paths.count("/1") == 1


def test_a_shorter_interval_takes_effect_at_once(server, watching, clock):
    """What the list says now holds, not what it said when the source was last looked at; failures keep their wait."""
    server.table |= {"/a": answer(feed(), kind=RSS), "/b": answer(b"", 500)}
    places = f"{server.url}/a", f"{server.url}/b"
    list(watching(*places, every=timedelta(days=2)).looks(once=True))
    clock.sleep(60)

    assert [look.source.name for look in watching(*places, every=timedelta(minutes=1)).looks(once=True)] == ["source 1"]


def test_a_source_that_moved_is_a_new_one(server, watching, ledger):
    """Another address under the same name: what was known of the old one does not hold."""
    server.table |= {"/a": answer(feed(), kind=RSS, etag='"one"'), "/b": answer(feed(), kind=RSS)}
    list(watching(f"{server.url}/a").looks(once=True))
    (look,) = watching(f"{server.url}/b").looks(once=True)

    assert (look.source.place, look.source.etag) == (f"{server.url}/b", None)
    assert "if-none-match" not in server.log[-1].headers


def test_a_source_that_was_never_looked_at_says_so(ledger, watching, tmp_path):
    """It is in the list before its time comes."""
    looks = watching(str(tmp_path), str(tmp_path / "other")).looks()
    next(looks)

    assert ledger.sources.get("source 2").state == "not looked at yet"


# -- folders -----------------------------------------------------------------------------------------------------------


def put(folder, number, name=None, old=False):
    """Write a page into a folder, dated by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"2024-05-0{number}-page.txt")
    path.write_text("\n\n".join(PAGES[number]))
    if old:
        os.utime(path, (1_500_000_000, 1_500_000_000))
    return path


def looks_of(watching, clock, folder):
    """Return the looks at a folder, from a time when what lies there lies still."""
    clock.sleep(5)
    return watching(str(folder), every=timedelta(minutes=1)).looks()


def test_new_files_of_a_folder_are_read_once(watching, clock, tmp_path):
    """Those in folders inside it too, and those that were copied with an old date; a change makes a file new."""
    put(tmp_path, 1)
    put(tmp_path / "deep" / "deeper", 2)
    looks = looks_of(watching, clock, tmp_path)
    first, second = next(looks), next(looks)
    time.sleep(0.02)
    put(tmp_path, 3, old=True)
    third = next(looks)

    assert seen(first) == ("fresh", {"added": 2})
    assert (second.source.state, second.outcomes["added"]) == ("fresh", 0)
    assert (third.source.state, third.outcomes["added"]) == ("fresh", 1)
    assert third.source.newest == "2024-05-03"


def test_a_file_that_is_being_written_is_read_when_it_lies_still(watching, clock, tmp_path):
    """A file that changed this moment may not be whole."""
    put(tmp_path, 1)
    looks = watching(str(tmp_path), every=timedelta(minutes=1)).looks()
    first, second = next(looks), next(looks)

    assert first.outcomes.total() == 0
    assert seen(second) == ("fresh", {"added": 1})


def test_a_folder_that_is_moved_away_is_unreachable_until_it_is_back(watching, clock, tmp_path):
    """And is fresh again without reading its files anew."""
    folder = tmp_path / "box"
    put(folder, 1)
    looks = looks_of(watching, clock, folder)
    next(looks)
    shutil.move(folder, tmp_path / "gone")
    away = next(looks)
    shutil.move(tmp_path / "gone", folder)
    back = next(looks)

    assert (away.source.state, away.source.failures) == ("unreachable", 1)
    assert "There is no folder" in away.source.note
    assert (back.source.state, back.source.failures, back.outcomes["added"]) == ("fresh", 0, 0)


@pytest.mark.parametrize("names", [[], ["picture.png"], [".hidden.txt"]])
def test_a_folder_without_documents_is_valid_but_empty(watching, clock, tmp_path, names):
    """It may fill later."""
    for name in names:
        put(tmp_path, 1, name)
    looks = looks_of(watching, clock, tmp_path)
    first = next(looks)
    put(tmp_path, 2)
    clock.sleep(5)

    assert seen(first) == ("valid but empty", {})
    assert seen(next(looks)) == ("fresh", {"added": 1})


def test_a_broken_file_does_not_hide_the_others(watching, clock, tmp_path):
    """It is refused and named; the folder is fresh."""
    put(tmp_path, 1)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    look = next(looks_of(watching, clock, tmp_path))

    assert seen(look) == ("fresh", {"added": 1, "refused": 1})
    assert "1 of 2 refused" in look.source.note


# -- the command -------------------------------------------------------------------------------------------------------

PACT = """Latvia and Malta signed an agreement on harbour pilots in Riga on Tuesday. Latvian minister Ilze Kalna said \
that the two countries would hold talks in Valletta on June 4. Malta asked Latvia in March to lift a 12 percent fee."""


@pytest.fixture
def listed(tmp_path, server):
    """Return a function that lists a path of the server as a source, and the arguments that name list and ledger."""

    def write(path, every="30m"):
        text = f'[[source]]\nname = "harbour"\nfeed = "{server.url}{path}"\nevery = "{every}"\npublisher = "The Pier"\n'
        (tmp_path / "sources.toml").write_text(text)
        return [str(tmp_path / "sources.toml"), "--allow-private", "--ledger", str(tmp_path / "a.ledger")]

    server.table["/feed"] = answer(feed(1), kind=RSS, etag='"one"')
    server.table["/1"] = answer(f"<html><body><article><h1>Pact signed</h1><p>{PACT}</p></article>".encode())
    return write


def command(*arguments):
    """Start the command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "dragoman", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(condition, seconds=60.0):
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def stopped(running, number):
    """Stop a process and return what it printed and how long it took."""
    asked = time.monotonic()
    running.send_signal(number)
    out, errors = running.communicate(timeout=30)
    assert (running.returncode, errors) == (0, "")
    return out, time.monotonic() - asked


def sources_of(tmp_path, *options):
    """Return what `dragoman sources` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "sources", "--ledger", str(tmp_path / "a.ledger"), *options],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_it_stops_cleanly_while_it_waits_and_goes_on_later(server, listed, tmp_path):
    """Code 0 and no trace of an error; the next run asks for nothing before it is due; `sources` tells the state."""
    arguments = listed("/feed")
    running = command("watch", *arguments)
    until(lambda: Path(tmp_path / "a.ledger").exists() and _looked_at(tmp_path))
    time.sleep(0.5)  # from here on it waits
    out, seconds = stopped(running, signal.SIGTERM)
    asked = len(server.log)
    again = command("watch", *arguments, "--once")
    said, errors = again.communicate(timeout=60)
    told = json.loads(sources_of(tmp_path, "--json"))

    assert seconds < 5
    assert "harbour: fresh, 1 added; next look" in out
    assert (again.returncode, said, errors, len(server.log)) == (0, "", "", asked)
    assert [(one["name"], one["state"], one["outcomes"]) for one in told] == [("harbour", "fresh", {"added": 1})]
    assert "harbour  fresh since" in sources_of(tmp_path)


def _looked_at(tmp_path):
    """Whether the source was looked at."""
    with Ledger.open(tmp_path / "a.ledger") as book:
        return any(one.looked_at for one in book.sources.all())


def test_it_stops_cleanly_while_a_slow_page_is_fetched(server, listed, tmp_path):
    """What was being fetched is fetched anew by the next run; nothing is stored by halves."""
    good = server.table["/1"]
    server.table["/1"] = in_turn(dripping(b"<p>" + b"x" * 500, 0.2), good)
    arguments = listed("/feed")
    running = command("watch", *arguments)
    until(lambda: "/1" in server.paths)
    _, seconds = stopped(running, signal.SIGTERM)
    again = command("watch", *arguments, "--once")
    said, _ = again.communicate(timeout=60)

    assert seconds < 5
    assert "harbour: fresh, 1 added" in said
    with Ledger.open(tmp_path / "a.ledger") as book:
        assert len(book.documents()) == 1


def test_what_cannot_be_reached_is_said_by_the_command(server, listed, tmp_path):
    """The state in words, with the reason and the number of failures; Ctrl-C stops it too."""
    running = command("watch", *listed("/none"))
    until(lambda: Path(tmp_path / "a.ledger").exists() and _looked_at(tmp_path))
    time.sleep(0.5)  # from here on it waits
    said, _ = stopped(running, signal.SIGINT)
    told = " ".join(sources_of(tmp_path).split())

    assert ("harbour: unreachable, nothing new" in said, "404" in said) == (True, True)
    assert "harbour unreachable since" in told
    assert "failed 1 time in a row" in told
