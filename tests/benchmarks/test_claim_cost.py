"""What a claim costs: in a small and in a large base, and through the dispatcher's app against the bare statement."""

from collections.abc import Callable
from itertools import cycle

from tests.benchmarks.side_by_side import add_waiting_leads, report, time_in_turns
from tests.builders import Connection, add_person, connect, lift_hours, one
from tests.conftest import MakeDatabase
from tests.integration.desk import add_desk, running_dispatcher

_REPS = 20
_CLAIMS = 400


def claimer(db: Connection) -> Callable[[], None]:
    """Gives an action that claims one lead for the next of some reps, on one connection."""
    lift_hours(db)
    reps = cycle([add_person(db) for _ in range(_REPS)])

    def claim() -> None:
        assert one(db, "SELECT assignment_id FROM claim_next(%s)", next(reps)) is not None

    return claim


def test_claim_costs_the_same_in_a_large_base(make_database: MakeDatabase) -> None:
    with (
        make_database() as small_url,
        make_database() as large_url,
        connect(small_url) as small,
        connect(large_url) as large,
    ):
        add_waiting_leads(small, 2_000)
        add_waiting_leads(large, 100_000)
        seconds = time_in_turns(_CLAIMS, claimer(small), claimer(large))
    ratio = report("a claim", ("at 2,000 waiting leads", seconds[0]), ("at 100,000 waiting leads", seconds[1]))
    assert ratio < 3


def test_claim_over_http_costs_a_few_bare_ones(database_url: str) -> None:
    with connect(database_url) as db, running_dispatcher(database_url) as app:
        add_waiting_leads(db, 2_000)
        bare = claimer(db)
        desks = cycle([add_desk(app, db, database_url) for _ in range(_REPS)])

        def claim() -> None:
            assert next(desks).claim() is not None

        seconds = time_in_turns(_CLAIMS, bare, claim)
    ratio = report("a claim", ("by the bare statement", seconds[0]), ("through the dispatcher", seconds[1]))
    assert ratio < 20
