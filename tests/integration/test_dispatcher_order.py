"""What gives a lead its place besides its rank: past results of its source and line of business, a return window, and the same mix for all."""

from typing import Any

import pytest

from shared.ids import encode
from tests.builders import Connection, add_lead, add_source, add_upload, move_clock
from tests.integration.desk import Office


def score(office: Office) -> int:
    """Runs the clock's chore."""
    return int(office.value("SELECT refresh_scores()"))


def list_of(db: Connection, source: int, leads: int) -> list[int]:
    upload = add_upload(db, source)
    return [add_lead(db, upload=upload) for _ in range(leads)]


def order(office: Office, lead: int) -> Any:
    return office.desk("admin").get(f"/v1/leads/{encode('lead', lead)}/order")


def work(office: Office, leads: int, disposition: str, *, stage: str | None = None) -> None:
    for _ in range(leads):
        rep = office.desk()
        rep.say(rep.claim(), disposition, stage=stage)


def test_leads_of_a_source_that_sells_pass_others(office: Office) -> None:
    good, bad = add_source(office.db), add_source(office.db)
    list_of(office.db, good, 5)
    work(office, 5, "interested", stage="proposal")
    list_of(office.db, bad, 5)
    work(office, 5, "hung_up")
    assert score(office) == 2
    later, sooner = list_of(office.db, bad, 1)[0], list_of(office.db, good, 1)[0]
    assert office.desk().claim()["lead"]["id"] == encode("lead", sooner)
    (told,) = order(office, sooner)["scores"]
    assert (told["tried"], told["won"], told["usual_rate"], told["advance_days"]) == (5, 5, 0.5, 0.5)
    assert order(office, later)["scores"][0]["advance_days"] < 0


def test_a_score_leaves_those_alone_who_wait_already(office: Office) -> None:
    """Nobody's place changes while they wait, so the queue need not be written again and no lead is overtaken for ever."""
    source = add_source(office.db)
    waiting = list_of(office.db, source, 1)[0]
    before = office.value("SELECT rank FROM queue_entry WHERE lead_id = %s", waiting)
    office.db.execute("UPDATE source SET weight = 400")
    assert score(office) == 1
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (waiting,))
    assert office.value("SELECT rank FROM queue_entry WHERE lead_id = %s", waiting) == before
    assert order(office, list_of(office.db, source, 1)[0])["scores"][0]["advance_days"] == 4
    assert order(office, waiting)["scores"] == []


def test_nothing_new_is_written_twice(office: Office) -> None:
    add_source(office.db)
    office.db.execute("UPDATE source SET weight = 200")
    assert (score(office), score(office)) == (1, 0)


@pytest.mark.parametrize("window", [4, 20, 30, 60, 90])
def test_untried_lead_of_a_list_that_can_be_returned_rises(office: Office, window: int) -> None:
    """Whatever its window is, it passes what came days before it; once it was tried it stands where others do."""
    others = list_of(office.db, add_source(office.db), 2)
    move_clock(office.db, days=3)
    source = add_source(office.db)
    office.db.execute("UPDATE source SET return_window_days = %s WHERE id = %s", (window, source))
    score(office)
    returned = list_of(office.db, source, 1)[0]
    assert office.value("SELECT lead_id FROM queue_entry ORDER BY rank, lead_id LIMIT 1") == returned
    assert order(office, returned)["scores"][0]["rise_days"] == max(5, 35 - window // 2)
    rep = office.desk()
    card = rep.claim()
    assert card["lead"]["id"] == encode("lead", returned)
    rep.say(card, "hung_up")
    assert order(office, returned)["scores"][0]["rise_days"] is None
    assert office.desk().claim()["lead"]["id"] in [encode("lead", lead) for lead in others]


def test_the_shorter_its_window_the_sooner_a_lead_is_tried(office: Office) -> None:
    sources = [add_source(office.db) for _ in range(3)]
    for source, window in zip(sources, (60, 30, 14), strict=True):
        office.db.execute("UPDATE source SET return_window_days = %s WHERE id = %s", (window, source))
    score(office)
    leads = [list_of(office.db, source, 1)[0] for source in sources]
    served = office.db.execute("SELECT lead_id FROM queue_entry ORDER BY rank, lead_id").fetchall()
    assert [lead for (lead,) in served] == leads[::-1]


def test_a_list_that_can_be_returned_is_tried_within_half_its_window(office: Office) -> None:
    source = add_source(office.db)
    office.db.execute("UPDATE source SET return_window_days = 4")
    score(office)
    leads = list_of(office.db, source, 1) + list_of(office.db, add_source(office.db), 1)
    office.db.execute("UPDATE lead SET rank = 'E' WHERE id = %s", (leads[0],))
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (leads[0],))
    told = order(office, leads[0])
    assert (told["rank_days"], told["scores"][0]["within_days"], told["tried"]) == (40, 2, False)
    assert office.desk().claim()["lead"]["id"] == encode("lead", leads[0])


def test_a_line_of_business_counts_beside_the_source(office: Office) -> None:
    source = add_source(office.db)
    shops, bakers = list_of(office.db, source, 3), list_of(office.db, source, 3)
    for leads, industry in ((shops, "shops"), (bakers, "bakers")):
        office.db.execute(
            "UPDATE lead SET fields = fields || jsonb_build_object('industry', %s::text) WHERE id = ANY (%s)",
            (industry, leads),
        )
    for _ in range(6):
        rep = office.desk()
        card = rep.claim()
        won = card["lead"]["fields"]["industry"] == "bakers"
        rep.say(card, "interested" if won else "hung_up", stage="proposal" if won else None)
    assert score(office) == 2
    move_clock(office.db, days=31)
    office.db.execute("SELECT wake_due(100)")
    told = order(office, shops[0])
    assert (told["tried"], told["scores"]) == (True, [])
    new = list_of(office.db, source, 1)[0]
    office.db.execute('UPDATE lead SET fields = \'{"industry": "bakers"}\' WHERE id = %s', (new,))
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (new,))
    assert [one["industry"] for one in order(office, new)["scores"]] == ["bakers"]


def test_every_rep_gets_the_same_mix_of_what_came_that_day(office: Office) -> None:
    """Three lists of a day, one after the other: of any forty leads in a row each list has its third."""
    for _ in range(3):
        list_of(office.db, add_source(office.db), 80)
    places = office.db.execute("SELECT first_source(lead_id) FROM queue_entry ORDER BY rank, lead_id").fetchall()
    for start in range(0, 200, 40):
        part = [source for (source,) in places[start : start + 40]]
        assert all(abs(part.count(source) - 40 / 3) <= 8 for source in set(part))
        assert len(set(part)) == 3


def test_who_waits_before_a_lead_is_counted(office: Office) -> None:
    leads = list_of(office.db, add_source(office.db), 3)
    assert [order(office, lead)["ahead"] for lead in leads] == [0, 1, 2]
