"""The use case of a company as one card: whoever holds one of its people may call the others."""

from typing import Any

from sqlalchemy import Connection

from services.dispatcher.holding import lock_held
from shared.auth import Caller
from shared.domain.errors import Refused, absent
from shared.storage.audit import add_audit
from shared.storage.colleague import list_colleagues
from shared.storage.idempotency import Effect
from shared.storage.proposal import bind_number
from shared.storage.reach import Reach


def call_colleague(
    connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: dict[str, Any]
) -> Effect:
    """Lets an assignment dial the free numbers of another person of its company; says of each whether it may, or what bars it.

    Raises:
        Refused: `not_found` for the assignment, or a lead of another company; `refused_for_product`.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    found = [one for one in list_colleagues(connection, held.id) if one.lead_id == body["lead_id"]]
    if not found:
        raise absent("lead")
    if found[0].refused_until is not None:
        raise Refused(
            "refused_for_product", "this person has refused what the pool sells", until=found[0].refused_until
        )
    results = {str(number): bind_number(connection, held.id, number) for number in sorted(found[0].numbers)}
    detail = {"lead": body["lead_id"], "numbers": results}
    add_audit(
        connection, "colleague_called", actor=who.person_id, entity="assignment", entity_id=held.id, detail=detail
    )
    return Effect(200, {"assignment": held.id, "numbers": results})
