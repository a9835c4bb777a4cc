"""What a person told apart no machine joins again, whatever comes later."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.domain.errors import Superseded
from shared.hygiene.merging import decide_review, merge_two, part
from shared.hygiene.renormalising import renormalise
from shared.hygiene.weights import find_model, version_of
from shared.match.model import default_model, model_to_json
from shared.storage.engine import Ledger
from shared.storage.match import add_model
from shared.storage.training import add_training
from tests import builders
from tests.integration.line import Line
from tests.integration.test_cleaner_merge import BOTH, FIRST, SECOND, states

THIRD = ("Huta Mewa", "Ewa Lis", "605 606 707", "ewa@huta-mewa.pl", "ul. Morska 4", "Gdynia", "PL")


@pytest.fixture
def line(line: Line) -> Line:
    builders.lift_hours(line.db)
    return line


@pytest.fixture
def owner(line: Line) -> Iterator[Ledger]:
    opened = Ledger(line.settings.database_url(), application_name="test", max_connections=1)
    yield opened
    opened.dispose()


def take(line: Line, *rows: tuple[str, ...]) -> list[int]:
    return [int(str(lead)) for lead in line.leads(line.take_list(rows))]


def ask(line: Line, first: int, second: int) -> int:
    """Adds a review of two leads."""
    added = "INSERT INTO review (lead_a, lead_b, origin) VALUES (%s, %s, 'matcher') RETURNING id"
    return int(builders.one(line.db, added, *sorted((first, second))))


def last_merge(line: Line) -> int:
    return int(builders.one(line.db, "SELECT max(id) FROM merge"))


def let_everything_match(owner: Ledger) -> None:
    """Weights under which whatever is compared is one lead."""
    with owner.transaction() as connection:
        eager = replace(default_model(), merge_from=-40.0, review_from=-50.0, trained_on=1)
        add_model(connection, version_of(eager), model_to_json(eager), rows_seen=1)
        add_training(connection, version_of(eager), last_record=1, told={})
        assert find_model(connection).merge_from == -40.0


def test_two_leads_stay_two_for_ever(line: Line, owner: Ledger) -> None:
    leads = [take(line, FIRST)[0], take(line, SECOND)[0]]
    take(line, BOTH)
    assert states(line, leads) == ["active", "merged"]
    with owner.transaction() as connection:
        part(connection, last_merge(line), reason="two", made_by=None)
    take(line, BOTH)  # a later upload
    take(line, FIRST, SECOND, BOTH)
    assert states(line, leads) == ["active", "active"]
    renormalise(owner, dry_run=False, plan_version="next")
    let_everything_match(owner)
    take(line, BOTH)
    assert states(line, leads) == ["active", "active"]
    third = take(line, THIRD)[0]
    with owner.transaction() as connection:
        merge_two(connection, leads[0], third, reason="one", made_by=None)
    take(line, BOTH)
    with owner.transaction() as connection:
        part(connection, last_merge(line), reason="two", made_by=None)
    take(line, BOTH)
    assert states(line, [*leads, third]) == ["active"] * 3
    assert line.violations() == []


def test_no_machine_joins_what_was_parted_a_moment_ago(line: Line, owner: Ledger) -> None:
    """The matcher looks before it holds the leads: the ledger itself says no."""
    leads = take(line, FIRST, SECOND)
    with owner.transaction() as connection:
        decide_review(connection, ask(line, *leads), "distinct", made_by=None)
    with owner.transaction() as connection, pytest.raises(Superseded, match="never_same"):
        merge_two(connection, *leads, reason="matched", made_by=None)


def test_rows_told_apart_stay_so_in_the_next_version_of_their_list(line: Line, owner: Ledger) -> None:
    upload = line.take_list([FIRST, SECOND])
    first, second = line.leads(upload)
    assert first is not None
    assert second is not None
    with owner.transaction() as connection:
        decide_review(connection, ask(line, first, second), "distinct", made_by=None)
    line.db.execute("UPDATE upload SET state = 'withdrawn' WHERE id = %s", (upload,))
    line.db.execute("SELECT withdraw_upload(%s, 'reprocessed', NULL)", (upload,))
    again = builders.stage_upload(
        line.db, ("company", "person", "phone", "email", "street", "city", "country"), [BOTH, SECOND]
    )
    line.db.execute("UPDATE upload SET replaces = %s WHERE id = %s", (upload, again))
    line.run()
    assert len(set(line.leads(again))) == 2
    assert line.violations() == []


def test_rows_of_one_client_are_one_lead(line: Line) -> None:
    """Without a person's word the rows of the test above are joined."""
    assert len(set(take(line, BOTH, SECOND))) == 1


def test_two_leads_that_are_one_already_are_parted_by_a_review(line: Line, owner: Ledger) -> None:
    leads = take(line, FIRST, SECOND)
    with owner.transaction() as connection:
        merge_two(connection, *leads, reason="one", made_by=None)
    review = ask(line, *leads)
    with owner.transaction() as connection:
        decide_review(connection, review, "distinct", made_by=None)
    assert states(line, leads) == ["active", "active"]
    take(line, BOTH)
    assert states(line, leads) == ["active", "active"]
    assert line.violations() == []


def test_a_question_about_a_merged_lead_is_asked_of_what_it_became(line: Line, owner: Ledger) -> None:
    first, second, third = take(line, FIRST, SECOND, THIRD)
    ask(line, second, third)
    with owner.transaction() as connection:
        merge_two(connection, first, second, reason="one", made_by=None)
    asked = "SELECT lead_a, lead_b FROM review WHERE state = 'open'"
    assert line.db.execute(asked).fetchall() == [(min(first, third), max(first, third))]


def test_what_was_put_off_is_asked_again_after_a_week(line: Line, owner: Ledger) -> None:
    review = ask(line, *take(line, FIRST, SECOND))
    with owner.transaction() as connection:
        decide_review(connection, review, "later", made_by=None)
    assert builders.one(line.db, "SELECT ask_again(10)") == 0
    builders.move_clock(line.db, days=8)
    assert builders.one(line.db, "SELECT ask_again(10)") == 1
    assert builders.one(line.db, "SELECT state FROM review WHERE id = %s", review) == "open"
