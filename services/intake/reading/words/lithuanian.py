"""Header words: Lithuanian, with some Latvian and Estonian."""

LITHUANIAN: dict[str, str] = {
    "external_id": """
        įrašo nr,
        įrašo id, identifikatorius, kliento kodas, kliento id, išorinis id, kliento numeris, unikalus numeris,
        įrašo numeris, unikalus id, išorinis kodas
    """,
    "company": """
        subjektas,
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
        mobilus, mobilus tel, mobilus telefonas, mob tel, mob telefonas, mobilusis, mobilaus telefono numeris,
        mobilusis telefonas, mobilaus numeris, mob, mob nr, mobiliojo telefono numeris, mobilais tālrunis,
        mobiil, mobilaus tel nr, mobilieji telefonai, mobiliojo numeris
    """,
    "fax": "faksas, fakso numeris, faks, fakso nr, telefaksas, fakss",
    "email": """
        elektroninis pašto adresas,
        el p, el paštas 1,
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
    "postcode": "pašto kod, pašto kodas, pasto kodas, pašto indeksas, pasta indekss, postiindeks, indeksas",
    "country": "šalis, valstybė, valsts, riik, šalies kodas, salis",
    "birth_date": "gimimo data, gimtadienis, gimimo diena",
    "company_id": """
        įmonės kodas, kod įmonės, imones kodas, kodas, įm kodas, juridinio asmens kodas, pvm kodas, pvm mokėtojo kodas,
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
    "do_not_call": "neturi sutikimo, draudžiama skambinti, neskambinti, nekontaktuoti, juodasis sąrašas, nesutinka, atsisakė skambučių",
    "consent_at": "sutikimo data, sutikimas gautas",
    "consent_text": "sutikimas, sutikimo tekstas, bdar, bdar sutikimas",
    "revenue": "apyvarta, pajamos, įmonės apyvarta, metinė apyvarta, metinės pajamos, pardavimo pajamos",
}
