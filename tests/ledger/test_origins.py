"""Origins: reprints of one text are one, two texts on one event are two."""

from __future__ import annotations

from itertools import permutations

import pytest

from dragoman.ledger import Ledger
from dragoman.ledger.origins import FEWEST, MARK, SHARE, contradict, likeness, one_origin, place, runs, share, sketch
from dragoman.ledger.store import Store
from tests.ledger.factory import a_ledger, a_reading, an_event

SAID = "Norway and Iceland signed an accord on herring quotas"
FIRST = (
    f"OSLO, March 1 - {SAID} on Sunday after eleven hours of talks at a hotel by the fjord.\n\n"
    "The accord gives Icelandic boats a share of one fifth of the catch north of the line, a point on which "
    "negotiators had broken off twice since the autumn, and sets up a panel of six scientists to count the stock.\n\n"
    "Fishermen in Tromso called the share generous, while owners of trawlers in Reykjavik said that they had hoped "
    "for a quarter and would study what the panel has to say before they send out more boats.\n\n"
    "The ministers are to meet again in June to settle who patrols the line and who pays for the patrols."
)
PARAGRAPHS = FIRST.split("\n\n")
OTHER = (
    f"{SAID}, officials confirmed, ending a quarrel that had kept harbour towns on both shores uneasy all winter.\n\n"
    "Under its terms a joint council decides each January how much may be landed. Environmental groups welcomed "
    "independent counting but warned that cod, not herring, is what runs short in these waters.\n\n"
    "Shares of two listed fishing houses rose by three percent in morning trade. Analysts expect both to buy vessels."
)


def _events(*texts: str) -> list:
    out = []
    for number, text in enumerate(texts):
        says = next(form for form in (SAID, SAID.upper(), SAID.replace(" ", "\n")) if form in text)
        event = an_event(says, "SUPPORT", ("NOR", "ISL"), when="2026-03-01")
        out.append(a_reading(event, text=text, by=f"Paper {number}", day=f"2026-03-0{number + 2}"))
    return out


@pytest.mark.parametrize(
    ("text", "reprint"),
    [
        (FIRST, True),  # word for word
        ("\n\n".join(PARAGRAPHS[:2]), True),  # cut from below
        (f"Quota row ends\n\n{FIRST}", True),  # with a title
        ("\n\n".join([PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1], PARAGRAPHS[3]]), True),  # reordered
        (f"{FIRST}\n\n(Nordwire; additional words by the Post's own staff in Oslo.)", True),  # agency credit
        (FIRST.upper(), True),
        (FIRST.replace(" - ", " -- ").replace(",", ""), True),
        (FIRST.replace("\n\n", " ").replace(" ", "\n"), True),  # other line breaks
        (OTHER, False),
        (f"{OTHER}\n\n{PARAGRAPHS[3]}", False),  # one sentence in common
        (SAID, False),  # too short to tell
    ],
)  # fmt: skip
def test_what_is_a_reprint(text, reprint):
    """A text cut, retitled, reordered or credited is of one origin; another hand's report of the event is its own."""
    first, second = _events(FIRST, text)
    ledger = Ledger.open(":memory:")
    key = ledger.add_reading(first).document

    added = ledger.add_reading(second)

    assert (added.reprint_of == key) == reprint
    assert (ledger.document(added.document).origin == key) == reprint
    (entry,) = ledger.entries("events")
    assert (len(entry.items), entry.origins) == (2, 1 if reprint else 2)


def test_the_origin_is_the_earliest_whatever_the_order():
    """Documents come in any order; the origin of all reprints is the earliest of them, and the counts are alike."""
    readings = _events(FIRST, "\n\n".join(PARAGRAPHS[:3]), f"Row ends\n\n{FIRST}", OTHER)
    seen = set()
    for order in permutations(readings):
        ledger = a_ledger(*order)
        (entry,) = ledger.entries("events")
        seen.add((entry.id, entry.origins, tuple(source.origin for source in ledger.documents())))

    assert len(seen) == 1
    _, origins, named = seen.pop()
    assert origins == 2
    assert named[0] == named[1] == named[2] != named[3]


def test_a_chain_of_cut_texts_is_one_origin():
    """Two cuts that share nothing are of one origin once the whole text is there."""
    top, bottom, whole = _events("\n\n".join(PARAGRAPHS[:2]), "\n\n".join([SAID, *PARAGRAPHS[2:]]), FIRST)
    ledger = a_ledger(top, bottom)
    assert ledger.entries("events")[0].origins == 2

    ledger.add_reading(whole)

    assert ledger.entries("events")[0].origins == 1


@pytest.mark.parametrize(
    ("text", "count"), [("", 1), ("one", 1), ("a b c d e", 1), ("a b c d e f", 2), ("É, é! é é é", 1), ("漢" * 50, 1)]
)
def test_runs_of_any_text(text, count):
    """A text shorter than a run is one run; case and punctuation do not count."""
    assert len(runs(text)) == count
    assert len(sketch(text)) == MARK  # as few runs as that have one mark


def test_share_is_of_the_shorter():
    """A cut text lies wholly in the long one."""
    whole, cut = runs(FIRST), runs(PARAGRAPHS[1])

    assert share(cut, whole) == share(whole, cut) == 1.0
    assert share(runs(FIRST), runs(OTHER)) < SHARE / 2
    assert len(runs(SAID)) < FEWEST


FRAME = (
    "The Office of the Spokesman has the honour to state the following on behalf of the Government of the Republic, "
    "and asks editors to print it in full and without comment.\n\n{}\n\nThe Government remains attached to good ties "
    "with each of its neighbours, to the settlement of quarrels by talks, and to the treaties that it has signed."
)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (FRAME.format(PARAGRAPHS[1]), FRAME.format(PARAGRAPHS[2]), False),  # one frame, other news
        (f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[2]}", f"{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}", False),  # one background
        (FIRST, FIRST.replace("eleven", "nine"), False),  # last week's notice
        (FIRST, FIRST.replace("Tromso", "Bergen"), False),
        (FIRST, FIRST.replace("Norway and Iceland", "Norway and Greenland"), False),
        (FIRST, FIRST.replace("eleven", "11"), True),
        (FIRST, FIRST.replace("OSLO, March 1 -", "STAVANGER, March 2 (Nordwire) —"), True),
        (FIRST, FIRST.replace("said", "told reporters").replace("called", "thought"), True),
        (FIRST, FIRST.replace("Tuesday", "yesterday"), True),
        (PARAGRAPHS[0], f"{PARAGRAPHS[0]} {OTHER}", True),  # word for word in the other, though short
        ("", "", True),
        ("", FIRST, False),
    ],
)
def test_the_words_alone_decide(left, right, same):
    """What only shares a frame or background, or gives another figure or name, is no reprint; either way round."""
    assert one_origin(left, right) == one_origin(right, left) == same


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        ("The bank put its reserves at 412 million.", "The bank put its reserves at 415 million.", True),
        ("The bank put its reserves at 412 million.", "The bank put its gold at 415 million.", False),
        ("On the quay Mr Haddad thanked the crew.", "On the quay Samir Haddad thanked the crew.", False),
        ("Envoys of Peru, Chad and Mali met in May.", "Envoys of Peru, Niger and Mali met in May.", True),
        ("They flew back to Kiev with the lists.", "They flew back to Kyiv with the lists.", False),
        ("It asked the Labour Party for a list.", "It asked the Labor Party for a list.", False),
        ("The mission stays until Tuesday at least.", "The mission stays until Thursday at least.", True),
        ("They held two rounds of talks.", "They held 2 rounds of talks.", False),
        ("They held two rounds. Both failed.", "They held two rounds.", False),  # a cut text says less, not otherwise
    ],
)
def test_another_figure_or_name_in_the_same_words(left, right, other):
    """Figures differ by value; names differ unless they share a word, mean one actor or are spelt nearly alike."""
    assert contradict(left, right) == contradict(right, left) == other


def test_likeness_is_of_the_shorter():
    """A cut text is wholly in the long one, and a stranger not at all; no words are like nothing."""
    assert likeness(PARAGRAPHS[1], FIRST) == likeness(FIRST, PARAGRAPHS[1]) == 1.0
    assert likeness(FIRST, OTHER) < SHARE / 2
    assert likeness("", FIRST) == 0.0


def _placed(store: Store, number: int, text: str) -> list[tuple[int, float]]:
    store.do(
        "INSERT INTO document (key, text, layout, known_on, added_at, sketch, origin) VALUES (?, ?, '', '', '', ?, ?)",
        (f"D-{number}", text, sketch(text), f"D-{number}"),
    )
    return place(store, number, text, sketch(text))


def test_place_returns_the_most_alike_first():
    """A document is told which others are of one origin with it, and how like each is."""
    cut = "\n\n".join(PARAGRAPHS[:3])
    store = Store.open(":memory:")
    for number, text in enumerate((f"{FIRST}\n\nFrom the Post's own staff in Oslo.", OTHER, cut, FIRST), 1):
        found = _placed(store, number, text)

    assert found == [(1, 1.0), (3, 1.0)]
    assert {row["origin"] for row in store.rows("SELECT origin FROM document WHERE id <> 2")} == {"D-1"}


def test_a_paragraph_in_many_documents_does_not_hide_the_one():
    """However many share a standing paragraph, a reprint is compared with the text that it is a reprint of."""
    store = Store.open(":memory:")
    words = ["alpha", "beta", "gamma", "delta", "eta", "iota", "kappa", "mu"] * 6
    texts = [FRAME.format(" ".join(f"{word}{'x' * number}" for word in words)) for number in range(80)]
    for number, text in enumerate([*texts, FRAME.format(FIRST), FRAME.format(PARAGRAPHS[0] + PARAGRAPHS[1])], 1):
        found = _placed(store, number, text)

    assert [number for number, _ in found] == [81]


def test_the_sketch_is_the_same_for_ever():
    """Marks are stored; another hash or length of run would part old documents from new."""
    assert sketch("Norway and Iceland signed an accord").hex() == PINNED


PINNED = "3e00288fc521"
