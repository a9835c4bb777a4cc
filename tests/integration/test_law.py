"""When somebody may be called: hours and days off of their own zones; what is not surely lawful is closed and says so."""

from typing import Any

import pytest

from shared.ids import encode
from tests.builders import add_lead, add_number, add_person, connect, one
from tests.integration.desk import Office


@pytest.fixture
def db(database_url: str) -> Any:
    with connect(database_url) as connection:
        yield connection


def bar(db: Any, country: str, zones: list[str], at: str) -> Any:
    return one(db, "SELECT window_bar(%s, %s, %s)", country, zones, at)


@pytest.mark.parametrize(
    ("country", "zone", "at", "why"),
    [
        ("PL", "Europe/Warsaw", "2026-11-23 08:00+01", None),
        ("PL", "Europe/Warsaw", "2026-11-23 07:59+01", "closed_hours"),
        ("PL", "Europe/Warsaw", "2026-11-23 20:00+01", "closed_hours"),
        ("PL", "Europe/Warsaw", "2026-11-22 12:00+01", "closed_hours"),
        ("PL", "Europe/Warsaw", "2026-11-11 12:00+01", "holiday"),
        ("LT", "Europe/Vilnius", "2026-06-24 12:00+03", "holiday"),
        ("RU", "Europe/Moscow", "2026-01-09 12:00+03", "holiday"),
        ("RU", "Europe/Moscow", "2026-11-23 08:30+03", "closed_hours"),
        ("DE", "Europe/Berlin", "2026-10-31 12:00+01", "holiday"),
        ("GB", "Europe/London", "2026-12-28 12:00+00", "holiday"),
        ("GB", "Europe/London", "2026-11-23 12:00+00", None),
        ("US", "America/New_York", "2026-11-26 12:00-05", "holiday"),
        ("US", "America/New_York", "2026-11-28 12:00-05", None),
        ("US", "America/New_York", "2026-11-29 12:00-05", "closed_hours"),
        ("PL", "Europe/Warsaw", "2028-01-03 12:00+01", "no_rule_pack"),
        ("FR", "Europe/Paris", "2026-11-23 12:00+01", "no_rule_pack"),
    ],
)
def test_the_law_of_the_called_zone(db: Any, country: str, zone: str, at: str, why: str | None) -> None:
    assert bar(db, country, [zone], at) == why


def test_several_zones_have_the_hours_common_to_all(db: Any) -> None:
    coasts = ["America/New_York", "America/Los_Angeles"]
    assert bar(db, "US", coasts, "2026-11-23 10:59-05") == "closed_hours"
    assert bar(db, "US", coasts, "2026-11-23 11:00-05") is None
    assert bar(db, "US", coasts, "2026-11-23 20:00-05") == "closed_hours"


def test_hours_keep_to_the_local_clock_when_it_changes(db: Any) -> None:
    assert one(db, "SELECT window_opens_at('PL', '{Europe/Warsaw}', '2026-03-28 12:00+01')::text") is not None
    assert one(db, "SELECT window_opens_at('PL', '{Europe/Warsaw}', '2026-03-28 12:00+01') = '2026-03-30 08:00+02'")
    assert one(db, "SELECT window_opens_at('PL', '{Europe/Warsaw}', '2026-10-24 12:00+02') = '2026-10-26 08:00+01'")


def test_a_window_skips_the_days_off(db: Any) -> None:
    assert one(db, "SELECT window_opens_at('PL', '{Europe/Warsaw}', '2026-12-23 21:00+01') = '2026-12-28 08:00+01'")
    assert one(db, "SELECT window_opens_at('PL', '{Europe/Warsaw}', '2027-12-31 21:00+01')") is None


def wanted_zones(db: Any, country: str, e164: str) -> Any:
    """Where a lead of this country may be whose only number is this."""
    lead = add_lead(db, country=country, numbers=[add_number(db, e164)])
    return one(db, "SELECT zones FROM wanted_zones(ARRAY[%s]::bigint[])", lead)


@pytest.mark.parametrize(
    ("country", "e164", "zones"),
    [
        ("US", "+12125550123", ["America/New_York"]),
        ("US", "+18085550123", ["Pacific/Honolulu"]),
        ("US", "+14805550123", ["America/Phoenix"]),
        ("RU", "+73832000000", ["Asia/Novosibirsk"]),
        ("RU", "+74952000000", ["Europe/Moscow"]),
    ],
)
def test_an_area_code_names_its_zone(db: Any, country: str, e164: str, zones: list[str]) -> None:
    assert wanted_zones(db, country, e164) == zones


def test_what_names_no_zone_may_be_in_every_one(db: Any) -> None:
    every = one(db, "SELECT zones FROM country WHERE code = 'US'")
    assert [wanted_zones(db, "US", e164) for e164 in ("+18005550123", "+48600111222")] == [every, every]


def test_a_lead_stands_in_the_window_of_its_numbers(db: Any) -> None:
    """One number on each coast: only when both may be called."""
    numbers = [add_number(db, "+12125550123"), add_number(db, "+13105550123")]
    first, both = add_lead(db, country="US", numbers=numbers[:1]), add_lead(db, country="US", numbers=numbers)
    zones = "SELECT w.zones FROM lead AS l JOIN calling_window AS w ON w.id = l.window_id WHERE l.id = %s"
    assert one(db, zones, first) == ["America/New_York"]
    assert one(db, zones, both) == ["America/New_York", "America/Los_Angeles"]
    entries = "SELECT count(*) FROM queue_entry AS q JOIN lead AS l ON l.id = q.lead_id WHERE q.window_id = l.window_id"
    assert one(db, entries) == 2


def set_clock(db: Any, at: str) -> None:
    db.execute("UPDATE clock_offset SET shift = %s::timestamptz - clock_timestamp()", (at,))


def test_a_claim_goes_by_the_zone_of_the_number(db: Any) -> None:
    """Nine in New York is six in Los Angeles: the east coast is called, the west sleeps."""
    west = add_lead(db, country="US", numbers=[add_number(db, "+13105550123")])
    east = add_lead(db, country="US", numbers=[add_number(db, "+12125550123")])
    rep = add_person(db)
    for at, foreseen in (("09:00", False), ("09:05", True)):
        set_clock(db, f"2026-11-23 {at}-05")
        if foreseen:
            assert one(db, "SELECT foresee_windows(100)") > 0
        taken = one(db, "SELECT assignment_id FROM claim_next(%s)", rep)
        assert one(db, "SELECT lead_id FROM assignment WHERE id = %s", taken) == east
        assert db.execute("SELECT reason FROM claim_next(%s)", (rep,)).fetchone() == ("closed_hours",)
        db.execute("SELECT end_assignment(%s, 'done', clock())", (taken,))
    set_clock(db, "2026-11-23 12:00-05")
    taken = one(db, "SELECT assignment_id FROM claim_next(%s)", rep)
    assert one(db, "SELECT lead_id FROM assignment WHERE id = %s", taken) == west


def test_what_was_foreseen_ends_with_the_law(db: Any) -> None:
    set_clock(db, "2026-11-23 12:00+01")
    one(db, "SELECT foresee_windows(100)")
    status = "SELECT window_is_open(w, clock()) FROM calling_window AS w WHERE country = 'PL'"
    assert one(db, status) is True
    assert one(db, "SELECT known_until = '2026-11-23 20:00+01' FROM calling_window WHERE country = 'PL'")
    set_clock(db, "2026-11-23 20:00+01")
    assert one(db, status) is False
    set_clock(db, "2026-11-23 12:00+01")
    db.execute("INSERT INTO holiday (country, day, name, source) VALUES ('PL', '2026-11-23', 'mourning', 'decree')")
    assert one(db, status) is False


def test_an_expired_pack_closes_its_country_and_says_so(office: Office) -> None:
    lead = add_lead(office.db)
    rules = '{"calling_hours": "pack"}'
    office.db.execute("INSERT INTO policy (pool_id, version, rules) SELECT id, 2, %s FROM pool", (rules,))
    office.db.execute("UPDATE rule_pack SET valid_until = '2026-01-02' WHERE country = 'PL'")
    office.desk()
    explained = office.desk("admin").get(f"/v1/leads/{encode('lead', lead)}/gates")
    hours = next(gate for gate in explained["gates"] if gate["gate"] == "hours")
    assert (hours["open"], hours["reason"], hours["opens_at"]) == (False, "no_rule_pack", None)


def france(**more: object) -> dict[str, object]:
    hours = [{"weekdays": [1, 2, 3, 4, 5], "opens": "10:00", "closes": "13:00"}]
    dates = {"valid_from": "2026-01-01", "valid_until": "2028-01-01"}
    return {
        "hours": hours,
        "holidays": [{"day": "2026-07-14", "name": "14 juillet"}],
        "source": "a decree",
        **dates,
        **more,
    }


def test_a_country_is_switched_on_once_its_law_is_known(office: Office) -> None:
    """Only a country with a live rule pack can be switched on."""
    lead = add_lead(office.db, country="FR")
    admin, rep = office.desk("admin"), office.desk()
    switch: dict[str, object] = {"may_call": True, "reason": "new market"}
    assert admin.ask("PATCH", "/v1/countries/FR", switch).json["code"] == "no_rule_pack"
    assert rep.claim() is None
    assert admin.post("/v1/countries/FR/packs", france(), status=201)["has_pack"] is True
    assert admin.post("/v1/countries/FR/packs", france(), status=409)["code"] == "pack_exists"
    assert admin.ask("PATCH", "/v1/countries/FR", switch).json["may_call"] is True
    assert rep.claim()["lead"]["id"] == encode("lead", lead)
    listed = {item["code"]: item for item in admin.get("/v1/countries")["items"]}
    assert (listed["FR"]["source"], listed["PL"]["valid_until"]) == ("a decree", "2028-01-01")


def test_a_country_that_is_switched_off_hands_nothing_out(office: Office) -> None:
    add_lead(office.db)
    admin = office.desk("admin")
    admin.ask("PATCH", "/v1/countries/PL", {"may_call": False, "reason": "the law is unclear"})
    assert office.desk().claim() is None
    admin.ask("PATCH", "/v1/countries/PL", {"may_call": True, "reason": "it is clear"})
    assert office.desk().claim() is not None


@pytest.mark.parametrize("wrong", [{"valid_until": "2025-01-01"}, {"hours": []}, {"source": ""}])
def test_a_pack_that_is_none_is_refused(office: Office, wrong: dict[str, object]) -> None:
    office.desk("admin").post("/v1/countries/FR/packs", france(**wrong), status=422)


def test_a_supervisor_does_not_write_the_law(office: Office) -> None:
    office.desk("supervisor", team=office.team()).post("/v1/countries/FR/packs", france(), status=403)
