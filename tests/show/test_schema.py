"""The JSON Schema: what a reading gives is valid, and what departs from the ledger is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import jsonschema  # type: ignore[import-untyped]
import pytest

from dragoman.ledger.entries import EventEntry
from dragoman.show.schema import Classes, schema


@pytest.fixture(scope="module")
def validator():
    """Return a validator for the schema, checked itself."""
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("name", ["rich", "empty", "hostile"])
def test_readings_are_valid(validator, name, explain, request):
    """Every reading passes, with and without reasons, also after a trip through JSON text."""
    reading = request.getfixturevalue(name).to_dict(explain=explain)
    validator.validate(json.loads(json.dumps(reading)))


WRONG = [
    (("events", 0, "type"), "CHAT"),
    (("events", 0, "status"), "done"),
    (("events", 0, "tracks"), ["fishing"]),
    (("events", 0, "evidence"), []),
    (("events", 0, "evidence", 0, "start"), -1),
    (("events", 0, "evidence", 0, "quote"), ""),
    (("events", 0, "actors"), "PRT"),
    (("events", 0, "when", "start"), "14 May 2024"),
    (("events", 0, "when", "start"), "2024-05"),
    (("events", 0, "participants", 0, "name"), None),
    (("statements", 0, "kind"), "spoken"),
    (("statements", 0, "channel"), "radio"),
    (("disputes", 0, "claimant"), "CAN"),
    (("next_steps", 0, "due"), None),
    (("next_steps", 0, "firmness"), "certain"),
    (("measures", 0, "rate"), 32.5),
    (("measures", 0, "kind"), "duty"),
    (("initiatives", 0, "name"), ""),
    (("document", "published"), "yesterday"),
    (("document", "tracks"), [1]),
    (("explain", "events", 0, "score"), 1.5),
    (("surprise",), 1),
    (("events", 0, "because"), {}),
    (("document", "paragraphs"), []),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda part: json.dumps(part))
def test_wrong_values_are_refused(validator, rich, path, value):
    """Unknown words, missing evidence, loose dates and further keys do not pass."""
    reading = copy.deepcopy(rich.to_dict(explain=True))
    *parents, last = path
    place = reading
    for step in parents:
        place = place[step]
    place[last] = value
    assert not validator.is_valid(reading)


@pytest.mark.parametrize("kind", ["document", "events", "measures", "actors", "reader", "warnings"])
def test_missing_keys_are_refused(validator, rich, kind):
    """A reading always has all its parts."""
    reading = rich.to_dict()
    del reading[kind]
    assert not validator.is_valid(reading)


def test_every_object_is_strict():
    """Wherever the schema describes an object, it names every key and requires it."""

    def objects(value):
        if isinstance(value, dict):
            if value.get("type") == "object":
                yield value
            for inner in value.values():
                yield from objects(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from objects(inner)

    found = list(objects(schema()))
    assert len(found) > 10
    for described in found:
        assert described["additionalProperties"] is False
        assert set(described["properties"]) - {"explain"} == set(described["required"])


@dataclass
class Quote:
    """A class of the same name as one of the ledger's."""

    text: str


@pytest.mark.parametrize(
    ("hint", "value", "wrong"),
    [
        (timedelta, 30, "30 days"),
        (bool, True, 1),
        (tuple[str, str], ["CHN", "USA"], ["CHN"]),
        (tuple[str, ...] | None, None, "CHN"),
        (frozenset[int], [1, 2], ["1"]),
        (Mapping[str, int], {"a": 1}, {"a": "1"}),
        (Quote, {"text": "x"}, {"text": "x", "start": 1}),
    ],
    ids=str,
)
def test_types_of_views_are_described_as_they_become_json(hint, value, wrong):
    """Days, pairs, sets and mappings stand as `to_dict` gives them."""
    classes = Classes("#/$defs/")
    found = jsonschema.Draft202012Validator({**classes.of(hint), "$defs": classes.definitions})

    assert found.is_valid(value)
    assert not found.is_valid(wrong)


def test_an_entry_is_described_with_quotes_in_place_of_items():
    """As `Entry.to_dict` gives it; a class that holds others brings them along."""
    classes = Classes("#/$defs/")
    classes.of(EventEntry)
    found = classes.definitions["EventEntry"]["properties"]

    assert "items" not in found
    assert found["quotes"] == {"type": "array", "items": {"$ref": "#/$defs/Quote"}}
    assert "Source" in classes.definitions


def test_two_classes_of_one_name_stay_two():
    """The second is called after its module too."""
    classes = Classes("#/$defs/")

    assert classes.of(EventEntry) and classes.of(Quote) == {"$ref": f"#/$defs/{__name__}.Quote"}
    assert list(classes.definitions[f"{__name__}.Quote"]["properties"]) == ["text"]


def test_what_cannot_be_described_is_a_fault_of_ours():
    """A type without words for it is not passed over."""
    with pytest.raises(TypeError, match="no words for"):
        Classes("#/$defs/").of(complex)
