"""Tables by which the cells themselves speak: places, legal forms, given names, words for streets."""

import re

DIRECTORIES = (
    "google.",
    "goo.gl",
    "yellowpages",
    "2gis",
    "yelp.",
    "linkedin",
    "facebook",
    "fb.com",
    "instagram",
    "twitter",
    "x.com",
    "youtube",
    "tiktok",
    "vk.com",
    "t.me",
    "rekvizitai",
    "panoramafirm",
    "pkt.pl",
    "11880",
    "gelbeseiten",
    "dasoertliche",
    "tripadvisor",
    "yandex",
    "rusprofile",
    "list-org",
    "zoominfo",
    "apollo.io",
    "crunchbase",
    "firmy.cz",
    "zivefirmy",
    "pagesjaunes",
    "paginegialle",
    "wikipedia",
    "foursquare",
)

POSTCODES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})",  # GB
        r"\d{2}-\d{3}",  # PL
        r"LT-?\d{5}",
        r"LV-?\d{4}",
        r"\d{5}-\d{4}",  # US
        r"[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d",  # CA
        r"\d{4} ?[A-Z]{2}",  # NL
        r"\d{3} \d{2}",  # CZ, SK, SE
        r"(?:D|A|CH|F|I|L|B)-\d{4,5}",
        r"\d{4}-\d{3}",  # PT
        r"[AC-FHKNPRTV-Y]\d[0-9W] ?[0-9AC-FHKNPRTV-Y]{4}",  # IE
    )
)
COUNTRY_POSTCODES = {
    country: re.compile(pattern)
    for countries, pattern in (
        ("US DE FR IT ES FI EE LT TR MX GR UA HR RS", r"\d{5}"),
        ("AT CH BE DK NO HU LV AU NL BG SI PT", r"\d{4}"),
        ("RU BY KZ RO IN", r"\d{6}"),
        ("CZ SK SE", r"\d{5}"),
        ("PL", r"\d{5}"),
    )
    for country in countries.split()
}


def split(text: str) -> frozenset[str]:
    """The entries of a table written with commas."""
    return frozenset(" ".join(entry.split()) for entry in text.split(","))


SALUTATIONS = split(
    """
    mr, mrs, ms, miss, mx, dr, prof, sir, madam, mr/ms, herr, frau, herr dr, frau dr, herrn, firma, pan, pani, państwo, p,
    ponas, ponia, gerb, господин, госпожа, г-н, г-жа, уважаемый, уважаемая, m, mme, mlle, monsieur, madame, sr, sra, sig, sig.ra
    """
)
COUNTRIES = split(
    """
    us, usa, u.s.a., united states, united states of america, gb, uk, united kingdom, great britain, england,
    scotland, wales, northern ireland, ireland, ie, pl, poland, polska, lt, lithuania, lietuva, lv, latvia, latvija,
    ee, estonia, eesti, de, germany, deutschland, at, austria, österreich, ch, switzerland, schweiz, fr, france,
    frankreich, es, spain, españa, it, italy, italia, pt, portugal, ru, russia, russian federation, россия,
    российская федерация, рф, ua, ukraine, україна, украина, by, belarus, беларусь, белоруссия, kz, kazakhstan,
    казахстан, cz, czech republic, czechia, česko, česká republika, sk, slovakia, slovensko, hu, hungary,
    magyarország, ro, romania, românia, bg, bulgaria, българия, gr, greece, ελλάδα, tr, turkey, türkiye, nl,
    netherlands, the netherlands, nederland, be, belgium, belgique, belgië, lu, luxembourg, dk, denmark, danmark,
    se, sweden, sverige, no, norway, norge, fi, finland, suomi, canada, ca, australia, au, new zealand, nz, india,
    in, china, cn, japan, jp, brazil, brasil, br, mexico, méxico, mx, hr, croatia, hrvatska, rs, serbia, si,
    slovenia, slovenija, md, moldova, ge, georgia, am, armenia, az, azerbaijan, il, israel, uae,
    united arab emirates, lenkija, latvija, vokietija, rusija, niemcy, czechy, litwa, wielka brytania, francja,
    włochy, hiszpania, польша, литва, латвия, эстония, германия, deu, aut, che, pol, ltu, lva, est, rus, gbr, fra,
    ita, esp, cze, svk, tur, rou
"""
)
REGIONS = split(
    """
    al, ak, az, ar, ca, co, ct, fl, ga, hi, id, il, ia, ks, ky, la, md, ma, mi, mn, ms, mo, mt, ne, nv, nh, nj, nm,
    ny, nc, nd, oh, ok, or, pa, ri, sc, sd, tn, tx, ut, vt, va, wa, wv, wi, wy, dc, alabama, alaska, arizona,
    arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, idaho, illinois, indiana, iowa,
    kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri,
    montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, ohio,
    oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont,
    virginia, washington, west virginia, wisconsin, wyoming, dolnośląskie, kujawsko-pomorskie, lubelskie, lubuskie,
    łódzkie, małopolskie, mazowieckie, opolskie, podkarpackie, podlaskie, pomorskie, śląskie, świętokrzyskie,
    warmińsko-mazurskie, wielkopolskie, zachodniopomorskie, bayern, baden-württemberg, hessen, niedersachsen,
    nordrhein-westfalen, sachsen, thüringen, brandenburg, saarland, rheinland-pfalz, schleswig-holstein,
    sachsen-anhalt, mecklenburg-vorpommern, tirol, salzburg, kärnten, steiermark, oberösterreich, niederösterreich,
    vorarlberg, burgenland, татарстан, республика татарстан, башкортостан, greater london, kent, essex, surrey,
    lancashire, hampshire, cheshire, yorkshire, west yorkshire, south yorkshire, north yorkshire, west midlands,
    merseyside, greater manchester, devon, cornwall, norfolk, suffolk, somerset, dorset
"""
)
REGION_ENDINGS = (
    " область",
    " край",
    " обл.",
    " обл",
    " apskritis",
    " apskr.",
    " voivodeship",
    " kraj",
    " county",
    " oblast",
)
CITIES = split(
    """
    london, birmingham, manchester, leeds, liverpool, glasgow, edinburgh, bristol, sheffield, cardiff, belfast,
    leicester, nottingham, newcastle, newcastle upon tyne, coventry, southampton, portsmouth, plymouth, reading,
    derby, hull, bradford, stoke-on-trent, wolverhampton, brighton, norwich, oxford, cambridge, york, exeter,
    ipswich, dublin, cork, new york, los angeles, chicago, houston, phoenix, philadelphia, san antonio, san diego,
    dallas, san jose, austin, jacksonville, fort worth, columbus, charlotte, san francisco, indianapolis, seattle,
    denver, boston, el paso, nashville, detroit, oklahoma city, portland, las vegas, memphis, louisville, baltimore,
    milwaukee, albuquerque, tucson, fresno, sacramento, mesa, kansas city, atlanta, omaha, colorado springs,
    raleigh, miami, long beach, virginia beach, oakland, minneapolis, tulsa, tampa, arlington, new orleans,
    cleveland, honolulu, orlando, anaheim, brooklyn, warszawa, kraków, krakow, łódź, wrocław, poznań, gdańsk,
    szczecin, bydgoszcz, lublin, białystok, katowice, gdynia, częstochowa, radom, rzeszów, toruń, sosnowiec, kielce,
    gliwice, olsztyn, zabrze, bielsko-biała, bytom, zielona góra, rybnik, ruda śląska, opole, tychy,
    gorzów wielkopolski, elbląg, płock, wałbrzych, tarnów, chorzów, koszalin, kalisz, legnica, warsaw, vilnius,
    kaunas, klaipėda, klaipeda, šiauliai, siauliai, panevėžys, panevezys, alytus, marijampolė, mažeikiai, jonava,
    utena, kėdainiai, telšiai, tauragė, ukmergė, visaginas, palanga, plungė, kretinga, šilutė, radviliškis,
    druskininkai, rīga, riga, daugavpils, liepāja, jelgava, tallinn, tartu, narva, pärnu, berlin, hamburg, münchen,
    munich, köln, cologne, frankfurt, frankfurt am main, stuttgart, düsseldorf, dortmund, essen, leipzig, bremen,
    dresden, hannover, nürnberg, duisburg, bochum, wuppertal, bielefeld, bonn, münster, karlsruhe, mannheim,
    augsburg, wiesbaden, gelsenkirchen, mönchengladbach, braunschweig, chemnitz, kiel, aachen, halle, magdeburg,
    freiburg, krefeld, lübeck, mainz, erfurt, rostock, kassel, wien, graz, linz, salzburg, innsbruck, klagenfurt,
    zürich, genf, basel, bern, lausanne, москва, санкт-петербург, новосибирск, екатеринбург, казань,
    нижний новгород, челябинск, красноярск, самара, уфа, ростов-на-дону, омск, краснодар, воронеж, пермь, волгоград,
    саратов, тюмень, тольятти, барнаул, ижевск, махачкала, хабаровск, ульяновск, иркутск, владивосток, ярославль,
    кемерово, томск, набережные челны, севастополь, ставрополь, оренбург, новокузнецк, рязань, балашиха, пенза,
    чебоксары, липецк, калининград, астрахань, тула, киров, сочи, курск, тверь, магнитогорск, сургут, брянск,
    иваново, белгород, архангельск, moscow, saint petersburg, киев, київ, минск, алматы, paris, marseille, lyon,
    toulouse, nice, nantes, strasbourg, montpellier, bordeaux, lille, rennes, madrid, barcelona, valencia, sevilla,
    zaragoza, málaga, bilbao, roma, milano, napoli, torino, palermo, genova, bologna, firenze, bari, venezia, praha,
    brno, ostrava, plzeň, liberec, olomouc, bratislava, košice, budapest, bucurești, bucuresti, cluj-napoca,
    timișoara, iași, constanța, sofia, istanbul, i̇stanbul, ankara, izmir, i̇zmir, antalya, bursa, adana, amsterdam,
    rotterdam, den haag, utrecht, brussels, bruxelles, antwerpen, gent, københavn, stockholm, göteborg, malmö, oslo,
    bergen, helsinki, lisboa, porto, athens, toronto, montreal, vancouver, sydney, melbourne, mumbai, delhi,
    new delhi, bangalore, hyderabad, chennai, kolkata, pune, ahmedabad
"""
)
CITY_STARTS = ("г. ", "г.", "пос. ", "село ", "дер. ", "пгт ", "посёлок ", "поселок ", "рабочий посёлок ")
LEGAL_FORMS = r"""
    ltd\.?|limited|llc|l\.l\.c\.?|inc\.?|incorporated|corp\.?|corporation|plc|llp|lp|pllc|gmbh|mbh|m\.b\.h\.|gesmbh
    ges\.m\.b\.h\.?|ag|kg|ohg|gbr|ug|e\.k\.?|e\.u\.?|se|kgaa|co\.? kg|gmbh & co|sp\. ?z ?o\.? ?o\.?|spółka|sp\. ?j\.?
    sp\. ?k\.?|s\. ?c\.?|s\. ?a\.?|uab|ab|mb|vši|všį|iį|ij|žūb|sia|as|a\. ?s\.?|oü|mtü|s\. ?r\. ?o\.?|spol\.|srl|s\.r\.l\.?
    s\.p\.a\.?|spa|sarl|sas|sasu|eurl|sci|s\.l\.?|slu|sl|lda|b\.v\.?|bv|nv|n\.v\.?|aps|a/s|oy|oyj|kft\.?|zrt\.?|bt\.?
    d\.o\.o\.?|ооо|оао|зао|пао|ао|ип|тоо|чп|гуп|муп|нко|ано|тов|фоп|еоод|оод|ltd\. ?şti\.?|a\. ?ş\.?|pty|pvt|co\.|company
    holding|group|groep|verein|genossenschaft
"""
"""One pattern between bars or line ends."""
LEGAL_FORM = re.compile(
    r"(?:^|[\s,\"'«“(])(?:"
    + "|".join(line.strip() for line in LEGAL_FORMS.strip().split("\n"))
    + r")(?=$|[\s,.\"'»”)])"
)
GIVEN_NAMES = split(
    """
    james, john, robert, michael, william, david, richard, joseph, thomas, charles, christopher, daniel, matthew,
    anthony, mark, donald, steven, paul, andrew, joshua, kenneth, kevin, brian, george, edward, ronald, timothy,
    jason, jeffrey, ryan, jacob, gary, nicholas, eric, jonathan, stephen, larry, justin, scott, brandon, benjamin,
    samuel, gregory, frank, alexander, raymond, patrick, jack, dennis, jerry, peter, simon, martin, alan, ian, adam,
    henry, oliver, harry, mary, patricia, jennifer, linda, elizabeth, barbara, susan, jessica, sarah, karen, nancy,
    lisa, betty, margaret, sandra, ashley, kimberly, emily, donna, michelle, carol, amanda, dorothy, melissa,
    deborah, stephanie, rebecca, sharon, laura, cynthia, kathleen, amy, angela, shirley, anna, brenda, pamela, emma,
    nicole, helen, samantha, katherine, christine, debra, rachel, carolyn, janet, catherine, maria, heather, diane,
    ruth, julie, olivia, joyce, jane, kate, lucy, piotr, krzysztof, andrzej, tomasz, jan, paweł, michał, marcin,
    stanisław, jakub, łukasz, marek, grzegorz, mateusz, wojciech, mariusz, dariusz, zbigniew, jerzy, rafał, robert,
    kamil, jacek, maciej, jarosław, artur, sławomir, mirosław, katarzyna, małgorzata, agnieszka, krystyna, ewa,
    elżbieta, zofia, joanna, teresa, magdalena, monika, jadwiga, danuta, irena, halina, helena, beata, aleksandra,
    marta, dorota, marianna, grażyna, jolanta, iwona, karolina, bożena, urszula, justyna, renata, alicja, paulina,
    sylwia, natalia, wanda, agata, aneta, izabela, jonas, vytautas, antanas, tomas, mindaugas, darius, andrius,
    juozas, marius, mantas, gintaras, saulius, rimantas, lukas, arūnas, arvydas, valdas, linas, kęstutis, algirdas,
    petras, dainius, paulius, rokas, ona, janina, rasa, daiva, rita, irena, jūratė, vilma, lina, aušra, inga,
    kristina, vida, asta, jurgita, simona, gintarė, rūta, eglė, laima, александр, сергей, дмитрий, андрей, алексей,
    максим, евгений, иван, михаил, владимир, николай, виктор, юрий, павел, олег, игорь, артём, артем, роман, денис,
    антон, константин, василий, илья, вячеслав, станислав, вадим, анна, мария, елена, ольга, наталья, татьяна,
    ирина, екатерина, светлана, юлия, анастасия, людмила, галина, марина, дарья, надежда, любовь, валентина,
    виктория, оксана, евгения, ксения, нина, лариса, hans, peter, wolfgang, klaus, jürgen, michael, andreas, thomas,
    stefan, uwe, bernd, jörg, frank, markus, matthias, günter, werner, helmut, manfred, dieter, gerhard, ralf, sven,
    tobias, florian, sebastian, christian, ursula, monika, petra, sabine, renate, helga, karin, brigitte, andrea,
    claudia, susanne, gabriele, birgit, heike, martina, angelika, stefanie, julia, katja, anja, jiří, petr, josef,
    pavel, jaroslav, tomáš, miroslav, zdeněk, václav, marie, jana, eva, hana, věra, lenka, alena, pierre, jean,
    michel, philippe, nicolas, françois, laurent, olivier, isabelle, sylvie, nathalie, valérie, sophie, giuseppe,
    giovanni, antonio, mario, luigi, francesco, marco, alessandro, andrea, giulia, francesca, paola, chiara, jose,
    josé, juan, manuel, carlos, luis, javier, miguel, pedro, carmen, ana, isabel, pilar, lucia, mehmet, mustafa,
    ahmet, ali, hüseyin, hasan, ibrahim, fatma, ayşe, emine, hatice, zeynep, ion, andrei, mihai, gheorghe, elena,
    ioana, cristina
"""
)
PATRONYMICS = ("ович", "евич", "овна", "евна", "ична")
STREET_WORDS = split(
    """
    street, st, st., road, rd, rd., avenue, ave, ave., lane, ln, ln., drive, dr, dr., boulevard, blvd, blvd., way,
    court, ct, ct., place, pl, pl., square, sq, highway, hwy, parkway, pkwy, terrace, close, crescent, suite, ste,
    ste., unit, floor, ul., ul, al., al, aleja, plac, os., ulica, gatvė, g., pr., prospektas, plentas, pl, ул., ул,
    улица, проспект, просп., пр-т, пр., пр-кт, пер., переулок, шоссе, бульвар, наб., набережная, площадь, пл.,
    проезд, str., str, straße, strasse, platz, allee, weg, gasse, rue, av., bd, place, chemin, via, viale, piazza,
    corso, calle, avenida, plaza, sok., sk., cad., cd., blv., bulvarı, caddesi, mah., ulice, nám., náměstí, třída,
    strada, șos., bd., nr., cir, circle, trail, pike, row, gardens, grove, hill, park, mews, broadway, turnpike,
    loop, house, al, wharf, parade
"""
)
STREET_STARTS = (
    "ul. ",
    "ul.",
    "al. ",
    "os. ",
    "pl. ",
    "ул. ",
    "ул.",
    "улица ",
    "просп. ",
    "пр. ",
    "пер. ",
    "rue ",
    "via ",
    "calle ",
    "strada ",
    "str. ",
    "avenida ",
    "piazza ",
)
STREET_ENDINGS = (
    "straße",
    "strasse",
    "str.",
    "gasse",
    "platz",
    "weg",
    "allee",
    "straat",
    "gatan",
    "vägen",
    "vej",
    "ring",
    "ufer",
    "damm",
    "laan",
    "plein",
)
