"""Draws the lives of the table of moves, so that no diagram is drawn by hand. Pure; Mermaid's stateDiagram-v2."""

from shared.domain.lifecycle import BORN, MOVES, entities, is_final, states_of


def draw_life(entity: str) -> str:
    """Gives the diagram of one entity; each arrow says who makes the move and when."""
    lines = ["stateDiagram-v2"]
    lines += [
        f"    {_state(move.before)} --> {_state(move.after)} : {move.mover}" for move in MOVES if move.entity == entity
    ]
    lines += [f"    {state} --> [*]" for state in states_of(entity) if is_final(entity, state)]
    return "\n".join(lines)


def draw_page() -> str:
    """Gives the whole page of lives."""
    parts = [f"## {entity.capitalize()}\n\n```mermaid\n{draw_life(entity)}\n```\n" for entity in entities()]
    intro = "Drawn from `shared/domain/lifecycle.py` by `make docs`; the database refuses any other move."
    return "\n".join(["# Lives", "", intro, "", *parts])


def _state(state: str) -> str:
    return "[*]" if state == BORN else state
