"""Word: paragraphs and tables in their order; bombs, cut-off files and other things in a zip are one sentence each."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml.parser import parse_xml

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources import from_bytes
from dragoman.sources.docx import docx_text
from dragoman.sources.limits import LIMITS, Limits

LOANS = (
    "Kenya and Uganda settled their quarrel over the price of a pipeline on Tuesday, and each is to pay half of what "
    "the last stretch costs."
)
RAIL = "The finance minister of Kenya, Ngũgĩ wa Mũthoni, called the sum “a fair one” and said that work begins in May."
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document) -> bytes:
    """Return a document as a file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word(*paragraphs: str, xml: str = "", title: str = "") -> bytes:
    """Return a Word file of paragraphs, then whatever the XML says."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if xml:
        body = document.element.body
        for element in parse_xml(f"<w:body {SPACE}>{xml}</w:body>"):
            body.insert(len(body) - 1, element)
    document.core_properties.title = title
    document.core_properties.created = datetime(2031, 2, 3)
    return saved(document)


def packed(members: dict[str, bytes], *, like: bytes | None = None) -> bytes:
    """Return a zip file of members, over those of another one."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        if like is not None:
            with ZipFile(BytesIO(like)) as source:
                for info in source.infolist():
                    if info.filename not in members:
                        archive.writestr(info.filename, source.read(info))
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(data: bytes, limits: Limits = LIMITS) -> list[str]:
    """Return the paragraphs of a Word file."""
    return docx_text(data, "a.docx", limits=limits).text.split("\n\n")


def test_paragraphs_and_tables_in_their_order():
    """A row is a line; heading, table and text stand in the order of the page, blank paragraphs are nothing."""
    document = docx.Document()
    document.add_heading("A pipeline paid for", 1)
    document.add_paragraph(LOANS)
    table = document.add_table(rows=2, cols=2)
    for number, words in enumerate(("State", "Share", "Kenya", "half\nof it")):
        table.cell(number // 2, number % 2).text = words
    table.cell(1, 1).add_table(rows=1, cols=1).cell(0, 0).text = "or less"
    document.add_paragraph("   ")
    document.add_paragraph(RAIL)

    assert read(saved(document)) == [
        "A pipeline paid for", LOANS, "State | Share", "Kenya | half of it or less", RAIL,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:p><w:r><w:t>Gulu</w:t><w:tab/><w:t>Lira</w:t></w:r></w:p>", "Gulu\tLira"),
        ("<w:p><w:r><w:t>Gulu</w:t><w:br/><w:t>Lira</w:t></w:r></w:p>", "Gulu\nLira"),
        ("<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r></w:p>", "co-op"),
        ("<w:p><w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink></w:p>", "a link"),
        ("<w:p><w:ins><w:r><w:t>put in</w:t></w:r></w:ins></w:p>", "put in"),
        ("<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>struck</w:delText></w:r></w:del></w:p>", "kept"),
        ("<w:p><w:r><w:t>kept</w:t></w:r><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>", "kept"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>", "in a control"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>in line</w:t></w:r></w:sdtContent></w:sdt></w:p>", "in line"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r></w:p>", "7"),
        (
            "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict>"
            "<w:t>around</w:t></w:r></w:p>",
            "around\n\nboxed",
        ),
        ("<!-- a remark --><w:p><?x y?><w:r><w:t>bare</w:t></w:r></w:p>", "bare"),
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>x</w:t></w:r></w:p>", "x"),
    ],
)
def test_what_a_paragraph_is_made_of(xml, text):
    """Links, controls, boxes and what reviewers put in are read; what they struck out or moved away is not."""
    assert docx_text(word(xml=xml), "a.docx", limits=LIMITS).text == text


@pytest.mark.parametrize(("title", "taken"), [("Half  the PIPELINE each", True), ("Document1", False), ("", False)])
def test_a_title_of_the_metadata_must_be_shown(title, taken):
    """Programs write all sorts of things there; no date of the metadata is used."""
    found = docx_text(word("Half the pipeline each", LOANS, title=title), "a.docx", limits=LIMITS)

    assert found.title == ("Half the PIPELINE each" if taken else None)
    assert found.published is None


def test_a_document_out_of_a_word_file():
    """Headline and paragraphs are found as in any text; the bytes and not the name say what it is."""
    document = from_bytes(word("Half the pipeline each", LOANS, RAIL), "2024-05-14-upload")

    assert document.title == "Half the pipeline each"
    assert (str(document.published), document.dated_by) == ("2024-05-14", "file-name")
    assert [document.text[a:b] for a, b in document.paragraphs] == [LOANS, RAIL]


def test_files_with_macros():
    """A .docm has the same text; its macros are not looked at."""
    data = word(LOANS)
    with ZipFile(BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    assert macro != types
    assert read(packed({"[Content_Types].xml": macro}, like=data)) == [LOANS]


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>'
    b"<w:document %s><w:body><w:p><w:r><w:t>one &b;&c; two</w:t></w:r></w:p></w:body></w:document>"
) % SPACE.encode()
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
SHEET = b'<?xml version="1.0"?><workbook/>'


def test_no_entity_is_expanded():
    """What a file defines as an entity stays out, be it a bomb or another file."""
    text = " ".join(read(packed({"word/document.xml": ENTITIES}, like=word(LOANS))))

    assert "ha" not in text
    assert "localhost" not in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(LOANS)[:9000], "is cut off or damaged"),
        (word(LOANS)[:30], "is cut off or damaged"),
        (b"", "is cut off or damaged"),
        (b"PK\x03\x04" + bytes(500), "is cut off or damaged"),
        (packed({"a.txt": b"text"}), "is damaged"),
        (packed({"word/document.xml": b"<w:document"}, like=word(LOANS)), "is damaged"),
        (packed({"word/document.xml": b""}, like=word(LOANS)), "is damaged"),
        (packed({"word/document.xml": SHEET}, like=word(LOANS)), ""),
        (packed({"_rels/.rels": RELATIONS}, like=word(LOANS)), "no Word document"),
        (packed({"_rels/.rels": b"<Relationships/>"}, like=word(LOANS)), "is damaged. Fetch it anew"),
        (word(), "holds no text"),
        (word("", "  \n "), "holds no text"),
        (word(LOANS).replace(LOANS[:5].encode(), b"xxxxx").replace(b"PK\x01\x02", b"PK\x01\x03"), "is cut off"),
    ],
)
def test_what_cannot_be_read_says_why(data, words):
    """Cut-off, broken and empty files and other things in a zip: what is wrong, and what to do next."""
    with pytest.raises(UnreadableInput) as error:
        docx_text(data, "Jahrbuch Ä.docx", limits=LIMITS)

    assert str(error.value).startswith("Jahrbuch Ä.docx ")
    assert words in str(error.value)
    assert str(error.value).endswith(".")


def lying(data: bytes, name: str, size: int) -> bytes:
    """Return a zip file that says of one member that it unpacks to another size."""
    out = bytearray(data)
    start = 0
    while (start := out.find(b"PK\x01\x02", start)) >= 0:
        length = int.from_bytes(out[start + 28 : start + 30], "little")
        if out[start + 46 : start + 46 + length] == name.encode():
            out[start + 24 : start + 28] = size.to_bytes(4, "little")
        start += 4
    return bytes(out)


BLANKS = b"<w:document %s><w:body>%s</w:body></w:document>" % (SPACE.encode(), b"<w:p/>" * 5_000_000)
BOMB = packed({"word/document.xml": BLANKS}, like=word(LOANS))


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (BOMB, replace(LIMITS, max_bytes=2_000_000), "unpacks to 30,"),
        (BOMB, replace(LIMITS, extract_memory=200_000_000), "memory (extract_memory)"),
        (lying(BOMB, "word/document.xml", 500), LIMITS, ""),
        (lying(word(LOANS), "word/document.xml", 4_000_000_000), LIMITS, "unpacks to 4,00"),
        (packed({f"word/media/{n}": b"" for n in range(5_001)}, like=word(LOANS)), LIMITS, "parts; at most 5,000"),
        (word(LOANS * 40), replace(LIMITS, max_characters=2_000), "max_characters"),
        (word(xml="<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100), LIMITS, "no text"),
        (
            packed({"word/document.xml": BLANKS[:200] + b"<w:p>" * 100_000}, like=word(LOANS)), LIMITS, "is damaged",
        ),
    ],
    ids=["declared", "memory", "lying", "lying more", "parts", "characters", "nested", "nested more"],
)  # fmt: skip
def test_bombs_are_refused(data, limits, words):
    """What unpacks to too much, by its own account or in truth, ends within the limits as one sentence."""
    with pytest.raises(UnreadableInput) as error:
        docx_text(data, "a.docx", limits=limits)

    assert str(error.value).startswith("a.docx ")
    assert words in str(error.value)
    assert isinstance(error.value, InputTooLarge) == (words not in ("", "no text", "is damaged"))
