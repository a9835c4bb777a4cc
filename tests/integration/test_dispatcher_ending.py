"""Released, untouched and lapsed shares by segment stand beside the rep's results."""

from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office


def release(rep: Desk) -> None:
    held = rep.claim()
    rep.post(f"/v1/assignments/{held['id']}/release", {"fence": held["fence"], "reason": "no_time"})


def test_shares_are_told_by_rep_and_rank(office: Office) -> None:
    ranked = [add_lead(office.db) for _ in range(4)]
    add_lead(office.db)
    office.db.execute("UPDATE lead SET rank = 'B' WHERE id = ANY (%s)", (ranked,))
    office.db.execute("SELECT refresh_queue(%s)", (ranked,))
    rep, boss = office.desk(), office.desk("admin")
    release(rep)
    rep.say(rep.claim(), "hung_up")
    rep.claim(), rep.claim()
    move_clock(office.db, minutes=31)
    office.value("SELECT expire_lapsed(10)")
    rep.say(rep.claim(), "hung_up")
    shares = [
        (one["segment"], one["ended"], one["released_share"], one["lapsed_share"], one["untouched_share"])
        for one in boss.get("/v1/endings")["items"]
    ]
    assert shares == [("B", 4, 0.25, 0.5, 0.75), ("unranked", 1, 0.0, 0.0, 0.0)]


def test_what_lies_before_the_days_asked_for_is_left_out(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    release(rep)
    move_clock(office.db, days=8)
    assert rep.get("/v1/endings?days=7")["items"] == []
    assert [one["name"] for one in rep.get("/v1/endings")["items"]] != []


def test_a_rep_sees_the_own_shares_and_a_supervisor_the_teams(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    team = office.team()
    boss, rep, other = office.desk("supervisor", team=team), office.desk(team=team), office.desk()
    release(rep)
    release(other)
    seen = [[one["person_id"] for one in desk.get("/v1/endings")["items"]] for desk in (boss, rep, other)]
    assert seen == [[rep.id], [rep.id], [other.id]]
