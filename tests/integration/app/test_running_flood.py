"""One member writes as fast as a machine: the others are answered, the member is warned once, and the wall is not buried."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.house import Stage, comes, councillors_of, launch, organiser_of, shown, stage_in
from tests.stories.kept import kept_in

FIFTY_A_SECOND_FOR_A_MINUTE = 3000
CAP = 15


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = stage_in(tmp_path)
    yield stage
    await stage.api.close()


async def test_fifty_messages_a_second_for_a_minute_bury_nobody(stage: Stage) -> None:
    async with stage.lives(PALABRE__WORKSHOP__MAX_IDEAS_PER_MEMBER=str(CAP)) as house:
        organiser, code = await organiser_of(stage, house)
        loud, *others = await councillors_of(stage, code, 11)
        await launch(organiser, "/idees Que faire ?", "Que faire", [loud, *others])
        before = len(shown(loud, ""))
        for number in range(FIFTY_A_SECOND_FOR_A_MINUTE):
            loud.sends_text(f"Encore une idée {number}")
            if number % 300 == 0:
                others[number // 300].sends_text("Plus de bus")
        await comes(lambda: all(shown(person, "notée") for person in others))
        await comes(lambda: stage.api.pending() == 0)
        await comes(lambda: not left_in_the_tray(stage))
        said = shown(loud, "")[before:]
    kept = kept_in(stage.file)
    assert sum(count for (person, _), count in kept.ideas.items() if person == loud.id) == CAP
    assert {person: count for (person, _), count in kept.ideas.items() if person != loud.id} == {
        o.id: 1 for o in others
    }
    assert [len(shown(person, "notée")) for person in others] == [1] * len(others)
    assert len([bubble for bubble in said if "Doucement" in bubble.text]) == 1
    assert len(said) <= 21, "twenty answers and one warning to three thousand messages"
    assert kept.undone == 0


def left_in_the_tray(stage: Stage) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(stage.file)) as database:
        return int(database.execute("SELECT count(*) FROM reply").fetchone()[0])
