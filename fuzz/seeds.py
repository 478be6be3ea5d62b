"""Seeds: a few sound inputs of each kind, from which broken ones are made.

In:     nothing.
Out:    bytes, built here and by the libraries that write these formats.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import zipfile
from email.message import EmailMessage
from functools import cache
from io import BytesIO

TEXT = """Latvia and Malta sign pact on pilots

RIGA, May 7, 2024 - Latvia and Malta signed an agreement on harbour pilots in Riga on Tuesday. "We shall hold talks \
again in June," said Latvian minister Ilze Kalna.

Malta asked Latvia in March to lift a fee of 12 percent on its ships. Latvia said it would decide by 31 July 2024.

The pilots of both countries bring some nine hundred ships a year through the straits, most of them laden with grain, \
timber or cars. A union of captains has complained that the rules differ from port to port, and that a crew may wait \
for two days until somebody comes aboard. Under the pact one examination counts in both countries, and a pilot may be \
called by radio at any hour. A committee of six will meet twice a year to see how the new rules work.

- The first pilots will work from 1 September.
- The fee falls to 9 percent.

Share this article
© 2024 The Pilot
"""
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Latvia and Malta sign pact | The Pilot</title>
<meta charset="utf-8"><meta property="article:published_time" content="2024-05-07T09:30:00+03:00">
<meta property="og:site_name" content="The Pilot"><link rel="canonical" href="https://example.org/2024/05/07/pact">
</head><body><nav><a href="/">Home</a></nav><article><h1>Latvia and Malta sign pact</h1>
{"".join(f"<p>{part}</p>" for part in TEXT.split(chr(10) * 2))}<table><tr><td>Fee</td><td>9</td></tr></table></article>
<script>var a = "<p>x</p>";</script></body></html>"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Pilot</title><link>https://example.org/</link>
<item><title>Latvia &amp; Malta &lt;b&gt;sign&lt;/b&gt;</title><link>https://example.org/1</link><guid>1</guid>
<pubDate>Tue, 07 May 2024 09:30:00 +0300</pubDate><content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item>
<item><title>Second</title><link>/2</link><dc:date>2024-05-08</dc:date><description>Short.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/">
<title>The Pilot</title><updated>2024-05-07T09:30:00Z</updated><entry><title type="html">Pact</title><id>urn:1</id>
<link href="1"/><published>2024-05-07T09:30:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}
</p></div></content></entry></feed>"""
CSV = f"""title,published,text,url
"Pact, signed",2024-05-07,"{TEXT.replace('"', '""')}",https://example.org/1
Second,07/05/2024,"Peru and Chile met.
They will meet again.",https://example.org/2
"""
TSV = "title\ttext\tpublished\nPact\tPeru and Chile met in Lima.\t1715040000\n"
ROBOTS = """User-agent: *
Disallow: /private/*
Allow: /private/open$
Crawl-delay: 2.5

User-agent: dragoman
Disallow: /*.pdf$
Sitemap: https://example.org/map.xml
"""
WANTED = """[[source]]
name = "ministry"
feed = "https://example.org/rss.xml"
every = "2h"
publisher = "Ministry of Pilots"

[[source]]
name = "inbox"
folder = "mail/in"
"""
MARKS = "Published: 7 May 2024 | Updated 8 May 2024, 10:30 GMT\nOslo, 7/5/2024 (Reuters) –\n2024-05-07 • 3 min read\n"
DATES = "7 May 2024; May 7th, 2024; 2024-05-07T09:30:00+03:00; 07.05.2024; 1715040000; 1715040000000; 20240507; 45419"
ADDRESSES = (
    "https://www.example.org/2024/05/07/pact?utm_source=x&id=1#top", "http://[::1]:80/a", "https://user:pw@a.org:99/%20",
    "//example.org/2024-05-07", "mailto:a@example.org",
)  # fmt: skip


def warc_record(kind: str, block: bytes, **headers: str) -> bytes:
    """Return one record of a web archive."""
    given = {
        "WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "WARC-Date": "2024-05-08T01:00:00Z", "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def http(body: bytes, headers: str = "Content-Type: text/html; charset=utf-8\r\n") -> bytes:
    """Return an answer of a server with its head."""
    return f"HTTP/1.1 200 OK\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def warc() -> bytes:
    """Return a web archive of three records."""
    page, uri = PAGE.encode(), "https://example.org/2024/05/07/pact"
    answer = "application/http; msgtype=response"
    squeezed = http(gzip.compress(page, mtime=0), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")
    return b"".join(
        (
            warc_record("warcinfo", b"software: none\r\n", Content_Type="application/warc-fields"),
            warc_record("response", http(page), WARC_Target_URI=uri, Content_Type=answer),
            warc_record("response", squeezed, WARC_Target_URI=f"{uri}/2", Content_Type=answer),
            warc_record("resource", TEXT.encode(), WARC_Target_URI=f"{uri}.txt", Content_Type="text/plain"),
        )
    )


def chunked() -> bytes:
    """Return a web archive with an answer that was sent in pieces."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (PAGE.encode()[:700], PAGE.encode()[700:], b""))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return warc_record(
        "response", head + body, WARC_Target_URI="https://example.org/c", Content_Type="application/http"
    )


def zipped(**files: bytes) -> bytes:
    """Return a zip archive; "_" in a name stands for its dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def tarred(**files: bytes) -> bytes:
    """Return a tar archive; "_" in a name stands for its dot."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name.replace("_", "."))
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return out.getvalue()


def mail() -> bytes:
    """Return a mail with two forms of its text and attachments, one of them a mail."""
    out = EmailMessage()
    out["Subject"], out["From"] = "Pact signed – Riga", "The Pilot <desk@example.org>"
    out["Date"], out["To"] = "Tue, 07 May 2024 09:30:00 +0300", "a@example.org"
    out.set_content(TEXT)
    out.add_alternative(PAGE, subtype="html")
    out.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="pact.txt")
    out.add_attachment(zipped(a_txt=TEXT.encode()), maintype="application", subtype="zip", filename="../a.zip")
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Peru and Chile met in Lima on Monday and will meet again in a month from now.")
    out.add_attachment(inner)
    return out.as_bytes()


@cache
def reading() -> bytes:
    """Return a reading as `dragoman read --format json` prints it."""
    from dragoman.domain import Because, Document, Event, Reader, Reading, Span

    text = "Latvia and Malta signed an agreement on harbour pilots in Riga on Tuesday."
    span = Span(0, len(text), text)
    event = Event(
        type="AGREE", actors=("LVA", "MLT"), status="happened", evidence=(span,), because=Because("a", 1.0, "b")
    )
    document = Document(text, None, "The Pilot", None, None, None, None, None, ((0, len(text)),))
    out = Reading(document=document, reader=Reader("1.0", ("a==1",)), events=(event,))
    return json.dumps(out.to_dict(explain=True)).encode()


def json_lines() -> bytes:
    """Return rows of JSON, one of them a reading."""
    rows = [{"text": TEXT, "published": "2024-05-07", "title": "Pact"}, {"text": "Peru met Chile.", "date": 1715040000}]
    return b"\n".join([*(json.dumps(row).encode() for row in rows), reading(), b"[1, null]", b""])


@cache
def parquet() -> bytes:
    """Return a columnar table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = BytesIO()
    rows = {
        "text": [TEXT, "Peru and Chile met.", None],
        "published": ["2024-05-07", "x", ""],
        "title": ["Pact", "", None],
    }
    pq.write_table(pa.table(rows), out)
    return out.getvalue()


@cache
def docx() -> bytes:
    """Return a Word file."""
    from docx import Document

    out, document = BytesIO(), Document()
    document.core_properties.title = "Pact"
    for part in TEXT.split("\n\n"):
        document.add_paragraph(part)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Fee", "9 percent"
    document.save(out)
    return out.getvalue()


@cache
def pdf() -> bytes:
    """Return a PDF of two pages, written by hand so that its parts stand uncompressed."""
    lines = [line.replace("©", "(c)").replace("(", "\\(").replace(")", "\\)") for line in TEXT.splitlines()]
    shown = "BT /F1 11 Tf 14 TL 60 760 Td " + " ".join(f"({line[:90]}) '" for line in lines) + " ET"
    fonts = "/Resources << /Font << /F1 6 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R {fonts} >>"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        page,
        page,
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Pact) /CreationDate (D:20240507093000+03'00') >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    start = len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer << /Size {size} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def gzipped(data: bytes) -> bytes:
    """Return bytes as a gzip file of two members."""
    half = len(data) // 2
    return gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0)
