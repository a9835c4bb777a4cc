"""Legal forms of companies, by country: how they are written, abbreviated or in full, and of which class they are."""

import re
from functools import cache
from typing import NamedTuple

from shared.normalise.text import fold

# class | where | shown as | spellings, separated by semicolons. A star: also in front of the name.
_FORMS = """
limited|GB IE IN NZ AU ZA|Ltd|ltd; limited; limited by guarantee; limited by shares; proprietary ltd; limitee;
    ltd co; co ltd; company limited; private limited; pvt ltd; pvt limited; private ltd; pte ltd; pty ltd;
    pty limited; proprietary limited; pty; lmtd
joint_stock|GB IE|PLC|plc; public limited company; public ltd co; public limited; public limited co;
    public limited corporation; publicly limited company
partnership|GB US|LLP|llp; limited liability partnership; pllp
limited_partnership|GB US|LP|lp; limited partnership; lllp
limited|US|LLC|llc; limited liability company; limited liability co; l l c; limited liability corp;
    limited liability corporation; ltd liability co; ltd liability company; pllc;
    professional limited liability company; lc
corporation|US CA|Inc|inc; incorporated; incorp; incorporée; corp; corporation; co inc; incorporation; pc;
    professional corporation; p c; pa
company|US GB|Co|co; company; and co; and company; cie; comp
nonprofit|GB US|CIC|cic; community interest company; cio; charitable incorporated organisation
limited|PL|Sp. z o.o.|*sp z oo; *sp zoo; *spolka z oo; *spolka z ograniczona odpowiedzialnoscia;
    *sp z ograniczona odpowiedzialnoscia; spzoo; spolka zoo; *sp z o o; *spolka z o o; zoo; sp z o; sp oo
limited_partnership|PL|Sp. k.|*sp k; *spolka komandytowa; spk; *sp komandytowa; *spolka k; spolka z oo spk
joint_stock_partnership|PL|S.K.A.|ska; *spolka komandytowo akcyjna
joint_stock|PL|S.A.|*spolka akcyjna; *psa; *prosta spolka akcyjna; p s a; sp akc; sp akcyjna; s a w upadlosci
partnership|PL|Sp. j.|*sp j; *spolka jawna; spj; *sp jawna; s j
partnership|PL|S.C.|s c; sc; *spolka cywilna; *sp cywilna; sp c
partnership|PL|Sp. p.|sp p; *spolka partnerska
cooperative|PL|Spółdzielnia|spoldzielnia
sole_trader|PL|Firma|*phu; *pphu; *fhu; *ppuh; *puh; *fh; *zpu; *zphu; *ph; *pp; *zuh; *pw;
    *przedsiebiorstwo handlowo uslugowe; *przedsiebiorstwo produkcyjno handlowo uslugowe; *firma handlowo uslugowa;
    *firma handlowa; *firma uslugowa; *zaklad uslugowy; *zaklad produkcyjno uslugowy;
    *przedsiebiorstwo uslugowo handlowe; *przedsiebiorstwo wielobranzowe; *jednoosobowa dzialalnosc gospodarcza;
    jdg; *zaklad uslugowo handlowy
limited|RU BY KZ|ООО|*ооо; *ooo; *общество с ограниченной ответственностью; *тоо; *too;
    *товарищество с ограниченной ответственностью; *общество с дополнительной ответственностью; *одо;
    *obshchestvo s ogranichennoy otvetstvennostyu; *obshchestvo s ogranichennoi otvetstvennostiu; *tov; *тов;
    *товариство з обмеженою відповідальністю
joint_stock|RU|АО|*ао; *ао нпо; *ao; *акционерное общество; *оао; *oao; *открытое акционерное общество; *пао; *pao;
    *публичное акционерное общество; *зао; *zao; *закрытое акционерное общество; *нао; *nao;
    *непубличное акционерное общество; *приватне акціонерне товариство; *прат; *aktsionernoe obshchestvo;
    *zakrytoe aktsionernoe obshchestvo; *otkrytoe aktsionernoe obshchestvo
sole_trader|RU BY KZ|ИП|*ип; *ip; *индивидуальный предприниматель; *individualnyy predprinimatel;
    *individualnyi predprinimatel; *ипбоюл; *пбоюл; *чп; *chp; *физическое лицо предприниматель;
    *фізична особа підприємець; *частный предприниматель; *фоп; *fop; *самозанятый; *кфх; *глава кфх;
    *крестьянское фермерское хозяйство
state|RU|ГУП|*гуп; *муп; *фгуп; *фгбу; *гбу; *мбу; *гку; *гбуз; *мбоу; *маоу; *мкоу; *мбдоу; *мкдоу; *гбоу; *фгбоу;
    *гау; *мау; *гауз; *фгку; *фку; *мку; *ogup; *государственное унитарное предприятие;
    *муниципальное унитарное предприятие; *федеральное государственное унитарное предприятие;
    *государственное бюджетное учреждение; *муниципальное бюджетное учреждение; *государственное учреждение;
    *муниципальное казенное учреждение; *гу
nonprofit|RU|АНО|*ано; *автономная некоммерческая организация; *нко; *некоммерческая организация; *ноу; *чоу;
    *ано дпо; *некоммерческое партнерство; *благотворительный фонд; *бф; *тсж; *товарищество собственников жилья;
    *снт; *гск; *общественная организация; *чу; *частное учреждение; *жск; *тсн
cooperative|RU|ПК|*производственный кооператив; *спк; *сельскохозяйственный производственный кооператив;
    *потребительский кооператив
partnership|RU|ТД|*полное товарищество; *товарищество на вере; *коммандитное товарищество
limited|LT|UAB|*uab; *uždaroji akcinė bendrovė; *uzdaroji akcine bendrove; u a b
joint_stock|LT|AB|*akcinė bendrovė; *ab
limited|LT|MB|*mb; *mažoji bendrija
sole_trader|LT|IĮ|*iį; *ii; *individuali įmonė; *individuali imone; *personalinė įmonė; *iv; *individuali veikla
nonprofit|LT|VšĮ|*všį; *vsi; *viešoji įstaiga; *asociacija; *labdaros ir paramos fondas; *paramos fondas; *lpf;
    *biudžetinė įstaiga; *bį
state|LT|VĮ|*vį; *valstybės įmonė; *savivaldybės įmonė; *sį
partnership|LT|TŪB|*tūb; *tikroji ūkinė bendrija; *kūb; *komanditinė ūkinė bendrija; *žūb; *zub;
    *žemės ūkio bendrovė; *žemės ūkio kooperatyvas; *kooperatinė bendrovė; *kb
limited|DE AT CH|GmbH|*gmbh; *ggmbh; mbh; ges mbh; mit beschränkter haftung;
    *gesellschaft mit beschränkter haftung; *gesellschaft mbh; ges mbh; gesmbh; ges m b h; gmbh i l; gmbh i g;
    ges mit beschr haftung; g m b h; gesellschaft m b h; gmb h; gesellschaft mit beschraenkter haftung
limited|DE|UG|ug; *ug haftungsbeschränkt; unternehmergesellschaft; unternehmergesellschaft haftungsbeschränkt;
    ug haftungsbeschr; ug hb; ug haftungsbeschraenkt; ug i g
limited_partnership|DE AT|GmbH & Co. KG|gmbh and co kg; gmbh and cokg; gmbh co kg; gmbh u co kg; gmbh und co kg;
    gmbh and co; gmbh and co kgaa; ug and co kg; ug haftungsbeschränkt and co kg; ag and co kg; gmbh and co ohg;
    mbh and co kg; gmbh and co kommanditgesellschaft; se and co kg; ges mbh and co kg; gesmbh and co kg;
    verwaltungs gmbh and co kg; gesellschaft mbh and co kg; gesellschaft mit beschränkter haftung and co kg
joint_stock|DE AT CH|AG|ag; aktiengesellschaft; a g; se; kgaa; kommanditgesellschaft auf aktien; gag;
    ag and co kgaa; societas europaea; se and co kgaa
limited_partnership|DE AT CH|KG|kg; kommanditgesellschaft; and co kg; co kg; k g; u co kg; und co kg; keg
partnership|DE AT|OHG|ohg; offene handelsgesellschaft; gesellschaft des bürgerlichen rechts;
    ges bürgerlichen rechts; mbb; partnerschaftsgesellschaft mbb; partnerschaft mit beschränkter berufshaftung;
    bgb gesellschaft; partnerschaftsgesellschaft mit beschränkter berufshaftung; og; offene gesellschaft; gbr;
    gesellschaft bürgerlichen rechts; and co ohg; partg; partg mbb; partgmbb; partnerschaftsgesellschaft;
    partnerschaft mbb; egbr; part g; oeg; gesbr; g b r; partnerschaft von rechtsanwälten mbb
sole_trader|DE AT|e.K.|ek; e k; e kfm; e kfr; ekfm; ekfr; eingetragener kaufmann; eingetragene kauffrau; e u; eu;
    einzelunternehmen; inh; einzelfirma; eingetragener kaufmann e k
nonprofit|DE AT|e.V.|ev; e v; eingetragener verein; verein; ggmbh gemeinnützige; gemeinnützige gmbh; stiftung;
    gemeinnützige gesellschaft mbh; gug
cooperative|DE AT|eG|eg; e g; eingetragene genossenschaft; egen; genossenschaft; gen mbh; e gen;
    registrierte genossenschaft mbh; registrierte genossenschaft mit beschränkter haftung; reg gen mbh; regen mbh
limited|FR BE LU CH|SARL|sarl; *sarl; s a r l; société à responsabilité limitée; sàrl; *eurl; eurl; *sasu; sasu;
    *sas; sas; société par actions simplifiée; sa rl; srl; sprl; bvba; *selarl; s a s; *selas; *scp; *sci; sci;
    *eirl; *earl; *gaec; scm; *scea
joint_stock|FR ES PT RO BE PL LU CH GR AR MX CL CO PE BR CR PA UY|SA|sa; *sa; s a; société anonyme;
    sociedad anónima; sociedad por acciones simplificada; sociedade anónima; scs; sca
partnership|FR|SNC|*snc; snc; société en nom collectif; senc
limited|IT|S.r.l.|srl; s r l; srls; società a responsabilità limitata; s r l s; srl unipersonale;
    società a responsabilità limitata semplificata; srl semplificata; scrl; s c a r l; scarl; srl sb
joint_stock|IT|S.p.A.|spa; s p a; società per azioni; sapa
partnership|IT|S.n.c.|snc; s n c; società in nome collettivo; sas; s a s; società in accomandita semplice; ss;
    società semplice
cooperative|IT|Soc. Coop.|soc coop; società cooperativa; coop; soc coop arl; cooperativa sociale; soc coop a r l
limited|ES|S.L.|sl; s l; slu; s l u; sociedad limitada; sociedad de responsabilidad limitada; sll; slp; slne;
    s l p; s c p; cb; c b
joint_stock|ES|S.A.|sau; s a u; sociedad anónima unipersonal; sal
cooperative|ES|S.Coop.|s coop; scoop; sociedad cooperativa; sccl
limited|PT BR|Lda|lda; ltda; limitada; sociedade por quotas; unipessoal lda; eireli; me; epp; s a de c v; sa de cv;
    s de rl de cv; s de r l de c v; sapi de cv; unipessoal
limited|NL BE|B.V.|bv; b v; besloten vennootschap; besloten vennootschap met beperkte aansprakelijkheid; bvba;
    comm v; commv; gcv; ebvba
joint_stock|NL BE|N.V.|nv; n v; naamloze vennootschap
partnership|NL BE|VOF|vof; v o f; vennootschap onder firma; cv; c v; commanditaire vennootschap; maatschap;
    eenmanszaak
nonprofit|NL BE FR|Stichting|*stichting; vzw; *vzw; asbl; *asbl; *association; *vereniging; ivzw; aisbl
joint_stock|SE|AB|ab; aktiebolag; publ ab; ab publ; *aktiebolaget
partnership|SE|HB|hb; handelsbolag; kb; kommanditbolag; enskild firma; ekonomisk förening; ek för
limited|DK|ApS|aps; anpartsselskab; ivs; i s; k s; p s
joint_stock|DK NO|A/S|a s; aktieselskab; aktieselskab a s; asa; allmennaksjeselskap; aksjeselskap; as
partnership|NO DK|ANS|ans; da; enk; ks; iks; i s; enkeltpersonforetak; enkeltmandsvirksomhed
joint_stock|FI|Oy|oy; oyj; oy ab; osakeyhtiö; julkinen osakeyhtiö; *oy; ky; tmi; *tmi; ay; osk; ry; abp
limited|EE|OÜ|oü; *oü; osaühing; *osaühing; füe; *fie; tüh; uü; *as; mtü; sihtasutus
limited|LV|SIA|*sia; sia; *sabiedrība ar ierobežotu atbildību; *ik; *akciju sabiedrība; *zs; *zemnieku saimniecība;
    *biedrība; *ps
limited|CZ SK|s.r.o.|sro; s r o; spol s r o; spol sro; společnost s ručením omezeným;
    spoločnosť s ručením obmedzeným; spolecnost s r o
joint_stock|CZ SK|a.s.|as; a s; akciová společnost; akciová spoločnosť; akc spol
partnership|CZ SK|v.o.s.|vos; v o s; ks; k s; veřejná obchodní společnost; komanditní společnost; osvč; zs; z s;
    zapsaný spolek; ops; o p s; druzstvo; statny podnik; sp s p
limited|HU|Kft.|kft; korlátolt felelősségű társaság; bt; betéti társaság; zrt; nyrt; rt;
    zártkörűen működő részvénytársaság; kkt; ev; egyeni vallalkozo; nonprofit kft
limited|RO|S.R.L.|*srl; srl; *sc; *societatea cu răspundere limitată; *societate cu răspundere limitată; *pfa;
    srl d; *ii; *i i; *if; pfa
limited|BG|ЕООД|еоод; оод; ад; еад; ет; *ет; *еоод; eood; ood; ead; дззд; сд; кд; *et; ad
limited|HR SI RS BA ME|d.o.o.|doo; d o o; društvo s ograničenom odgovornošću; družba z omejeno odgovornostjo; jdoo;
    j d o o; dd; d d; ad; a d; sp; s p; *obrt; dno; dooel; ад; доо; obrt; zadruga
limited|GR CY|ΕΠΕ|επε; epe; ae; αε; ike; ικε; oe; οε; ee; εε; μονοπροσωπη ικε; μικε; α ε; ε π ε; ο ε; ε ε
limited|TR|Ltd. Şti.|ltd şti; limited şirketi; aş; a ş; anonim şirketi; anonim şirket; şti; san ve tic ltd şti;
    san tic ltd şti; san ve tic aş; tic ltd şti; sanayi ve ticaret limited şirketi; sanayi ve ticaret ltd şti;
    sanayi ve ticaret aş; ticaret limited şirketi; sanayi ve ticaret anonim şirketi; tic ve san ltd şti; tic aş
limited|UA|ТОВ|*тов; *прат; *пат; *пп; *приватне підприємство; *фоп; *дп; *кп; *tzov; *тзов
limited|AE QA SA OM|FZE|fze; fz llc; fzco; fzc; dmcc; llc fz; wll; w l l; dwc llc; fz e; est; establishment;
    l l c fz; free zone company; free zone establishment; s p c; spc
limited|IN PK BD LK|Pvt Ltd|pvt; private ltd; p ltd; p limited; pvt ltd co; opc pvt ltd; opc private limited; huf
limited|CN HK TW SG|Co., Ltd.|co limited; company ltd; corp ltd; corporation limited; 有限公司; 股份有限公司; 有限责任公司; 有限責任公司;
    集团有限公司
joint_stock|JP KR|K.K.|kk; k k; *kk; kabushiki kaisha; kabushiki gaisha; godo kaisha; gk; 株式会社; *株式会社; 有限会社; *有限会社;
    合同会社; *合同会社; 주식회사; *주식회사; yk; yugen kaisha
joint_stock|MY ID|Sdn Bhd|sdn bhd; sendirian berhad; bhd; berhad; *pt; *cv; tbk; persero; *pt persero; sdn berhad
joint_stock|VN TH PH|JSC|*jsc; *joint stock company; joint stock co; *public jsc; *open jsc; *cjsc; *ojsc; *pjsc;
    *closed joint stock company; *open joint stock company; *public joint stock company; jscb; pcl;
    public company limited; *công ty cổ phần; opc
limited|VN|LLC|*công ty tnhh; *cong ty tnhh; *limited liability company; *llc; single member llc
joint_stock|CH|SA|sagl; genossenschaft; societa anonima; sa ltd
"""


_MISSPELT = (
    ("otv", r"obs\w*stv\w* (?:\w{1,2} )?(?:\w+ )?og?r\w* ot\w*v\w*", "ООО"),
    ("nichen", r"ob\w*s\w*v\w* s ?\w*nichen\w* \w*tv\w*", "ООО"),
    ("ak[tc]", r"(?:(?:ot|za)kr\w* |(?:ne)?publ\w* )?ak[tc]\w*on\w* ob\w*(?: (?:ot|za)kr\w* tipa)?", "АО"),
    ("cu r", r"soc\w* cu r\w* limi\w*", "S.R.L."),
    ("drustv", r"drustv\w* s?a? ?ogranic\w* odgovor\w*", "d.o.o."),
    ("haft", r"ges\w*chaft mi?t? b\w* haft\w*", "GmbH"),
    ("aktienges", r"aktienges\w*", "AG"),
    ("odpow", r"sp\w* z (?:o\w+ )?odpow\w*", "Sp. z o.o."),
    ("bendrov", r"uzd\w* a\w*c\w* bendrov\w*", "UAB"),
    ("limi?ted|lmtd", r"(?:\w+ )?(?:limi?ted|lmtd) (?:liab\w* comp\w*|company)", "LLC"),
)


_HINT = re.compile("|".join(hint for hint, _, _ in _MISSPELT))


class LegalForm(NamedTuple):
    """One legal form: how it is shown, its class, and where it is at home (empty: anywhere)."""

    shown: str
    legal_class: str
    countries: frozenset[str]


@cache
def endings() -> dict[str, tuple[LegalForm, ...]]:
    """Folded spelling (words with single blanks, no dots) -> the forms it may stand for behind a name."""
    return _table(only_front=False)


@cache
def beginnings() -> dict[str, tuple[LegalForm, ...]]:
    """The same for spellings that stand in front of a name."""
    return _table(only_front=True)


def _table(*, only_front: bool) -> dict[str, tuple[LegalForm, ...]]:
    table: dict[str, tuple[LegalForm, ...]] = {}
    for line in _FORMS.strip().replace("\n    ", " ").splitlines():
        legal_class, where, shown, spellings = line.split("|")
        form = LegalForm(shown, legal_class, frozenset(where.replace("*", "").split()))
        for spelling in spellings.split(";"):
            if not only_front or "*" in spelling:
                words = " ".join(fold(spelling.replace("*", " ")).split())
                table[words] = (*table.get(words, ()), form)
    return table


@cache
def _misspelt() -> tuple[tuple[re.Pattern[str], re.Pattern[str], LegalForm], ...]:
    forms = {form.shown: form for found in endings().values() for form in found}
    return tuple((re.compile(hint), re.compile(pattern), forms[shown]) for hint, pattern, shown in _MISSPELT)


def find_misspelt(words: str) -> tuple[str, LegalForm] | None:
    """(the words without it, the form) where a form spelt out opens or closes the name with letters wrong."""
    if not _HINT.search(words):
        return None
    for hint, pattern, form in _misspelt():
        if not hint.search(words):
            continue
        if (found := pattern.match(words)) and words[found.end() : found.end() + 1] == " ":
            return words[found.end() :].strip(), form
        found = next((one for one in pattern.finditer(words) if one.end() == len(words) and one.start()), None)
        if found:
            return words[: found.start()].strip(), form
    return None


@cache
def last_words() -> frozenset[str]:
    """The words with which a form behind a name can end: most names are done with one look."""
    return frozenset(spelling.rpartition(" ")[2] for spelling in endings())


@cache
def first_words() -> frozenset[str]:
    """The words with which a form in front of a name can begin."""
    return frozenset(spelling.partition(" ")[0] for spelling in beginnings())


def pick(forms: tuple[LegalForm, ...], country: str | None) -> LegalForm:
    """The form that the country has, else the first."""
    return next((form for form in forms if country in form.countries), forms[0])
