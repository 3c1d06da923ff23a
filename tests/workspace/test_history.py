"""Undo and redo: a drag or a run of keys is one step, and the present is always where it should be."""

from hypothesis import given
from hypothesis import strategies as st

from roi_tool.workspace.history import MERGE_WITHIN_S, History


def test_undo_and_redo_walk_the_states():
    history = History(0)
    for state, key in ((1, "a"), (2, "b"), (3, "c")):
        history.record(state, key, now_s=state * 10)
    assert [history.undo() and history.present for _ in range(3)] == [2, 1, 0]
    assert not history.undo()
    assert history.redo_name == "a"
    assert [history.redo() and history.present for _ in range(3)] == [1, 2, 3]
    assert not history.redo()
    assert history.undo_name == "c"


def test_a_drag_is_one_step_however_slow():
    history = History(0)
    history.begin_drag("seats")
    for state in range(1, 50):
        history.record(state, "seats", now_s=state * 5.0)
    history.end_drag()
    history.record(99, "seats", now_s=300)
    assert history.undo()
    assert history.present == 49
    assert history.undo()
    assert history.present == 0
    assert not history.undo()


def test_keys_that_follow_each_other_are_one_step_others_are_not():
    history = History(0)
    history.record(1, "seats", now_s=0.0)
    history.record(2, "seats", now_s=MERGE_WITHIN_S / 2)
    history.record(3, "price", now_s=MERGE_WITHIN_S / 2)
    history.record(4, "price", now_s=MERGE_WITHIN_S * 4)
    seen = [history.present]
    while history.undo():
        seen.append(history.present)
    assert seen == [4, 3, 2, 0]


def test_what_comes_after_an_undo_never_joins_the_step_before():
    history = History(0)
    history.record(1, "a", now_s=0.0)
    history.record(2, "b", now_s=0.1)
    history.undo()
    history.record(3, "a", now_s=0.2)
    assert history.before == 1
    assert history.redo_name is None


def test_the_oldest_steps_are_forgotten():
    history = History(0, at_most=5)
    for state in range(1, 30):
        history.record(state, str(state), now_s=state * 10)
    steps = 0
    while history.undo():
        steps += 1
    assert steps == 4
    assert history.present == 25


@given(st.lists(st.one_of(st.just("undo"), st.just("redo"), st.integers(0, 3)), max_size=60))
def test_it_behaves_as_a_plain_list_with_a_place(actions):
    history = History(-1)
    states, place = [-1], 0
    for number, action in enumerate(actions):
        if action == "undo":
            assert history.undo() == (place > 0)
            place = max(0, place - 1)
        elif action == "redo":
            assert history.redo() == (place + 1 < len(states))
            place = min(len(states) - 1, place + 1)
        else:
            states = [*states[: place + 1], number]
            place = len(states) - 1
            history.record(number, f"key{action}", now_s=number * 100.0)
        assert history.present == states[place]
        assert (history.undo_name is None) == (place == 0)
        assert (history.redo_name is None) == (place + 1 == len(states))
