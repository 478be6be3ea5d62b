-- The ledger: one SQLite file in WAL mode. Readable while one process writes; a document goes in whole or not at all.
--
-- What was read is never overwritten: a document keeps its text, a newer reader adds a reading, a person's correction
-- and every judgement "same" or "different" is a row that can be withdrawn. What the ledger shows is made from these
-- rows: `entry` on a record, `decision` and `origin` are kept for speed alone and can be made again at any time.
--
-- Days are ISO 8601 text (YYYY-MM-DD), moments UTC with a Z. Numbers in `id` columns are of no meaning outside this
-- file and depend on the order in which things were added; the `key` columns are made from content and do not.

CREATE TABLE document (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,          -- "D-…", from text, title, publisher, day and address
    text       TEXT NOT NULL,
    title      TEXT,
    publisher  TEXT,
    published  TEXT,                          -- day of publication, null when unknown
    dated_by   TEXT,                          -- given, metadata, feed, url, dateline or file-name
    url        TEXT,
    layout     TEXT NOT NULL,                 -- JSON: headline, dateline, paragraphs, warnings
    known_on   TEXT NOT NULL,                 -- day of publication, else the day it was added; "as of" looks at this
    added_at   TEXT NOT NULL,
    sketch     BLOB NOT NULL,                 -- MinHash of its word runs
    origin     TEXT NOT NULL                  -- key of the earliest document among its reprints
) STRICT;
CREATE INDEX document_known ON document (known_on);
CREATE INDEX document_origin ON document (origin);

-- Pieces of the sketch; two documents that share one are compared.
CREATE TABLE band (
    band     INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document,
    PRIMARY KEY (band, document)
) STRICT, WITHOUT ROWID;

-- Pairs of documents judged to be reprints of one text, with the share of word runs they have in common.
CREATE TABLE reprint (
    left     INTEGER NOT NULL REFERENCES document,
    right    INTEGER NOT NULL REFERENCES document,
    share    REAL NOT NULL,
    PRIMARY KEY (left, right)
) STRICT, WITHOUT ROWID;
CREATE INDEX reprint_right ON reprint (right);

CREATE TABLE reading (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    reader   TEXT NOT NULL,                   -- version of the reader
    models   TEXT NOT NULL,                   -- JSON list, name==version
    made_at  TEXT NOT NULL,
    current  INTEGER NOT NULL                 -- 1 for the reading in use; older ones stay
) STRICT;
CREATE INDEX reading_document ON reading (document, current);

CREATE TABLE record (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL,                  -- "E-…", "N-…": from the document, the kind, the type and the words
    reading   INTEGER NOT NULL REFERENCES reading,
    document  INTEGER NOT NULL REFERENCES document,
    kind      TEXT NOT NULL,                  -- events, statements, disputes, next_steps, measures, initiatives
    body      TEXT NOT NULL,                  -- JSON as the reader gave it
    corrected TEXT,                           -- JSON with a person's corrections applied, null without any
    fields    TEXT NOT NULL DEFAULT '',       -- names of the corrected fields, blank between
    wrong     INTEGER NOT NULL DEFAULT 0,     -- 1 where a person called it wrong: kept, not shown
    current   INTEGER NOT NULL,               -- 1 where its reading is in use
    entry     TEXT,                           -- key of the entry it belongs to; null when wrong or not current
    -- What queries look at, from `corrected` or `body`:
    type      TEXT,
    status    TEXT,
    first_day TEXT,                           -- first and last day of its window (event, due, effect), null when open
    last_day  TEXT,
    day       TEXT NOT NULL,                  -- the day it is listed under
    known_on  TEXT NOT NULL,
    terms     TEXT NOT NULL,                  -- words and figures of its sentences, blank between
    name      TEXT                            -- initiative: its name without case; statement: its speaker
                                              -- and words; event: joined or left, where its words say so
) STRICT;
CREATE INDEX record_key ON record (key);
CREATE INDEX record_reading ON record (reading);
CREATE INDEX record_document ON record (document);
CREATE INDEX record_entry ON record (entry);
CREATE INDEX record_kind_day ON record (kind, day) WHERE current;
CREATE INDEX record_kind_known ON record (kind, known_on) WHERE current;
CREATE INDEX record_denied ON record (entry) WHERE kind = 'events' AND status = 'denied' AND current;
CREATE INDEX record_name ON record (kind, name) WHERE current;

-- The pairs of actors that a current record is about, "IND|USA" with the lesser code first.
CREATE TABLE pair (
    pair     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    record   INTEGER NOT NULL REFERENCES record,
    known_on TEXT NOT NULL,
    PRIMARY KEY (pair, kind, day, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_known ON pair (pair, kind, known_on);
CREATE INDEX pair_record ON pair (record);

-- Persons named in current records, with office and affiliation as the document has them.
CREATE TABLE person (
    name        TEXT NOT NULL,
    role        TEXT,
    affiliation TEXT,
    plain       TEXT NOT NULL,                -- the name without case and accents
    part        TEXT NOT NULL,                -- participant, speaker, said_by, claimant, denier
    record      INTEGER NOT NULL REFERENCES record
) STRICT;
CREATE INDEX person_plain ON person (plain);
CREATE INDEX person_affiliation ON person (affiliation, part);
CREATE INDEX person_record ON person (record);

-- A person's corrections. They name the words they are about, and so find the record again in a newer reading.
CREATE TABLE correction (
    id           INTEGER PRIMARY KEY,
    item         TEXT NOT NULL,               -- key of the record when it was corrected
    document     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    start        INTEGER NOT NULL,            -- the words: text[start:end]
    "end"        INTEGER NOT NULL,
    field        TEXT NOT NULL,               -- a field of the record, "wrong", "same", "different" or "accepted"
    value        TEXT NOT NULL,               -- JSON
    author       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX correction_document ON correction (document);

-- "Same" and "different", of rules and of persons. Records are named by key, so that a judgement outlives a reading.
CREATE TABLE judgement (
    id           INTEGER PRIMARY KEY,
    left         TEXT NOT NULL,
    right        TEXT NOT NULL,
    verdict      TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    reason       TEXT NOT NULL,
    score        REAL NOT NULL,
    author       TEXT NOT NULL,               -- "rule" or the person's name
    correction   INTEGER REFERENCES correction,  -- the person's correction it belongs to
    made_at      TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX judgement_left ON judgement (left);
CREATE INDEX judgement_right ON judgement (right);

-- Which record bears on which entry: it meets a next step, or tells that it was missed or overtaken; or it says
-- something of a disputed claim.
CREATE TABLE bearing (
    entry    TEXT NOT NULL,
    record   INTEGER NOT NULL REFERENCES record,
    what     TEXT NOT NULL CHECK (what IN ('met', 'missed', 'overtaken', 'said')),
    PRIMARY KEY (entry, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX bearing_record ON bearing (record);

-- The log: what was done to the ledger and when.
CREATE TABLE revision (
    id       INTEGER PRIMARY KEY,
    made_at  TEXT NOT NULL,
    what     TEXT NOT NULL,                   -- added, reread, corrected, undone
    about    TEXT NOT NULL,                   -- key of the document or record
    detail   TEXT NOT NULL
) STRICT;

-- Full text over documents and over the words that records rest on.
CREATE VIRTUAL TABLE document_words USING fts5 (title, text, content='document', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER document_words_add AFTER INSERT ON document BEGIN
    INSERT INTO document_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE VIRTUAL TABLE record_words USING fts5 (words, tokenize="unicode61 remove_diacritics 2");
