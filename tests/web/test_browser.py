"""The screens in a real browser: by mouse and by keyboard alone, with and without scripts, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from dragoman.ledger import Ledger
from dragoman.ledger.entries import LETTERS

#: The demo's last day of news; the screens are asked as of it.
DAY = "2020-01-31"
WIDTHS = {"phone": (390, 844), "desk": (1440, 1000)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Presses of Tab after which a way by keyboard counts as too long (guess).
PRESSES = 150

SCREENS = {
    "changed": "/?since=2019-01-01",
    "changed, nothing": "/",
    "pair": f"/relation/CHN/USA?as_of={DAY}",
    "pair, today": "/relation/CHN/USA",
    "due": f"/due?as_of={DAY}",
    "due, today": "/due",
    "measures": f"/measures?as_of={DAY}",
    "search": "/search?q=tariff",
    "pairs": "/pairs",
    "about": "/about",
    "not there": "/nothing",
    **{f"entry of {kind}": f"/entry/{{{kind}}}" for kind in LETTERS},
    "document": "/document/{document}",
}
each_screen = pytest.mark.parametrize("screen", SCREENS)


@pytest.fixture(scope="module")
def ids(demo) -> dict[str, str]:
    """Return ids that the demo has: the entry with most documents of each kind (none: that of an event)."""
    with Ledger.open(demo, read_only=True) as ledger:
        kinds = {kind: sorted(ledger.entries(kind), key=lambda e: len(e.documents)) for kind in LETTERS}  # type: ignore[arg-type]
        found = {kind: (entries or kinds["events"])[-1].id for kind, entries in kinds.items()}
        return {**found, "document": ledger.documents()[-1].document}


class Visit:
    """A page of the demo in the browser, and what went wrong while it was looked at."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.wrong: list[str] = []
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith((site, "data:")) else self.wrong.append(asked.url)
        )
        page.on("response", lambda got: self.wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    def go(self, address: str) -> Page:
        """Open an address of the demo."""
        self.page.goto(f"{self.site}{address}", wait_until="load")
        return self.page

    def at(self) -> str:
        """Return the address that is open, without what follows `?`."""
        return self.page.url.removeprefix(self.site).partition("?")[0]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a fresh browser window; at the end nothing must have gone wrong in any."""
    contexts, visits = [], []

    def start(width: str = "desk", *, scripts: bool = True, **options: Any) -> Visit:
        wide, high = WIDTHS[width]
        options.setdefault("reduced_motion", "reduce")  # so that what is looked at stands still
        context = browser.new_context(viewport={"width": wide, "height": high}, java_script_enabled=scripts, **options)
        context.set_default_timeout(5_000)
        contexts.append(context)
        visits.append(Visit(context.new_page(), site))
        return visits[-1]

    yield start
    for context in contexts:
        context.close()
    assert [wrong for one in visits for wrong in one.wrong] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", WIDTHS)
def test_screens_stand_and_fit(visit, ids, width, scripts, subtests):
    """Every screen has one heading and no sideways scroll; no error, no breach of the policy, no other host."""
    one = visit(width, scripts=scripts)
    for screen, address in SCREENS.items():
        with subtests.test(screen):
            page = one.go(address.format_map(ids))
            wrong, one.wrong = one.wrong, []
            assert [said for said in wrong if not (screen == "not there" and "404" in said)] == []
            assert page.locator("h1").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            assert page.locator("main").inner_text().strip()


@pytest.mark.parametrize(("width", "scheme"), [("desk", "light"), ("desk", "dark"), ("phone", "light")])
def test_everyone_can_use_them(visit, ids, width, scheme, subtests):
    """axe-core finds no violation of WCAG 2.2 A or AA on any screen, light and dark, wide and narrow."""
    one = visit(width, color_scheme=scheme, bypass_csp=True)
    for screen, address in SCREENS.items():
        with subtests.test(screen):
            page = one.go(address.format_map(ids))
            one.wrong.clear()  # the policy is another test's; here it is switched off for axe
            page.evaluate(AXE_SCRIPT)
            found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
            assert [
                f"{bad['id']}: {node['target']} {node['failureSummary']}"
                for bad in found["violations"]
                for node in bad["nodes"]
            ] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_walk_by_mouse(visit, width, scripts):
    """From home to an entry, to its words in the document, to a record there and home; then over all screens."""
    one = visit(width, scripts=scripts)
    page = one.go(SCREENS["changed"])
    page.locator(".entry a.what").first.click()
    assert one.at().startswith("/entry/")
    entry = one.at()

    page.locator(f"{IN_QUOTE}").first.click()
    assert one.at().startswith("/document/") and "#t" in page.url
    start = page.url.partition("#")[2]
    expect(page.locator(f"[id={start}]")).to_be_in_viewport()

    back = page.locator("main a[href^='/entry/']")
    assert entry in [str(link.get_attribute("href")).partition("?")[0].partition("#")[0] for link in back.all()]
    back.first.click()
    assert one.at().startswith("/entry/")

    for name, address in (("Pairs", "/pairs"), ("Due", "/due"), ("Measures", "/measures"), ("About", "/about")):
        page.locator("header nav").get_by_role("link", name=name, exact=True).click()
        assert one.at() == address
        assert page.locator("header nav [aria-current=page]").inner_text() == name
    page.locator("header nav").get_by_role("link", name="Pairs", exact=True).click()
    page.locator("main a[href*='/relation/']").first.click()
    assert one.at().startswith("/relation/")
    page.locator(".mast").click()
    assert one.at() == "/"


IN_QUOTE = "main blockquote a[href^='/document/']"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_filters_left_empty_ask_for_all(visit, ids, scripts, subtests):
    """Pressing the button of any filter without filling it in is answered, like any other question."""
    one = visit(scripts=scripts)
    for screen, address in SCREENS.items():
        for number in range(one.go(address.format_map(ids)).locator("form.filters").count()):
            with subtests.test(f"{screen} {number}"):
                page, one.wrong = one.go(address.format_map(ids)), []
                with page.expect_navigation():
                    page.locator("form.filters").nth(number).locator("button:not([type=button])").first.click()
                wrong, one.wrong = one.wrong, []
                assert wrong == []
    one.wrong.clear()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what a selector finds; each stop on the way shows that it has the focus."""
    for _ in range(PRESSES):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """selector => {
                const at = document.activeElement;
                const style = getComputedStyle(at), box = at.getBoundingClientRect();
                return {
                    there: at.matches(selector), name: at.outerHTML.slice(0, 120), left: at === document.body,
                    shown: at.type === 'date' /* Chromium marks the part in focus */
                        || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px'),
                    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                };
            }""",
            selector,
        )
        assert seen["left"] or (seen["shown"] and seen["inside"]), seen
        if seen["there"]:
            return
    raise AssertionError(f"{selector} is not reached by {PRESSES} presses of Tab on {page.url}")


def enter(page: Page) -> None:
    """Press Enter on a link and wait for the page behind it."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_walk_by_keyboard(visit, width, scripts):
    """Tab and Enter alone lead the same way; the first stop skips to the content, each stop can be seen."""
    one = visit(width, scripts=scripts)
    page = one.go(SCREENS["changed"])
    tab_to(page, "a.skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    tab_to(page, ".entry a.what")
    enter(page)
    assert one.at().startswith("/entry/")
    tab_to(page, IN_QUOTE)
    enter(page)
    assert one.at().startswith("/document/")
    tab_to(page, "main a[href^='/entry/']")
    enter(page)
    assert one.at().startswith("/entry/")

    for address in ("/due", "/measures", "/pairs"):
        tab_to(page, f"header a[href='{address}']")
        enter(page)
        assert one.at() == address
    tab_to(page, "main a[href*='/relation/']")
    enter(page)
    assert one.at().startswith("/relation/")
    tab_to(page, "#q")
    page.keyboard.type("tariff")
    enter(page)
    assert page.url.endswith("/search?q=tariff")
    tab_to(page, "main a[href^='/entry/'], main a[href^='/document/']")
    enter(page)
    assert one.at().startswith(("/entry/", "/document/"))


def test_the_keys(visit):
    """`/` searches, `g` and a letter go to a screen, `j` and `k` step over entries, `?` tells all this."""
    one = visit()
    page = one.go(SCREENS["changed"])
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("jk?g/")
    assert page.locator("#q").input_value() == "jk?g/"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "q"

    focused = "document.activeElement.closest('.entry')?.id"
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    second = page.evaluate(focused)
    page.keyboard.press("k")
    assert first and second and first != second and page.evaluate(focused) == first

    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()

    for key, address in (("d", "/due"), ("m", "/measures"), ("p", "/pairs"), ("a", "/about"), ("h", "/")):
        page.keyboard.press("g")
        with page.expect_navigation():
            page.keyboard.press(key)
        assert one.at() == address


def test_the_theme_is_chosen_and_kept(visit):
    """The button turns light to dark, on the next page too."""
    one = visit(color_scheme="light")
    page = one.go("/about")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("button.theme").click()
    dark = page.evaluate(paper)
    one.go("/due")

    assert light != dark == page.evaluate(paper)


def test_nothing_moves_for_who_wants_that(visit):
    """With reduced motion asked for, nothing is animated."""
    one = visit(reduced_motion="reduce")
    page = one.go(SCREENS["pair"])
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(e => {
            const s = getComputedStyle(e);
            return Math.max(...s.transitionDuration.split(',').map(parseFloat)) > 0.01
                || (s.animationName !== 'none' && parseFloat(s.animationDuration) > 0.01);
        }).map(e => e.tagName)"""
    )

    assert moving == []


def test_the_pair_prints_as_a_brief(visit):
    """On paper neither navigation nor forms are printed, and the text is dark on white."""
    one = visit()
    page = one.go(SCREENS["pair"])
    page.emulate_media(media="print", color_scheme="dark")

    assert not page.locator("header nav").is_visible()
    assert not page.locator("form.search").is_visible()
    assert page.locator(".only-print .title").is_visible()
    assert page.locator(".only-print .footnotes li").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
