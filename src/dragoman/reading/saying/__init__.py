"""Saying: the parts from which attributions and statements are made; see `attribution.py` and `statements.py`."""
