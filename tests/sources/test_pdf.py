"""PDF: paragraphs out of pages; locked, scanned, cut-off and hostile files are one sentence each."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources import from_bytes, pdf
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.pdf import Line, pdf_text, text_of

SHIPS = (
    "Uruguay and Namibia agreed on Thursday to let their patrol ships call at each other's harbours, and to hold a "
    "first exercise off Walvis Bay before the end of the year."
)
ROADS = (
    "The two ministers left the matter of port fees open. A working group is to look at it in the spring, the foreign "
    "ministry in Montevideo said, and no side expects a quick end."
)
DENIAL = (
    "Namibia denied a report that it had offered Uruguay a base. Such a thing had never been asked for, its minister "
    "of defence told reporters in Windhoek, and would not be given."
)


def paper(*paragraphs: str, title: str | None = None, size: float = 11, gap: float = 4, **cell) -> bytes:
    """Return a PDF of these paragraphs, `gap` millimetres apart, under a title in larger type."""
    sheet = FPDF()
    sheet.set_compression(False)
    sheet.add_page()
    if title:
        sheet.set_font("Helvetica", "B", 18)
        sheet.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    sheet.set_font("Times", size=size)
    for paragraph in paragraphs:
        sheet.multi_cell(0, size / 2, paragraph, new_x="LMARGIN", new_y="NEXT", align="L", **cell)
        sheet.ln(gap)
    return bytes(sheet.output())


class Review(FPDF):
    """A report with a head and a page number on each page; `first` is the number of its first page."""

    first = 1

    def header(self):
        """Put the name of the series and the number at the top."""
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Southern Harbours Review 12 | Page {self.page_no() + self.first - 1} of 2", align="C")
        self.ln(12)

    def footer(self):
        """Put the publisher and a bare number at the bottom."""
        self.set_y(-20)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, "Institute for Ports, Montevideo", align="C", new_x="LMARGIN", new_y="NEXT")
        self.cell(0, 5, str(self.page_no() + self.first - 1), align="C")


def review(times: int, first: int = 1) -> bytes:
    """Return a report of several pages in which one paragraph stands several times."""
    sheet = Review()
    sheet.first = first
    sheet.add_page()
    sheet.set_font("Times", size=12)
    for _ in range(times):
        sheet.multi_cell(0, 6, SHIPS + " " + ROADS, new_x="LMARGIN", new_y="NEXT", align="L")
        sheet.ln(3)
        sheet.set_font("Times", size=12)
    return bytes(sheet.output())


def flat(text: str) -> list[str]:
    """Return the paragraphs of a text, each in one line."""
    return [" ".join(each.split()) for each in text.split("\n\n")]


def read(data: bytes, limits: Limits = LIMITS) -> list[str]:
    """Return the paragraphs of a PDF."""
    return flat(pdf_text(data, "a.pdf", limits=limits).text)


@pytest.mark.parametrize("gap", [2, 4, 12])
def test_paragraphs_are_parted_where_a_gap_is(gap):
    """Lines of a paragraph stay lines, and a blank line stands where the page shows more than the usual distance."""
    text = pdf_text(
        paper(SHIPS, ROADS, DENIAL, title="Ships call, fees wait", size=13, gap=gap), "a.pdf", limits=LIMITS
    ).text

    assert flat(text) == ["Ships call, fees wait", SHIPS, ROADS, DENIAL]
    assert SHIPS not in text  # wrapped as printed


def test_paragraphs_are_parted_where_an_indent_is():
    """Without any gap, a line that begins further in after a finished one begins a paragraph."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Times", size=11)
    for paragraph in (SHIPS, ROADS, DENIAL):
        sheet.set_x(sheet.l_margin + 6)
        words, line = paragraph.split(), ""
        while words and sheet.get_string_width(line + words[0]) < 175:
            line += words.pop(0) + " "
        sheet.cell(0, 5.5, line, new_x="LMARGIN", new_y="NEXT")
        sheet.multi_cell(0, 5.5, " ".join(words), new_x="LMARGIN", new_y="NEXT", align="L")

    assert read(bytes(sheet.output())) == [SHIPS, ROADS, DENIAL]


def test_wide_lines_are_joined():
    """Small type makes lines that would be taken for paragraphs, so such paragraphs come in one line."""
    text = pdf_text(paper(SHIPS, ROADS, size=7), "a.pdf", limits=LIMITS).text

    assert text == f"{SHIPS}\n\n{ROADS}"


@pytest.mark.parametrize("first", [1, 37])
def test_running_heads_and_page_numbers_are_dropped(first):
    """What stands on each page but for its number is not text, and the sentence across the pages is whole."""
    data = review(14, first)
    assert len(PdfReader(BytesIO(data)).pages) == 2

    assert read(data) == [f"{SHIPS} {ROADS}"] * 14


def lines(*texts: str, page: int = 0, x: float = 70, size: float = 11, top: float = 700) -> list[Line]:
    """Return lines at single spacing from the top of a page down."""
    return [Line(text, x, top - 13 * number, size, False, page) for number, text in enumerate(texts)]


PROSE = (
    "The delegations of Bhutan and Nepal met in Thimphu for two days",
    "and spoke of power lines, of a road and of the price of current,",
    "which both would like to see lower.",
)


@pytest.mark.parametrize(
    ("edges", "kept"),
    [
        (["Notes on power 1", "Notes on power 2", "Notes on power 3"], []),
        (["i", "ii", "iii"], []),
        (["Page 1", "Page 2 of 9", "3/9"], []),
        (["- 1 -", "– 2 –", "-3-"], []),
        (["THE HIMALAYAN WIRE", "2 Notes", "THE HIMALAYAN WIRE"], ["2 Notes"]),
        (["Bhutan sells", "Nepal buys", "India looks on"], ["Bhutan sells", "Nepal buys", "India looks on"]),
        (["In 2024", "In 2031", "In 2025"], ["In 2024", "In 2031", "In 2025"]),  # alike, but no page numbers
    ],
)
def test_which_first_lines_are_page_furniture(edges, kept):
    """Equal lines and lines that count the pages go; other first lines stay."""
    ends = ("All this is to be settled in June.", "More was not said.", "The next round is to be held in Paro.")
    pages = [lines(edge, *PROSE, *PROSE, ends[number], page=number) for number, edge in enumerate(edges)]

    text = text_of(pages)

    assert [edge for edge in edges if edge in text.replace("\n\n", "\n").split("\n")] == kept
    assert text.count("which both would like to see lower.") == 6
    assert [end for end in ends if end not in text] == []


def test_a_sentence_goes_on_over_a_page_with_footnotes():
    """Notes in small type at the foot of a page stand at the end of the text, not in the middle of a sentence."""
    notes = lines("1 Figures are those of the Bhutan Power Desk.", size=8, top=80)
    pages = [lines(*PROSE[:2], top=200) + notes, lines(PROSE[2], page=1)]

    assert flat(text_of(pages)) == [" ".join(PROSE), notes[0].text]


def test_columns_are_read_one_after_the_other():
    """A line higher up than the one before it is the top of the next column; a sentence goes on there."""
    pages = [lines(*PROSE[:2], top=200) + lines(PROSE[2], "A second report follows on the road.", x=320)]

    assert flat(text_of(pages)) == [" ".join(PROSE), "A second report follows on the road."]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (["They spoke of inter-", "national law at length."], "They spoke of international\nlaw at length."),
        (["They spoke of inter\xad", "national law at length."], "They spoke of international\nlaw at length."),
        (["The talks were inter-", "rupted."], "The talks were interrupted."),
        (["The Franco-", "German talks went on."], "The Franco-\nGerman talks went on."),
        (["Its well-known view and well-", "known doubts"], "Its well-known view and well-known\ndoubts"),
        (["Talks -", "if any - come later."], "Talks -\nif any - come later."),
        (["Some 20-", "odd boats left."], "Some 20-\nodd boats left."),
    ],
)
def test_words_cut_at_a_line_end(printed, text):
    """A word is joined where it goes on in small letters; a hyphen that the text uses elsewhere stays."""
    assert text_of([lines(*printed)]) == text


def test_a_hyphenated_word_in_a_file():
    """The same through a file."""
    assert read(paper("Qatar asked for media-\ntion in the quarrel.")) == ["Qatar asked for mediation in the quarrel."]


def test_ligatures_and_letters_of_many_names(tmp_path):
    """Ligatures are taken apart; names with letters beyond ASCII are whole."""
    found = [pdf._line([(text, [1, 0, 0, 1, 0, 0], 11, False)], 0) for text in ("o\ufb03cial \ufb02ag\xa0\ufb01re",)]

    assert found[0] and found[0][1].text == "official flag fire"
    names = "Ministers Åkesson, Núñez and Müller met the French envoy, Mme Lefèvre, at Besançon on Tuesday."
    assert read(paper(names)) == [names]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_pages_that_lie_on_their_side(angle):
    """Text that runs another way than up the page has its paragraphs all the same."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("Times", size=11)
    with sheet.rotation(angle, x=105, y=148):
        for paragraph in (SHIPS, ROADS):
            sheet.set_x(40)
            sheet.multi_cell(120, 5.5, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
            sheet.ln(4)

    assert read(bytes(sheet.output())) == [SHIPS, ROADS]


@pytest.mark.parametrize(
    ("title", "taken"),
    [("Ships call,  FEES wait", True), ("Microsoft Word - draft7.doc", False), ("", False)],
)
def test_a_title_of_the_metadata_must_be_shown(title, taken):
    """Programs write all sorts of things there; no date of the metadata is used."""
    sheet = FPDF()
    sheet.set_title(title)
    sheet.set_creation_date(datetime(2031, 2, 3, tzinfo=UTC))
    sheet.add_page()
    sheet.set_font("Times", size=11)
    sheet.multi_cell(0, 6, f"Ships call, fees wait\n\n{SHIPS}")

    found = pdf_text(bytes(sheet.output()), "a.pdf", limits=LIMITS)

    assert found.title == ("Ships call, FEES wait" if taken else None)
    assert (found.published, found.publisher, found.url) == (None, None, None)


def test_a_document_out_of_a_pdf():
    """Headline, dateline and paragraphs are found as in any text; the bytes and not the name say what it is."""
    data = paper(f"MONTEVIDEO, May 16, 2024 - {SHIPS}", ROADS, title="Ships call, fees wait")

    document = from_bytes(data, "download")

    assert document.title == "Ships call, fees wait"
    assert (document.published, document.dated_by) == (date(2024, 5, 16), "dateline")
    assert [" ".join(document.text[a:b].split()) for a, b in document.paragraphs] == [SHIPS, ROADS]


def drawn(kind: str, pages: int = 1) -> bytes:
    """Return a PDF whose pages show a picture, a drawing, a stamp under a picture, or nothing."""
    sheet = FPDF()
    for _ in range(pages):
        sheet.add_page()
        if kind in ("picture", "stamp"):
            sheet.image(Image.new("RGB", (40, 40), "grey"), w=150)
        if kind == "stamp":
            sheet.set_font("Times", size=8)
            sheet.cell(0, 5, "Archive 7")
        if kind == "drawing":
            sheet.rect(20, 20, 100, 60, style="DF")
    return bytes(sheet.output())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (drawn("picture"), "is a scan: it holds pictures of 1 page and no text. Run OCR on it (for example ocrmypdf)"),
        (drawn("picture", 3), "pictures of 3 pages and no text"),
        (drawn("stamp", 2), "pictures of 2 pages and no text"),
        (drawn("drawing"), "Run OCR on it"),
        (drawn("nothing", 2), "is empty: no text stands on its pages"),
        (b"%PDF-1.7\n", "is damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "is damaged"),
        (review(14)[:1500], "is damaged"),
        (review(14)[:-900], "is damaged"),
        (b"", "is damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data, words):
    """Scans, empty and broken files: what is wrong, and what to do next."""
    with pytest.raises(UnreadableInput) as error:
        pdf_text(data, "Übersicht.pdf", limits=LIMITS)

    assert str(error.value).startswith("Übersicht.pdf ")
    assert words in str(error.value)
    assert str(error.value).endswith(".")


def test_a_short_text_is_no_scan():
    """A page with one line on it has a text."""
    assert read(paper("Oslo agrees.")) == ["Oslo agrees."]


def locked(password: str) -> bytes:
    """Return a PDF that only opens with a password."""
    writer, out = PdfWriter(BytesIO(paper(SHIPS))), BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


#: Encrypted by a method that needs a library of its own.
AES = (
    b"%PDF-2.0\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 5/R 6/Length 256/P -4/O(" + b"o" * 48 + b")/U(" + b"u" * 48 + b")"
    b"/OE(" + b"e" * 32 + b")/UE(" + b"e" * 32 + b")/Perms(" + b"p" * 16 + b")"
    b"/CF<</StdCF<</CFM/AESV3/Length 32>>>>/StmF/StdCF/StrF/StdCF>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/Size 4/ID[<00><00>]>>\nstartxref\n0\n%%EOF\n"
)


@pytest.mark.parametrize(("data", "words"), [(locked("pass"), "locked with a password"), (AES, "encrypted")])
def test_locked_files(data, words):
    """A file that needs a password is refused with the way out."""
    with pytest.raises(UnreadableInput, match=rf"^a\.pdf is {words}.*qpdf --decrypt"):
        pdf_text(data, "a.pdf", limits=LIMITS)


def test_an_empty_password_is_tried():
    """Files that only forbid printing open without one."""
    assert read(locked("")) == [SHIPS]


def raw(content: bytes, pages: int = 1, extra: bytes = b"") -> bytes:
    """Return a PDF of pages that share one content stream, packed."""
    packed = zlib.compress(content, 9)
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + pages))
    objects = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)),
        (3, b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)),
        (4, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        *(
            (number, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>"
                     b"%s>>>>" % extra)
            for number in range(10, 10 + pages)
        ),
    ]  # fmt: skip
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects:
        places[number] = len(out)
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    start = len(out)
    return out + b"xref\n0 1\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        table, 10 + pages, start,
    )  # fmt: skip


SHOWN = b"BT /F 11 Tf 70 700 Td (Oman and Mali speak of salt and of the roads it takes.) Tj ET\n"


def test_the_hand_made_file_is_sound():
    """What the hostile files below are made of can be read."""
    assert read(raw(SHOWN)) == ["Oman and Mali speak of salt and of the roads it takes."]


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (raw(SHOWN, pages=501), LIMITS, "has 501 pages; at most 500 are read"),
        (raw(SHOWN * 100), replace(LIMITS, max_characters=2_000), "max_characters"),
        (raw(SHOWN + b" " * 300_000_000), replace(LIMITS, extract_seconds=20.0), ""),
        (raw(b"q " * 20_000_000 + SHOWN), replace(LIMITS, extract_seconds=2.0), ""),
        (raw(b"[" * 1_000_000 + SHOWN), LIMITS, ""),
        (raw(SHOWN * 20_000), replace(LIMITS, extract_seconds=0.6), ""),
    ],
    ids=["pages", "characters", "blanks", "operators", "nesting", "slow"],
)
def test_hostile_files_are_refused_in_time(data, limits, words):
    """Bombs of every kind end within their limits, as one sentence."""
    with pytest.raises(UnreadableInput) as error:
        pdf_text(data, "a.pdf", limits=limits)

    assert str(error.value).startswith("a.pdf ")
    assert words in str(error.value)
    assert isinstance(error.value, InputTooLarge) or not words


def test_letters_that_stand_for_nothing():
    """A font that does not say what its signs mean gives no text, rather than gibberish."""
    with pytest.raises(UnreadableInput, match="which letters its fonts show"):
        pdf_text(raw(SHOWN.replace(b"/F ", b"/Unknown ") * 3), "a.pdf", limits=LIMITS)


def test_every_cut_is_read_or_refused():
    """A file cut anywhere gives all of its text or an error, never a part of it."""
    data = paper(SHIPS, ROADS)
    for end in range(0, len(data), len(data) // 12):
        try:
            assert read(data[:end]) == [SHIPS, ROADS]
        except UnreadableInput as error:
            assert str(error).startswith("a.pdf ")
