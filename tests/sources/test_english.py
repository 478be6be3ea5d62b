"""Language: English passes, other languages are named."""

import time
from contextlib import suppress

import pytest

from dragoman import ontology
from dragoman.errors import WrongLanguage
from dragoman.sources.english import check_english, language_of

ENGLISH = "The minister said on Monday that the talks would go on, and that no one should expect an end of them soon. "
NAMES = (
    "Nguyễn Văn Hùng of Đà Nẵng met Łukasz Żółkiewski, Jürgen Müßig and Søren Ødegård in Västerås with José María "
    "Núñez Ibáñez and the envoys Mihály Kőszegi, Đorđe Šćepanović, Ivana Brlić and Ömer Çağlayan on fish and gas."
)

FOREIGN = {
    "French": "Le ministre a déclaré lundi que les deux pays ont signé un accord sur la pêche et que la visite du "
    "président est prévue pour le mois de mai dans la capitale, où il rencontrera les députés.",
    "Spanish": "El ministro dijo el lunes que los dos países han firmado un acuerdo sobre la pesca y que la visita del "
    "presidente está prevista para el mes de mayo en la capital, donde se reunirá con los diputados.",
    "Portuguese": "O ministro disse na segunda-feira que os dois países assinaram um acordo sobre a pesca e que a "
    "visita do presidente está prevista para o mês de maio na capital, onde não vai falar com os deputados.",
    "German": "Der Minister sagte am Montag, dass die beiden Staaten ein Abkommen über die Fischerei geschlossen haben "
    "und dass der Besuch des Präsidenten im Mai in der Hauptstadt nicht stattfinden wird.",
    "Italian": "Il ministro ha detto lunedì che i due paesi hanno firmato un accordo sulla pesca e che la visita del "
    "presidente è prevista per il mese di maggio nella capitale, dove non incontrerà i deputati.",
    "Dutch": "De minister zei maandag dat de twee landen een akkoord over de visserij hebben gesloten en dat het "
    "bezoek van de president in mei in de hoofdstad niet doorgaat.",
    "Turkish": "Bakan pazartesi günü iki ülke arasında balık için bir anlaşma imzalandığını ve ziyaretin "
    "ayında olarak değil, daha sonra yapılacağını söyledi, ancak her iki taraf da bir tarih vermedi.",
    "Indonesian or Malay": "Menteri itu mengatakan pada hari Senin bahwa kedua negara telah menandatangani perjanjian "
    "tentang perikanan dan bahwa kunjungan presiden yang akan dilakukan pada bulan Mei tidak untuk ini.",
    "Polish": "Minister powiedział w poniedziałek, że oba kraje podpisały umowę o rybołówstwie i że wizyta prezydenta "
    "nie jest planowana na maj, ale na czerwiec, jak to było w ubiegłym roku oraz przez cały rok.",
    "Swedish": "Ministern sade på måndagen att de två länderna har slutit ett avtal om fiske och att besöket av "
    "presidenten inte kommer att äga rum i maj, men att det är för tidigt att säga när det blir av.",
    "Russian": "Министр заявил в понедельник, что две страны подписали соглашение о рыболовстве.",
    "Ukrainian": "Міністр заявив у понеділок, що дві країни підписали угоду про рибальство та що візит не на май.",
    "Greek": "Ο υπουργός είπε τη Δευτέρα ότι οι δύο χώρες υπέγραψαν συμφωνία για την αλιεία.",
    "Arabic": "قال الوزير يوم الاثنين إن البلدين وقعا على اتفاق بين الطرفين في العاصمة.",
    "Chinese": "部长周一表示,两国签署了渔业协定。",
    "Japanese": "大臣は月曜日に、両国が漁業協定に署名したと述べた。",
    "Korean": "장관은 월요일 양국이 어업 협정에 서명했다고 밝혔다.",
    "Hindi": "मंत्री ने सोमवार को कहा कि दोनों देशों ने मत्स्य पालन पर समझौता किया है।",
    "Hebrew": "השר אמר ביום שני כי שתי המדינות חתמו על הסכם.",
    "Thai": "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าทั้งสองประเทศได้ลงนามในข้อตกลง",
}


@pytest.mark.parametrize(("language", "text"), FOREIGN.items(), ids=FOREIGN)
def test_other_languages_are_named(language, text):
    """The message names the language and says that only English is read."""
    with pytest.raises(WrongLanguage, match="Only English is read") as raised:
        check_english(text)

    assert f"in {language}." in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        NAMES,
        "Le ministre a dit non.",
        "OSLO AND MUSCAT TALK FISH",
        ENGLISH * 8 + FOREIGN["French"],
        ENGLISH + "“" + FOREIGN["Dutch"].split(" en ")[0] + "”",
        "OSLO, MUSCAT SIGN FISH PACT; BAN ON NETS TO STAY, SAYS MINISTER",
        "Listed: Abd al-Rahman ibn Yusuf; Juan de la Cruz; Karel van der Merwe; Otto von der Heide; Luis del Río.",
        ENGLISH * 2 + FOREIGN["Russian"],
        ENGLISH + "“" + FOREIGN["Chinese"] + "”",
        "12,500 + 3 = 12,503",
        "The α and β of it.",
        "Hansen Olsen Berg Lie Dahl " * 10,
    ],
)
def test_english_passes(text):
    """Names, short texts and quotations in other languages do no harm."""
    check_english(text)


@pytest.mark.parametrize("text", ["zxq wvut plok " * 20, "hjk qwrt Lmn. bvc xzsd fgt " * 10])
def test_text_that_is_no_running_text(text):
    """Letters without the common words of English are refused, in no language's name."""
    with pytest.raises(WrongLanguage, match="not running English"):
        check_english(text)


@pytest.mark.parametrize(
    ("parts", "language"),
    [
        ((ENGLISH, FOREIGN["French"], ENGLISH, FOREIGN["French"]), "French"),  # paragraph by paragraph
        ((ENGLISH, FOREIGN["Arabic"] * 3), "Arabic"),  # a summary above the text itself
        ((ENGLISH * 2, FOREIGN["Chinese"] * 4), "Chinese"),  # no blanks between its words
        ((*[ENGLISH] * 40, *[FOREIGN["Polish"]] * 20), "Polish"),  # far from the beginning
    ],
)
def test_a_text_partly_in_another_language_is_refused(parts, language):
    """The whole text is looked at, and what is more than a small part of it counts."""
    with pytest.raises(WrongLanguage, match=f"(partly )?in {language}") as raised:
        check_english("\n\n".join(parts))

    assert raised.value.language == language


def test_a_part_is_called_a_part():
    """The message says how much of the text is in the other language."""
    with pytest.raises(WrongLanguage, match=r"partly in German \(\d+% of it\)"):
        check_english(f"{ENGLISH}\n\n{FOREIGN['German']}")


@pytest.mark.parametrize(
    ("text", "language"),
    [*((text, language) for language, text in FOREIGN.items()), (ENGLISH, "English"), ("7", "English")],
)
def test_language_of_names_the_language(text, language):
    """The name of the language is given for reports, English where nothing tells another."""
    assert language_of(text) == language


@pytest.mark.parametrize("text", [". " * 100_000, "\n \n" * 60_000, "a" * 200_000, "”.” " * 50_000, "A. " * 60_000])
def test_odd_texts_take_no_time(text):
    """What no language has is looked at in time that grows with its length only."""
    began = time.process_time()
    with suppress(WrongLanguage):
        check_english(text)
    assert time.process_time() - began < 5


def test_lists_of_words_are_sound():
    """Every language has enough words, none twice, and all in lower case."""
    for words in ontology.load("languages")["words"].values():
        listed = words.split()
        assert len(listed) >= 20
        assert len(set(listed)) == len(listed)
        assert all(word == word.lower() for word in listed)
