"""A whole running stack that the fault tests hurt: asked over HTTP only, judged by `leadmill verify`."""

import http.client
import json
import os
import secrets
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services.http_client import Service
from services.stack.launch import wait_for
from tests.integration.test_stack_up import Running, leadmill, running_up

FAR_S = 90.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered; status 0: nobody did."""

    status: int
    retry_after: str | None
    body: Any


@dataclass(frozen=True, slots=True)
class Plant:
    """A stack with one source, and reps who may claim at any hour."""

    running: Running
    admin: str
    source: str
    reps: Sequence[str]

    def ask(
        self, service: str, token: str, method: str, path: str, body: Any = None, *, key: str | None = None
    ) -> Answer:
        """Sends one request; a connection that breaks is an answer of status 0."""
        address = urlsplit(self.running.url(service))
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = key or secrets.token_hex(16)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers.get("Retry-After"), json.loads(response.read() or b"null"))
        except (OSError, http.client.HTTPException):
            return Answer(0, None, None)
        finally:
            connection.close()

    def claim(self, rep: str) -> Answer:
        """A rep pulls one lead."""
        return self.ask("dispatcher", rep, "POST", "/v1/queue/next", {"count": 1})

    def upload(self, folder: Path, rows: int, *, first: int) -> str:
        """Uploads a list of that many companies with a number each; gives the upload's id."""
        lines = (f"Firma {secrets.token_hex(4)} {n},+48600{n:06d},Kraków" for n in range(first, first + rows))
        file = folder / f"list-{first}.csv"
        file.write_text("\n".join(("company,phone,city", *lines)), encoding="utf-8")
        service = Service(self.running.url("intake"), self.admin)
        sent = service.send_file(f"/v1/uploads?source={self.source}", file, {}, tell=lambda _bytes: None)
        return str(sent["id"])

    def state(self, upload: str) -> str:
        """Where an upload stands."""
        answer = self.ask("intake", self.admin, "GET", f"/v1/uploads/{upload}")
        return str(answer.body["state"]) if answer.status == 200 else "unknown"

    def is_at_work(self, upload: str) -> bool:
        """Waits until the cleaner works on an upload; False when that was over before anybody saw it."""
        wait_for(lambda: self.state(upload) not in ("received", "reading", "unknown"), timeout_s=FAR_S)
        return self.state(upload) in ("cleaning", "matching")

    def is_ready(self, upload: str, rows: int) -> bool:
        """Waits until it is ready, and says whether every row is accounted for."""
        wait_for(lambda: self.state(upload) in ("ready", "failed"), timeout_s=FAR_S, interval_s=0.2)
        told = self.ask("intake", self.admin, "GET", f"/v1/uploads/{upload}").body
        counts = dict(told["rows"])
        return bool(told["state"] == "ready" and counts.pop("read") == rows == sum(counts.values()))

    def violations(self) -> Any:
        """What `leadmill verify` finds."""
        return json.loads(leadmill("verify", "--json", data=self.running.data).stdout)["violations"]


def kill_children(pid: int | None) -> int:
    """Kills what a process has started; gives how many."""
    killed = 0
    with suppress(FileNotFoundError, ProcessLookupError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
            killed += 1
    return killed


@contextmanager
def running_plant(data: Path, *, reps: int = 3) -> Iterator[Plant]:
    """Starts a stack and sets it up over HTTP."""
    with running_up(data) as running:
        admin = Path(str(running.status()["admin_token_file"])).read_text().strip()
        intake, dispatcher = (Service(running.url(name), admin) for name in ("intake", "dispatcher"))
        given = {"name": "vendor", "kind": "purchased", "default_country": "PL", "legal_basis": "legitimate_interest"}
        source = intake.ask("POST", "/v1/sources", given)["id"]
        (pool,) = (one["id"] for one in dispatcher.ask("GET", "/v1/pools")["items"] if one["name"] == "default")
        lifted = dict.fromkeys(("calling_hours", "open_cap", "daily_norm", "working_hours"))
        dispatcher.ask("PATCH", f"/v1/pools/{pool}", {"policy": lifted})
        tokens = []
        for number in range(reps):
            person = {"name": f"rep {number}", "role": "rep", "duty": "hunter", "pools": [pool]}
            made = dispatcher.ask("POST", "/v1/people", person)["id"]
            tokens.append(str(dispatcher.ask("POST", f"/v1/people/{made}/tokens", {})["token"]))
        yield Plant(running, admin, str(source), tokens)
