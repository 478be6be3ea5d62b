"""Texts for the tests of the intake: short reports about relations, and texts about nothing of the kind.

In:     a number; the same number gives the same text.
Out:    `Report`s of invented affairs between real states, no two of them alike enough to be copies of each other;
        texts about gardens, kitchens and workshops; sentences in other languages.
Dates:  every report is dated by its number, within 2023 and 2024.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

#: A state, the word for what is its own, its capital.
STATES = (
    ("Portugal", "Portuguese", "Lisbon"), ("Japan", "Japanese", "Tokyo"), ("Norway", "Norwegian", "Oslo"),
    ("Chile", "Chilean", "Santiago"), ("Kenya", "Kenyan", "Nairobi"), ("Poland", "Polish", "Warsaw"),
    ("Vietnam", "Vietnamese", "Hanoi"), ("Peru", "Peruvian", "Lima"), ("Morocco", "Moroccan", "Rabat"),
    ("Finland", "Finnish", "Helsinki"), ("Ghana", "Ghanaian", "Accra"), ("Greece", "Greek", "Athens"),
    ("Indonesia", "Indonesian", "Jakarta"), ("Hungary", "Hungarian", "Budapest"), ("Egypt", "Egyptian", "Cairo"),
    ("Uruguay", "Uruguayan", "Montevideo"), ("Latvia", "Latvian", "Riga"), ("Nepal", "Nepalese", "Kathmandu"),
    ("Senegal", "Senegalese", "Dakar"), ("Austria", "Austrian", "Vienna"), ("Mongolia", "Mongolian", "Ulaanbaatar"),
    ("Bolivia", "Bolivian", "La Paz"), ("Tunisia", "Tunisian", "Tunis"), ("Croatia", "Croatian", "Zagreb"),
    ("Zambia", "Zambian", "Lusaka"), ("Sweden", "Swedish", "Stockholm"), ("Laos", "Laotian", "Vientiane"),
    ("Ecuador", "Ecuadorian", "Quito"), ("Slovakia", "Slovak", "Bratislava"), ("Oman", "Omani", "Muscat"),
)  # fmt: skip
PLACES = (
    "a lakeside hotel", "the old customs house", "a school gymnasium", "the harbour museum", "a mountain lodge",
    "the town library", "a railway depot", "the botanical garden", "a shipyard canteen", "the weather station",
    "a village hall", "the salt works", "an airport lounge", "the university chapel", "a fish market",
)  # fmt: skip
TOPICS = (
    "lighthouse lamps", "salmon quotas", "night trains", "river ferries", "school exchanges", "cocoa prices",
    "satellite images", "wool labels", "grain stores", "border clinics", "old mine shafts", "tram tickets",
    "patrol boats", "glacier surveys", "copper pipes", "visa fees", "bee diseases", "weather balloons", "tea imports",
    "cable repairs", "locust control", "timber permits", "mobile phone charges", "coral reefs", "horse passports",
    "sunken ships", "radio masts", "vaccine stocks", "truck drivers' papers", "potash mines",
)  # fmt: skip
GOODS = (
    "tinned sardines", "cut flowers", "roof tiles", "bicycle frames", "frozen shrimp", "wooden doors", "wall clocks",
    "olive oil", "leather gloves", "steel rails", "cotton yarn", "garden chairs", "dried figs", "ceramic sinks",
    "tractor tyres", "cane sugar", "paper bags", "copper wire", "walnut boards", "rubber boots",
)  # fmt: skip
CRAFT = (
    "trawler", "survey plane", "patrol boat", "cargo drone", "fishing smack", "dredger", "balloon", "research ship",
    "helicopter", "tug",
)  # fmt: skip
NAMES = (
    "Amara", "Tomasz", "Ilse", "Rafael", "Noor", "Henrik", "Paloma", "Yusuf", "Greta", "Minh", "Oskar", "Lucia",
    "Farid", "Signe", "Bruno", "Wanjiru", "Kaito", "Milena", "Anders", "Chidi",
)  # fmt: skip
FAMILIES = (
    "Velden", "Okoro", "Lindqvist", "Barreto", "Kowalczyk", "Haddad", "Moreau", "Tanaka", "Sorensen", "Quiroga",
    "Petrakis", "Mbeki-Lund", "Ferrante", "Dragan", "Nwosu", "Halvorsen", "Iriarte", "Saleh", "Brandt", "Kimura",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
#: What one side did to or with the other; the words between the slots are few, so that no two texts share many.
DEEDS = (
    "{a} signed an agreement with {b} on {topic} at {place} in {bcap}.",
    "{a} accused {b} of sending a {craft} into its waters near {town}.",
    "{a} imposed a tariff of {n} percent on {goods} from {b}.",
    "{a} recalled its ambassador from {b} over a dispute about {topic}.",
    "{a} and {b} held talks on {topic} at {place} in {town}.",
    "{a} sent {n} tonnes of {goods} to {b} as aid after a storm.",
    "{a} threatened {b} with sanctions over {topic} and {goods}.",
    "{bof} officials asked {a} to lift its ban on {goods}.",
    "{a} promised {b} a loan of {n} million dollars for {topic}.",
    "{a} banned imports of {goods} from {b}, citing {topic}.",
    "{a} criticised {b} for seizing a {craft} loaded with {goods}.",
    "{a} expelled {n} {bof} diplomats in a quarrel over {topic}.",
    "{a} proposed to {b} a joint commission for {topic}.",
    "{a} rejected an offer by {b} to share {topic} in {town}.",
    "{a} released {n} {bof} sailors whose {craft} had strayed off {town}.",
)
SAID = (
    '"{topic2} come first," {who} told reporters.',
    "{who} blamed a shortage of {goods2} for the delay, and {who2} called it a poor excuse.",
    "{who}, who once ran {place2}, gave the news beside {n2} boxes of {goods2}.",
    "Traders in {town2} had waited {n2} weeks for word on {topic2}, {who} said.",
    "It took {who} and {who2} {n2} evenings to draft, mostly about {topic2}.",
    "Few in {town2} had heard of it; {n2} crates of {goods2} lay unsold on the quay, said {who}.",
    "Lawyers under {who} will sort the papers on {topic2} by {month}.",
    "A vote on {goods2} may follow in {month}, {who2} wrote to {who}.",
    "Costs of {n2} million were put to {who2}, the clerk for {topic2}.",
    "Nobody at {place2} would speak of {topic2} except {who}.",
)
_TOWNS = (
    "Maren", "Old", "Saint", "Port", "Upper", "Lower", "North", "South", "New", "Green", "Stone", "White", "Black", "Fair",
)  # fmt: skip
_ENDS = ("ford", "haven", "by", "wick", "ness", "holm", "bridge", "mouth", "field", "stead", "dale", "mere")


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its title, the text below it without a dateline, and the day it was published."""

    number: int
    title: str
    body: str
    day: date
    town: str

    @property
    def text(self) -> str:
        """Return title, dateline and body, as a plain text file has them."""
        return f"{self.title}\n\n{self.dateline}{self.body}\n"

    @property
    def dateline(self) -> str:
        """Return the place and the date that a report begins with."""
        return f"{self.town.upper()}, {MONTHS[self.day.month - 1]} {self.day.day}, {self.day.year} - "

    @property
    def bare(self) -> str:
        """Return the text without a dateline: nothing in it says when it was published."""
        return f"{self.title}\n\n{self.body}\n"


def report(number: int) -> Report:
    """Return a report of two or three sentences on an invented affair between two states."""
    random = Random(f"report {number}")
    (a, aof, capital), (b, bof, bcap) = random.sample(STATES, 2)

    def who() -> str:
        return f"{random.choice(NAMES)} {random.choice(FAMILIES)}"

    def town() -> str:
        return random.choice(_TOWNS) + random.choice(_ENDS)

    def filled(line: str) -> str:
        return line.format(
            a=a, b=b, aof=aof, bof=bof, bcap=bcap, town=town(), town2=town(), who=who(), who2=who(),
            place=random.choice(PLACES), place2=random.choice(PLACES), topic=random.choice(TOPICS),
            topic2=random.choice(TOPICS).capitalize() if line[0] == '"' else random.choice(TOPICS),
            goods=random.choice(GOODS), goods2=random.choice(GOODS), craft=random.choice(CRAFT),
            n=random.randint(3, 95), n2=random.randint(3, 95), month=random.choice(MONTHS),
        )  # fmt: skip

    body = " ".join(filled(line) for line in (random.choice(DEEDS), *random.sample(SAID, 2)))
    title = f"{aof} quarrel over {random.choice(TOPICS)} and {random.choice(GOODS)} reaches {town()}"
    return Report(number, title, body, date(2023, 1, 2) + timedelta(days=number * 7 % 720), capital)


_THINGS = (
    "rhubarb", "walnut cake", "the garden gate", "an oak bench", "the copper kettle", "a wicker basket", "plum jam",
    "the green shed", "a linen apron", "the brick oven", "winter squash", "a clay pot", "the rain barrel", "an old loom",
    "pickled beets", "the chess club", "a paper kite", "the village choir", "rye bread", "the apple press", "a brass bell",
    "the hen house", "beeswax", "a wool blanket", "the tool box", "gooseberries", "a tin whistle", "the compost heap",
)  # fmt: skip
_DID = (
    "painted", "mended", "weighed", "carried home", "forgot about", "praised", "sketched", "dusted", "washed", "hid",
    "looked after", "found a use for", "grew fond of", "wrote a poem on", "took a picture of", "sang about",
)  # fmt: skip
_WHEN = (
    "before breakfast", "on a wet morning", "when the bees were out", "all through the spring", "with great patience",
    "for the third time", "as her aunt had done", "without a word", "while the soup boiled", "late in the evening",
    "with both hands", "to the sound of rain", "under the pear tree", "in the quiet of the barn",
)  # fmt: skip
_PEOPLE = (
    "The baker", "His neighbour", "A retired teacher", "The gardener", "My cousin", "The potter", "A young carpenter",
    "The beekeeper", "Her grandfather", "The cook", "One of the twins", "The weaver",
)  # fmt: skip


def idle(number: int) -> str:
    """Return a text of some three sentences in which no state, office or organisation occurs."""
    random = Random(f"idle {number}")
    lines = (
        f"{random.choice(_PEOPLE)} {random.choice(_DID)} {random.choice(_THINGS)} and {random.choice(_THINGS)} "
        f"{random.choice(_WHEN)}, and then {random.choice(_DID)} {random.choice(_THINGS)} {random.choice(_WHEN)}."
        for _ in range(3)
    )
    return f"{' '.join(lines)} That was all there was to tell of it in the {number}th week of the diary.\n"


#: Sentences in other languages, with the English name of each.
FOREIGN = {
    "French": "La boulangère du village a rangé les pommes dans la remise avant que la pluie ne vienne, et elle est "
    "restée là pour écouter les oiseaux qui chantaient dans le grand noyer de son père.",
    "German": "Der Gärtner hat am Morgen die Rosen geschnitten und dann mit seiner Nachbarin auf der Bank gesessen, "
    "weil es nicht mehr regnete und die Sonne auf den Teich und die alten Weiden schien.",
    "Spanish": "La abuela guardó las mermeladas en el armario de la cocina y después salió al patio para ver si los "
    "niños habían regado las flores que ella había plantado con su hermana en la primavera.",
    "Russian": "Утром садовник подстриг розы, а потом долго сидел с соседкой на скамейке у пруда, потому что дождь "
    "уже кончился и над старыми ивами светило солнце.",
    "Greek": "Ο κηπουρός έκοψε το πρωί τα τριαντάφυλλα και ύστερα κάθισε με τη γειτόνισσα στο παγκάκι δίπλα στη λίμνη.",
    "Chinese": "早上园丁修剪了玫瑰，然后和邻居一起坐在池塘边的长椅上，因为雨已经停了，太阳照在老柳树上。",
    "Arabic": "قص البستاني الورود في الصباح ثم جلس مع جارته على المقعد قرب البركة لأن المطر توقف.",
    "Polish": "Ogrodnik przyciął rano róże, a potem siedział z sąsiadką na ławce nad stawem, bo już nie padało i nad "
    "starymi wierzbami świeciło słońce, które grzało ich w plecy tak jak w lecie.",
}
