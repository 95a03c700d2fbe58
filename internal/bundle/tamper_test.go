package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/seal"
)

// unpacked is a bundle in the hands of somebody who changes it.
type unpacked struct {
	t        testing.TB
	files    map[string][]byte
	manifest Manifest
}

const (
	one = "requests/2026-0001/"
	two = "requests/2026-0002/"
)

// both is a bundle of two requests, sealed.
func both(t testing.TB) (raw []byte, held string) {
	c := contents(t)
	other, disk := sample(t, "2026-0002")
	c.Requests = append(c.Requests, other)
	first := c.Open
	c.Open = func(r docket.Request, d docket.Document) (io.ReadCloser, error) {
		if r.ID == "2026-0002" {
			return from(disk)(r, d)
		}
		return first(r, d)
	}
	history := func(_ context.Context, after int, f func(int, docket.Event) error) error {
		for i, e := range slices.Concat(c.Requests[0].Events, other.Events)[after:] {
			if err := f(after+i+1, e); err != nil {
				return err
			}
		}
		return nil
	}
	s, err := seal.Take(t.Context(), history, c.Made)
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := seal.Prove(t.Context(), history, s, "2026-0001", "2026-0002")
	if err != nil {
		t.Fatal(err)
	}
	c.Seal = &Sealed{Seal: s, Proofs: proofs}
	return write(t, c), string(s.Text())
}

func unpack(t testing.TB, raw []byte) *unpacked {
	u := &unpacked{t: t}
	_, u.files = unzipped(t, raw)
	if err := json.Unmarshal(u.files[ManifestName], &u.manifest); err != nil {
		t.Fatal(err)
	}
	delete(u.files, ManifestName)
	return u
}

// settle lets the manifest say what the files are.
func (u *unpacked) settle() {
	for i, f := range u.manifest.Files {
		u.manifest.Files[i].Size, u.manifest.Files[i].SHA256 = int64(len(u.files[f.Path])), hexSum(u.files[f.Path])
	}
}

func (u *unpacked) pack() []byte {
	text, err := json.Marshal(u.manifest)
	if err != nil {
		u.t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put(u.t, z, ManifestName, text)
	for name, content := range u.files {
		put(u.t, z, name, content)
	}
	if err := z.Close(); err != nil {
		u.t.Fatal(err)
	}
	return out.Bytes()
}

func (u *unpacked) replace(path, old, new string) {
	u.t.Helper()
	if !bytes.Contains(u.files[path], []byte(old)) {
		u.t.Fatal("nothing to change in", path)
	}
	u.files[path] = bytes.Replace(u.files[path], []byte(old), []byte(new), 1)
}

// lines changes the events of the first request and makes the chain anew.
func (u *unpacked) lines(change func([]string) []string) {
	all := change(strings.Split(strings.TrimSuffix(string(u.files[one+"events.jsonl"]), "\n"), "\n"))
	prev := ""
	for i, line := range all {
		begin, rest, _ := strings.Cut(line, `"prev":"`)
		_, end, _ := strings.Cut(rest, `"`)
		all[i] = begin + `"prev":"` + prev + `"` + end
		prev = hexSum([]byte(all[i]))
	}
	u.files[one+"events.jsonl"] = []byte(strings.Join(all, "\n") + "\n")
	u.manifest.Requests[0].Count, u.manifest.Requests[0].LastHash = len(all), prev
	u.settle()
}

func (u *unpacked) drop(path string) {
	delete(u.files, path)
	u.manifest.Files = slices.DeleteFunc(u.manifest.Files, func(f File) bool { return f.Path == path })
}

func swap[T any](a, b *T) { *a, *b = *b, *a }

// Each change of a bundle, with the manifest made to fit unless the row is about the
// manifest, is found by foia and by the script that knows nothing of foia.
func TestBundleTampering(t *testing.T) {
	whole, held := both(t)
	letter, answer := one+"files/letter.pdf", one+"files/received/3-answer.pdf"
	for _, row := range []struct {
		name   string
		change func(*unpacked)
		finds  string // by foia
		says   string // by the script
	}{
		{"a document edited", func(u *unpacked) { u.replace(letter, "letter", "Letter") }, "letter.pdf was changed",
			"letter.pdf was changed"},
		{"a document edited, the manifest too", func(u *unpacked) { u.replace(letter, "letter", "Letter"); u.settle() },
			`is not the document "letter.pdf" in the log`, "not those of the log"},
		{"a document cut short", func(u *unpacked) { u.replace(answer, "0001", ""); u.settle() },
			`is not the document "received/3-answer.pdf"`, "not those of the log"},
		{"a document swapped between two requests", func(u *unpacked) {
			u.files[letter], u.files[two+"files/letter.pdf"] = u.files[two+"files/letter.pdf"], u.files[letter]
			u.settle()
		}, `is not the document "letter.pdf"`, "not those of the log"},
		{"a document given to another event", func(u *unpacked) {
			for i := range u.manifest.Files {
				if u.manifest.Files[i].Event == 3 {
					u.manifest.Files[i].Event = 2
				}
			}
		}, "is not the document", "not those of the log"},
		{"a document removed", func(u *unpacked) { u.drop(answer) }, `document "received/3-answer.pdf" is not in the bundle`,
			"not those of the log"},
		{"a document removed, the manifest left", func(u *unpacked) { delete(u.files, answer) }, "is missing", "not those of the manifest"},
		{"a file added, the manifest left", func(u *unpacked) { u.files[one+"files/denial.pdf"] = nil }, "the manifest does not list",
			"not those of the manifest"},
		{"a file added, the manifest too", func(u *unpacked) {
			u.files[one+"files/denial.pdf"] = []byte("%PDF")
			u.manifest.Files = append(u.manifest.Files, File{Path: one + "files/denial.pdf", Request: "2026-0001"})
			u.settle()
		}, "the log has no record of", "stands where it does not belong"},
		{"a document added, the manifest too", func(u *unpacked) {
			u.files[one+"files/denial.pdf"] = []byte("%PDF")
			u.manifest.Files = append(u.manifest.Files, File{Path: one + "files/denial.pdf", Request: "2026-0001", Document: "denial.pdf"})
			u.settle()
		}, "the log has no record of", "not those of the log"},
		{"a second letter", func(u *unpacked) {
			u.files[one+"files/letter~2.pdf"] = []byte("%PDF")
			u.manifest.Files = append(u.manifest.Files,
				File{Path: one + "files/letter~2.pdf", Request: "2026-0001", Document: "letter.pdf"})
			u.settle()
		}, "the log has no record of", "not those of the log"},
		{"a file that would leave the folder", func(u *unpacked) { u.files["../evil"] = nil }, "unsafe name", "not those of the manifest"},
		{"an event edited", func(u *unpacked) { u.replace(one+"events.jsonl", "by", "By"); u.settle() }, "2026-0001", "event"},
		{"the day of an event edited", func(u *unpacked) {
			u.replace(one+"events.jsonl", `"seq":2,"kind":"sent","on":"2026-11-02"`, `"seq":2,"kind":"sent","on":"2026-11-01"`)
			u.settle()
		}, "its link to the event before it is broken (2026-0001, event 3)", "2026-0001 event 3 does not follow"},
		{"an event edited, the chain made anew", func(u *unpacked) {
			u.lines(func(l []string) []string { l[1] = strings.Replace(l[1], "11-02", "11-01", 1); return l })
		}, "it is not in the sealed log", "2026-0001 event 3 is not in the sealed log"},
		{"an event removed", func(u *unpacked) {
			u.lines(func(l []string) []string { return slices.Delete(l, 1, 2) })
		}, "event 3 of \"2026-0001\" is there instead", "2026-0001 event 2 does not follow"},
		{"the last event removed, with its file", func(u *unpacked) {
			u.drop(answer)
			u.lines(func(l []string) []string { return l[:2] })
		}, "there is a proof for it but no event", "2026-0001 event 3 is not in the sealed log"},
		{"two events reordered", func(u *unpacked) {
			u.lines(func(l []string) []string { swap(&l[1], &l[2]); return l })
		}, "is there instead", "does not follow"},
		{"two chains swapped", func(u *unpacked) {
			swap(&u.manifest.Requests[0].Events, &u.manifest.Requests[1].Events)
			swap(&u.manifest.Requests[0].LastHash, &u.manifest.Requests[1].LastHash)
		}, `event 1 of "2026-0002" is there instead`, "2026-0001 event 1 does not follow"},
		{"what was frozen edited", func(u *unpacked) { u.replace(one+"request.json", "Cameras", "Microphones"); u.settle() },
			"the frozen request does not match this event", "request.json is not what event 1 holds"},
		{"what was frozen swapped", func(u *unpacked) {
			swap(&u.manifest.Requests[0].Frozen, &u.manifest.Requests[1].Frozen)
		}, "request.json belongs to 2026-0002", "has another id"},
		{"a key twice, the chain made anew", func(u *unpacked) {
			u.lines(func(l []string) []string {
				l[1] = strings.Replace(l[1], `"on":`, `"on":"2020-01-01","on":`, 1)
				return l
			})
		}, "it is not written the way foia writes it", "has a key twice"},
		{"the number of events edited", func(u *unpacked) { u.manifest.Requests[0].Count++ }, "has 3 events; the manifest says 4",
			"number of events"},
		{"the last hash edited", func(u *unpacked) { u.manifest.Requests[0].LastHash = hexSum(nil) }, "the last event has the hash",
			"does not end with the hash"},
		{"a hash in the manifest edited", func(u *unpacked) { u.manifest.Files[0].SHA256 = hexSum(nil) }, "VERIFYING.md was changed",
			"VERIFYING.md was changed"},
		{"a request listed twice", func(u *unpacked) { u.manifest.Requests = append(u.manifest.Requests, u.manifest.Requests[0]) }, "twice",
			"stands where it does not belong"},
		{"a request left out of the list", func(u *unpacked) { u.manifest.Requests = u.manifest.Requests[:1] }, "the log has no record of",
			"not those of the log"},
		{"the seal edited", func(u *unpacked) { u.replace("seal/seal.txt", "2026-11-02", "2026-11-01"); u.settle() },
			"there is a typo in it", "the seal is not well formed"},
		{"a proof edited", func(u *unpacked) { u.manifest.Seal.Proofs[0].Path[1] = hexSum(nil) }, "it is not in the sealed log",
			"is not in the sealed log"},
		{"a proof given to another event", func(u *unpacked) { u.manifest.Seal.Proofs[0].Event = 2 }, "it is not in the sealed log",
			"is not in the sealed log"},
		{"a proof of another entry", func(u *unpacked) { u.manifest.Seal.Proofs[0].Entry = 2 }, "it is not in the sealed log",
			"is not in the sealed log"},
	} {
		t.Run(row.name, func(t *testing.T) {
			u := unpack(t, whole)
			row.change(u)
			raw := u.pack()
			var found strings.Builder
			for _, f := range check(t, raw).Faults {
				found.WriteString(f.Error() + "\n")
			}
			if !strings.Contains(found.String(), row.finds) {
				t.Errorf("want %q, foia finds:\n%s", row.finds, found.String())
			}
			if said, ok := script(t, raw, held); ok || !strings.Contains(said, row.says) {
				t.Errorf("want %q, the script says:\n%s", row.says, said)
			}
		})
	}
}

// VERIFYING.md says what cannot be found; nobody should be told otherwise.
func TestWhatCannotBeFound(t *testing.T) {
	whole, held := both(t)
	for name, change := range map[string]func(*unpacked){
		"the day of making":  func(u *unpacked) { u.manifest.Made = u.manifest.Made.AddDays(1) },
		"a file beside":      func(u *unpacked) { u.replace("packet.pdf", "packet", "Packet"); u.settle() },
		"the seal taken out": func(u *unpacked) { u.drop(u.manifest.Seal.File); u.manifest.Seal = nil },
		"the last event and its proof": func(u *unpacked) {
			u.drop(one + "files/received/3-answer.pdf")
			u.manifest.Seal.Proofs = u.manifest.Seal.Proofs[1:]
			u.lines(func(l []string) []string { return l[:2] })
		},
	} {
		u := unpack(t, whole)
		change(u)
		raw := u.pack()
		if r := check(t, raw); len(r.Faults) > 0 || r.Digest == check(t, whole).Digest {
			t.Errorf("%s: found after all, or the digest of the manifest is the same: %v", name, r.Faults)
		}
		said, ok := script(t, raw, "")
		if !ok {
			t.Errorf("%s: the script finds it after all: %s", name, said)
		}
		if _, ok := script(t, raw, held); ok == (name == "the seal taken out") {
			t.Errorf("%s, with the held seal: %v", name, ok)
		}
	}
}
