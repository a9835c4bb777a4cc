"""The use case of the search: what was typed as it stands, then what was probably meant."""

from typing import Any, Final

from sqlalchemy import Connection

from shared.match.lookalike import find_alike
from shared.storage.lead_view import search_leads
from shared.storage.reach import Reach
from shared.storage.search import list_names, read_found

NEWEST: Final = 50_000
"""Among how many of the newest leads within the reach a name with slips is looked for."""


def search(connection: Connection, text: str, reach: Reach, *, limit: int) -> list[dict[str, Any]]:
    """Finds leads by what was typed; while there is room, also by names alike to it. `fuzzy` tells which."""
    exact = [{**found, "fuzzy": False} for found in search_leads(connection, text, reach, limit=limit)]
    if len(exact) >= limit or any(sign.isdigit() or sign == "@" for sign in text):
        return exact
    seen = {found["id"] for found in exact}
    names = [(lead, name) for lead, name in list_names(connection, reach, limit=NEWEST) if lead not in seen]
    alike = find_alike(text, [name for _, name in names], most=limit - len(exact))
    meant = read_found(connection, [names[place][0] for place in alike])
    return exact + [{**found, "fuzzy": True} for found in meant]
