"""In which order leads wait: a better rank passes a lesser one by days, never for ever."""

from tests.builders import add_lead, move_clock
from tests.integration.desk import Office


def add_ranked(office: Office, rank: str | None) -> int:
    lead = add_lead(office.db)
    office.db.execute("UPDATE lead SET rank = %s WHERE id = %s", (rank, lead))
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))
    return lead


def order(office: Office) -> list[int]:
    """The leads as reps get them one after the other."""
    given = []
    while (card := office.desk().claim()) is not None:
        given.append(office.value("SELECT lead_id FROM assignment ORDER BY id DESC LIMIT 1"))
        assert card["state"] == "offered"
    return given


def test_of_one_list_the_better_rank_comes_first_and_an_unknown_one_is_the_middle(office: Office) -> None:
    leads = {rank: add_ranked(office, rank) for rank in ("E", "D", None, "B", "A")}
    assert order(office) == [leads[rank] for rank in ("A", "B", None, "D", "E")]


def test_the_least_rank_is_called_before_a_better_one_that_came_forty_days_later(office: Office) -> None:
    waiting = add_ranked(office, "E")
    move_clock(office.db, days=41)
    newcomer = add_ranked(office, "A")
    assert order(office) == [waiting, newcomer]


def test_who_was_called_in_vain_lets_those_pass_that_nobody_tried(office: Office) -> None:
    tried, waiting = add_ranked(office, "A"), add_ranked(office, "B")
    rep = office.desk()
    move_clock(office.db, days=6)
    rep.say(rep.claim(), "no_answer")
    move_clock(office.db, days=1)
    office.value("SELECT lapse_promises(10)")
    assert order(office) == [waiting, tried]


def test_whoever_asks_stands_before_every_rank(office: Office) -> None:
    first, asking = add_ranked(office, "A"), add_ranked(office, "E")
    office.db.execute("SELECT add_request(%s, (SELECT max(id) FROM upload), 77)", (asking,))
    assert order(office) == [asking, first]
