"""Files that ask for all the memory or time there is, by kind: what they are made of, and what is said of them."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

LIST: Final = b"Company,Phone\nAlfa,+44 20 7946 0001\n"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN: Final = "urn:oasis:names:tc:opendocument:xmlns"
_CELL: Final = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
_ROW: Final = "<table:table-row>{}</table:table-row>"
_ROWS: Final = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Phone</t></is></c></row><row r="2"><c r="A2"><v>442079460001</v></c></row>'
_FAULT: Final = b'<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'
_ENTITIES: Final = b'<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_xlsx(rows: bytes, *, head: bytes = b"", tail: bytes = b"", strings: bytes = b"") -> bytes:
    """A smallest XLSX: `head` before the sheet's root, `tail` behind its rows, `strings` its shared ones."""
    links = f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    links += f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    related = f'<Relationships xmlns="{_KINDS}/relationships">{{}}</Relationships>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_KINDS}/content-types">{types}<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": related.format(root),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": related.format(links),
    }
    sheet = head + f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + rows + b"</sheetData>" + tail + b"</worksheet>"
    files = {name: text.encode() for name, text in parts.items()} | {"xl/worksheets/sheet1.xml": sheet}
    return pack(files | ({"xl/sharedStrings.xml": _shared(strings)} if strings else {}))


def _shared(strings: bytes) -> bytes:
    return f'<sst xmlns="{_MAIN}">'.encode() + strings + b"</sst>"


def make_ods(rows: str, *, head: str = "") -> bytes:
    """A smallest ODS around the XML of its rows."""
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'{head}<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return pack({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()})


def make_xlsb(book: bytes, **parts: bytes) -> bytes:
    """What calls itself a binary workbook."""
    return pack({"xl/workbook.bin": book, **{f"xl/{name}.bin": data for name, data in parts.items()}})


def _two_columns(first: int, last: int) -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>1</v></c></row>'
    return b"".join(row % (n, n, n, n) for n in range(first, last))


def _late(line: bytes) -> bytes:
    return b"Company,Phone\n" + b"Alfa,1\n" * 5000 + line + b"\nBeta,2\n"


def _thousand_columns() -> bytes:
    lines = ([b"c%d" % n for n in range(1000)], *([b"%d" % (n * line) for n in range(1000)] for line in range(500)))
    return b"\n".join(map(b",".join, lines))


def _wrapped_json() -> bytes:
    records = b",".join(b'{"company":"A%d","phone":"%d"}' % (n, n) for n in range(200_000))
    return b'{"total":5,"data":{"page":1,"items":[' + records + b"]}}"


def _ever_new_keys() -> bytes:
    return json.dumps([{f"key{n}": n} for n in range(100_000)]).encode()


_WIDE: Final = ",".join(["x"] * 100_000).encode()
_QUOTED: Final = ",".join(['"x"'] * 100_000).encode()
_MEGABYTE: Final = b"x" * (1 << 20)
_REPEATED_ROWS: Final = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'

TOO_MUCH: Final = {"bomb", "damaged", "too_large", "too_many_columns"}
READ: Final[set[str]] = set()
"""Nothing is refused: the file is read, at no higher price."""

KINDS: Final[Mapping[str, tuple[Callable[[], bytes], set[str]]]] = {
    # texts
    "a hundred thousand columns": (lambda: (_WIDE + b"\n") * 3, {"too_many_columns"}),
    "a hundred thousand columns in a late row": (lambda: _late(_WIDE), READ),
    "a hundred thousand quoted columns in a late row": (lambda: _late(_QUOTED), READ),
    "a thousand columns": (_thousand_columns, READ),
    "a line of a megabyte": (lambda: LIST + _MEGABYTE + b",2\nBeta,3\n", READ),
    "many lines of a megabyte": (lambda: LIST + (_MEGABYTE + b",2\n") * 60, READ),
    "many quoted cells of a megabyte": (lambda: LIST + (b'"' + _MEGABYTE + b'",2\n') * 30, READ),
    "a line without an end": (lambda: b"a,b\n" + b"x" * (9 << 20), {"line_too_long"}),
    "megabytes of quotes": (lambda: b"a,b\n1,2\n" + b'"' * (3 << 19) + b"\n", READ),
    "a million quoted quotes": (lambda: b"a,b\n" + b'"""",' * 350_000 + b"\n", {"too_many_columns"}),
    "megabytes of dashes": (lambda: b"a,b\n1,2\n" + b"-" * (3 << 19) + b"x,1\n3,4\n", READ),
    "quotes that never close": (lambda: b"id,name,city\n" + b'1,"open,Rome\n' * 100_000, READ),
    "one quote that never closes": (lambda: b'id,name,city\n1,"' + (b"x" * 100 + b"\n") * 100_000, READ),
    "every second line in another encoding": (
        lambda: b"name;phone\n" + b"\xef\xf0\xe8;1\n\xc5\x82\xc4\x85;2\n" * 400_000,
        READ,
    ),
    "line ends of the old kind": (lambda: b"a;b\r" + b"x;y\r" * 1_000_000, READ),
    "nulls": (lambda: bytes(8 << 20), {"line_too_long", "empty"}),
    "a bomb in gzip": (lambda: gzip.compress(b"a,b\n" * (20 << 20)), {"bomb"}),
    "a bomb in a zip": (lambda: pack({"list.csv": b"a,b\n" * (20 << 20)}), {"bomb"}),
    "thousands of files in a zip": (lambda: pack({f"{n}.csv": LIST for n in range(2000)}), READ),
    # JSON
    "lists in lists": (lambda: b"[" * 500_000, {"json_too_deep", "no_records", "line_too_long", "free_text"}),
    "objects in objects": (lambda: b'{"a":' * 200_000, {"json_too_deep", "no_records", "line_too_long", "free_text"}),
    "keys that are ever new": (_ever_new_keys, {"too_many_columns"}),
    "a record of empty lists": (lambda: b'[{"a":[' + b"[]," * 2_000_000 + b"1]}]", {"json_too_large"}),
    "a value of megabytes": (lambda: b'[{"a":"' + b"x" * (9 << 20) + b'"}]', {"line_too_long", "json_too_large"}),
    "a long list in an object": (_wrapped_json, READ),
    # XLSX
    "blanks": (lambda: make_xlsx(_ROWS + b" " * (80 << 20)), {"bomb"}),
    "laughs": (
        lambda: make_xlsx(_ROWS.replace(b"Phone", b"&j;"), head=b"<!DOCTYPE x [" + _ENTITIES + b"]>"),
        {"empty"},
    ),
    "laughs beside an error": (
        lambda: make_xlsx(_ROWS.replace(b"Phone", b"&j;") + _FAULT, head=b"<!DOCTYPE x [" + _ENTITIES + b"]>"),
        {"damaged"},
    ),
    "a late row of a hundred thousand cells": (
        lambda: make_xlsx(_ROWS + b'<row r="3">' + b"<c><v>1</v></c>" * 100_000 + b"</row>"),
        {"too_many_columns"},
    ),
    "shared strings by the million": (lambda: make_xlsx(_ROWS, strings=b"<si><t>x</t></si>" * 2_500_000), {"bomb"}),
    "shared strings below the bound": (
        lambda: make_xlsx(_ROWS, strings=b"".join(b"<si><t>x%d</t></si>" % n for n in range(500_000))),
        READ,
    ),
    "shared strings beside an error": (
        lambda: make_xlsx(_ROWS + _FAULT, strings=b"".join(b"<si><t>x%d</t></si>" % n for n in range(500_000))),
        READ,
    ),
    "a shared string of megabytes": (
        lambda: make_xlsx(_ROWS, strings=b"<si><t>" + b"y" * (40 << 20) + b"</t></si>"),
        {"bomb"},
    ),
    "three hundred thousand merged cells": (
        lambda: make_xlsx(
            _ROWS, tail=b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 300_000 + b"</mergeCells>"
        ),
        READ,
    ),
    "elements a million deep": (
        lambda: make_xlsx(b'<row r="1"><c r="A1" t="inlineStr"><is>' + b"<r>" * 1_000_000 + b"</is></c></row>"),
        {"empty", "damaged"},
    ),
    "a cell in the far corner": (
        lambda: make_xlsx(_ROWS + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        TOO_MUCH,
    ),
    "a cell in the last row": (lambda: make_xlsx(_ROWS + b'<row r="1048576"><c r="C1048576"><v>1</v></c></row>'), READ),
    "a cell four million cells away": (
        lambda: make_xlsx(_ROWS + b'<row r="4000"><c r="ALL4000"><v>1</v></c></row>'),
        READ,
    ),
    "a hundred thousand plain rows": (lambda: make_xlsx(_ROWS + _two_columns(3, 100_000)), READ),
    # ODS, XLSB
    "columns repeated in an ODS": (
        lambda: make_ods(_ROW.format(_CELL.format(' table:number-columns-repeated="2000000000"'))),
        TOO_MUCH,
    ),
    "rows repeated in an ODS": (lambda: make_ods(_REPEATED_ROWS.format(2_000_000_000, _CELL.format(""))), TOO_MUCH),
    "blanks repeated in an ODS": (
        lambda: make_ods(_ROW.format(_CELL.replace("x", 'a<text:s text:c="2000000000"/>').format("")) * 2),
        TOO_MUCH,
    ),
    "a late row of a hundred thousand cells in an ODS": (
        lambda: make_ods(_ROW.format(_CELL.format("") * 2) * 3 + _ROW.format(_CELL.format("") * 100_000)),
        {"too_many_columns"},
    ),
    "a cell of megabytes in an ODS": (
        lambda: make_ods(_ROW.format(_CELL.replace("x", "z" * (40 << 20)).format(""))),
        {"bomb"},
    ),
    "laughs in an ODS": (
        lambda: make_ods(
            _ROW.format(_CELL.replace("x", "&j;").format("")), head=f"<!DOCTYPE x [{_ENTITIES.decode()}]>"
        ),
        {"empty", "damaged", "no_records"},
    ),
    "a bomb in an ODS": (lambda: make_ods(" " * (80 << 20)), {"bomb"}),
    "a bomb in an XLSB": (lambda: make_xlsb(bytes(80 << 20)), {"bomb"}),
    "megabytes of nothing in an XLSB": (lambda: make_xlsb(bytes(12 << 20), sharedStrings=bytes(3 << 20)), TOO_MUCH),
}
