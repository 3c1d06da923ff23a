"""Undo and redo as a list of frozen states; what one drag or one run of key presses makes is one step."""

from __future__ import annotations

from typing import Generic, TypeVar

State = TypeVar("State")

MERGE_WITHIN_S = 0.8
"""Changes of the same thing that follow each other this closely are one step (keys, wheel)."""


class History(Generic[State]):
    """States from the first to the newest, and the place of the present one."""

    def __init__(self, first: State, *, at_most: int = 200) -> None:
        self._states: list[State] = [first]
        self._names: list[str] = [""]
        self._place = 0
        self._at_most = at_most
        self._open_drag = ""
        self._last_key = ""
        self._last_time_s = float("-inf")

    @property
    def present(self) -> State:
        """The state now."""
        return self._states[self._place]

    @property
    def before(self) -> State:
        """The state before the present step; the first state is its own."""
        return self._states[max(0, self._place - 1)]

    @property
    def undo_name(self) -> str | None:
        """What undo would take back; None when there is nothing."""
        return self._names[self._place] if self._place else None

    @property
    def redo_name(self) -> str | None:
        """What redo would do again; None when there is nothing."""
        return self._names[self._place + 1] if self._place + 1 < len(self._states) else None

    def begin_drag(self, key: str) -> None:
        """Everything recorded under `key` until `end_drag` becomes one step."""
        self._open_drag = key
        self._last_key = ""

    def end_drag(self) -> None:
        """Close the drag; what follows is a step of its own."""
        self._open_drag = ""
        self._last_key = ""

    def record(self, state: State, key: str, *, now_s: float, may_merge: bool = True) -> None:
        """Make `state` the present one; what was undone is forgotten.

        Args:
            state: the new state.
            key: what was changed; also the step's name.
            now_s: a clock's seconds, to merge key presses that follow each other.
            may_merge: False for a change that is a step of its own however soon the next follows.
        """
        del self._states[self._place + 1 :], self._names[self._place + 1 :]
        close = now_s - self._last_time_s <= MERGE_WITHIN_S
        same_step = may_merge and bool(self._place) and key == self._last_key and (self._open_drag == key or close)
        if same_step:
            self._states[self._place] = state
        else:
            self._states.append(state)
            self._names.append(key)
            if len(self._states) > self._at_most:
                del self._states[0], self._names[0]
            self._place = len(self._states) - 1
        self._last_key, self._last_time_s = key if may_merge else "", now_s

    def undo(self) -> bool:
        """Go one step back; False when there is none."""
        if not self._place:
            return False
        self._place -= 1
        self._last_key = ""
        return True

    def redo(self) -> bool:
        """Go one step forward; False when there is none."""
        if self._place + 1 >= len(self._states):
            return False
        self._place += 1
        self._last_key = ""
        return True
