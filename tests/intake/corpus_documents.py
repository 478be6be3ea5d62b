"""Files that are one document each: texts, pages, PDF and Word files, sound and broken in many ways."""

from __future__ import annotations

import gzip
import os
import random
import stat
import zipfile
from io import BytesIO
from typing import Any

from tests.intake.texts import FOREIGN
from tests.intake.wants import ADDED, ANY, DUPLICATE, NOTHING, Corpus, Want, added, refused

#: Letters beyond ASCII, all of them in Windows-1252, Latin-1 and Mac Roman.
CAFE = "Zoë Müller, who runs the café by the quay, called the whole affair naïve.\n"
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def documents(corpus: Corpus) -> None:
    """Put files into the corpus that are one document each."""
    for make in (_encodings, _texts, _names, _things, _dates, _pages, _broken_pages, _pdf, _word):
        make(corpus)


# -- texts ---------------------------------------------------------------------------------------------------------


def _encodings(corpus: Corpus) -> None:
    """One text in every encoding, plain and packed: the first is added, the rest are duplicates of it."""
    text = corpus.report().text + "\n" + CAFE
    ways: list[tuple[str, bytes]] = [
        ("utf-8", text.encode()), ("utf-8-mark", text.encode("utf-8-sig")), ("utf-16", text.encode("utf-16")),
        ("utf-16-le", text.encode("utf-16-le")), ("utf-16-be", text.encode("utf-16-be")),
        ("utf-16-be-mark", b"\xfe\xff" + text.encode("utf-16-be")), ("utf-32", text.encode("utf-32")),
        ("utf-32-be-mark", b"\0\0\xfe\xff" + text.encode("utf-32-be")), ("cp1252", text.encode("cp1252")),
        ("latin-1", text.encode("latin-1")), ("crlf", text.replace("\n", "\r\n").encode()),
        ("cr", text.replace("\n", "\r").encode()), ("two-marks", b"\xef\xbb\xbf" + text.encode("utf-8-sig")),
        ("half", text[: text.index("café")].encode() + text[text.index("café") :].encode("cp1252")),
    ]  # fmt: skip
    for number, (name, data) in enumerate(ways):
        corpus.put(f"a-encodings/{number:02}-{name}.txt", data, DUPLICATE if number else ADDED)
        corpus.put(f"a-encodings/{number:02}-{name}.txt.gz", gzip.compress(data), DUPLICATE)
    corpus.put("a-encodings/utf-32-le-without-mark.txt", text.encode("utf-32-le"), refused("NUL|binary"))
    corpus.put("a-encodings/utf-16-odd.txt", text.encode("utf-16") + b"x", refused("UTF-16"))
    page = f"<html><head><title>T</title><meta charset=CHARSET></head><body><article><p>{corpus.report().body}</p>"
    page += f"<p>{CAFE}</p></article></body></html>"
    # what is declared, and what it is in
    pairs = (
        ("utf-8", "utf-8"), ("iso-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("iso-8859-15", "iso-8859-15"),
        ("macintosh", "mac-roman"), ("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("us-ascii", "utf-8"),
        ("utf-7", "utf-8"), ("no-such-thing", "utf-8"), ("rot13", "utf-8"), ("base64", "cp1252"), ("utf-16", "utf-8"),
        ("zlib", "utf-8"), ("../../etc/passwd", "utf-8"), ("idna", "utf-8"), ("utf-8", "utf-16"),
    )  # fmt: skip
    for number, (declared, real) in enumerate(pairs):
        data = page.replace("CHARSET", declared).encode(real)
        corpus.put(f"a-encodings/page-{number:02}-{real}.html", data, DUPLICATE if number else ADDED)


def _texts(corpus: Corpus) -> None:
    """Texts too short, too long, empty, binary, in other languages; about nothing."""
    put = corpus.put
    for number in range(40):
        put(f"b-texts/report-{number:02}.txt", corpus.report().text, ADDED)
    for number in range(60):
        put(f"b-texts/idle-{number:02}.md", corpus.idle(), NOTHING)
    for language, text in FOREIGN.items():
        put(f"b-texts/in-{language}.txt", text, refused(language, language=language))
    for name, data in (("empty", b""), ("blank", b" \n\t \r\n "), ("mark", b"\xef\xbb\xbf"), ("mark-16", b"\xff\xfe")):
        put(f"b-texts/{name}.txt", data, refused("empty"))
    noise = random.Random("noise")
    put("b-texts/nul.txt", b"a\0b\0\0c" * 50, refused("NUL|binary"))
    put("b-texts/noise.txt", noise.randbytes(5_000), refused("binary|control|encoding|language|English"))
    put("b-texts/high.txt", bytes(noise.randrange(128, 256) for _ in range(2_000)), refused("."))
    put("b-texts/picture.txt", b"\x89PNG\r\n\x1a\n" + noise.randbytes(200), refused("PNG"))
    put("b-texts/word.txt", b"\xd0\xcf\x11\xe0" + noise.randbytes(200), refused("Office"))
    put("b-texts/rich.txt", b"{\\rtf1 hello}", refused("RTF"))
    put("b-texts/sqlite.txt", b"SQLite format 3\0" + bytes(100), refused("SQLite"))
    put("b-texts/one-line-10-mb.txt", b"word and so on " * 700_000, refused("max_characters"))
    put("b-texts/too-many-bytes.txt", b"word " * 4_200_000, refused("max_bytes|max_characters"))
    with put("b-texts/sparse-1-gb.txt", b"", refused("max_bytes|max_characters")).open("wb") as file:
        file.truncate(1_000_000_000)
    text = corpus.report().text
    put("b-texts/long-word.txt", f"{text}\n{'x' * 100_000}\n", ADDED)
    put("b-texts/long-paragraph.txt", corpus.report().text + (corpus.idle().strip() + " ") * 60, ADDED)
    put("b-texts/many-lines.txt", corpus.report().text + "\n" * 100_000, ADDED)
    put("b-texts/blanks.txt", corpus.report().text + " " * 100_000 + ".", ADDED)
    put("b-texts/escape-codes.txt", corpus.report().text.replace("\n", "\x1b[31m\n"), ADDED)
    put("b-texts/signs.txt", corpus.report().text + "\u202e\u200b\u2028\ufeff\U000e0001" * 20, ADDED)
    put("b-texts/zalgo.txt", corpus.report().text + "e" + "\u0301" * 5_000, ADDED)
    put(
        "b-texts/halves-of-characters.txt",
        corpus.report().text.encode() + b"\xed\xa0\x80 \xed\xb0\x80",
        Want("added|refused"),
    )
    put("b-texts/figures.txt", "12 34 56\n" * 100, Want("refused|nothing found"))
    put("b-texts/one-word.txt", "Yes", NOTHING)
    put("b-texts/dots.txt", "." * 150_000, Want("refused|nothing found"))
    put("b-texts/quotes.txt", '"' * 100_000, Want("refused|nothing found"))
    put("b-texts/brackets.txt", "([{<" * 20_000, Want("refused|nothing found"))
    put("b-texts/same-word.txt", "the " * 45_000, Want("refused|nothing found"))


def _names(corpus: Corpus) -> None:
    """Names that hide, turn, break or are too long; endings that say something else than the bytes."""
    for name in (
        "two\nlines.txt", "red\x1b[31m.txt", "\u202etxt.gpj.txt", "n" * 246 + ".txt", "-rf.txt", "--help.txt", "'\".txt",
        "$(reboot).txt", "[a]*?.txt", "nfd-e\u0301.txt", "b\\c.txt", "a: b.txt", "..txt", "%2e%2e%2fx.txt", "ü.txt",
        "CON.txt", " .txt", "tab\t.txt", "http:.txt", "a.TXT", "b.Md", os.fsdecode(b"caf\xe9.txt"), "cr\r.txt",
    ):  # fmt: skip
        if name.startswith("."):
            continue  # hidden
        corpus.put(f"c-names/{name}", corpus.report().text, ADDED)
    corpus.put("c-names/" + "/".join("deep" * 1 for _ in range(60)) + "/a.txt", corpus.report().text, ADDED)
    corpus.put("c-names/folder.txt/a.txt", corpus.report().text, ADDED)
    corpus.path("c-names/empty.txt/x").parent.mkdir(exist_ok=True)
    for name in (".hidden.txt", ".git/config.txt", ".hidden/a.txt"):
        corpus.path(f"c-names/{name}").write_text(corpus.report().text)
    for name in ("a.png", "b.exe", "c", "d.docx.bak", "e.txt~", "f.tar.bz2", "g.7z", "Makefile", "h."):
        corpus.other(f"c-names/{name}", b"\x89PNG")
    for ending in ("pdf", "zip", "gz", "docx", "eml", "xml", "tar", "tgz", "html"):  # it is what its bytes are
        corpus.put(f"c-names/text.{ending}", corpus.report().text, ADDED)
    for ending in ("warc", "parquet", "csv", "json", "jsonl"):  # a text is none of these
        corpus.put(f"c-names/text.{ending}", corpus.report().text.replace(",", ""), Want("refused", reason="."))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", corpus.report().text)
    corpus.put("c-names/zip.txt", packed.getvalue(), ADDED)
    corpus.put("c-names/gzip.html", gzip.compress(corpus.report().text.encode()), ADDED)
    corpus.put("c-names/page.txt", page(corpus.report().title, corpus.report().body), ADDED)
    corpus.put(
        "c-names/sitemap.xml", '<?xml version="1.0"?><urlset><url><loc>http://a.org</loc></url></urlset>', refused(".")
    )


def _things(corpus: Corpus) -> None:
    """What is no plain file: links that lead nowhere or in circles, pipes, sockets, devices, what may not be read."""
    good = corpus.put("d-things/a.txt", corpus.report().text, ADDED)
    for name, target, want in (
        ("link.txt", "a.txt", DUPLICATE), ("dangling.txt", "nowhere.txt", refused("no file")),
        ("circle.txt", "circle.txt", refused("cannot be read")), ("device.txt", "/dev/zero", refused("device")),
        ("folder-link.txt", "/proc", None),
    ):  # fmt: skip
        corpus.path(f"d-things/{name}").symlink_to(target)
        if want:
            corpus.want(f"d-things/{name}", want)
    os.mkfifo(corpus.want("d-things/pipe.txt", refused("pipe")))
    os.mknod(corpus.want("d-things/socket.txt", refused("pipe|device")), stat.S_IFSOCK | 0o600)
    locked = corpus.put("d-things/locked.txt", corpus.report().text, ADDED if ROOT else refused("permission"))
    locked.chmod(0)
    os.link(good, corpus.want("d-things/second-name.txt", DUPLICATE))


def _dates(corpus: Corpus) -> None:
    """Days that cannot be, in every place in which a file has one: the next best place counts, or none."""
    for number, name in enumerate(("2024-05-07 talks", "20240507_talks", "2024-05-07")):
        want = added(published="2024-05-07", dated_by="file-name")
        corpus.put(f"e-dates/{name}-{number}.txt", corpus.report().bare, want)
    for name in ("2099-01-01", "0001-01-01", "0000-00-00", "2024-02-31", "9999-12-31", "20241301", "99999-01-01"):
        corpus.put(f"e-dates/{name} talks.txt", corpus.report().bare, added(published=None, dated_by=None))
    one = corpus.report()
    corpus.put("e-dates/2099-01-02 talks.txt", one.text, added(published=one.day.isoformat(), dated_by="dateline"))
    for number, day in enumerate(("May 7, 2099", "May 7, 0001", "May 7, 1066", "May 32, 2024", "Smarch 3, 2024")):
        one = corpus.report()
        text = f"{one.title}\n\n{one.town.upper()}, {day} - {one.body}\n"
        corpus.put(f"e-dates/dateline-{number}.txt", text, added(published=None, dated_by=None))
        want = added(published="2023-03-04", dated_by="file-name")
        one = corpus.report()
        corpus.put(f"e-dates/2023-03-04-{number}.txt", f"{one.title}\n\n{one.town.upper()}, {day} - {one.body}\n", want)
    for number, stated in enumerate(WRONG_DAYS):
        one = corpus.report()
        meta = f'<meta property="article:published_time" content="{stated}">'
        want = added(published=one.day.isoformat(), dated_by="dateline")
        corpus.put(f"e-dates/meta-{number}.html", page(one.title, one.dateline + one.body, meta), want)
        one = corpus.report()
        corpus.put(f"e-dates/meta-alone-{number}.html", page(one.title, one.body, meta), added(published=None))
    one = corpus.report()
    meta = '<meta property="article:published_time" content="2024-05-07T10:00:00Z">'
    want = added(published="2024-05-07", dated_by="metadata")
    corpus.put("e-dates/meta.html", page(one.title, one.body, meta), want)
    days: tuple[tuple[str, str | None], ...]
    days = (("2024/05/07", "2024-05-07"), ("2099/05/07", None), ("0001/01/01", None))
    for number, (path, known) in enumerate(days):
        one = corpus.report()
        link = f'<link rel="canonical" href="https://news.example.org/{path}/talks-{number}">'
        want = added(published=known, dated_by=ANY if known else None, publisher="news.example.org")
        corpus.put(f"e-dates/address-{number}.html", page(one.title, one.body, link), want)


#: Days that no document can have, as they are stated.
WRONG_DAYS = ("2099-05-07", "0001-01-01", "0000-00-00", "9999-12-31", "2024-02-31T00:00:00Z", "soon", "-5", "1e9", "")


# -- pages ---------------------------------------------------------------------------------------------------------


def page(title: str, body: str, head: str = "", *, around: str = "") -> str:
    """Return a page with an article."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{around}"
        f"<article><h1>{title}</h1><p>{body}</p></article><footer>All rights reserved</footer></body></html>"
    )


def entities() -> str:
    """Return ten entities, each ten times the one before: "&j;" is a thousand million of the first."""
    names = "abcdefghij"
    first = f'<!ENTITY {names[0]} "ha ha ">'
    return first + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip(names, names[1:], strict=False)
    )


def _pages(corpus: Corpus) -> None:
    """Saved pages, whole ones; the same page again, and changed."""
    for number in range(15):
        one = corpus.report()
        corpus.put(f"f-pages/report-{number:02}.html", page(one.title, one.body), ADDED)
    for number in range(15):
        corpus.put(f"f-pages/idle-{number:02}.htm", page("A diary", corpus.idle()), NOTHING)
    one = corpus.report()
    link = '<link rel="canonical" href="https://news.example.org/ferry?utm_source=x">'
    rest = " A second reader counted the crates again and wrote the number on the wall with chalk."
    corpus.put("f-pages/version-1.html", page(one.title, one.body, link), ADDED)
    corpus.put("f-pages/version-2.html", page(one.title, one.body, link), DUPLICATE)
    corpus.put("f-pages/version-3.html", page(one.title, one.body + rest, link), Want("newer version"))
    other = '<link rel="canonical" href="https://paper.example.net/ferry">'
    corpus.put("f-pages/version-4.html", page(one.title, one.body, other), Want("reprint"))
    corpus.put("f-pages/foreign.html", page("Le jardin", FOREIGN["French"]), refused("French", language="French"))


def _broken_pages(corpus: Corpus) -> None:
    """Pages that no browser would show, or that would choke it."""
    put = corpus.put
    put("g-broken-pages/empty.html", b"", refused("."))
    put(
        "g-broken-pages/menus.html",
        "<html><body><nav><a href=/>Home</a> <a href=/b>More</a></nav></body>",
        refused("article"),
    )
    put("g-broken-pages/comment.html", "<html><!-- " + "x" * 1_000, refused("."))
    put("g-broken-pages/deep.html", "<div>" * 100_000 + corpus.report().body, refused("max_page_elements"))
    put(
        "g-broken-pages/deep-closed.html",
        "<div>" * 25_000 + corpus.report().body + "</div>" * 25_000,
        Want("added|refused"),
    )
    put("g-broken-pages/large.html", "<p>word</p>" + " " * 3_000_000, refused("max_page_bytes"))
    put("g-broken-pages/cells.html", "<table>" + "<tr><td>1</td></tr>" * 20_000, refused("max_page_elements"))
    put("g-broken-pages/nul.html", "<html><body><p>" + "\0" * 100, refused("NUL|binary|control"))
    put(
        "g-broken-pages/frames.html",
        "<html><frameset><frame src=a.html><frame src=b.html></frameset></html>",
        refused("article"),
    )
    put(
        "g-broken-pages/script.html",
        "<html><body><script>document.write('x')</script></body></html>",
        refused("article"),
    )
    one = corpus.report()
    bomb = "<!DOCTYPE html [" + entities()
    put(
        "g-broken-pages/bomb.xhtml",
        f"{bomb}]><html><body><article><p>{one.body}</p><p>&j;</p></article></body></html>",
        ADDED,
    )
    put(
        "g-broken-pages/outside.html",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + page("T", corpus.report().body + "&e;"),
        ADDED,
    )
    put("g-broken-pages/unclosed.html", f"<html><body><article><h1>T<p>{corpus.report().body}<p><b><i>{CAFE}", ADDED)
    put(
        "g-broken-pages/attribute.html",
        page("T", corpus.report().body, around=f'<div class="{"x" * 1_000_000}"></div>'),
        ADDED,
    )
    put(
        "g-broken-pages/picture.html",
        page("T", corpus.report().body, around=f'<img src="data:image/png;base64,{"A" * 1_000_000}">'),
        ADDED,
    )
    put("g-broken-pages/cut.html", page("T", corpus.report().body + " " + corpus.idle())[:-150], Want("added"))
    put("g-broken-pages/marks.html", b"\xef\xbb\xbf" + page("T", corpus.report().body).encode(), ADDED)
    put("g-broken-pages/utf-16.html", page("T", corpus.report().body).encode("utf-16"), ADDED)
    put("g-broken-pages/title.html", page("&lt;b&gt;<b>T" * 2_000, corpus.report().body), Want("added|nothing found"))


# -- PDF and Word files --------------------------------------------------------------------------------------------


def pdf(text: str, **locked: Any) -> bytes:
    """Return a PDF with a text on it."""
    from fpdf import FPDF

    made = FPDF()
    if locked:
        made.set_encryption(**locked)
    made.add_page()
    made.set_font("helvetica", size=12)
    for paragraph in text.split("\n\n"):
        made.multi_cell(0, 6, " ".join(paragraph.split()), new_x="LMARGIN", new_y="NEXT")
        made.ln(6)
    return bytes(made.output())


def _scan() -> bytes:
    from fpdf import FPDF
    from PIL import Image

    made = FPDF()
    made.add_page()
    made.image(Image.new("L", (200, 280), 230), x=0, y=0, w=210)
    return bytes(made.output())


def _pdf(corpus: Corpus) -> None:
    """PDFs: sound, locked, scanned, cut, empty."""
    from fpdf import FPDF

    for number in range(3):
        corpus.put(f"h-pdf/report-{number}.pdf", pdf(corpus.report().text), ADDED)
    sound = pdf(corpus.report().text)
    corpus.put("h-pdf/sound.pdf", sound, ADDED)
    corpus.put("h-pdf/z-again.pdf", sound + b"\n% another end\n", Want("duplicate"))
    corpus.put("h-pdf/z-before.pdf", b"\n\n" + sound, Want("duplicate"))
    corpus.put("h-pdf/idle.pdf", pdf(corpus.idle()), NOTHING)
    corpus.put("h-pdf/open.pdf", pdf(corpus.report().text, owner_password="o", user_password=""), ADDED)
    corpus.put(
        "h-pdf/locked.pdf", pdf(corpus.report().text, owner_password="o", user_password="u"), refused("password")
    )
    corpus.put("h-pdf/scan.pdf", _scan(), refused("scan"))
    empty = FPDF()
    empty.add_page()
    corpus.put("h-pdf/blank.pdf", bytes(empty.output()), refused("empty"))
    corpus.put("h-pdf/cut.pdf", sound[: len(sound) // 2], refused("."))
    corpus.put("h-pdf/head.pdf", b"%PDF-1.7\n", refused("."))
    corpus.put("h-pdf/noise.pdf", b"%PDF-1.7\n" + random.Random(1).randbytes(5_000), refused("."))
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    corpus.put("h-pdf/circle.pdf", loop + b"trailer<</Root 1 0 R>>\n%%EOF", refused("."))


def docx(text: str, title: str = "") -> bytes:
    """Return a Word file with a text in it."""
    from docx import Document

    made = Document()
    made.core_properties.title = title
    for paragraph in text.split("\n\n"):
        made.add_paragraph(" ".join(paragraph.split()))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _changed(data: bytes, change: dict[str, bytes | None]) -> bytes:
    """Return a zip file with some members put, changed or left out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys((*old.namelist(), *change)):
            content = change[name] if name in change else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def _word(corpus: Corpus) -> None:
    """Word files: sound, without their main part, with bombs in them."""
    for number in range(2):
        corpus.put(f"i-word/report-{number}.docx", docx(corpus.report().text), ADDED)
    sound = docx(corpus.report().text, "A title that is not shown")
    main = "word/document.xml"
    xml = zipfile.ZipFile(BytesIO(sound)).read(main)
    corpus.put("i-word/a-sound.docx", sound, ADDED)
    corpus.put("i-word/idle.docx", docx(corpus.idle()), NOTHING)
    corpus.put("i-word/empty.docx", docx(""), refused("no text"))
    corpus.put("i-word/none.docx", b"", refused("."))
    corpus.put("i-word/cut.docx", sound[: len(sound) // 2], refused("cut off|damaged"))
    corpus.put("i-word/old.docx", b"\xd0\xcf\x11\xe0" + bytes(5_000), refused("Office"))
    corpus.put("i-word/without-main.docx", _changed(sound, {main: None}), refused("."))
    corpus.put("i-word/only-main.docx", _changed(sound, {"[Content_Types].xml": None}), refused("."))
    bomb = b"<!DOCTYPE x [" + entities().encode()
    head, _, rest = xml.partition(b"?>")
    bombed = head + b"?>" + bomb + b"]>" + rest.replace(b"<w:t>", b"<w:t>&j;", 1)
    corpus.put("i-word/bomb.docx", _changed(sound, {main: bombed}), Want("refused|duplicate", reason=""))
    outside = (
        head + b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + rest.replace(b"<w:t>", b"<w:t>&e;", 1)
    )
    corpus.put(
        "i-word/outside.docx", _changed(sound, {main: outside}), Want("refused|added|duplicate|newer version|reprint")
    )
    deep = b"<w:p>" * 100_000
    corpus.put("i-word/deep.docx", _changed(sound, {main: xml.replace(b"<w:body>", b"<w:body>" + deep)}), refused("."))
    corpus.put("i-word/large.docx", _changed(sound, {"word/media/a.bin": bytes(250_000_000)}), refused("max_bytes"))
    corpus.put("i-word/not-xml.docx", _changed(sound, {main: b"no xml at all"}), refused("."))
