"""What a company's own base says of a client beside its address: owner, status, contacts, promise, opt-out. Pure; words are tables.

Whatever is not understood is named by its code in `doubts` and taken the careful way: a client of unknown status is no
prospect, an opt-out of unknown wording is one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any, Final

from shared.normalise.date import read_date
from shared.normalise.text import clean_text, fold

__all__ = ["History", "Moment", "outcome_word", "read_history", "read_moment"]

_TIME: Final = re.compile(
    r"(?:^|[T ,])(\d{1,2}):(\d{2})(?::\d{2})?(?:[.,]\d+)?\s*(am|pm)?\s*(Z|[+-]\d{2}:?\d{2})?$", re.I
)
_HOURS: Final = 24
_NOON: Final = 12
_MINUTES: Final = 60

_RELATIONS: Final[Mapping[str, str]] = {
    word: relation
    for relation, words in {
        "customer": """customer|client|active|active customer|active client|current customer|existing customer|won|
            klient|klient aktywny|aktywny|stały klient|kunde|bestandskunde|aktiver kunde|klientas|esamas klientas|
            действующий клиент|клиент|покупатель|постоянный клиент""",
        "partner": "partner|reseller|dealer|agent|supplier|vendor|dostawca|händler|lieferant|partneris|партнер|поставщик",
        "prospect": """prospect|lead|new|open|potential|potential customer|cold|warm|hot|contacted|qualified|lost|former|
            former customer|ex-customer|inactive|churned|potencjalny|potencjalny klient|nowy|były klient|nieaktywny|utracony|
            interessent|neukunde|ehemaliger kunde|inaktiv|verloren|potencialus|potencialus klientas|buvęs klientas|naujas|
            потенциальный|потенциальный клиент|новый|бывший клиент|лид""",
    }.items()
    for word in (fold(part) for part in words.split("|"))
}
_NO: Final = frozenset(fold(word) for word in "0 0.0 no n false f nie nein ne нет - none off allowed".split())
_YES: Final = frozenset(fold(word) for word in "1 1.0 x v ✓ ✔ ☑ + yes y true t tak ja taip да on".split())
_OPT_OUTS: Final = frozenset(
    fold(word)
    for word in """do not call|dnc|do not contact|blacklist|blacklisted|opt out|opt-out|opted out|nie dzwonić|czarna lista|
    nicht anrufen|gesperrt|не звонить|черный список|neskambinti""".split("|")
)
_OUTCOMES: Final[Mapping[str, str]] = {
    fold(word): code
    for code, words in {
        "no_answer": "no answer|not reached|unreachable|missed|nie odbiera|brak odpowiedzi|nicht erreicht|"
        "нет ответа|недозвон|не дозвонились|"
        "neatsiliepia|neatsakė",
        "busy": "busy|line busy|zajęte|besetzt|занято|užimta",
        "answering_machine": "voicemail|voice mail|answering machine|left message|poczta głosowa|mailbox|автоответчик|autoatsakiklis",
        "disconnected": "disconnected|number not in service|dead number|numer nieaktywny|kein anschluss|номер не обслуживается",
        "wrong_number": "wrong number|wrong party|zły numer|pomyłka|falsche nummer|неверный номер|не тот номер|neteisingas numeris",
        "interested": "interested|positive|zainteresowany|interessiert|заинтересован|интересно|domina|susidomėjo",
        "not_interested": "not interested|no interest|refused|declined|rejected|niezainteresowany|"
        "nie zainteresowany|odmowa|kein interesse|не интересно|отказ|nedomina|atsisakė",
        "callback": "callback|call back|call later|oddzwonić|zadzwonić później|rückruf|перезвонить|perskambinti",
        "appointment": "appointment|meeting|meeting set|demo|spotkanie|umówiono spotkanie|termin|встреча|susitikimas",
        "sale": "sale|sold|won|deal|order|sprzedaż|zamówienie|verkauft|abschluss|продажа|сделка|pardavimas",
        "already_customer": "already customer|existing customer|already a client|już klient|bestandskunde|уже клиент|jau klientas",
        "company_closed": "closed|company closed|out of business|bankrupt|firma zamknięta|geschlossen|закрыто|компания закрыта|uždaryta",
        "do_not_call": "|".join(sorted(_OPT_OUTS)),
        "complaint": "complaint|skarga|reklamacja|beschwerde|жалоба|skundas",
    }.items()
    for word in words.split("|")
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time; `is_day`: only the day was told, and `at` is its first instant in UTC."""

    at: datetime
    is_day: bool

    @property
    def latest(self) -> datetime:
        """The last instant it can mean, so that no rest gets shorter than it was."""
        return self.at + timedelta(days=1, seconds=-1) if self.is_day else self.at


@dataclass(frozen=True, slots=True)
class History:
    """What one row of a base says of its client; None and False where it says nothing.

    Attributes:
        relation: prospect, customer or partner.
        outcome: a disposition's code, or the word itself, folded, when no table has it.
        opt_out: whether the client is never to be called.
        doubts: codes of what was written and not understood.
    """

    owner: str | None = None
    relation: str | None = None
    contact: Moment | None = None
    outcome: str | None = None
    promise: Moment | None = None
    opt_out: bool = False
    consent: Moment | None = None
    consent_words: str | None = None
    doubts: tuple[str, ...] = ()


def read_history(fields: Mapping[str, Any]) -> History:
    """Reads the fields of a record that a base has beside the usual ones."""
    doubts: list[str] = []
    country = _text(fields, "country")
    moments = {
        name: _read_moment(fields, name, country, doubts)
        for name in ("last_contact_at", "next_contact_at", "consent_at")
    }
    status, outcome = fold(_text(fields, "status") or ""), outcome_word(_text(fields, "last_outcome") or "")
    return History(
        owner=_text(fields, "owner"),
        relation=_read_relation(status, is_customer=bool(_text(fields, "customer_since")), doubts=doubts),
        contact=moments["last_contact_at"],
        outcome=outcome,
        promise=moments["next_contact_at"],
        opt_out=status in _OPT_OUTS or _read_mark(fold(_text(fields, "do_not_call") or ""), doubts),
        consent=moments["consent_at"],
        consent_words=_text(fields, "consent_text"),
        doubts=tuple(doubts),
    )


def outcome_word(text: str) -> str | None:
    """Gives the disposition that a word means, the folded word itself when no table has it, None for no word."""
    word = fold(clean_text(text)).strip(" .!")
    return _OUTCOMES.get(word, word.replace(" ", "_").replace("-", "_")) or None


def read_moment(text: str, *, country: str | None = None) -> Moment | None:
    """Gives the day or the instant that a cell names; without an offset its time is UTC."""
    text = clean_text(text)
    day = read_date(text, country=country)
    if day is None:
        return None
    found = _TIME.search(text)
    hour, minute = (int(found[1]), int(found[2])) if found else (0, 0)
    if found and (found[3] or "").lower() == "pm" and hour < _NOON:
        hour += _NOON
    if not found or hour >= _HOURS or minute >= _MINUTES:
        return Moment(datetime.combine(day, time(), UTC), is_day=True)
    return Moment(datetime.combine(day, time(hour, minute), _zone(found[4])).astimezone(UTC), is_day=False)


def _zone(offset: str | None) -> timezone:
    if offset is None or offset.upper() == "Z":
        return UTC
    away = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(-away if offset[0] == "-" else away) if away < timedelta(days=1) else UTC


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    text = value[0] if isinstance(value, Sequence) and not isinstance(value, str) and value else value
    return str(text) if text else None


def _read_moment(fields: Mapping[str, Any], name: str, country: str | None, doubts: list[str]) -> Moment | None:
    text = _text(fields, name)
    moment = read_moment(text, country=country) if text else None
    if text and moment is None:
        doubts.append("unreadable_date")
    return moment


def _read_relation(status: str, *, is_customer: bool, doubts: list[str]) -> str | None:
    if not status or status in _OPT_OUTS:
        return "customer" if is_customer else None
    if status not in _RELATIONS:
        doubts.append("unknown_status")
        return "customer"
    relation = _RELATIONS[status]
    return "customer" if is_customer and relation == "partner" else relation


def _read_mark(word: str, doubts: list[str]) -> bool:
    """Any mark but a no is an opt-out; a date is the day of it."""
    if not word or word in _NO:
        return False
    if word not in _YES and word not in _OPT_OUTS and read_date(word) is None:
        doubts.append("unknown_opt_out")
    return True
