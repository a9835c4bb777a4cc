"""What waits at the same time is worked off together, once each, and a failure is told to all whom it may concern."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.together import NotTogether, Together


class Office:
    """Doubles numbers; the first call stays open until `others` more have come."""

    def __init__(self, others: int, *, most: int = 100, fails_with: Exception | None = None) -> None:
        self.batches: list[list[int]] = []
        self.desk = Together(self._answer, most=most)
        self._others = others
        self._fails_with = fails_with

    def _answer(self, questions: Sequence[int]) -> list[int]:
        self.batches.append(list(questions))
        if len(self.batches) == 1:
            while len(self.desk) < self._others:
                threading.Event().wait(0.001)
        elif self._fails_with:
            raise self._fails_with
        return [2 * question for question in questions]


def test_nobody_waits_for_company() -> None:
    office = Office(others=0)
    assert [office.desk.ask(1), office.desk.ask(2)] == [2, 4]
    assert office.batches == [[1], [2]]


def test_those_who_come_meanwhile_are_answered_together() -> None:
    office = Office(others=15)
    with ThreadPoolExecutor(16) as threads:
        assert sorted(threads.map(office.desk.ask, range(16))) == [2 * n for n in range(16)]
    assert [len(batch) for batch in office.batches] == [1, 15]


def test_no_more_go_together_than_allowed_and_all_are_answered() -> None:
    office = Office(others=15, most=4)
    with ThreadPoolExecutor(16) as threads:
        assert sorted(threads.map(office.desk.ask, range(16))) == [2 * n for n in range(16)]
    assert [len(batch) for batch in office.batches] == [1, 4, 4, 4, 3]


def test_each_gets_the_answer_to_its_own_question() -> None:
    office = Office(others=3)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(office.desk.ask, range(200))) == [2 * n for n in range(200)]


def test_a_failure_is_told_to_all_who_were_together_and_work_goes_on() -> None:
    office = Office(others=3, fails_with=ValueError("no"))
    with ThreadPoolExecutor(4) as threads:
        told = [threads.submit(office.desk.ask, n) for n in range(4)]
        failures = [one.exception() for one in told if one.exception()]
    assert [type(failure) for failure in failures] == [NotTogether] * 3
    assert {str(failure.__cause__) for failure in failures if failure} == {"no"}
    office._fails_with = None
    assert office.desk.ask(5) == 10


def test_an_answer_too_few_is_a_failure() -> None:
    desk: Together[int, int] = Together(lambda _: [], most=5)
    with pytest.raises(NotTogether):
        desk.ask(1)
