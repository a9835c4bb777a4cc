"""Merging and then parting gives every lead back as it was: records, numbers, history, rests, terms, golden values, place in the queue."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shared.domain.errors import Superseded
from shared.hygiene.golden_fields import refresh_fields
from shared.hygiene.merging import merge_two, part
from shared.storage.engine import Ledger
from shared.storage.invariant import find_violations
from tests.builders import Connection, add_lead, add_number, add_person, add_site, connect, lift_hours, one
from tests.conftest import MakeDatabase

LEADS = 4
_STATE = """
    SELECT to_jsonb(l) - '{changed_at}'::text[]
      || jsonb_build_object(
        'records', (SELECT jsonb_agg(m.record_id ORDER BY 1) FROM membership AS m WHERE m.lead_id = l.id AND m.closed_by IS NULL),
        'numbers', (SELECT jsonb_agg(to_jsonb(n) ORDER BY n.number_id) FROM lead_number AS n WHERE n.lead_id = l.id),
        'history', (SELECT jsonb_agg(c.id ORDER BY c.id) FROM contact AS c WHERE c.lead_id IN (SELECT lead_tree(l.id))),
        'rest', booked_until('lead', l.id, clock()), 'site rest', booked_until('site', l.site_id, clock()),
        'bars', (SELECT jsonb_agg(to_jsonb(b) ORDER BY b.person_id) FROM rep_bar AS b WHERE b.lead_id = l.id),
        'queue', (SELECT to_jsonb(q) - '{changed_at}'::text[] FROM queue_entry AS q WHERE q.lead_id = l.id))
    FROM lead AS l WHERE l.id = ANY (%s) ORDER BY l.id
"""
_REST = """
    INSERT INTO contact (lead_id, site_id, disposition, contact_made, at, rest_until)
    SELECT id, site_id, 'hung_up', true, clock(), date_trunc('hour', clock()) + make_interval(days => %s) FROM lead WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be said of a lead."""

    relation: str
    rank: str | None
    owned: bool
    restricted: bool
    rest_days: int | None
    bar_days: int | None
    shares_number: bool


_TERMS = st.builds(
    Terms,
    relation=st.sampled_from(["prospect", "prospect", "customer", "partner"]),
    rank=st.sampled_from([None, "A", "D"]),
    owned=st.booleans(),
    restricted=st.sampled_from([False, False, True]),
    rest_days=st.sampled_from([None, 5, 30]),
    bar_days=st.sampled_from([None, 3, 9]),
    shares_number=st.booleans(),
)
_PICK = st.integers(0, 11)
_HISTORY = st.lists(
    st.one_of(st.tuples(st.just("merge"), _PICK, _PICK), st.tuples(st.just("part"), _PICK, _PICK)), max_size=7
)


class Base:
    """A ledger whose leads are joined and parted by a supervisor."""

    def __init__(self, db: Connection, ledger: Ledger) -> None:
        self.db, self.ledger = db, ledger
        self.supervisor, self.rep = add_person(db, role="supervisor"), add_person(db)

    def add(self, terms: Sequence[Terms]) -> list[int]:
        shared = add_number(self.db)
        return [self._add(term, shared) for term in terms]

    def _add(self, term: Terms, shared: int) -> int:
        numbers = [add_number(self.db), *([shared] if term.shares_number else [])]
        lead = add_lead(self.db, site=add_site(self.db), numbers=numbers)
        self.db.execute(
            "UPDATE lead SET relation = %s, rank = %s, owner_id = %s, restricted_at = CASE WHEN %s THEN clock() END WHERE id = %s",
            (term.relation, term.rank, self.rep if term.owned else None, term.restricted, lead),
        )
        if term.bar_days:
            self.db.execute("SELECT bar_rep(%s, %s, %s, 'released', clock())", (lead, self.rep, term.bar_days))
        if term.rest_days:
            self.db.execute(_REST, (term.rest_days, lead))
        self.db.execute(
            "SELECT set_tail('lead', id, clock()), set_tail('site', site_id, clock()) FROM lead WHERE id = %s", (lead,)
        )
        self.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))
        with self.ledger.transaction() as connection:
            refresh_fields(connection, [lead])
        return lead

    def states(self, leads: Sequence[int]) -> list[Any]:
        return [row[0] for row in self.db.execute(_STATE, (list(leads),))]

    def merge(self, winner: int, loser: int) -> None:
        with suppress(Superseded), self.ledger.transaction() as connection:  # one of them is merged already
            merge_two(connection, winner, loser, reason="test", made_by=self.supervisor)

    def part(self, merge: int) -> None:
        with self.ledger.transaction() as connection:
            part(connection, merge, reason="test", made_by=self.supervisor)

    def standing(self, leads: Sequence[int]) -> list[int]:
        statement = (
            "SELECT id FROM merge AS m WHERE undoes IS NULL AND loser = ANY (%s)"
            " AND NOT EXISTS (SELECT 1 FROM merge AS u WHERE u.undoes = m.id) ORDER BY id"
        )
        return [row[0] for row in self.db.execute(statement, (list(leads),))]


def check_identity(
    base: Base, terms: Sequence[Terms], history: Sequence[tuple[str, int, int]], order: Sequence[int]
) -> None:
    leads = base.add(terms)
    before = base.states(leads)
    for what, first, second in history:
        standing = base.standing(leads)
        if what == "merge" and first % LEADS != second % LEADS:
            base.merge(leads[first % LEADS], leads[second % LEADS])
        elif what == "part" and standing:
            base.part(standing[first % len(standing)])
    for which in order:
        if standing := base.standing(leads):
            base.part(standing[which % len(standing)])
    assert base.states(leads) == before
    base.db.execute("DELETE FROM queue_entry WHERE lead_id = ANY (%s)", (leads,))


def check_many(make_database: MakeDatabase, examples: int) -> None:
    phases = [Phase.explicit, Phase.generate]  # each example writes: shrinking one would take minutes
    allowed = list(HealthCheck)

    @settings(max_examples=examples, phases=phases, suppress_health_check=allowed, derandomize=True, deadline=None)
    @given(
        terms=st.lists(_TERMS, min_size=LEADS, max_size=LEADS),
        history=_HISTORY,
        order=st.lists(_PICK, min_size=LEADS, max_size=LEADS),
    )
    def check(terms: list[Terms], history: list[tuple[str, int, int]], order: list[int]) -> None:
        check_identity(base, terms, history, order)

    with make_database() as url:
        ledger = Ledger(url, application_name="leadmill-test", max_connections=1)
        with connect(url) as db:
            lift_hours(db)
            base = Base(db, ledger)
            check()
            db.execute("SELECT refresh_queue(array_agg(id)) FROM lead")
            assert one(db, "SELECT count(*) FROM own_terms") == 0
            with ledger.reading() as connection:
                assert find_violations(connection) == []
        ledger.dispose()


def test_parting_gives_every_lead_back_as_it_was(make_database: MakeDatabase) -> None:
    check_many(make_database, 6)


@pytest.mark.long
def test_parting_gives_every_lead_back_as_it_was_for_long(make_database: MakeDatabase) -> None:
    check_many(make_database, 600)
