"""What providers send about lines, in any form they send it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Refused
from shared.domain.evidence_kind import KINDS
from shared.domain.line_check import COLUMNS, WORDS, Result, kind_of, read_results, write_list

AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_results_are_read_in_any_form() -> None:
    wanted = Result("+48600000001", "unallocated", AT, "Q.850:1")
    row = '{"msisdn": "48600000001", "cause": "Q.850:1", "checked_at": "2026-11-20T00:00:00"}'
    for text in (f"[{row}]", f"{row}\n{row}", "MSISDN;Cause;Checked At\n48600000001;Q.850:1;2026-11-20T00:00:00Z"):
        results, silent = read_results(text.encode())
        assert (set(results), silent) == ({wanted}, [])
    assert read_results(b"number,status,at\n+48600000001,active,yesterday\n+48600000002,purple,\n") == (
        [Result("+48600000001", "active", None, "active")],
        [2],
    )


def test_every_word_is_a_kind_of_evidence() -> None:
    assert set(WORDS.values()) <= KINDS.keys()
    assert (kind_of("Out of service"), kind_of("SIP 604"), kind_of("purple")) == ("disconnected", "unallocated", None)


def test_what_is_no_list_is_refused() -> None:
    for body in (b"\xff\xfe\x00", b"[{", b"{}\n{"):
        with pytest.raises(Refused):
            read_results(body)
    assert read_results(b"") == ([], [])
    assert read_results(b"[1, 2]") == ([], [])


def test_the_list_that_goes_out_can_come_back() -> None:
    text = write_list([("lc_1", "+48600000001", "PL", AT.isoformat())])
    assert text.splitlines()[0] == ",".join(COLUMNS)
    lines = text.splitlines()
    back = f"{lines[0]},status\r\n{lines[1]},active\r\n"
    assert read_results(back.encode())[0] == [Result("+48600000001", "active", None, "active")]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    try:
        results, silent = read_results(body)
    except Refused:
        return
    assert all(result.kind in KINDS for result in results)
    assert sorted(silent) == silent
