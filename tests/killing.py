"""A story that is killed at its first step, then at its second, and so on until it comes to its end.

Each time it runs in a child of its own, which a signal ends that nobody can catch: no clean-up, no rollback.
"""

import os
import signal
from collections.abc import Callable
from itertools import count

Step = Callable[..., None]


def is_killed(story: Callable[[Step], None], *, at: int) -> bool:
    """Play the story in a child that dies at that step; false when it came to its end before."""
    child = os.fork()
    if child == 0:
        steps = count(1)

        def step(*_about: object, **_more: object) -> None:
            if next(steps) == at:
                os.kill(os.getpid(), signal.SIGKILL)

        code = 1
        try:
            story(step)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False
