package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/seal"
	"foia/internal/timestamp"
)

// Proven is a request that a seal is over, up to one of its events.
type Proven struct {
	Request string
	Event   int // it and all before it
	Entry   int // its number in the whole log
}

// Stamp is a time stamp that came with the seal.
type Stamp struct {
	Path string
	timestamp.Stamp
}

// request checks the chain of a request, from what was frozen to the last event.
func (c *checker) request(chain Chain) {
	for _, path := range []string{chain.Frozen, chain.Events} {
		if c.ours[path] {
			c.fault(chain.ID, 0, "the manifest names %s twice", path)
			return // it was read, which takes its time
		}
		c.ours[path] = true
	}
	if c.requests[chain.ID] {
		c.fault(chain.ID, 0, "the manifest lists the request twice")
	}
	c.requests[chain.ID] = true
	frozen, err := c.read(chain.Frozen)
	if err != nil {
		c.fault(chain.ID, 0, "%v", err)
		return
	}
	var r docket.Request
	if err := strict(frozen, &r); err != nil {
		c.fault(chain.ID, 0, "%s cannot be read: %v", chain.Frozen, err)
		return
	}
	if r.ID != chain.ID {
		c.fault(chain.ID, 0, "%s belongs to %s", chain.Frozen, r.ID)
	}
	text, err := c.read(chain.Events)
	if err != nil {
		c.fault(chain.ID, 0, "%v", err)
		return
	}
	count, ended := bytes.Count(text, []byte("\n")), bytes.HasSuffix(text, []byte("\n"))
	if !ended || count != chain.Count {
		c.fault(chain.ID, 0, "%s has %d events; the manifest says %d", chain.Events, count, chain.Count)
	}
	c.attach(chain.ID, 0, r.Documents)
	if last := c.chain(chain.ID, frozen, text); last != chain.LastHash {
		c.fault(chain.ID, 0, "the last event has the hash %s…; the manifest says %s…", short(last), short(chain.LastHash))
	}
}

func (c *checker) chain(id string, frozen, events []byte) (last string) {
	seq := 0
	for line := range bytes.Lines(events) {
		if c.enough() {
			return last
		}
		line, whole := bytes.CutSuffix(line, []byte("\n"))
		if !whole {
			return last // it was counted, and missed
		}
		seq++
		var e docket.Event
		if err := strict(line, &e); err != nil {
			c.fault(id, seq, "it cannot be read: %v", err)
		}
		switch {
		case e.Request != id || e.Seq != seq:
			c.fault(id, seq, "event %d of %q is there instead", e.Seq, e.Request)
		case e.Prev != last:
			c.fault(id, seq, "its link to the event before it is broken")
		case seq == 1 && e.Data[digestKey] != hexSum(frozen):
			c.fault(id, seq, "the frozen request does not match this event")
		}
		last = hexSum(line)
		if _, asked := c.hashes[place{id, seq}]; asked {
			c.hashes[place{id, seq}] = last
		}
		files, err := filesOf(e)
		if err != nil {
			c.fault(id, seq, "%v", err)
		}
		c.attach(id, seq, files)
	}
	return last
}

// strict reads JSON as foia writes it: the same bytes come out again. Text that
// programs could read in different ways is refused with that, such as a key twice.
func strict[T docket.Request | docket.Event](text []byte, to *T) error {
	if err := fewParts(text); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields() // of a newer foia, perhaps: what they say is not known
	if err := d.Decode(to); err != nil {
		return err
	}
	again, err := json.Marshal(to)
	if err == nil && !bytes.Equal(again, text) {
		return &Fault{What: "it is not written the way foia writes it"}
	}
	return err
}

// filesOf are the files that came with an event.
func filesOf(e docket.Event) ([]docket.Document, error) {
	if err := fewParts([]byte(e.Data["files"])); err != nil {
		return nil, err
	}
	return e.Files()
}

// attach notes what the log says of documents. More than a bundle can hold are missing.
func (c *checker) attach(id string, event int, documents []docket.Document) {
	for _, d := range documents {
		if len(c.documents) > mostFiles {
			c.fault(id, event, "document %q is not in the bundle", d.Name)
			return
		}
		if _, before := c.documents[named{id, d.Name}]; !before {
			c.documents[named{id, d.Name}] = File{Size: d.Size, SHA256: d.SHA256, Request: id, Event: event, Document: d.Name}
		}
	}
}

// belong makes sure that the documents of the bundle are those of the log, and that
// no file stands among them that belongs to nothing.
func (c *checker) belong() {
	missing := maps.Clone(c.documents)
	for _, f := range c.report.Manifest.Files {
		is := named{f.Request, f.Document}
		want, known := missing[is]
		path := f.Path
		f.Path = ""
		switch {
		case f.Document == "" && (!strings.HasPrefix(path, requestsDir) || c.ours[path]):
		case !known:
			c.fault(f.Request, f.Event, "the log has no record of %s", path)
		case f != want:
			c.fault(f.Request, want.Event,
				"%s is not the document %q in the log: %d bytes with SHA-256 %s…; the log says %d bytes with %s…",
				path, f.Document, f.Size, short(f.SHA256), want.Size, short(want.SHA256))
		default:
			c.report.Documents++
		}
		delete(missing, is)
	}
	for is, d := range missing {
		c.fault(is.request, d.Event, "document %q is not in the bundle", is.document)
	}
	slices.SortStableFunc(c.report.Faults, func(a, b Fault) int {
		if n := strings.Compare(a.Request, b.Request); n != 0 {
			return n
		}
		return a.Event - b.Event
	})
}

// seal checks the seal, its proofs and its time stamps.
func (c *checker) seal() {
	files := c.report.Manifest.Seal
	if files == nil {
		return
	}
	text, err := c.read(files.File)
	if err != nil {
		c.fault("", 0, "%v", err)
		return
	}
	s, err := seal.Parse(string(text))
	if err == nil && !bytes.Equal(text, s.Text()) {
		err = &Fault{What: "it is not written the way foia writes it"}
	}
	if err != nil {
		c.fault("", 0, "%s: %v", files.File, err)
		return
	}
	for _, p := range files.Proofs {
		hash := c.hashes[place{p.Request, p.Event}]
		if hash == "" {
			c.fault(p.Request, p.Event, "there is a proof for it but no event")
		} else if err := p.Check(s, hash); err != nil {
			c.fault(p.Request, p.Event, "it is not in the sealed log: %v", err)
		} else {
			c.report.Proven = append(c.report.Proven, Proven{p.Request, p.Event, p.Entry})
		}
	}
	c.report.Sealed = &s
	seen := map[string]bool{}
	for _, path := range files.Stamps {
		if seen[path] {
			c.fault("", 0, "the manifest names %s twice", path)
			continue
		}
		seen[path] = true
		c.stamp(path, text)
	}
}

func (c *checker) stamp(path string, sealed []byte) {
	answer, err := c.read(path)
	if err != nil {
		c.fault("", 0, "%v", err)
		return
	}
	stamp, err := timestamp.Check(answer, timestamp.Asked{Digest: sha256.Sum256(sealed)}, c.roots)
	if err != nil {
		c.fault("", 0, "%s: %v", path, err)
		return
	}
	c.report.Stamps = append(c.report.Stamps, Stamp{path, stamp})
}
