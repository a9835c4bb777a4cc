"""Words that name a column without a field of its own; they tell a header from a record."""

ENGLISH = """
    date, time, url, name, title, type, latitude, longitude, lat, lng, lon, long, rating, reviews, reviews count,
    score, price, qty, quantity, total, number, code, value, gender, sex, age, salutation, prefix, suffix,
    middle name, created, created at, created on, updated, updated at, modified, modified at, modified on, source,
    lead source, campaign, department, seniority, facebook, twitter, instagram, linkedin, youtube, tiktok,
    opening hours, hours, working hours, place url, image, photo, logo, year, month, day, week, hour, minute,
    version, file, path, count, rank, index, no, nr, sr no, s no, serial no, product id, product type, sku,
    transaction date, organisation type, organization type, subtype, sub type, parent, parent name, unit, grade,
    entity, amount, currency, district, neighborhood, neighbourhood, borough, ward, area, zone, floor, house number,
    building, apartment, flat, po box, extension, ext, phone type, email status, email type, phone code, area code,
    dialing code, nickname, assistant, spouse, children, anniversary, duration, length, width, height, weight,
    color, colour, flag, active, enabled, verified, is active, public, published, start, end, start date, end date,
    event, location type, geo, geometry, coordinates, place type, temperature, wavelength, frequency, distance,
    speed, session, trial, timestamp, user, username, user id, login, password, ip, ip address, text, body, subject,
    content, question, answer, yes, comment count, likes, followers, priority, severity, level, class, group, team,
    family, parent id, list id, entry date, list name, query, position index, open, closed, permanently closed,
    hours of operation, expense type, expense area, purpose, destination, duration of visit, invoice, order,
    order id, order date, payment, balance, cost, price range, price level, plus code, menu, attributes, services,
    phone country code, phone prefix, country calling code,
    birth place, place of birth, street number, street no, position in list, list position,
    reservation, delivery, takeout, dine in, vendor code, x, y, z, a, b, c
"""

SLAVIC = """
    дата, время, широта, долгота, тип, пол, отчество, рейтинг, отзывы, номер договора, дата договора, сумма, цена,
    кол во, количество, район, микрорайон, округ, часы работы, режим работы, график работы, вконтакте, источник,
    кампания, создано, изменено, создан, изменен, п п, № п п, обращение, комментарий к адресу, кпп, корпус, дом,
    квартира, офис, этаж, подразделение, отдел, метро, id, код, ссылка, фото, год, месяц, возраст, итого,
    приветствие, территория, место рождения, инстаграм, телеграм, скайп, дата создания, дата изменения, дата регистрации, typ,
    rodzaj, data, czas, powiat, gmina, numer budynku, numer lokalu, nr domu, nr lokalu, źródło, kampania, utworzony,
    zmodyfikowany, płeć, drugie imię, zwrot, ocena, opinie, szerokość geograficzna, długość geograficzna, kwota,
    cena, ilość, lp, l p, wiek, rok, miesiąc, godziny otwarcia, data założenia, data utworzenia, data modyfikacji,
    data likwidacji, nr umowy, okres, dział, tytuł, liczba uczniów, kod terytorialny, imię ojca,
    zwrot grzecznościowy, miejsce urodzenia, dzielnica, datum, čas, typ, okres, hodnocení, zdroj, pohlaví, titul, číslo popisné,
    otevírací doba, cena, množství, poř č, rok, věk
"""

BALTIC_GERMAN = """
    data, laikas, tipas, platuma, ilguma, lytis, amžius, amzius, savivaldybė, rajonas, šaltinis, vertinimas,
    atsiliepimai, darbo laikas, sukurta, atnaujinta, eil nr, suma, kaina, kiekis, sutarties nr, namo numeris,
    buto numeris, seniūnija, paskutinio atnaujinimo data, gimimo vieta, rinkos vaidmuo, koordinatės, starto data, metai, mėnuo,
    datum, zeit, typ, art, anrede, titel, geschlecht, datenquelle, prüfung, pruefung, hausnummer, hausnr, hnr,
    bezirk, breitengrad, längengrad, bewertung, bewertungen, öffnungszeiten, erstellt, geändert, quelle, betrag,
    preis, menge, anzahl, lfd nr, abteilung, zusatz, adresszusatz, postfach, erstellt am, geändert am, geburtsort, alter, jahr,
    monat, facebook, xing, kurzname
"""

ROMANCE_TURKIC = """
    date, heure, latitude, longitude, civilité, sexe, note, avis, horaires, source, type, quantité, prix, montant,
    commentaire adresse, complément d adresse, boîte postale, quartier, année, mois, nom, titre, data, orari, tipo,
    prezzo, importo, quantità, fonte, latitudine, longitudine, fecha, hora, horario, precio, cantidad, latitud,
    longitud, valoración, sexo, tipo, fuente, barrio, bairro, tarih, saat, puan, yorum sayısı, ilçe, mahalle, enlem,
    boylam, fiyat, miktar, cinsiyet, tip, sıra no, tür, kaynak, data, ora, pret, cantitate, sursa, datum, type, bron
"""

PLAIN = (ENGLISH, SLAVIC, BALTIC_GERMAN, ROMANCE_TURKIC)
