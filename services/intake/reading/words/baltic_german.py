"""Header words: Lithuanian (with some Latvian and Estonian) and German."""

LITHUANIAN: dict[str, str] = {
    "external_id": """
        įrašo id, identifikatorius, kliento kodas, kliento id, išorinis id, kliento numeris, unikalus numeris,
        įrašo numeris, unikalus id, išorinis kodas
    """,
    "company": """
        įmonė, imone, įmonės pavadinimas, pavadinimas, kompanija, firma, bendrovė, organizacija,
        organizacijos pavadinimas, įstaiga, įstaigos pavadinimas, klientas, kliento pavadinimas,
        juridinis asmuo, juridinio asmens pavadinimas, bendrovės pavadinimas, prekės ženklas,
        ivestas pavadinimas, rastas pavadinimas, darbovietė, darbdavys, tiekėjas, pirkėjas, trumpas pavadinimas,
        pilnas pavadinimas, subjekto pavadinimas, parduotuvė, objekto pavadinimas, uzņēmums, nosaukums,
        ettevõte, nimi, kompanijos pavadinimas, oficialus pavadinimas, viešbutis, mokykla, mokyklos pavadinimas
    """,
    "person": """
        vardas ir pavardė, vardas pavardė, pavardė vardas, kontaktinis asmuo, asmuo, vadovas, direktorius,
        įmonės vadovas, kontaktas, atsakingas asmuo, savininkas, generalinis direktorius, vadovo vardas pavardė,
        pilnas vardas, kontaktinio asmens vardas, atstovas, vadovo vardas ir pavardė, pavardė ir vardas,
        v pavardė, jūsų vardas, vadovė, kontaktiniai asmenys
    """,
    "given_name": "vardas, vārds, eesnimi, kliento vardas",
    "family_name": "pavardė, pavarde, uzvārds, perekonnanimi, kliento pavardė",
    "job_title": """
        pareigos, pareigybė, pozicija, profesija, pareigų pavadinimas, amatas, darbo pareigos,
        užimamos pareigos, amats
    """,
    "phone": """
        telefonas, telefono numeris, tel, tel nr, telefono nr, telefonai, telefono nr, fiksuotas telefonas,
        darbo telefonas, namų telefonas, kontaktinis telefonas, numeris, tālrunis, įmonės telefonas,
        laidinis telefonas, kitas telefonas, bendras telefonas, telefonų numeriai, kontaktinis tel,
        tālruņa numurs, telefona numurs, stacionarus telefonas, pagrindinis telefonas
    """,
    "mobile": """
        mobilus, mobilus telefonas, mob tel, mob telefonas, mobilusis, mobilaus telefono numeris,
        mobilusis telefonas, mobilaus numeris, mob, mob nr, mobiliojo telefono numeris, mobilais tālrunis,
        mobiil, mobilaus tel nr, mobilieji telefonai, mobiliojo numeris
    """,
    "fax": "faksas, fakso numeris, faks, fakso nr, telefaksas, fakss",
    "email": """
        el paštas, el pastas, el pašto adresas, elektroninis paštas, elektroninio pašto adresas, e paštas,
        e pastas, epasts, e pasts, e post, el pašto, el adresas, elektroninis adresas, paštas
    """,
    "website": """
        svetainė, interneto svetainė, tinklalapis, internetinis puslapis, puslapis, interneto puslapis, www,
        internetinė svetainė, interneto adresas, tinklapis, mājaslapa, koduleht, svetainės adresas, nuoroda,
        interneto tinklalapis, domenas
    """,
    "street": """
        adresas, gatvė, buveinė, buveinės adresas, pilnas adresas, registracijos adresas, gatvė ir namo numeris,
        veiklos adresas, adrese, iela, įmonės adresas, aadress, faktinis adresas, pašto adresas,
        korespondencijos adresas, pristatymo adresas, gatvės pavadinimas, vieta, buveinės vieta
    """,
    "city": "miestas, gyvenvietė, vietovė, pilsēta, linn, miestelis, miestas kaimas, miesto pavadinimas",
    "region": "apskritis, regionas, rajonas apskritis, novads, maakond, sritis, apskrities pavadinimas",
    "postcode": "pašto kodas, pasto kodas, pašto indeksas, pasta indekss, postiindeks, indeksas",
    "country": "šalis, valstybė, valsts, riik, šalies kodas, salis",
    "birth_date": "gimimo data, gimtadienis, gimimo diena",
    "company_id": """
        įmonės kodas, imones kodas, kodas, įm kodas, juridinio asmens kodas, pvm kodas, pvm mokėtojo kodas,
        registracijos kodas, registracijos numeris, registrācijas numurs, registrikood, ja kodas, ivestas kodas,
        rastas kodas, pvm mok kodas, įmonės pvm kodas, įmonės kodas jar, juridinio asmens kodas jar,
        mokesčių mokėtojo kodas
    """,
    "industry": """
        veikla, veiklos sritis, šaka, sektorius, kategorija, veiklos rūšis, veiklos tipas, pramonės šaka,
        pagrindinė veikla, nozare, veiklos pobūdis, rubrika, kategorijos, įmonės veikla, rubrikos, verslo sritis
    """,
    "industry_code": "evrk, evrk kodas, veiklos kodas, nace kodas, evrk 2, ekonominės veiklos kodas",
    "employees": """
        darbuotojai, darbuotojų skaičius, darbuotoju skaicius, apdraustieji, apdraustųjų skaičius,
        draudėjų skaičius, darbuotojų sk, įmonės dydis
    """,
    "language": "kalba, pageidaujama kalba, bendravimo kalba",
    "timezone": "laiko juosta, laiko zona",
    "channel": "kanalas, kontaktavimo būdas",
    "product": "produktas, prekė, paslauga, domina, paslaugos",
    "tag": "žyma, žymos, žymės, etiketės, raktažodžiai",
    "segment": "segmentas, klientų grupė, kliento tipas",
    "potential": "potencialas, sandorio vertė, biudžetas",
    "note": """
        pastaba, pastabos, komentaras, komentarai, aprašymas, žinutė, papildoma informacija, kita informacija,
        aprasymas, pastaba rankinis papildymas, informacija, užrašai, piezīmes
    """,
    "owner": """
        atsakingas, vadybininkas, pardavimų vadybininkas, priskirta, atsakingas vadybininkas, agentas,
        projektų vadovas
    """,
    "status": "būsena, statusas, stadija, etapas, kliento statusas",
    "customer_since": "klientas nuo, bendradarbiavimo pradžia, pirmas pirkimas",
    "last_contact_at": """
        paskutinis kontaktas, paskutinio kontakto data, paskutinis skambutis, paskutinio skambučio data
    """,
    "last_outcome": "rezultatas, skambučio rezultatas, paskutinis rezultatas",
    "next_contact_at": """
        kitas kontaktas, kito kontakto data, perskambinti, kitas skambutis, priminimas, kito skambučio data
    """,
    "do_not_call": "neskambinti, nekontaktuoti, juodasis sąrašas, nesutinka, atsisakė skambučių",
    "consent_at": "sutikimo data, sutikimas gautas",
    "consent_text": "sutikimas, sutikimo tekstas, bdar, bdar sutikimas",
    "revenue": "apyvarta, pajamos, įmonės apyvarta, metinė apyvarta, metinės pajamos, pardavimo pajamos",
}

GERMAN: dict[str, str] = {
    "external_id": """
        kundennummer, kunden nr, kundennr, kunden id, datensatz id, kennung, externe id, nummer, lfd nummer,
        adressnummer, lead id, mandantennummer, datensatznummer, externe nummer, kennnummer, schulnummer
    """,
    "company": """
        firma, firmenname, unternehmen, unternehmensname, name der firma, organisation, firmierung, betrieb,
        gesellschaft, kunde, kundenname, name lang, institution, arbeitgeber, einrichtung, behörde,
        firmenbezeichnung, handelsname, geschäft, laden, praxis, betriebsname, firma 1, firmenwortlaut,
        name des unternehmens, unternehmensbezeichnung, schulname, name der einrichtung, träger, lieferant,
        händler, auftraggeber, hersteller, apotheke, hotelname, marke, geschäftsname, vereinsname, verein,
        bezeichnung, account, studio, kanzlei, name unternehmen, name firma, organisationsname, konto
    """,
    "person": """
        ansprechpartner, ansprechperson, kontaktperson, vor und nachname, name und vorname, vorname nachname,
        vorname und nachname, kontakt, geschäftsführer, inhaber, vollständiger name, geschäftsführung, leiter,
        schulleiter, direktor, vorstand, name vorname, nachname vorname, ganzer name, voller name, leitung,
        vertreter, entscheider, ihr name, nachname und vorname, ansprechpartnerin, ansprechpartner in,
        inhaber in, geschäftsleitung, kontaktname, name des ansprechpartners, filialleiter, kompletter name,
        kundenbetreuer name, schulleitung
    """,
    "given_name": "vorname, rufname, vornamen, vorname ansprechpartner",
    "family_name": "nachname, familienname, zuname, nachname ansprechpartner, geburtsname",
    "job_title": """
        position, funktion, beruf, berufsbezeichnung, stelle, tätigkeit, rolle, stellenbezeichnung, jobtitel,
        abteilung position, titel position, dienststellung, position im unternehmen, job bezeichnung, stellung
    """,
    "phone": """
        telefon, telefonnummer, tel, telefonnr, telefon nr, tel nr, rufnummer, festnetz, festnetznummer,
        telefon geschäftlich, telefon privat, telefon dienstlich, fon, fernsprecher, durchwahl, telefon 1,
        zentrale, telefonzentrale, kontakttelefon, telefon zentrale, tel geschäftlich, tel privat,
        telefonnummern, telefone, weitere telefonnummer, rufnummern, ortsnetz, tel dienstlich, telefon büro,
        telefon firma, telefon direkt, telefon durchwahl, telefon arbeit, telefon weitere, hauptrufnummer,
        telefon hauptnummer
    """,
    "mobile": """
        mobil, handy, handynummer, mobiltelefon, mobilnummer, mobilfunk, mobilfunknummer, mobilnr,
        telefon mobil, handy nr, tel mobil, mobiltelefonnummer, mobil privat, mobil geschäftlich, mobil nr,
        mobil dienstlich, funktelefon, mobilrufnummer, handynr, natel
    """,
    "fax": "fax, telefax, faxnummer, telefaxnummer, faxnr, fax nr, fax geschäftlich, fax privat, telefax nr",
    "email": """
        e mail, email adresse, e mail adresse, mail, mailadresse, elektronische post, emailadresse,
        kontakt e mail, e mail geschäftlich, e mail privat, mail adresse, e mail firma, e mail 1,
        emailanschrift, e mail anschrift, weitere e mail
    """,
    "website": """
        webseite, website, homepage, internet, internetseite, internetadresse, web, www, url, webadresse,
        netzseite, web adresse, internetauftritt, domain, homepage url, firmenwebsite, webpräsenz,
        firmenhomepage
    """,
    "street": """
        strasse, straße, str, anschrift, adresse, strasse und hausnummer, straße und hausnummer,
        straße hausnummer, strasse hausnummer, straße nr, strasse nr, adresszeile 1, postanschrift,
        firmenadresse, firmenanschrift, standort, adresse 1, geschäftsadresse, rechnungsadresse, lieferadresse,
        strassenname, straßenname, straße hnr, strasse hnr, lieferanschrift, rechnungsanschrift, hausanschrift,
        vollständige adresse, besucheradresse, straße privat, straße geschäftlich, straße und nr, adresszeile,
        wohnadresse, privatadresse
    """,
    "city": """
        ort, stadt, wohnort, gemeinde, ortschaft, standort stadt, ortsname, sitz, ort geschäftlich, ort privat,
        gemeindename, firmensitz, plz ort, stadt gemeinde, stadt ort
    """,
    "region": """
        bundesland, region, land bundesland, kanton, provinz, bundesstaat, landkreis bundesland, kreis,
        landkreis
    """,
    "postcode": "plz, postleitzahl, plz geschäftlich, plz privat, post leitzahl, postcode, plz firma",
    "country": """
        land, staat, länderkennzeichen, lkz, ländercode, landeskennung, länderkürzel, landcode,
        land geschäftlich, land region
    """,
    "birth_date": "geburtsdatum, geburtstag, geb datum, geboren, geboren am, gebdatum, geb",
    "company_id": """
        ust id, ustid, ust idnr, umsatzsteuer id, ust id nr, uid, uid nummer, handelsregisternummer, hrb,
        steuernummer, umsatzsteuer identifikationsnummer, registernummer, firmenbuchnummer, fn, handelsregister,
        hrb nummer, hr nummer, ust nr, steuer id, atu nummer, hra hrb, mwst nr, gisa zahl, umsatzsteuernummer
    """,
    "industry": """
        branche, kategorie, industrie, gewerbe, wirtschaftszweig, tätigkeitsfeld, branchen, geschäftsfeld,
        sparte, tätigkeitsbereich, hauptbranche, rubrik, kategorien, fachgebiet, unterkategorie, fachrichtung,
        wirtschaftsbereich, wz bezeichnung
    """,
    "industry_code": """
        branchencode, wz code, wz 2008, önace, branchenschlüssel, wirtschaftszweig code, wz, wz schlüssel,
        nace code, branchennummer
    """,
    "employees": """
        mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter, beschäftigte, anzahl der mitarbeiter,
        unternehmensgröße, mitarbeiteranzahl, beschäftigtenzahl, firmengröße, belegschaft, ma anzahl,
        betriebsgröße, anzahl beschäftigte
    """,
    "language": "sprache, korrespondenzsprache, bevorzugte sprache",
    "timezone": "zeitzone",
    "channel": "kanal, kontaktweg, bevorzugter kontaktweg, kontaktart",
    "product": "produkt, produktinteresse, interesse, dienstleistung, produkte, leistung",
    "tag": "schlagwort, schlagworte, markierung, etikett, stichworte, schlagwörter, stichwörter",
    "segment": "segment, kundensegment, kundengruppe, kundentyp, kundenart",
    "potential": "potenzial, potential, auftragswert, auftragsvolumen, budget",
    "note": """
        notiz, notizen, bemerkung, bemerkungen, kommentar, beschreibung, anmerkung, anmerkungen, nachricht,
        hinweis, zusatzinfo, info, hinweise, kommentare, sonstiges, zusatzinformation, freitext,
        beschreibungstext
    """,
    "owner": """
        betreuer, verantwortlicher, zuständig, vertriebsmitarbeiter, sachbearbeiter, kundenbetreuer, bearbeiter,
        zugewiesen an, verkäufer, vertriebler, außendienst, leadbesitzer, zugewiesener benutzer, verantwortlich,
        berater
    """,
    "status": "status, stand, lead status, kundenstatus, phase, kontaktstatus, vertriebsphase",
    "customer_since": "kunde seit, erstkauf, erstbestellung, kundenbeginn",
    "last_contact_at": """
        letzter kontakt, letzter anruf, letzte kontaktaufnahme, datum letzter kontakt, letzte aktivität,
        zuletzt kontaktiert, datum des letzten kontakts
    """,
    "last_outcome": "ergebnis, letztes ergebnis, anrufergebnis, gesprächsergebnis",
    "next_contact_at": """
        nächster kontakt, wiedervorlage, nächster anruf, rückruf, rückruf am, wiedervorlagedatum,
        datum nächster kontakt
    """,
    "do_not_call": """
        nicht anrufen, sperrvermerk, anrufsperre, werbesperre, keine anrufe, robinsonliste, gesperrt,
        nicht kontaktieren, kontaktsperre, sperrkennzeichen
    """,
    "consent_at": "einwilligung am, einwilligungsdatum, datum der einwilligung, datum einwilligung",
    "consent_text": "einwilligung, einwilligungstext, dsgvo, werbeeinwilligung, dsgvo einwilligung, zustimmung",
    "revenue": "umsatz, jahresumsatz, umsatzklasse, jährlicher umsatz, umsatzerlöse",
}

PLAIN = """
    data, laikas, tipas, platuma, ilguma, lytis, amžius, amzius, savivaldybė, rajonas, šaltinis, vertinimas,
    atsiliepimai, darbo laikas, sukurta, atnaujinta, eil nr, suma, kaina, kiekis, sutarties nr, namo numeris,
    buto numeris, seniūnija, paskutinio atnaujinimo data, rinkos vaidmuo, koordinatės, starto data, metai, mėnuo,
    datum, zeit, typ, art, anrede, titel, geschlecht, datenquelle, prüfung, pruefung, hausnummer, hausnr, hnr,
    bezirk, breitengrad, längengrad, bewertung, bewertungen, öffnungszeiten, erstellt, geändert, quelle, betrag,
    preis, menge, anzahl, lfd nr, abteilung, zusatz, adresszusatz, postfach, erstellt am, geändert am, alter, jahr,
    monat, facebook, xing, kurzname
"""

QUALIFIERS = """
    darbo, namų, įmonės, kitas, pagrindinis, kontaktinis, papildomas, asmeninis, vadovo, kliento, numeris, nr,
    kontaktinio, asmens, buveinės, ir, bendras, antras, oficialus, registracijos, juridinio, juridinis,
    direktoriaus, atsakingo, įstaigos, organizacijos, jūsų, geschäftlich, privat, dienstlich, haupt, weitere,
    weiterer, kontakt, firma, firmen, firmenadresse, zentral, nr, nummer, ansprechpartner, des, der, und, in,
    allgemein, geschäft, 1 zeile, büro, zentrale, des ansprechpartners, unternehmens, unternehmen, kunden, kunde,
    inhaber, inhabers, zusätzliche, direkt, offizielle, offizieller, betrieb, standort, schule, arbeit, optional,
    pflichtfeld
"""

BLOCKERS = """
    tipas, būsena, šaltinis, data, patikrinta, skaičius, tikslumas, url, atitikimas, žurnalas, typ, art, status,
    quelle, geprüft, ungültig, anzahl, datum, durchwahlcode, zusatz, gültig
"""

STEMS: dict[str, str] = {
    "phone": "telefon, telefonas, tālrun, rufnummer, festnetz",
    "mobile": "mobil, handy, mobilus, mobilaus, mobilfunk, mobilusis",
    "fax": "fax, faks, telefax",
    "email": "pašt, email, mailadress, paštas",
    "website": "svetain, tinklalap, webseit, homepage, internetadress, internetseit",
    "street": "adres, gatv, strasse, straße, anschrift, adress",
    "city": "miest, stadt",
    "region": "apskrit, bundesland",
    "postcode": "postleitzahl, plz",
    "country": "šalis, valstyb",
    "company": "įmon, imon, bendrov, firmen, unternehmen, betrieb, firma",
    "person": "vadov, direktor, geschäftsführ, ansprechpartn, kontaktperson, inhaber",
    "job_title": "pareig, berufs",
    "birth_date": "gimim, geburts",
    "note": "pastab, koment, bemerk, notiz, anmerk, kommentar",
    "company_id": "steuernummer, handelsregister, ustid",
    "industry": "veikl, branche, gewerbe",
    "employees": "darbuotoj, mitarbeiter, beschäftigt",
    "revenue": "apyvart, umsatz",
}
