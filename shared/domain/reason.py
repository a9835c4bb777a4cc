"""Reason codes of rows, numbers and files, each with a hint: what it means and what a person can do. One table for all who show them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # what became of a row with a lead
        "new": "A lead that the base did not have.",
        "known": "Joined with a lead that is known already from another list.",
        "duplicate": "The same as an earlier row of this list.",
        "possible_duplicate": "Looks like another lead, but not surely: a person decides under reviews.",
        "suppressed_number": "All its numbers are on the list of those never to be called.",
        "suppressed_email": "Its e-mail address is on the list of those never to be contacted.",
        "suppressed_domain": "Its e-mail domain is on the list of those never to be contacted.",
        "suppressed_company": "The company is on the list of those never to be contacted.",
        "suppressed_site": "The company at this place is on the list of those never to be contacted.",
        "suppressed_person": "The person is on the list of those never to be contacted.",
        "dead": "All its numbers are out of circulation as dead; they are checked again after six months.",
        "invalid": "The numbering plan has none of its numbers. Check the digits and the country.",
        "not_callable": "Only premium-rate, fax, suppressed or machine numbers: none that may be dialled.",
        "no_phone": "No phone number was given: the lead waits for research.",
        "number_lost": "The spreadsheet rounded the number: format the column as text, export again, upload again.",
        "unreadable_phone": "No phone number can be read from the cell. Correct it and upload the row again.",
        "past_contact": "A contact made before moving in: it stands with its client.",
        "company_closed": "The company no longer exists: nobody is to call it.",
        # rows without a lead
        "empty_lead": "Neither a company, a person, a phone nor an e-mail: give one of them, or map its column.",
        "country_not_storable": "This installation may not store leads of this country. Remove the row, or ask an admin.",
        "unmatched": "Nobody in the base is this one: a list that fills or closes creates no leads.",
        "unknown_client": "This source has no client, or several, under this id: move the clients in first, or check the id.",
        "kept_as_suppression": "Nobody in the base is meant; a keyed hash stands, and whoever comes with it later is suppressed.",
        "names_nobody": "Neither a number, an e-mail, a domain nor a company to suppress: give one of them, or map its column.",
        "needs_second_look": "It would bar many leads, or a mailbox provider: look at whom it hits, then reprocess as confirmed.",
        "internal_error": "The row broke our code and was set aside; it is in our log. Give the upload's id to support.",
        # beside a verdict
        "country_not_enabled": "This country is not switched on for calling: its leads wait until an admin does so.",
        # phone cells
        "empty": "The cell is empty.",
        "placeholder": "The cell says that there is no value, such as N/A or 000000.",
        "not_a_number": "The cell holds no phone number. Check that the right column is mapped to phone.",
        "digits_lost": "The spreadsheet rounded the number (4.8E+10): format the column as text and export it again.",
        "date": "The spreadsheet turned the number into a date: format the column as text and export it again.",
        "coordinates": "The cell holds coordinates. Map another column to phone.",
        "emergency": "An emergency number is never called.",
        "short_code": "A short code is no subscriber's number.",
        "too_short": "Too few digits for a phone number of this country.",
        "too_long": "Too many digits for a phone number: two numbers in one cell need a separator.",
        "impossible_length": "No number of this country has so many digits.",
        "no_country": "Without a country code the country must be known: name the source's default country.",
        "no_area_code": "A local number without its area code: add the code or the city's.",
        "not_in_plan": "The numbering plan has no such number. Check the digits and the country.",
        "premium_rate": "A premium-rate number is never dialled.",
        "other_country": "The number belongs to another country than the list.",
        # other cells
        "invalid_phone": "The numbering plan has no such number. Check the digits and the country.",
        "unreadable_email": "No e-mail address can be read from the cell.",
        "unknown_country": "No country is called so; write its name or its ISO code.",
        "not_a_country": "No country is called so; write its name or its ISO code.",
        "not_an_email": "The cell holds no e-mail address.",
        # what the reader says of a line
        "short_row": "Fewer cells than the table has columns: the last ones were taken as empty.",
        "long_row": "More cells than the table has columns: a separator inside a value needs quotes.",
        "broken_quote": "A quote inside the line was taken as a character. Check the cells around it.",
        "unclosed_quote": "A quote is never closed; the line was read by itself. Check its cells.",
        "broken_json": "The line is no JSON and was left out. Correct it and upload it again.",
        "mixed_encoding": "The line is in another encoding than the file; check its letters.",
        "undecodable": "Some letters of the line cannot be read; export the list as UTF-8.",
        "nul_bytes": "NUL bytes were left out.",
        "repeated_header": "The header is repeated; the line was left out.",
        "footer": "A footer or total below the table; the line was left out.",
        "unreadable_line": "The line breaks the rules of its quotes; it was read by itself. Check its cells.",
        "new_key": "The record has keys that were not seen when the file was inspected; they are kept as JSON.",
        "no_records": "There is a header but no record.",
        "hidden_sheet": "The workbook has a hidden sheet that was not read.",
        "other_sheet": "The workbook has another sheet that was not read. Upload again with its name to read it.",
        "second_table": "Another table starts here; only the first one is read. Upload the other one as a file of its own.",
        "truncated": "The file ends in the middle or is damaged: what was read stays. Export it again.",
        # warnings about an upload
        "region_mismatch": "Most phone numbers fit another country than the one of this list. Reprocess with that country.",
        "source_held": "The source is held: its leads are handed out only when it, and this upload, are set active.",
        "bad_share": "Far more rows than usual cannot be called: the list is held. Look at them, then set it active or withdraw it.",
        "no_legal_basis": "Nobody named a legal basis: the source is held. Name one, then set it and this upload active.",
        "no_such_column": "The mapping names columns that this file does not have. Check their names.",
        "no_phone_column": "No column was understood as phone. Map one if there is.",
        "no_name_column": "No column was understood as company or person. Map one if there is.",
    }
)
"""Code -> hint. A code is for ever: clients compare it."""


def hint_of(code: str | None) -> str | None:
    """Gives the hint of a code; None without a code, or for one that the table does not know."""
    return HINTS.get(code) if code else None
