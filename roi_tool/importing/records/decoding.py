"""Bytes to text: which encoding, proved where it can be."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from itertools import islice

from roi_tool.problems import Problem, ProblemError, Where

_SAMPLE = 1 << 18
_PIECE_BYTES = 1 << 20
"""Longer texts of other encodings are turned into UTF-8 piece by piece, so that they stand in memory once."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_CHINESE_PROOF = (
    "通话",
    "主叫",
    "被叫",
    "费用",
    "时长",
    "号码",
    "日期",
    "时间",
    "话费",
    "月租",
    "金额",
    "电话",
    "合计",
    "类型",
    "账单",
    "呼叫",
)
_LATIN_LETTERS = frozenset("äöüßÄÖÜéèêëàâçñáíóúãõìòùÀÉÈÇôîûœåÁÍÓÚÑÃÕÊÂÔÌÒÙÎÛËÏÅÆØæøï£€§°´’‘“”–·ºª½¥©®™±×")
_FALLBACKS = ("cp1252", "cp1250", "cp1251", "big5", "shift_jis", "euc_kr", "mac_roman", "cp850", "iso8859_2", "koi8_r")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and how it was read."""

    decoded: str | None
    encoding: str
    raw: bytes | None = None
    """The text as UTF-8 without a mark, of such files their own bytes: long files are split from them, not from a copy."""

    @property
    def text(self) -> str:
        """The whole text; decoded when it is asked for, where the bytes are kept."""
        return self.decoded if self.decoded is not None else (self.raw or b"").decode("utf-8")

    @property
    def size(self) -> int:
        """How long it is, in letters or, where those are not counted, in bytes."""
        return len(self.decoded) if self.decoded is not None else len(self.raw or b"")

    def head(self, size: int) -> str:
        """Return about the first `size` letters."""
        return self.decoded[:size] if self.decoded is not None else (self.raw or b"")[:size].decode("utf-8", "ignore")

    def has_quotes(self) -> bool:
        """Say whether a quotation mark stands anywhere."""
        return b'"' in self.raw if self.raw is not None else '"' in (self.decoded or "")


def decode_text(data: bytes, file: str) -> Decoded:
    """Decode a text file.

    Raises:
        ProblemError: the bytes are no text (a picture, a program, noise).
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name, file)
    if data.startswith(_PICTURES):
        raise ProblemError(Problem("file_is_picture", where=Where(file)))
    wide = _utf16_without_bom(data)
    if wide:
        return _strict(data, wide, file)
    if _share_of_controls(data[:_SAMPLE]) > 0.01:
        raise ProblemError(Problem("file_is_binary", where=Where(file)))
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
    try:
        if data.isascii():
            return Decoded(None, "ascii", data)
        data.decode("utf-8")
        return Decoded(None, "utf-8", data)
    except UnicodeDecodeError:
        name = _eight_bit_encoding(data)
        return _decoded(data, name, "replace")


def _decoded(data: bytes, name: str, errors: str = "strict") -> Decoded:
    if len(data) <= _PIECE_BYTES:
        return Decoded(data.decode(name, errors), name)
    decoder, text = codecs.getincrementaldecoder(name)(errors), io.BytesIO()
    for begin in range(0, len(data), _PIECE_BYTES):
        text.write(decoder.decode(data[begin : begin + _PIECE_BYTES]).encode("utf-8"))
    text.write(decoder.decode(b"", True).encode("utf-8"))
    return Decoded(None, name, text.getvalue())


def _strict(data: bytes, name: str, file: str) -> Decoded:
    try:
        return _decoded(data, name)
    except UnicodeDecodeError as error:
        raise ProblemError(Problem("file_is_binary", where=Where(file))) from error


def _utf16_without_bom(data: bytes) -> str:
    """Text in UTF-16 without its mark has a zero byte at every other place."""
    head = data[: _SAMPLE & ~1]
    if len(head) < 8 or b"\x00" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return ""


def _share_of_controls(head: bytes) -> float:
    controls = sum(head.count(code) for code in range(32) if code not in (9, 10, 12, 13, 26, 27))
    return controls / max(len(head), 1)


def _eight_bit_encoding(data: bytes) -> str:
    """Choose among encodings without a mark: Chinese is proved by its words, Latin by its letters."""
    lines = (line for part in io.BytesIO(data) for line in part.splitlines() if not line.isascii())
    doubtful = b"\n".join(islice(lines, 2000))[:_SAMPLE]
    chinese = _decoded_or_none(doubtful, "gb18030")
    if chinese is not None:
        foreign = [letter for letter in chinese if ord(letter) > 127]
        common = sum(
            "\u4e00" <= letter <= "\u9fff" or "\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uffef"
            for letter in foreign
        )
        proved = any(word in chinese for word in _CHINESE_PROOF)
        if foreign and (proved or (common / len(foreign) > 0.97 and _level_one(foreign) > 0.6)):
            return "gb18030"
    latin = _decoded_or_none(doubtful, "cp1252")
    if latin is not None:
        foreign = [letter for letter in latin if ord(letter) > 127]
        if sum(letter in _LATIN_LETTERS for letter in foreign) >= 0.9 * len(foreign):
            return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(doubtful, cp_isolation=[*_FALLBACKS, "gb18030"]).best()
    if best is not None and _decoded_or_none(data, best.encoding) is not None:
        return str(best.encoding)
    return "cp1252" if latin is not None else "latin-1"


def _decoded_or_none(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _level_one(letters: list[str]) -> float:
    """Share of the 3,755 ideographs of daily use (GB 2312 level one, rows 16 to 55 of the code)."""
    count = 0
    for letter in letters:
        code = letter.encode("gb18030", "replace")
        count += len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
    return count / max(len(letters), 1)
