package post

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/mail"
	"foia/internal/pythontest"
)

var update = flag.Bool("update", false, "write the golden message anew")

// golden is a message with everything that is hard to say in one: names and a subject in other scripts and too long for a line, an
// address whose domain is not ASCII, a file with such a name, two copies.
func golden() Message {
	return Message{From: Address{"Ana María Ruiz-Peña, Springfield Übermorgen Courier & “Friends” of Records", "ana@example.org"},
		ReplyTo: "ana.ruiz@example.org",
		To:      []Address{{Address: "foia@agency.example.gov"}},
		Cc:      []Address{{"Counsel, Esq.", "counsel@example.org"}, {Address: "legal@büro.example.org"}},
		Subject: "Freedom of Information Act request: contracts for “body-worn” cameras, § 4, 2024–2026 (our reference 2026-0001)",
		ID:      "foia.2026-0001.request.0a1b2c3d@example.org",
		Text: "Dear FOIA Officer:\n\nMy letter of November 29, 2026 is attached.\n\n.\nFrom here on, a line that is longer than those " +
			"of messages may be: " + strings.Repeat("é=", 60) + "\n\nAna\n",
		Files: []Attachment{{"2026-0001-request.pdf", "application/pdf", []byte("%PDF-1.4\r\n\x00\xff.\r\n")},
			{"Größe “1”.txt", "text/plain; charset=utf-8", []byte("Größe\n")}}}
}

// The message, byte for byte: the draft, and what is sent.
func TestGoldenMessage(t *testing.T) {
	draft := golden()
	sent := golden()
	sent.Date = time.Date(2026, 11, 29, 9, 5, 0, 0, time.FixedZone("", -5*3600))
	for name, m := range map[string]Message{"draft.eml": draft, "sent.eml": sent} {
		raw, err := m.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := m.Bytes()
		if err != nil || !bytes.Equal(raw, again) {
			t.Errorf("%s: other bytes the second time, %v", name, err)
		}
		for line := range strings.SplitSeq(string(raw), "\r\n") {
			if len(line) > lineLength+2 || strings.ContainsAny(line, "\r\n") || !isASCII(line) {
				t.Errorf("%s has a line that messages do not have: %q", name, line)
			}
		}
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, raw, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(raw, want) {
			t.Errorf("%s is not what the message is: %v; go test ./internal/post -update writes it\n%s", file, err, raw)
		}
	}
}

// Others read what was written: Python's email, and foia's own reader of mail.
func TestReadByOthers(t *testing.T) {
	want := golden()
	raw, err := want.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.Read(raw, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if m.ID != want.ID || m.Subject != want.Subject || m.From != mail.Address(want.From) || len(m.Cc) != 2 || len(m.Warnings) > 1 ||
		strings.TrimSpace(m.Body) != strings.TrimSpace(want.Text) {
		t.Errorf("foia reads %q, %q, %+v, %+v, %q, %q", m.ID, m.Subject, m.From, m.Cc, m.Body, m.Warnings)
	}
	if len(m.Parts) != 2 || m.Parts[1].Original != want.Files[1].Name {
		t.Fatalf("foia reads %d files", len(m.Parts))
	}
	for i, p := range m.Parts {
		if !bytes.Equal(p.Data, want.Files[i].Data) {
			t.Errorf("%s has other bytes", p.Original)
		}
	}
	file := filepath.Join(t.TempDir(), "draft.eml")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	out := pythontest.Run(t, "email", `import email, email.policy, json, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
json.dump({'subject': m['subject'], 'from': m['from'].addresses[0].display_name, 'cc': [a.addr_spec for a in m['cc'].addresses],
           'text': m.get_body().get_content(), 'names': [a.get_filename() for a in m.iter_attachments()],
           'files': [a.get_payload(decode=True).decode('latin-1') for a in m.iter_attachments()], 'unsent': m['x-unsent'],
           'defects': [str(d) for p in m.walk() for d in p.defects]}, sys.stdout)`, file)
	var read struct {
		Subject, From, Text, Unsent string
		Cc, Names, Files, Defects   []string
	}
	if err := json.Unmarshal([]byte(out), &read); err != nil {
		t.Fatal(err)
	}
	from := strings.Join(strings.Fields(read.From), " ") // Python puts a space between the encoded words of a name
	if read.Subject != want.Subject || from != want.From.Name || read.Unsent != "1" || len(read.Defects) > 0 ||
		strings.ReplaceAll(read.Text, "\r\n", "\n") != want.Text ||
		strings.Join(read.Cc, " ") != "counsel@example.org legal@xn--bro-hoa.example.org" {
		t.Errorf("Python reads %+v", read)
	}
	for i, f := range want.Files {
		if i >= len(read.Names) || read.Names[i] != f.Name {
			t.Errorf("Python reads the names %q", read.Names)
		}
	}
	if len(read.Files) != 2 || read.Files[0] != "%PDF-1.4\r\n\x00\u00ff.\r\n" {
		t.Errorf("Python reads the files %q", read.Files)
	}
}
