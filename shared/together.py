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
        if not mine.is_answered:
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
        except Exception as failure:
            for one in together:
                one.failure = failure
        finally:
            for one in together:
                one.is_answered = True
            with self._lock:
                self._is_at_work = bool(self._waiting)
                heir = self._waiting[0] if self._waiting else None
            for one in [*together[1:], *([heir] if heir else [])]:
                one.woken.release()


class _Waiting(Generic[Q, A]):
    """A question and what became of it."""

    __slots__ = ("answers", "failure", "is_answered", "question", "woken")

    def __init__(self, question: Q) -> None:
        self.question = question
        self.answers: list[A] = []
        self.failure: BaseException | None = None
        self.is_answered = False
        self.woken = threading.Lock()
        self.woken.acquire()
