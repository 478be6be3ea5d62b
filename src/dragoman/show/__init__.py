"""How readings are shown: a readout for the terminal, a page for the browser, a schema for programs.

In:     a `Reading` from domain.py.
Out:    text, HTML or JSON Schema; each output has a module with a `render`, `gist` or `schema` function.
Never:  adds a fact; whatever is shown is a record or a quote of the document.
"""
