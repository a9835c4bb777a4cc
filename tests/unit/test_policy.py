"""How a pool's own rules change, and what they are once resolved."""

from shared.domain.policy import change_rules, parse_rules

DEFAULTS = {
    "rest_days": 30,
    "shared_rest_days": 1,
    "callback_grace_minutes": 120,
    "attempts": {"maximum": 5, "working_days": 10},
    "extend_days": 30,
    "releases_per_day": 5,
    "release_bar_days": 30,
    "lapse_bar_days": 7,
    "working_days": {"hunter": 5},
    "working_hours": None,
}


def test_absent_is_unchanged_null_lifts_default_inherits() -> None:
    own = {"open_cap": 10, "rest_days": 3, "daily_norm": None}
    assert change_rules(own, {"open_cap": None, "rest_days": "default"}) == {"open_cap": None, "daily_norm": None}


def test_defaults_are_read_as_they_stand() -> None:
    rules = parse_rules(DEFAULTS)
    assert (rules.rest_days, rules.attempts_maximum, rules.attempts_days) == (30, 5, 10)


def test_a_lifted_rest_is_no_rest() -> None:
    rules = parse_rules(DEFAULTS | {"rest_days": None, "attempts": None, "releases_per_day": None})
    assert (rules.rest_days, rules.attempts_maximum, rules.releases_per_day) == (0, None, None)
