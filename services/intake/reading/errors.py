"""Why a file is refused as a list. The detail is what the uploader reads: what it is, and what to do."""

from collections.abc import Sequence

from shared.domain.errors import Refused


class NotAList(Refused):
    """This file is no list that can be read; send it in the form that the detail names.

    `columns` holds the header words that were found before the refusal, if any.
    """

    def __init__(self, code: str, detail: str, columns: Sequence[str] = ()) -> None:
        super().__init__(code, detail)
        self.columns = tuple(columns)


class WrongFormat(NotAList):
    """The bytes are of a kind that holds no list: export a CSV or XLSX from the program that made it."""


class Protected(NotAList):
    """The workbook is encrypted: save it without a password."""


class Hostile(NotAList):
    """The file would cost more than any list may: split it, or export a CSV."""


class NoTable(NotAList):
    """The text has no consistent columns, or no record: check that the right file was chosen."""


class Damaged(NotAList):
    """The container is broken off or corrupt: export it again."""
