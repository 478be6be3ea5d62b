"""Web archives: what is taken of them, what is counted, and what is said where they are damaged."""

from __future__ import annotations

import base64
import gzip
import hashlib
import time
import zlib
from datetime import date
from io import BytesIO

import pytest

from dragoman.domain import Document
from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.files import inputs
from dragoman.sources.items import Walk, items
from dragoman.sources.known import NOTHING, Known
from dragoman.sources.limits import Limits
from dragoman.sources.warc import NO_DOCUMENT, OTHER_STATUS, members

PAGE = b"<html><body><p>Chile and Fiji opened talks on fishing rights in Suva.</p></body></html>"


def an_answer(body=PAGE, *, status=b"200 OK", type=b"text/html; charset=utf-8", extra=b"", length=True):
    """Return what a server answered, as it is stored."""
    stated = b"Content-Length: %d\r\n" % len(body) if length else b""
    kind = b"Content-Type: %s\r\n" % type if type else b""
    return b"HTTP/1.1 %s\r\n%s%s%s\r\n" % (status, kind, extra, stated) + body


def a_record(uri="https://news.example/1", block=None, *, kind=b"response", extra=b"", length=None, type=None):
    """Return a record of a web archive; `length` is what it states instead of its length."""
    block = an_answer() if block is None else block
    stated = b"%d" % len(block) if length is None else length
    lines = [
        b"WARC/1.0", b"WARC-Type: " + kind, b"WARC-Date: 2024-03-05T10:00:00Z",
        b"Content-Type: " + (type or b"application/http; msgtype=response"),
    ]  # fmt: skip
    if uri:
        lines.append(b"WARC-Target-URI: " + uri.encode())
    if stated:
        lines.append(b"Content-Length: " + stated)
    return b"\r\n".join(lines) + b"\r\n" + extra + b"\r\n" + block + b"\r\n\r\n"


ONE, TWO, THREE = (a_record(f"https://news.example/{n}") for n in (1, 2, 3))


def taken(data, walk=None, found=NOTHING):
    """Return what is said of each member, by the end of its address ("ok" where it has bytes), and of the end."""
    said = []
    try:
        for member in members(BytesIO(data), "x.warc", found, walk or Walk()):
            key = member.place.removeprefix("x.warc: ").removeprefix("https://news.example/")
            said.append((key, "ok" if isinstance(member.content, bytes) else str(member.content)))
    except UnreadableInput as error:
        said.append(("end", str(error)))
    return said


def the_member(record, walk=None):
    """Return the one member of an archive."""
    (member,) = members(BytesIO(record), "x.warc", NOTHING, walk or Walk())
    return member


def test_a_page_comes_with_its_address_its_encoding_and_the_day_of_the_crawl():
    """The day of the crawl bounds the date of the page; it is not that date."""
    member = the_member(a_record("<https://news.example/2024/suva>", an_answer(type=b'text/html; charset="latin-1"')))

    assert (member.place, member.name) == ("x.warc: https://news.example/2024/suva", "suva.html")
    assert member.content == PAGE
    assert member.found == Known(
        url="https://news.example/2024/suva", charset="latin-1", html=True, latest=date(2024, 3, 6)
    )


@pytest.mark.parametrize(
    ("given", "latest"), [(date(2024, 1, 1), date(2024, 1, 1)), (date(2025, 1, 1), date(2024, 3, 6))]
)
def test_the_earlier_bound_on_the_date_holds(given, latest):
    """A crawl that states a day to come does not let documents be dated ahead."""
    assert the_member(ONE, Walk(given=Known(latest=given))).found.latest == latest


@pytest.mark.parametrize(
    ("record", "over"),
    [
        (a_record(block=an_answer(type=b"application/xhtml+xml")), {}),
        (a_record(block=an_answer(b"Text.", type=b"text/plain")), {}),
        (a_record(block=an_answer(b"%PDF-1.7", type=b"application/pdf")), {}),
        (a_record(block=an_answer(b"%PDF-1.7", type=b"application/octet-stream")), {}),
        (a_record(block=an_answer(b"<rss/>", type=b"application/rss+xml")), {}),
        (a_record(block=an_answer(b"<a/>", type=b"TEXT/XML")), {}),
        (a_record(block=an_answer(type=b"")), {}),
        (a_record(block=b"Text of it.", kind=b"conversion", type=b"text/plain"), {}),
        (a_record(block=PAGE, kind=b"resource", type=b"text/html"), {}),
        (a_record("", an_answer()), {}),
        (a_record(block=an_answer(b"\0\1", type=b"")), {NO_DOCUMENT: 1}),
        (a_record(block=an_answer(b"GIF89a", type=b"image/gif")), {NO_DOCUMENT: 1}),
        (a_record(block=an_answer(b"\0", type=b"application/octet-stream")), {NO_DOCUMENT: 1}),
        (a_record(block=b"GET / HTTP/1.1\r\n\r\n", kind=b"request"), {NO_DOCUMENT: 1}),
        (a_record("", b"software: x\r\n", kind=b"warcinfo", type=b"application/warc-fields"), {NO_DOCUMENT: 1}),
        (a_record(kind=b"revisit"), {NO_DOCUMENT: 1}),
        (a_record(kind=b"metadata", block=b"via: x", type=b"application/warc-fields"), {NO_DOCUMENT: 1}),
        (a_record("dns:news.example", b"20240305 1.2.3.4", type=b"text/dns"), {NO_DOCUMENT: 1}),
        (a_record("metadata://wget.log", b"log", kind=b"resource", type=b"text/plain"), {NO_DOCUMENT: 1}),
        (a_record(block=an_answer(status=b"404 Not Found")), {OTHER_STATUS: 1}),
        (a_record(block=an_answer(status=b"301 Moved", type=b"")), {OTHER_STATUS: 1}),
        (a_record(block=an_answer(status=b"206 Partial Content")), {OTHER_STATUS: 1}),
    ],
)
def test_records_are_taken_or_counted(record, over):
    """What may be a document is handed out, everything else is counted under what it is."""
    walk = Walk()

    said = taken(record, walk)

    assert [word for _, word in said] == ([] if over else ["ok"])
    assert dict(walk.passed_over) == over


def test_plain_text_that_a_crawler_made_is_text_whatever_it_begins_with():
    """A conversion (WET) is never taken for HTML."""
    member = the_member(a_record(block=b"<html> is how pages begin.", kind=b"conversion", type=b"text/plain"))

    assert member.text is True


def chunked(data):
    """Return data in two chunks."""
    return b"%x\r\n%s\r\n%x;ext=1\r\n%s\r\n0\r\n\r\n" % (10, data[:10], len(data) - 10, data[10:])


def raw_deflated(data):
    """Return data deflated without the frame of zlib."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "header", "word"),
    [
        (chunked(PAGE), b"Transfer-Encoding: chunked\r\n", "ok"),
        (gzip.compress(PAGE), b"Content-Encoding: gzip\r\n", "ok"),
        (gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), b"Content-Encoding: x-gzip\r\n", "ok"),
        (zlib.compress(PAGE), b"Content-Encoding: deflate\r\n", "ok"),
        (raw_deflated(PAGE), b"Content-Encoding: deflate\r\n", "ok"),
        (chunked(gzip.compress(PAGE)), b"Content-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n", "ok"),
        (PAGE, b"Content-Encoding: identity\r\n", "ok"),
        (PAGE, b"Content-Encoding: gzip\r\n", "ok"),  # unpacked by the crawler, which left the header
        (PAGE, b"Transfer-Encoding: chunked\r\n", "ok"),
        (PAGE, b"Content-Encoding: br\r\n", "method"),
        (gzip.compress(PAGE)[:-9], b"Content-Encoding: gzip\r\n", "not whole"),
        (zlib.compress(PAGE)[:-9], b"Content-Encoding: deflate\r\n", "damaged or cut off"),
        (PAGE, b"Content-Encoding: deflate\r\n", "damaged or cut off"),
        (chunked(PAGE)[:-30], b"Transfer-Encoding: chunked\r\n", "breaks off"),
        (b"5\r\nhello\r\nzz\r\n", b"Transfer-Encoding: chunked\r\n", "breaks off"),
        (PAGE, b"Content-Encoding: gzip, gzip, gzip, gzip\r\n", "more than three"),
        (PAGE, b"Content-Length: 9999\r\n", "bytes were stored"),
        (b"", b"", "empty"),
    ],
)
def test_what_was_done_for_sending_is_undone(body, header, word):
    """Chunks, gzip and deflate are undone; what is not whole or not known is refused."""
    (said,) = taken(a_record(block=an_answer(body, extra=header, length=False)))

    assert word in said[1]
    if word == "ok":
        assert the_member(a_record(block=an_answer(body, extra=header, length=False))).content == PAGE


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_an_answer_that_unpacks_to_more_than_is_read_is_refused(pack):
    """A bomb inside a page costs no more memory than the largest document."""
    header = b"Content-Encoding: " + (b"gzip" if pack is gzip.compress else b"deflate") + b"\r\n"
    record = a_record(block=an_answer(pack(b"a" * 3_000_000), extra=header))

    assert isinstance(the_member(record, Walk(limits=Limits(max_bytes=1_000_000))).content, InputTooLarge)


def test_a_record_longer_than_a_document_may_be_is_refused_and_the_next_is_read():
    """It is never held in memory, and what follows it is taken."""
    long = a_record("https://news.example/long", an_answer(b"a" * 300_000))

    said = taken(long + TWO, Walk(limits=Limits(max_bytes=100_000)))

    assert [key for key, _ in said] == ["long", "2"]
    assert said[1][1] == "ok"
    assert "max_bytes" in said[0][1]


def a_digest(block, name="sha1"):
    """Return the header with the check sum of a block."""
    digest = hashlib.new(name, block).digest()
    return f"WARC-Block-Digest: {name}:{base64.b32encode(digest).decode()}\r\n".encode()


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        (a_digest(an_answer()), "ok"),
        (a_digest(an_answer(), "sha256"), "ok"),
        (b"WARC-Block-Digest: sha1:" + hashlib.sha1(an_answer()).hexdigest().encode() + b"\r\n", "ok"),
        (b"WARC-Block-Digest: strange:123\r\n", "ok"),
        (b"WARC-Payload-Digest: sha1:AAAA\r\n", "ok"),
        (a_digest(b"another block"), "check sum is wrong"),
        (b"WARC-Truncated: length\r\n", "only its beginning (length)"),
        (b"WARC-Segment-Number: 1\r\n", "in parts"),
    ],
)
def test_a_record_that_is_not_what_was_stored_is_refused(extra, word):
    """The check sum of a block is checked; cut pages and pages in parts are not the document."""
    said = taken(a_record(extra=extra) + TWO)

    assert word in said[0][1]
    assert said[1] == ("2", "ok")


WRONG = "wrong length"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("end", "no record")]),
        (b"Nothing of the kind.\n" * 9, [("after record 0", "189 bytes")]),
        (ONE + TWO[:-60], [("1", "ok"), ("end", "Cut off after 1 record, ")]),
        (ONE + TWO[:50], [("1", "ok"), ("end", "Cut off after 1 record, ")]),
        (ONE + TWO[:-4], [("1", "ok"), ("2", "ok")]),
        *(
            (ONE + a_record("https://news.example/2", length=length) + THREE, [("1", "ok"), ("2", WRONG), ("3", "ok")])
            for length in (
                b"0",
                b"-5",
                b"abc",
                b"",
                b"9" * 14,
                b"9" * 30,
                b"%d" % (len(an_answer()) + 10),
                b"%d" % (len(an_answer()) - 10),
                b"%d" % (len(an_answer()) - 100),
            )
        ),
        (a_record(length=b"%d" % (len(an_answer()) - 10)), [("1", WRONG)]),
        (ONE + b"some noise\n" + TWO, [("1", "ok"), ("after record 1", "11 bytes"), ("2", "ok")]),
        (ONE + b"\xff\0" * 90_000 + TWO, [("1", "ok"), ("after record 1", "180,000 bytes"), ("2", "ok")]),
        (b"noise\n" + ONE, [("after record 0", "6 bytes"), ("1", "ok")]),
        (ONE + b"noise", [("1", "ok"), ("after record 1", "5 bytes")]),
        (ONE + b"\0" * 5000, [("1", "ok")]),
        (ONE + b"\r\n" * 3, [("1", "ok")]),
        (ONE[:-4] + TWO, [("1", "ok"), ("2", "ok")]),
        (ONE + TWO.replace(b"WARC/1.0", b"WARC/9.9") + THREE, [("1", "ok"), ("after record 1", "bytes"), ("3", "ok")]),
        (
            ONE + a_record(extra=b"X: " + b"a" * 99_000 + b"\r\n") + THREE,
            [("1", "ok"), ("after record 1", "bytes"), ("3", "ok")],
        ),
        (ONE + TWO.replace(b"WARC-Type: response\r\n", b"") + THREE, [("1", "ok"), ("2", WRONG), ("3", "ok")]),
        (a_record(block=b"\xff not an answer") + TWO, [("1", "does not begin"), ("2", "ok")]),
        (a_record(block=an_answer(status=b"abc")) + TWO, [("1", "does not begin"), ("2", "ok")]),
        (a_record(block=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n") + TWO, [("1", "empty"), ("2", "ok")]),
        (a_record(block=an_answer(extra=b"X: y\r\n" * 20_000)) + TWO, [("1", "64,000"), ("2", "ok")]),
        (a_record(block=b"HTTP/1.1 200 OK\nContent-Type: text/html\n\nText.") + TWO, [("1", "ok"), ("2", "ok")]),
        (ONE.replace(b"\r\n", b"\n") + TWO.replace(b"\r\n", b"\n"), [("end", "Cut off before any")]),
    ],
)
def test_damage_is_said_and_sound_records_around_it_are_taken(data, expected):
    """Every record is taken once, and every stretch that is none is one refusal with its place."""
    said = taken(data)

    assert [key for key, _ in said] == [key for key, _ in expected]
    for (_, told), (_, word) in zip(said, expected, strict=True):
        assert told == word if word == "ok" else word in told


EACH = [gzip.compress(record) for record in (ONE, TWO, THREE)]


@pytest.mark.parametrize(
    ("data", "keys", "word"),
    [
        (b"".join(EACH), ["1", "2", "3"], None),
        (gzip.compress(ONE + TWO + THREE), ["1", "2", "3"], None),
        (b"".join(EACH) + b"\0" * 700, ["1", "2", "3"], None),
        (b"\0".join(EACH), ["1", "2", "3"], None),
        (b"".join(EACH)[:-30], ["1", "2"], "Broken off after 2 records"),
        (b"".join(EACH)[:-3], ["1", "2", "3"], "Broken off after 3 records"),
        (gzip.compress(ONE + TWO + THREE, 0)[:-40], ["1", "2"], "Broken off after 2 records"),
        (b"".join(EACH) + b"junk", ["1", "2", "3"], "not compressed"),
        (EACH[0] + b"junk" + EACH[1], ["1"], "not compressed"),
        (EACH[0] + EACH[1][:-8] + b"\1" * 8 + EACH[2], ["1"], "damaged"),
    ],
)
def test_a_packed_archive_that_breaks_off_says_after_how_many_records(data, keys, word):
    """Fastwarc takes a cut gzip file for a whole one; here it is told."""
    said = taken(data)

    assert [key for key, told in said if told == "ok"] == keys
    assert [key for key, told in said if told != "ok"] == (["end"] if word else [])
    assert word is None or word in said[-1][1]


def test_what_comes_out_of_a_packed_archive_is_counted_and_bounded():
    """A bomb of a record that holds no document at all still meets the limit."""
    bomb = gzip.compress(a_record(block=an_answer(b"\0" * 3_000_000, type=b"image/png")))
    walk = Walk(limits=Limits(max_archive_bytes=1_000_000))

    with pytest.raises(InputTooLarge, match="max_archive_bytes"):
        list(members(BytesIO(bomb), "x", NOTHING, walk))


def test_records_that_all_state_wrong_lengths_cost_no_time_without_end():
    """Going back into the stream is bounded, so that time does not grow with the square of the file."""
    bad = b"".join(a_record(f"https://news.example/{n}", length=b"9000000") for n in range(20_000))
    start = time.monotonic()

    said = taken(bad)

    assert "too many places" in said[-1][1]
    assert time.monotonic() - start < 20


def test_names_in_addresses_turn_no_line():
    """Control characters and marks that turn the direction of writing are not shown."""
    member = the_member(a_record("https://news.example/a\u202eb\x1b[31m" + "c" * 500))

    assert not set(member.place) & {"\u202e", "\x1b"}
    assert len(member.place) < 200


@pytest.mark.parametrize("pack", ["each", "all", "not"])
def test_two_thousand_records_are_taken_once_and_fast(pack):
    """Speed is far above what is read afterwards: some thousand records a second; the floor is for a busy machine."""
    records = [a_record(f"https://news.example/{n}", an_answer(PAGE + b"%d" % n * 2000)) for n in range(2000)]
    data = b"".join(gzip.compress(one, 1) for one in records) if pack == "each" else b"".join(records)
    data = gzip.compress(data, 1) if pack == "all" else data
    start = time.monotonic()

    found = list(members(BytesIO(data), "x", NOTHING, Walk()))

    took = time.monotonic() - start
    print(f"{pack}: {2000 / took:,.0f} records/s")
    assert [member.found.url for member in found] == [f"https://news.example/{n}" for n in range(2000)]
    offsets = [member.offset or 0 for member in found]
    assert offsets == sorted(offsets)
    assert found[-1].offset == len(data)
    assert took < 10


def test_an_archive_among_the_items(tmp_path):
    """From the file to the document: the crawl bounds its date, the address is its own, and the end is told."""
    text = b"<p>Norway and Ghana signed a treaty on ports in Accra, ministers of both states said on Monday.</p>"
    page = b"<html><head><title>Ports</title></head><body><article>" + text * 8 + b"</article></body></html>"
    record = a_record("https://news.example/2024/03/04/ports", an_answer(page))
    path = tmp_path / "news.warc.gz"
    path.write_bytes(gzip.compress(record) + gzip.compress(ONE)[:-20])
    walk = Walk()

    first, last = items(inputs([str(path)], walk.passed_over), walk)

    document = first.make()
    assert isinstance(document, Document)
    assert document.url == "https://news.example/2024/03/04/ports"
    assert (document.published, document.dated_by) == (date(2024, 3, 4), "url")
    with pytest.raises(UnreadableInput, match="Broken off after 1 record"):
        last.make()
