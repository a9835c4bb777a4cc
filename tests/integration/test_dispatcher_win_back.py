"""Who was lost, or under contract until a day, comes to the win-back list when nothing keeps them any more."""

from typing import Any

from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office


def win_back(desk: Desk, query: str = "") -> list[Any]:
    items: list[Any] = desk.get(f"/v1/win-back{query}")["items"]
    return items


def test_the_lost_come_back_when_the_refusal_is_over(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    given = rep.claim()
    rep.say(given, "not_interested", lost_reason="price", competitor="Other Ltd", value="900", currency="PLN")
    assert win_back(admin) == []
    (told,) = win_back(admin, "?within_days=200")
    assert (told["lead_id"], told["lost_reason"], told["competitor"]) == (given["lead"]["id"], "price", "Other Ltd")
    move_clock(office.db, days=181)
    assert [one["lead_id"] for one in win_back(admin, "?reason=price")] == [given["lead"]["id"]]
    assert win_back(admin, "?reason=timing") == []


def test_who_is_under_contract_comes_when_it_ends_and_nobody_called(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    until = office.value("SELECT (clock() + interval '90 days')::text").replace(" ", "T")
    rep.say(rep.claim(), "under_contract_until", defer_until=until)
    move_clock(office.db, days=89)
    assert win_back(admin, "?within_days=10") == []  # the rep was promised it for then
    for _ in range(3):  # its rep, the pool, the supervisor let it pass
        move_clock(office.db, days=3)
        office.value("SELECT lapse_promises(10)")
    assert [one["disposition"] for one in win_back(admin)] == ["under_contract_until"]


def test_who_was_reached_again_is_on_it_no_more(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    rep.say(rep.claim(), "hung_up", lost_reason="price")
    move_clock(office.db, days=31)
    assert len(win_back(admin)) == 1
    held = rep.claim()
    assert win_back(admin) == []
    rep.say(held, "interested")
    rep.say(held, "hung_up")
    move_clock(office.db, days=31)
    assert win_back(admin) == []


def test_a_supervisor_sees_what_the_own_team_knows(office: Office) -> None:
    add_lead(office.db)
    team = office.team()
    boss, rep = office.desk("supervisor", team=team), office.desk()
    rep.say(rep.claim(), "hung_up", lost_reason="price")
    move_clock(office.db, days=31)
    assert win_back(boss) == []
    assert len(win_back(office.desk("admin"), f"?rep={rep.id}")) == 1
    assert rep.ask("GET", "/v1/win-back").status_code == 403
