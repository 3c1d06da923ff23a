"""A column's title as it is compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=4096)
def normalised(title: str) -> str:
    """Return a title without case, accents, punctuation and repeated spaces.

    >>> normalised(' Número_chamado (B) '), normalised("callDuration")
    ('numero chamado b', 'call duration')
    """
    text = _CAMEL.sub(" ", title.strip().lstrip("\ufeff")) if not title.isupper() else title.strip()
    text = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"[^\w%£€$¥]+|_", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def squeezed(title: str) -> str:
    """Return a normalised title without its spaces: titles are the same however their words are joined.

    >>> squeezed("CallStartDateTime") == squeezed("CALLSTARTDATETIME") == squeezed("call_start_date_time")
    True
    """
    return normalised(title).replace(" ", "")
