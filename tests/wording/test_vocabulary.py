"""The rooms' vocabularies are put together into one: no room may take another's code, and every sentence finds its blanks."""

import importlib
import pkgutil

import pytest

from roi_tool.wording import vocabulary

FILES = [importlib.import_module(f"{vocabulary.__name__}.{found.name}") for found in pkgutil.iter_modules(vocabulary.__path__)]


@pytest.mark.parametrize("kind", ["SENTENCES", "LABELS"])
def test_no_code_stands_in_two_vocabularies_with_other_words(kind):
    owner = {}
    for file in FILES:
        for code, words in getattr(file, kind, {}).items():
            assert owner.setdefault(code, words) == words, f"{code} in {file.__name__}"
