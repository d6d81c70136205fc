"""Build without MkDocs, from the frame that the last build with MkDocs left: exit status 0, 1, or `NOT_HERE` when MkDocs is needed.

Run by `build.py` inside the environment; gives byte for byte what MkDocs would.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NOT_HERE = 75
"""Nothing was done: the frame is missing or no longer holds (EX_TEMPFAIL)."""


def build(root: Path, moment: str, site: Path, workers: int, strict: bool) -> int:
    """Build the project for a moment into a folder, if its frame holds."""
    from govportal import disk, door
    from govportal.build import Project
    from govportal.engine import engine
    from govportal.registry import find_types
    from govportal.render import Workshop

    cache = root / ".govportal"
    frame = door.kept(cache)
    if frame is None or (strict and not frame.strict):
        return NOT_HERE
    program = [Path(one) for one in frame.program]
    made_by = engine(program)
    try:
        if frame.fingerprint != door.fingerprint(root / "mkdocs.yml", frame.sources, made_by):
            return NOT_HERE
    except OSError:
        return NOT_HERE
    project = Project(
        content=root / frame.content,
        site=site,
        cache=cache,
        moment=moment,
        types=find_types(root / one for one in frame.types),
        base=frame.base,
        root=frame.root,
        workers=workers or disk.cores(),
        switches=frame.switches,
        engine=made_by,
        strict=strict,
        say=lambda line: print(line, file=sys.stderr, flush=True),
    )
    try:
        with door.alone(cache):
            loaded = door.read_and_check(project)
            if loaded.site is None or loaded.site.portal.digest != frame.portal:
                return NOT_HERE
            door.tell(loaded, Path(frame.reports) if frame.reports else None)
            name = loaded.site.portal.settings.name
            workshop = Workshop(frame.templates, frame.shells, name, made_by.encode(), frame.base)
            door.put_in_place(loaded, workshop, dict(frame.structure))
    except door.Stopped as stopped:
        print(*stopped.lines(), sep="\n", file=sys.stderr)
        return 1
    except OSError as failure:
        print(*door.Stopped([disk.explain_os_error(failure)]).lines(), sep="\n", file=sys.stderr)
        return 1
    return 0


def main() -> int:
    """Read what `build.py` asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--site-dir", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--strict", action="store_true")
    chosen = parser.parse_args()
    return build(chosen.root, chosen.as_of, chosen.site_dir.resolve(), chosen.workers, chosen.strict)


if __name__ == "__main__":
    sys.exit(main())
