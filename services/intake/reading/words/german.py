"""Header words: German."""

GERMAN: dict[str, str] = {
    "external_id": """
        kd nr, kdnr, kunden nr, kundenkennung,
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
        telefon, telefonnummer, telefon fax, tel, telefonnr, telefon nr, tel nr, rufnummer, festnetz, festnetznummer,
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
        firmenort, firmensitz,
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
    "birth_date": "geb am, geboren, geboren am, geburtsdatum, geburtstag, geb datum, geboren, geboren am, gebdatum, geb",
    "company_id": """
        steuer nr, st nr,
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
        zuständiger mitarbeiter, zuständiger,
        betreuer, verantwortlicher, zuständig, vertriebsmitarbeiter, sachbearbeiter, kundenbetreuer, bearbeiter,
        zugewiesen an, verkäufer, vertriebler, außendienst, leadbesitzer, zugewiesener benutzer, verantwortlich,
        berater
    """,
    "status": "status, stand, lead status, kundenstatus, phase, kontaktstatus, vertriebsphase",
    "customer_since": "kunde seit, erstkauf, erstbestellung, kundenbeginn",
    "last_contact_at": """
        letzter kontakt am, letzter anruf am, datum letzter kontakt,
        letzter kontakt, letzter anruf, letzte kontaktaufnahme, datum letzter kontakt, letzte aktivität,
        zuletzt kontaktiert, datum des letzten kontakts
    """,
    "last_outcome": "ergebnis, letztes ergebnis, anrufergebnis, gesprächsergebnis",
    "next_contact_at": """
        wv datum, wv, wiedervorlage datum,
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
