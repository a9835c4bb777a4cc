"""Header words: French and Italian."""

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
