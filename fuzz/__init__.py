"""Fuzzing: every parser of ours is given what nobody would write, and must answer or refuse.

In:     how many minutes, shared out among the targets (see `targets`).
Out:    nothing where all held; else the input in base64, the target and what went wrong, and exit code 1.

`python -m fuzz --minutes 10` runs all, `--target NAME` one; `--target NAME --input BASE64` runs one input again.
"""
