"""How a word of a name sounds, whoever wrote it down: one spelling for the many that languages and scripts give one sound.

Coarse on purpose: w and v, the hissing sounds, hard consonants and neighbouring vowels each become one letter. It is a
second opinion beside the letters themselves, never the only one.
"""

import re
from functools import lru_cache
from typing import Final

_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z0-9]+", ""),
        (r"shch|sch?tsch|szcz|sjtj", "s"),
        (r"tsch|tch|tsj|tsh|dzh|dsch|cz|ch|cs|ts|tz|dz|sch|sh|sz|zh|sj|c(?=[eiy])|z|x(?=[a-z])", "s"),
        (r"kh|gh|ck|c|q|g", "k"),
        (r"x", "ks"),
        (r"ph|v|w", "f"),
        (r"th|d", "t"),
        (r"b", "p"),
        (r"h", ""),
        (r"[yj]", "i"),
        (r"ou|oe|ue|eu|o", "u"),
        (r"ei|ie|e", "i"),
        (r"i+(?=[au])", ""),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS: Final = str.maketrans("", "", "aeiouy")


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """The sound of a folded word: lower-case ASCII, no longer than a little more than the word; empty without a letter or digit."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word


def consonants(sound: str) -> str:
    """What scripts without vowels keep of a sound."""
    return sound.translate(_VOWELS)
