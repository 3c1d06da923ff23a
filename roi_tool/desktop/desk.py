"""What every page is given: the window's state and those who work on it aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from roi_tool.desktop.desk_state import DeskState
from roi_tool.desktop.errands import Errands
from roi_tool.desktop.keeper import Keeper
from roi_tool.desktop.mapping_bench import MappingBench
from roi_tool.workspace.settings import Settings

if TYPE_CHECKING:
    from roi_tool.workspace.open_quote import OpenQuote


class Desk(DeskState):
    """The state with those who work on it."""

    def __init__(self, settings: Settings | None = None, settings_path: Path | None = None) -> None:
        super().__init__(settings, settings_path)
        self.errands = Errands(self)
        self.keeper = Keeper(self)
        self.mapping = MappingBench(self, self.errands)

    def open_unsaved(self, path: Path) -> None:
        """Open a copy that a session left behind, and go on with it."""

        def opened(quote: OpenQuote) -> None:
            self.keeper.take_up(quote, path)
            self.put_quote(quote)

        self.errands.open_file(path, opened)
