"""What reps see: masked digits revealed one by one, hidden fields, facts by role; the law at the call itself."""

from typing import Any

from tests.builders import add_lead, add_number
from tests.integration.desk import Desk, Office


def hide(office: Office, *names: str) -> Any:
    admin = office.desk("admin")
    pool = admin.get("/v1/pools")["items"][0]["id"]
    return admin.ask("PATCH", f"/v1/pools/{pool}", {"hidden": list(names), "reason": "leavers"})


def reveal(rep: Desk, given: Any, *, status: int = 200) -> Any:
    body = {"fence": given["fence"], "number_id": given["lead"]["numbers"][0]["id"]}
    return rep.post(f"/v1/assignments/{given['id']}/reveal", body, status=status)


def test_masked_digits_are_revealed_counted_and_audited(office: Office) -> None:
    add_lead(office.db, numbers=[add_number(office.db, "+48601234567")])
    assert hide(office, "numbers").json["hidden"] == ["numbers"]
    rep = office.desk()
    given = rep.claim()
    assert given["lead"]["numbers"][0]["e164"] == "+48•••••••67"
    assert reveal(rep, given)["e164"] == "+48601234567"
    assert office.value("SELECT count FROM day_count WHERE kind = 'reveals'") == 1
    assert office.value("SELECT count(*) FROM audit WHERE action = 'number_revealed'") == 1
    rep.say(given, "not_interested")


def test_a_day_has_so_many_reveals(office: Office) -> None:
    add_lead(office.db)
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": null, "reveals_per_day": 1}\' FROM pool'
    )
    rep = office.desk()
    given = rep.claim()
    path, number = f"/v1/assignments/{given['id']}/reveal", given["lead"]["numbers"][0]["id"]
    shown, refused = (rep.ask("POST", path, {"fence": given["fence"], "number_id": number}) for _ in range(2))
    assert (shown.status_code, shown.headers["RateLimit-Policy"]) == (200, '"reveals";q=1;w=86400')
    assert shown.headers["RateLimit"].startswith('"reveals";r=0;t=')
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 90_000


def test_nobody_reveals_what_others_hold(office: Office) -> None:
    add_lead(office.db)
    given = office.desk().claim()
    reveal(office.desk(), given, status=404)


def test_a_hidden_field_is_left_out(office: Office) -> None:
    lead = add_lead(office.db)
    office.db.execute(
        'UPDATE lead SET fields = fields || \'{"revenue": "9", "city": "Gdynia"}\' WHERE id = %s', (lead,)
    )
    hide(office, "revenue")
    given = office.desk().claim()["lead"]
    assert (given["fields"].get("revenue"), given["fields"]["city"]) == (None, "Gdynia")


def test_whom_one_calls_is_never_hidden(office: Office) -> None:
    assert hide(office, "company").status_code == 422


def test_a_fact_is_seen_by_its_roles_only(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    field = {"labels": {"en": "Margin"}, "type": "number", "seen_by": ["supervisor", "admin"]}
    assert admin.ask("PUT", "/v1/fact-fields/margin", field).status_code == 200
    given = rep.claim()
    rep.say(given, "interested", facts={"margin": "12", "way_in": "ask for Ewa"})
    path = f"/v1/leads/{given['lead']['id']}/history"
    assert [fact["field"] for fact in rep.get(path)["facts"]] == ["way_in"]
    assert [fact["field"] for fact in admin.get(path)["facts"]] == ["margin", "way_in"]


def test_a_fields_type_is_for_ever(office: Office) -> None:
    admin = office.desk("admin")
    changed: Any = admin.ask("PUT", "/v1/fact-fields/way_in", {"labels": {"en": "x"}, "type": "number"}).json
    assert changed["code"] == "type_for_ever"
    person: Any = admin.ask("PUT", "/v1/fact-fields/hobby", {"labels": {"en": "x"}, "type": "text", "about": "person"})
    assert person.status_code == 422


def test_a_call_out_of_hours_is_kept_told_and_audited(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": "pack"}\' FROM pool'
    )
    office.db.execute("UPDATE rule_pack SET valid_until = '2026-01-02'")
    assert rep.say(given, "not_interested")["warnings"] == ["no_rule_pack"]
    assert office.value("SELECT detail ->> 'why' FROM audit WHERE action = 'called_out_of_hours'") == "no_rule_pack"


def test_the_law_is_asked_again_at_the_call(office: Office) -> None:
    """The hours may have ended between the claim and the call."""
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": "pack"}\' FROM pool'
    )
    office.db.execute("UPDATE rule_pack SET valid_until = '2026-01-02'")
    body = {"fence": given["fence"], "number_id": given["lead"]["numbers"][0]["id"]}
    refused = rep.post(f"/v1/assignments/{given['id']}/calls", body, status=422)
    assert refused["code"] == "no_rule_pack"
    assert reveal(rep, given, status=422)["code"] == "no_rule_pack"
