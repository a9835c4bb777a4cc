"""Small lists for the machine: few companies, people and numbers, so that rows often meet each other."""

from hypothesis import strategies as st

FIELDS = ("company", "person", "phone", "mobile", "email", "city")

_COMPANIES = ("Browar Kania sp. z o.o.", "Kania Browar", "Stolarnia Dąb", "Huta Mewa S.A.")
_PEOPLE = ("Jan Kowalski", "Jan Kowalsky", "Anna Lis", "Ewa Nowak", "")
_CITIES = ("Kraków", "Gdańsk")
EMAILS = ("jan@kania-piwo.pl", "anna.lis@dab-meble.pl", "ewa@mewa-stal.pl")
NUMBERS = tuple(f"+4860010020{digit}" for digit in range(8))
_CELLS = (*NUMBERS, "", "", "600 100 20", "+48600100200 / +48600100201")

ROWS = st.lists(
    st.tuples(
        st.sampled_from(_COMPANIES),
        st.sampled_from(_PEOPLE),
        st.sampled_from(_CELLS),
        st.sampled_from(_CELLS),
        st.sampled_from((*EMAILS, "", "")),
        st.sampled_from(_CITIES),
    ),
    min_size=1,
    max_size=5,
)
