"""`python -m benchmarks eval` or `bench`: every module of that kind, one after the other, each in its own process."""

from __future__ import annotations

import subprocess
import sys
import time

KINDS = {
    "eval": ("eval", "journeys"),
    "bench": ("policy", "turns", "console"),
}


def main() -> int:
    if sys.argv[1:2] not in ([kind] for kind in KINDS):
        print(f"usage: python -m benchmarks {'|'.join(KINDS)}", file=sys.stderr)
        return 2
    failed = [name for name in KINDS[sys.argv[1]] if not _ran(name)]
    if failed:
        print(f"\nFailed, or missed a target: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _ran(name: str) -> bool:
    print(f"\n== {name} ==", flush=True)
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
    print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
