"""Logs are JSON lines and hold no personal value."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from shared.logs import configure_logs

MARK = "+48600100200"


@pytest.fixture
def configured() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def _only_line(text: str) -> dict[str, object]:
    (line,) = text.splitlines()
    parsed = json.loads(line)
    assert isinstance(parsed, dict)
    return parsed


@pytest.mark.usefixtures("configured")
def test_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO")
    structlog.get_logger("tests").info("batch_done", batch_id=7)
    line = _only_line(capsys.readouterr().err)
    assert (line["event"], line["batch_id"], line["level"]) == ("batch_done", 7, "info")


@pytest.mark.usefixtures("configured")
def test_personal_names_are_withheld_at_any_depth(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO")
    structlog.get_logger("tests").info("x", e164=MARK, lead={"phone": MARK, "rows": [{"note": MARK}]})
    text = capsys.readouterr().err
    assert MARK not in text
    assert text.count("[withheld]") == 3


@pytest.mark.usefixtures("configured")
def test_exception_is_told_without_message(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO")
    try:
        int(MARK + "x")
    except ValueError:
        structlog.get_logger("tests").exception("row_failed")
        logging.getLogger("library").exception("failed")
    for line in capsys.readouterr().err.splitlines():
        assert MARK not in line
        assert json.loads(line)["error"] == "ValueError"
        assert "test_exception_is_told_without_message" in json.loads(line)["at"][-1]


@pytest.mark.usefixtures("configured")
def test_level_holds_for_libraries_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO")
    logging.getLogger("rq.worker").info("job arguments")
    logging.getLogger("library").debug("noise")
    assert capsys.readouterr().err == ""
