package packet

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/pdf"
	"foia/internal/pdf/pdftest"
	"foia/internal/received"
)

const feesMail = "From: =?utf-8?Q?Jos=C3=A9?= <jose@agency.example>\r\nTo: Ana Ruiz <ana@example.org>\r\nSubject: " +
	"=?windows-1252?Q?Fees_=96_your_request?=\r\nDate: Mon, 2 Jun 2025 09:00:00 -0400\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; " +
	"charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDear Ana Ruiz,\r\n\r\nThe Annual fee is =A75, and this " +
	"line =\r\ngoes on.\r\n" +
	"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"fees.pdf\"\r\nContent-Transfer-Encoding: " +
	"base64\r\n\r\nSlVTVA==\r\n--b--\r\n"

// changedBy is a PDF after qpdf changed it.
func changedBy(t *testing.T, raw []byte, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("qpdf"); err != nil {
		if os.Getenv("FOIA_CI") == "1" {
			t.Fatal("qpdf is not installed")
		}
		t.Skip("qpdf is not installed")
	}
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from.pdf"), filepath.Join(dir, "to.pdf")
	if err := os.WriteFile(from, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", append(args, from, to)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// strange is a request with files of strange making, and how each is bound.
func strange(t *testing.T) (s *scene, want []string) {
	t.Helper()
	s = newScene(t)
	release := paged("Release", 1, 1000)
	files := []any{
		"mail.eml", []byte(feesMail),
		"mail.txt", []byte(strings.Replace(feesMail, "Fees", "Unnamed", 1)),
		"old.txt", []byte("Jos\xe9\x92s letter\r\nof 5 \x80\r\n"),
		"notepad.txt", []byte("\xff\xfeD\x00e\x00a\x00r\x00 \x00A\x00"),
		"open.pdf", changedBy(t, release, "--encrypt", "", "owner", "256", "--"),
		"closed.pdf", changedBy(t, release, "--encrypt", "user", "owner", "256", "--"),
		"lacking.pdf", []byte(strings.NewReplacer("/I 6 0 R", "/I 9 0 R", "/I Do", "     ").Replace(string(release))),
		"broken.pdf", release[:len(release)/9],
		"emptied.pdf", []byte(strings.Replace(string(release), "/Contents 5 0 R", "/Contents 9 0 R", 1)),
		"kept-wrongly.dat", append([]byte("\r\n\r\n"), release...),
	}
	s.record(docket.FileAdded, "2025-06-02", nil, files...)
	return s, []string{
		"mail.eml 1  an e-mail, decoded; the line breaks are the file’s, the spacing is not; 1 attachment not shown: in the original",
		"mail.txt 1  an e-mail, decoded; the line breaks are the file’s, the spacing is not; 1 attachment not shown: in the original",
		"old.txt 1  plain text in Windows-1252, set in a proportional typeface; the line breaks are the file’s, the spacing is not",
		"notepad.txt 1  plain text in UTF-16, set in a proportional typeface; the line breaks are the file’s, the spacing is not",
		"open.pdf 1  the original is encrypted, and opens without a password",
		"closed.pdf 0 it is encrypted and needs a password to open ",
		"lacking.pdf 1  the file is damaged: 1 part that its pages refer to is not in it, and they are bound without it",
		"broken.pdf 0 it is damaged or not a PDF ",
		"emptied.pdf 1  the file is damaged: 1 part that its pages refer to is not in it, and they are bound without it; 1 page of it " +
			"would not be empty if the file were whole",
		"kept-wrongly.dat 1  ",
	}
}

// E-mail, text of other charsets, encrypted and damaged PDFs are bound as far as they can be, and the
// record says of each what it is.
func TestStrangeExhibits(t *testing.T) {
	s, want := strange(t)
	made := s.make(s.packet())
	b := pdftest.ReadBound(t, made.PDF)
	var got []string
	for _, x := range made.Exhibits[2:] {
		why, _, _ := strings.Cut(x.Why, "(")
		name := filepath.Base(x.Name)
		got = append(got, fmt.Sprintf("%s %d %s %s", name[strings.LastIndexAny(name, "0123456789")+2:], x.Pages, why, x.Note))
	}
	for i := range got {
		got[i] = strings.Replace(got[i], "  ", " ", strings.Count(got[i], "  ")-strings.Count(want[i], "  "))
	}
	sameStrings(t, "exhibits", got, want)
	text := oneLine(b.Text(1, made.Pages))
	for _, w := range []string{"From José <jose@agency.example>", "Subject Fees – your request", "Subject Unnamed – your request",
		"Attached Not bound fees.pdf application/octet-stream, 4 bytes, not a PDF, whatever its name says",
		"Monday, June 2, 2025, 9:00 AM (UTC-04:00)", "The Annual fee is §5, and this line goes on.", "José’s letter of 5 €", "Dear A",
		"Release, page 1"} {
		if !strings.Contains(text, w) {
			t.Errorf("it does not say %q", w)
		}
	}
	if strings.Contains(text, "SlVTVA") || strings.Contains(text, "boundary") {
		t.Error("it shows how the mail is written")
	}
}

// In a publication, the head of an e-mail and its text are without private data too, and other words are
// whole.
func TestMailInPublication(t *testing.T) {
	s, _ := strange(t)
	p := s.packet()
	p.Publication, p.Zip, p.Include = true, false, []int{3}
	made := s.make(p)
	text := oneLine(pdftest.ReadBound(t, made.PDF).Text(1, made.Pages))
	if strings.Contains(text, "Ruiz") || strings.Contains(text, "ana@example.org") ||
		!strings.Contains(text, "To [name withheld] <[e-mail address withheld]>") ||
		!strings.Contains(text, "Dear [name withheld], The Annual fee") {
		t.Error(text)
	}
}

// An exhibit that fails only when its pages are put in their place, or whose reader fails, becomes a
// sheet that says so, and the others are bound.
func TestExhibitThatFailsIsASheet(t *testing.T) {
	s, _ := strange(t)
	m := &maker{Packet: s.packet(), made: &Made{}}
	ctx := context.Background()
	s.must(m.gather(ctx))
	s.must(m.prepare(ctx))
	m.exhibits[2].content.set = func(int, int) (*pdf.File, error) { return nil, errors.New("it does not fit") }
	m.exhibits[3].content.set, m.exhibits[3].content.pdf = nil, []byte("no PDF")
	if _, err := m.bind(ctx); err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]string{2: "it does not fit", 3: "cannot be bound"} {
		if x := m.exhibits[i]; x.Pages != 0 || !strings.Contains(x.Why, want) {
			t.Errorf("%d: %d pages, %q", i, x.Pages, x.Why)
		}
	}
	if x := m.exhibits[4]; x.Pages != 1 {
		t.Errorf("the one behind it is not bound: %q", x.Why)
	}
	x := m.exhibits[4]
	m.Publication, x.of = true, nil // whoever asks it for private data panics
	m.pages(x, []byte("text"))
	if x.Pages != 0 || !strings.Contains(x.Why, "foia fails to read it") {
		t.Errorf("a reader that fails: %d pages, %q", x.Pages, x.Why)
	}
}

// What texts and mails can ask for at most is what the table of bounds in ARCHITECTURE.md says.
func TestTextsAtTheirBound(t *testing.T) {
	s := newScene(t)
	m := &maker{Packet: s.packet(), made: &Made{}}
	s.must(m.gather(context.Background()))
	size := longtest.Count(1, 10)
	head := "From: a@example.org\r\nMIME-Version: 1.0\r\n"
	mixed := head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
	for _, c := range []struct {
		name string
		raw  string
		fit  bool
	}{
		{"256 KB of text", strings.Repeat("a word or two in a line\n", size*largestText/10/24), true},
		{"as many lines as there can be", strings.Repeat("x\n", size*largestText/10/2), true},
		{"a line without end", strings.Repeat("x", size*largestText/10), true},
		{"120 MB of text", strings.Repeat("a line\n", size*12<<20/7), false},
		{"120 MB of attachments", mixed + strings.Repeat("--b\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: "+
			"base64\r\n\r\n"+base64.StdEncoding.EncodeToString(make([]byte, size*9<<10))+"\r\n", 1000), true},
		{"120 MB of parts", mixed + strings.Repeat("--b\r\n\r\n\r\n", size*12<<20/9), true},
		{"4 MB of HTML", head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<p><b><i></i></b><span></span><span></span>x</p>",
			size*received.MostText*16/10/48), true},
		{"120 MB of a head", head + strings.Repeat("x: y\r\n", size*12<<20/6), true},
	} {
		raw := []byte(c.raw)
		x := *m.exhibits[0]
		x.called = "a.eml"
		if !strings.HasPrefix(c.raw, head) {
			x.called = "a.txt"
		}
		heap, took := longtest.Cost(func() { m.pages(&x, raw) })
		t.Logf("%s: %d KB of a file, %d MB of memory, %s; %d pages, %s", c.name, len(raw)>>10, heap>>20, took.Round(10*time.Millisecond),
			x.Pages, x.Why)
		if (x.Pages > 0) != c.fit && longtest.On() {
			t.Errorf("%s: %q", c.name, x.Why)
		}
		if heap > 700<<20 || took > 2*time.Minute {
			t.Errorf("%s: %d MB, %s", c.name, heap>>20, took)
		}
	}
}
