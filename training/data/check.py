#!/usr/bin/env python3
"""Validate the training text: python3 check.py [PREFIX]

reports/PREFIX-NNN.txt + .json   short reports with full annotations, as gold/dev (evidence as quotes of the text)
sentences/PREFIX.jsonl           one object a line:
  {"text", "published": "YYYY-MM-DD" or null, "style",
   "events": [{"type", "status", "mode": null or PLOVER mode, "predicate": words that state the act, "source": words, "source_ids": [...],
               "target": words or null, "target_ids": [...], "when_words": words or null, "tracks": [...]}],
   "attribution": [{"source": words or null, "source_id": id or null, "cue": words or null, "content": words, "stance": "assert"|"deny"}],
   "none": null, or why there is no record: "domestic", "hypothetical history", "sport", "business", ...}
All "words" are exact substrings of the text. Prints every problem, then counts per type, status and actor.
"""

import collections
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
TYPES = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
STATUS = ["happened", "planned", "possible", "denied", "ended"]
TRACKS = [
    "trade",
    "investment",
    "critical-minerals",
    "energy",
    "nuclear-energy",
    "technology",
    "defence",
    "security",
    "nuclear-weapons",
    "territory",
    "migration",
    "human-rights",
    "climate",
    "health",
    "aid",
    "sanctions",
    "cyber",
    "space",
    "culture",
    "consular",
    "institutions",
]
FIRM = ["scheduled", "agreed", "intended", "possible"]
KINDS = [
    "tariff",
    "sanction",
    "export-control",
    "import-ban",
    "quota",
    "subsidy",
    "visa-restriction",
    "travel-ban",
    "asset-freeze",
    "arms-embargo",
    "blockade",
    "other",
]
MEASURE = ["proposed", "threatened", "announced", "in-force", "suspended", "lifted"]
problems, count = [], collections.Counter()


def has(text, words, where):
    if words is not None and (not words or words not in text):
        problems.append(f"{where}: not in text: {words!r}")


def one_of(value, allowed, where):
    if value not in allowed:
        problems.append(f"{where}: {value!r}")


def sentences(path):
    seen = set()
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        w = f"{path.name}:{n}"
        try:
            r = json.loads(line)
        except ValueError as e:
            problems.append(f"{w}: {e}")
            continue
        t = r["text"]
        if t in seen:
            problems.append(f"{w}: twice")
        seen.add(t)
        count["sentences"] += 1
        if not r["events"] and not r["attribution"] and not r.get("none"):
            problems.append(f"{w}: no record and no reason")
        for e in r["events"]:
            one_of(e["type"], TYPES, w)
            one_of(e["status"], STATUS, w)
            for k in ("predicate", "source", "target", "when_words"):
                has(t, e.get(k), f"{w} {k}")
            for k in e.get("tracks") or []:
                one_of(k, TRACKS, w)
            if len(set((e.get("source_ids") or []) + (e.get("target_ids") or []))) < 2:
                problems.append(f"{w}: fewer than two actors")
            count["type " + e["type"]] += 1
            count["status " + e["status"]] += 1
            for a in (e.get("source_ids") or []) + (e.get("target_ids") or []):
                count["actor " + a] += 1
        for a in r["attribution"]:
            count["attributions"] += 1
            one_of(a.get("stance"), ("assert", "deny"), w)
            for k in ("source", "cue", "content"):
                has(t, a.get(k), f"{w} {k}")


def report(path):
    t = path.with_suffix(".txt").read_text(encoding="utf-8")
    g = json.loads(path.read_text(encoding="utf-8"))
    count["reports"] += 1
    if not g["document"].get("published"):
        problems.append(f"{path.name}: no date")
    for kind in ("events", "statements", "disputes", "next_steps", "measures", "initiatives"):
        for i, r in enumerate(g.get(kind) or []):
            w = f"{path.name} {kind}[{i}]"
            count["report " + kind] += 1
            for k in ("evidence", "claim", "denial"):
                v = r.get(k)
                if v is None and k == "evidence":
                    problems.append(f"{w}: no evidence")
                for q in [v] if isinstance(v, (str, dict)) else v or []:
                    has(t, q if isinstance(q, str) else q.get("quote"), w)
            if kind in ("events", "next_steps"):
                one_of(r.get("type"), TYPES, w)
                for k in r.get("tracks") or []:
                    one_of(k, TRACKS, w)
            if kind == "events":
                one_of(r.get("status"), STATUS, w)
                count["type " + str(r.get("type"))] += 1
                count["status " + str(r.get("status"))] += 1
                ids = set((r.get("actors") or []) + (r.get("recipients") or []))
                if len(ids) < 2:
                    problems.append(f"{w}: fewer than two actors")
                for a in ids:
                    count["actor " + a] += 1
            if kind == "next_steps":
                one_of(r.get("firmness"), FIRM, w)
            if kind == "measures":
                one_of(r.get("kind"), KINDS, w)
                one_of(r.get("status"), MEASURE, w)
            if kind == "statements":
                one_of(r.get("kind"), ("direct", "indirect", "mixed"), w)
                one_of(r.get("stance"), ("assert", "deny"), w)


def main(prefix=""):
    for p in sorted((HERE / "sentences").glob(f"{prefix}*.jsonl")):
        sentences(p)
    for p in sorted((HERE / "reports").glob(f"{prefix}*.json")):
        report(p)
    for line in problems:
        print(line)
    actors = {k: v for k, v in count.items() if k.startswith("actor ")}
    for k in sorted(k for k in count if k not in actors):
        print(f"{k:24}{count[k]:6}")
    print(
        f"{len(actors)} actors; most frequent:",
        ", ".join(f"{k[6:]} {v}" for k, v in sorted(actors.items(), key=lambda x: -x[1])[:12]),
    )
    print(len(problems), "problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
