"""Builds in processes of their own: killed at a chosen step, short of disk or rights, or in another environment.

As a program (`python -m support.processes FOLDER [WORKERS]`) it builds the town in a folder and prints its problems.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govportal import disk
from govportal.build import PublicationError
from support.town import Town

CAN_FORK = hasattr(os, "fork")

WRITES = frozenset({"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate", "ctypes.dlsym"})
"""What the interpreter announces before a build changes something on disk; opening a file is looked at more closely."""


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    return event in WRITES or (event == "open" and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR)))


def killed_at(step: int, town: Town, **options: Any) -> bool:
    """Build in a child that kills itself before its n-th change on disk; False when it came to its end before that."""
    child = os.fork()
    if child == 0:
        count = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            if _writes(event, arguments):
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        _leave(0 if _problems(town, options) == [] else 3)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"the build ended with {status}"
    return status < 0


def changes_of_build(town: Town, **options: Any) -> int:
    """How many changes on disk a build makes; it runs in a child and is published."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            count += _writes(event, arguments)

        sys.addaudithook(watch)
        found = _problems(town, options)
        os.write(writer, str(0 if found else count).encode())
        _leave(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        said = file.read()
    os.waitpid(child, 0)
    return int(said)


def killed_after(seconds: float, town: Town, **options: Any) -> bool:
    """Build in a child and kill it after a while; False when it was quicker."""
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, seconds)  # SIGALRM, not handled, ends the process like kill -9
        _leave(0 if _problems(town, options) == [] else 3)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGALRM), f"the build ended with {status}"
    return status < 0


def lines_of_child(before: Callable[[], None], town: Town, **options: Any) -> list[str]:
    """Build in a child after `before()` made its life hard; the problems that stopped it, [] when it published."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        sys.dont_write_bytecode = True  # a process short of disk would leave cut-off files for all others
        before()
        os.write(writer, json.dumps(_problems(town, options)).encode())
        _leave(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        said = file.read()
    os.waitpid(child, 0)
    return list(json.loads(said))


def _problems(town: Town, options: dict[str, Any]) -> list[str]:
    """Build as a door does: what cannot be written is a problem, anything else is a fault of ours and is told as such."""
    try:
        built = town.build(**options)
        return [] if built.ok else built.lines
    except PublicationError as failure:
        return [str(problem) for problem in failure.problems]
    except OSError as failure:
        return [str(disk.explain_os_error(failure))]
    except BaseException as failure:
        return [f"crash: {failure!r}"]


def _leave(status: int) -> None:
    os._exit(status)


if __name__ == "__main__":
    found = _problems(Town(Path(sys.argv[1]), bare=True), {"workers": int(sys.argv[2])})
    print("\n".join(found))
    sys.exit(1 if found else 0)
