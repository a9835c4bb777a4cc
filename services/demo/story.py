"""The story of the demo, chapter by chapter: each asks the services over HTTP as a client would, and says what came."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from services.demo.telling import explain_pair, list_reasons, show_counts
from services.http_client import Service

_DEADLINE_S: Final = 120.0
_LOOK_EVERY_S: Final = 0.2
_AT_ONCE: Final = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the story plays: both services under the admin's token, and how a line is told."""

    intake: Service
    dispatcher: Service
    say: Callable[[str], object]

    def title(self, text: str) -> None:
        """Begins a chapter."""
        self.say(f"\n== {text}")


def tell(stage: Stage, purchased: Path, scraped: Path) -> None:
    """Tells the whole story."""
    uploads = [
        _bring(stage, purchased, name="Northgate Data Ltd", kind="purchased", country="US"),
        _bring(stage, scraped, name="Directory scrape", kind="scraped", country="DE"),
    ]
    _release_scraped(stage, uploads[1])
    _show_merges(stage, uploads)
    _show_quarantine(stage, uploads)
    pool = _open_pool(stage)
    anna, boris = (_hire(stage, name, pool) for name in ("Anna", "Boris"))
    _pull_at_once(stage, anna, boris)
    _contact_rests(stage, anna)
    _callback_is_kept(stage, anna, boris)
    _take_back(stage, boris)


def _bring(stage: Stage, file: Path, *, name: str, kind: str, country: str) -> dict[str, Any]:
    """Uploads a list and waits for the verdict of every row."""
    stage.title(f"Marketing uploads {file.name} ({kind})")
    body = {"name": name, "kind": kind, "default_country": country, "cost_per_record": "0.12", "currency": "EUR"}
    source = stage.intake.ask("POST", "/v1/sources", {**body, "legal_basis": "legitimate_interest"})
    upload = stage.intake.send_file(f"/v1/uploads?source={source['id']}", file, {}, tell=lambda _: None)
    read = ", ".join(f"{column['header']} = {column['field']}" for column in upload["mapping"] if column["field"])
    stage.say(f"read as {upload['format']}, {upload['encoding']}, header in line {upload['header_line']}: {read}")
    until = time.monotonic() + _DEADLINE_S
    while upload["state"] not in ("ready", "failed") and time.monotonic() < until:
        time.sleep(_LOOK_EVERY_S)
        upload = stage.intake.ask("GET", f"/v1/uploads/{upload['id']}")
    if upload["state"] != "ready":
        raise TimeoutError(f"{file.name} is {upload['state']}: see the logs in the data folder")
    stage.say(show_counts(upload["rows"]))
    return upload


def _release_scraped(stage: Stage, upload: dict[str, Any]) -> None:
    stage.title("A scraped list is held until somebody answers for it")
    stage.say(f"its circulation is {upload['circulation']}; marketing lets it go out, with a reason that is kept")
    change = {"circulation": "active", "reason": "checked by hand, public business directory"}
    stage.intake.ask("PATCH", f"/v1/sources/{upload['source_id']}", change)
    stage.intake.ask("PATCH", f"/v1/uploads/{upload['id']}", change)


def _show_merges(stage: Stage, uploads: list[dict[str, Any]]) -> None:
    stage.title("Three merges, field by field (log-odds: above zero speaks for one and the same)")
    shown: set[str] = set()
    for upload in reversed(uploads):
        for row in stage.intake.ask("GET", f"/v1/uploads/{upload['id']}/rows?verdict=merged&limit=100")["items"]:
            pairs = (
                stage.dispatcher.ask("GET", f"/v1/leads/{row['lead_id']}/matches")["items"]
                if row["lead_id"] not in shown
                else []
            )
            if pairs and len(shown) < (2 if upload is uploads[1] else 3):
                shown.add(row["lead_id"])
                stage.say(explain_pair(pairs[0]))


def _show_quarantine(stage: Stage, uploads: list[dict[str, Any]]) -> None:
    stage.title("Leads without a callable number are kept apart, each with its reason")
    for upload in uploads:
        rows = stage.intake.ask("GET", f"/v1/uploads/{upload['id']}/rows?verdict=quarantined&limit=100")["items"]
        stage.say(f"{upload['filename']}: {list_reasons(rows)}")


def _open_pool(stage: Stage) -> str:
    """Lifts the calling hours, so that the demo shows the same at any hour."""
    pool = next(pool for pool in stage.dispatcher.ask("GET", "/v1/pools")["items"] if pool["name"] == "default")
    stage.title("Two reps start")
    stage.say(
        "as admin the demo lifts calling_hours on its own pool, audited, so that it shows the same at night and on Sundays"
    )
    stage.dispatcher.ask("PATCH", f"/v1/pools/{pool['id']}", {"policy": {"calling_hours": None}})
    return str(pool["id"])


def _hire(stage: Stage, name: str, pool: str) -> Service:
    person = stage.dispatcher.ask("POST", "/v1/people", {"name": name, "role": "rep", "pools": [pool]})
    token = stage.dispatcher.ask("POST", f"/v1/people/{person['id']}/tokens", {})
    return replace(stage.dispatcher, token=token["token"])


def _claim(rep: Service) -> dict[str, Any]:
    assignments = rep.ask("POST", "/v1/queue/next", {"count": 1})["assignments"]
    if not assignments:
        raise LookupError("the queue is empty")
    return dict(assignments[0])


def _record(rep: Service, assignment: dict[str, Any], disposition: str, **more: Any) -> dict[str, Any]:
    dialled = assignment["lead"]["numbers"][0]
    body = {"fence": assignment["fence"], "number_id": dialled["id"], "disposition": disposition, **more}
    return rep.ask("POST", f"/v1/assignments/{assignment['id']}/contacts", body)


def _pull_at_once(stage: Stage, anna: Service, boris: Service) -> None:
    stage.title("They pull leads at the same moment")
    with ThreadPoolExecutor(2 * _AT_ONCE) as threads:
        pulled = [threads.submit(_claim, rep) for _ in range(_AT_ONCE) for rep in (anna, boris)]
        leads = [one.result()["lead"] for one in pulled]
    numbers = [number["e164"] for lead in leads for number in lead["numbers"]]
    stage.say(f"{len(leads)} leads handed out, {len({lead['id'] for lead in leads})} different ones;")
    stage.say(
        f"{len(numbers)} numbers in their hands, {len(set(numbers))} different ones: nobody is called by two reps"
    )


def _contact_rests(stage: Stage, rep: Service) -> None:
    stage.title("A contact, and its rest")
    assignment = rep.ask("GET", "/v1/queue")["items"][0]
    answer = _record(rep, assignment, "not_interested", note="has a supplier, satisfied")
    lead = assignment["lead"]
    stage.say(
        f"Anna speaks to {lead['person'] or lead['company']}: not interested; the assignment is {answer['assignment']['state']}"
    )
    gates = stage.dispatcher.ask("GET", f"/v1/leads/{lead['id']}/gates")
    stage.say(f"why is the lead not handed out again? it opens at {gates['opens_at'][:16]}; closed gates:")
    for gate in gates["gates"]:
        if not gate["open"]:
            stage.say(f"  {gate['gate']:14} {gate['reason']:22} until {(gate['opens_at'] or 'somebody acts')[:16]}")


def _callback_is_kept(stage: Stage, anna: Service, boris: Service) -> None:
    stage.title("A callback, kept by the same rep inside the rest")
    assignment = anna.ask("GET", "/v1/queue")["items"][0]
    due = datetime.now(UTC) + timedelta(seconds=2)
    _record(anna, assignment, "callback", callback_at=due.isoformat())
    other = _claim(boris)
    stage.say(
        f"{assignment['lead']['company']} asks to be called back; Boris pulls next and gets {other['lead']['company']}"
    )
    until = time.monotonic() + _DEADLINE_S
    while time.monotonic() < until:
        time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()) + _LOOK_EVERY_S)
        kept = _claim(anna)
        if kept["lead"]["id"] == assignment["lead"]["id"]:
            stage.say(
                f"when it is due Anna pulls, and gets {kept['lead']['company']} first: a promise passes the rest, for her alone"
            )
            _record(anna, kept, "interested", note="wants an offer")
            return
    raise TimeoutError("the callback did not come back to its rep")


def _take_back(stage: Stage, boris: Service) -> None:
    stage.title("A supervisor takes stale leads back")
    held = boris.ask("GET", "/v1/queue")["items"]
    ids = [assignment["id"] for assignment in held[:3]]
    ask = {"assignment_ids": ids, "reason": "untouched, Boris is away"}
    would = stage.dispatcher.ask("POST", "/v1/assignments/reclaim", {**ask, "dry_run": True})
    stage.say(f"a dry run would take back {len(would['reclaimed'])} of the {len(held)} that Boris holds")
    done = stage.dispatcher.ask("POST", "/v1/assignments/reclaim", ask)
    stage.say(
        f"taken back: {len(done['reclaimed'])}, in one recorded action; Boris holds {len(boris.ask('GET', '/v1/queue')['items'])}"
    )
