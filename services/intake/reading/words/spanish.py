"""Header words: Spanish, Portuguese and Romanian."""

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
