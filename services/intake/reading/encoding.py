"""Which encoding a text is in: BOM, strict UTF-8 over the whole file, UTF-16 by its NULs, then the lines themselves.

What is undecided between code pages is settled by the country of the list.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

CHUNK_BYTES = 1 << 20
LEGACY_BYTES = 200_000
"""As much as the detector looks at: more bytes of foreign lines change no answer and cost time."""
FOREIGN_LINES = 20_000
"""So many lines that are no UTF-8 show what the file is."""
SIGNS_A_LINE = 20
PROBES = 8

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The code pages of a country, most used first.
COUNTRY_PAGES: dict[str, tuple[str, ...]] = {
    country: pages
    for countries, pages in (
        ("RU BY KZ KG TJ UZ BG MK", ("cp1251", "koi8_r", "cp866", "iso8859_5")),
        ("UA", ("cp1251", "koi8_u", "cp866")),
        ("PL CZ SK HU SI HR RO BA AL", ("cp1250", "iso8859_2", "cp852")),
        ("LT LV EE", ("cp1257", "iso8859_13", "iso8859_4", "cp775")),
        ("TR AZ", ("cp1254", "iso8859_9", "cp857")),
        ("GR CY", ("cp1253", "iso8859_7")),
        ("IL", ("cp1255",)),
        ("US GB IE DE AT CH FR BE NL ES PT IT DK SE NO FI IS CA AU NZ BR MX", ("cp1252", "cp850", "mac_roman")),
    )
    for country in countries.split()
}
# A subset's name -> the page that decodes all of it and what programs write under its name.
SUPERSETS = {
    "ascii": "utf-8",
    "iso8859_1": "cp1252",
    "iso8859_9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "cp950",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
}
COMMON_PAGES = tuple(
    """cp1252 cp1250 cp1251 cp1257 cp1254 cp1253 cp1255 cp1256 iso8859_1 iso8859_2 iso8859_5 iso8859_7 iso8859_9 iso8859_13
    iso8859_15 koi8_r koi8_u cp866 big5 gb18030 gb2312 gbk shift_jis cp932 euc_jp euc_kr cp949""".split()
)
"""What lists are written in; any other answer of the detector gives way to one of these that fits as well."""
NO_PAGES = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape"}
)
"""Codecs of Python that give text and are no encoding of a file."""
FEW_BYTES = 3
"""A text with no more different bytes beyond ASCII says nothing about its page."""
ODD_SIGN = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’“”„«»–—…®™°§¬¦©№]|[\x80-\x9f]")
CONTROL = re.compile(r"[\x80-\x9f]")
NON_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text: the codec's name, the length of the BOM, the page of lines that are not in it."""

    name: str
    bom_bytes: int = 0
    fallback: str | None = None


def find_encoding(
    open_stream: Callable[[], BinaryIO],
    *,
    country: str | None = None,
    size_bytes: int | None = None,
    is_seekable: bool = True,
) -> Encoding:
    """Decide from the whole stream; with `size_bytes` from head, tail and probes, or the head when not seekable."""

    def read() -> Iterator[bytes]:
        return read_blocks(open_stream, size_bytes, is_seekable=is_seekable)

    with open_stream() as stream:
        head = stream.read(CHUNK_BYTES)
    for bom, name in BOMS:
        if head.startswith(bom):
            return Encoding(name, len(bom), fallback=find_fallback(read(), name, country))
    wide = find_wide(head)
    if wide:
        return Encoding(wide)
    legacy, is_mixed = find_foreign_lines(read())
    if not legacy:
        return Encoding("utf-8")
    page = find_page(legacy, country)
    return Encoding("utf-8", fallback=page) if is_mixed else Encoding(page)


def name_encoding(name: str, head: bytes) -> Encoding:
    """The encoding that a person named, without the BOM; the byte order that a name leaves open is found in the head.

    Raises:
        LookupError: when no text is decoded by it.
    """
    try:
        bytes(4).decode(name)
        known = codecs.lookup(name).name
    except ValueError as error:
        raise LookupError(name) from error
    if known in NO_PAGES:
        raise LookupError(name)
    known = "utf-8" if known == "utf-8-sig" else known
    for bom, marked in BOMS:
        if head.startswith(bom) and marked.startswith(known):
            return Encoding(marked, len(bom))
    if known not in ("utf-16", "utf-32"):
        return Encoding(known)
    wide = find_wide(head)
    return Encoding(wide if wide and wide.startswith(known) else f"{known}-le")


def find_fallback(blocks: Iterator[bytes], name: str, country: str | None) -> str | None:
    """The page of lines that are no UTF-8 in a file whose BOM says UTF-8; None when there are none."""
    if name != "utf-8":
        return None
    legacy, _ = find_foreign_lines(blocks)
    return find_page(legacy, country) if legacy else None


def find_wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM, by where the NULs of its ASCII characters stand."""
    sample = head[: 4096 * 4]
    if len(sample) < 8 or sample.count(0) < len(sample) // 5:
        return None
    zeros = [sample[place::4].count(0) * 4 / len(sample) for place in range(4)]
    if min(zeros[1:]) > 0.9 > zeros[0]:
        return "utf-32-le"
    if min(zeros[:3]) > 0.9 > zeros[3]:
        return "utf-32-be"
    odd, even = zeros[1] + zeros[3], zeros[0] + zeros[2]
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else None


def read_blocks(open_stream: Callable[[], BinaryIO], size_bytes: int | None, *, is_seekable: bool) -> Iterator[bytes]:
    """Blocks of whole lines: the whole stream, or head, probes and tail of a large file."""
    with open_stream() as stream:
        if size_bytes is None or (is_seekable and size_bytes <= (PROBES + 2) * CHUNK_BYTES):
            yield from read_whole_lines(stream)
            return
        if not is_seekable:
            yield from islice(read_whole_lines(stream), PROBES)
            return
        for place in range(PROBES + 2):
            stream.seek(place * (size_bytes - CHUNK_BYTES // 4) // (PROBES + 1))
            block = stream.read(CHUNK_BYTES // 4)
            start = block.find(b"\n") + 1 if place else 0
            yield block[start : block.rfind(b"\n") + 1]


def read_whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Blocks of about a megabyte, each cut behind a line end (a longer line is cut where it is)."""
    rest = b""
    while block := stream.read(CHUNK_BYTES):
        block = rest + block
        cut = block.rfind(b"\n") + 1 or block.rfind(b"\r") + 1
        if not cut and len(block) > 4 * CHUNK_BYTES:
            cut = len(block)
        rest = block[cut:]
        if cut:
            yield block[:cut]
    if rest:
        yield rest


def find_foreign_lines(blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """(lines that are no UTF-8, at most LEGACY_BYTES of them; whether others are UTF-8 beyond ASCII)."""
    legacy = bytearray()
    foreign = valid = 0
    for block in blocks:
        if block.isascii():
            continue
        if is_utf8(block):
            valid += 1 + (len(block) - len(block.decode("ascii", "ignore"))) // SIGNS_A_LINE
            continue
        for line in re.split(rb"(?<=[\r\n])", block):
            if line.isascii():
                continue
            if is_mostly_utf8(line):
                valid += len(NON_ASCII.findall(line)) >= 4
                continue
            foreign += 1
            if len(legacy) < LEGACY_BYTES:
                legacy += line
            if foreign == FOREIGN_LINES:
                return bytes(legacy), valid * 20 >= foreign
    return bytes(legacy), valid * 20 >= foreign and valid > 0


def is_utf8(block: bytes) -> bool:
    """True when the bytes decode strictly."""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_mostly_utf8(line: bytes) -> bool:
    """True for UTF-8 in which at most a third of the characters beyond ASCII are broken."""
    text = line.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken >= 2 * broken


def find_page(legacy: bytes, country: str | None) -> str:
    """The legacy encoding of the lines given: the detector's answer, unless the country's own page fits as well."""
    import chardet

    found = [
        (codecs.lookup(str(guess["encoding"])).name.replace("-", "_"), float(guess["confidence"] or 0))
        for guess in chardet.detect_all(legacy, ignore_threshold=True)
        if guess["encoding"] and is_known(str(guess["encoding"]))
    ]
    own = COUNTRY_PAGES.get(country or "", ())
    if not found or (len(set(NON_ASCII.findall(legacy))) <= FEW_BYTES and not is_certain(found)):
        return find_least_odd(legacy, [*own, "cp1252", *(name for name, _ in found)])
    best, sure = found[0]
    for wanted, share in ((own, 0.9), (COMMON_PAGES, 0.95)):
        fitting = [name for name, confidence in found if confidence >= share * sure and name in wanted]
        if fitting and best not in wanted:
            best = fitting[0]
    if CONTROL.search(legacy.decode(best, "replace")):
        best = find_least_odd(legacy, [best, *(name for name, confidence in found if confidence >= 0.8 * sure)])
    if not own and best != "cp1252" and says_the_same(legacy, best, "cp1252"):
        return "cp1252"
    return SUPERSETS.get(best, best)


def says_the_same(legacy: bytes, page: str, other: str) -> bool:
    """True when the lines are the same text in both pages."""
    return legacy.decode(page, "replace") == legacy.decode(other, "replace")


def is_certain(found: list[tuple[str, float]]) -> bool:
    """True when the first answer stands far above the second."""
    return found[0][1] >= 0.5 and (len(found) == 1 or found[0][1] > 2 * found[1][1])


def find_least_odd(legacy: bytes, pages: list[str]) -> str:
    """The first page in which the fewest signs that are no letters stand beside letters, and all bytes have a meaning."""
    odd: dict[str, int] = {}
    for page in pages:
        text = legacy.decode(page, "replace")
        odd.setdefault(page, len(ODD_SIGN.findall(text)) + 10 * text.count("\ufffd"))
    return min(odd, key=lambda page: odd[page])


def is_known(name: str) -> bool:
    """True when Python can decode it."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
