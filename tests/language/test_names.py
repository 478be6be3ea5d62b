"""Names of actors in running text and in headlines: what counts, what only looks like it, and where it ends."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from dragoman.language.names import find_names


def found(text: str, *, all_caps: bool = False) -> list[tuple[str, str]]:
    """Return the words found with the actor each stands for."""
    return [(text[n.start : n.end], n.actor) for n in find_names(text, all_caps=all_caps)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names, short forms, historic names
        ("India and Nepal agreed.", [("India", "IND"), ("Nepal", "NPL")]),
        ("The US and the U.K. differ.", [("US", "USA"), ("U.K.", "GBR")]),
        ("They told us to wait.", []),
        ("He left the U.S. The talks went on.", [("U.S.", "USA")]),
        ("Burma closed the border with Siam.", [("Burma", "MMR"), ("Siam", "THA")]),
        ("Zaire accused Uganda.", [("Zaire", "COD"), ("Uganda", "UGA")]),
        ("Cote d'Ivoire asked for grain.", [("Cote d'Ivoire", "CIV")]),
        ("Côte d’Ivoire asked for grain.", [("Côte d’Ivoire", "CIV")]),
        ("The Ivory Coast asked for grain.", [("Ivory Coast", "CIV")]),
        ("Turkiye and Türkiye are one.", [("Turkiye", "TUR"), ("Türkiye", "TUR")]),
        ("The People's Republic of China signed.", [("People's Republic of China", "CHN")]),
        ("The Republic of China signed.", [("Republic of China", "TWN")]),
        ("The DPRK and the ROK met.", [("DPRK", "PRK"), ("ROK", "KOR")]),
        ("The Republic of Korea met no one.", [("Republic of Korea", "KOR")]),
        ("Soviet Union, U.S.S.R. and USSR", [("Soviet Union", "SUN"), ("U.S.S.R.", "SUN"), ("USSR", "SUN")]),
        ("West Germany and East Germany", [("West Germany", "DEU"), ("East Germany", "DDR")]),
        ("Holland lent money to Czechoslovakia.", [("Holland", "NLD"), ("Czechoslovakia", "CSK")]),
        ("The Palestinian Authority thanked the UAE.", [("Palestinian Authority", "PSE"), ("UAE", "ARE")]),
        # the longest match wins
        ("Nigeria, not Niger, sent troops.", [("Nigeria", "NGA"), ("Niger", "NER")]),
        ("Nigerien and Nigerian envoys", [("Nigerien", "NER"), ("Nigerian", "NGA")]),
        (
            "Guinea, Equatorial Guinea, Guinea-Bissau and Papua New Guinea",
            [("Guinea", "GIN"), ("Equatorial Guinea", "GNQ"), ("Guinea-Bissau", "GNB"), ("Papua New Guinea", "PNG")],
        ),
        ("The Democratic Republic of Congo spoke.", [("Democratic Republic of Congo", "COD")]),
        ("The Republic of the Congo spoke.", [("Republic of the Congo", "COG")]),
        ("Congo-Brazzaville is not Congo.", [("Congo-Brazzaville", "COG"), ("Congo", "COD")]),
        ("North Korea and South Korean envoys", [("North Korea", "PRK"), ("South Korean", "KOR")]),
        ("South Sudan left Sudan.", [("South Sudan", "SSD"), ("Sudan", "SDN")]),
        ("Dominica and the Dominican Republic", [("Dominica", "DMA"), ("Dominican Republic", "DOM")]),
        ("Northern Cyprus is not Cyprus.", [("Northern Cyprus", "northern-cyprus"), ("Cyprus", "CYP")]),
        ("Bosnian Serbs and Bosnia talked.", [("Bosnian Serbs", "bosnian-serbs"), ("Bosnia", "BIH")]),
        # adjectives, peoples, combining forms
        ("Dutch, Filipino and Emirati ministers", [("Dutch", "NLD"), ("Filipino", "PHL"), ("Emirati", "ARE")]),
        ("Britons and Americans were freed.", [("Britons", "GBR"), ("Americans", "USA")]),
        ("U.S.-Japanese talks", [("U.S.", "USA"), ("Japanese", "JPN")]),
        ("U.S./Japan talks", [("U.S.", "USA"), ("Japan", "JPN")]),
        ("India-US trade", [("India", "IND"), ("US", "USA")]),
        ("India–US ties", [("India", "IND"), ("US", "USA")]),
        ("Sino-Japanese ties", [("Sino", "CHN"), ("Japanese", "JPN")]),
        ("the Anglo-Irish accord", [("Anglo", "GBR"), ("Irish", "IRL")]),
        ("Indo-Pakistani talks", [("Indo", "IND"), ("Pakistani", "PAK")]),
        (
            "Russo-Ukrainian and Franco-German",
            [("Russo", "RUS"), ("Ukrainian", "UKR"), ("Franco", "FRA"), ("German", "DEU")],
        ),
        ("General Franco died.", []),
        ("an anti-U.S. rally and a pro-Russian party", [("U.S.", "USA"), ("Russian", "RUS")]),
        ("US-led and Iran-backed forces", [("US", "USA"), ("Iran", "IRN")]),
        # possessives
        ("India's envoy", [("India", "IND")]),
        ("Japan’s envoy", [("Japan", "JPN")]),
        ("The United States' envoy", [("United States", "USA")]),
        ("Nato's new base", [("Nato", "NATO")]),
        # capitals and seats
        ("New Delhi told Beijing.", [("New Delhi", "IND"), ("Beijing", "CHN")]),
        ("Kiev and Kyiv, Peking, Rangoon", [("Kiev", "UKR"), ("Kyiv", "UKR"), ("Peking", "CHN"), ("Rangoon", "MMR")]),
        ("Washington, D.C. and Mexico City", [("Washington, D.C.", "USA"), ("Mexico City", "MEX")]),
        ("The Kremlin rebuked Whitehall.", [("Kremlin", "RUS"), ("Whitehall", "GBR")]),
        (
            "Foggy Bottom, the Élysée and Malacanang",
            [("Foggy Bottom", "USA"), ("Élysée", "FRA"), ("Malacanang", "PHL")],
        ),
        ("Downing Street and the Pentagon", [("Downing Street", "GBR"), ("Pentagon", "USA")]),
        ("No. 10 declined to comment.", [("No. 10", "GBR")]),
        ("No. 10 on the list", []),
        ("Brussels fined the bank.", [("Brussels", "EU")]),
        # organisations, groups, organs, offices
        ("The UN Security Council met.", [("UN Security Council", "UN")]),
        (
            "UNHCR and the International Atomic Energy Agency",
            [("UNHCR", "UNHCR"), ("International Atomic Energy Agency", "IAEA")],
        ),
        ("The G-7, G20 and OPEC+", [("G-7", "G7"), ("G20", "G20"), ("OPEC+", "OPEC-PLUS")]),
        ("Leaders of the African Union and Ecowas", [("African Union", "AU"), ("Ecowas", "ECOWAS")]),
        ("Hizbullah and al-Qaida", [("Hizbullah", "hezbollah"), ("al-Qaida", "al-qaeda")]),
        ("The State Department warned the Knesset.", [("State Department", "USA"), ("Knesset", "ISR")]),
        ("The Foreign Ministry said nothing.", []),
        (
            "The Bank of Japan and the Reserve Bank of India",
            [("Bank of Japan", "JPN"), ("Reserve Bank of India", "IND")],
        ),
        ("the secretary of state flew home", [("secretary of state", "USA")]),
        ("External Affairs Minister S. Kumar", [("External Affairs Minister", "IND")]),
        ("Foreign Secretary Jane Smith", []),
        ("the Taoiseach and the tanaiste", [("Taoiseach", "IRL"), ("tanaiste", "IRL")]),
        ("CHINA WILL PAY, said Mr Jones.", [("CHINA", "CHN")]),
        # seas, regions, peoples
        ("the Indo-Pacific and the Indian Ocean", []),
        ("the South China Sea, the East China Sea and the Sea of Japan", []),
        ("the Gulf of Mexico, the Persian Gulf and the Bay of Bengal", []),
        ("the Taiwan Strait and the Panama Canal", []),
        ("the Korean Peninsula", []),
        ("Latin America, North America and Central American states", []),
        ("American Samoa and New Mexico", []),
        ("Indiana farmers", []),
        ("Lake Chad and the Jordan Valley", []),
        ("ethnic Russians and African-Americans", []),
        ("post-Soviet space", []),
        # towns, papers, firms, persons
        ("in Atlanta, Georgia, on Monday", []),
        ("Georgia and Armenia met.", [("Georgia", "GEO"), ("Armenia", "ARM")]),
        ("George Washington slept here.", []),
        ("The Washington Post reported.", []),
        ("The Washington Institute reported.", []),
        ("Washington state growers", []),
        ("the New York Times", []),
        ("the China Daily and the Times of India", []),
        ("Bank of China and Air India", [("Air India", "air-india")]),
        ("Japan Airlines and British Airways", []),
        ("the University of Chile", []),
        ("Michael Jordan met Mr. Israel.", []),
        ("Jordan and Israel met.", [("Jordan", "JOR"), ("Israel", "ISR")]),
        ("Chad asked Turkey.", [("Chad", "TCD"), ("Turkey", "TUR")]),
        ("Chad Wilson asked for turkey.", []),
        ("Moscow, Idaho", []),
        ("Paris, Texas", []),
        ("the Lisbon summit and the Paris Agreement", []),
        ("China-based firms", []),
        ("South Korea won concessions.", [("South Korea", "KOR")]),
        ("The South Korean won fell.", []),
        ("New Iranian demands", [("Iranian", "IRN")]),
        ("200 Canadian dollars and US$5", []),
        ("Polish the silver. The Polish envoy left.", [("Polish", "POL")]),
        ("Kyrgyz and Blurbistani envoys", [("Kyrgyz", "KGZ")]),
        # layout
        ("South\nKorea and North\n\nKorea", [("South\nKorea", "KOR"), ("Korea", "KOR")]),
        ("", []),
        ("Male and female envoys went to Malé.", [("Malé", "MDV")]),
    ],
)
def test_finds_actors_and_passes_over_what_only_looks_like_one(text, expected):
    """Each name is found once, at its full length, and the traps yield nothing."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. AND CHINA AGREE", [("U.S.", "USA"), ("CHINA", "CHN")]),
        ("US WARNS IRAN", [("US", "USA"), ("IRAN", "IRN")]),
        ("ENVOYS TELL US NOTHING", []),
        ("WHO WILL PAY?", []),
        ("SOUTH KOREAN PM IN NEW DELHI", [("SOUTH KOREAN", "KOR"), ("NEW DELHI", "IND")]),
        ("COTE D'IVOIRE ASKS FOR GRAIN", [("COTE D'IVOIRE", "CIV")]),
        ("SHIPS MEET IN SOUTH CHINA SEA", []),
        ("JAPAN'S MITI REJECTS QUOTA", [("JAPAN", "JPN"), ("MITI", "JPN")]),
        ("WASHINGTON POST SOLD", []),
        ("FED UP WITH TALKS", []),
    ],
)
def test_reads_headlines_in_capitals_without_the_common_words(text, expected):
    """In capitals the same forms count, save those that are everyday words there."""
    assert found(text, all_caps=True) == expected


@pytest.mark.parametrize(
    ("text", "form", "rank"),
    [
        ("India", "name", 1),
        ("Indian", "adjective", 3),
        ("Indians", "demonym", 2),
        ("New Delhi", "capital", 3),
        ("Kremlin", "seat", 2),
        ("NATO", "organisation", 1),
        ("Hamas", "organisation", 1),
        ("Lok Sabha", "institution", 2),
        ("Treasury Secretary", "office", 2),
        ("Scotland", "name", 3),
    ],
)
def test_tells_how_an_actor_is_named(text, form, rank):
    """The form says by what the actor is named, the rank how surely."""
    name = find_names(f"The {text} spoke.")[0]

    assert (name.form, name.rank) == (form, rank)


def test_names_are_sorted_and_do_not_overlap():
    """Names come in the order of the text, each after the end of the last."""
    text = "The UN Security Council, U.S. Trade Representative, Bank of England, Sino-U.S. ties, G7, South Korea. " * 3

    names = find_names(text)

    assert len(names) >= 18
    assert all(left.end <= right.start for left, right in pairwise(names))


def test_ten_thousand_words_are_read_quickly():
    """A long document costs little beside its parsing; the bound is five times the aim of 0.1 s, for slow machines."""
    text = "India's envoy told the United States on Monday that grain would reach the South China Sea soon. " * 600
    find_names(text[:100])

    started = time.perf_counter()
    find_names(text)

    assert time.perf_counter() - started < 0.5
