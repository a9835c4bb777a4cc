"""Counts and times of requests by route template and status, without any personal value.

Several processes of one service share a folder: each locks a numbered slot and adds to the slot's files,
so that any process can answer for all, counts survive a restart, and there are never more files than processes.
"""

import fcntl
import os
import time
import weakref
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, Any, Final

import flask
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from shared.web.access import route_of

_BUCKETS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30)
_METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def register_metrics(app: flask.Flask, folder: Path | None) -> None:
    """Counts every request and answers `/metrics`; without a folder for this process alone."""
    registry = CollectorRegistry()
    if folder is not None:
        _share_values(folder)
        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    own = CollectorRegistry() if folder is not None else registry
    labels = ("method", "route", "status")
    requests = Counter("leadmill_http_requests", "Requests answered", labels, registry=own)
    seconds = Histogram("leadmill_http_request_seconds", "Time to answer", labels[:2], registry=own, buckets=_BUCKETS_S)
    app.before_request(_start_timer)
    app.after_request(partial(_count_request, requests, seconds))
    app.add_url_rule("/metrics", "metrics", _make_view(registry))


def _start_timer() -> None:
    flask.g.started_at = time.perf_counter()


def _count_request(requests: Counter, seconds: Histogram, response: flask.Response) -> flask.Response:
    request = flask.request
    route = route_of(request.url_rule.rule) if request.url_rule is not None else "unmatched"
    method = request.method if request.method in _METHODS else "other"
    requests.labels(method, route, str(response.status_code)).inc()
    seconds.labels(method, route).observe(time.perf_counter() - flask.g.started_at)
    return response


def _make_view(registry: CollectorRegistry) -> Callable[[], flask.Response]:
    def metrics() -> flask.Response:
        return flask.Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return metrics


def _share_values(folder: Path) -> None:
    """Lets the values of this process live in the files of its slot."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # the library takes the folder from nowhere else
    values.ValueClass = values.MultiProcessValue(_OwnSlot(folder))  # type: ignore[no-untyped-call]


class _OwnSlot:
    """Gives the slot of the process that asks, which may be a fork of the one that made this."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pid = 0

    def __call__(self) -> int:
        if self._pid != os.getpid():
            self._pid, self._slot = os.getpid(), _take_slot(self._folder)
        return self._slot.number


class _Slot:
    """A number that no other living process has, for as long as this object lives: with it goes its locked file."""

    def __init__(self, number: int, lock: IO[Any]) -> None:
        self.number = number
        weakref.finalize(self, lock.close)


def _take_slot(folder: Path) -> _Slot:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in count():
        lock = (folder / f"slot-{number}.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return _Slot(number, lock)
    raise AssertionError("count() has no end")
