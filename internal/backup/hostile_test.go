package backup

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/store"
	"foia/internal/workspace"
	"foia/internal/yamltext/yamltest"
)

// Of a backup that is not as foia makes it, nothing is written anywhere.
func TestHostile(t *testing.T) {
	w := aFolder(t, 2)
	good, _ := makeBackup(t, w, openLog(t, w), Options{})
	evil := []byte("evil")
	for _, c := range []struct {
		name, want string
		change     func(p *parts)
	}{
		{"up", "does not belong in a backup", func(p *parts) { p.add("../evil", zip.Store, evil) }},
		{"up below the folder", "does not belong in a backup", func(p *parts) { p.add("folder/../../evil", zip.Store, evil) }},
		{"absolute", "does not belong in a backup", func(p *parts) { p.add("/tmp/evil", zip.Store, evil) }},
		{"absolute below the folder", "does not belong in a backup", func(p *parts) { p.add("folder//tmp/evil", zip.Store, evil) }},
		{"Windows", "does not belong in a backup", func(p *parts) { p.add(`folder/..\..\evil`, zip.Store, evil) }},
		{"the log itself", "does not belong in a backup", func(p *parts) { p.add("folder/foia.db", zip.Store, evil) }},
		{"the log in capitals", "does not belong in a backup", func(p *parts) { p.add("folder/FOIA.db-wal", zip.Store, evil) }},
		{"a document that is none", "does not belong in a backup",
			func(p *parts) { p.add("folder/requests/2026-0001-office/letter.pdf", zip.Store, evil) }},
		{"hidden", "does not belong in a backup", func(p *parts) { p.add("folder/.foia.lock", zip.Store, evil) }},
		{"a document in the wrong place", "does not belong in a backup",
			func(p *parts) { p.add("documents/00/"+hexSum("evil"), zip.Store, evil) }},
		{"a link", "is not a plain file", func(p *parts) {
			p.add("folder/templates/link", zip.Store, []byte("/etc/passwd"))
			p.members[len(p.members)-1].head.SetMode(fs.ModeSymlink | 0o777)
		}},
		{"a folder", "is not a plain file", func(p *parts) { p.add("folder/templates/", zip.Store, nil) }},
		{"twice", "twice", func(p *parts) { p.add("folder/foia.yaml", zip.Store, evil) }},
		{"the log twice", "twice", func(p *parts) { p.add(logName, zip.Deflate, p.find(logName).data) }},
		{"packed", "is compressed, which foia does not do", func(p *parts) { p.find("documents/").head.Method = zip.Deflate }},
		{"a bomb", "times its compressed size", func(p *parts) { p.find(logName).data = bytes.Repeat([]byte("\n"), 16<<20) }},
		{"a long line", "is longer than", func(p *parts) {
			p.find(logName).data = append(bytes.Repeat([]byte("0"), maxLine+10), '\n')
			p.find(logName).head.Method = zip.Store
		}},
		{"another document", "was changed: its SHA-256 is", func(p *parts) { p.find("documents/").data[0] ^= 1 }},
		{"a shorter document", "bytes in it, but the log says", func(p *parts) { d := p.find("documents/"); d.data = d.data[1:] }},
		{"a document missing", "is missing from it", func(p *parts) { p.remove("documents/") }},
		{"a document more", "documents that are not in its log", func(p *parts) { p.add(documentName(hexSum("evil")), zip.Store, evil) }},
		{"missing and there", "but it is there", func(p *parts) { p.manifest.Missing = []Missing{{SHA256: hexSum("the same for all")}} }},
		{"another log", "line 1 of its log is neither a request nor the event", func(p *parts) { p.find(logName).data[2] = 0 }},
		{"a cut log", "line 6 of its log cannot be read: it is cut off",
			func(p *parts) { d := p.find(logName); d.data = d.data[:len(d.data)-2] }},
		{"a log without its end", "is not the one its manifest describes",
			func(p *parts) { lines(p, func(l []string) []string { return l[:len(l)-1] }) }},
		{"a request alone", "without its first event", func(p *parts) { lines(p, func(l []string) []string { return l[:1] }) }},
		{"an event taken out", "", func(p *parts) { lines(p, func(l []string) []string { return append(l[:2], l[3:]...) }) }},
		{"events swapped", "which does not belong there",
			func(p *parts) { lines(p, func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }) }},
		{"an event twice", "does not follow from the one before it",
			func(p *parts) { lines(p, func(l []string) []string { return append(l, l[2]) }) }},
		{"a request twice", "the event that belongs there",
			func(p *parts) { lines(p, func(l []string) []string { return append([]string{l[0]}, l...) }) }},
		{"an event of nobody", "does not follow", func(p *parts) { lines(p, func(l []string) []string { return l[2:] }) }},
		{"spaces", "is not written the way foia writes it",
			func(p *parts) { lines(p, func(l []string) []string { l[2] = l[2][:len(l[2])-1] + " }"; return l }) }},
		{"a changed event", "was changed after it was written", func(p *parts) {
			lines(p, func(l []string) []string { l[2] = strings.Replace(l[2], `"by":"ana"`, `"by":"eve"`, 1); return l })
		}},
		{"a changed request", "was changed after it was frozen", func(p *parts) {
			lines(p, func(l []string) []string { l[0] = strings.Replace(l[0], "Contracts", "Contacts", 1); return l })
		}},
		{"a forged event", "does not follow from the one before it", func(p *parts) {
			forge(p, func(e *docket.Event) { e.Prev = strings.Repeat("0", 64) })
		}},
		{"forged files", "", func(p *parts) { forge(p, func(e *docket.Event) { e.Data["files"] = "{" }) }},
		{"a file outside", "keeps no documents", func(p *parts) {
			forge(p, func(e *docket.Event) { e.Data["files"] = strings.Replace(e.Data["files"], "received/", "../../../", 1) })
		}},
		{"a file of 10 GB", "bytes in it, but the log says 10737418240", func(p *parts) {
			forge(p, func(e *docket.Event) {
				var files []docket.Document
				if err := json.Unmarshal([]byte(e.Data["files"]), &files); err != nil {
					panic(err)
				}
				files[0].Size = 10 << 30
				text, _ := json.Marshal(files)
				e.Data["files"] = string(text)
			})
		}},
		{"two files in one place", "another file is where a document should be", func(p *parts) {
			forge(p, func(e *docket.Event) {
				e.Data["files"] = strings.Replace(e.Data["files"], "received/002-answer.txt", "letter.pdf", 1)
			})
		}},
		{"a newer format", "was made by a newer foia (9.9): it has format 2",
			func(p *parts) { p.manifest.Version, p.manifest.Foia = 2, "9.9" }},
		{"another format", "does not come from a foia backup", func(p *parts) { p.manifest.Format = "tar" }},
		{"large settings", "is larger than", func(p *parts) {
			p.find("folder/foia.yaml").data = bytes.Repeat([]byte("# remark\n"), maxSettings/8)
			p.find("folder/foia.yaml").head.Method = zip.Store
		}},
		{"settings of a newer foia", "unknown field", func(p *parts) { p.find("folder/foia.yaml").data = []byte("anything: true\n") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := takeApart(t, good)
			c.change(p)
			p.describe()
			mustRefuse(t, p.together(t), c.want)
		})
	}
	for name, change := range map[string]func(p *parts){
		"is missing or different":      func(p *parts) { p.remove("folder/logo.png") },
		"its manifest does not list":   func(p *parts) { p.add("folder/templates/evil", zip.Store, evil) },
		"folder/logo.png was changed:": func(p *parts) { p.find("folder/logo.png").data[0] ^= 1 },
	} {
		p := takeApart(t, good)
		change(p)
		mustRefuse(t, p.together(t), name)
	}
	for _, n := range []int{0, 1, 10, 100, len(good) / 2, len(good) - 1} {
		mustRefuse(t, good[:n], "")
	}
	mustRefuse(t, bytes.Replace(good, []byte(manifestName), []byte("manifest.JSON"), -1), "")
}

// lines changes the lines of the log.
func lines(p *parts, change func([]string) []string) {
	log := p.find(logName)
	log.data = []byte(strings.Join(change(strings.Split(strings.TrimSuffix(string(log.data), "\n"), "\n")), "\n") + "\n")
}

// forge changes the second event and gives it the hash that it then has, and the whole
// the sum that it then has: only what the event says can betray it.
func forge(p *parts, change func(*docket.Event)) {
	lines(p, func(l []string) []string {
		var e docket.Event
		if err := json.Unmarshal([]byte(l[2]), &e); err != nil {
			panic(err)
		}
		change(&e)
		e.Hash, _ = e.Digest()
		text, _ := json.Marshal(e)
		l[2] = string(text)
		return l
	})
	a := &logFile{open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.find(logName).data)), nil }}
	p.manifest.Log, _ = store.SumOf(context.Background(), a, -1)
}

func mustRefuse(t *testing.T, raw []byte, want string) {
	t.Helper()
	parent := t.TempDir()
	err := restore(t, raw, filepath.Join(parent, "new"))
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%.200q…: want %q", err, want)
	}
	if err := filepath.WalkDir(parent, func(name string, _ os.DirEntry, err error) error {
		if name != parent {
			t.Error("written:", name)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// Odd YAML in the settings that a backup holds is an error with the line, and nothing
// is written.
func TestOddYAML(t *testing.T) {
	w := aFolder(t, 1)
	good, _ := makeBackup(t, w, openLog(t, w), Options{})
	odds := maps.Clone(yamltest.Odd)
	maps.Copy(odds, yamltest.Panics("requesters"))
	for name, odd := range odds {
		if len(odd) > maxSettings {
			continue // too large for a backup, whatever is in it: see TestHostile
		}
		t.Run(name, func(t *testing.T) {
			p := takeApart(t, good)
			p.find("folder/foia.yaml").data = []byte(odd)
			p.describe()
			parent := t.TempDir()
			yamltest.Refused(t, workspace.ConfigFile+" in the backup", restore(t, p.together(t), filepath.Join(parent, "new")))
			if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
				t.Errorf("written: %v, %v", left, err)
			}
		})
	}
}

// The list of members lies about sizes.
func TestLyingSizes(t *testing.T) {
	w := aFolder(t, 1)
	good, _ := makeBackup(t, w, openLog(t, w), Options{})
	at := bytes.LastIndex(good, []byte("documents/"))
	head := bytes.LastIndex(good[:at], []byte("PK\x01\x02"))
	for _, c := range []struct {
		offset int
		value  uint32
	}{{20, 1}, {24, 1}, {20, 0xfffffff0}, {24, 0xfffffff0}, {20, 0xffffffff}, {42, 0}, {42, 0xfffffff0}} {
		raw := bytes.Clone(good)
		binary.LittleEndian.PutUint32(raw[head+c.offset:], c.value)
		mustRefuse(t, raw, "")
	}
	// Both sizes claim 4 GB together.
	raw := bytes.Clone(good)
	binary.LittleEndian.PutUint32(raw[head+20:], 0xfffffff0)
	binary.LittleEndian.PutUint32(raw[head+24:], 0xfffffff0)
	mustRefuse(t, raw, "claim more bytes than the whole file has")
}

// A folder with anything in it is left as it is.
func TestNotEmpty(t *testing.T) {
	w := aFolder(t, 1)
	raw, _ := makeBackup(t, w, openLog(t, w), Options{})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := restore(t, raw, dir); err == nil || !strings.Contains(err.Error(), "the folder is not empty: it has mine.txt") {
		t.Error(err)
	}
	if entries, err := os.ReadDir(dir); len(entries) != 1 || err != nil {
		t.Error(entries, err)
	}
}

// What an interrupted restore left behind is begun anew, or finished.
func TestRest(t *testing.T) {
	w := aFolder(t, 1)
	raw, _ := makeBackup(t, w, openLog(t, w), Options{})
	whole := filepath.Join(t.TempDir(), "whole")
	if err := restore(t, raw, whole); err != nil {
		t.Fatal(err)
	}
	id := takeID(t, raw)
	in := func(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for name, prepare := range map[string]func(dir string) error{
		"begun":                   func(dir string) error { return os.MkdirAll(in(dir, ".restoring-"+id+"/requests/rest"), 0o700) },
		"only the lock":           func(dir string) error { return os.WriteFile(in(dir, workspace.LockFile), nil, 0o600) },
		"complete, nothing moved": func(dir string) error { return os.CopyFS(in(dir, ".restored-"+id), os.DirFS(whole)) },
		"complete, half of it moved": func(dir string) error {
			if err := os.CopyFS(in(dir, ".restored-"+id), os.DirFS(whole)); err != nil {
				return err
			}
			return os.Rename(in(dir, ".restored-"+id+"/requests"), in(dir, "requests"))
		},
	} {
		dir := t.TempDir()
		if err := prepare(dir); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "complete") { // the lock of the copied folder is none of the backup
			if err := os.Remove(in(dir, ".restored-"+id+"/"+workspace.LockFile)); err != nil {
				t.Fatal(err)
			}
		}
		if err := restore(t, raw, dir); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if faults, documents := verify(t, dir); len(faults) > 0 || documents != 3 {
			t.Errorf("%s: %v, %d", name, faults, documents)
		}
		if matches, _ := filepath.Glob(filepath.Join(dir, ".rest*")); len(matches) > 0 {
			t.Errorf("%s: left %v", name, matches)
		}
	}
	// The rest of another backup is not touched.
	dir := t.TempDir()
	if err := os.Mkdir(in(dir, ".restored-0123456789abcdef"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := restore(t, raw, dir); err == nil {
		t.Error("the rest of another backup was taken for its own")
	}
}

func takeID(t *testing.T, raw []byte) string {
	t.Helper()
	a, err := read(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return a.ID[:16]
}

// What a backup lists without end takes neither memory nor the terminal.
func TestEndlessLists(t *testing.T) {
	for want, manifest := range map[string]string{
		"has too many parts":      `"files":[` + strings.Repeat("{},", maxParts.Objects+1) + `{}]`,
		"is missing or different": `"files":[{"name":"` + strings.Repeat("x", 100) + `"}]`,
		"xxx…":                    `"files":[{"name":"` + strings.Repeat("x", 8<<20) + `"}]`,
	} {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		w, err := z.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, `{"format":"`+format+`","version":1,`+manifest+`}`)
		}
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = read(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 2*longestReason {
			t.Errorf("want %q: %.300v", want, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	longtest.LargeInputs(f)
	w := aFolder(f, 1)
	raw, _ := makeBackup(f, w, openLog(f, w), Options{})
	f.Add(raw)
	f.Add(raw[:len(raw)-30])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := read(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return
		}
		if err := a.Check(t.Context(), nil); err != nil {
			return
		}
		for name := range a.members {
			if strings.Contains(name, "..") || strings.HasPrefix(name, "/") {
				t.Error("taken:", name)
			}
		}
	})
}

func FuzzLog(f *testing.F) {
	longtest.LargeInputs(f)
	w := aFolder(f, 1)
	raw, _ := makeBackup(f, w, openLog(f, w), Options{})
	f.Add(takeApart(f, raw).find(logName).data)
	f.Add([]byte("\n"))
	f.Add([]byte(`{"request":"2026-0001","seq":1}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		log := &logFile{open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
		var again bytes.Buffer
		_, err := store.SumOf(t.Context(), &copied{log: log, out: &again, chain: newChain()}, -1)
		if err == nil && !bytes.Equal(again.Bytes(), text) {
			t.Errorf("read as %q", again.String())
		}
	})
}
