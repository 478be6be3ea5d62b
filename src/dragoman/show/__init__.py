"""How readings and answers of the ledger are shown: text for the terminal, pages for the browser, schemas for programs.

In:     a `Reading` from domain.py, or what a view in views/ returned.
Out:    text, HTML, Markdown, SVG or JSON Schema; `terminal` and `page` show a reading, `answers` any
        view, `brief` a brief.
Never:  adds a fact; whatever is shown is a record, a count of records, or a quote of a document.
"""
