"""Header words: Turkish, and a few of Dutch, Nordic languages and Hungarian."""

TURKISH: dict[str, str] = {
    "company": """
        firma, şirket, firma adı, şirket adı, işletme, işletme adı, kurum, ünvan, firma ünvanı, kuruluş,
        müşteri, unvan, ticari unvan, ticari ünvan, mağaza, otel adı, kurum adı, tesis adı, müşteri adı,
        şirket ünvanı, kuruluş adı, firma ismi
    """,
    "person": """
        ad soyad, yetkili, yetkili kişi, isim soyisim, adı soyadı, ilgili kişi, ad soyadı, isim soyad,
        firma yetkilisi, sahibi, irtibat kişisi, müdür, yetkili adı, kişi
    """,
    "given_name": "ad, adı, isim, ismi",
    "family_name": "soyad, soyadı, soyisim",
    "job_title": "görev, unvanı, meslek, pozisyon, görevi, görev unvanı",
    "phone": """
        telefon, tel, telefon numarası, telefon no, sabit telefon, iş telefonu, telefon 1, ev telefonu, tel no,
        sabit tel, iletişim numarası, telefonu
    """,
    "mobile": "cep, cep telefonu, gsm, mobil, cep tel, cep no, gsm no, mobil telefon, cep telefonu numarası",
    "fax": "faks, faks no, belgegeçer, fax no",
    "email": "e posta, eposta, e posta adresi, mail adresi, elektronik posta, e mail adresi, mail, eposta adresi",
    "website": "web sitesi, internet sitesi, web adresi, site, internet adresi, web, web site",
    "street": "adres, sokak, cadde, açık adres, adresi, adres bilgisi, iş adresi, ev adresi, mahalle cadde sokak",
    "city": "şehir, il, sehir, kent, ili, şehir adı",
    "region": "bölge, ilçe bölge, eyalet",
    "postcode": "posta kodu, postakodu, pk",
    "country": "ülke, ülke adı, ulke",
    "birth_date": "doğum tarihi, doğum günü, dogum tarihi",
    "company_id": """
        vergi no, vergi numarası, vkn, vergi kimlik no, mersis no, ticaret sicil no, mersis,
        vergi kimlik numarası, tc vergi no
    """,
    "industry": "sektör, kategori, faaliyet alanı, faaliyet, iş kolu, sektor, faaliyet konusu, branş",
    "industry_code": "nace kodu, faaliyet kodu",
    "employees": "çalışan sayısı, personel sayısı, çalışanlar, istihdam, personel",
    "note": "not, notlar, açıklama, açıklamalar, mesaj, yorum",
    "status": "durum, statü",
    "owner": "temsilci, satış temsilcisi, müşteri temsilcisi, sorumlu",
    "revenue": "ciro, yıllık ciro, gelir",
    "language": "dil",
}

OTHERS: dict[str, str] = {
    "company": """
        bedrijf, bedrijfsnaam, onderneming, organisatie, företag, företagsnamn, firmanavn, virksomhed, yritys,
        cég, cégnév, vállalat, selskap, virksomhedsnavn, klantnaam, yrityksen nimi, cég neve, naam bedrijf,
        handelsnaam, firmanaam, bolag
    """,
    "person": """
        contactpersoon, kontaktperson, kontaktszemély, yhteyshenkilö, volledige naam, navn, teljes név,
        kapcsolattartó
    """,
    "given_name": "voornaam, förnamn, fornavn, etunimi, keresztnév, utónév",
    "family_name": "achternaam, efternamn, efternavn, etternavn, sukunimi, vezetéknév, családnév",
    "job_title": "functie, befattning, stilling, beosztás, titteli, functietitel, jobtitel",
    "phone": """
        telefoon, telefoonnummer, telefonnummer, puhelin, telefonszám, telefonnr, telefoonnr, vaste telefoon,
        puhelinnumero, puhelinvaihde, telefonnr
    """,
    "mobile": """
        mobiel, mobiltelefon, mobilnummer, matkapuhelin, mobilszám, gsm nummer, mobiele telefoon, mobielnummer,
        mobiltlf, mobil telefon
    """,
    "email": """
        e mailadres, emailadres, e postadress, sähköposti, epost, e postadresse, epostadress, e mail cím,
        mailadres, e mail adres, sähköpostiosoite
    """,
    "website": """
        hemsida, hjemmeside, weboldal, kotisivu, webbplats, nettsted, honlap, webadres, hjemmesideadresse,
        verkkosivu
    """,
    "street": """
        straat, adres, straatnaam, gata, gatuadress, vej, osoite, cím, utca, straat en huisnummer, katuosoite,
        utca házszám, besöksadress, vejnavn, bezoekadres, postadress
    """,
    "city": """
        plaats, stad, woonplaats, ort, postort, by, poststed, kaupunki, város, település, vestigingsplaats,
        paikkakunta, helység, postitoimipaikka
    """,
    "region": "provincie, län, fylke, maakunta, megye, landsdel",
    "postcode": "postnummer, postinumero, irányítószám, postkode, postnr, irsz",
    "country": "maa, ország, land",
    "company_id": """
        kvk, kvk nummer, btw nummer, orgnr, organisationsnummer, cvr, cvr nr, y tunnus, adószám, cégjegyzékszám,
        org nr, btw nr, cvr nummer, organisasjonsnummer, kvk nr, ondernemingsnummer
    """,
    "industry": "branche, sector, bransch, bransje, toimiala, ágazat, tevékenység",
    "note": """
        opmerking, opmerkingen, anteckning, megjegyzés, bemærkning, kommentar, notat, huomautus,
        opmerkingen klant
    """,
    "employees": """
        aantal medewerkers, antal anställda, ansatte, henkilöstö, létszám, antal ansatte, aantal werknemers,
        alkalmazottak száma
    """,
    "birth_date": "geboortedatum, födelsedatum, fødselsdato, syntymäaika, születési dátum, születési idő",
}
