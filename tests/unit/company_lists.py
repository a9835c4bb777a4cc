"""Made-up lists of companies without people: chains whose branches are not each other, each client in several spellings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

_FIRST = (
    "Amber Birch Cedar Delta Ember Falcon Granit Harbor Indigo Juniper Kestrel Lumen Maple Nova Orchid Polar Quartz Raven "
    "Silver Tundra Umbra Vertex Willow Zenith Bursztyn Dabrowa Jantar Klon Lipa Orzel Sokol Wisla Adler Birke Falke Linde"
).split()
_SECOND = (
    "Dental Bau Logistik Foods Optik Print Transport Med Garden Stal Moto Textil Consult Energy Bakery Pharma".split()
)
_PEOPLE = "Novak Kowalski Weber Smith Petrov Jonas Brandt Mazur Keller Lange Wrona Zeman Hart Doyle Reiss Vogel".split()
_STREETS = "Lipowa Polna Ogrodowa Krotka Dluga Szkolna Lesna Parkowa Sloneczna Kwiatowa Zielona Brzozowa".split()
_CITIES = {
    "Warszawa": ("22", "00"), "Krakow": ("12", "30"), "Lodz": ("42", "90"), "Poznan": ("61", "60"), "Gdansk": ("58", "80"),
    "Lublin": ("81", "20"), "Bialystok": ("85", "15"), "Rzeszow": ("17", "35"), "Opole": ("77", "45"), "Torun": ("56", "87"),
}  # fmt: skip
_FORMS = ("Sp. z o.o.", "S.A.", "Sp. j.", "spółka z ograniczoną odpowiedzialnością", "")


@dataclass(frozen=True, slots=True)
class Shop:
    """One place of one company."""

    name: str
    form: str
    street: str
    house: int
    city: str
    postcode: str
    phone: str
    site: str
    email: str

    def row(self) -> dict[str, str]:
        """The cells of a list, by field."""
        return {
            "company": f"{self.name} {self.form}".strip(), "street": f"ul. {self.street} {self.house}" if self.street else "",
            "city": self.city, "postcode": self.postcode, "phone": self.phone, "website": self.site, "email": self.email,
        }  # fmt: skip


def _place(random: Random, shop: Shop) -> Shop:
    city = random.choice(sorted(_CITIES))
    area, code = _CITIES[city]
    postcode = f"{code}-{random.randrange(100, 999)}"
    phone = f"+48{area}{random.randrange(2_000_000, 9_999_999)}"
    return replace(
        shop, street=random.choice(_STREETS), house=random.randrange(1, 120), city=city, postcode=postcode, phone=phone
    )


def _company(random: Random, number: int) -> Shop:
    if random.random() < 0.3:
        name = f"{random.choice(_PEOPLE)} {random.choice(_SECOND)}"
    else:
        name = f"{random.choice(_FIRST)} {random.choice(_FIRST)} {random.choice(_SECOND)}"
    domain = f"{name.replace(' ', '').lower()}{number}.pl"
    site = f"www.{domain}" if random.random() < 0.6 else ""
    email = f"biuro@{domain}" if random.random() < 0.5 else ""
    return _place(random, Shop(name, random.choice(_FORMS), "", 0, "", "", "", site, email))


def _slip(random: Random, text: str) -> str:
    if len(text) < 4:
        return text
    at = random.randrange(1, len(text) - 1)
    return text[:at] + random.choice((text[at + 1] + text[at] + text[at + 2 :], text[at + 1 :], text[at] + text[at:]))


def _again(random: Random, shop: Shop) -> Shop:
    """The same place as another list has it."""
    for change in random.sample(range(9), random.choice((1, 2, 2, 3))):
        match change:
            case 0:
                shop = replace(shop, name=_slip(random, shop.name))
            case 1:
                shop = replace(shop, form=random.choice(_FORMS))
            case 2:
                shop = replace(shop, name=shop.name.upper())
            case 3:
                shop = replace(shop, phone=f"+4860{random.randrange(1_000_000, 9_999_999)}")
            case 4:
                shop = replace(shop, phone="") if shop.site or shop.email else shop
            case 5:
                shop = replace(shop, street="")
            case 6:
                shop = replace(shop, street=_slip(random, shop.street))
            case 7:
                shop = replace(shop, site="", email="")
            case _:
                shop = replace(shop, postcode="")
    return shop


def company_list(size: int, seed: int) -> Iterator[tuple[dict[str, str], int]]:
    """Yields rows and the number of the place each is of; a quarter are copies, a fifth are branches of a chain."""
    random, shops, made = Random(seed), list[tuple[Shop, int]](), 0
    while made < size:
        chain = random.choice(shops[-300:])[0] if shops and random.random() < 0.25 else None
        shop = _company(random, made) if chain is None else _place(random, chain)
        if chain is not None and random.random() < 0.2:
            shop = replace(shop, phone=chain.phone)  # the number of the chain's head office
        shops.append((shop, made))
        copies = [_again(random, shop) for _ in range(random.choice((0, 0, 0, 0, 1, 1, 2)))]
        for one in [shop, *copies]:
            yield one.row(), len(shops)
            made += 1
