#!/usr/bin/env python3
"""Checks a bundle of foia: verify_bundle.py BUNDLE.zip [SEAL.txt]. VERIFYING.md explains each step."""
import hashlib, json, re, sys, zipfile
SEAL = r"(foia seal 1, [0-9-]{10}, [0-9]+ requests, ([0-9]+) events, root ((?:[0-9a-f]{4} ){15}[0-9a-f]{4})), check ([0-9a-f]{8})\n"
faults, hashes, documents = [], {}, {}  # hashes of events by (request, seq); what the log says of documents by (request, name)

def need(ok, *what):
    if not ok: faults.append(" ".join(map(str, what)))

def once(pairs): return need(len(dict(pairs)) == len(pairs), "a JSON object has a key twice:", [k for k, _ in pairs]) or dict(pairs)
def sha(data): return hashlib.sha256(data).digest()
def parse(data): return json.loads(data, object_pairs_hook=once)

def check_file(bundle, f):
    h, size = hashlib.sha256(), 0
    for chunk in iter(lambda c=bundle.open(f["path"]): c.read(1 << 20), b""): h.update(chunk); size += len(chunk)
    need((size, h.hexdigest()) == (f["size"], f["sha256"]), f["path"], "was changed")

def check_request(bundle, chain):
    frozen, lines, rid, prev = bundle.read(chain["frozen"]), bundle.read(chain["events"]).split(b"\n"), chain["id"], ""
    need(parse(frozen)["id"] == rid and lines.pop() == b"" and len(lines) == chain["count"] > 0, rid, "has another id or number of events than the manifest says")
    for seq, line in enumerate(lines, 1):
        event, data = parse(line), parse(line).get("data", {})
        need((event["request"], event["seq"], event["prev"]) == (rid, seq, prev), rid, "event", seq, "does not follow from the event before it")
        need(seq > 1 or data.get("request_sha256") == sha(frozen).hex(), rid, "request.json is not what event 1 holds")
        hashes[rid, seq], prev = sha(line), sha(line).hex()
        for at, d in [(0, d) for d in parse(frozen)["documents"] or [] if seq == 1] + [(seq, d) for d in parse(data.get("files") or "[]")]:
            documents.setdefault((rid, d["name"]), (at, d["size"], d["sha256"]))
    need(prev == chain["last_hash"], rid, "does not end with the hash that the manifest names")

def check_proof(p, root, size):
    node, at, last = sha(b"\0" + p["entry"].to_bytes(8, "big") + hashes.get((p["request"], p["event"]), b"")), p["entry"] - 1, size - 1
    for step in map(bytes.fromhex, p["path"]):
        left = at % 2 == 0 and at != last
        node = sha(b"\1" + node + step) if left else sha(b"\1" + step + node)
        while not left and at % 2 == 0 and at: at, last = at // 2, last // 2
        at, last = at // 2, last // 2
    need(at == last == 0 and node.hex() == root, p["request"], "event", p["event"], "is not in the sealed log")

def check(bundle, held):
    m, names = parse(bundle.read("manifest.json")), [n for n in bundle.namelist() if not n.endswith("/")]
    need((m["format"], m["version"]) == ("foia-bundle", 1), "this is a bundle of another kind")
    need(sorted(names) == sorted([f["path"] for f in m["files"]] + ["manifest.json"]) and len(set(names)) == len(names), "the files are not those of the manifest")
    for f in m["files"]: check_file(bundle, f)
    for chain in m["requests"]: check_request(bundle, chain)
    listed = [((f["request"], f["document"]), (f.get("event", 0), f["size"], f["sha256"])) for f in m["files"] if "document" in f]
    need(sorted(listed) == sorted(documents.items()), "the documents are not those of the log:", sorted(set(listed) ^ set(documents.items())))
    ours = {c[part] for c in m["requests"] for part in ("frozen", "events")} | {f["path"] for f in m["files"] if "document" in f}
    need({n for n in names if n.startswith("requests/")} == ours and len(ours) == 2 * len(m["requests"]) + len(listed), "a file stands where it does not belong")
    text = bundle.read(m["seal"]["file"]).decode() if "seal" in m else ""
    line = re.fullmatch(SEAL, text)
    need(not text or line and sha(line[1].encode()).hex()[:8] == line[4], "the seal is not well formed")
    need(held is None or held.split() == text.split(), "the bundle does not carry the seal that you hold")
    for p in m["seal"]["proofs"] if line else []: check_proof(p, line[3].replace(" ", ""), int(line[2]))
    proven = {p["request"]: p["event"] for p in m["seal"]["proofs"]} if line else {}
    print(text + "\n".join(f"{c['id']}: {c['count']} events, of which the seal proves {proven.get(c['id'], 0)}" for c in m["requests"]))

try: check(zipfile.ZipFile(sys.argv[1]), open(sys.argv[2]).read() if len(sys.argv) > 2 else None)
except (KeyError, TypeError, ValueError, OSError, AttributeError, OverflowError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zipfile.zlib.error) as e: need(False, "it cannot be read:", repr(e))
sys.exit("\n".join(faults)) if faults else print(f"{len(documents)} documents: all as it was made")
