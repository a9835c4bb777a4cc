"""The table of moves: every life begins, goes on and can end."""

import pytest

from shared.domain.diagram import draw_life, draw_page
from shared.domain.lifecycle import BORN, MOVES, entities, is_final, may_move, states_of


def test_no_move_stands_twice() -> None:
    assert len({move[:3] for move in MOVES}) == len(MOVES)


@pytest.mark.parametrize("entity", entities())
def test_every_state_but_the_first_is_reached(entity: str) -> None:
    reached = {move.after for move in MOVES if move.entity == entity}
    starts = {move.before for move in MOVES if move.entity == entity} - reached - {BORN}
    assert len(starts) <= 1


def test_an_ended_assignment_stays_ended() -> None:
    assert is_final("assignment", "ended")
    assert not may_move("assignment", "ended", "working")
    assert may_move("assignment", "offered", "working")


def test_states_keep_the_order_of_the_table() -> None:
    assert states_of("assignment") == ("offered", "working", "ended")
    assert states_of("nothing") == ()


def test_a_life_is_drawn_from_birth_to_end() -> None:
    drawn = draw_life("assignment")
    assert "[*] --> offered" in drawn
    assert "ended --> [*]" in drawn
    assert draw_page().count("```mermaid") == len(entities())
