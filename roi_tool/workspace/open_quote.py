"""The open quote: a case, the scenario as it stands, its comparison, and the way back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from roi_tool.quoting import Comparison, Scenario, compare
from roi_tool.quoting.case import Case
from roi_tool.workspace.history import History
from roi_tool.workspace.keeping import stamp_of


class Change(StrEnum):
    """What changed, told to whoever listens."""

    CASE = "case"
    SCENARIO = "scenario"


@dataclass(frozen=True, eq=False, slots=True)
class Snapshot:
    """One state of the history. Cases are frozen and shared between states, so a snapshot costs next to nothing."""

    case: Case
    scenario: Scenario
    comparison: Comparison


class OpenQuote:
    """What is on the desk. Every change makes a new snapshot and tells the listeners; nothing is changed in place."""

    def __init__(self, case: Case, scenario: Scenario | None = None, path: Path | None = None) -> None:
        self.path = path
        self.stamp = stamp_of(path) if path is not None else None
        """Of its file when this window last read or wrote it."""
        self.aside: Path | None = None
        """Where its unsaved copy lies."""
        self.compare_ms = 0.0
        self._listeners: list[Callable[[Change], None]] = []
        compare(case, case.scenario)  # the first one prepares what the others share; its time says nothing
        first = self._snapshot(case, scenario or case.scenario)
        self._history: History[Snapshot] = History(first)
        self._saved: Snapshot | None = first
        self._reference = first

    @property
    def case(self) -> Case:
        """Customer, bills, price book."""
        return self._history.present.case

    @property
    def scenario(self) -> Scenario:
        """The drivers as they stand."""
        return self._history.present.scenario

    @property
    def comparison(self) -> Comparison:
        """The options side by side, for the scenario as it stands."""
        return self._history.present.comparison

    @property
    def reference(self) -> Comparison:
        """The comparison before the last step, to say why it changed."""
        return self._reference.comparison

    @property
    def dirty(self) -> bool:
        """Whether anything changed since it was opened or saved."""
        return self._history.present is not self._saved

    @property
    def undo_name(self) -> str | None:
        """The driver (or `case`) that undo would put back."""
        return self._history.undo_name

    @property
    def redo_name(self) -> str | None:
        """The driver (or `case`) that redo would move again."""
        return self._history.redo_name

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` after every change."""
        if listener not in self._listeners:
            self._listeners.append(listener)

    @property
    def present(self) -> Snapshot:
        """The state now, frozen: what is saved aside stays what it is while the user goes on."""
        return self._history.present

    def mark_saved(self, snapshot: Snapshot, path: Path) -> None:
        """Remember that a state is on the disk."""
        self.path, self.stamp = path, stamp_of(path)
        self._saved = snapshot

    def mark_unsaved(self) -> None:
        """Remember that no file of the user's holds this state: it came from a copy aside."""
        self._saved = None

    def move(self, driver_id: str, value: Decimal) -> None:
        """Give a driver another value; steps of one drag are one step of the history.

        Raises:
            ProblemError: unknown driver, or a value outside its bounds; nothing has changed then.
        """
        if self.scenario[driver_id] == value:
            return
        self._record(self._snapshot(self.case, self.scenario.with_value(driver_id, value)), driver_id, Change.SCENARIO)

    def begin_drag(self, driver_id: str) -> None:
        """A slider was pressed."""
        self._history.begin_drag(driver_id)

    def end_drag(self) -> None:
        """The slider was let go."""
        self._history.end_drag()

    def reset(self) -> None:
        """Put every driver where it began, as one step."""
        self._record(self._snapshot(self.case, self.scenario.at_base()), "reset", Change.SCENARIO)

    def replace_case(self, case: Case) -> None:
        """Take another case (a bill was added, the customer changed) and keep every moved driver that still fits."""
        scenario = case.scenario
        for driver in self.scenario:
            new = scenario.drivers.get(driver.id)
            if driver.moved and new is not None and new.low <= driver.value <= new.high:
                scenario = scenario.with_value(driver.id, driver.value)
        self._record(self._snapshot(case, scenario), "case", Change.CASE)

    def take_values(self, scenario: Scenario) -> None:
        """Give every driver the value it has in another scenario, as far as it fits this one, as one step."""
        taken = self.scenario
        for driver in scenario:
            own = taken.drivers.get(driver.id)
            if own is not None and own.value != driver.value and own.low <= driver.value <= own.high:
                taken = taken.with_value(driver.id, driver.value)
        if taken is not self.scenario:
            self._record(self._snapshot(self.case, taken), "pinned", Change.SCENARIO)

    def undo(self) -> bool:
        """Go one step back."""
        return self._travel(self._history.undo)

    def redo(self) -> bool:
        """Go one step forward again."""
        return self._travel(self._history.redo)

    def _travel(self, step: Callable[[], bool]) -> bool:
        left = self._history.present
        if not step():
            return False
        self._reference = left
        self._tell(Change.SCENARIO if left.case is self.case else Change.CASE)
        return True

    def _record(self, snapshot: Snapshot, key: str, change: Change) -> None:
        self._history.record(snapshot, key, now_s=time.monotonic(), may_merge=key in snapshot.scenario.drivers)
        self._reference = self._history.before
        self._tell(change)

    def _snapshot(self, case: Case, scenario: Scenario) -> Snapshot:
        started = time.perf_counter()
        comparison = compare(case, scenario)
        self.compare_ms = (time.perf_counter() - started) * 1000
        return Snapshot(case, scenario, comparison)

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)
