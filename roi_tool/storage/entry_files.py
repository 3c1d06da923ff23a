"""Reads a file of entries, YAML or JSON, into plain values: numbers as they are written, each name once, no aliases."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from roi_tool.problems import Problem, ProblemError, Where


def parse_entries(path: Path) -> dict[str, Any]:
    """Return the entries of a file.

    Raises:
        ProblemError: it is no text (`file_not_text`), no YAML or JSON (`case_not_readable`, with the row), a name stands there
            twice (`case_key_twice`).
    """
    row, reason = None, "parse.no_entries"
    try:
        content = _content(path)
        if isinstance(content, dict):
            return content
    except UnicodeDecodeError:
        raise ProblemError(Problem("file_not_text", where=Where(str(path)))) from None
    except _KeyTwiceError as error:
        detail = {"entry": str(error.args[0])}
        raise ProblemError(Problem("case_key_twice", where=Where(str(path), error.args[1]), detail=detail)) from None
    except json.JSONDecodeError as error:
        row, reason = error.lineno, "parse.syntax"
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        reason = "parse.alias" if isinstance(error, _AliasError) else "parse.syntax"
    except RecursionError:
        reason = "parse.deep"
    raise ProblemError(Problem("case_not_readable", where=Where(str(path), row), detail={"reason": reason}))


def _content(path: Path) -> Any:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".json":
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_each_key_once)
    return yaml.load(text, Loader=_TextLoader)


class _KeyTwiceError(Exception):
    """Of two entries of one name nobody knows which is meant: the name, and its row where that is known."""


class _AliasError(yaml.composer.ComposerError):
    """An alias: a few of them can stand for more than any memory holds."""


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _KeyTwiceError(key, None)
        found[key] = value
    return found


class _TextLoader(yaml.SafeLoader):
    """Reads numbers with a point as they are written: 9.5 is 9.5, never 9.4999…, and refuses aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise _AliasError(None, None, "aliases are not allowed", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        for place, key in enumerate(keys):
            if isinstance(key, str) and key in keys[:place]:
                raise _KeyTwiceError(key, node.value[place][0].start_mark.line + 1)
        return super().construct_mapping(node, deep)


_TextLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: str(node.value))
