"""What the application tells programs about itself: its OpenAPI description.

In:     the screens' routes and the classes that they name as their answers (`screen(..., answers=Class)`).
Out:    OpenAPI 3.1 as plain dicts: every address with its parameters, its answers and its refusals.
Never:  describes by hand what a class's fields say; nothing can drift apart.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from dragoman.show.schema import Classes, strict
from dragoman.web.screens import ROUTERS

#: The refusals that any address may answer with, in words of this application.
REFUSED = {
    400: "What was asked cannot be done.",
    404: "The ledger has nothing by this name.",
    422: "A parameter is not understood.",
    503: "The question costs more than a request may.",
}
#: Those that are made before a screen is asked.
GUARDED = {
    401: "A password is needed.",
    413: "Too much was sent.",
    414: "The address is too long.",
    421: "The ledger is not shown under this name of a host.",
}
#: What a page sends for a form that was filled in.
POSTED = {303: "What was asked is done; see there.", 403: "The form is not one of this application, or too old."}


def described(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application; it is made once."""
    if app.openapi_schema is None:
        classes = Classes("#/components/schemas/")
        routes = [_told(route, classes) for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
        made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=routes)
        schemas = {"Error": strict({"error": {"type": "string"}}), **dict(sorted(classes.definitions.items()))}
        made.setdefault("components", {})["schemas"] = schemas
        app.openapi_schema = made
    return app.openapi_schema


def _told(route: APIRoute, classes: Classes) -> APIRoute:
    """Return a copy of a route with all its answers told."""
    found = copy(route)
    refusal: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
    if route.path.endswith(".json"):
        refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    found.responses = {
        **{status: {**told, "content": _content(told, classes)} for status, told in route.responses.items()},
        **{status: {"description": words, "content": refusal} for status, words in REFUSED.items()},
        **{status: {"description": words, "content": {"text/plain": {}}} for status, words in GUARDED.items()},
    }
    if "POST" in (route.methods or ()):
        found.responses |= {status: {"description": words} for status, words in POSTED.items()}
    else:
        found.responses[304] = {"description": "The ledger has not changed since this was asked before."}
    return found


def _content(told: dict[str, Any], classes: Classes) -> dict[str, Any]:
    """Return an answer's media type with the schema of the class that it is made from."""
    return {
        media: {"schema": classes.of(of["x-answers"])} if "x-answers" in of else of
        for media, of in told.get("content", {}).items()
    }
