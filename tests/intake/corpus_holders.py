"""Files that hold many: mails, feeds, tables, web archives, gzip, zip and tar archives; sound and broken in many ways."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import tarfile
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.intake.corpus_documents import CAFE, WRONG_DAYS, docx, entities, page, pdf
from tests.intake.texts import FOREIGN, Report
from tests.intake.wants import ADDED, ANY, DUPLICATE, NOTHING, Corpus, Want, added, refused

GIGABYTE = 1 << 30


def holders(corpus: Corpus) -> None:
    """Put files into the corpus that hold many documents each."""
    for make in (
        _mails, _broken_mails, _feeds, _broken_feeds, _tables, _broken_tables, _json, _broken_json, _readings, _parquet,
        _warcs, _broken_warcs, _gzip, _zips, _broken_zips, _tars, _broken_tars,
    ):  # fmt: skip
        make(corpus)


# -- mails ---------------------------------------------------------------------------------------------------------


def mail(body: str, subject: str, date: str = "Tue, 07 May 2024 10:00:00 +0200", more: str = "") -> bytes:
    """Return a mail with a plain body."""
    head = f"From: Press Office <press@example.org>\nTo: a@example.org\nSubject: {subject}\nDate: {date}\n{more}"
    return f"{head}\n{body}\n".encode()


def _parts(*parts: str, end: bool = True, more: str = "") -> bytes:
    """Return a mail with parts, each with its own headers."""
    inside = "".join(f"\n--b\n{part}" for part in parts) + ("\n--b--\n" if end else "")
    return mail(inside, "Parts", more=f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n{more}")


def _attached(name: str, text: str, kind: str = "text/plain") -> str:
    return f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\n{text}'


def _mails(corpus: Corpus) -> None:
    """Mails: plain, as HTML, with attachments, one with 2,000 of them."""
    known: dict[str, Any] = {"published": "2024-05-07", "dated_by": "metadata", "publisher": "Press Office"}
    for number in range(10):
        one = corpus.report()
        corpus.put(f"j-mail/plain-{number}.eml", mail(one.body, one.title), added(title=one.title, **known))
    one = corpus.report()
    text, html = f"Content-Type: text/plain\n\n{one.body}", f"Content-Type: text/html\n\n{page('T', one.body)}"
    both = mail(
        f"--c\n{text}\n--c\n{html}\n--c--\n", one.title, more="Content-Type: multipart/alternative; boundary=c\n"
    )
    corpus.put("j-mail/both.eml", both, added(**known))
    one = corpus.report()
    corpus.put(
        "j-mail/html.eml", mail(page("T", one.body), one.title, more="Content-Type: text/html\n"), added(**known)
    )
    reports = [corpus.report() for _ in range(4)]
    inner = mail(reports[3].body, reports[3].title, "Wed, 08 May 2024 10:00:00 +0000").decode()
    corpus.put(
        "j-mail/attached.eml",
        _parts(
            "Content-Type: text/plain\n\n" + reports[0].body, _attached("a.txt", reports[1].body),
            _attached("../../b.html", page("T", reports[2].body), "text/html"), "Content-Type: message/rfc822\n\n" + inner,
            _attached("c.png", "x", "image/png"), _attached("d.exe", "x", "application/octet-stream"),
        ),
        added(where="b.html$"), added(published="2024-05-08"), added(2, **known),
    )  # fmt: skip
    many = [_attached(f"{number}.txt", corpus.idle()) for number in range(1_990)]
    many += [_attached(f"r{number}.txt", corpus.report().body) for number in range(10)]
    corpus.put("j-mail/two-thousand.eml", _parts("Content-Type: text/plain\n\n" + corpus.idle(), *many),
               Want("nothing found", 1_991), added(10))  # fmt: skip


def _broken_mails(corpus: Corpus) -> None:
    """Mails with wrong dates, cut, without end, nested."""
    for number, day in enumerate(
        ("Tue, 07 May 2099 10:00:00 +0000", "Mon, 01 Jan 0001 00:00:00 +0000", "soon", "", "-1")
    ):
        one = corpus.report()
        want = added(published=one.day.isoformat(), dated_by="dateline")
        corpus.put(f"k-broken-mail/day-{number}.eml", mail(one.dateline + one.body, one.title, day), want)
        one = corpus.report()
        corpus.put(f"k-broken-mail/day-alone-{number}.eml", mail(one.body, one.title, day), added(published=None))
    put = corpus.put
    one = corpus.report()
    wrong = mail(one.body + "\n" + CAFE, one.title, more="Content-Type: text/plain; charset=us-ascii\n")
    put("k-broken-mail/charset-a.eml", wrong, ADDED)
    put("k-broken-mail/charset-none.eml", wrong.replace(b"us-ascii", b"x-nothing"), DUPLICATE)
    put(
        "k-broken-mail/charset-latin.eml", wrong.decode().replace("us-ascii", "iso-8859-1").encode("latin-1"), DUPLICATE
    )
    put("k-broken-mail/empty.eml", b"", refused("empty|no text"))
    put("k-broken-mail/headers.eml", mail("", "Nothing"), refused("no text"))
    put("k-broken-mail/subject.eml", mail(corpus.report().body, "x" * 1_000_000), ADDED)
    put("k-broken-mail/headers-many.eml", mail(corpus.report().body, "T", more="X-A: b\n" * 20_000), ADDED)
    put("k-broken-mail/encoded-word.eml", mail(corpus.report().body, "=?utf-9?Q?=FF=?= =?utf-8?B?!!?="), ADDED)
    put(
        "k-broken-mail/base64.eml",
        mail("!!! no base64 !!!", "T", more="Content-Transfer-Encoding: base64\n"),
        Want("refused|nothing found"),
    )
    quoted = "Content-Transfer-Encoding: quoted-printable\n"
    put("k-broken-mail/quoted.eml", mail(corpus.report().body + "\n=ZZ =", "T", more=quoted), ADDED)
    put(
        "k-broken-mail/no-boundary.eml",
        mail(corpus.report().body, "T", more="Content-Type: multipart/mixed\n"),
        Want("added"),
    )
    cut = _parts(
        "Content-Type: text/plain\n\n" + corpus.report().body, _attached("a.txt", "A part that breaks"), end=False
    )
    put("k-broken-mail/cut.eml", cut, ADDED, refused("breaks off in"), refused("breaks off after"))
    inner = mail(corpus.report().body, "T")
    for depth in range(5):
        head = f"Content-Type: multipart/mixed; boundary=d{depth}\n"
        inner = mail(f"--d{depth}\nContent-Type: message/rfc822\n\n{inner.decode()}\n--d{depth}--\n", "T", more=head)
    put("k-broken-mail/mail-in-mail.eml", inner, refused("max_depth"))
    nested = "".join(f"Content-Type: multipart/mixed; boundary=n{n}\n\n--n{n}\n" for n in range(2_000))
    put(
        "k-broken-mail/nested.eml",
        "From: a@example.org\nSubject: T\nMIME-Version: 1.0\n" + nested,
        refused("."),
        Want("refused|nothing found", 0),
    )
    put("k-broken-mail/nul.eml", mail("a\0\0\0b" * 100, "T"), refused("NUL|binary|control"))


# -- feeds ---------------------------------------------------------------------------------------------------------


def long(corpus: Corpus, one: Report | None = None) -> str:
    """Return the body of a report with enough said after it that a feed may carry it in full."""
    return f"{(one or corpus.report()).body} {' '.join(corpus.idle().split())}"


def entry(title: str, body: str, date: str = "Tue, 07 May 2024 10:00:00 GMT", link: str = "") -> str:
    """Return an item of an RSS feed with its full text."""
    full = f"<content:encoded><![CDATA[<p>{body}</p>]]></content:encoded>" if body else ""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{full}</item>"


def rss(*entries: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """Return an RSS feed."""
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Harbour News</title><link>https://harbour.example.org/</link>{''.join(entries)}</channel></rss>"
    )


def _feeds(corpus: Corpus) -> None:
    """Feeds: with full texts, with links alone, with HTML in titles, in three dialects."""
    reports = [corpus.report() for _ in range(15)]
    full = [
        entry(one.title, long(corpus, one), link=f"https://harbour.example.org/{n}") for n, one in enumerate(reports)
    ]
    full += [entry("A diary", corpus.idle() + corpus.idle()) for _ in range(200)]
    links = [entry(f"Only a link {n}", "", link=f"https://harbour.example.org/l/{n}") for n in range(100)]
    known: dict[str, Any] = {"published": "2024-05-07", "dated_by": "feed", "publisher": "Harbour News"}
    corpus.put("l-feeds/full-a.xml", rss(*full, *links), added(15, **known), Want("nothing found", 200),
               refused("carries no full text", 100))  # fmt: skip
    corpus.put("l-feeds/full-again.rss", rss(*full[:15]), Want("duplicate", 15))
    one = corpus.report()
    corpus.put(
        "l-feeds/titles.xml",
        rss(entry("&lt;b&gt;Bold&lt;/b&gt; &amp;amp; <![CDATA[<i>new</i>]]>", long(corpus))), added(title="Bold & new"),
    )  # fmt: skip
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour News</title><entry><title type="html">&lt;i&gt;T&lt;/i&gt;'
        f"</title><id>x</id><updated>2024-05-07T23:30:00-05:00</updated><content type='html'>&lt;p&gt;{long(corpus, one)}"
        "&lt;/p&gt;</content></entry></feed>"
    )
    corpus.put("l-feeds/a.atom", atom, added(**known, title="T"))
    corpus.put("l-feeds/no-entries.xml", rss())
    corpus.put("l-feeds/neither.xml", rss("<item><title>Nothing at all</title></item>"), refused("neither"))


def _broken_feeds(corpus: Corpus) -> None:
    """Feeds with wrong dates, bombs, cuts, wrong encodings."""
    put = corpus.put
    for number, day in enumerate((*WRONG_DAYS, "Fri, 07 May 2024 10:00:00 GMT", "05/06/2024", "Thu, 01 Jan 1970 00:00:00 GMT",
                                  "Tue, 07 May 2099 10:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT")):  # fmt: skip
        link = f"https://harbour.example.org/2023/03/04/{number}"
        want = added(published="2023-03-04", dated_by="url")
        put(f"m-broken-feeds/day-{number}.xml", rss(entry("T", long(corpus), day, link)), want)
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [{entities()}'
    put("m-broken-feeds/bomb.xml", rss(entry("&j;", long(corpus)), head=f"{bomb}]>"), ADDED)
    outside = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    put("m-broken-feeds/outside.xml", rss(entry("&e;", long(corpus)), head=outside), ADDED)
    whole = rss(entry("A", long(corpus)), entry("B", long(corpus)), entry("C", long(corpus)))
    put("m-broken-feeds/cut.xml", whole[: whole.rindex("<item>") + 200], added(2), refused("Cut off after 2"))
    damaged = rss(entry("A", long(corpus)), "<item><title>B</titel></item>", entry("C", long(corpus)))
    put("m-broken-feeds/damaged.xml", damaged, added(2), refused("XML is damaged"))
    put(
        "m-broken-feeds/utf-16.xml",
        rss(entry("A", long(corpus)), head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"),
        ADDED,
    )
    put("m-broken-feeds/marked.xml", b"\xef\xbb\xbf" + rss(entry("A", long(corpus))).encode(), ADDED)
    latin = rss(entry("Café", long(corpus) + CAFE)).encode("latin-1")
    put("m-broken-feeds/charset.xml", latin, added(title="Café"))
    put("m-broken-feeds/entities.xml", rss(entry("A &nbsp; B & C &unknown;", long(corpus) + " &eacute;")), ADDED)
    put("m-broken-feeds/deep.xml", rss("<item>" + "<a>" * 100_000), refused("deep"))
    put(
        "m-broken-feeds/in-each-other.xml",
        rss("<item><item>" + entry("A", long(corpus)) + "</item></item>"),
        Want("refused|added"),
    )
    put("m-broken-feeds/nul.xml", rss(entry("A", long(corpus))).replace("Harbour", "Har\0bour"), Want("added|refused"))


# -- tables --------------------------------------------------------------------------------------------------------

COLUMNS = ("text", "title", "published", "url", "publisher")


def row(one: Report, **other: Any) -> dict[str, Any]:
    """Return a row of a table for a report."""
    known = {
        "text": one.body, "title": one.title, "published": one.day.isoformat(), "publisher": "Tide Times",
        "url": f"https://tide.example.org/{one.number}",
    }  # fmt: skip
    return {**known, **other}


def table(*rows: dict[str, Any], columns: tuple[str, ...] = COLUMNS, **form: Any) -> str:
    """Return a CSV table."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, **form)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _tables(corpus: Corpus) -> None:
    """Tables: 1,000 rows; other separators and encodings; line breaks in cells."""
    reports = [corpus.report() for _ in range(40)]
    rows = [row(one) for one in reports] + [row(one, title="Again") for one in reports]
    rows += [row(reports[0], text=corpus.idle(), title="A diary", url="") for _ in range(900)]
    rows += [row(reports[0], text="  ") for _ in range(10)]
    rows += [row(one, publisher="Other Paper", url="") for one in reports[:10]]
    known = {"dated_by": "metadata", "publisher": "Tide Times"}
    corpus.put("n-tables/thousand.csv", table(*rows), added(40, **known), Want("duplicate", 40), Want("nothing found", 900),
               refused("no text", 10), Want("reprint", 10, publisher="Other Paper"))  # fmt: skip
    for number, separator in enumerate(";\t|"):
        one = corpus.report()
        data = table(row(one, text=f"{one.title}\n\n{one.body}\n"), delimiter=separator, quoting=csv.QUOTE_ALL)
        corpus.put(f"n-tables/separator-{number}.csv", data, added(published=one.day.isoformat(), title=one.title))
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        data = table(row(corpus.report(), publisher="Café"), row(corpus.report(), publisher="Café"))
        corpus.put(f"n-tables/{encoding}.csv", data.encode(encoding), added(2, publisher="Café"))
    corpus.put("n-tables/html.csv", table(row(corpus.report(), text=page("T", corpus.report().body))), ADDED)
    corpus.put("n-tables/lines.tsv", table(row(corpus.report()), delimiter="\t", lineterminator="\r"), ADDED)
    corpus.put("n-tables/header.csv", ",".join(COLUMNS) + "\n")


def _broken_tables(corpus: Corpus) -> None:
    """Tables with rows too long and too short, open quotation marks, wrong days, halves of characters."""
    put = corpus.put
    for number, day in enumerate(WRONG_DAYS):
        one = corpus.report()
        data = table(row(one, text=one.dateline + one.body, published=day))
        put(f"o-broken-tables/day-{number}.csv", data, added(published=one.day.isoformat(), dated_by="dateline"))
        put(
            f"o-broken-tables/day-alone-{number}.csv", table(row(corpus.report(), published=day)), added(published=None)
        )
    put("o-broken-tables/empty.csv", b"", refused("empty"))
    put("o-broken-tables/no-text.csv", "a,b,c\n1,2,3\n", refused('no column "text"'))
    put("o-broken-tables/twice.csv", "text,text\nx,y\n", refused("called"))
    put("o-broken-tables/nul.csv", b"text\0\0\0,title\0\n" * 50, refused("NUL"))
    put("o-broken-tables/picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, refused("."))
    good = [table(row(corpus.report())).splitlines()[1] for _ in range(6)]
    head = ",".join(COLUMNS)
    put("o-broken-tables/widths.csv", "\n".join((head, good[0], "short,row", good[1], good[2] + ",more,still", good[3])),
        added(4 - 1), refused("fields|header", 2))  # fmt: skip
    open_quote = "\n".join((head, good[4], '"an open mark,T,2024-05-07,,', good[5]))
    put("o-broken-tables/open.csv", open_quote, added(2), refused("quotation"))
    large = table(row(corpus.report(), text="word " * 1_000_000), row(corpus.report()))
    put("o-broken-tables/large-cell.csv", large, refused("max_characters"), ADDED)
    larger = table(row(corpus.report(), text="word " * 5_000_000), row(corpus.report()))
    put("o-broken-tables/larger-cell.csv", larger, refused("max_bytes|max_characters"), ADDED)
    put("o-broken-tables/formula.csv", table(row(corpus.report(), title="=cmd|' /C calc'!A0")), ADDED)
    stray = table(row(corpus.report()), row(corpus.report(), publisher="Café")).encode()
    put("o-broken-tables/stray.csv", stray.replace("é".encode(), b"\xe9"), added(publisher="Café"), ADDED)
    half = table(row(corpus.report())).encode().replace(b"Tide", b"Ti\xed\xa0\x80de")
    put("o-broken-tables/half.csv", half, ADDED)


# -- JSON ----------------------------------------------------------------------------------------------------------


def _json(corpus: Corpus) -> None:
    """JSON Lines, arrays, one object."""
    reports = [corpus.report() for _ in range(20)]
    rows: list[Any] = [row(one) for one in reports] + [row(reports[0], text=corpus.idle(), url="") for _ in range(280)]
    lines = "".join(json.dumps(one) + "\n" for one in rows)
    corpus.put("p-json/lines.jsonl", lines, added(20, publisher="Tide Times"), Want("nothing found", 280))
    corpus.put(
        "p-json/z-again.ndjson",
        "\ufeff" + "".join(json.dumps(one) + "\r\n" for one in rows[:20]),
        Want("duplicate", 20),
    )
    corpus.put("p-json/array.json", json.dumps([row(corpus.report()) for _ in range(3)], indent=1), added(3))
    corpus.put("p-json/object.json", json.dumps(row(corpus.report()), ensure_ascii=False), ADDED)


def _broken_json(corpus: Corpus) -> None:
    """JSON with half characters, of wrong types, nested 100,000 deep, cut."""
    put = corpus.put
    good = [json.dumps(row(corpus.report())) for _ in range(14)]
    put(
        "q-broken-json/half.jsonl",
        good[0] + "\n" + json.dumps(row(corpus.report(), text="half \ud800 of it")),
        ADDED,
        refused("surrogate"),
    )
    put("q-broken-json/deep.jsonl", '{"text": ' + "[" * 100_000 + "\n" + good[1], refused("."), ADDED)
    put("q-broken-json/deep.json", "[" * 100_000, refused("."))
    put("q-broken-json/deep-closed.json", "[" * 100_000 + "]" * 100_000, refused("."))
    put("q-broken-json/empty.json", b"")
    put("q-broken-json/null.json", "null", refused("."))
    put("q-broken-json/number.json", "1" * 100_000, refused("."))
    put("q-broken-json/wrong.jsonl", "\n".join((good[2], "{no json", '["a"]', "3", good[3], '{"text": 3}', '{"text": null}', '{"a": 1}')),
        added(2), refused(".", 6))  # fmt: skip
    put(
        "q-broken-json/numbers.jsonl",
        f'{{"text": {"9" * 50_000}}}\n{{"text": NaN}}\n{good[4]}\n',
        refused(".", 2),
        ADDED,
    )
    put("q-broken-json/cut.jsonl", good[5] + "\n" + good[6][:100], ADDED, refused("."))
    put("q-broken-json/cut.json", f"[{good[7]},{good[8][:100]}", refused("."))
    put("q-broken-json/twice.jsonl", good[9][:-1] + ', "title": "The second title"}', refused("twice"))
    for number, day in enumerate((20990507, "0001-01-01", -1, 1e300, True, [1], {"a": 1}, None, 10**30)):
        want = added(published=None)
        put(f"q-broken-json/day-{number}.jsonl", json.dumps(row(corpus.report(), published=day)), want)
    put(
        "q-broken-json/seconds.jsonl",
        json.dumps(row(corpus.report(), published=1715076000)),
        added(published="2024-05-07"),
    )
    put("q-broken-json/utf-16.jsonl", (good[10] + "\n").encode("utf-16"), ADDED)
    put(
        "q-broken-json/long-line.jsonl",
        json.dumps(row(corpus.report(), text="word " * 5_000_000)) + "\n" + good[11],
        refused("max_bytes|max_characters"),
        ADDED,
    )
    put("q-broken-json/nul.jsonl", good[12] + "\n\0\0\0\n", ADDED, Want("refused", 1))
    put(
        "q-broken-json/title.jsonl",
        json.dumps(row(corpus.report(), title="x" * 1_000_000, url="javascript:alert(1)")),
        ADDED,
    )


@cache
def _read(number: int) -> str:
    """Return what `dragoman read --format json` prints of a report."""
    from dragoman.reading import read
    from dragoman.sources.making import document_of
    from tests.intake.texts import report

    return json.dumps(read(document_of(report(number).text.encode(), "a.txt")).to_dict())


def _readings(corpus: Corpus) -> None:
    """What `dragoman read --format json` printed: as it was, changed, of another making."""
    ones = [json.loads(_read(corpus.report().number)) for _ in range(3)]
    corpus.put("r-readings/reading.json", json.dumps(ones[0], indent=2), ADDED)
    corpus.put("r-readings/same.json", json.dumps(ones[0]), DUPLICATE)
    false = json.loads(json.dumps(ones[1]).replace('"quote": "', '"quote": "Not in the text: '))
    corpus.put("r-readings/false.json", json.dumps(false), refused("."))
    text = next(key for key in ones[2] if key == "document")
    ones[2][text]["text"] = 3
    corpus.put("r-readings/types.json", json.dumps(ones[2]), refused("."))


def _parquet(corpus: Corpus) -> None:
    """Parquet: 300 rows, other types, cut, with a wrong footer."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def made(rows: list[dict[str, Any]]) -> bytes:
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), out)
        return out.getvalue()

    put = corpus.put
    ones = [corpus.report() for _ in range(15)]
    rows = [row(one, published=one.day) for one in ones] + [
        row(ones[0], text=corpus.idle(), title="A diary", url="", published=None) for _ in range(280)
    ]
    rows += [row(ones[0], text=None, published=None) for _ in range(5)]
    data = made(rows)
    put(
        "s-parquet/rows.parquet",
        data,
        added(15, dated_by="metadata"),
        Want("nothing found", 280),
        refused("no text", 5),
    )
    put("s-parquet/cut.parquet", data[: len(data) // 2], refused("."))
    put("s-parquet/footer.parquet", data[:-8] + struct.pack("<I", 0x7FFFFFFF) + b"PAR1", refused("."))
    put("s-parquet/noise.parquet", data[:100] + bytes(len(data) - 200) + data[-100:], refused("."))
    put("s-parquet/middle.parquet", data[:1000] + b"\xff" * 500 + data[1500:], refused("."))
    put("s-parquet/none.parquet", made([row(ones[0])])[:4], refused("."))
    put("s-parquet/no-text.parquet", made([{"a": 1}]), refused('"text"'))
    put("s-parquet/types.parquet", made([{"text": [1, 2]}, {"text": [3]}]), refused("text"))
    put("s-parquet/empty.parquet", made([row(ones[0])])[:0], refused("."))


# -- web archives --------------------------------------------------------------------------------------------------


def record(
    body: bytes,
    kind: str = "response",
    uri: str = "",
    date: str = "2024-06-01T00:00:00Z",
    length: int | str | None = None,
) -> bytes:
    """Return a record of a web archive."""
    stated = len(body) if length is None else length
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\nContent-Length: {stated}\r\n"
    head += f"WARC-Target-URI: {uri}\r\n" if uri else ""
    return head.encode() + b"\r\n" + body + b"\r\n\r\n"


def answer(body: bytes | str, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    """Return what a server answered."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n"
    return head.encode() + (body.encode() if isinstance(body, str) else body)


def _warcs(corpus: Corpus) -> None:
    """A web archive of 1,500 records, plain and packed; other types of records; packed answers."""
    plain = "text/plain; charset=utf-8"
    records = [record(b"software: x\r\n", "warcinfo")]
    for number in range(40):
        one = corpus.report()
        records.append(
            record(answer(page(one.title, one.body)), uri=f"https://quay.example.org/{one.day:%Y/%m/%d}/{number}")
        )
        records.append(record(b"GET / HTTP/1.1\r\n\r\n", "request", uri="https://quay.example.org/"))
    for number in range(1_150):
        records.append(record(answer(corpus.idle(), plain), uri=f"https://quay.example.org/diary/{number}"))
    for number in range(60):
        records.append(record(answer(page("A diary", corpus.idle())), uri=f"https://quay.example.org/page/{number}"))
    for number in range(100):
        records.append(record(answer(b"\x89PNG", "image/png"), uri=f"https://quay.example.org/{number}.png"))
        records.append(record(answer("Not found", status="404 Not Found"), uri=f"https://quay.example.org/no/{number}"))
    records += records[1:61:2]
    data = b"".join(records)
    known = {"publisher": "quay.example.org", "dated_by": "url"}
    wants = (added(40, **known), Want("nothing found", 1_210), Want("duplicate", 30, **known))
    corpus.put("t-warc/a-thousand.warc", data, *wants)
    corpus.put(
        "t-warc/b-thousand.warc.gz",
        b"".join(map(gzip.compress, records[:300])),
        Want("duplicate", 40),
        Want("nothing found", 219),
    )
    corpus.put("t-warc/one-stream.warc.gz", gzip.compress(b"".join(records[:81])), Want("duplicate", 40))
    for number, (packed, how) in enumerate(_packed(corpus)):
        uri = f"https://quay.example.org/packed/{number}"
        corpus.put(f"t-warc/packed-{number}.warc", record(answer(packed, more=how), uri=uri), ADDED)
    text = corpus.report()
    corpus.put(
        "t-warc/conversion.warc",
        record(text.text.encode(), "conversion", "https://a.example.org/x"),
        Want("refused|added"),
    )
    converted = record(corpus.report().text.encode(), "conversion", "https://b.example.org/x").replace(
        b"\r\n\r\n", b"\r\nContent-Type: text/plain\r\n\r\n", 1
    )
    corpus.put("t-warc/conversion-text.warc", converted, ADDED)
    file = record(answer(pdf(corpus.report().text), "application/pdf"), uri="https://b.example.org/x.pdf")
    feed = record(answer(rss(entry("A", long(corpus))), "application/rss+xml"), uri="https://b.example.org/feed")
    corpus.put("t-warc/others.warc", file + feed, added(2))
    for number, day in enumerate(("2099-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "soon", "")):
        one = corpus.report()
        body = answer(page(one.title, one.dateline + one.body))
        want = added(published=one.day.isoformat(), dated_by="dateline")
        corpus.put(f"t-warc/day-{number}.warc", record(body, uri=f"https://b.example.org/{number}", date=day), want)
    one = corpus.report()
    early = record(
        answer(page(one.title, one.dateline + one.body)), uri="https://b.example.org/early", date="2020-01-01T00:00:00Z"
    )
    corpus.put("t-warc/after-the-crawl.warc", early, added(published=None))


def _packed(corpus: Corpus) -> list[tuple[bytes, str]]:
    """Return bodies of answers as they are sent, each with its headers."""

    def body() -> bytes:
        one = corpus.report()
        return page(one.title, one.body).encode()

    def chunked(data: bytes) -> bytes:
        return (
            b"".join(b"%x\r\n%s\r\n" % (len(data[n : n + 100]), data[n : n + 100]) for n in range(0, len(data), 100))
            + b"0\r\n\r\n"
        )

    raw = zlib.compressobj(wbits=-15)
    return [
        (gzip.compress(body()), "Content-Encoding: gzip\r\n"), (zlib.compress(body()), "Content-Encoding: deflate\r\n"),
        (raw.compress(body()) + raw.flush(), "Content-Encoding: deflate\r\n"),
        (chunked(body()), "Transfer-Encoding: chunked\r\n"),
        (chunked(gzip.compress(body())), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
        (body(), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    ]  # fmt: skip


def _broken_warcs(corpus: Corpus) -> None:
    """Web archives with wrong lengths, cut, with damaged answers."""
    put = corpus.put

    def good(more: str = "") -> bytes:
        one = corpus.report()
        return record(answer(page(one.title, one.body), more=more), uri=f"https://pier.example.org/{one.number}")

    def bad(length: int | str) -> bytes:
        return record(answer(page("T", corpus.report().body)), uri="https://pier.example.org/bad", length=length)

    for name, length in (
        ("short", 60),
        ("negative", -5),
        ("word", "many"),
        ("empty", ""),
        ("long", 700),
        ("huge", 10**30),
        ("float", "1.5"),
    ):
        put(
            f"u-broken-warc/length-{name}.warc",
            good() + bad(length) + good(),
            ADDED,
            ADDED,
            refused("."),
            Want("refused|added", 0),
        )
    put("u-broken-warc/length-last.warc", good() + bad(10_000_000), ADDED, refused("."))
    put("u-broken-warc/cut.warc", (good() + good())[:-200], ADDED, refused("Cut off after 1"))
    whole = gzip.compress(good()) + gzip.compress(good())
    put("u-broken-warc/cut.warc.gz", whole[:-100], ADDED, refused("off after 1"))
    put(
        "u-broken-warc/flipped.warc.gz",
        gzip.compress(good()) + whole[:60] + b"\0\0\0" + whole[63:],
        ADDED,
        Want("refused", 1),
    )
    put("u-broken-warc/between.warc", good() + b"rubbish " * 50 + good(), added(2), refused("no record"))
    put("u-broken-warc/rubbish.warc", b"rubbish " * 500, refused("."))
    put("u-broken-warc/empty.warc", b"", refused("."))
    put("u-broken-warc/info-only.warc", record(b"x", "warcinfo"))
    body = page("T", corpus.report().body).encode()
    cut = b"%x\r\n%s\r\n" % (len(body) * 2, body)
    for name, data, how in (
        ("chunk-cut", cut, "Transfer-Encoding: chunked\r\n"), ("gzip-cut", gzip.compress(body)[:-20], "Content-Encoding: gzip\r\n"),
        ("brotli", body, "Content-Encoding: br\r\n"), ("stored-in-part", body, f"Content-Length: {len(body) * 2}\r\n"),
        ("bomb", gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip\r\n"), ("no-body", b"", ""),
        ("seven-times", body, "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n"),
    ):  # fmt: skip
        put(
            f"u-broken-warc/{name}.warc",
            record(answer(data, more=how), uri="https://pier.example.org/x") + good(),
            refused("."),
            ADDED,
        )
    put(
        "u-broken-warc/large.warc",
        record(answer("word " * 5_000_000, "text/plain"), uri="https://pier.example.org/l") + good(),
        refused("max_bytes"),
        ADDED,
    )
    put(
        "u-broken-warc/no-http.warc",
        record(b"no header at all", uri="https://pier.example.org/n") + good(),
        refused("HTTP"),
        ADDED,
    )
    put(
        "u-broken-warc/charset.warc",
        record(
            answer(page("T", corpus.report().body + CAFE).encode("cp1252"), "text/html; charset=utf-8"),
            uri="https://pier.example.org/c",
        ),
        ADDED,
    )
    put(
        "u-broken-warc/address.warc",
        record(answer(page("T", corpus.report().body)), uri="https://pier.example.org/\x1b[31m" + "x" * 5_000),
        ADDED,
    )
    put(
        "u-broken-warc/foreign.warc",
        record(answer(FOREIGN["German"] * 2, "text/plain; charset=utf-8"), uri="https://pier.example.org/d"),
        refused("German"),
    )


# -- gzip, zip and tar ---------------------------------------------------------------------------------------------


@cache
def deflated_zeros(size: int = GIGABYTE) -> tuple[bytes, int]:
    """Return so many zeros deflated, and their check sum."""
    piece = bytes(1 << 24)
    one = zlib.compressobj(1, wbits=-15)
    first = one.compress(piece) + one.flush(zlib.Z_FULL_FLUSH)
    sum_ = 0
    for _ in range(size // len(piece)):
        sum_ = zlib.crc32(piece, sum_)
    return first * (size // len(piece)) + b"\x03\0", sum_


def _gzip(corpus: Corpus) -> None:
    """Gzip files: cut, with something after the end, in each other, a bomb."""
    put = corpus.put
    text = corpus.report().text.encode()
    whole = gzip.compress(text)
    put("v-gzip/a.txt.gz", whole, ADDED)
    put("v-gzip/b.txt.gz", gzip.compress(text[:100]) + gzip.compress(text[100:]), DUPLICATE)
    put("v-gzip/zeros-after.txt.gz", whole + bytes(1_000), DUPLICATE)
    put("v-gzip/rubbish-after.txt.gz", whole + b"rubbish", DUPLICATE, refused("follows"))
    put("v-gzip/cut.txt.gz", whole[:-20], refused("cut off"))
    put("v-gzip/head.txt.gz", whole[:5], refused("."))
    put("v-gzip/sum.txt.gz", whole[:-8] + b"\0\0\0\0" + whole[-4:], refused("damaged"))
    put("v-gzip/flipped.txt.gz", whole[:40] + bytes([whole[40] ^ 255]) + whole[41:], refused("."))
    put("v-gzip/empty.gz", b"", refused("."))
    put("v-gzip/nothing.txt.gz", gzip.compress(b""), refused("empty"))
    zeros, sum_ = deflated_zeros()
    put(
        "v-gzip/bomb.txt.gz",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + zeros + struct.pack("<II", sum_, GIGABYTE & 0xFFFFFFFF),
        refused("max_bytes|came out"),
    )
    put(
        "v-gzip/bomb.csv.gz",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + zeros + struct.pack("<II", sum_, GIGABYTE & 0xFFFFFFFF),
        refused("came out|max_|NUL"),
    )
    deep = gzip.compress(text)
    for _ in range(6):
        deep = gzip.compress(deep)
    put("v-gzip/deep.gz", deep, refused("max_depth"))
    rows = table(*(row(corpus.report()) for _ in range(3)))
    put("v-gzip/rows.csv.gz", gzip.compress(rows.encode()), added(3))
    put(
        "v-gzip/rows-cut.csv.gz",
        gzip.compress(table(*(row(corpus.report()) for _ in range(3))).encode(), 0)[:-60],
        added(2),
        refused("rows before"),
    )
    put("v-gzip/lines.jsonl.gz", gzip.compress(json.dumps(row(corpus.report())).encode()), ADDED)
    put("v-gzip/report.pdf.gz", gzip.compress(pdf(corpus.report().text)), ADDED)
    put("v-gzip/report.docx.gz", gzip.compress(docx(corpus.report().text)), ADDED)
    put("v-gzip/mail.eml.gz", gzip.compress(mail(corpus.report().body, "T")), ADDED)
    put("v-gzip/feed.xml.gz", gzip.compress(rss(entry("A", long(corpus))).encode()), ADDED)
    put("v-gzip/page.html.gz", gzip.compress(page("T", corpus.report().body).encode()), ADDED)


@dataclass
class Packed:
    """One file in a zip archive, with what the archive says of it; `at` the number of the file whose bytes it shares."""

    name: bytes
    data: bytes
    size: int
    sum: int
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    at: int | None = None

    @classmethod
    def of(cls, name: str, text: bytes | str, **other: Any) -> Packed:
        """Return a file as it should be packed, but for what is given otherwise."""
        content = text.encode() if isinstance(text, str) else text
        packer = zlib.compressobj(wbits=-15)
        known = {"data": packer.compress(content) + packer.flush(), "size": len(content), "sum": zlib.crc32(content)}
        return cls(name.encode("utf-8", "surrogateescape"), **{**known, **other})


def zipped(*files: Packed) -> bytes:
    """Return a zip archive."""
    offsets: list[int] = []
    out, directory = b"", b""
    for file in files:
        fields = struct.pack(
            "<HHHHIIIHH",
            file.flags,
            file.method,
            0,
            0x5821,
            file.sum,
            len(file.data),
            min(file.size, 2**32 - 1),
            len(file.name),
            0,
        )
        offsets.append(len(out) if file.at is None else offsets[file.at])
        if file.at is None:
            out += b"PK\x03\x04\x14\0" + fields + file.name + file.data
        directory += (
            b"PK\x01\x02\x14\x03\x14\0"
            + fields
            + struct.pack("<HHHII", 0, 0, 0, file.mode << 16, offsets[-1])
            + file.name
        )
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + end


def _zips(corpus: Corpus) -> None:
    """Zip archives: every kind in one; names that climb out; archives in archives; 1 GB of zeros."""
    put, of = corpus.put, Packed.of
    one, two = corpus.report(), corpus.report()
    put(
        "w-zip/kinds.zip",
        zipped(
            of("2024/05/07/a.txt", one.text), of("b.html", page(two.title, two.body)), of("c.csv", table(row(corpus.report()))),
            of("d.jsonl", json.dumps(row(corpus.report()))), of("e.eml", mail(corpus.report().body, "T")),
            of("f.xml", rss(entry("A", long(corpus)))), of("g.warc", record(answer(page("T", corpus.report().body)), uri="https://a.example.org/z")),
            of("h.docx", docx(corpus.report().text)), of("i.pdf", pdf(corpus.report().text)), of("j.png", b"x"),
            of("folder/", b""), of("__MACOSX/._a.txt", b"x"), of("k.txt.gz", gzip.compress(corpus.report().text.encode())),
            of("l.tar", tarred(("m.txt", corpus.report().text))), of("n.md", corpus.idle()), of("o.txt", b""),
        ),
        added(11), NOTHING, refused("empty"),
    )  # fmt: skip
    corpus.others += 2  # a picture, and what a system put there
    names = ("../../etc/cron.d/a.txt", "/etc/passwd.txt", "C:\\windows\\a.txt", "..\\..\\b.txt", "a\nb.txt", "\u202ec.txt", "x" * 5_000 + ".txt",
             "same.txt", "same.txt", "caf\udce9.txt", "con/./../d.txt", "-rf.txt", "\x1b[2J.txt")  # fmt: skip
    put("w-zip/names.zip", zipped(*(of(name, corpus.report().text) for name in names)), added(len(names)))
    put("w-zip/many.zip", zipped(*(of(f"{n}.txt", corpus.idle()) for n in range(300))), Want("nothing found", 300))
    inner = zipped(of("a.txt", corpus.report().text))
    put("w-zip/two-deep.zip", zipped(of("b.zip", inner)), ADDED)
    for _ in range(40):
        inner = zipped(of("z.zip", inner))
    put("w-zip/forty-deep.zip", inner, refused("max_depth"))
    zeros, sum_ = deflated_zeros()
    large = {"data": zeros, "size": GIGABYTE, "sum": sum_}
    put(
        "w-zip/gigabyte.zip",
        zipped(of("a.txt", b"", **large), of("b.txt", corpus.report().text)),
        refused("max_bytes|came out"),
        ADDED,
    )
    put(
        "w-zip/gigabyte-table.zip",
        zipped(of("a.csv", b"", **large), of("b.txt", corpus.report().text)),
        refused("max_|came out|NUL"),
        ADDED,
    )
    put(
        "w-zip/gigabyte-hidden.zip",
        zipped(of("a.txt", b"", **{**large, "size": 100})),
        refused("larger|max_bytes|came out"),
    )
    put("w-zip/dates.zip", zipped(of("2099-01-01 a.txt", corpus.report().bare), of("2024-05-07 b.txt", corpus.report().bare)),
        added(where="2099", published=None), added(published="2024-05-07", dated_by="file-name"))  # fmt: skip
    put("w-zip/empty.zip", zipped())
    put("w-zip/before.zip", b"PK\x03\x04" + zipped(of("a.txt", corpus.report().text)), Want("added|refused"))
    put("w-zip/comment.zip", zipped(of("a.txt", corpus.report().text))[:-2] + b"\x05\0hello", ADDED)


def _broken_zips(corpus: Corpus) -> None:
    """Zip archives: locked, cut, overlapping, with wrong sizes and sums."""
    put, of = corpus.put, Packed.of
    text = corpus.report().text
    good = of("good.txt", corpus.report().text)
    whole = zipped(good, of("b.txt", text))
    put("x-broken-zip/a-good.zip", whole, added(2))
    put("x-broken-zip/locked.zip", zipped(of("a.txt", text, flags=1)), refused("encrypted"))
    put("x-broken-zip/cut.zip", whole[:-60], refused("list of files"))
    put("x-broken-zip/half.zip", whole[: len(whole) // 2], refused("list of files"))
    put("x-broken-zip/sum.zip", zipped(of("a.txt", text, sum=1), good), refused("CRC"), DUPLICATE)
    put("x-broken-zip/size.zip", zipped(of("a.txt", text, size=10), good), refused("larger"), DUPLICATE)
    put("x-broken-zip/size-large.zip", zipped(of("a.txt", text, size=10_000), good), refused("ends after"), DUPLICATE)
    put("x-broken-zip/method.zip", zipped(of("a.txt", text, method=99), good), refused("method"), DUPLICATE)
    put("x-broken-zip/data.zip", zipped(of("a.txt", text, data=b"\xff" * 100), good), refused("damaged"), DUPLICATE)
    put("x-broken-zip/link.zip", zipped(of("a.txt", "/etc/passwd", mode=0o120777), good), refused("link"), DUPLICATE)
    put(
        "x-broken-zip/shared.zip",
        zipped(good, *(of(f"{n}.txt", text, at=0, data=good.data) for n in range(20))),
        refused("shares", 21),
    )
    put("x-broken-zip/offset.zip", whole[:-6] + b"\xff\xff\xff\x7f" + whole[-2:], refused(".", 2))
    put(
        "x-broken-zip/count.zip",
        whole[:-12] + b"\xff\xff" + whole[-10:],
        Want("duplicate|refused", 2),
        Want("refused", 0),
    )
    put("x-broken-zip/head.zip", b"PK\x03\x04", refused("."))


def tarred(
    *files: tuple[str, str | bytes], kinds: dict[str, bytes] | None = None, form: int = tarfile.PAX_FORMAT
) -> bytes:
    """Return a tar archive; `kinds` says which of the names are no plain files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding="utf-8", errors="surrogateescape") as archive:
        for name, text in files:
            info = tarfile.TarInfo(name)
            data = text.encode() if isinstance(text, str) else text
            info.size = len(data)
            if kind := (kinds or {}).get(name):
                info.type, info.size, info.linkname = kind, 0, "/etc/passwd"
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _sparse(name: str, size: int) -> bytes:
    """Return a tar archive with one file of holes, in the form of GNU tar."""
    info = tarfile.TarInfo(name)
    info.type, info.size = b"S", 512
    head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[386:410] = b"%011o\0%011o\0" % (0, 512)
    head[483:495] = b"%011o\0" % size
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + b"x" * 512 + bytes(1024)


def _tars(corpus: Corpus) -> None:
    """Tar archives: plain and packed, with links, devices, and names that climb out."""
    put = corpus.put
    data = tarred(
        *((f"{n}.txt", corpus.report().text) for n in range(5)), *((f"i{n}.txt", corpus.idle()) for n in range(40))
    )
    put("y-tar/a.tar", data, added(5), Want("nothing found", 40))
    put("y-tar/b.tar.gz", gzip.compress(data), Want("duplicate", 5), Want("nothing found", 40))
    put("y-tar/c.tgz", gzip.compress(data), Want("duplicate", 5), Want("nothing found", 40))
    names = ("../../a.txt", "/etc/b.txt", "x" * 300 + ".txt", "a\nb.txt", "caf\udce9.txt", "same.txt", "same.txt")
    put("y-tar/names.tar", tarred(*((name, corpus.report().text) for name in names)), added(len(names)))
    put("y-tar/gnu.tar", tarred(("y" * 300 + ".txt", corpus.report().text), form=tarfile.GNU_FORMAT), ADDED)
    kinds = {"sym.txt": b"2", "hard.txt": b"1", "char.txt": b"3", "block.txt": b"4", "pipe.txt": b"6", "dir.txt": b"5"}
    put("y-tar/kinds.tar", tarred(*((name, "") for name in kinds), ("a.txt", corpus.report().text), kinds=kinds),
        ADDED, refused("link", 2), refused("pipe|device", 3))  # fmt: skip
    inner = tarred(("a.txt", corpus.report().text))
    put("y-tar/zip.tar", tarred(("a.zip", zipped(Packed.of("b.tar", inner)))), ADDED)
    for _ in range(5):
        inner = tarred(("b.tar", inner))
    put("y-tar/deep.tar", inner, refused("max_depth"))


def _broken_tars(corpus: Corpus) -> None:
    """Tar archives: cut, with wrong sums and sizes, full of holes, with something after their end."""
    put = corpus.put
    files = [(f"{n}.txt", corpus.report().text) for n in range(3)]
    data = tarred(*files)
    put("z-broken-tar/a-good.tar", data, added(3))
    put("z-broken-tar/cut.tar", data[:2_800], Want("duplicate", 2), refused("Cut off after 2"))
    put("z-broken-tar/cut.tar.gz", gzip.compress(data, 0)[:2_800], Want("duplicate", 2), refused("Cut off after 2"))
    put("z-broken-tar/no-end.tar", data[:3_072], Want("duplicate", 3), refused("mark of its end"))
    put("z-broken-tar/sum.tar", data[:1_024] + b"X" + data[1_025:], DUPLICATE, refused("no entry|damaged"))
    put("z-broken-tar/size.tar", data[:124] + b"77777777777\0" + data[136:], refused("."))
    put(
        "z-broken-tar/two.tar",
        data + tarred(("a.txt", corpus.report().text)),
        Want("duplicate", 3),
        refused("follows the end"),
    )
    put("z-broken-tar/holes.tar", _sparse("a.txt", GIGABYTE), refused("max_bytes|holes"))
    put("z-broken-tar/holes-table.tar", _sparse("a.csv", GIGABYTE), refused("max_|holes"))
    put("z-broken-tar/zeros.tar", bytes(10_240), Want("refused", 1))
    put("z-broken-tar/empty.tar", b"", refused("."))
    zeros, sum_ = deflated_zeros()
    put(
        "z-broken-tar/bomb.tar.gz",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + zeros + struct.pack("<II", sum_, GIGABYTE & 0xFFFFFFFF),
    )


def mapped(corpus: Corpus) -> str:
    """Return a table whose columns have other names, with what is wanted of it."""
    rows = [{"body": one.body, "date": one.day.strftime("%d %B %Y"), "link": f"https://m.example.org/{n}", "headline": one.title, "text": "No."}
            for n, one in enumerate(corpus.report() for _ in range(5))]  # fmt: skip
    corpus.put("mapped.csv", table(*rows, columns=("text", "body", "date", "link", "headline")),
               added(5, dated_by="metadata", publisher="m.example.org", published=ANY))  # fmt: skip
    return "text=body,published=date,url=link,title=headline"
