"""Gzip, zip and tar archives: what is taken of them, what is counted, what is refused, and that bombs do not go off."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import tarfile
import time
import tracemalloc
import warnings
import zipfile
import zlib
from io import BytesIO

import pytest

from dragoman.domain import Document
from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources import gzipped, tarred, zipped
from dragoman.sources.files import inputs
from dragoman.sources.items import Walk, items
from dragoman.sources.known import NOTHING, Known
from dragoman.sources.limits import Limits
from dragoman.sources.unpacking import FOLDERS, OTHERS, Forward, cleaned, name_in, other

TEXT = b"Peru and Laos agreed on visas in Vientiane on Friday. "


def a_zip(*files, method=zipfile.ZIP_DEFLATED):
    """Return a zip archive; a file is a name, or a ZipInfo, and its bytes."""
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # the same name twice
        for name, data in files:
            archive.writestr(name, data, method)
    return out.getvalue()


def a_tar(*files, **more):
    """Return a tar archive; a file is a name, or a TarInfo, and its bytes."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w", **more) as archive:
        for name, data in files:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return out.getvalue()


def a_link(type, target="/etc/passwd"):
    """Return the entry of a link in a tar archive."""
    info = tarfile.TarInfo("link.txt")
    info.type, info.linkname = type, target
    return info


def told(module, data, walk=None, place="x"):
    """Return what is said of each member by its place (its bytes, where it has them), and of the end."""
    said = []
    try:
        for member in module.members(BytesIO(data), place, NOTHING, walk or Walk()):
            content = member.content
            if hasattr(content, "read"):
                content = content.read()
            said.append((member.place.removeprefix("x: "), content if isinstance(content, bytes) else str(content)))
    except UnreadableInput as error:
        said.append(("end", str(error)))
    return said


def check(said, expected):
    """Compare what is said with names and bytes, or words that must be in it."""
    assert [key for key, _ in said] == [key for key, _ in expected]
    for (_, content), (_, word) in zip(said, expected, strict=True):
        assert content == word if isinstance(word, bytes) else word in content


BOTH = pytest.mark.parametrize(("module", "make"), [(zipped, a_zip), (tarred, a_tar)], ids=["zip", "tar"])


@BOTH
def test_documents_are_taken_in_order_and_the_rest_is_counted(module, make):
    """The order is the archive's; folders, hidden files and files of other kinds are counted."""
    walk = Walk()
    folder = tarfile.TarInfo("2026")
    folder.type = tarfile.DIRTYPE
    data = make(
        ("2026/b.html", b"<p>b</p>"), ("a.txt", TEXT), ("photo.jpg", b"\xff\xd8"), ("__MACOSX/a.txt", b"x"),
        ("2026/._b.html", b"x"), (".DS_Store", b"x"), ("Makefile", b"x"), ("2026/c.PDF", b"%PDF-"),
        (folder if make is a_tar else "2026/", b""),
    )  # fmt: skip

    said = told(module, data, walk)

    check(said, [("2026/b.html", b"<p>b</p>"), ("a.txt", TEXT), ("2026/c.PDF", b"%PDF-")])
    assert dict(walk.passed_over) == {OTHERS: 5, FOLDERS: 1}


@BOTH
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("../../etc/cron.d/a.txt", "etc/cron.d/a.txt"),
        ("/srv/a.txt", "srv/a.txt"),
        ("C:\\temp\\a.txt", "temp/a.txt"),
        ("C:a.txt", "a.txt"),
        ("a\\..\\b.txt", "a/b.txt"),
        ("//host/share/a.txt", "host/share/a.txt"),
        ("in\x1b[2Ja\nvoice.txt", "in [2Ja voice.txt"),
        ("in\u202etxt.exe.txt", "in txt.exe.txt"),
        ("n" * 300 + ".txt", "…" + "n" * 145 + ".txt"),
        ("./a.txt", "a.txt"),
    ],
)
def test_a_name_that_leads_out_or_deceives_is_only_shown_and_cleaned(module, make, name, place, tmp_path, monkeypatch):
    """The content is read; nothing is written anywhere."""
    monkeypatch.chdir(tmp_path)

    said = told(module, make((name, TEXT)))

    assert said == [(place, TEXT)]
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_a_document_too_large_is_refused_by_what_the_archive_states(module, make):
    """Nothing of it is unpacked, and the next file is taken."""
    walk = Walk(limits=Limits(max_bytes=1_000))

    said = told(module, make(("big.txt", b"a" * 2_000), ("rows.csv", b"a,b\n" * 500), ("a.txt", TEXT)), walk)

    check(said, [("big.txt", "max_bytes"), ("rows.csv", b"a,b\n" * 500), ("a.txt", TEXT)])
    assert walk.unpacked < 2_100


@BOTH
def test_an_archive_in_an_archive_is_handed_on_as_a_file(module, make):
    """It is open at its beginning, and holds what it held."""
    inner = a_zip(("a.txt", TEXT))

    assert told(module, make(("inner.zip", inner))) == [("inner.zip", inner)]


def with_header(data, name, *, at=None, field=None, directory=None):
    """Return a zip archive with a field changed in the directory's entry of a name (`at` bytes behind its start)."""
    place = data.index(b"PK\x01\x02", data.index(name) + len(name))
    while data[place + 46 : place + 46 + len(name)] != name:
        place = data.index(b"PK\x01\x02", place + 4)
    return data[: place + at] + field + data[place + at + len(field) :]


SMALL = a_zip(("a.txt", TEXT), ("b.txt", b"b" * 400), ("c.txt", b"The end."))
STORED = a_zip(("a.txt", TEXT), ("b.txt", b"b" * 400), method=zipfile.ZIP_STORED)
SYMLINK = zipfile.ZipInfo("b.txt")
SYMLINK.create_system, SYMLINK.external_attr = 3, (stat.S_IFLNK | 0o777) << 16


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (with_header(SMALL, b"b.txt", at=8, field=b"\x01\x00"), "encrypted"),
        (with_header(SMALL, b"b.txt", at=10, field=b"\x63\x00"), "method that is not read"),
        (with_header(SMALL, b"b.txt", at=10, field=b"\x00\x00"), "two different things"),
        (with_header(SMALL, b"b.txt", at=16, field=b"\1\2\3\4"), "CRC"),
        (with_header(SMALL, b"b.txt", at=24, field=struct.pack("<I", 399)), "larger than the 399 bytes"),
        (with_header(SMALL, b"b.txt", at=24, field=struct.pack("<I", 401)), "ends after 400 bytes"),
        (with_header(SMALL, b"b.txt", at=20, field=struct.pack("<I", 2)), "ends after"),
        (a_zip(("a.txt", TEXT), (SYMLINK, b"/etc/passwd"), ("c.txt", b"The end.")), "link"),
    ],
)
def test_a_file_that_cannot_be_unpacked_is_refused_by_its_name(data, word):
    """The files before and behind it are taken."""
    check(told(zipped, data), [("a.txt", TEXT), ("b.txt", word), ("c.txt", b"The end.")])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_memory_cannot_be_bounded_are_refused(method):
    """A few bytes of them come out as gigabytes in one step."""
    check(told(zipped, a_zip(("a.txt", TEXT), method=method)), [("a.txt", "method that is not read")])


def test_damaged_bytes_are_refused():
    """A wrong byte in the middle is noticed by the format or by the check sum."""
    place = STORED.index(b"bbbb")
    deflated = SMALL.index(b"b.txt") + 5

    check(told(zipped, STORED[:place] + b"x" + STORED[place + 1 :]), [("a.txt", TEXT), ("b.txt", "CRC")])
    check(
        told(zipped, SMALL[:deflated] + b"\xff\xff" + SMALL[deflated + 2 :]),
        [("a.txt", TEXT), ("b.txt", "damaged"), ("c.txt", b"The end.")],
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", SMALL[:-30], SMALL[:40], SMALL.replace(b"PK\x01\x02", b"PK\xff\x02"), b"PK\x05\x06" * 9],
)
def test_an_archive_whose_directory_cannot_be_read_is_refused(data):
    """One sentence says so, and what to do."""
    check(told(zipped, data), [("end", "list of files")])


def a_quoted_overlap(count):
    """Return an archive whose entries all share one kernel, each also quoting the headers of those behind it."""
    packer = zlib.compressobj(9, wbits=-15)
    body = packer.compress(b"0" * 1_000_000) + packer.flush()
    local, central, offset = b"", b"", 0
    for number in range(count):
        name = b"%04d.txt" % number
        size = len(body) + (count - 1 - number) * (30 + len(name))
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 1, size, 1_000_000, len(name), 0)
        local += b"PK\x03\x04" + head + name
        central += b"PK\x01\x02" + b"\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        offset = len(local)
    local += body
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)
    return local + central + tail


def test_files_that_share_their_bytes_are_refused():
    """A bomb of overlapping files is not unpacked at all, and neither is one file that is listed twice."""
    walk = Walk()
    entry = SMALL.index(b"PK\x01\x02")
    end = SMALL.index(b"PK\x05\x06")
    second = SMALL.index(b"PK\x01\x02", entry + 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 4, 4, end - entry + second - entry, entry, 0)
    twice = SMALL[:end] + SMALL[entry:second] + tail

    said = told(zipped, a_quoted_overlap(500), walk)

    assert len(said) == 500
    assert all("shares its bytes" in content for _, content in said)
    assert walk.unpacked == 0
    check(
        told(zipped, twice),
        [("a.txt", "shares"), ("b.txt", b"b" * 400), ("c.txt", b"The end."), ("a.txt", "shares")],
    )


def test_a_gigabyte_of_zeros_is_not_unpacked_as_text_and_stopped_as_a_table():
    """A text is refused by its stated size, what may be larger as soon as the ratio tells."""
    packer = zlib.compressobj(9, wbits=-15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1000)) + packer.flush()
    size = 1000 << 20
    blob, central = b"", b""
    for name in (b"a.txt", b"b.csv"):
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0)
        central += b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, len(blob)) + name
        blob += b"PK\x03\x04" + head + name + packed
    data = blob + central + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2, 2, len(central), len(blob), 0)
    start = time.monotonic()
    tracemalloc.start()

    said = told(zipped, data)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    check(said, [("a.txt", "max_bytes"), ("b.csv", "fill disks")])
    assert peak < 150_000_000
    assert time.monotonic() - start < 10


def test_the_budget_of_all_that_is_unpacked_ends_an_archive():
    """Where many files together are too many bytes, the rest of the archive is refused at once."""
    walk = Walk(limits=Limits(max_archive_bytes=1_000))
    noise = random.Random(1).randbytes(400)

    said = told(zipped, a_zip(*((f"{n}.txt", noise) for n in range(9))), walk)

    assert [key for key, _ in said] == ["0.txt", "1.txt", "end"]
    assert "max_archive_bytes" in said[-1][1]


def test_a_hundred_thousand_empty_files_take_seconds():
    """Time grows with their number, not with its square."""
    data = a_zip(*((f"{n}.txt", b"") for n in range(100_000)), method=zipfile.ZIP_STORED)
    start = time.monotonic()

    assert sum(1 for _ in zipped.members(BytesIO(data), "x", NOTHING, Walk())) == 100_000
    assert time.monotonic() - start < 20


TAR = a_tar(("a.txt", TEXT), ("b.txt", b"b" * 1_500), ("c.txt", b"The end."))
B, C = 1024, 1024 + 512 + 1536  # where the headers of b.txt and c.txt are
HOLES = tarfile.TarInfo("holes.csv")
HOLES.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,0", "GNU.sparse.size": "9"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TAR[: B + 700], [("a.txt", TEXT), ("end", "Cut off after 1 file, taken or counted, in the middle of b.txt")]),
        (TAR[: B + 100], [("a.txt", TEXT), ("end", "after 1 file")]),
        (TAR[:B], [("a.txt", TEXT), ("end", "mark of its end is missing")]),
        (TAR[:B] + b"\1" * 512 + TAR[C:], [("a.txt", TEXT), ("end", "no entry of a tar archive")]),
        (TAR[:B] + b"x" + TAR[B + 1 :], [("a.txt", TEXT), ("end", "no entry of a tar archive")]),
        (
            TAR + TAR,
            [("a.txt", TEXT), ("b.txt", b"b" * 1_500), ("c.txt", b"The end."), ("end", "Something follows the end")],
        ),
        (b"no tar" * 200, [("end", "before any file")]),
        (a_tar(), []),
        (a_tar(("a.txt", TEXT), format=tarfile.PAX_FORMAT, pax_headers={"comment": "ü" * 900}), [("a.txt", TEXT)]),
        (a_tar((a_link(tarfile.SYMTYPE), b""), ("a.txt", TEXT)), [("link.txt", "link"), ("a.txt", TEXT)]),
        (a_tar((a_link(tarfile.LNKTYPE), b""), ("a.txt", TEXT)), [("link.txt", "link"), ("a.txt", TEXT)]),
        (a_tar((a_link(tarfile.CHRTYPE), b""), ("a.txt", TEXT)), [("link.txt", "device"), ("a.txt", TEXT)]),
        (a_tar((a_link(tarfile.FIFOTYPE), b""), ("a.txt", TEXT)), [("link.txt", "device"), ("a.txt", TEXT)]),
        (a_tar((HOLES, b""), format=tarfile.PAX_FORMAT), [("holes.csv", "sparse")]),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["tar", "tar.gz"])
def test_what_came_before_the_damage_is_taken(data, expected, packed):
    """Python's reader takes a damaged header for the end; here the end is looked at."""
    said = told(gzipped, gzip.compress(data), place="x.tar.gz") if packed else told(tarred, data)

    check([(key.removeprefix("x.tar.gz: "), content) for key, content in said], expected)


def a_header(size_field, kind=b"0", name=b"a.txt"):
    """Return a tar header with any bytes as its size, and the right check sum."""
    head = bytearray(name.ljust(100, b"\0") + b"0000644\0" * 3 + size_field.ljust(12, b"\0") + b"0" * 12)
    head += b" " * 8 + kind + b"\0" * 100 + b"ustar\x0000" + b"\0" * 247
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


@pytest.mark.parametrize(
    "data",
    [
        a_header(b"\xff" * 8 + b"\xff\xff\xfe\x00") + bytes(4096),  # minus 512: the reader would go round for ever
        a_header(b"\xff" * 12) + bytes(4096),
        a_header(b"\x80" + b"\xff" * 11) + bytes(4096),
        a_header(b"77777777777", b"x") + bytes(4096),  # 8 GB of extended header, to be read in one piece
        a_header(b"77777777777", b"L") + bytes(4096),
        a_header(b"00000000000", b"x") * 2_000 + bytes(1024),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["tar", "tar.gz"])
def test_headers_that_lead_a_reader_round_or_fill_its_memory_are_refused(data, packed):
    """Nothing is taken, and it is said at once."""
    start = time.monotonic()

    said = told(gzipped, gzip.compress(data), place="x.tgz") if packed else told(tarred, data)

    assert not [content for _, content in said if isinstance(content, bytes) and content]
    assert said[-1][0] == "end"
    assert time.monotonic() - start < 5


def test_an_empty_file_is_no_tar_archive():
    """It has no end mark."""
    check(told(tarred, b""), [("end", "before any file")])


def test_a_stream_is_passed_once():
    """What lies ahead can be reached, one byte back too, and nothing else."""
    stream = Forward(BytesIO(b"0123456789"))

    assert (stream.read(2), stream.seek(5), stream.read(2)) == (b"01", 5, b"56")
    assert (stream.seek(6), stream.tell(), stream.read(2), stream.tell()) == (6, 6, b"67", 8)
    assert (stream.seek(90), stream.read(1)) == (10, b"")
    with pytest.raises(UnreadableInput, match="back into itself"):
        stream.seek(0)
    with pytest.raises(UnreadableInput, match="in one piece"):
        stream.read(1 << 40)


ROWS = b'title,body\n"Ports","one\ntwo"\n"Visas","three\nfour"\n'


@pytest.mark.parametrize(
    ("place", "data", "expected"),
    [
        ("a.txt.gz", gzip.compress(TEXT), [("a.txt", TEXT)]),
        ("news.zip: 2026/a.txt.gz", gzip.compress(TEXT), [("a.txt", TEXT)]),
        ("https://news.example/a.txt.gz?x=1", gzip.compress(TEXT), [("a.txt", TEXT)]),
        ("a.gz", gzip.compress(b""), [("a", b"")]),
        ("a.tar.gz", gzip.compress(b""), [("a.tar", b"")]),
        ("a.txt.gz", gzip.compress(TEXT[:20]) + b"\0" * 90 + gzip.compress(TEXT[20:]) + b"\0", [("a.txt", TEXT)]),
        ("a.txt.gz", gzip.compress(TEXT)[:-12], [("end", "a part is not the whole")]),
        ("a.txt.gz", gzip.compress(TEXT)[:-8] + bytes(8), [("end", "a part is not the whole")]),
        ("a.txt.gz", gzip.compress(TEXT) + b"junk", [("a.txt", TEXT), ("end", "not compressed")]),
        ("a.xml.gz", gzip.compress(b"<rss>" + TEXT, 0)[:-20], [("end", "a part is not the whole")]),
        ("a.jsonl.gz", gzip.compress(b'{"a": 1}\n{"a": 2}\n', 0)[:-12], [("a.jsonl", b'{"a": 1}\n'), ("end", "rows")]),
        ("a.csv.gz", gzip.compress(ROWS, 0)[:-11], [("a.csv", ROWS[:29]), ("end", "rows before the break")]),
        ("a.csv.gz", gzip.compress(b"title,bo", 0)[:-10], [("end", "a part is not the whole")]),
        ("a.zip.gz", gzip.compress(SMALL), [("a.zip", SMALL)]),
        ("a.txt.gz.gz", gzip.compress(gzip.compress(TEXT)), [("a.txt.gz", None)]),
        ("a.gz", b"\x1f\x8b", [("end", "a part is not the whole")]),
        ("a.gz", b"\x1f\x8bxxxxxxxxxxxxx", [("end", "a part is not the whole")]),
    ],
)
def test_one_file_in_gzip(place, data, expected):
    """Rows that are whole are taken before a break; a single document only where it is whole."""
    said = [(key.removeprefix(f"{place}: "), content) for key, content in told(gzipped, data, place=place)]

    expected = [(key, gzip.compress(TEXT) if word is None else word) for key, word in expected]
    if place == "a.txt.gz.gz":
        assert gzip.decompress(said[0][1]) == TEXT
        return
    check(said, expected)


def test_a_tar_in_gzip_lies_in_the_file_itself():
    """Its files are shown as the archive's own, with how far the archive has been read."""
    noise = random.Random(2).randbytes(300_000)
    data = gzip.compress(a_tar(("a.txt", TEXT), ("b.txt", noise), ("c.txt", TEXT)))

    found = list(gzipped.members(BytesIO(data), "x.tgz", NOTHING, Walk()))

    assert [member.place for member in found] == ["x.tgz: a.txt", "x.tgz: b.txt", "x.tgz: c.txt"]
    offsets = [member.offset or 0 for member in found]
    assert 0 < offsets[0] < len(data) // 2 < offsets[2] <= len(data)


def test_what_a_server_said_of_a_packed_file_holds_for_it_but_not_for_its_bytes():
    """The address is kept, the encoding of the packed bytes is not that of the text."""
    found = Known(url="https://news.example/a.txt.gz", charset="utf-16", html=True)

    (member,) = gzipped.members(BytesIO(gzip.compress(TEXT)), "x", found, Walk())

    assert member.found == Known(url="https://news.example/a.txt.gz")


@pytest.mark.parametrize("name", ["a.csv.gz", "a.txt.gz", "a.tar.gz"])
def test_a_gzip_bomb_is_stopped(name):
    """By the size of a document, by the ratio, or by the budget: within seconds and without filling memory."""
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(500)) + packer.flush()
    start = time.monotonic()

    said = told(gzipped, data, place=name)

    assert [key for key, _ in said] == ["end"]
    assert time.monotonic() - start < 10


def test_the_budget_holds_for_gzip():
    """What comes out is counted as it comes out."""
    walk = Walk(limits=Limits(max_archive_bytes=100_000))

    with pytest.raises(InputTooLarge, match="max_archive_bytes"):
        list(gzipped.members(BytesIO(gzip.compress(b"a,b\n" * 50_000)), "a.csv.gz", NOTHING, walk))


@pytest.mark.parametrize(
    ("name", "is_other"),
    [
        *((name, False) for name in ("a.txt", "b/a.JSONL", "a.tar", "../a.txt", "./a.md")),
        *((name, True) for name in ("a", "a.exe", "", "..", ".a.txt", "x/.git/a.txt", "__MACOSX/x/a.txt")),
    ],
)
def test_what_counts_as_another_file(name, is_other):
    """By its suffix and its place; an archive's own "." and ".." hide nothing."""
    assert other(name) is is_other


@pytest.mark.parametrize("name", ["", "/", "..", "C:", "\0", "\ud800", "a" * 9999, "\u202e\u202d", "../" * 999])
def test_any_name_can_be_shown(name):
    """Never empty, never long, always text that can be written."""
    assert 0 < len(cleaned(name).encode("utf-8")) <= 200
    assert name_in(f"x: {cleaned(name)}") is not None


def the_text(item):
    """Return the text of the document that an item makes."""
    document = item.make()
    assert isinstance(document, Document)
    return document.text


def test_archives_among_the_items(tmp_path):
    """Documents in a zip archive in a tar archive come out as items, damage as refusals, and nothing else is left."""
    text = TEXT * 5
    inner = a_zip(("news/a.txt", text), (SYMLINK, b"a"), ("b.txt", text + b"Ends."))
    path = tmp_path / "all.tar.gz"
    path.write_bytes(gzip.compress(a_tar(("inner.zip", inner), ("c.txt", text + b"More."), ("d.jpg", b"x")))[:-4])
    walk = Walk()

    found = list(items(inputs([str(path)], walk.passed_over), walk))

    shown = [item.place.removeprefix(f"{path}: ").removeprefix(f"{path}") for item in found]
    assert shown == ["inner.zip: news/a.txt", "inner.zip: b.txt", "inner.zip: b.txt", "c.txt", ""]
    assert [the_text(item).strip()[-5:] for item in (found[0], found[2], found[3])] == ["iday.", "Ends.", "More."]
    for item, word in ((found[1], "link"), (found[4], "cut off")):
        with pytest.raises(UnreadableInput, match=word):
            item.make()
    assert walk.passed_over[OTHERS] == 1


def test_temporary_files_are_closed():
    """The file that a member is given as is closed when the next is asked for."""
    walk = Walk()
    kept = [
        member.content
        for member in zipped.members(BytesIO(a_zip(("a.csv", b"a"), ("b.csv", b"b"))), "x", NOTHING, walk)
    ]

    assert all(isinstance(one, io.IOBase) and one.closed for one in kept)
