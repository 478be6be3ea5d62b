"""Calendar expressions: where a text says when, and which days that means.

In:     raw English text; for windows the day of publication.
Out:    `find_times` gives `Timex`es with character offsets, `window` their days, `timex_value` their TIMEX3 value;
        `annotate_times` the TIMEX3 marking of the whole text.
Dates:  ISO; windows are inclusive and follow the date table of the ledger's specification.
Data:   ontology/calendar.yaml. Pure Python, no parser.

Never today's date: what depends on a day of publication that is not known has no window.
"""

from dragoman.language.times.find import find_times
from dragoman.language.times.model import Meaning, Timex
from dragoman.language.times.timex3 import Annotation, annotate_times
from dragoman.language.times.value import timex_value
from dragoman.language.times.window import window

__all__ = ["Annotation", "Meaning", "Timex", "annotate_times", "find_times", "timex_value", "window"]
