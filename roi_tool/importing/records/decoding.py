"""Bytes to text: which encoding, proved where it can be; read piece by piece, so that no text is ever held whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Generator
from dataclasses import dataclass, field

from roi_tool.importing.records.byte_source import ByteSource
from roi_tool.problems import Problem, ProblemError, Where

SAMPLE_BYTES = 1 << 18
"""How much of a file's beginning tells its kind and encoding."""
_DOUBTFUL_LINES = 2000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_IT_STANDS = frozenset({"ascii", "utf-8", "utf-8-sig"})
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
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
class Text:
    """A text file and how it is read: as often as one likes, as UTF-8, without byte order mark and zero bytes."""

    source: ByteSource
    encoding: str
    errors: str = "strict"
    has_quotes: bool = True
    """Whether a quotation mark may stand anywhere."""

    def open(self) -> Utf8Stream:
        """Return the text from its beginning."""
        return Utf8Stream(self)

    def head(self, size: int) -> str:
        """Return the text of about the first `size` bytes."""
        with self.open() as stream:
            return io.BufferedReader(stream, 1 << 16).read(size).decode("utf-8", "ignore")

    def whole(self) -> str:
        """Return the whole text: only for those that must be read whole."""
        with self.open() as stream:
            return io.BufferedReader(stream, 1 << 16).read().decode("utf-8")


class Utf8Stream(io.RawIOBase):
    """A text's UTF-8, decoded as it is read. `done` counts the bytes of the file that were taken so far."""

    def __init__(self, text: Text) -> None:
        self.done = 0
        self._pieces = self._decoded(text)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer as far as the present piece goes."""
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not len(self._left):
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        """Close the file."""
        self._pieces.close()
        super().close()

    def _decoded(self, text: Text) -> Generator[bytes]:
        plain = text.encoding in _AS_IT_STANDS
        wide = text.encoding.startswith(("utf-16", "utf-32"))
        decoder = codecs.getincrementaldecoder(text.encoding)(text.errors)
        for place, given in enumerate(text.source.pieces()):
            self.done += len(given)
            piece = given
            if plain and not place and text.encoding == "utf-8-sig":
                piece = piece.removeprefix(codecs.BOM_UTF8)
            if not wide and b"\x00" in piece:
                piece = piece.replace(b"\x00", b"")
            yield piece if plain else _step(decoder, piece, False, text.source.file)
        if not plain:
            yield _step(decoder, b"", True, text.source.file)


def _step(decoder: codecs.IncrementalDecoder, piece: bytes, last: bool, file: str) -> bytes:
    try:
        return decoder.decode(piece, last).encode("utf-8")
    except UnicodeError as error:
        raise ProblemError(Problem("file_is_binary", where=Where(file))) from error


def read_text(source: ByteSource) -> Text:
    """Find how a text file is encoded.

    Raises:
        ProblemError: the bytes are no text (a picture, a program, noise), or there are none.
    """
    head = source.head(SAMPLE_BYTES)
    for bom, name in _BOMS:
        if head.startswith(bom) and name != "utf-8-sig":
            return Text(source, name)
    if head.startswith(_PICTURES):
        raise ProblemError(Problem("file_is_picture", where=Where(source.file)))
    wide = _utf16_without_bom(head)
    if wide:
        return Text(source, wide)
    if _share_of_controls(head) > 0.01 and head.strip(_NOTHING):
        raise ProblemError(Problem("file_is_binary", where=Where(source.file)))
    seen = _look_through(source)
    if seen.blank:
        raise ProblemError(Problem("file_empty", where=Where(source.file)))
    if seen.utf8:
        name = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "ascii" if seen.ascii else "utf-8"
        return Text(source, name, has_quotes=seen.quotes)
    if head.startswith(codecs.BOM_UTF8):
        raise ProblemError(Problem("file_is_binary", where=Where(source.file)))
    return Text(source, _eight_bit_encoding(bytes(seen.doubtful), source), "replace", seen.quotes)


@dataclass(slots=True)
class _Seen:
    """What the bytes of a whole file show."""

    blank: bool = True
    quotes: bool = False
    ascii: bool = True
    utf8: bool = True
    doubtful: bytearray = field(default_factory=bytearray)
    """The first lines that are no ASCII."""
    lines: int = 0


def _look_through(source: ByteSource) -> _Seen:
    seen, decoder, begun = _Seen(), codecs.getincrementaldecoder("utf-8")(), b""
    for given in source.pieces():
        piece = given.replace(b"\x00", b"") if b"\x00" in given else given
        seen.blank = seen.blank and not piece.strip(_NOTHING)
        seen.quotes = seen.quotes or b'"' in piece
        if piece.isascii() and not begun and not decoder.getstate()[0]:
            continue
        seen.ascii = False
        try:
            if seen.utf8:
                decoder.decode(piece)
        except UnicodeDecodeError:
            seen.utf8 = False
        begun = _keep_doubtful(seen, begun + piece)
    try:
        decoder.decode(b"", seen.utf8)
    except UnicodeDecodeError:
        seen.utf8 = False
    _keep_doubtful(seen, begun + b"\n")
    return seen


def _keep_doubtful(seen: _Seen, data: bytes) -> bytes:
    """Keep the lines that are no ASCII until there are enough; return the line that `data` only begins."""
    if seen.lines >= _DOUBTFUL_LINES or len(seen.doubtful) >= SAMPLE_BYTES:
        return b""
    whole, _, begun = data.rpartition(b"\n")
    for line in whole.splitlines():
        if not line.isascii() and seen.lines < _DOUBTFUL_LINES and len(seen.doubtful) < SAMPLE_BYTES:
            seen.doubtful += line[:SAMPLE_BYTES] + b"\n"
            seen.lines += 1
    return b"" if begun.isascii() else begun[-SAMPLE_BYTES:]


def _utf16_without_bom(head: bytes) -> str:
    """Text in UTF-16 without its mark has a zero byte at every other place."""
    head = head[: len(head) & ~1]
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


def _eight_bit_encoding(doubtful: bytes, source: ByteSource) -> str:
    """Choose among encodings without a mark: Chinese is proved by its words, Latin by its letters."""
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
    if best is not None and _can_decode(source, best.encoding):
        return str(best.encoding)
    return "cp1252" if latin is not None else "latin-1"


def _decoded_or_none(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _can_decode(source: ByteSource, name: str) -> bool:
    """Say whether the whole file reads in an encoding."""
    try:
        decoder = codecs.getincrementaldecoder(name)()
        for piece in source.pieces():
            decoder.decode(piece)
        decoder.decode(b"", True)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _level_one(letters: list[str]) -> float:
    """Share of the 3,755 ideographs of daily use (GB 2312 level one, rows 16 to 55 of the code)."""
    count = 0
    for letter in letters:
        code = letter.encode("gb18030", "replace")
        count += len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
    return count / max(len(letters), 1)
