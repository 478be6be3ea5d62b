"""The command: all targets in turn, one of them, or one input again."""

from __future__ import annotations

import argparse
import base64
import time

from fuzz.running import Failure, fuzz, problem_of
from fuzz.targets import TARGETS


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for and return the exit code: 1 where an input failed."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Give every parser what nobody would write.")
    parser.add_argument("--minutes", type=float, default=10.0, help="for all targets together (10)")
    parser.add_argument("--target", choices=sorted(TARGETS), metavar="NAME", help=f"one of {', '.join(TARGETS)}")
    parser.add_argument("--input", metavar="BASE64", help="run this input alone; needs --target")
    parser.add_argument("--seed", type=int, default=None, help="decides which inputs are drawn (the clock)")
    given = parser.parse_args(arguments)
    if given.input is not None:
        if given.target is None:
            parser.error("--input needs --target")
        return _again(given.target, base64.b64decode(given.input))
    chosen = [TARGETS[given.target]] if given.target else list(TARGETS.values())
    seed = int(time.time()) if given.seed is None else given.seed
    second = given.minutes * 60 / sum(one.share for one in chosen)
    print(f"{len(chosen)} targets, {given.minutes:g} minutes, --seed {seed}", flush=True)
    failures = []
    for one in chosen:
        tried, failure = fuzz(one, second * one.share, seed)
        print(f"{one.name:14} {tried:8,} inputs  {'FAILED' if failure else 'held'}", flush=True)
        failures += [failure] if failure else []
    for failure in failures:
        print(f"\n{failure}")
    return 1 if failures else 0


def _again(name: str, data: bytes) -> int:
    """Run one input."""
    problem = problem_of(TARGETS[name], data)
    print(Failure(name, data, problem) if problem else f"{name} holds.")
    return 1 if problem else 0


if __name__ == "__main__":
    raise SystemExit(main())
