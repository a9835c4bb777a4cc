"""Claims that are made in one statement: each as if it had come alone, and none holds up its neighbours."""

from typing import Any

import pytest

from shared.auth import ParsedToken, Pass, Role, parse_authorization
from shared.storage.claim import Asked, Handed, Untold, claim_once
from shared.storage.idempotency import RequestKey
from tests.builders import add_lead, add_number, add_person, add_site, add_token, connect, lift_hours, one


def token_of(db: Any, person: int) -> ParsedToken:
    return parse_authorization(f"Bearer {add_token(db, person)}")


def key_of(token: ParsedToken, name: str, body: bytes = b"{}") -> RequestKey:
    return RequestKey(token.token_id, "POST /v1/queue/next", name.encode().ljust(32), body)


def asked(token: ParsedToken, *, count: int = 1, key: RequestKey | None = None) -> Asked:
    return Asked(Pass(token, (Role.REP,), None), count, key)


def together(db: Any, requests: list[Asked]) -> list[Any]:
    return list(claim_once(db, requests, alone=False))


def alone(db: Any, request: Asked) -> Any:
    return claim_once(db, [request], alone=True)[0]


def leads(answer: Any) -> list[int]:
    assert isinstance(answer, Handed), answer
    return [card.lead_id for card in answer.cards]


@pytest.fixture
def reps(db: Any, database_url: str) -> list[ParsedToken]:
    return [token_of(db, add_person(db)) for _ in range(4)]


def test_who_comes_first_gets_the_best(db: Any, reps: list[ParsedToken]) -> None:
    ids = [add_lead(db) for _ in range(5)]
    answers = together(db, [asked(rep) for rep in reps])
    assert [leads(answer) for answer in answers] == [[lead] for lead in ids[:4]]
    holders = db.execute(
        "SELECT person_id, actor FROM assignment JOIN event ON entity_id = assignment.id AND entity = 'assignment'"
    )
    assert {person == actor for person, actor in holders} == {True}


def test_each_gets_as_many_as_it_asked_for(db: Any, reps: list[ParsedToken]) -> None:
    for _ in range(6):
        add_lead(db)
    answers = together(db, [asked(reps[0], count=3), asked(reps[1]), asked(reps[2], count=2)])
    assert [len(leads(answer)) for answer in answers] == [3, 1, 2]


def test_two_leads_of_one_client_never_go_to_two_reps(db: Any, reps: list[ParsedToken]) -> None:
    site, shared = add_site(db), add_number(db)
    first, _ = add_lead(db, site=site), add_lead(db, site=site)
    third, _ = add_lead(db, numbers=[shared]), add_lead(db, numbers=[shared])
    answers = together(db, [asked(rep) for rep in reps])
    assert [leads(answer) for answer in answers[:1]] == [[first]]
    held = [lead for answer in answers if isinstance(answer, Handed) for lead in leads(answer)]
    assert held == [first, third]
    assert [answer for answer in answers if not isinstance(answer, Handed)] == [Untold.ALONE] * 2


def test_a_repetition_beside_others_gives_the_same_lead(db: Any, reps: list[ParsedToken]) -> None:
    add_lead(db), add_lead(db)
    first = alone(db, asked(reps[0], key=key_of(reps[0], "a")))
    again, other = together(db, [asked(reps[0], key=key_of(reps[0], "a")), asked(reps[1], key=key_of(reps[1], "b"))])
    assert leads(again) == leads(first) != leads(other)


def test_one_bad_request_takes_nothing_from_its_neighbours(db: Any, reps: list[ParsedToken]) -> None:
    add_lead(db)
    together(db, [asked(reps[0], key=key_of(reps[0], "a"))])
    second = add_lead(db)
    wrong = ParsedToken(reps[1].token_id, b"x" * 32)
    reused, forged, good = together(
        db,
        [asked(reps[0], key=key_of(reps[0], "a", b"other")), asked(wrong), asked(reps[2])],
    )
    assert (reused.code, forged, leads(good)) == ("key_reused", Untold.NOT_ALLOWED, [second])


def test_who_asks_twice_at_once_is_answered_one_after_the_other(db: Any, reps: list[ParsedToken]) -> None:
    add_lead(db), add_lead(db)
    first, second = together(db, [asked(reps[0], key=key_of(reps[0], "a")), asked(reps[0], key=key_of(reps[0], "b"))])
    assert (len(leads(first)), second) == (1, Untold.ALONE)


def test_a_rep_whose_row_is_held_up_holds_up_nobody(db: Any, reps: list[ParsedToken], database_url: str) -> None:
    lead = add_lead(db)
    with connect(database_url) as other, other.transaction():
        other.execute("SELECT 1 FROM person JOIN token ON person_id = person.id WHERE token.id = %s FOR UPDATE OF person", (reps[0].token_id,))  # fmt: skip
        assert together(db, [asked(reps[0])]) == [Untold.ALONE]
        held_up, free = together(db, [asked(reps[0]), asked(reps[1])])
    assert (held_up, leads(free)) == (Untold.ALONE, [lead])


def test_why_there_is_none_is_told_to_who_asks_alone(db: Any, reps: list[ParsedToken]) -> None:
    assert together(db, [asked(reps[0])]) == [Untold.ALONE]
    assert alone(db, asked(reps[0])).reason == "queue_empty"


def test_what_somebody_else_holds_is_passed_over(db: Any, reps: list[ParsedToken], database_url: str) -> None:
    first, second, third = add_lead(db), add_lead(db), add_lead(db)
    with connect(database_url) as other, other.transaction():
        other.execute("SELECT lock_lead(%s)", (first,))
        assert [leads(answer) for answer in together(db, [asked(rep) for rep in reps[:2]])] == [[second], [third]]


def test_a_lead_barred_for_one_of_them_goes_to_another(db: Any, reps: list[ParsedToken]) -> None:
    barred, free = add_lead(db), add_lead(db)
    person = one(db, "SELECT person_id FROM token WHERE id = %s", reps[0].token_id)
    db.execute("INSERT INTO rep_bar VALUES (%s, %s, clock() + interval '1 day', 'expired')", (barred, person))
    assert [leads(answer) for answer in together(db, [asked(reps[0]), asked(reps[1])])] == [[free], [barred]]


def test_reps_of_different_pools_get_each_their_own(db: Any, database_url: str, reps: list[ParsedToken]) -> None:
    ours = add_lead(db)
    pool = one(db, "INSERT INTO pool (name) VALUES ('north') RETURNING id")
    lift_hours(db, "north")
    theirs = add_lead(db)
    db.execute("UPDATE lead SET pool_id = %s WHERE id = %s", (pool, theirs))
    db.execute("SELECT refresh_queue(ARRAY[%s::bigint])", (theirs,))
    north = token_of(db, add_person(db, pool="north"))
    assert [leads(answer) for answer in together(db, [asked(north), asked(reps[0])])] == [[theirs], [ours]]


def test_a_due_promise_comes_before_the_queue_beside_others(db: Any, reps: list[ParsedToken]) -> None:
    promised, free = add_lead(db), add_lead(db)
    person = one(db, "SELECT person_id FROM token WHERE id = %s", reps[1].token_id)
    db.execute(
        "INSERT INTO promise (lead_id, kind, person_id, pool_id, why, due_at, grace_until)"
        " SELECT %s, 'callback', %s, pool_id, 'asked', clock(), clock() + interval '1 hour' FROM lead WHERE id = %s",
        (promised, person, promised),
    )
    db.execute("SELECT settle(%s, NULL, NULL, clock())", (promised,))
    assert [leads(answer) for answer in together(db, [asked(reps[0]), asked(reps[1])])] == [[free], [promised]]
