"""Header words: English, and the spellings of programs that name their columns in English."""

ENGLISH: dict[str, str] = {
    "external_id": """
        client no, client number, customer no, customer ref, client ref, client reference, customer reference,
        id, record id, lead id, contact id, account id, customer id, external id, crm id, uid, uuid, guid,
        unique id, vendor lead code, place id, google id, cid, placeid, listing id, business id,
        organisation id, organization id, organisation code, organization code, client id, person id,
        prospect id, member id, entity id, object id, reference, ref, reference number, external reference,
        lead number, lead no, customer number, customer no, account number, source record id, row id,
        provider id, site id, store id, location id, feature id, osm id, npi, ods code, key, record number,
        import id, legacy id
    """,
    "company": """
        retailer, parent account name, parent account,
        t a, company organisation,
        company, company name, companyname, business, business name, organization, organisation,
        organization name, organisation name, account, account name, employer, firm, firm name, firma,
        company legal name, legal name, registered name, trading name, trade name, trading as,
        doing business as, dba, dba name, dba or aka name, legal business name, entity name, store name,
        shop name, shop, store, school name, hospital name, hotel name, restaurant name, restaurant,
        pharmacy name, clinic name, practice name, facility name, facility, site name, place name, venue,
        venue name, merchant, merchant name, vendor, vendor name, supplier, supplier name, client, client name,
        customer, customer name, company name for emails, company name cleaned, brand name, establishment,
        establishment name, institution, institution name, office name, agency name, dealer, dealer name,
        outlet, outlet name, provider name, provider, business title, display name text, displayname,
        owner title, opportunity name, company title, enterprise, workplace, property name, operator name,
        current company, legal entity, account company, companies, org, org name, co name, corporation,
        corporate name, name of company, name of business, name of organisation, name of organization,
        location name, branch name, salon name, gym name, business legal name
    """,
    "person": """
        director name, ceo name, president name,
        decision maker name, decision maker,
        full name, fullname, contact, contact name, contact person, person, person name, lead name,
        formatted name, director, executive director, ceo, ceo name, owner name, manager, manager name,
        principal, principal name, decision maker, representative, primary contact, main contact,
        contact full name, key contact, prospect name, name of contact, attention, attn, head, headteacher,
        president, proprietor, chief executive, managing director, contact persons, responsible person, leader,
        founder, applicant, applicant name, subscriber name, member name, employee name, name surname,
        name and surname, first and last name, first last name, first name last name, your name, complete name,
        contact owner name, executive name, authorized official name, licensee name, name of person,
        name of applicant, head of school, center director, person in charge, customer full name
    """,
    "given_name": """
        first,
        first name, firstname, given name, givenname, forename, fname, first, executive first name,
        contact first name, given names, christian name, name first, f name, lead first name, owner first name,
        first names, forenames
    """,
    "family_name": """
        last,
        last name, lastname, surname, family name, familyname, lname, last, executive last name,
        contact last name, name last, l name, second name, lead last name, owner last name, surnames,
        maiden name
    """,
    "job_title": """
        function, job function,
        job title, jobtitle, position, occupation, job, role, designation, headline, organization title,
        organization 1 title, title at company, professional title, contact title, work title, job role,
        function title, position title, executive title, current title, post title, profession, person title,
        job position, current position, rank title, company role
    """,
    "phone": """
        phone, phone number, phonenumber, telephone, telephone number, tel, tel no, tel number, phone no,
        phone nr, phone num, telephone no, work phone, business phone, office phone, home phone, company phone,
        corporate phone, direct phone, direct dial, direct line, direct number, direct, other phone, alt phone,
        alternate phone, alternative phone, main phone, hq phone, company hq phone, company main phone,
        phone office, phone home, phone other, phone main, phone work, contact phone, contact number,
        contact no, contact numbers, phone number combined, national phone number, international phone number,
        phone unformatted, phone e164, landline, land line, switchboard, day phone, daytime phone,
        evening phone, evening telephone, daytime telephone, call number, number to call, dial, phones,
        phone numbers, telephones, all phones, primary phone, secondary phone, toll free, toll free number,
        hotline, reception phone, shop phone, store phone, tel 1, work direct phone, direct phone number,
        phone formatted, formatted phone number, international formatted phone number, e164, msisdn,
        line number, phone line, business telephone, work telephone, home telephone, main number, office number,
        office tel, public phone, ph, ph no, phn, phone primary, caller number, callback number, phone number 1,
        tele, fone, business phone number, company phone number, address phone, enquiries
    """,
    "mobile": """
        mobile, mobile phone, mobile number, mobile no, cell, cell phone, cellphone, cell number, cellular,
        cellular phone, phone mobile, phone cell, mobile telephone, mob, mob no, gsm, gsm number, whatsapp,
        whatsapp number, whatsapp phone, handphone, hand phone, hp, sms number, sms phone, personal mobile,
        work mobile, mobile phone number, cell phone number, mobiles, mobile tel, telegram phone, viber,
        person mobile, mobile phones, smartphone, mobile direct
    """,
    "fax": """
        fax, fax number, fax no, faxnumber, phone fax, fax phone, business fax, home fax, work fax, facsimile,
        telefax, fax nr, fax line, company fax, other fax, tel fax number
    """,
    "email": """
        email, e mail, mail, email address, e mail address, emailaddress, work email, business email,
        personal email, home email, other email, contact email, primary email, secondary email, tertiary email,
        company email, emails, email addresses, e mail login, work e mail, office email, e mail value,
        direct email, email id, mail id, mail address, electronic mail, email work, email home, email primary,
        email other, professional email, corporate email, business email address, e mails, contact e mail,
        public email, person email, your email, alternate email, additional email, catch all email,
        verified email, email 1, owner email, manager email, primary email address, prospect email, lead email
    """,
    "website": """
        website, web site, web, www, url, homepage, home page, webpage, web page, site, site url, website url,
        web url, web address, domain, company website, company url, company domain, website uri,
        business website, company website url, internet, internet address, http, link, website value, web link,
        website address, business url, company site, company web site, domain name, official website,
        homepage url, root domain, websites, urls, company homepage, company web, organization website, web addr
    """,
    "street": """
        street, street address, address, address line 1, address 1, address1, addr, addr 1, addr1, address line,
        street 1, street name, road, address first line, address street, full address, formatted address,
        location, mailing street, billing street, shipping street, business street, home street, work street,
        other street, mailing address, billing address, postal address, business address, company address,
        home address, work address, office address, street and number, street no, address 2, address line 2,
        address2, street 2, person street, company street, registered address, location address, thoroughfare,
        street line 1, addresses, physical address, visit address, visiting address, delivery address,
        site address, mailing address line1, mailing address line 1, billing address line1,
        billing address line 1, home address 1, street address 1, street address line 1, address full,
        complete address, address formatted, premises, property address, headquarters address, shipping address,
        primary address, short formatted address, address lines, street number and name, address as written
    """,
    "city": """
        municipality,
        city, town, locality, city name, town city, city town, address locality, municipality name, place,
        village, mailing city, billing city, business city, home city, work city, shipping city, other city,
        person city, company city, address city, post town, suburb, town name, settlement, postal town,
        location city, city locality, hq city, metro, metro area, city or town, office city, addr city,
        contact city, headquarters city
    """,
    "region": """
        state, region, province, county, state province, state or province, state region, us state,
        administrative area, mailing state, billing state, business state, home state, work state,
        shipping state, other state, person state, company state, address region, state code, state name,
        prefecture, territory code, governorate, department state, billing state province,
        mailing state province, state abbreviation, state abbr, region name, address state, province state, st,
        location state, county name, hq state, federal state, region code, stateprovince, addr state,
        state county, contact state, headquarters state
    """,
    "postcode": """
        postcode, post code, postal code, zip, zip code, zipcode, zip postal code, pincode, pin code,
        mailing zip, billing zip, mailing zip postal code, billing zip postal code, business postal code,
        home postal code, work postcode, home postcode, address postal code, person zip code, postalcode, zip5,
        zip 5, zip 4, eircode, shipping zip postal code, other zip postal code, home zip, work zip, company zip,
        company postal code, post index, zip postcode, postal, pin, location zip, addr postcode, post zip code,
        postal zip code, mail code zip, area zip, hq zip, hq postal code
    """,
    "country": """
        country, country name, country region, nation, country code, countrycode, address country,
        mailing country, billing country, business country, business country region, home country, work country,
        shipping country, other country, person country, company country, location country, country iso,
        iso country, country of residence, land, hq country, cntry, country territory, contact country,
        registered country
    """,
    "birth_date": """
        birth date, birthdate, birthday, date of birth, dob, born, bday, date birth, birth day, client birthday
    """,
    "company_id": """
        company number, company registration number, registration number, registration no, company reg no,
        reg no, vat, vat number, vat no, vat id, tax id, tax number, tax identification number, ein, fein, tin,
        abn, acn, crn, duns, duns number, business number, company code, vat registration number,
        companies house number, company reg number, registered number, trade register number,
        commercial register number, tax no, tax code, business registration number, federal tax id,
        charity number, organisation number, organization number, organisation no, legal entity identifier, lei,
        employer identification number, siren number, siret number, company vat, vat reg no,
        national registration number, register code, registry code, business id number, fiscal code
    """,
    "industry": """
        type of business, kind of business, business kind,
        industry, category, categories, sector, business type, category name, primary industry,
        company industry, trade, line of business, activity, business category, main category, primary category,
        vertical, industries, industry name, sub industry, subindustry, specialty, speciality, classification,
        business activity, industry sector, primary type, cuisine, market, market segment, industry type, niche,
        field of activity, main activity, trade category, nature of business, subcategory, sub category
    """,
    "industry_code": """
        sic, sic code, naics, naics code, sic codes, naics codes, primary sic, primary naics, nace, nace code,
        industry code, category code, activity code, isic, sic 1, primary sic code, sic4, naics2
    """,
    "employees": """
        employees, number of employees, no of employees, num employees, employee count, employees count,
        headcount, company headcount, staff, staff count, company size, number employees, company staff count,
        employee range, employees range, size, team size, staff size, company employees, workforce, fte,
        estimated employees, employee size, location employee size, nr of employees
    """,
    "language": """
        language, preferred language, lang, spoken language, locale, language code, contact language,
        mother tongue
    """,
    "timezone": "timezone, time zone, tz, utc offset, gmt offset, time zone id, timezone name",
    "channel": """
        channel, preferred channel, contact channel, preferred contact method, contact method,
        preferred contact, best way to contact
    """,
    "product": """
        product, product interest, interested in, product name, service interest, products, product of interest,
        service, interest, item
    """,
    "tag": "tag, tags, label, labels, keywords, keyword, group membership, groups, contact tags",
    "segment": "segment, customer segment, tier, customer group, customer type, lead segment, audience",
    "potential": """
        potential, deal size, deal value, opportunity size, expected revenue, expected value, opportunity value,
        potential value, lead value, amount, deal amount
    """,
    "note": """
        note, notes, comment, comments, description, remark, remarks, message, memo, company description,
        short description, additional information, additional info, info, details, free text, feedback,
        observations, about, about company, bio, summary, enquiry, inquiry, your message, further information,
        other information, misc, long description, note to agent
    """,
    "owner": """
        owner, lead owner, account owner, contact owner, assigned to, assigned user, sales rep,
        sales representative, agent, account manager, assignee, rep, rep name, salesperson, responsible,
        responsible user, record owner, sales owner, owner email, assigned rep, assigned agent, salesman,
        key account manager, bdr, sdr
    """,
    "status": """
        status, lead status, state of lead, contact status, account status, stage, lead stage, sales stage,
        customer status, pipeline stage, call status, client status, deal stage, lifecycle stage,
        disposition status
    """,
    "customer_since": """
        customer since, client since, member since, since, first purchase, first order date, became customer,
        start of relationship, contract start, onboarding date, first purchase date, date won
    """,
    "last_contact_at": """
        date of last call, date last called, date last contacted,
        last called, last contacted on, last called on, last called at, last dialled, last reached,
        last contact, last contacted, last contact date, last activity, last activity date, last call,
        last call date, last touch, last contacted at, last call time, last contact at, last spoke,
        last interaction, date of last contact, last touched
    """,
    "last_outcome": """
        last outcome, outcome, last result, call result, last call result, disposition, last disposition,
        call outcome, last call outcome, result
    """,
    "next_contact_at": """
        next contact, next contact date, next call, next call date, callback, callback date, call back,
        follow up, follow up date, next step date, next activity, next activity date, next follow up,
        followup date, next action date, callback at, call back on, next contact at, recall date, reminder date
    """,
    "do_not_call": """
        opted out of calls, call opt out flag, no phone calls,
        do not call, donotcall, dnc, do not contact, do not phone, phone opt out, opt out, optout, opted out,
        phone number is opted out, unsubscribed, has opted out of calls, do not call flag, no call, no calls,
        dnc flag, tps, ctps, do not disturb, dnd, blacklist, blacklisted, suppressed, call opt out, dont call,
        not to be called
    """,
    "consent_at": """
        consent date, consent at, opt in date, optin date, date of consent, consent time, consent timestamp,
        gdpr date, consented at, permission date, opt in timestamp, gdpr consent date, consent given at,
        opt in time
    """,
    "consent_text": """
        consent text, consent, gdpr consent, marketing consent, opt in, opt in text, permission,
        consent wording, gdpr, legal basis, consent statement, optin, consent given
    """,
    "revenue": """
        revenue, annual revenue, turnover, sales volume, company revenue, company annual revenue,
        yearly revenue, annual sales, location sales volume, revenue in 000s usd, sales, annual turnover,
        revenue range, estimated revenue, gross revenue, arr, mrr, income
    """,
}
