"""Invented names of people, companies and streets for the demo's lists, by country. Numbers come from ranges kept free for fiction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its region, the way its postcodes begin, and prefixes of fictional numbers whose last digits are free."""

    city: str
    region: str
    postcode: str
    prefixes: tuple[str, ...]
    digits: int


@dataclass(frozen=True, slots=True)
class Country:
    """What rows of one country are made of. Source of the ranges: NANPA 555-01XX, Ofcom and Bundesnetzagentur numbers for drama."""

    code: str
    names: tuple[str, ...]
    calling_code: str
    trunk: str
    places: tuple[Place, ...]
    streets: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    domain: str


BRANDS = (
    "Amberly", "Birchfen", "Calder", "Dunmore", "Elmhurst", "Fairlow", "Garnet", "Hollin", "Ingleby", "Juniper", "Kestrel", "Larkin",
    "Merrow", "Nettle", "Orrin", "Pellam", "Quill", "Rowan", "Saltash", "Tamsin", "Underhill", "Vesper", "Wexley", "Yarrow",
)  # fmt: skip

US = Country(
    code="US", names=("US", "USA", "United States"), calling_code="1", trunk="",
    places=(
        Place("Boston", "MA", "021", ("61755501", "85755501"), 2),
        Place("Chicago", "IL", "606", ("31255501", "77355501", "87255501"), 2),
        Place("Denver", "CO", "802", ("30355501", "72055501"), 2),
        Place("Seattle", "WA", "981", ("20655501",), 2),
        Place("Austin", "TX", "787", ("51255501", "73755501"), 2),
        Place("Portland", "OR", "972", ("50355501", "97155501"), 2),
        Place("Atlanta", "GA", "303", ("40455501", "67855501", "47055501"), 2),
        Place("Phoenix", "AZ", "850", ("60255501", "48055501", "62355501"), 2),
    ),
    streets=("Maple Street", "Harbor Avenue", "Quarry Road", "Juniper Lane", "Foundry Drive"),
    given=("Alice", "Marcus", "Priya", "Daniel", "Rosa", "Owen", "Keisha", "Victor"),
    family=("Hartwell", "Delgado", "Okafor", "Lindqvist", "Brennan", "Castellano", "Nguyen", "Whitaker"),
    trades=("Plumbing", "Roofing", "Dental Care", "Logistics", "Landscaping", "Bakery"),
    forms=("LLC", "Inc.", "Corp.", ""), domain="example.com",
)  # fmt: skip
GB = Country(
    code="GB", names=("GB", "UK", "United Kingdom"), calling_code="44", trunk="0",
    places=(
        Place("London", "Greater London", "SE1 ", ("2079460",), 3), Place("Leeds", "West Yorkshire", "LS1 ", ("1134960",), 3),
        Place("Manchester", "Greater Manchester", "M1 ", ("1614960",), 3), Place("Edinburgh", "Scotland", "EH1 ", ("1314960",), 3),
        Place("Birmingham", "West Midlands", "B1 ", ("1214960",), 3), Place("Bristol", "Bristol", "BS1 ", ("1174960",), 3),
    ),
    streets=("Mill Lane", "Station Road", "Priory Street", "Canal Road", "Abbey Avenue"),
    given=("Fiona", "Gareth", "Imogen", "Callum", "Harriet", "Rhys", "Maeve", "Duncan"),
    family=("Ashdown", "Pemberley", "Tregarth", "Macrae", "Holloway", "Featherby", "O'Shea", "Llewellyn"),
    trades=("Joinery", "Catering", "Garage", "Opticians", "Lettings", "Nurseries"),
    forms=("Ltd", "Limited", "LLP", ""), domain="example.co.uk",
)  # fmt: skip
DE = Country(
    code="DE", names=("DE", "Deutschland", "Germany"), calling_code="49", trunk="0",
    places=(
        Place("Berlin", "Berlin", "101", ("3023125",), 3), Place("Frankfurt am Main", "Hessen", "603", ("6990009",), 3),
        Place("Hamburg", "Hamburg", "200", ("4066969",), 3), Place("Köln", "Nordrhein-Westfalen", "506", ("2214710",), 3),
        Place("München", "Bayern", "803", ("8999998",), 3),
    ),
    streets=("Gartenstraße", "Mühlenweg", "Lindenallee", "Am Stadtgraben", "Kirchgasse"),
    given=("Jürgen", "Sabine", "Käthe", "Thorsten", "Anneliese", "Björn", "Ute", "Matthias"),
    family=("Hölzel", "Brückner", "Weißmann", "Krämer", "Obermaier", "Schäfers", "Jännicke", "Voß"),
    trades=("Dachdeckerei", "Elektrotechnik", "Bäckerei", "Möbelhaus", "Sanitär", "Gartenbau"),
    forms=("GmbH", "GmbH & Co. KG", "e.K.", ""), domain="example.de",
)  # fmt: skip
