"""What carriers' causes say of a line."""

import pytest

from shared.domain.call_cause import Q850, SIP, kind_of_cause
from shared.domain.evidence_kind import KINDS


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("1", "unallocated"), ("Q.850:1", "unallocated"), ("q850 = 17", "busy"), ("cause=22", "number_changed"),
        ("SIP 604", "unallocated"), ("sip:404", "disconnected"), ("486", "busy"), ("ISDN/16", "live"),
        ("34", None), ("503", None), ("Q.850:404", None), ("", None), ("none", None), ("1000", None), ("SIP 17", None),
    ],
)  # fmt: skip
def test_causes_are_read_as_dialers_write_them(written: str, kind: str | None) -> None:
    assert kind_of_cause(written) == kind


def test_every_cause_is_a_kind_of_evidence() -> None:
    assert {*Q850.values(), *SIP.values()} <= KINDS.keys()


def test_only_an_authority_is_definite() -> None:
    definite = [code for table in (Q850, SIP) for code, kind in table.items() if KINDS[kind].weight >= 1]
    assert definite == [1, 604]
