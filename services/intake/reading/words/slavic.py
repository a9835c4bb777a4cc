"""Header words: Russian, Polish, Czech (with Slovak) and Ukrainian."""

RUSSIAN: dict[str, str] = {
    "external_id": """
        ид, идентификатор, внешний код, внешний идентификатор, id клиента, код клиента, номер клиента,
        id записи, id контакта, id лида, уникальный идентификатор, номер записи, id компании
    """,
    "company": """
        компания, название компании, наименование компании, организация, название организации,
        наименование организации, фирма, название фирмы, название, наименование, контрагент, предприятие,
        юридическое лицо, юр лицо, полное наименование, краткое наименование, сокращенное наименование,
        полное наименование организации, сокращенное наименование организации, клиент, заказчик, работодатель,
        бренд, торговая марка, наименование предприятия, наименование учреждения, учреждение, место работы,
        покупатель, поставщик, наименование контрагента, магазин, партнер, аккаунт, наименование клиента,
        название клиента, наименование юридического лица, название учреждения, торговая точка,
        название магазина, застройщик, дилер
    """,
    "person": """
        фио, ф и о, полное имя, контактное лицо, контакт, имя и фамилия, фамилия имя отчество, фамилия имя,
        директор, генеральный директор, ген директор, руководитель, представитель, фио директора,
        фио руководителя, фио контакта, имя контакта, контактные лица, лпр, фио клиента, сотрудник, физлицо,
        физическое лицо, заведующий, ответственное лицо, ваше имя, имя фамилия, владелец бизнеса, учредитель,
        собственник, фио контактного лица, председатель, главный врач, лицо принимающее решение
    """,
    "given_name": "имя, имя клиента, имя контактного лица",
    "family_name": "фамилия, фамилия клиента",
    "job_title": """
        должность, позиция, профессия, роль, название вакансии, вакансия, должность контакта,
        должность руководителя, занимаемая должность, должность лпр, должность контактного лица
    """,
    "phone": """
        телефон, телефоны, номер телефона, тел, тел номер, рабочий телефон, домашний телефон, телефон рабочий,
        телефон домашний, телефон офисный, телефон дополнительно, телефон офис, контактный телефон,
        городской телефон, стационарный телефон, другой телефон, основной телефон, дополнительный телефон,
        номера телефонов, номер, телефон компании, телефон организации, телефон контакта, прямой телефон,
        телефон клиента, справочная, телефон для связи, ваш телефон, многоканальный телефон, телефон приемной,
        телефон регистратуры, контактные телефоны, телефонный номер
    """,
    "mobile": """
        мобильный, мобильный телефон, сотовый, сотовый телефон, номер мобильного телефона, номер мобильного,
        моб, моб тел, моб телефон, телефон мобильный, телефон сотовый, вотсап, ватсап, whatsapp,
        телефон директора моб, личный телефон, мобильные телефоны
    """,
    "fax": "факс, номер факса, телефон факс, телефакс, факсы, рабочий факс",
    "email": """
        почта, электронная почта, эл почта, адрес эл почты, адрес электронной почты, емейл, имейл, эл адрес,
        электронный адрес, e mail адрес, рабочий e mail, рабочий email, мейл, личный e mail, частный e mail,
        почта для связи, email адрес, эл почты, личная почта, рабочая почта
    """,
    "website": """
        сайт, веб сайт, вебсайт, корпоративный сайт, сайт компании, адрес сайта, интернет сайт, домен,
        ссылка на сайт, веб страница, интернет, сайты, официальный сайт, сайт организации
    """,
    "street": """
        адрес, улица, полный адрес, фактический адрес, юридический адрес, почтовый адрес, платежный адрес,
        адрес компании, адрес организации, адрес доставки, местонахождение, место нахождения, адреса, улица дом,
        улица и дом, домашний адрес, рабочий адрес, адрес офиса, адрес регистрации, адрес клиента, расположение,
        местоположение, адрес строка 1, адрес магазина, адрес объекта
    """,
    "city": """
        город, населенный пункт, нас пункт, населённый пункт, город село, местность, город клиента,
        город компании, пункт, город доставки, рабочий город, поселок
    """,
    "region": """
        регион, область, субъект рф, субъект, край, республика, область край, регион рф, штат, провинция,
        область регион, субъект федерации, воеводство, штат провинция, обл, регион клиента
    """,
    "postcode": "индекс, почтовый индекс, почтовый код, зип, индекс адреса, zip индекс",
    "country": "страна, государство, код страны, страна клиента, страна регистрации",
    "birth_date": "дата рождения, день рождения, др, родился, д р",
    "company_id": """
        инн, огрн, огрнип, окпо, регистрационный номер, налоговый номер, инн организации, инн компании, бин,
        унп, иин, рег номер, окпо код, инн огрн, идентификационный номер
    """,
    "industry": """
        отрасль, вид деятельности, сфера деятельности, рубрика, рубрики, категория, категории, промышленность,
        деятельность, сфера, направление, подрубрика, специализация, раздел, основной вид деятельности,
        тип бизнеса, ниша, направление деятельности, отрасли, подкатегория
    """,
    "industry_code": "оквэд, код оквэд, код sic, код отрасли, основной оквэд, код деятельности, sic код",
    "employees": """
        сотрудники, количество сотрудников, число сотрудников, кол во сотрудников, штат сотрудников,
        численность, численность персонала, среднесписочная численность, персонал, размер компании,
        кол во работников, количество работников
    """,
    "language": "язык, язык общения, предпочитаемый язык",
    "timezone": "часовой пояс, временная зона, таймзона",
    "channel": "канал, канал связи, способ связи, предпочитаемый способ связи",
    "product": "товар, продукт, услуга, интерес, интересует, продукты, наименование товара",
    "tag": "тег, теги, метка, метки, ключевые слова",
    "segment": "сегмент, сегмент клиента, тип клиента, группа клиентов",
    "potential": "потенциал, сумма сделки, бюджет, возможная сумма, ожидаемая сумма",
    "note": """
        описание, комментарий, комментарии, примечание, примечания, заметка, заметки, сообщение, дополнительно,
        доп информация, дополнительная информация, прочее, информация, пояснение, примеч, текст
    """,
    "owner": """
        ответственный, менеджер, ответственный за лид, ответственный менеджер, закрепленный менеджер,
        ответственный сотрудник, куратор, исполнитель, ведущий менеджер, назначен, оператор
    """,
    "status": """
        статус, статус лида, стадия, этап, состояние, статус клиента, стадия сделки, этап сделки,
        статус контакта
    """,
    "customer_since": """
        клиент с, дата первой покупки, дата первого заказа, дата регистрации клиента, дата начала договора
    """,
    "last_contact_at": """
        последний контакт, дата последнего контакта, последний звонок, дата последнего звонка,
        последнее касание, дата последней активности, последняя активность
    """,
    "last_outcome": "результат, результат звонка, последний результат, итог звонка, исход",
    "next_contact_at": """
        следующий контакт, дата следующего контакта, следующий звонок, перезвонить, дата перезвона,
        дата следующего звонка, напоминание, следующий шаг
    """,
    "do_not_call": """
        не звонить, стоп лист, черный список, номер телефона не участвует в звонках, отказ от звонков,
        не беспокоить, не тревожить
    """,
    "consent_at": "дата согласия, согласие получено, дата получения согласия",
    "consent_text": "согласие, текст согласия, согласие на обработку, согласие на обработку персональных данных",
    "revenue": "выручка, оборот, годовой доход, годовая выручка, годовой оборот, доход, объем продаж",
}

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
    "fax": "faks, fax, numer faksu, numer faks, nr faksu, telefon fax, telefon faks, nr faks, telefaks",
    "email": """
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
        następny kontakt, data następnego kontaktu, oddzwonić, kolejny kontakt, data kolejnego kontaktu,
        termin kontaktu, przypomnienie
    """,
    "do_not_call": """
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

UKRAINIAN: dict[str, str] = {
    "company": """
        компанія, назва компанії, назва, організація, підприємство, назва підприємства, найменування,
        контрагент, клієнт, фірма, заклад, назва організації
    """,
    "person": """
        піб, контактна особа, повне ім'я, директор, керівник, прізвище та ім'я, прізвище ім'я по батькові,
        контакт
    """,
    "given_name": "ім'я, імя",
    "family_name": "прізвище",
    "job_title": "посада",
    "phone": "телефон, номер телефону, контактний телефон, телефони, робочий телефон",
    "mobile": "мобільний, мобільний телефон, моб телефон",
    "fax": "факс",
    "email": "електронна пошта, пошта, е мейл, ел пошта, електронна адреса",
    "website": "сайт, веб сайт, вебсайт",
    "street": "адреса, вулиця, юридична адреса, фактична адреса",
    "city": "місто, населений пункт",
    "region": "область, регіон",
    "postcode": "індекс, поштовий індекс",
    "country": "країна",
    "birth_date": "дата народження, день народження",
    "company_id": "єдрпоу, іпн, код єдрпоу, інн",
    "industry": "галузь, вид діяльності, рубрика, категорія",
    "note": "опис, коментар, примітка, примітки",
    "status": "статус",
    "owner": "відповідальний, менеджер",
}

PLAIN = """
    дата, время, широта, долгота, тип, пол, отчество, рейтинг, отзывы, номер договора, дата договора, сумма, цена,
    кол во, количество, район, микрорайон, округ, часы работы, режим работы, график работы, вконтакте, источник,
    кампания, создано, изменено, создан, изменен, п п, № п п, обращение, комментарий к адресу, кпп, корпус, дом,
    квартира, офис, этаж, подразделение, отдел, метро, id, код, ссылка, фото, год, месяц, возраст, итого,
    приветствие, территория, инстаграм, телеграм, скайп, дата создания, дата изменения, дата регистрации, typ,
    rodzaj, data, czas, powiat, gmina, numer budynku, numer lokalu, nr domu, nr lokalu, źródło, kampania, utworzony,
    zmodyfikowany, płeć, drugie imię, zwrot, ocena, opinie, szerokość geograficzna, długość geograficzna, kwota,
    cena, ilość, lp, l p, wiek, rok, miesiąc, godziny otwarcia, data założenia, data utworzenia, data modyfikacji,
    data likwidacji, nr umowy, okres, dział, tytuł, liczba uczniów, kod terytorialny, imię ojca,
    zwrot grzecznościowy, dzielnica, datum, čas, typ, okres, hodnocení, zdroj, pohlaví, titul, číslo popisné,
    otevírací doba, cena, množství, poř č, rok, věk
"""

QUALIFIERS = """
    рабочий, домашний, основной, дополнительный, другой, контактный, личный, мобильный 1, компании, организации,
    клиента, контакта, юр, физ, реквизит, россия, номер, контактного, лица, для, и, на, адрес строка, общий, прямой,
    служебный, ваш, рабочая, основная, руководителя, директора, предприятия, офиса, корпоративный, фактический,
    юридический, полный, полное, краткое, сокращенное, лпр, связи, магазина, służbowy, firmowy, główny, dodatkowy,
    inny, kontaktowy, prywatny, domowy, firmy, klienta, kontaktu, numer, nr, pełny, pełna, do, siedziby, podmiotu,
    placówki, osoby, kontaktowej, kontrahenta, główna, szkoły, właściciela, biura, sekretariatu, i, organizacji,
    spółki, firmowa, kontaktowa, służbowa, hlavní, kontaktní, firemní, pracovní, soukromý, číslo, zákazníka, firmy,
    společnosti, další, kontakt, sídla, provozovny, a
"""

BLOCKERS = """
    тип, статус, источник, дата, недействителен, недействительный, проверен, не участвует, кол во, количество,
    комментарий, ассистент, ассистента, помощника, добавочный, код, часы, рейтинг, доб, отзывы, вакансии, typ,
    status, źródło, data, wypisany, odsubskrybowany, nieprawidłowy, liczba, wewnętrzny, asystent, asystenta,
    godziny, organu, prowadzącego, nadrzędnego, terytorialny, rodzaj, druh, stav, zdroj, datum, počet
"""

STEMS: dict[str, str] = {
    "phone": "телефон, telefon, telefón",
    "mobile": "мобильн, сотов, komórk, komork, mobiln, mobil, мобільн",
    "fax": "факс, faks",
    "email": "почт, эмейл, имейл",
    "website": "сайт, www, witryn, webov",
    "street": "адрес, улиц, ulic, adres, ulica",
    "city": "город, miast, miejscowo, město, obec",
    "region": "регион, област, wojewód, wojewod",
    "postcode": "индекс, pocztow, psč",
    "country": "стран, kraj",
    "company": "компани, организаци, фирм, предприяти, firm, przedsiębior, społečnost, společnost, учрежден",
    "person": "руководител, директор, dyrektor, prezes, ředitel, jednatel",
    "job_title": "должност, stanowisk",
    "birth_date": "рожден, urodz, narozen",
    "note": "коммент, примеч, заметк, uwag, notatk, poznámk",
    "company_id": "инн, огрн, regon, krs, ičo",
    "industry": "отрасл, рубрик, branż, branz",
    "employees": "сотрудник, pracownik, zatrudn, zaměstnan",
    "revenue": "выручк, przychod, obrót, obrat",
}
