package packet

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/bundle"
	"foia/internal/bundle/bundletest"
	"foia/internal/docket"
	"foia/internal/evidence"
)

// checkBundle makes sure that the ZIP is one that holds for foia and for the script.
func checkBundle(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if said, ok := bundletest.Script(t, raw, ""); !ok {
		t.Error(said)
	}
	report, err := bundle.Check(bytes.NewReader(raw), int64(len(raw)), nil)
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("%v, %v", report, err)
	}
	if other, err := evidence.OtherCopies(bytes.NewReader(raw), int64(len(raw)), report.Manifest); err != nil || len(other) > 0 {
		t.Errorf("texts of mail that differ: %v, %v", other, err)
	}
	return raw
}

// The ZIP has each message byte for byte, and a text of it that anybody can read; a change of either is found.
func TestMailInZip(t *testing.T) {
	s := newScene(t)
	inner := mixed("The fee is $120.", file("fees.pdf", "application/pdf", paged("Fees", 1, 100)))
	kept := mixed("For you.", message(inner))
	s.record(docket.FileAdded, "2025-06-02", nil, "m.eml", kept, "plain.txt", []byte("no mail"))
	made := s.make(s.packet())
	raw := checkBundle(t, made.Zip)
	files := unzipped(t, raw)
	text := string(files["mail/2025-0001/event-002-1.txt"])
	for _, want := range []string{"message received/002-m.eml of request 2025-0001", made.Exhibits[2].SHA256,
		"From:     ICE FOIA <foia@ice.example.gov>", "The attached message message.eml (part 2)", "The fee is $120.", "fees.pdf (part 2;"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q", text, want)
		}
	}
	if name := "requests/2025-0001/files/received/002-m.eml"; !bytes.Equal(files[name], kept) {
		t.Error("the message is not there byte for byte")
	}
	for _, what := range []string{"For you.", "The fee is $120."} {
		if n := bytes.Count(raw, []byte(what)); n != 2 {
			t.Fatalf("%q stands %d times in the ZIP", what, n) // in the message and in its text
		}
		first := bytes.Index(raw, []byte(what))
		for _, at := range []int{first, first + 1 + bytes.Index(raw[first+1:], []byte(what))} {
			changed := repacked(t, raw, at)
			if said, ok := bundletest.Script(t, changed, ""); ok || !strings.Contains(said, "was changed") {
				t.Errorf("%q at %d was changed: %s", what, at, said)
			}
			report, err := bundle.Check(bytes.NewReader(changed), int64(len(changed)), nil)
			if err == nil && len(report.Faults) == 0 {
				t.Errorf("%q at %d was changed, and foia does not say so", what, at)
			}
		}
	}
}

// A text of a message that somebody wrote anew, with a manifest that fits it, is told apart from what is read in
// the message; so is one that belongs to no message.
func TestOtherTextOfMail(t *testing.T) {
	s := newScene(t)
	s.record(docket.FileAdded, "2025-06-02", nil, "a.txt", []byte("no mail"), "m.eml", mixed("The fee is $120."), "n.eml", mixed("Second."))
	s.record(docket.FileAdded, "2025-06-03", nil, "o.eml", mixed("Third."))
	raw := checkBundle(t, s.make(s.packet()).Zip)
	for name, c := range map[string]struct{ path, text, want string }{
		"another text":     {"mail/2025-0001/event-002-1.txt", "The fee is $0.", "mail/2025-0001/event-002-1.txt"},
		"of the second":    {"mail/2025-0001/event-002-2.txt", "", "mail/2025-0001/event-002-2.txt"},
		"of another event": {"mail/2025-0001/event-003-1.txt", "x", "mail/2025-0001/event-003-1.txt"},
		"of no message":    {"mail/2025-0001/event-009-1.txt", "x", "mail/2025-0001/event-009-1.txt"},
	} {
		changed := rewritten(t, raw, c.path, c.text)
		if said, ok := bundletest.Script(t, changed, ""); !ok {
			t.Errorf("%s: %s", name, said) // the chain does not hold these texts
		}
		report, err := bundle.Check(bytes.NewReader(changed), int64(len(changed)), nil)
		if err != nil || len(report.Faults) > 0 {
			t.Fatalf("%s: %v, %v", name, report.Faults, err)
		}
		other, err := evidence.OtherCopies(bytes.NewReader(changed), int64(len(changed)), report.Manifest)
		if err != nil || strings.Join(other, "|") != c.want {
			t.Errorf("%s: %v, %v", name, other, err)
		}
	}
}

// rewritten is a bundle with another text, and a manifest that fits.
func rewritten(t *testing.T, raw []byte, path, text string) []byte {
	t.Helper()
	files := unzipped(t, raw)
	var m bundle.Manifest
	if err := json.Unmarshal(files[bundle.ManifestName], &m); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(text))
	entry := bundle.File{Path: path, Size: int64(len(text)), SHA256: hex.EncodeToString(sum[:])}
	if i := slices.IndexFunc(m.Files, func(f bundle.File) bool { return f.Path == path }); i >= 0 {
		m.Files[i] = entry
	} else {
		m.Files = append(m.Files, entry)
	}
	files[path] = []byte(text)
	var err error
	if files[bundle.ManifestName], err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unzipped(t *testing.T, raw []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// repacked is a ZIP in which one byte of a file is another one, and the sums of the ZIP are right.
func repacked(t *testing.T, raw []byte, at int) []byte {
	t.Helper()
	changed := bytes.Clone(raw)
	changed[at] ^= 1
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	old, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old.File {
		offset, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(changed[offset : offset+int64(f.UncompressedSize64)]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
