"""Disputes: which denials are set against which claims, and what is no dispute.

Every text is invented.
"""

from __future__ import annotations

import pytest

from dragoman import ontology
from dragoman.domain import Dispute, Document
from dragoman.reading import read
from dragoman.reading.contested import lexicon


def disputes_of(text: str, headline: str = "") -> list[Dispute]:
    """Return the disputes of a text whose paragraphs are parted by blank lines, under a headline or none."""
    whole = f"{headline}\n\n{text}" if headline else text
    at = len(headline) + 2 if headline else 0
    ranges = []
    for part in text.split("\n\n"):
        ranges.append((at, at + len(part)))
        at += len(part) + 2
    title = (0, len(headline)) if headline else None
    return list(read(Document(whole, headline=title, paragraphs=tuple(ranges))).disputes)


# text, claimant, denier, words of the claim, words of the denial
DISPUTED = [
    (
        "Peru said Chilean soldiers had crossed the border. Chile denied that any soldier had left his post.",
        "PER", "CHL", "Chilean soldiers had crossed", "any soldier had left his post",
    ),
    (
        "Togo accused Ghana of moving the boundary stones. Ghana dismissed the accusation as nonsense.",
        "TGO", "GHA", "moving the boundary stones", "nonsense",
    ),
    (
        "Finland said a Russian jet had entered its airspace on Monday. Moscow replied that no aircraft had strayed.",
        "FIN", "RUS", "a Russian jet had entered", "no aircraft had strayed",
    ),
    (
        "Kenya claimed that Ugandan patrols had seized three boats. "
        '"Nothing was seized," Uganda\'s foreign minister said.',
        "KEN", "UGA", "seized three boats", "Nothing was seized",
    ),
    (
        "Bulgaria alleged that Serbian agents had copied the files. Belgrade called the story a fairy tale.",
        "BGR", "SRB", "Serbian agents had copied the files", "fairy tale",
    ),
    (
        "Morocco told the council that Algeria had armed the rebels. Algeria's envoy said the report was false.",
        "MAR", "DZA", "Algeria had armed the rebels", "the report was false",
    ),
    (
        "Chad reported that gunmen from Niger had killed six herders. "
        "Niger's government said no gunman had come from its soil.",
        "TCD", "NER", "had killed six herders", "no gunman had come",
    ),
    (
        "Chile had promised to sell the ships, Peru's defence minister said. "
        "His Chilean counterpart said he had given no such promise.",
        "PER", "CHL", "Chile had promised to sell the ships", "no such promise",
    ),
    (
        "Belize claimed that Guatemalan soldiers had burned the huts. Guatemala contradicted that account.",
        "BLZ", "GTM", "had burned the huts", "that account",
    ),
    (
        "Peru says Chile poisoned the lake. Chile insists that it did not touch the lake.",
        "PER", "CHL", "Chile poisoned the lake", "it did not touch the lake",
    ),
    (
        "Denmark's minister denied that any seal had been shot.\n\n"
        "A Norwegian biologist, however, claimed that Danish hunters had killed forty of them.",
        "NOR", "DNK", "Danish hunters had killed forty", "any seal had been shot",
    ),
    (
        "A World Bank study listed nine burned mills that Malian soldiers had set on fire. "
        "Mali dismissed the study's findings as fiction.",
        "WORLD-BANK", "MLI", "nine burned mills", "fiction",
    ),
]  # fmt: skip

# The denier says what was so instead.
CORRECTED = [
    (
        "Jordan said the convoy was looted by Syrian soldiers. "
        "Syria insisted that it had merely been inspected and sent on.",
        "JOR", "SYR", "the convoy was looted", "merely been inspected",
    ),
    (
        "Iraq charges that Turkish jets struck a school. Ankara said it had hit only a camp in the hills.",
        "IRQ", "TUR", "Turkish jets struck a school", "only a camp",
    ),
    (
        "Vietnam said a Chinese cutter rammed its boat. "
        "China's foreign ministry said the Vietnamese vessel had in fact turned into the cutter.",
        "VNM", "CHN", "a Chinese cutter rammed its boat", "had in fact turned",
    ),
    (
        '"Malawi has stolen our maize," said Zambia\'s farm minister. '
        "Malawi's government retorted that every sack had been paid for.",
        "ZMB", "MWI", "Malawi has stolen our maize", "every sack had been paid for",
    ),
]  # fmt: skip

# The denial has no content of its own: a verb of denial points back to the claim.
POINTED = [
    (
        "Malta says Tunisian guards fired on the trawler. Tunisia disputes that.",
        "MLT", "TUN", "fired on the trawler", "Tunisia disputes that",
    ),
    (
        "Mongolia reported that Chinese lorries had broken the quarantine. Beijing disputed the report.",
        "MNG", "CHN", "had broken the quarantine", "Beijing disputed the report",
    ),
    (
        "Gabon accused Cameroon of poisoning the lake. The charge was rejected by Cameroon's environment minister.",
        "GAB", "CMR", "poisoning the lake", "The charge was rejected",
    ),
    (
        "Cyprus said two Turkish drones had crossed the line. The Turkish defence ministry dismissed the report.",
        "CYP", "TUR", "two Turkish drones", "dismissed the report",
    ),
    (
        "Bolivia said Paraguay had filled in the well. The Paraguayan army told a different story.",
        "BOL", "PRY", "had filled in the well", "a different story",
    ),
    (
        "Qatar blamed Bahrain for the cut cable. Manama would have none of it.",
        "QAT", "BHR", "Qatar blamed Bahrain", "none of it",
    ),
]  # fmt: skip

# The denial answers a deed or an accusation that nobody's statement tells.
DEEDS = [
    (
        "Peruvian gunboats shelled a Chilean port on Monday. Lima denied responsibility for the attack.",
        "CHL", "PER", "Peruvian gunboats shelled a Chilean port", "responsibility for the attack",
    ),
    (
        "President Idriss Mato of Chad told deputies that he would recall his envoy from Libya, "
        "which he accused of arming bandits. The Libyan government contested the accusation.",
        "TCD", "LBY", "he accused of arming bandits", "contested the accusation",
    ),
    (
        "In May Rwanda accused Belgium of hiding the wanted bishop; Brussels disputed that.",
        "RWA", "BEL", "hiding the wanted bishop", "Brussels disputed that",
    ),
    (
        "Vietnamese gunners shelled a Thai hamlet, shepherds said. The dead were buried at noon. "
        "Hanoi denied involvement in the raid.",
        None, "VNM", "Vietnamese gunners shelled a Thai hamlet", "involvement in the raid",
    ),
]  # fmt: skip

# The sentence of the denial names the claim and whose it is.
NAMED = [
    (
        "Ecuador denied a charge by Peru that its planes had bombed a village.",
        "PER", "ECU", "its planes had bombed a village", "had bombed a village",
    ),
    (
        "Sudan rejected Egypt's claim that it had moved troops to Halaib.",
        "EGY", "SDN", "it had moved troops to Halaib", "Sudan rejected Egypt's claim",
    ),
    (
        "Panama repudiated any suggestion by Costa Rica that the ship was hijacked.",
        "CRI", "PAN", "the ship was hijacked", "Panama repudiated any suggestion",
    ),
    (
        "Iran denied American claims that it had supplied the rockets.",
        "USA", "IRN", "it had supplied the rockets", "it had supplied the rockets",
    ),
    (
        "Norway's navy denied a Danish radio report that its frigates had left port.",
        "DNK", "NOR", "its frigates had left port", "its frigates had left port",
    ),
    (
        "Norway denies that its fleet overfished the stock, as Iceland maintains.",
        "ISL", "NOR", "its fleet overfished the stock", "its fleet overfished the stock",
    ),
    (
        "Cuba does not accept that its sailors were drunk, as Jamaica alleges.",
        "JAM", "CUB", "its sailors were drunk", "Cuba does not accept",
    ),
]  # fmt: skip


ALL = [*DISPUTED, *CORRECTED, *POINTED, *DEEDS, *NAMED]


@pytest.mark.parametrize(("text", "claimant", "denier", "claim", "denial"), ALL)
def test_a_denied_claim_is_a_dispute(text, claimant, denier, claim, denial):
    """A claim that another side denies, corrects or rejects is recorded once, with the words of both."""
    (found,) = disputes_of(text)

    assert (found.claimant.affiliation, found.denier.affiliation) == (claimant, denier)
    assert claim in " ".join(s.quote for s in found.claim)
    assert denial in " ".join(s.quote for s in found.denial)


@pytest.mark.parametrize(
    "text",
    [
        # a refused proposal, offer or request is nothing claimed to be so
        "Chile proposed talks on the border. Peru rejected the proposal.",
        "Ghana offered to mediate. Togo brushed the offer aside as too late.",
        "Brazil rejected Argentina's request for more time. Argentina said it was disappointed.",
        "Japan called for a ceasefire. Iran rejected the call.",
        "Egypt urged Sudan to withdraw. Sudan said it would not withdraw its troops.",
        "Niger invited Chad to the summit. Chad declined, saying that its president was ill.",
        "Vietnam refused to accept the offer. Laos did not accept the gift.",
        # an answer to a threat or an announcement contradicts nothing
        "Norway said it would raise the tariff on Swedish cheese. Sweden said it would not retaliate.",
        "Iran threatened to close the strait. Qatar said it was not afraid.",
        "Cuba said its doctors would leave. Jamaica said no decision had been taken on the clinics.",
        # withholding is not denying, and sending away is not dismissing a claim
        "Oman denied the ship entry. Yemen said the ship was short of water.",
        "Kuwait denied two Iraqi reporters a visa. Iraq said the border was open.",
        "Poland dismissed its ambassador to Austria. Austria said it had been told.",
        "Spain contested the election of the Moroccan judge. Morocco said the vote was in June.",
        # two sides that agree, or speak of different things
        "Estonia said Latvia was a good neighbour. Latvia said Estonia was one as well.",
        "India said the visit had been a success. Nepal said the visit had opened a new chapter.",
        "Fiji said the talks had gone well. Tonga said the next round would be in May.",
        # a deed of somebody else is not what is denied
        "Chilean gunboats shelled a Peruvian port. Brazil denied responsibility for the delay.",
        # nobody of another side has claimed what is denied
        "Serbia denied that it would build the dam. Bosnia will hold an election in June.",
        "Laos denied reports that it would leave the pact.",
        # one side with itself
        "Tonga said the fleet was safe. Tonga denied that any boat had been lost.",
        "Peru's president said the vote was clean. Peru's opposition denied that the vote was clean.",
    ],
)
def test_what_is_no_dispute(text):
    """A refusal, an answer, an agreement or a denial without another's claim is no dispute."""
    assert disputes_of(text) == []


@pytest.mark.parametrize(
    ("text", "claimant", "denier"),
    [
        # the accused answers: his side is the one the claim names
        (
            "Peru said Ecuadorean soldiers had mined the ford. "
            "The armed forces command said no soldier had been there.",
            "PER", "ECU",
        ),
        # what a source keeps back is not inferred
        (
            "A newspaper reported that Spain had tapped the telephone. "
            "Spain's embassy called the report a fabrication.",
            None, "ESP",
        ),
        (
            "Witnesses said Kuwaiti guards had fired into the crowd. Kuwait denied that anyone had been aimed at.",
            None, "KWT",
        ),
    ],
)  # fmt: skip
def test_an_open_side_is_told_by_the_dispute_or_stays_open(text, claimant, denier):
    """A public body without a state takes the side the dispute gives it; an anonymous source takes none."""
    (found,) = disputes_of(text)

    assert (found.claimant.affiliation, found.denier.affiliation) == (claimant, denier)


def test_the_author_of_a_press_release_may_deny():
    """In a text whose author is a party, the author's own sentence answers another's claim."""
    text = (
        "Malta has informed Tunisia that the tug will stay in port. The Tunisian ambassador said that a Maltese crew "
        "had boarded it by force. That is untrue: our men had not left the quay."
    )

    (found,) = disputes_of(text, "Press release of the Foreign Ministry of Malta")

    assert (found.claimant.affiliation, found.denier.affiliation) == ("TUN", "MLT")
    assert found.denial[0].quote.startswith("That is untrue")


def test_an_author_denies_only_by_a_word_of_denial():
    """A contrast without a denying word is no dispute, though the author is a party."""
    text = (
        "President Ana Brito of Peru spoke today with President Carlos Diaz of Chile and reaffirmed the close ties "
        "between Peru and Chile. President Brito thanked Chile for its report on the drought."
    )

    assert disputes_of(text, "Readout of the call of the President of Peru with Chile") == []


def test_two_deniers_of_one_claim_are_two_disputes():
    """Each side that denies a claim is a dispute of its own."""
    text = (
        "Kenya claimed that Ugandan and Rwandan patrols had seized three boats. "
        '"Nothing was seized," Uganda\'s foreign minister said. Rwanda said the claim was false.'
    )

    assert [d.denier.affiliation for d in disputes_of(text)] == ["UGA", "RWA"]


def test_every_dispute_quotes_the_text_and_says_why():
    """Claim and denial are evidence, and the explanation names signs that the data knows."""
    for text, *_ in ALL:
        for dispute in disputes_of(text):
            assert set(dispute.evidence) == {*dispute.claim, *dispute.denial}
            assert all(text[s.start : s.end] == s.quote for s in dispute.evidence)
            assert set(dispute.because.detail.split(", ")) <= set(lexicon()["weights"])


def test_the_words_of_the_data_are_lower_case_and_unique():
    """A word that stands twice, or in capitals, would hide a slip of the pen."""
    data = ontology.load("disputes")
    lists = {name: words for name, words in data.items() if isinstance(words, list)}
    lists |= {f"denying_verbs.{name}": words for name, words in data["denying_verbs"].items()}
    for name, words in lists.items():
        assert len(words) == len(set(words)), name
        assert all(isinstance(w, str) and w == w.lower() for w in words), name
