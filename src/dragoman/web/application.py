"""The application: screens, static files, errors as pages, and what guards them.

In:     settings.
Out:    a FastAPI application, complete but for the server that runs it.
"""

from __future__ import annotations

import secrets
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman.errors import DragomanError, TooCostly, UsageError
from dragoman.web.books import Shelf
from dragoman.web.described import described
from dragoman.web.kept import Kept
from dragoman.web.pages import page
from dragoman.web.safety import HEADERS, Guard
from dragoman.web.screens import ROUTERS
from dragoman.web.settings import Settings


def application(settings: Settings) -> FastAPI:
    """Return the application; UsageError where there is no such ledger."""
    app = FastAPI(
        title="Dragoman",
        summary="A sourced ledger of relations between states.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.settings, app.state.shelf, app.state.kept = settings, Shelf(settings), Kept()
    app.state.secret = secrets.token_bytes(32)
    for router in ROUTERS:
        app.include_router(router)
    static = files("dragoman.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=Path(str(static))), name="static")
    app.add_exception_handler(DragomanError, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(Guard, settings=settings)
    app.openapi = partial(described, app)  # type: ignore[method-assign]
    return app


def _refused(request: Request, error: Exception) -> Response:
    status = 503 if isinstance(error, TooCostly) else 404 if isinstance(error, UsageError) else 400
    return told(request, status, str(error))


def _misunderstood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = first["loc"][-1] if first["loc"] else "the request"
    return told(request, 422, f"{name} is not understood: {first['msg']}.")


def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    says = "There is no such page. Look at the list of pairs, or search." if error.status_code == 404 else error.detail
    return told(request, error.status_code, str(says), error.headers)


def _failed(request: Request, error: Exception) -> Response:
    return told(request, 500, "A fault of Dragoman's own. The terminal in which it runs says more.", HEADERS)


def told(request: Request, status: int, says: str, headers: Any = None) -> Response:
    """Return an error in words: a page, or JSON where JSON was asked for."""
    says = f"{says[:1].upper()}{says[1:]}"
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": says}, status, headers)
    return HTMLResponse(page("error.html", title="Not possible", says=says, status=status, ask=None), status, headers)
