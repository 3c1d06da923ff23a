"""Everything a user reads: catalogues, formats, the sentences for problems. Knows no pixels and no file layouts of papers."""

from roi_tool.wording.words import LANGUAGES, Wording, wording_for

__all__ = ["LANGUAGES", "Wording", "wording_for"]
