"""Invented records for the tests of matching, and forms drawn at random."""

from dataclasses import replace

from hypothesis import strategies as st

from shared.match.form import Form

ANNA = Form(
    given="anna", family="kowalska", company=("nova", "dental"), phones=("+48221234567",), sevens=("1234567",),
    emails=("anna.kowalska@novadental.pl",), mail_domains=("novadental.pl",), street="dluga", house="15", city="warszawa",
    postcode="00238", country="PL",
)  # fmt: skip
JAN = replace(ANNA, given="jan", family="nowak", emails=("jan.nowak@novadental.pl",))
ANNA_AGAIN = replace(ANNA, family="kowalksa", emails=("a.kowalska@novadental.pl",), house="", street="")
ELSEWHERE = replace(ANNA, phones=("+48123456789",), sevens=("3456789",), street="krotka", house="2", city="krakow", postcode="30002",
                    given="ewa", family="zielinska", emails=(), mail_domains=())  # fmt: skip

_GIVEN = "anna jan ewa adam maria piotr olga john mary".split()
_FAMILY = "kowalski nowak smith jones ivanov petrov weber mazur".split()


def crowd(size: int) -> list[Form]:
    """Different people at different places, for a list to be large enough to learn from."""
    people = []
    for number in range(size):
        given, family = (
            f"{_GIVEN[number % 9]}{'abcdefghij'[number // 9 % 10]}",
            f"{_FAMILY[number % 8]}{'klmnoprstu'[number // 8 % 10]}",
        )
        seven = f"{2000000 + number * 7919 % 7000000}"
        people.append(
            Form(
                given=given,
                family=family,
                company=(f"firm{number * 37 % 1009}", "bau"),
                phones=(f"+4822{seven}",),
                sevens=(seven,),
                emails=(f"{given}.{family}{number}@gmail.com",),
                mail_domains=("",),
                street=f"street{number % 83}",
                house=str(number % 97),
                city=f"town{number % 13}",
                country="PL",
            )
        )
    return people


def _words(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *words))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form over few values, so that drawn forms often have something in common."""
    given, family = draw(_words(*_GIVEN, "j", "anna maria")), draw(_words(*_FAMILY))
    phone = draw(st.sampled_from(((), ("+48221234567",), ("+48601222333",), ("+48221234567", "+48601222333"))))
    email = draw(_words("anna@nova.pl", "info@nova.pl", "jan.nowak@gmail.com", "jan.nowak@wp.pl"))
    return Form(
        given=given,
        family=family,
        company=tuple(draw(_words("nova", "nova dental", "nova legal", "alfa")).split()),
        phones=phone,
        sevens=tuple(number[-7:] for number in phone),
        emails=(email,) if email else (),
        mail_domains=("nova.pl" if email.endswith("nova.pl") else "",) if email else (),
        street=draw(_words("dluga", "krotka", "dluge")),
        house=draw(_words("1", "15")),
        city=draw(_words("warszawa", "krakow", "warzsawa")),
        postcode=draw(_words("00238", "00283", "30002")),
        country=draw(_words("PL", "DE")),
        birth=draw(_words("1980-02-03", "1980-03-02", "1975-02-03")),
    )
