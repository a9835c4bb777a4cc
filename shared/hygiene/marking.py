"""Lists that mark what the base has and bring nothing into it: whom never to contact, which companies no longer exist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection

from shared.normalise.email import is_free_mail, registrable_domain
from shared.storage import naming
from shared.storage.lead import read_fields
from shared.storage.move_in import add_told, forget_records
from shared.storage.naming import Hit, Key
from shared.storage.suppression import Listing, add_listed
from shared.storage.upload import Upload

WIDE_SHARE: Final = 0.005
WIDE_LEADS: Final = 20
WIDE_IN_WORK: Final = 50
"""One entry that hits more than this of the base (and so many leads), or so many leads in work, needs a second look."""

_NARROW: Final = ("number", "email")
_HASHES_A_TURN: Final = 20_000
_SHOWN: Final = 20

Findings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Wide:
    """An entry that is not taken before somebody has looked at whom it hits."""

    record: int
    scope: str
    why: str
    leads: int
    in_work: int


def suppress_list(connection: Connection, upload: Upload, records: Sequence[int]) -> Findings:
    """Suppresses everybody the records name; open assignments end in the same transaction.

    A row about somebody in the base is `suppressed`; any other has no lead: its keyed hashes wait for whoever comes later.
    What was understood of the rows is forgotten.
    """
    named = _named_by(connection, upload, records)
    hits = naming.find_hits(connection, sorted({key for keys in named.values() for key in keys}))
    wide = [] if upload.terms.get("confirmed") else _find_wide(connection, named, hits)
    barred = {one.record for one in wide}
    keys = [key for record in records if record not in barred for key in named.get(record, ())]
    ended = _suppress(connection, upload, keys, reason=upload.terms.get("reason") or "listed")
    told = {record: _tell(named.get(record, ()), hits) for record in records if record not in barred}
    add_told(connection, "suppressed", [(record, *found) for record, found in told.items() if found[0] is not None])
    add_told(connection, "rejected", [(record, *found) for record, found in told.items() if found[0] is None])
    add_told(connection, "rejected", [(record, None, "needs_second_look") for record in sorted(barred)])
    forget_records(connection, records)
    return {
        "suppressions": len(set(keys)),
        "kept": sum(reason == "kept_as_suppression" for _, reason in told.values()),
        "ended": len(ended),
        "second_look": [
            {"scope": one.scope, "why": one.why, "leads": one.leads, "in_work": one.in_work} for one in wide[:_SHOWN]
        ],
    }


def suppress_clients(connection: Connection, upload: Upload, records: Sequence[int]) -> None:
    """Suppresses the clients of these records: their e-mails, the person or else the company at its place, and numbers.

    A number that three or more companies share is left out while anything else names the client.
    """
    shared = naming.list_shared_numbers(connection, records)
    keys: list[Key] = []
    for own in naming.list_keys(connection, records).values():
        keys += _narrowest([key for key in own if key[1] not in shared]) or [key for key in own if key[0] == "number"]
    _suppress(connection, upload, keys, reason="opted_out")


def suppress_leads(connection: Connection, upload: Upload, leads: Sequence[int]) -> int:
    """Suppresses these leads by all that names them, their numbers that no company shares with others included; gives how many."""
    own = naming.list_lead_keys(connection, leads, ["email", "person", "site", "number"])
    keys = [key for lead in own.values() for key in _narrowest(lead)]
    _suppress(connection, upload, keys, reason="opted_out")
    return len(set(leads))


def close_leads(connection: Connection, upload: Upload, lead_of: Mapping[int, int], unknown: Sequence[int]) -> Findings:
    """Suppresses companies that no longer exist, at their place: those of the leads by record, and those nobody here knows."""
    own = naming.list_lead_keys(connection, sorted(set(lead_of.values())), ["site", "email", "number"])
    rows = naming.list_keys(connection, [*lead_of, *unknown])
    keys = [key for keys in rows.values() for key in keys if key[0] == "site"]
    for lead in own.values():
        sites = [key for key in lead if key[0] == "site"]
        keys += sites or lead
    ended = _suppress(connection, upload, keys, reason="company_closed")
    add_told(connection, "suppressed", [(record, lead, "company_closed") for record, lead in lead_of.items()])
    add_told(connection, "rejected", [(record, None, "unmatched") for record in unknown])
    forget_records(connection, [*lead_of, *unknown])
    return {"closed": len(set(lead_of.values())), "ended": len(ended)}


def _narrowest(keys: Sequence[Key]) -> list[Key]:
    scopes = {scope for scope, _ in keys}
    wanted = {"number", "email", "person" if "person" in scopes else "site"}
    return [key for key in keys if key[0] in wanted]


def _named_by(connection: Connection, upload: Upload, records: Sequence[int]) -> dict[int, list[Key]]:
    scope = upload.terms.get("scope")
    return {record: _choose(keys, scope) for record, keys in naming.list_keys(connection, records).items()}


def _choose(keys: Sequence[Key], scope: str | None) -> list[Key]:
    """The keys of the scope that was asked for; else numbers and e-mails; else all that the row names.

    Never a company everywhere whose place the row tells: one branch does not speak for a chain.
    """
    has_site = any(key[0] == "site" for key in keys)
    if scope == "company" and has_site:
        return [key for key in keys if key[0] == "site"]
    if scope is not None:
        return [key for key in keys if key[0] == scope]
    narrow = [key for key in keys if key[0] in _NARROW]
    return narrow or [key for key in keys if not (has_site and key[0] == "company")]


def _find_wide(connection: Connection, named: Mapping[int, Sequence[Key]], hits: Mapping[Key, Hit]) -> list[_Wide]:
    limit = max(WIDE_LEADS, int(naming.count_active(connection) * WIDE_SHARE))
    nobody = Hit(0, 0, 0)
    free = _free_mail(connection, [record for record, keys in named.items() if any(key[0] == "domain" for key in keys)])
    wide: list[_Wide] = []
    for record, keys in named.items():
        for key in keys:
            hit = hits.get(key, nobody)
            if key[0] == "domain" and record in free:
                wide.append(_Wide(record, key[0], "free_mail", hit.leads, hit.in_work))
            elif hit.leads > limit or hit.in_work > WIDE_IN_WORK:
                wide.append(_Wide(record, key[0], "many_leads", hit.leads, hit.in_work))
    return wide


def _free_mail(connection: Connection, records: Sequence[int]) -> set[int]:
    """Records whose website is a provider of mailboxes for everybody."""
    found = read_fields(connection, records)
    return {record for record, fields in found.items() if any(map(_is_free, _texts(fields.get("website"))))}


def _is_free(website: str) -> bool:
    domain = registrable_domain(website.removeprefix("https://").removeprefix("http://").split("/")[0])
    return bool(domain) and is_free_mail(domain or "")


def _texts(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _tell(keys: Iterable[Key], hits: Mapping[Key, Hit]) -> tuple[int | None, str]:
    """The lead that a row is about, and by which scope; no lead when nobody in the base is meant."""
    keys = list(keys)
    for key in keys:
        if key in hits:
            return hits[key].lead_id, f"suppressed_{key[0]}"
    return None, "kept_as_suppression" if keys else "names_nobody"


def _suppress(connection: Connection, upload: Upload, keys: Iterable[Key], *, reason: str) -> list[int]:
    """Suppresses what is not suppressed so long already; gives the assignments that ended. An opt-out never expires."""
    terms = upload.terms
    expires = terms.get("expires_at") if reason != "opted_out" else None
    until = datetime.fromisoformat(expires) if expires else None
    channel = terms.get("channel") or "any"
    listing = Listing(upload.id, upload.created_by, reason, terms.get("register") or "list", channel, until)
    ended: list[int] = []
    for scope, group in groupby(sorted(set(keys)), key=itemgetter(0)):
        hashes = [key_hash for _, key_hash in group]
        for start in range(0, len(hashes), _HASHES_A_TURN):
            turn = hashes[start : start + _HASHES_A_TURN]
            standing = naming.list_standing(connection, scope, turn, until)
            if fresh := [key_hash for key_hash in turn if key_hash not in standing]:
                ended += add_listed(connection, scope, fresh, listing)
    return ended
