"""What a contact may say of the stage of a sale, the reason it was lost for, and the facts that were learned."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from shared.domain.errors import Refused
from shared.domain.fact import is_fact
from shared.storage.catalogue import Stage, find_fact_types, list_stages


def check_stage(connection: Connection, code: str) -> Stage:
    """Gives the stage of this code.

    Raises:
        Refused: `stage_unknown`, naming those in use.
    """
    stages = {stage.code: stage for stage in list_stages(connection) if not stage.retired}
    if code not in stages:
        raise Refused("stage_unknown", f"there is no such stage; there are: {', '.join(stages)}", stages=list(stages))
    return stages[code]


def check_lost_reason(connection: Connection, reason: str) -> None:
    """Looks whether some stage may be lost for this reason.

    Raises:
        Refused: `lost_reason_unknown`, naming those in use.
    """
    known = sorted({r for stage in list_stages(connection) if not stage.retired for r in stage.lost_reasons})
    if reason not in known:
        detail = f"there is no such reason; there are: {', '.join(known)}"
        raise Refused("lost_reason_unknown", detail, reasons=known)


def check_facts(connection: Connection, facts: Mapping[str, Any]) -> None:
    """Looks whether each fact is one of its field.

    Raises:
        Refused: `fact_unknown` or `fact_invalid`, each naming all.
    """
    if not facts:
        return
    types = find_fact_types(connection, list(facts))
    if unknown := sorted(facts.keys() - types.keys()):
        raise Refused("fact_unknown", f"there are no such fields for facts: {', '.join(unknown)}", fields=unknown)
    wrong = sorted(name for name, value in facts.items() if not is_fact(value, types[name].type, types[name].choices))
    if wrong:
        told = ", ".join(f"{name} ({types[name].type})" for name in wrong)
        raise Refused("fact_invalid", f"these values are none of their field: {told}", fields=wrong)
