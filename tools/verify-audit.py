#!/usr/bin/env python3
"""Verifies the audit log with nothing but Python's standard library.

A second implementation of docs/audit-log.md, written against the text and not against the Java code.

usage: verify-audit.py ENTRIES.jsonl [ANCHOR...]
ENTRIES.jsonl has one entry a line: the query in docs/audit-log.md makes it, and so does `./onsale verify-audit --export`.
ANCHOR is a file with anchors, one a line. -: standard input. Prints each chain; exit code 1 if an entry is wrong.
"""
import hashlib
import json
import sys

FIELDS = ["chain", "seq", "at", "actor", "roles", "action", "subject_kind", "subject_id", "event_id", "reason_digest", "details",
          "act_key", "prev_hash"]


def lines(path):
    file = sys.stdin if path == "-" else open(path, encoding="utf-8")
    with file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def digest(entry):
    total = hashlib.sha256()
    for value in ["onsale-audit-1"] + [str(entry[name]) for name in FIELDS]:
        utf8 = value.encode("utf-8")
        total.update(len(utf8).to_bytes(4, "big") + utf8)
    return total.hexdigest()


def reason_digest(entry):
    return hashlib.sha256(bytes.fromhex(entry["salt"]) + entry["reason"].encode("utf-8")).hexdigest()


def fault(entry, seq, previous, anchored):
    if entry["seq"] != seq:
        return "is missing: the next that is there is %d" % entry["seq"]
    if entry["prev_hash"] != previous:
        return "does not follow the entry before it"
    if digest(entry) != entry["hash"]:
        return "is not what was written"
    if entry.get("reason") is not None and reason_digest(entry) != entry["reason_digest"]:
        return "has another reason than was given"
    if any(hash_ != entry["hash"] for hash_ in anchored.get(seq, ())):
        return "is not the one that an anchor saw"
    return None


def verify(entries, anchored):
    seq, previous = 0, "0" * 64
    for entry in entries:
        wrong = fault(entry, seq + 1, previous, anchored)
        if wrong:
            return seq, previous, "entry %d %s" % (seq + 1, wrong)
        seq, previous = entry["seq"], entry["hash"]
    if any(end > seq for end in anchored):
        return seq, previous, "entry %d is missing: an anchor saw the chain end at %d" % (seq + 1, max(anchored))
    return seq, previous, None


def main(path, *anchors):
    chains, anchored, bad = {}, {}, False
    for entry in lines(path):
        chains.setdefault(entry["chain"], []).append(entry)
    for file in anchors:
        for anchor in lines(file):
            for head in anchor["heads"]:
                anchored.setdefault(head["chain"], {}).setdefault(head["seq"], set()).add(head["hash"])
    for chain in sorted(set(chains) | set(anchored)):
        seq, hash_, wrong = verify(chains.get(chain, []), anchored.get(chain, {}))
        print("WRONG: %s %s" % (chain, wrong) if wrong else "%s %d entries %s" % (chain, seq, hash_))
        bad = bad or wrong is not None
    if not chains:
        sys.exit("no entries")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
