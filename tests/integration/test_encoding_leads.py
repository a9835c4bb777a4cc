"""A list in any encoding becomes the same finished leads as its parent in UTF-8: through the whole line, on real servers."""

from pathlib import Path
from typing import Final

import pytest

from services.clean.line import Wishes, enter_file
from services.intake.staging import Stager
from shared.blobs import BlobStore
from shared.storage.engine import Ledger
from shared.work import Task, work_batches
from tests.integration.line import Line

HEADER: Final = "Company;Contact person;Phone;E-mail;Street;City"
LISTS: Final = {
    "PL": (
        "cp1250 iso8859-2 cp852 utf-8-sig utf-16",
        "Zakład Wędliniarski Żółć Sp. z o.o.;Łucja Święcicka;601 200 300;biuro@zolc.pl;ul. Długa 7;Kraków",
        "Przedsiębiorstwo Źródło S.A.;Józef Ćwik;602 200 301;biuro@zrodlo.pl;ul. Świętokrzyska 5;Łódź",
        "Piekarnia Pączek;Małgorzata Dąbrowska;22 555 00 11;paczek@piekarnia.pl;pl. Kościuszki 1;Gdańsk",
    ),
    "RU": (
        "cp1251 koi8-r cp866 iso8859-5 utf-16-le",
        "ООО Ромашка;Иван Щукин;8 495 123-45-67;info@romashka.ru;ул. Ленина, 5;Москва",
        "Аптека Здоровье;Ольга Ёлкина;+7 383 222-33-44;olga@zdorovie.ru;пр. Победы, 7;Новосибирск",
        "ИП Чайкин;Юрий Чайкин;8 913 000-11-22;chaykin@mail.ru;ул. Мира, 12;Красноярск",
    ),
    "LT": (
        "cp1257 iso8859-13 utf-16-be",
        "Žemės ūkio bendrovė Ąžuolas;Jūratė Šimkienė;8 612 34567;info@azuolas.lt;Žemaitės g. 5;Šiauliai",
        "UAB Ūkininkų turgus;Vytautas Čepas;+370 5 212 3456;turgus@ukis.lt;Vilties g. 7;Kėdainiai",
        "MB Įlanka;Eglė Žukaitė;8 698 76543;egle@ilanka.lt;Ežero g. 1;Telšiai",
    ),
    "DE": (
        "cp1252 iso8859-15 utf-32",
        "Müller & Söhne GmbH;Jörg Weiß;030 123456;info@mueller.de;Große Straße 5;Köln",
        "Bäckerei Übelacker;Änne Groß;089 998877;anne@uebelacker.de;Königsplatz 2;München",
        "Gärtnerei Grün;Günter Böhm;0221 554433;g.boehm@gruen.de;Mühlenweg 9;Düsseldorf",
    ),
}


def take_file(line: Line, path: Path, country: str) -> int:
    """Takes a file through the whole line and gives its upload."""
    blobs = BlobStore(Path(line.settings.blobs))
    with Ledger(line.settings.database_url(), application_name="test", max_connections=1) as owner:
        upload = enter_file(owner, blobs, path, path.name, Wishes(country, None))
    stager = Stager(line.ledger, blobs, lambda _queue: None)
    work_batches(line.ledger, Task(("read",), stager.stage, stager.give_up), worker="test", is_over=lambda: False)
    line.run()
    return upload


def list_leads(line: Line) -> list[tuple[object, ...]]:
    """Every lead with what is shown of it and its numbers."""
    rows = line.db.execute(
        "SELECT l.id, l.state, l.country, l.fields, array_agg(n.e164 ORDER BY n.e164)"
        " FROM lead l LEFT JOIN lead_number ln ON ln.lead_id = l.id LEFT JOIN number n ON n.id = ln.number_id"
        " GROUP BY l.id ORDER BY l.id"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("country", LISTS)
def test_every_encoding_gives_the_leads_of_its_parent(line: Line, tmp_path: Path, country: str) -> None:
    encodings, *rows = LISTS[country]
    text = "\r\n".join([HEADER, *rows, ""])
    parent = tmp_path / "parent.csv"
    parent.write_bytes(text.encode())
    expected = line.leads(take_file(line, parent, country))
    finished = list_leads(line)
    assert len(set(expected)) == len(rows) == len(finished)
    for encoding in encodings.split():
        copy = tmp_path / f"{encoding}.csv"
        copy.write_bytes(text.encode(encoding))
        assert line.leads(take_file(line, copy, country)) == expected, encoding
        assert list_leads(line) == finished, encoding
