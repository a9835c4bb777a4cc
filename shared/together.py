"""Calls that wait at the same time are worked off together, when doing many costs little more than doing one."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class NotTogether(Exception):
    """What was asked together failed: whether this one would have, shows when it is asked alone."""


class Together(Generic[Q, A]):
    """Hands what threads ask at the same time to one call of `answer_all`, first come first; safe in threads.

    A thread that finds nobody at work asks at once, alone: nobody ever waits for company. Those that come
    meanwhile wait, and the first of them works off all of them, so there is no thread of its own for this.
    """

    def __init__(self, answer_all: Callable[[Sequence[Q]], Sequence[A]], *, most: int) -> None:
        """`answer_all` gives one answer for each of at most `most` questions, in their order."""
        self._answer_all = answer_all
        self._most: Final = most
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting[Q, A]] = deque()
        self._is_at_work = False

    def __len__(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def ask(self, question: Q) -> A:
        """Gives the answer to this question.

        Raises:
            NotTogether: `answer_all` failed; what it raised is the cause.
        """
        mine: _Waiting[Q, A] = _Waiting(question)
        with self._lock:
            self._waiting.append(mine)
            is_first, self._is_at_work = not self._is_at_work, True
        if not is_first:
            mine.woken.acquire()
        if not mine.answers and mine.failure is None:
            self._work_off()
        if mine.failure is not None:
            raise NotTogether from mine.failure
        return mine.answers[0]

    def _work_off(self) -> None:
        """Answers those that wait, the thread's own question first, and leaves the turn to the next."""
        with self._lock:
            together = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            answers = self._answer_all([one.question for one in together])
            for one, answer in zip(together, answers, strict=True):
                one.answers.append(answer)
        except BaseException as failure:
            for one in together:
                one.failure = failure
        with self._lock:
            heirs = list(self._waiting)[:1]
            self._is_at_work = bool(heirs)
        for one in [*together[1:], *heirs]:
            one.woken.release()


class _Waiting(Generic[Q, A]):
    """A question and what became of it: one answer, or a failure."""

    __slots__ = ("answers", "failure", "question", "woken")

    def __init__(self, question: Q) -> None:
        self.question = question
        self.answers: list[A] = []
        self.failure: BaseException | None = None
        self.woken = threading.Lock()
        self.woken.acquire()
