import os

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as run_settings
from hypothesis.stateful import run_state_machine_as_test
from wagtail.signal_handlers import disable_reference_index_auto_update

from tests.sites.rls.machine import MAX_DEPTH, RULES, ReadersMachine

STEPS_PER_RUN = 50
LONG = 500
# In a long run each rule has an effect once in so many steps, but need not have more than `ENOUGH`. What
# hypothesis picks differs from run to run: it goes on until that is so, but not for ever: `MOST` times as
# long, or `AT_LEAST` steps.
ONCE_IN = 400
ENOUGH = 5
MOST, AT_LEAST = 3, 6_000
# `make oracle STEPS=20000` runs longer.
STEPS = (
    [int(os.environ["STEPS"])] if "STEPS" in os.environ else [200, pytest.param(LONG, marks=pytest.mark.long)]
)


@pytest.mark.early
@pytest.mark.parametrize("steps", STEPS)
def test_readers_equal_the_oracle_after_every_step(steps, empty_portal, no_index, last_line):
    ReadersMachine.forget()
    finished = False
    try:
        run(steps)
        finished = True
    finally:
        # Not where the machine itself stumbled: that would look as if nothing differed.
        if finished or ReadersMachine.differences:
            last_line(f"steps={ReadersMachine.steps} differences={ReadersMachine.differences}")
    if steps >= LONG:
        assert seldom(steps) == []
        assert ReadersMachine.deepest >= MAX_DEPTH


def seldom(steps) -> list[str]:
    """Return the rules that have had too few effects for a run of so many steps."""
    fewest = min(ENOUGH, max(1, steps // ONCE_IN))
    return [name for name in RULES if ReadersMachine.effects[name] < fewest]


def run(steps):
    with disable_reference_index_auto_update():
        while (missing := missing_steps(steps)) > 0:
            run_state_machine_as_test(
                ReadersMachine,
                settings=run_settings(
                    max_examples=missing // STEPS_PER_RUN + 1,
                    stateful_step_count=STEPS_PER_RUN,
                    database=None,
                    # Where CI is set hypothesis would begin each time with what it has tried before.
                    derandomize=False,
                    suppress_health_check=list(HealthCheck),
                ),
            )


def missing_steps(steps) -> int:
    """Return how many steps to go on for, at least."""
    done = ReadersMachine.steps
    if done < steps:
        return steps - done
    everything = not seldom(steps) and ReadersMachine.deepest >= MAX_DEPTH
    return 0 if steps < LONG or everything or done >= max(MOST * steps, AT_LEAST) else steps // 10


@pytest.fixture
def no_index(settings):
    """Search and reference index have no part in it and would take most of the time."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
