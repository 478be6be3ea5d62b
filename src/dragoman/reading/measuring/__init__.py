"""Measuring: how the instruments of a text are found, whose they are, how far they have come, and which are one."""
