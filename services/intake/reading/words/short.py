"""Parts of words that headers are cut to (`Дата рожд.`, `Тел. моб.`) -> the words they stand for."""

SHORT: dict[str, str] = {
    part: word
    for line in """
        рожд рождения; посл последнего; последн последнего; след следующего; следующ следующего; раб рабочий;
        моб мобильный; мобил мобильный; сот сотовый; конт контактный; контакт контактный; тел телефон; орг организации;
        сотр сотрудников; кол количество; нас населенный; юр юридический; факт фактический; почт почтовый;
        доп дополнительный; прим примечание; комм комментарий; эл электронная; наим наименование; назв название;
        орг-ция организация; гор городской; дом домашний; ном номер; рег регистрационный; отв ответственный;
        клиентск клиента; должн должность; сред средний; числ численность; деят деятельности; осн основной; инф информация;
        контр контрагент; руков руководителя; рук руководителя; дир директора; предпр предприятия; комп компании;
        kd kunden; kdn kunden; gesch geschäftlich; ansprechp ansprechpartner; ansprpartner ansprechpartner;
        bem bemerkung; anz anzahl; mitarb mitarbeiter; str straße; strasse straße; telef telefon; rufnr rufnummer; mobilnr mobilnummer;
        telnr telefonnummer; hausnr hausnummer; bez bezeichnung; letzt letzter; nächst nächster; inh inhaber; gf geschäftsführer;
        kom komórkowy; woj województwo; poczt pocztowy; miejsc miejscowość; klienta klienta; ur urodzenia; stac stacjonarny;
        prac pracowników; dział działalności; ost ostatni; nast następny; kont kontaktowy; wlasc właściciel; przeds przedsiębiorstwa;
        im įmonės; pav pavadinimas; adr adresas; darb darbuotojų; sk skaičius; mob mobilus; įm įmonės; pask paskutinis; gim gimimo;
        addr address; tel telephone; telno telephone number; phoneno phone number; num number; org organisation; cust customer;
        cntct contact; pos position; nm name; fname first name; lname last name; emp employees; biz business; rec record; desc description;
        pcode postcode; ctry country; st street; prov province; mgr manager; cat category; lng language; ttl title; ref reference
    """.split(";")
    for part, word in [line.split(None, 1)]
}
