"""Status: the nearest word that decides whether an act happened, is planned, may happen, is denied or has ended."""

from __future__ import annotations

import pytest

from dragoman.reading.modality import standing


def bug(*values, reason):
    """A case that fails because of the code; `reason` names the cause."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))


HAPPENED = [
    "Croatia [imposed] tariffs.",
    "Croatia has [imposed] tariffs.",
    "Tariffs were [imposed] by Croatia.",
    "Croatia [imposes] tariffs on plums.",
    "Croatia is [imposing] tariffs on plums.",
    "The [visit] lasted a week.",
    "They held [talks] in Bern.",
    "The minister said that Croatia [imposed] tariffs.",
    "Croatia, which [imposed] tariffs, may regret it.",
    "Croatia [imposed] tariffs because Serbia may yield.",
    "Croatia [imposed] tariffs and may impose quotas.",
    "Croatia managed to [impose] tariffs.",
    "Croatia told the [meeting] that plums were cheap.",
    "The report that Croatia had [closed] the port was not wrong.",
]
# text, the word that decides
PLANNED = [
    ("Croatia will [impose] tariffs.", "will"),
    ("They'll [impose] tariffs.", "'ll"),
    ("Croatia shall [impose] tariffs.", "shall"),
    ("Croatia said it would [impose] tariffs.", "would"),
    ("Croatia plans to [impose] tariffs.", "plans"),
    ("Croatia is to [impose] tariffs.", "be to"),
    ("Croatia is due to [impose] tariffs.", "due"),
    ("Croatia is going to [impose] tariffs.", "going"),
    ("Croatia agreed to [lift] tariffs.", "agreed"),
    ("Croatia has decided to [impose] tariffs.", "decided"),
    ("The premier is scheduled to [visit] Bern.", "scheduled"),
    ("Croatia promised to [lift] the tariffs.", "promised"),
    ("Croatia's plan to [impose] tariffs was printed.", "plan"),
    ("The planned [visit] was discussed.", "planned"),
    ("The upcoming [summit] was discussed.", "upcoming"),
    ("Croatia intends to impose quotas and to [raise] tariffs.", "intends"),
    ("The tariffs will be [lifted] in July.", "will"),
    bug(
        "The deadline for Croatia to [lift] tariffs is near.",
        "deadline",
        reason="modality._above does not reach 'deadline' over 'for Croatia to'",
    ),
    ("Croatia will have to [lift] tariffs.", "will"),
]
POSSIBLE = [
    ("Croatia may [impose] tariffs.", "may"),
    ("Croatia might [impose] tariffs.", "might"),
    ("Croatia could [impose] tariffs.", "could"),
    ("Croatia is considering [imposing] tariffs.", "considering"),
    ("Croatia is likely to [impose] tariffs.", "likely"),
    ("Croatia is ready to [lift] tariffs.", "ready"),
    ("Both states hope to [sign] the pact.", "hope"),
    ("Croatia hopes to [sign] the pact.", "hopes"),
    ("Croatia offered to [mediate].", "offered"),
    ("Croatia threatened to [close] the port.", "threatened"),
    ("Croatia is expected to [impose] tariffs.", "expected"),
    ("Croatia urged Serbia to [sign] the pact.", "urged"),
    ("Croatia called on Serbia to [sign] the pact.", "called"),
    ("Croatia should [sign] the pact.", "should"),
    ("A possible [visit] was discussed.", "possible"),
    ("The proposed [summit] was discussed.", "proposed"),
    ("The threat of [sanctions] grew.", "threat"),
    ("Croatia's offer to [lift] tariffs was printed.", "offer"),
    ("Croatia will [lift] tariffs if Serbia yields.", "will"),
    ("If Serbia yields, Croatia will [lift] tariffs.", "will"),
    ("Unless Serbia yields, Croatia will [impose] tariffs.", "will"),
    ("If Serbia [attacks], the region will suffer.", "if"),
    ("Nobody knew whether Serbia [attacked].", "if"),
    ("Croatia may not [sign] the pact.", "may"),
    ("Croatia called for [talks].", "call"),
    ("Croatia would probably [sign] the pact.", "would"),
    ("Croatia volunteered to [host] both sides.", "volunteered"),
]
DENIED = [
    ("Croatia did not [impose] tariffs.", "not"),
    ("Croatia didn't [impose] tariffs.", "n't"),
    ("Croatia has never [imposed] tariffs.", "never"),
    ("Croatia will not [sign] the pact.", "not"),
    ("Croatia won't [sign] the pact.", "n't"),
    ("Croatia could not [sign] the pact.", "could"),
    ("Croatia cannot [sign] the pact.", "can"),
    ("Croatia refused to [sign] the pact.", "refused"),
    ("Croatia failed to [sign] the pact.", "failed"),
    ("Croatia declined to [sign] the pact.", "declined"),
    ("Croatia denied having [attacked] the post.", "denied"),
    ("Croatia denied that it [attacked] the post.", "denied"),
    ("No [talks] were held.", "No"),
    ("The cancelled [visit] was discussed.", "cancelled"),
    ("Croatia's refusal to [sign] the pact was printed.", "refusal"),
    ("Croatia does not plan to [impose] tariffs.", "plan"),
    ("Croatia has not agreed to [lift] tariffs.", "agreed"),
    ("Croatia cancelled the [visit].", "cancelled"),
    ("Croatia [expelled] no diplomats.", "no"),
    ("Neither side [signed] the pact.", "Neither"),
    ("Croatia left without [condemning] Serbia.", "without"),
    ("Croatia laughed off reports that it had [closed] the port.", "laughed"),
    ("A report that Croatia had [closed] the port was wrong.", "was"),
    ("It is untrue that Croatia [closed] the port.", "is"),
    ("Croatia refrained from [closing] the port.", "refrained"),
]
ENDED = [
    ("Croatia stopped [importing] plums.", "stopped"),
    ("Croatia ceased to [import] plums.", "ceased"),
    ("Croatia ended its [blockade].", "ended"),
    ("The former [embargo] was harsh.", "former"),
    ("Croatia halted the [shelling].", "halted"),
    ("Croatia no longer [imports] plums.", "longer"),
]
# text, status: a negation over a word that decides
TWICE = [
    ("Croatia did not fail to [sign] the pact.", "happened"),
    ("Croatia did not stop [importing] plums.", "happened"),
    ("Croatia did not deny having [attacked] the post.", "happened"),
    ("Croatia has not ruled out [imposing] tariffs.", "possible"),
    bug(
        "Croatia may refuse to [sign] the pact.",
        "possible",
        reason="modality._combined ignores 'may' over a denial, against its own docstring",
    ),
    bug(
        "Croatia threatened not to [sign] the pact.",
        "possible",
        reason="modality._of_verb stops at the verb's own 'not' and never sees 'threatened'",
    ),
    ("Neither Croatia nor Serbia [signed] the pact.", "denied"),
    ("Nobody [attacked] the post.", "denied"),
    bug(
        "Croatia is not likely to [impose] tariffs.",
        "denied",
        reason="modality._combined asks for the governor's negation only where it is a verb, not 'is not likely'",
    ),
    ("Croatia may have [attacked] the post.", "possible"),
    bug(
        "Once Serbia [withdraws], the port will open.",
        "possible",
        reason="modality._auxiliaries knows if, unless and whether; the data also lists once, until, provided, lest",
    ),
    bug(
        "Croatia will wait until Serbia [withdraws].",
        "possible",
        reason="modality._auxiliaries knows if, unless and whether; the data also lists once, until, provided, lest",
    ),
    ("Croatia has yet to [sign] the pact.", "denied"),
    bug(
        "Croatia would have [signed] the pact.",
        "denied",
        reason="modality._auxiliaries reads 'would have signed' as planned",
    ),
]


def status(stage, text):
    """Return the standing of the marked word."""
    [token] = stage(text).marked
    return standing(token)


@pytest.mark.parametrize("text", HAPPENED)
def test_a_plain_statement_happened(stage, text):
    """Past and present under nothing that changes them, whatever stands in other clauses."""
    assert status(stage, text).status == "happened"


@pytest.mark.parametrize(("text", "word"), PLANNED)
def test_what_is_resolved_is_planned(stage, text, word):
    """Auxiliaries, verbs, nouns and adjectives of resolve decide, and dates beside them look ahead."""
    found = status(stage, text)

    assert (found.status, found.future) == ("planned", True)
    assert word in found.why


@pytest.mark.parametrize(("text", "word"), POSSIBLE)
def test_what_is_open_is_possible(stage, text, word):
    """So is what is asked for, threatened, offered, or hangs on a condition."""
    found = status(stage, text)

    assert found.status == "possible"
    assert word in found.why


@pytest.mark.parametrize(("text", "word"), DENIED)
def test_what_is_negated_or_refused_is_denied(stage, text, word):
    """Negations, refusals, failures and denials say that it did not happen."""
    found = status(stage, text)

    assert found.status == "denied"
    assert word in found.why


@pytest.mark.parametrize(("text", "word"), ENDED)
def test_what_was_in_force_and_is_no_more_has_ended(stage, text, word):
    """Verbs of stopping and adjectives for the past."""
    found = status(stage, text)

    assert found.status == "ended"
    assert word in found.why


@pytest.mark.parametrize(("text", "expected"), TWICE)
def test_words_that_decide_combine(stage, text, expected):
    """A negated refusal is no refusal, a negated plan no plan, and what may be refused stays open."""
    assert status(stage, text).status == expected


FUTURE = [
    ("Croatia [left] the bloc.", False),
    ("Croatia [leaves] the bloc.", True),
    ("Croatia will [leave] the bloc.", True),
    ("Croatia has [left] the bloc.", None),
    ("Croatia has [asked] for talks.", False),
    ("Croatia [announced] a tariff.", None),
    ("Croatia [condemns] the raid.", None),
    ("Croatia may [leave] the bloc.", True),
    ("Croatia did not [leave] the bloc.", None),
]


@pytest.mark.parametrize(("text", "future"), FUTURE)
def test_tense_says_which_way_a_date_looks(stage, text, future):
    """Past verbs look back, present and future ones ahead; the perfect and what is done by saying it do not say."""
    assert status(stage, text).future is future
