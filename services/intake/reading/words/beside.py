"""Words that stand beside a field's word: qualifiers leave its meaning, blockers take it away.

`Work Email` is an e-mail, `Email Status` is none.
"""

ENGLISH_QUALIFIERS = """
    work, home, business, office, mailing, billing, shipping, other, primary, secondary, tertiary, main, company,
    corporate, personal, private, person, contact, lead, customer, client, account, the, of, s, direct, alternate,
    alternative, alt, additional, second, first listed, current, hq, headquarters, head, legal, registered, best,
    full, general, central, public, organization, organisation, value, text, formatted, raw, original, clean,
    cleaned, cleaned up, normalized, normalised, national, international, nr, no, number, num, field, column, your,
    our, user, owner, member, employee, employer, executive, practice, store, shop, site, property, school,
    preferred, daytime, day, evening, night, new, old, former, local, physical, postal, visiting,
    delivery, in, and, or, eg, required, optional, including, incl, with, all, any, list, line, item, default, uri,
    facility, provider, hospital, clinic, hotel, restaurant, agency, vendor, supplier, dealer, branch, location,
    usd, eur, gbp, pln, est, estimated, approx, held,
    place, inquiry, reception, sales, support, admin, manager, director, applicant, subscriber, prospect,
    decision maker, desk, hotline, us, uk, eu
"""

SLAVIC_QUALIFIERS = """
    руб, тыс, год, абонента, точки, заведения, бизнеса, менеджера, контрагента, zł, tys, działalności, gospodarczej,
    рабочий, домашний, основной, дополнительный, другой, контактный, личный, мобильный 1, компании, организации,
    клиента, контакта, юр, физ, реквизит, россия, номер, контактного, лица, для, и, на, адрес строка, общий, прямой,
    служебный, ваш, рабочая, основная, руководителя, директора, предприятия, офиса, корпоративный, фактический,
    юридический, полный, полное, краткое, сокращенное, лпр, связи, магазина, służbowy, firmowy, główny, dodatkowy,
    inny, kontaktowy, prywatny, domowy, firmy, klienta, kontaktu, numer, nr, pełny, pełna, do, siedziby, podmiotu,
    placówki, osoby, kontaktowej, kontrahenta, główna, szkoły, właściciela, biura, sekretariatu, i, organizacji,
    spółki, firmowa, kontaktowa, służbowa, hlavní, kontaktní, firemní, pracovní, soukromý, číslo, zákazníka, firmy,
    společnosti, další, kontakt, sídla, provozovny, a
"""

BALTIC_GERMAN_QUALIFIERS = """
    kontakto, subjekto, įrašo, tūkst, euro, am, p a, in eur,
    darbo, namų, įmonės, kitas, pagrindinis, kontaktinis, papildomas, asmeninis, vadovo, kliento, numeris, nr,
    kontaktinio, asmens, buveinės, ir, bendras, antras, oficialus, registracijos, juridinio, juridinis,
    direktoriaus, atsakingo, įstaigos, organizacijos, jūsų, geschäftlich, privat, dienstlich, haupt, weitere,
    weiterer, kontakt, firma, firmen, firmenadresse, zentral, nr, nummer, ansprechpartner, des, der, und, in,
    allgemein, geschäft, 1 zeile, büro, zentrale, des ansprechpartners, unternehmens, unternehmen, kunden, kunde,
    inhaber, inhabers, zusätzliche, direkt, offizielle, offizieller, betrieb, standort, schule, arbeit, optional,
    pflichtfeld
"""

ROMANCE_TURKIC_QUALIFIERS = """
    de, du, des, la, le, les, l, d, professionnel, professionnelle, principal, principale, bureau, personnel,
    entreprise, société, client, numéro, n, no, et, ou, siège, complet, complète, contact, adresse, établissement,
    di, del, della, dell, e, ufficio, principale, azienda, cliente, numero, sede, il, fisso, referente, aziendale,
    el, y, principal, oficina, trabajo, cliente, contacto, empresa, número, nº, particular, negocio, do, da,
    comercial, fijo, firmă, principal, contact, sediu, de contact, nr, numar, firmei, social, iş, ev, firma,
    müşteri, ana, numarası, no, adresi, şirket, yetkili, bilgisi, ve, sabit, werk, kantoor, zakelijk, arbete, hoved,
    kontakt, klant
"""

ENGLISH_BLOCKERS = """
    type, status, verified, valid, confidence, invalid, bounced, bounce, verified at, verification, verifier, count, rating, score,
    accuracy, valid until, validity, source, date, time, updated, extension, ext, code prefix, prefix, assistant,
    asst, assistants, open, opens, click, clicks, quality, provider name, domain age, hash, md5, format, carrier,
    linetype, line type, timezone, consent, opted, opt, out, unsubscribe, preference, reason, history, hours, rank,
    flag, is, has, last checked, last, created, modified, length, catch all, deliverability, risk, position index,
    template, subject, body, campaign, signature, sequence, sent, platform, linkedin, linked in, facebook, twitter, instagram, youtube,
    skype, google, maps, logo, image, photo, icon, picture, avatar, video, color, latitude, longitude, coordinates,
    geo, visits, traffic, registrar, ssl, title, keywords, description, meta, parent, po, box, spouse, radius,
    population, revenue, funding, technologies, ticker, founded, year, owner id, list id, menu, reservation,
    booking, profile, members, enrollment, tax rate, bank, iban, swift, sort
"""

SLAVIC_BLOCKERS = """
    товара, продукта, файла, кампании, акции, тарифа, услуги, produktu, pliku, kampanii, usługi, zawodu,
    тип, статус, источник, дата, недействителен, недействительный, проверен, не участвует, кол во, количество,
    комментарий, ассистент, ассистента, помощника, добавочный, код, часы, рейтинг, доб, отзывы, вакансии, typ,
    status, źródło, data, wypisany, odsubskrybowany, nieprawidłowy, liczba, wewnętrzny, asystent, asystenta,
    godziny, organu, prowadzącego, nadrzędnego, terytorialny, rodzaj, druh, stav, zdroj, datum, počet
"""

BALTIC_GERMAN_BLOCKERS = """
    prekės, paslaugos, failo, kampanijos, platform, plattform,
    tipas, būsena, šaltinis, data, patikrinta, skaičius, tikslumas, url, atitikimas, žurnalas, typ, art, status,
    quelle, geprüft, ungültig, anzahl, datum, durchwahlcode, zusatz, gültig
"""

ROMANCE_TURKIC_BLOCKERS = (
    "statut, état, type, date, tipo, stato, fecha, tipo de, tür, durum, tarih, stare, sayısı, numărul de"
)

QUALIFIERS = (ENGLISH_QUALIFIERS, SLAVIC_QUALIFIERS, BALTIC_GERMAN_QUALIFIERS, ROMANCE_TURKIC_QUALIFIERS)

BLOCKERS = (ENGLISH_BLOCKERS, SLAVIC_BLOCKERS, BALTIC_GERMAN_BLOCKERS, ROMANCE_TURKIC_BLOCKERS)
