"""E-mail and website cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.email import is_free_mail, is_role_mailbox, read_emails, registrable_domain
from shared.normalise.web import Website, read_website


@pytest.mark.parametrize(
    ("raw", "emails"),
    [
        ("jan@firma.pl", ("jan@firma.pl",)),
        (" Jan.Kowalski@FIRMA.PL ", ("jan.kowalski@firma.pl",)),
        ("mailto:jan@firma.pl?subject=Hello", ("jan@firma.pl",)),
        ("Jan <jan@firma.pl>", ("jan@firma.pl",)),
        ("jan@firma.pl.", ("jan@firma.pl",)),
        ("jan @ firma.pl", ("jan@firma.pl",)),
        ("jan (at) firma (dot) pl", ("jan@firma.pl",)),
        ("jan@firma,pl", ("jan@firma.pl",)),
        ("jan@@firma..pl", ("jan@firma.pl",)),
        ("a.b@x.pl, c@y.pl; c@y.pl/d@z.pl", ("a.b@x.pl", "c@y.pl", "d@z.pl")),
        ("jan%40firma.pl", ("jan@firma.pl",)),
        ("%20jan@firma.pl", ("jan@firma.pl",)),
        ("noreply@firma.pl", ("noreply@firma.pl",)),
        ("info@müller.de", ("info@xn--mller-kva.de",)),
        ("jan@\u200bfirma.pl", ("jan@firma.pl",)),
    ],
)
def test_addresses_are_found(raw: str, emails: tuple[str, ...]) -> None:
    assert read_emails(raw).emails == emails


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("brak", "placeholder"),
        ("filler@godaddy.com", "placeholder"),
        ("Filler <filler@godaddy.com>", "placeholder"),
        ("someone@example.com", "placeholder"),
        ("x@test", "not_an_email"),
        ("noemail@firma.pl", "placeholder"),
        ("logo@2x.png", "not_an_email"),
        ("a@b@c.pl", "not_an_email"),
        ("jan.firma.pl", "not_an_email"),
        ("й@", "not_an_email"),
        (f"{'a' * 65}@firma.pl", "not_an_email"),
        (f"a@{'b.' * 130}pl", "not_an_email"),
    ],
)
def test_cell_without_address_has_a_reason(raw: str, reason: str) -> None:
    assert (read_emails(raw).emails, read_emails(raw).reason) == ((), reason)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="ab@.,;<> %/й(at)")))
def test_any_text_is_read_without_error(raw: str) -> None:
    reading = read_emails(raw)
    assert bool(reading.emails) == (reading.reason is None)
    assert all(read_emails(email).emails == (email,) for email in reading.emails)


def test_free_mail_and_role_mailboxes_are_known() -> None:
    assert is_free_mail("GMAIL.com")
    assert not is_free_mail("firma.pl")
    assert is_role_mailbox("Biuro2")
    assert not is_role_mailbox("jan.kowalski")


@pytest.mark.parametrize(
    ("host", "domain"),
    [("shop.firma.co.uk", "firma.co.uk"), ("www.Firma.PL.", "firma.pl"), ("co.uk", None), ("", None)],
)
def test_registered_part_of_a_host(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("raw", "website"),
    [
        ("http://www.Firma.pl/", Website("firma.pl", "firma.pl", "firma.pl", False)),
        (
            "https://sklep.firma.pl/oferta?x=1",
            Website("sklep.firma.pl/oferta?x=1", "sklep.firma.pl", "firma.pl", False),
        ),
        ("firma.pl/a?utm_source=x", Website("firma.pl/a", "firma.pl", "firma.pl", False)),
        ("firma.pl:8080", Website("firma.pl", "firma.pl", "firma.pl", False)),
        ("https://facebook.com/firma", Website("facebook.com/firma", "facebook.com", "facebook.com", True)),
        ("www.münchen.de", Website("xn--mnchen-3ya.de", "xn--mnchen-3ya.de", "xn--mnchen-3ya.de", False)),
        ("firma.pl, firma.com", Website("firma.pl", "firma.pl", "firma.pl", False)),
    ],
)
def test_website_is_read(raw: str, website: Website) -> None:
    assert read_website(raw) == website


@pytest.mark.parametrize(
    "raw", ["", "n/a", "firma", "jan@firma.pl", "1.2.3.4", "http://", "co.uk", "a..b.pl", "-.pl", f"{'ä' * 70}.de"]
)
def test_no_website_is_none(raw: str) -> None:
    assert read_website(raw) is None


@settings(deadline=None)
@given(st.text(alphabet="ab.:/@ä-? "))
def test_any_text_as_website_is_read_without_error(raw: str) -> None:
    website = read_website(raw)
    assert website is None or website.host.endswith(website.domain)
