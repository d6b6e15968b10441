"""What a grouping saw beside its themes, kept as JSON text."""

from typing import Any

from participation.model.findings import Findings, Subtheme
from storage.json_text import pack, unpack


def pack_findings(findings: Findings) -> str:
    """Findings as text."""
    return pack(
        {
            "alone": findings.alone,
            "hollow": findings.hollow,
            "copies": findings.copies,
            "paraphrases": findings.paraphrases,
            "splits": dict(findings.splits),
            "subthemes": [(sub.label, sub.idea_ids) for sub in findings.subthemes],
            "places": dict(findings.places),
            "reworded": dict(findings.reworded),
        }
    )


def unpack_findings(text: str) -> Findings:
    """What `pack_findings` kept: JSON names its keys by text, ids are numbers."""
    kept: dict[str, Any] = unpack(text)
    return Findings(
        alone=tuple(kept["alone"]),
        hollow=tuple(kept["hollow"]),
        copies=tuple((low, high, float(score)) for low, high, score in kept["copies"]),
        paraphrases=tuple((low, high, float(chance)) for low, high, chance in kept.get("paraphrases", ())),
        splits={int(i): tuple(parts) for i, parts in kept["splits"].items()},
        subthemes=tuple(Subtheme(label, tuple(ids)) for label, ids in kept["subthemes"]),
        places={int(i): (float(x), float(y)) for i, (x, y) in kept["places"].items()},
        reworded=kept.get("reworded", {}),  # kept since the rewording of names exists
    )
