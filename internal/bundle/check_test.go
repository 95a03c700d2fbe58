package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	verifying "foia"

	"foia/internal/bundle/bundletest"
	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/seal"
	"foia/internal/timestamp"
	"foia/internal/timestamp/authority"
)

// sealed is a bundle of one of two requests, with a seal over both.
func sealed(t testing.TB) Contents {
	t.Helper()
	c := contents(t)
	other, _ := sample(t, "2026-0002")
	var log []docket.Event
	for i := range other.Events {
		log = append(log, c.Requests[0].Events[i], other.Events[i])
	}
	history := func(_ context.Context, after int, f func(int, docket.Event) error) error {
		for i := after; i < len(log); i++ {
			if err := f(i+1, log[i]); err != nil {
				return err
			}
		}
		return nil
	}
	s, err := seal.Take(t.Context(), history, c.Made)
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := seal.Prove(t.Context(), history, s, "2026-0001")
	if err != nil {
		t.Fatal(err)
	}
	c.Seal = &Sealed{Seal: s, Proofs: proofs}
	return c
}

func check(t testing.TB, raw []byte) Report {
	t.Helper()
	r, err := Check(bytes.NewReader(raw), int64(len(raw)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// script asks the one that knows nothing of foia.
func script(t testing.TB, raw []byte, seal string) (said string, ok bool) {
	t.Helper()
	return bundletest.Script(t, raw, seal)
}

func TestScriptIsShort(t *testing.T) {
	if n := bytes.Count(verifying.Script, []byte("\n")); n > 60 {
		t.Errorf("the script has %d lines", n)
	}
	if strings.Contains(string(verifying.Script), "import foia") {
		t.Error("the script must stand alone")
	}
}

func TestWholeBundle(t *testing.T) {
	for name, c := range map[string]Contents{"without a seal": contents(t), "with a seal": sealed(t)} {
		raw := write(t, c)
		r := check(t, raw)
		if len(r.Faults) > 0 || r.Documents != 3 || len(r.Digest) != 64 {
			t.Errorf("%s: %+v", name, r)
		}
		held := ""
		if c.Seal != nil {
			held = string(c.Seal.Seal.Text())
			if len(r.Proven) != 1 || r.Proven[0] != (Proven{"2026-0001", 3, 5}) || *r.Sealed != c.Seal.Seal {
				t.Errorf("%+v", r.Proven)
			}
		}
		said, ok := bundletest.Program(t, raw, held)
		if !ok || !strings.Contains(said, "3 documents: all as it was made") || c.Seal != nil &&
			!strings.Contains(said, "3 events, of which the seal proves 3") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// The time stamp of a bundle is found by foia, and by OpenSSL as VERIFYING.md has it.
func TestStampedBundle(t *testing.T) {
	a := authority.New(t, "sha256")
	c := sealed(t)
	stampOf := func(text []byte) []byte {
		request, err := timestamp.Request(sha256.Sum256(text), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := a.Answer(request)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	c.Seal.Answers = [][]byte{stampOf(c.Seal.Seal.Text())}
	raw := write(t, c)
	if r := check(t, raw); len(r.Faults) > 0 || len(r.Stamps) != 1 || r.Stamps[0].Signer != "CN=Authority of the test" ||
		r.Stamps[0].Untraced == nil {
		t.Errorf("%+v", r)
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.Root)
	if r, err := Check(bytes.NewReader(raw), int64(len(raw)), roots); err != nil || r.Stamps[0].Untraced != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if said, ok := script(t, raw, ""); !ok {
		t.Error(said)
	}
	_, files := unzipped(t, raw)
	dir := t.TempDir()
	for _, name := range []string{"seal.txt", "time-stamp-1.tsr"} {
		if err := os.WriteFile(filepath.Join(dir, name), files["seal/"+name], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Verify(filepath.Join(dir, "seal.txt"), filepath.Join(dir, "time-stamp-1.tsr")); err != nil {
		t.Error(err)
	}
	c.Seal.Answers = append(c.Seal.Answers, stampOf([]byte("another")))
	if r := check(t, write(t, c)); len(r.Faults) != 1 ||
		!strings.Contains(r.Faults[0].What, "seal/time-stamp-2.tsr: it covers something else") {
		t.Errorf("%+v", r.Faults)
	}
}

// A bundle that somebody unpacked and packed again, compressed and with folders, is the same.
func TestPackedAgain(t *testing.T) {
	names, files := unzipped(t, write(t, sealed(t)))
	slices.Reverse(names)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	if _, err := z.Create("requests/"); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		put(t, z, name, files[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if r := check(t, out.Bytes()); len(r.Faults) > 0 {
		t.Error(r.Faults)
	}
	if said, ok := script(t, out.Bytes(), ""); !ok {
		t.Error(said)
	}
}

func put(t testing.TB, z *zip.Writer, name string, content []byte) {
	t.Helper()
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Bombs and other files that are no bundle are refused before they are unpacked.
func TestRefusedZips(t *testing.T) {
	zipOf := func(files map[string][]byte) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for name, content := range files {
			put(t, z, name, content)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	bomb := make([]byte, 20<<20)
	for _, row := range []struct {
		raw  []byte
		want string
	}{
		{nil, "zip: not a valid zip file"},
		{[]byte("%PDF-1.7"), "zip: not a valid zip file"},
		{zipOf(nil), "manifest.json is missing"},
		{zipOf(map[string][]byte{ManifestName: []byte("{")}), "its manifest cannot be read"},
		{zipOf(map[string][]byte{ManifestName: []byte("{}")}), `its format is ""`},
		{zipOf(map[string][]byte{ManifestName: []byte(`{"format":"foia-bundle","version":2}`)}), "this foia reads"},
		{zipOf(map[string][]byte{ManifestName: bomb}), "more than 200 times its size"},
	} {
		_, err := Check(bytes.NewReader(row.raw), int64(len(row.raw)), nil)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("want %q, got %v", row.want, err)
		}
		if row.raw != nil && len(row.raw) < 1<<20 {
			if said, ok := script(t, row.raw, ""); ok {
				t.Error("the script passes it:", said)
			}
		}
	}
	// A bomb among the documents is named, and the rest is checked.
	m := []byte(`{"format":"foia-bundle","version":1,"files":[{"path":"x","size":` + fmt.Sprint(len(bomb)) + `,"sha256":"` + hexSum(bomb) +
		`"}]}`)
	r := check(t, zipOf(map[string][]byte{ManifestName: m, "x": bomb}))
	if len(r.Faults) != 1 || !strings.Contains(r.Faults[0].What, "x would unpack to more than 200 times its size") {
		t.Error(r.Faults)
	}
	overlap := zipOf(map[string][]byte{"a": make([]byte, 100)})
	at := bytes.LastIndex(overlap, []byte("PK\x01\x02"))
	copy(overlap[at+20:], []byte{0xff, 0xff, 0xff, 0x00}) // packed size in the list of files
	if _, err := Check(bytes.NewReader(overlap), int64(len(overlap)), nil); err == nil || !strings.Contains(err.Error(), "overlap") {
		t.Error(err)
	}
}

// BenchmarkWrite copies forty documents of a megabyte.
func BenchmarkWrite(b *testing.B) {
	r, disk := sample(b, "2026-0001")
	frozen := r.Frozen
	for n := range 40 {
		name := fmt.Sprintf("received/%d.pdf", n)
		disk[name] = bytes.Repeat([]byte{byte(n)}, 1<<20)
		frozen.Documents = append(frozen.Documents, docket.Document{Name: name, SHA256: hexSum(disk[name]), Size: 1 << 20})
	}
	c := Contents{Made: frozen.Created, Requests: []Request{chained(b, frozen, docket.Event{Kind: "drafted"})}, Open: from(disk)}
	b.SetBytes(40 << 20)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, c); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add(zipped(f, few(f)))
	f.Add(write(f, sealed(f)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := Check(bytes.NewReader(raw), int64(len(raw)), nil)
		if err == nil && len(r.Faults) == 0 && r.Documents > 0 {
			if _, err := json.Marshal(r.Manifest); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// few are the files of a sealed bundle without those that say how bundles are checked: a
// fuzzer tries several times as many.
func few(f *testing.F) map[string][]byte {
	f.Helper()
	_, files := unzipped(f, write(f, sealed(f)))
	var m Manifest
	if err := json.Unmarshal(files[ManifestName], &m); err != nil {
		f.Fatal(err)
	}
	m.Files = slices.DeleteFunc(m.Files, func(file File) bool {
		drop := file.Request == "" && file.Path != m.Seal.File
		if drop {
			delete(files, file.Path)
		}
		return drop
	})
	var err error
	if files[ManifestName], err = json.Marshal(m); err != nil {
		f.Fatal(err)
	}
	if r, err := Check(bytes.NewReader(zipped(f, files)), int64(len(zipped(f, files))), nil); err != nil || len(r.Faults) > 0 ||
		r.Documents == 0 {
		f.Fatal(err, r.Faults)
	}
	return files
}

// zipped puts files into a ZIP as foia does, without packing them: that takes a fuzzer's time.
func zipped(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(files[name])
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

// FuzzRewritten changes the texts of a bundle and keeps the ZIP sound, so that the
// fuzzer gets past its checksums.
func FuzzRewritten(f *testing.F) {
	longtest.LargeInputs(f)
	const frozenName, eventsName, sealName = "requests/2026-0001/request.json", "requests/2026-0001/events.jsonl", "seal/seal.txt"
	files := few(f)
	was := files[frozenName]
	f.Add(files[ManifestName], was, files[eventsName], files[sealName])
	f.Fuzz(func(t *testing.T, manifest, frozen, events, seal []byte) {
		now := maps.Clone(files)
		now[ManifestName], now[frozenName], now[eventsName], now[sealName] = manifest, frozen, events, seal
		raw := zipped(t, now)
		r, err := Check(bytes.NewReader(raw), int64(len(raw)), nil)
		if err == nil && len(r.Faults) == 0 && len(r.Manifest.Requests) > 0 && !bytes.Equal(frozen, was) {
			if said, ok := script(t, raw, ""); !ok {
				t.Fatal("the script finds what foia does not:", said)
			}
		}
	})
}

// What a bundle says many times over is looked at once, and no list of it takes more memory
// than a bundle of foia's could.
func TestRepeatedBundle(t *testing.T) {
	page := make([]byte, freeStretch)
	file := `{"path":"page","size":1048576,"sha256":"` + hexSum(page) + `"}`
	repeated := func(what string, n int) string { return strings.Repeat(what+",", n-1) + what }
	chain := `{"id":"2026-0001","frozen":"page","events":"page","count":1}`
	for name, row := range map[string]struct{ manifest, want string }{
		"files":    {`"files":[` + repeated(file, 99_000) + `]`, `the manifest lists "page" twice`},
		"requests": {`"files":[` + file + `],"requests":[` + repeated(chain, 99_000) + `]`, "the manifest names page twice"},
		"stamps":   {`"files":[` + file + `],"seal":{"file":"page","time_stamps":[` + repeated(`"page"`, 99_000) + `]}`, "page: "},
		"objects":  {`"files":[` + repeated(`{}`, 8<<20) + `]`, "too many parts"},
		"a name":   {`"files":[{"path":"` + strings.Repeat("x", 8<<20) + `"}]`, "xxx…"},
		"strings":  {`"seal":{"time_stamps":[` + repeated(`""`, 8<<20) + `]}`, "too many parts"},
	} {
		raw := zipped(t, map[string][]byte{ManifestName: []byte(`{"format":"foia-bundle","version":1,` + row.manifest + `}`), "page": page})
		start, before := time.Now(), allocated()
		r, err := Check(bytes.NewReader(raw), int64(len(raw)), nil)
		took, bytes := time.Since(start), allocated()-before
		t.Logf("%s: %d KB: %s, %d MB allocated", name, len(raw)>>10, took.Round(time.Millisecond), bytes>>20)
		said := fmt.Sprint(err)
		for _, fault := range r.Faults {
			said += "\n" + fault.Error()
		}
		if !strings.Contains(said, row.want) || len(r.Faults) > mostFaults+1 || len(said) > (mostFaults+2)*(longestFault+100) ||
			len(r.Faults) == 1 && len(said) > 3*longestFault {
			t.Errorf("%s: %d faults: %.500s", name, len(r.Faults), said)
		}
		if took > 20*time.Second || bytes > 1<<30 {
			t.Errorf("%s: %s, %d MB", name, took, bytes>>20)
		}
	}
}

// allocated is how many bytes this program has taken so far.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}
