"""What a ring starts: the job reads its settings from the environment and works off whatever waits."""

import pytest
import redis
from rq import Queue
from rq.defaults import RQ_KEY_PREFIX

from services.cleaner import jobs, worker
from shared.config import BadSetting, read_settings
from tests import builders
from tests.integration.line import FIELDS, Line

ANNA = ("Nowak Druk", "Anna Nowak", "601 202 303", "", "", "Warszawa", "PL")


@pytest.fixture
def line(line: Line, database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("LEADMILL_DATABASE_URL", database_url)
    monkeypatch.setenv("LEADMILL_SECRET_KEY_FILE", str(line.settings.secret_key_file))
    monkeypatch.setenv("LEADMILL_REDIS_URL", redis_url)
    monkeypatch.setenv("LEADMILL_RQ_PREFIX", RQ_KEY_PREFIX)
    return line


def rings(redis_url: str) -> int:
    with redis.Redis.from_url(redis_url) as client:
        return len(Queue("clean", connection=client))


def test_a_ring_works_off_what_waits(line: Line, redis_url: str) -> None:
    upload = builders.stage_upload(line.db, FIELDS, [ANNA])
    jobs.look(version=1, upload_id=upload)
    assert line.verdicts(upload) == [("new", "new")]
    assert rings(redis_url) == 0


def test_what_is_left_is_rung_for(line: Line, redis_url: str) -> None:
    upload = builders.stage_upload(line.db, FIELDS, [ANNA])
    jobs.look(turn_s=0, version=1)
    assert line.verdicts(upload) == []
    assert rings(redis_url) == 1


def test_a_worker_without_valkey_says_what_to_set() -> None:
    with pytest.raises(BadSetting, match="LEADMILL_REDIS_URL"):
        worker.run(read_settings({}))
