"""The application does what its own description says, whatever it is asked."""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok

from dragoman.ledger import Ledger
from dragoman.ledger.entries import LETTERS
from dragoman.web import Settings, application
from tests.web.helpers import PAIR, client

#: Questions that schemathesis asks of each address in each round (two rounds in about a minute in all).
ASKED = 8
#: What stands for the parts of an address in the round that finds something.
KNOWN: dict[str, str] = {"a": PAIR[0], "b": PAIR[1]}


@pytest.fixture(scope="module")
def description(demo) -> dict[str, Any]:
    """Return the description as a program gets it."""
    found: dict[str, Any] = client(demo).get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def ids(demo) -> dict[str, list[str]]:
    """Return ids of the demo's entries, one of each kind, and of a document."""
    with Ledger.open(demo, read_only=True) as ledger:
        entries = [found[-1].id for kind in LETTERS if (found := ledger.entries(kind))]  # type: ignore[arg-type]
        return {"entry": entries, "document": [ledger.documents()[0].document]}


def test_every_screen_is_described(description):
    """Each address of the five screens and their JSON is there, with its refusals."""
    for path in ("/", "/changes.json", "/due", "/due.json", "/due.ics", "/measures", "/measures.csv", "/healthz"):
        assert path in description["paths"]
    for path, methods in description["paths"].items():
        for answer in methods.values():
            assert {"404", "422", "503"} <= set(answer["responses"]), path


def test_every_json_answer_has_a_schema(description):
    """No answer in JSON is left undescribed; each definition is a schema itself."""
    bare = [
        path
        for path, methods in description["paths"].items()
        if path.endswith(".json")
        and not methods["get"]["responses"]["200"]["content"]["application/json"].get("schema")
    ]
    for schema in description["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)

    assert bare == []


def test_no_path_of_the_machine_is_told(description):
    """The description is of the application, not of where it runs."""
    assert str(Path.home()) not in json.dumps(description)


def _addresses(description: dict[str, Any], ids: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return each described address in JSON, as its pattern and as it is asked for."""
    found = []
    for path in description["paths"]:
        if not path.endswith(".json"):
            continue
        asked = [path]
        for name in [
            part["name"] for part in description["paths"][path]["get"].get("parameters", ()) if part["in"] == "path"
        ]:
            values = [KNOWN[name]] if name in KNOWN else ids["document" if "document" in path else "entry"]
            asked = [one.replace(f"{{{name}}}", value) for one in asked for value in values]
        found += [(path, one) for one in asked]
    return found


def test_answers_in_json_are_as_described(description, demo, ids):
    """What the demo ledger answers fits the schema of its address, entries of every kind included."""
    asked = client(demo)
    for path, address in _addresses(description, ids):
        words = {"q": "tariff"} if "search" in path else {"as_of": "2020-01-31"}
        told = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for params in (words, {**words, "since": "2018-01-01"}):
            answer = asked.get(address, params=params)
            assert answer.status_code == 200, f"{address}: {answer.text[:200]}"
            jsonschema.Draft202012Validator({**told, "components": description["components"]}).validate(answer.json())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/entry/E-000000000.json", 404),
        ("/document/D-000000000.json", 404),
        ("/relation/nobody-at-all/USA.json", 404),
        ("/nothing.json", 404),
        ("/due.json?as_of=yesterday", 422),
        ("/due.json?track=fishing", 422),
    ],
)
def test_refusals_in_json_say_why(demo, address, status):
    """A refusal is {"error": words}, where JSON was asked for."""
    answer = client(demo).get(address)

    assert answer.status_code == status
    assert list(answer.json()) == ["error"] and answer.json()["error"]


@pytest.fixture(scope="module")
def operations(demo) -> list[Any]:
    """Return what can be asked of the application, as schemathesis reads its description."""
    refused = {"expected-statuses": [400, 403, 404, 405, 414, 422]}
    config = SchemathesisConfig.from_dict({"seed": 1648, "checks": {"negative_data_rejection": refused}})
    found = schemathesis.openapi.from_asgi("/openapi.json", application(Settings(demo, hosts=())), config=config)
    return [one.ok() for one in found.get_all_operations() if isinstance(one, Ok)]


BOUNDED = settings(
    max_examples=ASKED,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_whatever_is_asked_is_answered_as_described(operations, mode, subtests):
    """No fault, and status, media type and body as described, whatever stands in an address or is missing there."""
    for operation in operations:
        if mode is GenerationMode.POSITIVE or operation.definition.raw.get("parameters"):
            with subtests.test(operation.label):
                _try(operation, mode)


def test_whatever_is_asked_of_what_is_there(operations, ids, subtests):
    """The same where the parts of the address name a pair, an entry or a document of the ledger."""
    for operation in operations:
        if "{" in operation.path:
            with subtests.test(operation.label):
                _try(operation, GenerationMode.POSITIVE, ids)


def _try(operation: Any, mode: GenerationMode, ids: dict[str, list[str]] | None = None) -> None:
    """Ask one address many things."""

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        for name in (case.path_parameters or ()) if ids is not None else ():
            known = (ids or {})["document" if "document" in case.path else "entry"][0]
            case.path_parameters[name] = KNOWN.get(name, known)
        case.call_and_validate()

    with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():  # any text may stand there
        ask()
