"""Header words: Polish and Czech (with Slovak)."""

POLISH: dict[str, str] = {
    "external_id": """
        identyfikator, numer klienta, id klienta, kod klienta, numer rekordu, numer rspo, rspo, nr klienta,
        identyfikator zewnętrzny, id rekordu, id kontaktu, nr ewidencyjny, numer ewidencyjny, oznaczenie,
        id placówki, kod placówki
    """,
    "company": """
        firma, nazwa firmy, nazwa, nazwa przedsiębiorstwa, przedsiębiorca, organizacja, nazwa organizacji,
        kontrahent, klient, nazwa klienta, nazwa kontrahenta, nazwa konta, nazwa podmiotu, podmiot, spółka,
        pełna nazwa, nazwa skrócona, nazwa placówki, placówka, nazwa szkoły, nazwa instytucji, instytucja,
        pracodawca, zakład, zakład pracy, nazwa pełna, nazwa spółki, nazwa sklepu, sklep, marka, konto,
        nazwa działalności, firma przedsiębiorcy, jednostka, nazwa jednostki, dostawca, odbiorca, nazwa apteki,
        nazwa obiektu, nazwa pracodawcy, partner, salon
    """,
    "person": """
        imię i nazwisko, imie i nazwisko, nazwisko i imię, osoba kontaktowa, osoba do kontaktu, kontakt,
        dyrektor, imię i nazwisko dyrektora, prezes, właściciel, pełne imię i nazwisko, osoba, kierownik,
        imię nazwisko, nazwisko imię, przedstawiciel, reprezentant, decydent, zarząd, prezes zarządu,
        imię i nazwisko klienta, osoba decyzyjna, imię i nazwisko właściciela, imiona i nazwisko,
        nazwisko i imiona, dane kontaktowe osoby, właściciel firmy, pełnomocnik, osoba odpowiedzialna
    """,
    "given_name": "imię, imie, imiona, pierwsze imię, imię klienta, imię kontaktu",
    "family_name": "nazwisko, nazwiska, nazwisko klienta, nazwisko kontaktu",
    "job_title": """
        stanowisko, funkcja, zawód, rola, pozycja, tytuł konta, tytuł zadania, tytuł zawodowy, stanowisko pracy,
        stanowisko służbowe, pełniona funkcja
    """,
    "phone": """
        telefon, tel, nr telefonu, numer telefonu, telefony, telefon stacjonarny, telefon służbowy,
        telefon domowy, telefon biuro, telefon inny, telefon kontaktowy, telefon do kontaktu, telefon firmowy,
        numer, telefon główny, telefon dodatkowy, telefon 1, nr tel, numer tel, stacjonarny, numery telefonów,
        telefon do biura, infolinia, telefon bezpośredni, tel stacjonarny, telefon praca, telefon w pracy,
        sekretariat telefon, centrala
    """,
    "mobile": """
        komórka, komorka, telefon komórkowy, telefon komórka, numer komórkowy, nr komórki, komórkowy, kom,
        tel kom, tel komórkowy, telefon mobilny, numer komórki, gsm, nr kom, komórka służbowa, komórka prywatna
    """,
    "fax": "faks, fax, numer faksu, numer faks, nr faksu, telefon faks, nr faks, telefaks",
    "email": """
        mejl, poczta e mail,
        e mail, adres e mail, adres email, poczta, poczta elektroniczna, mail, adres poczty elektronicznej,
        adres mailowy, adresy e mail, e mail służbowy, e mail firmowy, adres mail, email kontaktowy,
        adres elektroniczny
    """,
    "website": """
        strona www, strona internetowa, www, strona, adres www, witryna, witryna internetowa, adres strony,
        adres strony www, adres strony internetowej, serwis www, domena, strona domowa, strona firmowa,
        link do strony, adres internetowy
    """,
    "street": """
        ulica, adres, adres firmy, adres siedziby, ulica i numer, ulica numer, ulica nr, siedziba,
        adres rozliczeniowy, adres dostawy, adres korespondencyjny, pełny adres, adres zamieszkania,
        adres pocztowy, lokalizacja, adres placówki, adres 1, adres do korespondencji,
        adres prowadzenia działalności, adres wykonywania działalności, ulica i nr, ulica i nr domu,
        adres zameldowania, adres klienta, adres główny
    """,
    "city": """
        miasto, miejscowość, miejscowosc, miejscowość siedziby, miasto firmy, miejsce, miasto klienta,
        nazwa miejscowości, poczta miasto
    """,
    "region": "województwo, wojewodztwo, region, stan, woj, prowincja, kraj związkowy, nazwa województwa",
    "postcode": "kod pocztowy, kod, kod poczt, kod poczta, pna, kod pocztowy siedziby",
    "country": "kraj, państwo, kraj siedziby, kod kraju, kraj pochodzenia",
    "birth_date": "data urodzenia, urodziny, dzień urodzenia, data ur, dzień urodzin",
    "company_id": """
        nip, regon, krs, numer nip, nr nip, numer regon, numer krs, nip firmy, numer identyfikacji podatkowej,
        vat id, nip ue, nr krs, nr regon, numer rejestrowy
    """,
    "industry": """
        branża, branza, kategoria, sektor, przedsiębiorstwo, przemysł, działalność, profil działalności,
        rodzaj działalności, kategorie, dziedzina, główna działalność, specjalizacja, zakres działalności,
        przeważająca działalność, podkategoria, branże
    """,
    "industry_code": "pkd, kod pkd, pkd główne, przeważające pkd, główne pkd, kod branży, kod sic, kod działalności",
    "employees": """
        liczba pracowników, pracownicy, zatrudnienie, wielkość firmy, wielkość zatrudnienia, ilość pracowników,
        liczba zatrudnionych, stan zatrudnienia, przedział zatrudnienia
    """,
    "language": "język, preferowany język, język kontaktu",
    "timezone": "strefa czasowa",
    "channel": "kanał, kanał kontaktu, preferowany kontakt, preferowana forma kontaktu",
    "product": "produkt, produkty, usługa, zainteresowanie, interesuje",
    "tag": "tag, tagi, etykieta, etykiety, słowa kluczowe, znacznik",
    "segment": "segment, grupa klientów, typ klienta, segment klienta",
    "potential": "potencjał, wartość szansy, wartość transakcji, budżet",
    "note": """
        opis, notatka, notatki, uwagi, komentarz, komentarze, wiadomość, dodatkowe informacje,
        informacje dodatkowe, informacje, treść, uwaga, adnotacje, treść wiadomości
    """,
    "owner": """
        handlowiec prowadzący, opiekun handlowy, prowadzący,
        opiekun, handlowiec, przypisany użytkownik, właściciel leada, opiekun klienta, przedstawiciel handlowy,
        przypisany do, odpowiedzialny, sprzedawca, agent, opiekun handlowy, konsultant
    """,
    "status": "status, stan, etap, status leada, status klienta, status kontaktu, etap sprzedaży",
    "customer_since": """
        klient od, data pierwszego zakupu, data rozpoczęcia współpracy, data pierwszego zamówienia,
        współpraca od
    """,
    "last_contact_at": """
        ostatni kontakt, data ostatniego kontaktu, ostatnia rozmowa, ostatni telefon, data ostatniej rozmowy,
        ostatnia aktywność
    """,
    "last_outcome": "wynik, wynik rozmowy, ostatni wynik, rezultat, wynik kontaktu",
    "next_contact_at": """
        termin następnego kontaktu, termin kontaktu, kolejny kontakt, kolejny telefon,
        następny kontakt, data następnego kontaktu, oddzwonić, kolejny kontakt, data kolejnego kontaktu,
        termin kontaktu, przypomnienie
    """,
    "do_not_call": """
        zakaz telefonowania, zakaz dzwonienia, sprzeciw,
        brak zgody na telefon, brak zgody na kontakt, brak zgody, nie kontaktować, zakaz kontaktu,
        nie dzwonić, nie dzwoń, czarna lista, numer telefonu został wypisany, brak zgody na kontakt,
        zakaz kontaktu, sprzeciw, lista robinsona
    """,
    "consent_at": "data zgody, data wyrażenia zgody, zgoda data",
    "consent_text": "zgoda, treść zgody, zgoda marketingowa, zgoda rodo, rodo, zgoda na kontakt, zgody",
    "revenue": "przychód, przychody, obrót, obroty, roczny przychód, roczny obrót, sprzedaż roczna",
}

CZECH: dict[str, str] = {
    "external_id": "číslo zákazníka, id zákazníka, identifikátor",
    "company": """
        firma, název, název firmy, společnost, název společnosti, organizace, obchodní firma, obchodní jméno,
        zákazník, subjekt, název subjektu, podnik, provozovna, zaměstnavatel, obchodný názov, spoločnosť, názov,
        názov firmy, odběratel, dodavatel, název organizace, provozovatel, název zařízení
    """,
    "person": """
        jméno a příjmení, kontaktní osoba, příjmení a jméno, jednatel, ředitel, celé jméno, osoba,
        meno a priezvisko, majitel, vedoucí, kontaktná osoba, statutární orgán, lékař
    """,
    "given_name": "jméno, křestní jméno, meno, krstné meno",
    "family_name": "příjmení, priezvisko",
    "job_title": "pozice, funkce, pracovní pozice, profese, pozícia, povolání, pracovní zařazení",
    "phone": """
        telefon, tel, telefonní číslo, číslo telefonu, pevná linka, telefon do práce, kontaktní telefon,
        telefóny, telefón, telefónne číslo, tel číslo, telefony, tel č
    """,
    "mobile": "mobil, mobilní telefon, mobilní číslo, číslo mobilu, mobilný telefón, mobilné číslo, mobilní",
    "fax": "fax, faxové číslo",
    "email": """
        e mail, emailová adresa, elektronická pošta, e mailová adresa, mailová adresa, emailová adresa kontaktu
    """,
    "website": """
        web, webové stránky, www stránky, internetové stránky, webová stránka, stránky, odkaz,
        internetová adresa, www adresa
    """,
    "street": """
        ulice, adresa, ulice a číslo, ulice a čp, sídlo, adresa sídla, ulica, adresa provozovny, ulica a číslo,
        ulice čp, fakturační adresa, dodací adresa
    """,
    "city": "město, obec, mesto, místo, sídlo obec",
    "region": "kraj, okres kraj, kraj název, název kraje",
    "postcode": "psč, smerovací číslo, směrovací číslo, poštovní směrovací číslo",
    "country": "země, stát, krajina, štát",
    "birth_date": "datum narození, dátum narodenia, narozen",
    "company_id": "ič, ičo, dič, identifikační číslo, ič dph, icdph, daňové číslo",
    "industry": """
        obor, odvětví, obor činnosti, předmět podnikání, činnost, kategorie, odvetvie, predmet činnosti,
        obor podnikání, zaměření
    """,
    "industry_code": "cz nace, nace kód, kód oboru",
    "employees": "počet zaměstnanců, zaměstnanci, počet zamestnancov, počet pracovníků",
    "language": "jazyk",
    "note": "poznámka, poznámky, popis, komentář, zpráva",
    "owner": "obchodník, přiřazeno, zodpovědná osoba, obchodní zástupce, správce",
    "status": "stav, status",
    "last_contact_at": "poslední kontakt, datum posledního kontaktu",
    "next_contact_at": "další kontakt, datum dalšího kontaktu",
    "do_not_call": "nevolat, nekontaktovat",
    "consent_text": "souhlas, gdpr souhlas, súhlas",
    "revenue": "obrat, tržby, roční obrat",
}
