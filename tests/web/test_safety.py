"""Who may ask, how much may be sent, and what a browser may do with an answer, on every answer there is."""

from __future__ import annotations

import base64
import re
from importlib import import_module
from pathlib import Path

import pytest
from fastapi import APIRouter
from lxml import html  # type: ignore[import-untyped]

from dragoman.errors import TooCostly
from dragoman.ledger import Ledger
from dragoman.web.answering import Asking, Page, screen
from dragoman.web.safety import ADDRESS, BODY, HEADERS, is_ours, token
from dragoman.web.settings import LOOPBACK
from tests.web.helpers import client, copied, crawled

PASSWORD = "correct horse battery"


def basic(user: str, password: str) -> dict[str, str]:
    """Return the header of a password."""
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}


def guarded(answer) -> bool:
    """Whether an answer carries all headers that guard it."""
    return all(answer.headers.get(name) == value for name, value in HEADERS.items())


def test_the_policy_lets_nothing_in():
    """No inline script or style, no frame, nothing from elsewhere."""
    policy = dict(part.strip().partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy) and "http" not in str(policy)


@pytest.fixture(scope="module")
def walked(demo):
    """Return the answers of all pages that links lead to, in all forms."""
    return crawled(client(demo))


def test_every_link_leads_somewhere(walked):
    """No page of the demo links to one that is not there."""
    assert {address: answer.status_code for address, answer in walked.items() if answer.status_code != 200} == {}


def test_every_answer_is_guarded(walked):
    """Pages, data, feeds, style sheets: all carry the headers."""
    assert [address for address, answer in walked.items() if not guarded(answer)] == []


def test_no_path_of_the_machine_is_shown(walked, demo):
    """Neither the ledger's place nor the package's stands in any answer."""
    private = re.compile("|".join(map(re.escape, {str(demo), str(demo.parent), str(Path.home()), "site-packages"})))

    assert [address for address, answer in walked.items() if private.search(answer.text)] == []


def test_no_page_holds_script_or_style_of_its_own(walked):
    """The policy would forbid them, so that a page that has any is broken."""
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
    pages = {a: answer.text for a, answer in walked.items() if answer.headers["content-type"].startswith("text/html")}

    assert pages
    assert {address: found[0] for address, text in pages.items() if (found := inline.search(text))} == {}


def test_looking_changes_nothing(demo, tmp_path):
    """After a walk over all pages the ledger's file is as it was, to the byte."""
    ledger = copied(demo, tmp_path)
    asked = client(ledger)
    before = ledger.read_bytes()
    crawled(asked, most=10)

    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/nothing", {}, 404),
        ("/nothing.json", {}, 404),
        ("/static/nothing.css", {}, 404),
        ("/static/%2e%2e/settings.py", {}, 404),
        ("/static/..%2f..%2fsettings.py", {}, 404),
        ("/static/style.css", {}, 200),
        (f"/about?x={'y' * ADDRESS}", {}, 414),
        ("/about", {"Host": "evil.example"}, 421),
        ("/about", {"Host": "localhost.evil.example"}, 421),
        ("/about", {"Host": "localhost@evil.example"}, 421),
        ("/about", {"Host": ""}, 421),
        ("/about", {"Host": "localhost:8420"}, 200),
        ("/about", {"Host": "LOCALHOST"}, 200),
        ("/about", {"Host": "127.0.0.1:1"}, 200),
        ("/about", {"Host": "[::1]:8420"}, 200),
        ("/healthz", {"Host": "evil.example"}, 421),
    ],
)
def test_every_refusal_is_guarded_and_tells_nothing(demo, address, headers, status):
    """Errors carry the headers too, and no path of the machine."""
    answer = client(demo, hosts=LOOPBACK).get(address, headers=headers)

    assert answer.status_code == status
    assert guarded(answer)
    assert str(demo.parent) not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (basic("anybody", PASSWORD), 200),
        (basic("", PASSWORD), 200),
        (basic("anybody", "wrong"), 401),
        (basic("anybody", PASSWORD + "x"), 401),
        (basic("anybody", ""), 401),
        ({"Authorization": f"Bearer {PASSWORD}"}, 401),
        ({"Authorization": "Basic not base64"}, 401),
        ({"Authorization": "Basic " + base64.b64encode(b"\xff\xfe:\x00").decode()}, 401),
        ({"Authorization": "Basic"}, 401),
    ],
)
@pytest.mark.parametrize("address", ["/about", "/about.json", "/static/style.css", "/openapi.json", "/nothing"])
def test_without_the_password_nothing_is_shown(demo, address, headers, status):
    """Every address asks for it; the refusal says how to give it."""
    answer = client(demo, password=PASSWORD).get(address, headers=headers)

    assert (answer.status_code == 401) == (status == 401)
    assert guarded(answer)
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Basic")


def test_health_needs_no_password(demo):
    """Who watches over the process needs no secret, and learns nothing else."""
    answer = client(demo, password=PASSWORD).get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert guarded(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/about", "/about.json", "/static/style.css"])
def test_only_asking_is_allowed(demo, method, address):
    """Pages take no other method than those that only look."""
    answer = client(demo).request(method, address)

    assert answer.status_code == 405
    assert guarded(answer)


@pytest.mark.parametrize("sent", [BODY + 1, 5_000_000])
def test_more_than_a_form_is_not_taken(demo, sent):
    """A large body is refused before anything reads it."""
    answer = client(demo).post("/about", content=b"x" * sent)

    assert answer.status_code == 413
    assert guarded(answer)


@pytest.fixture
def broken(demo, monkeypatch):
    """Return a client with screens that fail in their own ways."""
    router = APIRouter()

    @screen(router, "/costly", "json")
    def costly(ask: Asking) -> object:
        def view(ledger: object) -> object:
            raise TooCostly("this takes too long. Ask for fewer days.")

        return ask.answer(view, lambda *_: Page("error.html", ""))

    @screen(router, "/faulty", "json")
    def faulty(ask: Asking) -> object:
        def view(ledger: object) -> object:
            raise ValueError(f"secret of {demo}")

        return ask.answer(view, lambda *_: Page("error.html", ""))

    monkeypatch.setattr(import_module("dragoman.web.application"), "ROUTERS", (router,))
    return client(demo)


@pytest.mark.parametrize(("address", "status"), [("/costly", 503), ("/faulty", 500)])
def test_what_fails_is_told_in_words(broken, demo, address, status):
    """A page, or JSON, guarded like any other; what went wrong inside stays there."""
    for form in ("", ".json"):
        answer = broken.get(f"{address}{form}")
        assert answer.status_code == status
        assert guarded(answer)
        assert str(demo) not in answer.text and "secret" not in answer.text
        assert ("error" in answer.json()) if form else ("<h1>" in answer.text)


def test_a_question_that_takes_too_long_is_ended(demo):
    """The limit on what a request may cost holds for real queries."""
    asked = client(demo, seconds=0.0)
    found = {asked.get(address).status_code for address in ("/due.json", "/measures.json", "/relation/CHN/USA.json")}

    assert found == {503}


class _Request:
    """As much of a request as `is_ours` looks at."""

    def __init__(self, secret: bytes, headers: dict[str, str]) -> None:
        self.headers = headers
        self.app = type("App", (), {"state": type("State", (), {"secret": secret})})


@pytest.mark.parametrize(
    ("given", "headers", "ours"),
    [
        (token(b"secret", "form"), {}, True),
        (token(b"secret", "form"), {"sec-fetch-site": "same-origin"}, True),
        (token(b"secret", "form"), {"sec-fetch-site": "cross-site"}, False),
        (token(b"secret", "form"), {"sec-fetch-site": "same-site"}, False),
        (token(b"other", "form"), {}, False),
        (token(b"secret", "other"), {}, False),
        ("", {}, False),
        ("ünïcode", {}, False),
    ],
)
def test_a_form_must_be_ours(given, headers, ours):
    """The token of another run or purpose does not do, nor does another site's page."""
    assert is_ours(_Request(b"secret", headers), given) is ours  # type: ignore[arg-type]


FORM = {"author": "A Tester", "reason": "to see whether it is taken"}


def an_event(ledger: Path) -> str:
    """Return the id of an entry."""
    with Ledger.open(ledger, read_only=True) as book:
        return book.entries("events")[-1].id


def token_on(asked, entry: str) -> str:
    """Return the token in the forms of an entry's page."""
    found = {
        one.get("value") for one in html.fromstring(asked.get(f"/entry/{entry}").text).xpath("//input[@name='token']")
    }
    assert len(found) == 1
    return str(found.pop())


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, {}, 303),
        ({}, {"Sec-Fetch-Site": "same-origin"}, 303),
        ({"token": ""}, {}, 403),
        ({"token": "0" * 64}, {}, 403),
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({}, {"Sec-Fetch-Site": "same-site"}, 403),
        ({"author": ""}, {}, 422),
        ({"reason": "x" * BODY}, {}, 413),
    ],
)
def test_only_our_own_forms_write(demo, tmp_path, change, headers, status):
    """A form needs the token of this run and must not come from another site's page."""
    ledger = copied(demo, tmp_path)
    asked, entry = client(ledger, edit=True), an_event(ledger)
    sent = {**FORM, "token": token_on(asked, entry), **change}
    answer = asked.post(f"/entry/{entry}/accept", data=sent, headers=headers, follow_redirects=False)
    with Ledger.open(ledger, read_only=True) as book:
        written = len(book.corrections_of(entry))

    assert answer.status_code == status
    assert guarded(answer)
    assert (written > 0) == (status == 303)


@pytest.mark.parametrize("action", ["accept", "correct", "merge", "split", "withdraw", "undo", "nothing"])
def test_without_edit_nothing_is_written(demo, tmp_path, action):
    """No page has a form that writes, and one that is sent all the same is refused; the file stays as it was."""
    ledger = copied(demo, tmp_path)
    asked, entry = client(ledger), an_event(ledger)
    given = token(asked.app.state.secret, "form")  # type: ignore[attr-defined]
    before = ledger.read_bytes()
    answer = asked.post(f"/entry/{entry}/{action}", data={**FORM, "token": given}, follow_redirects=False)

    assert answer.status_code in (403, 404)
    assert 'method="post"' not in asked.get(f"/entry/{entry}").text
    assert ledger.read_bytes() == before


def test_a_token_does_not_outlive_the_run(demo, tmp_path):
    """Another start of the application takes none of the tokens given out before."""
    ledger = copied(demo, tmp_path)
    entry = an_event(ledger)
    old = token_on(client(ledger, edit=True), entry)
    answer = client(ledger, edit=True).post(
        f"/entry/{entry}/accept", data={**FORM, "token": old}, follow_redirects=False
    )

    assert answer.status_code == 403


def test_the_cookie_of_a_form_is_no_use_to_scripts_and_others(demo, tmp_path):
    """It is sent to this application alone, and no script reads it."""
    ledger = copied(demo, tmp_path)
    asked, entry = client(ledger, edit=True), an_event(ledger)
    sent = {**FORM, "token": token_on(asked, entry)}
    cookie = asked.post(f"/entry/{entry}/accept", data=sent, follow_redirects=False).headers["set-cookie"].lower()

    assert "httponly" in cookie and "samesite=strict" in cookie
