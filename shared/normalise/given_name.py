"""Common given names of the countries served first, folded: they tell which of two words is the family name."""

from shared.normalise.text import fold

_NAMES = """
james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica
thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony sandra mark margaret donald ashley steven
kimberly andrew emily paul donna joshua michelle kenneth carol kevin amanda brian melissa jose maria luis carlos juan
george deborah timothy stephanie ronald rebecca edward sharon jason laura jeffrey cynthia ryan kathleen jacob amy gary
nicholas shirley eric angela jonathan helen stephen anna larry brenda justin pamela scott nicole brandon samantha
benjamin katherine samuel emma gregory ruth alexander christine frank catherine raymond debra patrick rachel jack
carolyn dennis janet jerry virginia tyler heather aaron diane adam julie nathan joyce henry victoria zachary olivia
douglas kelly peter christina kyle lauren noah joan ethan evelyn jeremy judith christian megan walter cheryl keith
oliver amelia harry isla ava sophie charlie grace muhammad mohammed mia poppy oscar ella lily alan fiona gareth
priya aisha tyrone wei fatima omar hassan ibrahim yusuf ananya raj rahul amit deepak sanjay anil sunita li chen ming
siobhan nigel gemma simon hannah stuart claire ian colin graham wendy philip martin trevor neil darren tracy jane
piotr anna krzysztof andrzej katarzyna tomasz małgorzata paweł agnieszka jan krystyna michał barbara marcin ewa
stanisław elżbieta jakub zofia adam teresa łukasz magdalena grzegorz joanna wojciech monika mateusz danuta rafał jadwiga
kamil alicja sławomir dorota zbigniew iwona jerzy halina tadeusz irena dariusz beata mariusz marta jacek anita
bartosz aleksandra robert natalia marek karolina wiesław urszula artur justyna ryszard renata maciej sylwia dawid
kinga sebastian weronika leszek bożena patryk edyta waldemar aneta henryk ewelina józef hanna szymon paulina zdzisław
александр елена сергей ольга дмитрий наталья андрей анна алексей екатерина максим татьяна евгений ирина иван светлана
михаил юлия николай мария владимир анастасия павел людмила юрий галина виктор оксана олег марина игорь валентина
константин дарья артём артем ксения роман алина денис полина антон вера василий нина григорий надежда вячеслав лариса
станислав любовь валерий тамара геннадий алла борис евгения илья кристина кирилл виктория руслан яна тимур элина вадим
анатолий зинаида леонид раиса никита софия софья пётр петр елизавета эдуард маргарита фёдор федор диана степан лидия
александра валерия георгий вероника семён семен инна глеб наталия марат эльвира рустам гульнара лев карина матвей
jonas ona vytautas rasa antanas irena tomas daiva juozas kristina kęstutis jūratė mindaugas eglė darius laima andrius
asta marius živilė rokas aušra lukas ieva gintaras giedrė saulius vilma rimantas danutė arūnas inga algirdas rūta
mantas lina paulius jurgita valdas edita vaidas sigita petras aldona tadas agnė domas gabija matas emilija linas audronė
peter ursula michael karin thomas renate andreas helga wolfgang monika klaus petra jürgen juergen sabine günther
guenther andrea stefan claudia christian susanne uwe birgit frank heike markus gabriele bernd silke jörg joerg anja
matthias jana björn bjoern käthe sören hans ingrid werner gerda heinz erika gerhard brigitte horst gisela manfred
hildegard dieter elke karl kerstin rainer katrin ralf nicole holger tanja torsten ute sven martina olaf angelika dirk
anke kai britta florian katharina tobias julia sebastian lena philipp johanna felix franziska jens maren lars nadine
mehmet ayşe ali fatma mustafa ahmet jean pierre marie philippe sophie françois isabelle nicolas céline giuseppe
francesco giulia marco alessandro paolo carmen antonio manuel javier ana pedro joão miguel
"""
_SPELLINGS = (("ks", "x"), ("yu", "iu"), ("ya", "ia"), ("iy", "y"), ("ey", "ei"), ("kh", "h"), ("zh", "j"), ("ii", "y"))


def _all_spellings(name: str) -> set[str]:
    """The folded name, and how other transliterations of Cyrillic write it."""
    found = {fold(name)}
    if not name.isascii():
        for common, other in _SPELLINGS:
            found |= {spelling.replace(common, other) for spelling in found}
    return found


GIVEN_NAMES = frozenset(spelling for name in _NAMES.split() for spelling in _all_spellings(name))
