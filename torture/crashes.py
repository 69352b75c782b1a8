"""The service is killed at every step of a story, one after the other, and the story goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from harness.databases import Database, database
from torture.arena import Arena
from torture.crashing import Step, passed
from torture.installation import Installation
from torture.oracle import judge
from torture.result import Result, Tally
from torture.story import LEADS, SETTINGS, Story, add_template

# The threads of a service take turns as they like, so that a step may be missing from one telling.
_TELLINGS = 3
_SAY_EVERY = 50


def torture(arena: Arena) -> Result:
    """A first telling notes the steps; then there is one more for each of them."""
    started = monotonic()
    with arena.installed(SETTINGS, leads=LEADS) as here:
        add_template(here)
        crashes = _Crashes(arena, here, here.database)
        steps = crashes.steps()
        chosen = _chosen(steps, arena.scale.steps)
        for number, step in enumerate(chosen, 1):
            crashes.crash(step)
            if number % _SAY_EVERY == 0 or number == len(chosen):
                arena.say(f"crashes: {number} of {len(chosen)} steps, {crashes.tally.faults}")
    seconds, is_whole = monotonic() - started, crashes.tally.trials == len(steps)
    return crashes.tally.result("crashes", arena.kind, of="steps", seconds=seconds, is_whole=is_whole)


def _chosen(steps: Sequence[Step], count: int | None) -> list[Step]:
    """All, or that many at even distances."""
    if count is None or count >= len(steps):
        return list(steps)
    return [steps[place * len(steps) // count] for place in range(count)]


@dataclass(slots=True)
class _Crashes:
    """``prepared`` is the database that each telling gets a copy of."""

    arena: Arena
    here: Installation
    prepared: Database
    tally: Tally = field(default_factory=Tally)

    def steps(self) -> list[Step]:
        """The steps that are come to in each of some tellings in which nobody dies. What a busy machine makes
        a service do once more, like looking whether there is anything to do, is in some of them only.
        """
        told = [self._told(number) for number in range(_TELLINGS)]
        return [step for step in told[0] if all(step in steps for steps in told[1:])]

    def _told(self, number: int) -> list[Step]:
        steps_file = self.here.folder / f"steps-{number}"
        with database(self.arena.kind, self.here.folder, self.arena.server, like=self.prepared) as copy:
            story = Story(self._on(copy))
            story.tell(steps_file=steps_file)
            self._judge(story, "without a crash")
        return passed(steps_file)

    def crash(self, step: Step) -> None:
        """Tell the story with a death at that step; again when it was not come to."""
        for _ in range(_TELLINGS):
            with database(self.arena.kind, self.here.folder, self.arena.server, like=self.prepared) as copy:
                story = Story(self._on(copy))
                story.tell(step)
                self._judge(story, f"{step[0]}, time {step[1]}")
            if story.deaths:
                self.tally.fault("SIGKILL")
                self.tally.trials += 1
                return
        self.tally.fault("steps not met again")

    def _on(self, copy: Database) -> Installation:
        variables = self.here.variables | {"LEADLINE_DATABASE_URL": copy.url()}
        return replace(self.here, database=copy, variables=variables)

    def _judge(self, story: Story, when: str) -> None:
        self.tally.violations += [f"{when}: {fault}" for fault in wrong_in(story)]


def wrong_in(story: Story) -> list[str]:
    """What was found wrong while the story was told, and what the oracle says at its end."""
    return story.faults + judge(story.here, story.acknowledged) + _received_wrongly(story)


def _received_wrongly(story: Story) -> list[str]:
    rows = story.here.database.rows
    stored = [sid for (sid,) in rows("SELECT twilio_sid FROM messages WHERE direction = 'inbound'")]
    answered = rows("SELECT number FROM messages WHERE created_by = 'auto_reply'")
    faults = {
        "texts of leads that are not there": story.received - set(stored),
        "texts of leads stored twice": {sid for sid in stored if stored.count(sid) > 1},
        "answered twice": {number for number in answered if answered.count(number) > 1},
    }
    return [f"{what}: {', '.join(map(str, guilty))}" for what, guilty in faults.items() if guilty]
