"""Measurements, each a command: `python -m benchmarks.gold` for accuracy, `python -m benchmarks.cold` for start-up."""
