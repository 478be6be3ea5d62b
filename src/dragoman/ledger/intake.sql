-- The second version of the schema: what was given to the ledger and what became of it, and the sources it watches.

-- Every item that was given, by what it holds. An item is not read again while the reader is the same.
CREATE TABLE arrival (
    item       TEXT PRIMARY KEY,              -- made from its bytes and what was known of them
    place      TEXT NOT NULL,                 -- where it lay when it last came
    outcome    TEXT NOT NULL CHECK (outcome IN ('added', 'duplicate', 'reprint', 'newer version', 'nothing found', 'refused')),
    document   TEXT,                          -- key of the document that holds its text; null when there is none
    of         TEXT,                          -- key of the document it is a duplicate, reprint or newer version of
    words      TEXT,                          -- made from its words alone, without case and punctuation
    address    TEXT,                          -- its address without what does not tell pages apart
    title      TEXT,
    publisher  TEXT,
    published  TEXT,
    dated_by   TEXT,
    language   TEXT,
    note       TEXT,                          -- why it was refused, or what changed
    reader     TEXT NOT NULL,                 -- the reader and its models
    source     TEXT,                          -- name of the watched source it came from
    arrived_at TEXT NOT NULL
) STRICT;
CREATE INDEX arrival_document ON arrival (document);
CREATE INDEX arrival_words ON arrival (words);
CREATE INDEX arrival_address ON arrival (address);
CREATE INDEX arrival_source ON arrival (source, arrived_at);

-- The sources that `dragoman watch` looks at, as they were when they were last looked at.
CREATE TABLE source (
    name       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('feed', 'folder')),
    place      TEXT NOT NULL,                 -- address or path
    state      TEXT NOT NULL,                 -- fresh, valid but empty, unreachable, undated, not looked at yet
    since      TEXT NOT NULL,                 -- moment from which it has been in that state
    looked_at  TEXT,
    next_at    TEXT NOT NULL,
    failures   INTEGER NOT NULL,              -- in a row
    etag       TEXT,
    modified   TEXT,
    newest     TEXT,                          -- latest day of publication among its items
    note       TEXT NOT NULL                  -- what went wrong
) STRICT;
