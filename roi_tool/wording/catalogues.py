"""`python -m roi_tool.wording.catalogues`: reads the texts out of the source, updates the `.po` and compiles the `.mo` files.

A developer's tool: nothing at run time imports it.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from roi_tool.wording.words import LANGUAGES

DOMAIN = "roi_tool"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"N_": None, "text": None, "plural": (1, 2)}
"""Calls whose literal arguments are texts for the reader: `N_`, `Wording.text`, `Wording.plural`."""

_PACKAGE = Path(__file__).resolve().parent.parent
_LOCALE = Path(__file__).resolve().parent / "locale"
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date in the files' heads, so that an unchanged catalogue stays byte for byte the same."""


def extracted() -> Catalog:
    """Return every text that the source marks."""
    catalogue = Catalog(project="ROI tool", domain=DOMAIN, creation_date=_WRITTEN, revision_date=_WRITTEN, charset="utf-8")
    found = extract_from_dir(_PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for _, _, text, comments, context in sorted(found, key=lambda message: (message[0], message[1])):
        if text and text != ("", ""):
            catalogue.add(text, auto_comments=comments, context=context)
    for text in _helps():
        catalogue.add(text)
    return catalogue


def _helps() -> Iterator[str]:
    """Yield the help of every command's arguments, which the command line translates when it is asked for help."""
    for path in sorted((_PACKAGE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
                yield str(node.value.value)


def po_file(language: str) -> Path:
    """Return the path of a language's catalogue source."""
    return _LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    """Return a language's catalogue as it stands on disk, empty when there is none."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, creation_date=_WRITTEN, revision_date=_WRITTEN, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def compiled(catalogue: Catalog) -> bytes:
    """Return the machine form of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> None:
    """Update and compile every catalogue, and say what is still untranslated."""
    template = extracted()
    for language in LANGUAGES:
        if language == "en":
            continue
        catalogue = read_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, sort_output=True, no_location=True)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} texts, {missing} not translated")  # noqa: T201


if __name__ == "__main__":
    main()
