"""What a carrier says when a call fails, as kinds of evidence: one table of Q.850 causes and one of SIP statuses.

Only what the network itself says of the called number is evidence; faults of our trunk, of the route or of the caller
(congestion, codecs, credentials) say nothing of the line and are not in the tables.

Source: ITU-T Q.850 (10/2018), tables 1 and 2.2, the causes by their number and with what each means for the called
number; RFC 3261 (6/2002), section 21, the statuses of SIP; RFC 3398 (12/2002), sections 7.2.4.1 and 8.2.6.1, which
cause becomes which status and back; RFC 8197 (7/2017) for 607.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Q850: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "unallocated",  # unallocated (unassigned) number
        2: "inconclusive",  # no route to the transit network
        3: "inconclusive",  # no route to the destination: mostly our route
        16: "live",  # normal call clearing: it was answered
        17: "busy",  # user busy
        18: "no_answer",  # no user responding
        19: "no_answer",  # user alerted, no answer
        20: "inconclusive",  # subscriber absent: switched off or out of coverage
        21: "no_answer",  # call rejected: by somebody or something that is there
        22: "number_changed",  # number changed
        23: "number_changed",  # redirection to new destination
        26: "inconclusive",  # non-selected user clearing
        27: "out_of_order",  # destination out of order
        28: "malformed",  # invalid number format, address incomplete
        31: "inconclusive",  # normal, unspecified: carriers send it for anything
    }
)

SIP: Final[Mapping[int, str]] = MappingProxyType(
    {
        200: "live",  # OK
        301: "number_changed",  # moved permanently
        404: "disconnected",  # not found: RFC 3398 sends it for causes 1, 2 and 3, so it is a hint and not definite
        408: "inconclusive",  # request timeout
        410: "number_changed",  # gone: cause 22
        480: "no_answer",  # temporarily unavailable: causes 18, 19 and 20
        484: "malformed",  # address incomplete: cause 28
        486: "busy",  # busy here: cause 17
        502: "out_of_order",  # bad gateway: cause 27
        600: "busy",  # busy everywhere
        603: "no_answer",  # decline
        604: "unallocated",  # does not exist anywhere: the server has authoritative information
        607: "no_answer",  # unwanted: there is somebody
    }
)

_WRITTEN: Final = re.compile(r"(?:(q\.?850|isdn|cause)|(sip))?[\s:;=/-]*(\d{1,3})", re.I)
_LARGEST_Q850: Final = 127


def kind_of_cause(written: str) -> str | None:
    """Gives the evidence in a cause as a dialer or provider writes it: `Q.850:1`, `cause=17`, `SIP 604`, `486`, `1`.

    A bare number up to 127 is a Q.850 cause, a larger one a status of SIP. None: it says nothing of the line.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    code = int(found[3])
    is_sip = bool(found[2]) or (not found[1] and code > _LARGEST_Q850)
    return SIP.get(code) if is_sip else Q850.get(code)
