"""Header words: French, Italian, Spanish, Portuguese, Romanian, Turkish, and a few of Dutch, Nordic and Hungarian."""

FRENCH: dict[str, str] = {
    "external_id": """
        identifiant, numéro client, code client, id client, référence, n client, no client,
        code insee etablissement, identifiant externe
    """,
    "company": """
        entreprise, société, raison sociale, nom de l entreprise, nom entreprise, nom de la société,
        nom société, nom commercial, organisation, établissement, etablissement, client, enseigne, dénomination,
        denomination, nom de l établissement, organisme, nom organisme, nom du magasin, employeur, magasin,
        dénomination sociale, compagnie, nom de l organisme, structure
    """,
    "person": """
        contact, nom complet, personne de contact, nom et prénom, prénom et nom, nom prénom, prénom nom,
        interlocuteur, dirigeant, directeur, gérant, responsable, nom du contact, nom du dirigeant,
        nom du responsable, représentant légal, nom prenom
    """,
    "given_name": "prénom, prenom, prénoms, prénom du contact",
    "family_name": "nom de famille, nom de naissance, patronyme",
    "job_title": "fonction, poste, titre du poste, métier, profession, intitulé du poste, qualité",
    "phone": """
        téléphone, telephone, tél, tel, numéro de téléphone, téléphone fixe, fixe, n de téléphone, téléphone 1,
        téléphone bureau, no de téléphone, téléphone professionnel, numéro, téléphone principal, standard,
        tel fixe, numero telephone, n téléphone, téléphones
    """,
    "mobile": """
        mobile, portable, téléphone mobile, téléphone portable, gsm, tél portable, numéro de portable,
        tel portable, tél mobile
    """,
    "fax": "fax, télécopie, télécopieur, numéro de fax",
    "email": """
        e mail, courriel, adresse e mail, adresse email, adresse mail, mail, mél, adresse électronique,
        adresse de courriel, adresse courriel
    """,
    "website": "site web, site internet, site, adresse web, page web, url du site, adresse du site, siteweb",
    "street": """
        adresse, rue, adresse postale, adresse 1, adresse complète, voie, adresse ligne 1, numéro et rue,
        n et voie, adresse de l entreprise, adresse du siège, numéro et voie, libellé de voie,
        adresse de facturation, adresse de livraison
    """,
    "city": "ville, commune, localité, nom de la commune, libellé commune, nom commune",
    "region": "région, département, province, departement, nom de la région, canton, nom du département",
    "postcode": "code postal, cp, codepostal, code postale",
    "country": "pays, code pays",
    "birth_date": "date de naissance, né le, anniversaire, née le",
    "company_id": """
        siret, siren, numéro de tva, tva, n tva, n siret, n siren, numéro siret, numéro siren,
        tva intracommunautaire, n tva intracommunautaire, rcs
    """,
    "industry": """
        secteur, secteur d activité, activité, catégorie, branche, domaine d activité, domaine,
        activité principale, rubrique
    """,
    "industry_code": "code naf, naf, code ape, ape, code activité",
    "employees": """
        effectif, effectifs, nombre de salariés, nombre d employés, tranche d effectif, salariés,
        taille de l entreprise
    """,
    "language": "langue",
    "timezone": "fuseau horaire",
    "note": "commentaire, commentaires, remarque, remarques, notes, description, observations, message, précisions",
    "owner": "commercial, propriétaire, attribué à, chargé d affaires, conseiller",
    "status": "statut, état",
    "last_contact_at": "dernier contact, date du dernier contact, dernier appel",
    "next_contact_at": "prochain contact, date de rappel, rappel, relance, date de relance",
    "do_not_call": "ne pas appeler, liste rouge, opposition, bloctel, ne pas contacter",
    "consent_text": "consentement, rgpd, opt in rgpd",
    "revenue": "chiffre d affaires, ca, ca annuel",
}

ITALIAN: dict[str, str] = {
    "external_id": "codice cliente, id cliente, codice, numero cliente",
    "company": """
        azienda, ragione sociale, nome azienda, ditta, società, impresa, denominazione, cliente, nome ditta,
        insegna, esercizio, struttura, nome attività, attività commerciale, organizzazione, nome struttura,
        denominazione sociale, nome società
    """,
    "person": """
        contatto, nome e cognome, cognome e nome, referente, persona di contatto, nominativo, titolare,
        nome completo, nome cognome, amministratore, responsabile, direttore, legale rappresentante,
        nome referente
    """,
    "given_name": "nome di battesimo, primo nome",
    "family_name": "cognome",
    "job_title": "ruolo, posizione, mansione, professione, qualifica, incarico, funzione",
    "phone": """
        telefono, tel, numero di telefono, telefono fisso, numero telefono, telefoni, recapito telefonico,
        fisso, telefono ufficio, n telefono, num telefono, numero telefonico
    """,
    "mobile": "cellulare, cell, telefono cellulare, telefonino, numero cellulare, mobile, tel cellulare",
    "fax": "fax, telefax, numero fax",
    "email": """
        posta elettronica, indirizzo email, indirizzo e mail, e mail, pec, indirizzo mail, posta,
        indirizzo di posta elettronica
    """,
    "website": "sito, sito web, sito internet, pagina web, indirizzo web, indirizzo sito",
    "street": "indirizzo, via, indirizzo completo, via e numero, sede, indirizzo sede, sede legale, via piazza",
    "city": "città, citta, comune, località, localita, paese comune",
    "region": "regione, provincia, prov",
    "postcode": "cap, codice postale, c a p",
    "country": "paese, nazione, stato estero",
    "birth_date": "data di nascita, nato il, compleanno",
    "company_id": "partita iva, p iva, piva, codice fiscale, p iva cf, partita iva codice fiscale, numero rea, rea",
    "industry": """
        settore, categoria, attività, ramo, settore di attività, tipologia attività, settore merceologico,
        categoria merceologica
    """,
    "industry_code": "ateco, codice ateco",
    "employees": "dipendenti, numero dipendenti, numero di dipendenti, addetti, n dipendenti, organico",
    "language": "lingua",
    "note": "nota, osservazioni, commenti, commento, descrizione, annotazioni, messaggio",
    "owner": "agente, commerciale, assegnato a, venditore",
    "status": "stato, stato lead, stato cliente",
    "do_not_call": "non chiamare, non contattare, registro opposizioni",
    "revenue": "fatturato, fatturato annuo, ricavi",
}

SPANISH: dict[str, str] = {
    "external_id": "código cliente, id cliente, código de cliente, identificador, número de cliente",
    "company": """
        empresa, nombre de la empresa, razón social, compañía, nombre empresa, organización, negocio,
        nombre comercial, cliente, nombre del negocio, establecimiento, denominación social, entidad, sociedad,
        tienda, institución, nombre de empresa, nombre del establecimiento, denominación
    """,
    "person": """
        contacto, nombre completo, persona de contacto, nombre y apellidos, nombre y apellido, responsable,
        titular, apellidos y nombre, nombre del contacto, gerente, director, representante, propietario,
        nombre contacto, representante legal, apellido y nombre, nombres y apellidos
    """,
    "given_name": "nombre de pila, nombres, primer nombre",
    "family_name": "apellido, apellidos, primer apellido",
    "job_title": "cargo, puesto, ocupación, profesión, puesto de trabajo, posición, función",
    "phone": """
        teléfono, telefono, número de teléfono, tel, teléfono fijo, teléfono 1, fijo, teléfonos, telf, tlf,
        tfno, teléfono de contacto, nº teléfono, num telefono, tlfn, teléfono oficina, teléfono principal,
        número telefónico
    """,
    "mobile": """
        móvil, teléfono móvil, celular, movil, teléfono celular, número de móvil, número de celular, tel móvil
    """,
    "fax": "fax, número de fax",
    "email": """
        correo, correo electrónico, e mail, dirección de correo, dirección de correo electrónico, mail, correo e
    """,
    "website": "sitio web, página web, web, pagina web, página, sitio, dirección web, sitio de internet, url web",
    "street": """
        dirección, calle, domicilio, direccion, dirección completa, domicilio social, calle y número,
        dirección postal, ubicación, dirección 1, vía
    """,
    "city": "ciudad, población, localidad, municipio, poblacion",
    "region": "provincia, región, comunidad autónoma, comunidad, estado provincia, estado o provincia, departamento",
    "postcode": "código postal, c p, cp, cod postal, codigo postal",
    "country": "país, pais",
    "birth_date": "fecha de nacimiento, nacimiento, cumpleaños",
    "company_id": "nif, cif, rfc, ruc, nit, cuit, número de registro, dni cif, nif cif, cif nif, rut",
    "industry": """
        sector, actividad, categoría, rubro, industria, giro, sector de actividad, ramo, actividad económica,
        actividad principal
    """,
    "industry_code": "cnae, código cnae, código de actividad",
    "employees": """
        empleados, número de empleados, nº empleados, plantilla, trabajadores, número de trabajadores,
        tamaño de la empresa
    """,
    "language": "idioma",
    "timezone": "zona horaria, huso horario",
    "note": "nota, notas, observaciones, comentario, comentarios, descripción, mensaje",
    "owner": "comercial, vendedor, asignado a, asesor, agente comercial",
    "status": "estado del lead, estatus, situación, estado del cliente",
    "do_not_call": "no llamar, lista robinson, no contactar",
    "consent_text": "consentimiento",
    "revenue": "facturación, ingresos, ventas, ingresos anuales, facturación anual",
}

PORTUGUESE: dict[str, str] = {
    "company": """
        empresa, nome da empresa, razão social, nome fantasia, nome, companhia, cliente, estabelecimento,
        instituição, organização
    """,
    "person": "nome completo, contato, contacto, pessoa de contato, responsável, nome do contato, sócio",
    "given_name": "primeiro nome",
    "family_name": "sobrenome, apelido, último nome",
    "job_title": "cargo, função, profissão",
    "phone": "telefone, fone, telefones, número de telefone, telefone fixo, tel",
    "mobile": "celular, telemóvel, telefone celular, telemovel",
    "email": "e mail, correio eletrônico, endereço de e mail",
    "website": "site, página da web, sítio",
    "street": "endereço, rua, logradouro, morada, endereco, endereço completo",
    "city": "cidade, município, localidade",
    "region": "estado, uf, distrito estado",
    "postcode": "cep, código postal",
    "country": "país",
    "birth_date": "data de nascimento, aniversário",
    "company_id": "cnpj, cpf cnpj, nipc, inscrição estadual",
    "industry": "setor, categoria, ramo de atividade, atividade, segmento de atividade",
    "note": "observação, observações, comentários, descrição, mensagem",
    "status": "situação",
}

ROMANIAN: dict[str, str] = {
    "company": """
        firmă, firma, denumire, denumire firmă, companie, nume firmă, societate, nume companie, organizație,
        denumirea, agent economic, denumire societate, denumirea societății, unitate, instituție,
        denumire unitate, client, operator economic, denumire operator, angajator, nume societate
    """,
    "person": """
        persoană de contact, nume și prenume, nume complet, contact, administrator, reprezentant, director,
        nume prenume, prenume și nume, reprezentant legal, persoana de contact, manager general
    """,
    "given_name": "prenume, prenumele",
    "family_name": "nume de familie, numele",
    "job_title": "funcție, funcția, ocupație, poziție, functie, post ocupat, profesie",
    "phone": """
        telefon, număr de telefon, nr telefon, tel, telefon fix, telefoane, nr de telefon, număr telefon,
        telefon contact, telefon fax
    """,
    "mobile": "mobil, telefon mobil, gsm, număr mobil, nr mobil",
    "fax": "fax, nr fax",
    "email": "adresă de email, adresa de e mail, e mail, adresa email, adresă email, poștă electronică",
    "website": "site, pagină web, site web, adresă web, website, pagina web, site internet",
    "street": "adresă, adresa, stradă, strada, sediu, sediu social, adresa sediului, adresă sediu, adresa completă",
    "city": "oraș, localitate, oras, municipiu, localitatea, comună",
    "region": "județ, judet, regiune, judeţ",
    "postcode": "cod poștal, cod postal",
    "country": "țară, tara, țara",
    "birth_date": "data nașterii, data nasterii, zi de naștere",
    "company_id": """
        cui, cif, cod fiscal, nr reg com, cod unic de înregistrare, nr registrul comerțului, nr reg comerțului,
        cod unic
    """,
    "industry": """
        domeniu, domeniu de activitate, activitate, sector, domeniul de activitate, categorie,
        obiect de activitate
    """,
    "industry_code": "cod caen, caen",
    "employees": """
        număr angajați, angajați, nr angajați, număr mediu salariați, salariați, număr de angajați, nr salariați
    """,
    "note": "observații, note, comentarii, descriere, mențiuni, mesaj",
    "revenue": "cifra de afaceri, cifră de afaceri, venituri",
    "status": "stare",
}

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

PLAIN = """
    date, heure, latitude, longitude, civilité, sexe, note, avis, horaires, source, type, quantité, prix, montant,
    commentaire adresse, complément d adresse, boîte postale, quartier, année, mois, nom, titre, data, orari, tipo,
    prezzo, importo, quantità, fonte, latitudine, longitudine, fecha, hora, horario, precio, cantidad, latitud,
    longitud, valoración, sexo, tipo, fuente, barrio, bairro, tarih, saat, puan, yorum sayısı, ilçe, mahalle, enlem,
    boylam, fiyat, miktar, cinsiyet, tip, sıra no, tür, kaynak, data, ora, pret, cantitate, sursa, datum, type, bron
"""

QUALIFIERS = """
    de, du, des, la, le, les, l, d, professionnel, professionnelle, principal, principale, bureau, personnel,
    entreprise, société, client, numéro, n, no, et, ou, siège, complet, complète, contact, adresse, établissement,
    di, del, della, dell, e, ufficio, principale, azienda, cliente, numero, sede, il, fisso, referente, aziendale,
    el, y, principal, oficina, trabajo, cliente, contacto, empresa, número, nº, particular, negocio, do, da,
    comercial, fijo, firmă, principal, contact, sediu, de contact, nr, numar, firmei, social, iş, ev, firma,
    müşteri, ana, numarası, no, adresi, şirket, yetkili, bilgisi, ve, sabit, werk, kantoor, zakelijk, arbete, hoved,
    kontakt, klant
"""

BLOCKERS = "statut, état, type, date, tipo, stato, fecha, tipo de, tür, durum, tarih, stare, sayısı, numărul de"

STEMS: dict[str, str] = {
    "phone": "téléphon, telefono, teléfono, telefone, telefoon, puhelin, telefonsz",
    "mobile": "cellular, celular, móvil, portable, mobiel, matkapuhel",
    "fax": "télécop, belgegeç",
    "email": "courriel, correo, e-post, eposta, sähköpost, emailadr",
    "website": "página web, pagina web, sitio, hemsid, hjemmesid, honlap",
    "street": "adresse, indirizz, direcci, domicil, adresă, endereç, straat, gatuadr",
    "city": "ville, città, ciudad, oraș, şehir, localit",
    "postcode": "postnummer, irányítósz",
    "country": "pays, paese, país, ülke",
    "company": "entrepris, société, aziend, empresa, compañ, şirket, bedrijf, företag, societ, işletme",
    "birth_date": "naissance, nascita, nacimiento, doğum, geboort",
    "industry": "secteur, settore, sektör",
    "employees": "salariés, dipendenti, empleados, çalışan, angajaț",
    "company_id": "siret, siren",
}
