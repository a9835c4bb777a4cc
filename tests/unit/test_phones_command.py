"""`leadmill phones`: lines in, lines out."""

import json

from click.testing import CliRunner

from services.phones_command import phones


def run(given: str | bytes, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(phones, arguments, input=given)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return result.exit_code, lines, result.stderr


def test_each_line_is_answered_in_order() -> None:
    code, answers, _ = run(
        '{"raw":"22 555 01 23 wew. 5","region":"PL"}\n\n{"raw":"n/a","region":null,"area_code":null}\n'
    )
    number = {
        "e164": "+48225550123",
        "valid": True,
        "type": "fixed_line",
        "extension": "5",
        "country": "PL",
        "note": None,
    }
    assert (code, answers) == (0, [{"numbers": [number], "reason": None}, {"numbers": [], "reason": "placeholder"}])


def test_country_option_serves_lines_without_region() -> None:
    _, answers, _ = run('{"raw":"501 234 567"}\n', "--country", "PL")
    _, same, _ = run('{"raw":"501 234 567"}\n', "--region", "PL")
    assert answers == same
    assert answers[0]["reason"] is None


def test_bad_line_is_refused_with_its_number() -> None:
    for bad in ("oops", "[]", '{"raw":5}', '{"raw":"1","region":5}'):
        code, answers, stderr = run('{"raw":"n/a"}\n' + bad)
        assert (code, len(answers)) == (2, 1)
        assert "line 2" in stderr


def test_bytes_that_are_no_text_are_refused() -> None:
    code, _, stderr = run(b'{"raw":"\xff"}\n')
    assert (code, "line 1" in stderr) == (2, True)
