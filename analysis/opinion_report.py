"""The result of a study of votes as plain lists and numbers, for JSON."""

from collections.abc import Mapping
from typing import Any

from analysis.opinion_statistics import Contrast
from analysis.opinion_views import GroupView, Opinions, StatementView

VERSION = 1

_FINE = 6
"""Decimals kept."""


def report(opinions: Opinions, texts: Mapping[str, str]) -> dict[str, Any]:
    """Everything, statements named by their ids. Holds each participant's group: keep the file as carefully as votes."""
    names = [group.name for group in opinions.groups]
    return {
        "version": VERSION,
        "seed": opinions.seed,
        "seconds": round(opinions.seconds, 3),
        "verdict": str(opinions.verdict),
        "sentences": list(opinions.sentences),
        "people": len(opinions.people),
        "votes": opinions.votes,
        "between": round(opinions.between, _FINE),
        "groups": [_group(group, opinions) for group in opinions.groups],
        "statements": [_statement(view, names, texts) for view in opinions.statements],
        "consensus": [
            {
                "statement": opinions.statements[item.statement].statement,
                "stance": _stance(item.direction),
                "weakest": round(item.weakest, _FINE),
                "score": round(item.score, _FINE),
            }
            for item in opinions.consensus
        ],
        "divisive": [opinions.statements[place].statement for place in opinions.divisive],
        "puzzling": [opinions.statements[place].statement for place in opinions.puzzling],
        "foretelling": [
            {"groups": f.number, "gain": round(f.gain, _FINE), "sureness": round(f.sureness, 3)}
            for f in opinions.foretellings
        ],
        "participants": [
            {
                "participant": person,
                "group": None if label is None else names[label],
                "sureness": round(chance, _FINE),
                "fidelity": round(alike, _FINE),
                "position": [round(float(x), _FINE), round(float(y), _FINE)],
            }
            for person, label, chance, alike, (x, y) in zip(
                opinions.people,
                opinions.labels,
                opinions.sureness,
                opinions.fidelity,
                opinions.positions,
                strict=True,
            )
        ],
    }


def _group(group: GroupView, opinions: Opinions) -> dict[str, Any]:
    return {
        "name": group.name,
        "size": group.size,
        "share": round(group.share, _FINE),
        "centre": [round(value, _FINE) for value in group.centre],
        "statements": [_contrast(contrast, opinions) for contrast in group.contrasts],
    }


def _contrast(contrast: Contrast, opinions: Opinions) -> dict[str, Any]:
    return {
        "statement": opinions.statements[contrast.statement].statement,
        "stance": _stance(contrast.direction),
        "share": round(contrast.share, _FINE),
        "elsewhere": round(contrast.elsewhere, _FINE),
        "ratio": round(contrast.ratio, _FINE),
        "z": round(contrast.z, _FINE),
        "q_value": float(f"{contrast.q_value:.3g}"),
    }


def _statement(view: StatementView, names: list[str], texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "statement": view.statement,
        "text": texts.get(view.statement),
        "votes": view.votes,
        "agree": round(view.agree, _FINE),
        "disagree": round(view.disagree, _FINE),
        "pass": round(view.passed, _FINE),
        "leans": {
            name: None if lean is None else round(lean, _FINE) for name, lean in zip(names, view.leans, strict=True)
        },
    }


def _stance(direction: int) -> str:
    return "agree" if direction > 0 else "disagree"
