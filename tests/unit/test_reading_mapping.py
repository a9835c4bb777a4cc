"""What columns mean: by words of many languages, by neighbours, by cells, by memory, by order."""

import marshmallow
import pytest

from services.intake.reading.mapping import FIELDS, Column, map_columns
from services.intake.upload_schema import check_field

Rows = list[list[str]]


def fields_of(headers: list[str | None], rows: Rows, country: str | None = None) -> list[str | None]:
    return [column.field for column in map_columns(headers, rows, country=country)]


def by_word(header: str) -> str | None:
    return fields_of(["X1", header, "X2"], [["", "", "1"], ["", "", "2"]])[1]


WORDS = {
    "company": "Company Name|Employer|Название организации|Nazwa firmy|Įmonės pavadinimas|Firmenname|Raison sociale|Razón social|Denumire firmă|Firma Adı|Název firmy",
    "person": "Contact person|Full name|ФИО|Imię i nazwisko|Vardas, pavardė|Ansprechpartner|Nom complet|Ad Soyad|Kontaktní osoba",
    "given_name": "First Name|firstName|Vorname|Имя|Imię|Vardas|Prénom",
    "family_name": "Last Name|surname|Nachname|Фамилия|Nazwisko|Pavardė",
    "job_title": "Job title|Position|Должность|Stanowisko|Pareigos|Funktion",
    "phone": "Phone|Tel.:|Telephone No|Business Phone 2|Phone 1 - Value|Телефон(ы)|Nr telefonu|Telefono nr.|Telefonnummer|Téléphone|Teléfono|contact_phone|HQ Phone",
    "mobile": "Mobile No.|Cell|Handynummer|Telefon komórkowy|Моб. телефон|Mob. tel.|Portable|Cep Telefonu|Phone (Mobile)|WhatsApp",
    "fax": "Fax|Telefax|Faks|Факс|Faksas|Phone (Fax)",
    "email": "E-mail|Email Address 1|Электронная почта|Adres e-mail|El. paštas|E-Mail-Adresse|Courriel|Correo electrónico|E-posta",
    "website": "Website|Company URL|Strona WWW|Сайт|Interneto svetainė|Homepage|Sito web|company_domain",
    "street": "Street Address|Address Line 1|Ulica i nr|Адрес|Gatvė|Straße / Hausnummer|Indirizzo|Dirección",
    "city": "City|Town/City|Miejscowość|Город|Miestas|Ort|Ville|Şehir",
    "region": "State/Province|County|Województwo|Регион|Apskritis|Bundesland|Județ",
    "postcode": "Zip|Postal Code|Kod pocztowy|Почтовый индекс|Pašto kodas|PLZ|PSČ|Pincode",
    "country": "Country/Region|Kraj|Страна|Šalis|Land|country_code|Ülke",
    "birth_date": "Date of Birth|D.O.B.|Geburtsdatum|Data urodzenia|Дата рождения|Gimimo data",
    "company_id": "VAT No.|NIP|REGON|ИНН|Įmonės kodas|USt-IdNr.|IČO|SIRET|CUI",
    "industry": "Industry|Category|Branża|Отрасль|Veiklos sritis|Branche",
    "employees": "# Employees|Company Size|Liczba pracowników|Количество сотрудников|Darbuotojų skaičius|Mitarbeiterzahl",
    "note": "Notes|Bemerkung|Uwagi|Комментарий|Pastabos",
    "external_id": "Lead ID|Kundennummer|vendor_lead_code|place_id",
    "do_not_call": "Do Not Call|Не звонить|Nie dzwonić|Neskambinti",
    "last_contact_at": "Last contacted|Ostatni kontakt|Последний звонок",
}


@pytest.mark.parametrize(
    ("field", "header"), [(field, word) for field, words in WORDS.items() for word in words.split("|")]
)
def test_header_word_is_understood(field: str, header: str) -> None:
    assert by_word(header) == field


SHORT = {
    "phone": "Тел. раб.|Конт. тел.|Telnr.|Tel. stac.|Телефон/факс|Tel/Fax",
    "fax": "Телефон (факс)|Fax phone",
    "street": "Straße/Hausnr.",
    "city": "Miestas / rajonas",
    "family_name": "Name (Nachname)",
    "revenue": "Annual Revenue (USD)|Годовой оборот, руб",
    "mobile": "Тел. моб.|Телефон (моб.)|Telefonas (mob.)|Мобильный номер|Tel. kom.|Mobile customer number",
    "birth_date": "Дата рожд.|Data ur.|Geb. am",
    "employees": "Anz. Mitarb.|Darb. sk.|Liczba prac.",
    "last_contact_at": "Дата посл. контакта|Pask. kontaktas|Ost. kontakt",
    "next_contact_at": "Дата след. звонка|Nast. kontakt",
    "external_id": "Kd-Nr.|Cust no",
    "company": "Наим. орг.|Орг-ция|Название точки|Nazwa działalności gospodarczej",
    "given_name": "first_nm",
}


@pytest.mark.parametrize(
    ("field", "header"), [(field, word) for field, words in SHORT.items() for word in words.split("|")]
)
def test_shortened_word_means_what_it_stands_for(field: str, header: str) -> None:
    assert by_word(header) == field


@pytest.mark.parametrize(
    "header",
    "Email Status|Phone Type|E-mail 1 - Type|Email Verified|Latitude|Rating|LinkedIn|Created At|Phone Extension|Email Opt Out|Широта|Anrede|Название товара|Phone country code|Company LinkedIn|Geburtsort".split(
        "|"
    ),
)
def test_word_about_a_thing_is_not_the_thing(header: str) -> None:
    assert by_word(header) is None


def test_every_word_of_the_tables_leads_to_a_field() -> None:
    from services.intake.reading.headerword import get_phrases, get_stems

    assert set(get_phrases().values()) <= FIELDS
    assert {field for _, field in get_stems()} <= FIELDS


PEOPLE = [
    ["Anna Kowalska", "+48 600 100 200"],
    ["Jan Nowak", "+48 600 100 201"],
    ["Piotr Zieliński", "+48 600 100 202"],
]
FIRMS = [["Alfa sp. z o.o.", "+48 600 100 200"], ["Beta S.A.", "+48 600 100 201"], ["Gamma", "+48 600 100 202"]]


@pytest.mark.parametrize(("rows", "field"), [(PEOPLE, "person"), (FIRMS, "company")])
def test_name_is_decided_by_its_cells(rows: Rows, field: str) -> None:
    assert fields_of(["Name", "Phone"], rows) == [field, "phone"]


def test_name_beside_a_company_is_a_person() -> None:
    assert (
        fields_of(["Name", "Company", "Phone"], [["Xy Zet", "Alfa Ltd", "1"], ["Qu Wer", "Beta Ltd", "2"]])[0]
        == "person"
    )


def test_title_in_a_listing_is_the_company() -> None:
    rows = [
        ["Nice Place", "1 Main St", "http://nice.example", "4.5"],
        ["Good Food", "2 Main St", "http://good.example", "4.1"],
    ]
    assert fields_of(["title", "address", "website", "totalScore"], rows)[0] == "company"


def test_title_beside_a_person_is_a_job() -> None:
    assert (
        fields_of(["First Name", "Last Name", "Title"], [["Ann", "Lee", "Buyer"], ["Bob", "Ray", "Chief"]])[2]
        == "job_title"
    )


def test_link_to_a_directory_is_no_website() -> None:
    rows = [[f"https://www.google.com/maps/{n}", f"http://firm{n}.example"] for n in range(5)]
    assert fields_of(["url", "site"], rows) == [None, "website"]


def test_coordinates_are_no_phones() -> None:
    rows = [[f"5{n}.2296756{n}", f"21.01222{n}8", f"2{n}.0122287"] for n in range(5)]
    assert fields_of(["lat", "lng", "phone"], rows) == [None, None, None]


def test_cells_deny_a_wrong_header() -> None:
    rows = [[f"user{n}@example.com", f"+44 20 7946 000{n}"] for n in range(5)]
    columns = map_columns(["Phone", "E-mail"], rows)
    assert [(column.field, column.by) for column in columns] == [("email", "content"), ("phone", "content")]


HEADERLESS: dict[str, tuple[Rows, list[str | None]]] = {
    "GB": (
        [
            ["FA512", "Lords Pharmacy", "61 High Street", "Newmarket", "CB8 8EQ", "01638 428022", "52.24479675"],
            ["FAP38", "Inside Market", "Church Street 4", "Carlisle", "CA2 5TF", "01228 533915", "54.89467239"],
            ["FC826", "Late Night", "45 High Street", "Oakham", "LE15 6AJ", "01572 723368", "52.67002487"],
        ],
        [None, "company", "street", None, "postcode", "phone", None],
    ),
    "PL": (
        [
            ["Alfa sp. z o.o.", "ul. Długa 5", "00-950", "Warszawa", "biuro@alfa.example", "225550101"],
            ["Beta S.A.", "ul. Krótka 7", "30-001", "Kraków", "biuro@beta.example", "125550102"],
            ["Gamma s.c.", "al. Jerozolimskie 9", "80-001", "Gdańsk", "gamma@gamma.example", "585550103"],
        ],
        ["company", "street", "postcode", "city", "email", "phone"],
    ),
    "RU": (
        [
            ["Иванов Иван Петрович", "ООО Ромашка", "г. Казань", "+7 (843) 555-01-01", "www.romashka.example"],
            ["Петрова Анна Сергеевна", "ЗАО Лютик", "Москва", "8 495 555 01 02", "lutik.ru"],
            ["Сидоров Олег Ильич", "ИП Сидоров", "Самара", "88465550103", ""],
        ],
        ["person", "company", "city", "phone", "website"],
    ),
}


@pytest.mark.parametrize("country", HEADERLESS)
def test_cells_alone_tell_the_columns(country: str) -> None:
    rows, wanted = HEADERLESS[country]
    columns = map_columns([None] * len(wanted), rows, country=country)
    assert [column.field for column in columns] == wanted
    assert {column.by for column in columns} <= {"content", "none"}


def test_counted_numbers_are_no_phones() -> None:
    rows = [[str(100_000_000 + n), f"Firm {n} Ltd"] for n in range(20)]
    assert fields_of([None, None], rows)[0] is None


def test_two_columns_of_one_meaning_are_both_kept() -> None:
    assert fields_of(["Phone", "Phone 2", "Телефон 3"], [["1", "2", "3"]]) == ["phone", "phone", "phone"]


def test_override_wins_by_place_and_by_word() -> None:
    columns = map_columns(
        ["Phone", "Name"], [["1", "x"]], override={"#1": "fax", "name ": "custom:nick"}, memory={"Phone": "note"}
    )
    assert [column.field for column in columns] == ["fax", "custom:nick"]


def test_memory_is_shown_as_memory() -> None:
    assert map_columns(["Foo", "Bar"], [["1", "x"]], memory={"Foo": "phone"}) == [
        Column("Foo", "phone", 1.0, "memory"),
        Column("Bar", None, 0.0, "none"),
    ]


def test_ignored_column_has_the_field_ignore() -> None:
    assert map_columns(["Phone"], [["1"]], override={"Phone": "ignore"})[0].field == "ignore"


@pytest.mark.parametrize("name", ["telephone", "custom:", "custom:" + "x" * 61])
def test_what_is_no_field_is_refused(name: str) -> None:
    check_field("custom:size")
    with pytest.raises(marshmallow.ValidationError):
        check_field(name)
