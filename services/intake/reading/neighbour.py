"""Words that mean nothing alone (`Name`, `Title`, `URL`, `Type`): decided by the columns beside them and the cells."""

from collections.abc import Sequence

from services.intake.reading.content import Content

Settled = tuple[str | None, float, str]
"""Field, confidence, and by what when this module decided (empty when it left the column as it was)."""

NAMES = frozenset(
    "name names nazwa название наименование pavadinimas bezeichnung nom nombre nome nazev nume isim ad denumire naam namn navn"
    " имя displayname имена".split()
) | {"display name"}
TITLES = frozenset("title titel tytul titulas titre titolo titulo baslik titul заголовок".split())
LINKS = frozenset({"url", "link", "web url", "urls"})
OPEN = frozenset({*NAMES, *TITLES, *LINKS})
GIVEN = frozenset({"имя", "ad", "nom", "isim"})

PERSONAL = frozenset({"name", "names", "nome", "naam", "nom", "nombre", "имя"})
BUSINESS = frozenset("website street city postcode industry industry_code employees company_id revenue region".split())
PRIVATE = frozenset("given_name family_name birth_date job_title person".split())
LISTING_WORDS = frozenset(
    """rating ratings reviews totalscore category categories opening hours latitude longitude lat lng широта долгота
    рубрики рейтинг отзывы opinie ocena bewertung bewertungen puan yorum avis platuma ilguma""".split()
)


def settle(words: Sequence[str], fields: Sequence[str | None], contents: Sequence[Content]) -> list[Settled]:
    """Decide each column that its word left open; `words` are normalised headers, empty without one."""
    settled: list[Settled] = [(field, 0.0, "") for field in fields]
    for place, word in enumerate(words):
        if word not in OPEN:
            continue
        others = [field for other, field in enumerate(fields) if other != place and field]
        if word in NAMES:
            settled[place] = settle_name(word, others, words, contents[place])
        elif word in TITLES:
            settled[place] = settle_title(others, words, contents[place])
        elif word in LINKS and fields[place] in ("website", None):
            settled[place] = settle_link(others, contents[place])
    if not any(words):
        settle_nameless(settled, contents)
    return settled


def settle_name(word: str, others: Sequence[str], words: Sequence[str], content: Content) -> Settled:
    """A person where the list is of persons or has a company beside; else the company."""
    if word in GIVEN and "family_name" in others:
        return "given_name", 0.95, "header"
    if {"given_name", "family_name"} & set(others) and "company" not in others:
        return "company", 0.7, "header"
    company, person = content.share("company"), content.share("person")
    if max(company, person) >= 0.3 and abs(company - person) >= 0.2:
        return ("company" if company > person else "person"), 0.8, "content"
    if word == "имя":
        return ("person" if content.filled else "given_name"), 0.7, "header"
    return settle_plain_name(word, others, words)


def settle_plain_name(word: str, others: Sequence[str], words: Sequence[str]) -> Settled:
    """By what stands beside alone: a company or personal things speak for a person, places and ratings for a company."""
    is_listing = bool(LISTING_WORDS & set(" ".join(words).split()))
    if "company" in others and "person" not in others and word in PERSONAL and not is_listing:
        return "person", 0.75, "header"
    business = len(BUSINESS & set(others)) + 2 * is_listing
    if 2 * len(PRIVATE & set(others)) > business:
        return "person", 0.6, "header"
    return "company", 0.6 + 0.05 * min(4, business), "header"


def settle_title(others: Sequence[str], words: Sequence[str], content: Content) -> Settled:
    """A job title beside persons; in a listing of places the place's name; a salutation is none."""
    if content.is_salutation:
        return None, 0.0, "none"
    if {"person", "given_name", "family_name", "company"} & set(others):
        return ("job_title", 0.8, "header") if content.distinct != 1 or content.filled < 3 else (None, 0.0, "none")
    listing = LISTING_WORDS & set(" ".join(words).split())
    if content.filled and (listing or len(BUSINESS & set(others)) >= 2 or content.share("company") >= 0.3):
        return "company", 0.75, "header"
    return "job_title", 0.6, "header"


def settle_link(others: Sequence[str], content: Content) -> Settled:
    """The company's site, unless a better column says that or the addresses lead to a directory."""
    if "website" in others or (content.filled >= 1 and content.share("url") > 0.5 and not content.share("website")):
        return None, 0.0, "none"
    return "website", 0.7, "header"


def settle_nameless(settled: list[Settled], contents: Sequence[Content]) -> None:
    """Without any header: of the columns of varied words the first is the company, when no column says so."""
    fields = {field for field, _, _ in settled}
    if {"company", "person"} & fields:
        return
    for place, content in enumerate(contents):
        wordy = content.share("text") >= 0.8 and content.share("street") < 0.3
        if settled[place][0] is None and wordy and content.distinct >= 0.4 * content.filled >= 1:
            settled[place] = ("company", 0.4, "content")
            return
