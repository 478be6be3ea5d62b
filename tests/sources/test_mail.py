"""Mail: a body, its date and sender, and what is attached; broken and hostile mails are members that say so."""

import base64
import tempfile
import time
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dragoman.domain import Document
from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.files import Input
from dragoman.sources.items import Walk, items
from dragoman.sources.known import NOTHING, Known
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.mail import PASSED_OVER, members
from dragoman.sources.member import Member

TALKS = "Laos and Cambodia are to share the toll of the new bridge, the two transport ministers said in Pakse."
FISH = "Senegal has asked Gambia to close the mouth of the river to trawlers until the fish have spawned."
HEAD = "From: Mekong Desk <desk@mekong.example>\nDate: Tue, 14 May 2024 23:30:00 -0700\nSubject: A toll is shared\n"


def mail(*attached: tuple[bytes, str, str], body: str = TALKS, html: str | None = None, **headers: str) -> EmailMessage:
    """Return a mail with a body, and attachments as (bytes, content type, name)."""
    message = EmailMessage()
    known = {"From": "Mekong Desk <desk@mekong.example>", "Date": "Tue, 14 May 2024 23:30:00 -0700"}
    for name, value in {**known, "Subject": "A toll is shared", **headers}.items():
        message[name] = value
    message.set_content(body)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for data, sort, name in attached:
        message.add_attachment(data, *sort.split("/"), filename=name)
    return message


def taken(data: bytes | EmailMessage, found: Known = NOTHING, limits: Limits = LIMITS) -> tuple[list[Member], Walk]:
    """Return the members of a mail, an error at its end as one more, and the walk."""
    walk = Walk(limits=limits)
    out: list[Member] = []
    file = BytesIO(data if isinstance(data, bytes) else data.as_bytes())
    try:
        for member in members(file, "inbox/a.eml", found, walk):
            out.append(member)
    except UnreadableInput as error:
        out.append(Member("end", "", error))
    return out, walk


def content(member: Member) -> Any:
    """Return the content of a member, whichever of its forms it has."""
    return member.content


def refusals(found: list[Member]) -> list[str]:
    """Return the messages of the members that cannot be read."""
    return [str(member.content) for member in found if isinstance(member.content, UnreadableInput)]


def test_the_body_with_what_the_headers_say():
    """The day is the sender's own, the publisher the sender; plain text is preferred."""
    found, walk = taken(mail(html=f"<p>{TALKS}</p>"))

    assert [(each.place, each.name, each.text) for each in found] == [("inbox/a.eml", "a.eml", True)]
    assert found[0].content == TALKS.encode() + b"\n"
    assert found[0].found == Known(
        date(2024, 5, 14), "metadata", "A toll is shared", "Mekong Desk", charset="utf-8", html=False
    )
    assert walk.passed_over[PASSED_OVER] == 0


@pytest.mark.parametrize(
    ("plain", "html", "text"),
    [("  \n", f"<p>{TALKS}</p>", False), (TALKS, f"<p>{FISH}</p>", True), (TALKS, " ", True)],
)
def test_which_form_of_the_text_is_read(plain, html, text):
    """HTML is read where the plain text is blank."""
    found, _ = taken(mail(body=plain, html=html))

    assert [each.text for each in found] == [text]
    assert TALKS.encode() in content(found[0])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Wed, 15 May 2024 00:30:00 +1300", date(2024, 5, 15)),
        ("15 May 2024 08:00", date(2024, 5, 15)),
        ("15 May 2024 08:00 +0000 (a remark)", date(2024, 5, 15)),
        ("Tue, 31 Feb 2024 08:00:00 +0000", None),
        ("Tue, 15 Foo 2024 08:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
        ("99999999999 May 2024 08:00", None),
        ("(" * 5_000, None),
    ],
)
def test_dates(value, day):
    """An impossible date is none, and then what the place knows holds."""
    data = f"From: a@b.example\nDate: {value}\nSubject: x\n\n{TALKS}\n".encode()
    feed = Known(date(2024, 6, 1), "feed", publisher="P")

    assert [each.found.published for each in taken(data)[0]] == [day]
    assert taken(data, feed)[0][0].found.published == (day or date(2024, 6, 1))
    assert taken(data, feed)[0][0].found.dated_by == ("metadata" if day else "feed")


@pytest.mark.parametrize(
    ("sender", "publisher"),
    [
        ("Mekong Desk <desk@mekong.example>", "Mekong Desk"),
        ("Desk, Mekong <desk@mekong.example>", "Desk, Mekong"),
        ('"Desk, Mekong" <desk@mekong.example>', "Desk, Mekong"),
        ("desk@Mekong.example", "mekong.example"),
        ("<desk@mekong.example>", "mekong.example"),
        ("=?utf-8?b?xI1lc2vDvSB0aXNr?= <desk@mekong.example>", "český tisk"),
        ("=?nonsense?b?xI1?= <desk@mekong.example>", "=?nonsense?b?xI1?="),
        ("Čeští <desk@mekong.example>", "Čeští"),
        ("Desk =?utf-8?q?=0D=0ABcc:_x?= <desk@mekong.example>", "Desk Bcc: x"),
        ("", "The place"),
    ],
)
def test_senders(sender, publisher):
    """The name shown, else the domain; encoded words are decoded, and a line end in them is a blank."""
    data = f"From: {sender}\nSubject: x\n\n{TALKS}\n".encode()

    assert taken(data, Known(publisher="The place"))[0][0].found.publisher == publisher


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (b"A toll is\r\n shared", "A toll is shared"),
        (b"=?utf-8?q?Br=C3=BCcke?= =?iso-8859-1?q?_f=FCr?= all", "Brücke für all"),
        (b"=?utf-8?q?a=0Ab=00c?=", "a b c"),
        ("Brücke".encode(), "Brücke"),
        ("Brücke".encode("latin-1"), "Brücke"),
        (b"=?utf-8?b?" + b"A" * 13 + b"?=", None),
        (b"=?x?q?a?= " * 30_000, None),
        (b"", ""),
    ],
)
def test_subjects(subject, title):
    """The title is the subject, decoded as far as it can be, in one line of bounded length."""
    before = time.monotonic()
    found = taken(b"From: a@b.example\r\nSubject: " + subject + b"\r\nX: y\r\n\r\n" + TALKS.encode())[0][0].found

    if title is not None:
        assert found.title == (title or None)
    assert len(found.title or "") <= 2_000
    assert time.monotonic() - before < 2


def test_attachments_are_members_of_their_own():
    """Documents are taken, dated and published as the mail is; pictures, calendars and signatures are counted."""
    message = mail(
        (b"%PDF-1.7", "application/pdf", "../../up/Erklärung.pdf"),
        (b"a,b\n", "application/octet-stream", "rows.csv"),
        (b"\x89PNG", "image/png", "logo.png"),
        (b"BEGIN:VCALENDAR", "text/calendar", "talks.ics"),
        (b"-----BEGIN PGP", "application/pgp-signature", "sign.asc"),
        (b"%PDF-1.7", "application/pdf", "statement"),
    )

    found, walk = taken(message)

    assert [(each.place, each.name) for each in found[1:]] == [
        ("inbox/a.eml: Erklärung.pdf", "Erklärung.pdf"),
        ("inbox/a.eml: rows.csv", "rows.csv"),
        ("inbox/a.eml: statement.pdf", "statement.pdf"),
    ]
    assert [each.content for each in found[1:]] == [b"%PDF-1.7", b"a,b\n", b"%PDF-1.7"]
    assert {(each.found.published, each.found.publisher, each.found.title) for each in found[1:]} == {
        (date(2024, 5, 14), "Mekong Desk", None)
    }
    assert walk.passed_over[PASSED_OVER] == 3


def test_an_attached_mail_is_a_mail():
    """A mail in a mail keeps its own date and sender, through all of the reading."""
    inner = mail(
        body=FISH, From="Banjul Wire <a@banjul.example>", Date="Mon, 6 May 2024 10:00:00 +0000", Subject="Fish"
    )
    outer = mail()
    outer.add_attachment(inner)

    made = documents(outer)

    assert [(each.title, each.published, each.publisher) for each in made] == [
        ("A toll is shared", date(2024, 5, 14), "Mekong Desk"),
        ("Fish", date(2024, 5, 6), "Banjul Wire"),
    ]
    assert [each.dated_by for each in made] == ["metadata", "metadata"]


def documents(message: EmailMessage) -> list[Document]:
    """Return the documents that come out of a mail file, by way of `items`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.eml"
        path.write_bytes(message.as_bytes())
        made = [item.make() for item in items([Input(str(path))], Walk())]
    return [each for each in made if isinstance(each, Document)]


def test_documents_out_of_a_mail():
    """Body and attachment in two encodings are read as what they are."""
    text = f"{FISH} Dakar named the mouth of the Sénégal too.".encode("cp1252")
    message = mail((text, "text/plain", "fish.txt"))

    made = documents(message)

    assert [each.text.strip() for each in made] == [TALKS, text.decode("cp1252")]
    assert [each.title for each in made] == ["A toll is shared", None]


def parts(*texts: str, kind: str = "mixed", end: bool = True) -> bytes:
    """Return a mail of parts that are given with their headers."""
    body = "".join(f"--cut\n{text}\n" for text in texts)
    return f'{HEAD}Content-Type: multipart/{kind}; boundary="cut"\n\n{body}{"--cut--" if end else ""}\n'.encode()


PLAIN = f"Content-Type: text/plain\n\n{TALKS}"
PAGE = f"Content-Type: text/html\n\n<p>{FISH}</p>"
IMAGE = "Content-Type: image/png\n\nx"
PDF = f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{base64.b64encode(b'%PDF-1.7').decode()}"


def inside(kind: str, *texts: str) -> str:
    """Return a part that holds parts."""
    return f'Content-Type: multipart/{kind}; boundary="in"\n\n' + "".join(f"--in\n{t}\n" for t in texts) + "--in--"


@pytest.mark.parametrize(
    ("data", "names", "others"),
    [
        (parts(PLAIN, IMAGE, PLAIN.replace("Laos", "Siam")), ["a.eml"], 1),  # pictures cut a text into two
        (parts(PLAIN, PAGE), ["a.eml", "attachment 1.html"], 0),
        (parts(PAGE, PLAIN), ["a.eml", "attachment 1.txt"], 0),
        (parts(PLAIN, PAGE, kind="alternative"), ["a.eml"], 0),
        (parts(PLAIN, inside("mixed", PAGE, PDF, PAGE), kind="alternative"), ["a.eml", "attachment 1.pdf"], 0),
        (parts(inside("related", PAGE, IMAGE), kind="alternative"), ["a.eml"], 1),
        (parts("Content-Type: text/calendar\n\nx", PLAIN, kind="alternative"), ["a.eml"], 1),
        (parts(PDF), ["attachment 1.pdf"], 0),
        (HEAD.encode() + PDF.encode(), ["attachment 1.pdf"], 0),
        (HEAD.encode() + PAGE.encode(), ["a.eml"], 0),
        (HEAD.encode() + f"Content-Type: multipart/mixed\n\n{TALKS}".encode(), ["a.eml"], 0),  # no boundary
        (b"\n" + TALKS.encode(), ["a.eml"], 0),  # no header
        (parts("Content-Type: message/delivery-status\n\nA: b\n\nC: d", PLAIN, kind="report"), ["a.eml"], 1),
        (parts(PLAIN, *[IMAGE] * 10_000), ["a.eml"], 10_000),
    ],
)
def test_which_parts_are_taken(data, names, others):
    """Every part is the body, a form of it, a member or counted."""
    found, walk = taken(data)

    assert [each.name for each in found] == names
    assert walk.passed_over[PASSED_OVER] == others


def test_a_text_cut_by_pictures_is_one():
    """The pieces are put together, each decoded as it says."""
    latin = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nS=E9n=E9gal"
    found, _ = taken(parts(PLAIN, IMAGE, latin))

    assert content(found[0]).decode() == f"{TALKS}\n\nSénégal"
    assert found[0].found.charset == "utf-8"


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ("Content-Type: text/plain; charset=klingon\n\nabc", b"abc"),
        ('Content-Type: text/plain; charset="utf-8\n\nabc', b"abc"),
        ("Content-Type: text/plain; charset*=x'y'%ff%fe\n\nabc", b"abc"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYWJj!!ZGVm", b"abcdef"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYWJjZ", b"YWJjZ"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: martian\n\nabc", b"abc"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nab=4=63", b"ab=4c"),
        ("Content-Type: ;;;=\n\nabc", b"abc"),
        ("Content-Type\n\nabc", b"abc"),
    ],
)
def test_broken_parts(part, kept):
    """Encodings that are none and headers that say nothing leave the text as it stands."""
    found, _ = taken(HEAD.encode() + part.encode())

    assert len(found) == 1
    assert kept in content(found[0])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('filename="../../etc/a.pdf"', "a.pdf"),
        ('filename="C:\\\\x\\\\a.pdf"', "a.pdf"),
        ("filename*=utf-8''Br%C3%BCcke.pdf", "Brücke.pdf"),
        ("filename*=martian''Br%C3%BCcke.pdf", ".pdf"),
        ('filename="=?utf-8?q?Br=C3=BCcke.pdf?="', "Brücke.pdf"),
        ('filename="a\x07\x1b[1mb.pdf"', "b.pdf"),
        (f'filename="{"x" * 5_000}.pdf"', ".pdf"),
        ('filename=".."', "attachment 1.pdf"),
        ("filename", "attachment 1.pdf"),
    ],
)
def test_names_of_attachments(name, shown):
    """A name is what stands after the last folder, without marks that steer a screen, of bounded length."""
    found, _ = taken(parts(PLAIN, PDF.replace("\n\n", f"\nContent-Disposition: attachment; {name}\n\n")))

    assert found[1].name.endswith(shown)
    assert found[1].place == f"inbox/a.eml: {found[1].name}"
    assert len(found[1].name) <= 130
    assert found[1].name.isprintable()
    assert "/" not in found[1].name


def test_a_mail_that_breaks_off():
    """What came before is taken; the part in which it breaks off is refused where it is no text."""
    found, _ = taken(parts(PLAIN, PDF, end=False))

    assert [each.name for each in found] == ["a.eml", "attachment 1.pdf", ""]
    assert refusals(found) == [
        "The mail breaks off in attachment 1.pdf. Fetch it anew.",
        "The mail breaks off after 2 of its parts, the last one cut. Fetch it anew.",
    ]


NESTED = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(10_000))
MAILS = "Content-Type: message/rfc822\n\n" * 10_000
DEEP = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(90))
SMALL = replace(LIMITS, max_bytes=1_000)


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (b"", LIMITS, "holds no text and no document"),
        (HEAD.encode(), LIMITS, "holds no text and no document"),
        (parts(IMAGE), LIMITS, "holds no text and no document"),
        (HEAD.encode() + NESTED.encode(), LIMITS, "nested too deeply"),
        (HEAD.encode() + MAILS.encode(), LIMITS, "nested too deeply"),
        (HEAD.encode() + DEEP.encode() + b"x\n" * 3_000_000, replace(LIMITS, extract_seconds=1.0), "within 1 seconds"),
        (HEAD.encode() + b"\n" + b"x" * 1_600, SMALL, "larger than 1,500 bytes, 1.5 times max_bytes"),
        (
            parts(PLAIN, PDF.partition("\n\n")[0] + "\n\n" + "QUJD" * 2_500),
            replace(SMALL, max_bytes=7_000),
            "has 7,500 bytes; at most 7,000",
        ),
    ],
    ids=["empty", "headers", "pictures", "nested", "mails", "slow", "large", "attached"],
)
def test_mails_that_are_refused(data, limits, words):
    """Empty, bottomless, slow and large mails are one sentence, in time."""
    before = time.monotonic()

    found, _ = taken(data, limits=limits)

    assert any(words in message for message in refusals(found))
    assert time.monotonic() - before < 8


def test_a_large_attachment_is_refused_and_a_large_table_is_not():
    """Only a document must fit into memory as one; the body is taken all the same."""
    rows = b"text\n" + b"row\n" * 300
    message = mail((rows, "text/csv", "rows.csv"), (b"y" * 1_205, "text/plain", "long.txt"))

    found, _ = taken(message, limits=replace(LIMITS, max_bytes=1_200))
    more, _ = taken(message, limits=replace(LIMITS, max_bytes=3_000))

    assert [len(content(each)) for each in more[1:]] == [len(rows), 1_205]
    assert isinstance(found[0].content, InputTooLarge)  # the mail itself is over 1.5 times the limit
    assert "max_bytes" in str(found[0].content)


def test_one_large_attachment():
    """A document over the limit in a mail within its own limit: the body is taken, the attachment refused."""
    found, _ = taken(mail((b"y" * 20_000, "text/plain", "long.txt")), limits=replace(LIMITS, max_bytes=19_000))

    assert found[0].text is True
    assert refusals(found) == [
        "long.txt has 20,000 bytes; at most 19,000 are read (max_bytes). Cut it into its documents."
    ]


def test_a_large_holder_is_handed_on():
    """A table over the limit is given as a file, which its own module reads row by row."""
    rows = b"text\n" + b"row\n" * 5_000
    found, _ = taken(mail((rows, "text/csv", "rows.csv")), limits=replace(LIMITS, max_bytes=19_500))

    assert content(found[1]).read() == rows
