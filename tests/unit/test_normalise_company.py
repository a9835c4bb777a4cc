"""Names of companies: what stays for comparing, and the legal form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.company import Company, read_company


@pytest.mark.parametrize(
    ("raw", "country", "core", "form"),
    [
        ("Kowalski Sp. z o.o.", "PL", "kowalski", "Sp. z o.o."),
        ("Kowalski Sp.z o.o. sp. k.", "PL", "kowalski", "Sp. k."),
        ("Spółka z ograniczoną odpowiedzialnością Bud", "PL", "bud", "Sp. z o.o."),
        ("P.H.U. Jan Kowalski", "PL", "jan kowalski", "Firma"),
        ("ООО «Альфа-Строй»", "RU", "alfa stroy", "ООО"),
        ('OOO "Alfa-Stroy"', "RU", "alfa stroy", "ООО"),
        ('"Альфа" ООО', "RU", "alfa", "ООО"),
        ("Общество с ограниченной ответсвенностью Весна", "RU", "vesna", "ООО"),
        ("ИП Иванов Иван", "RU", "ivanov ivan", "ИП"),
        ('UAB "Baltas"', "LT", "baltas", "UAB"),
        ("Baltas, UAB", "LT", "baltas", "UAB"),
        ("AB Plumbing", "US", "ab plumbing", None),
        ('AB "Paštas"', "LT", "pastas", "AB"),
        ("Müller GmbH & Co. KG", "DE", "muller", "GmbH & Co. KG"),
        ("Müller G.m.b.H.", "DE", "muller", "GmbH"),
        ("Siemens Aktiengeselschaft", "DE", "siemens", "AG"),
        ("Haftpflicht Nord", "DE", "haftpflicht nord", None),
        ("Smith & Sons, L.L.C.", "US", "smith and sons", "LLC"),
        ("The O'Brien Company", "US", "obrien", "Co"),
        ("SAS Institute Inc", "US", "sas institute", "Inc"),
        ("SAS Dupont", "FR", "dupont", "SARL"),
        ("Hotel & Spa", "TR", "hotel and spa", None),
        ("Rossi S.p.A.", "IT", "rossi", "S.p.A."),
        ("Fund VI", None, "fund vi", None),
        ("Siemens AG", None, "siemens", "AG"),
        ("Bau KG", "US", "bau", "KG"),
        ("Bau OG", "US", "bau og", None),
        ("LLC", "US", "llc", None),
        ("Acme L.L.C", "US", "acme", "LLC"),
        ("Acme P L C", "GB", "acme", "PLC"),
        ("Studio A B", "PL", "studio a b", None),
        ("Bau s.r.o", "CZ", "bau", "s.r.o."),
        ("Dupont S. à r.l.", "FR", "dupont", "SARL"),
        ("The", "US", "the", None),
        ("Toyota 株式会社", "JP", "toyota", "K.K."),
    ],
)
def test_legal_form_leaves_the_core(raw: str, country: str | None, core: str, form: str | None) -> None:
    company = read_company(raw, country)
    assert company is not None
    assert (company.core, company.legal_form) == (core, form)


@pytest.mark.parametrize(
    ("raw", "display"),
    [
        ('"Kowalski i Syn"', "Kowalski i Syn"),
        ("ООО «Альфа»", 'ООО "Альфа"'),
        (" A &amp; B ,", "A & B"),
        ('"A" i "B"', '"A" i "B"'),
    ],
)
def test_company_is_shown_clean(raw: str, display: str) -> None:
    company = read_company(raw)
    assert company is not None
    assert company.display == display


@pytest.mark.parametrize("raw", ["", "brak", "-", "!!!", "\u200b", "Ь"])
def test_no_company_is_none(raw: str) -> None:
    assert read_company(raw) is None


def test_class_of_the_form_crosses_countries() -> None:
    polish, german = read_company("A Sp. z o.o.", "PL"), read_company("A GmbH", "DE")
    assert polish == Company("A Sp. z o.o.", "a", "Sp. z o.o.", "limited")
    assert german is not None
    assert german.legal_class == "limited"


@settings(deadline=None)
@given(st.text(), st.sampled_from([None, "PL", "US", "DE"]))
def test_any_text_is_read_without_error(raw: str, country: str | None) -> None:
    company = read_company(raw, country)
    assert company is None or (company.core.isascii() and company.core == " ".join(company.core.split()) != "")
