"""How a lead goes from one to another: promised, with all that was promised before, to be accepted within a working day."""

from dataclasses import dataclass

from sqlalchemy import Connection

from shared.domain.errors import Refused, absent
from shared.storage.assignment import Held, add_working_days
from shared.storage.holding import hand_over_promises, move_to_pool
from shared.storage.person import find_person
from shared.storage.pool import find_pool
from shared.storage.promise import Handover, add_promise


@dataclass(frozen=True, slots=True)
class Taker:
    """To whom: a person, or whoever a pool serves."""

    person_id: int | None
    pool_id: int | None


def pass_on(connection: Connection, held: Held, taker: Taker, *, giver_id: int | None, why: str) -> int:
    """Promises the lead of an assignment to somebody, with its open promises, to be accepted within a working day.

    The assignment itself is the caller's to end. Gives the promise.
    """
    pool = find_pool(connection, taker.pool_id) if taker.pool_id is not None else None
    if pool is not None:
        move_to_pool(connection, held.top_id, pool.id, at=held.at)
    hand_over_promises(connection, held, person_id=taker.person_id, pool_id=taker.pool_id)
    return add_promise(
        connection,
        held,
        kind="handoff",
        due=held.at,
        why=why,
        contact_id=None,
        person_id=taker.person_id,
        pool_id=taker.pool_id,
        handover=Handover(add_working_days(connection, held, 1), giver_id, held.pool_id if pool is not None else None),
    )


def check_taker(connection: Connection, taker: Taker, *, but: int | None = None) -> None:
    """Looks whether somebody is there who can take leads; `but` is who gives them.

    Raises:
        Refused: `invalid_body`, name one; `not_found`.
    """
    if (taker.person_id is None) == (taker.pool_id is None):
        raise Refused("invalid_body", "name either a person or a pool")
    if taker.pool_id is not None:
        pool = find_pool(connection, taker.pool_id)
        if pool is None or pool.state == "ended":
            raise absent("pool")
    if taker.person_id is not None:
        person = find_person(connection, taker.person_id)
        if person is None or person.state != "active" or person.id == but:
            raise absent("person")
