//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// served is a desk that runs as a program, and a browser that it let in.
type served struct {
	t      *testing.T
	at     string
	client *http.Client
	stop   func() (said string)
}

func serveIn(t *testing.T, dir, day string) *served {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "serve", "-w", dir)
	cmd.Args[0] = "foia" // by its name, this program is foia: see TestMain
	cmd.Env = append(os.Environ(), "FOIA_TEST_DAY="+day)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	stop := func() string {
		if ended {
			return said.String()
		}
		ended = true
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("ended by an interrupt: %v\n%s", err, &said)
		}
		return said.String()
	}
	t.Cleanup(func() { stop() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no link: %v\n%s", err, &said)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &served{t: t, client: &http.Client{Jar: jar}, stop: stop}
	s.at, _, _ = strings.Cut(line, "/?token=")
	s.get(strings.TrimPrefix(strings.TrimSpace(line), s.at))
	return s
}

func (s *served) get(path string) []byte {
	s.t.Helper()
	r, err := s.client.Get(s.at + path)
	if err != nil {
		s.t.Fatal(err)
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %s %v\n%s", path, r.Status, err, raw)
	}
	if err := r.Body.Close(); err != nil {
		s.t.Fatal(err)
	}
	return raw
}

// The desk says what the commands say, ends when it is interrupted, and gives a second link to another command.
func TestServe(t *testing.T) {
	dir, _ := printing(t)
	said := func(args ...string) (out []byte) {
		t.Helper()
		var to bytes.Buffer
		if code, err := inFolder(dir, &to, args...); code != 0 {
			t.Fatalf("foia %q: %d %s", args, code, err)
		}
		return to.Bytes()
	}
	code, err := inFolder(dir, io.Discard, "serve", "--link")
	if code != exitFailed || !strings.Contains(err, "no desk is open in this folder") {
		t.Errorf("%d %s", code, err)
	}
	desk := serveIn(t, dir, "2026-03-10") // the day of inFolder
	for path, args := range map[string][]string{"/due.json": {"due", "--json"}, "/requests.json?sort=id": {"log", "--json"}} {
		var got, want any
		if err := json.Unmarshal(desk.get(path), &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(said(args...), &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\nfoia %q: %v", path, got, args, want)
		}
	}
	if got, want := desk.get("/requests.csv?sort=id"), said("log", "export"); !bytes.Equal(got, want) {
		t.Errorf("%s\n%s", got, want)
	}
	const calendar = "BEGIN:VCALENDAR\r\n"
	for path, begins := range map[string]string{"/requests.xlsx": "PK", "/requests.ics?sort=id": calendar, "/due.ics": calendar} {
		if got := desk.get(path); !bytes.HasPrefix(got, []byte(begins)) {
			t.Errorf("%s: %.200q", path, got)
		}
	}
	if got, want := desk.get("/due.ics"), said("due", "-o", "ics"); !bytes.Equal(got, want) {
		t.Errorf("%s\n%s", got, want)
	}
	var shown struct {
		Row   struct{ Status, Outcome string }
		State struct {
			Deadlines []struct{ Due string }
		}
	}
	if err := json.Unmarshal(said("show", "2026-0001", "--json"), &shown); err != nil {
		t.Fatal(err)
	}
	page := string(desk.get("/r/2026-0001"))
	if !strings.Contains(page, "<dd>"+shown.Row.Status) || len(shown.State.Deadlines) == 0 {
		t.Errorf("%+v is not the status of\n%s", shown, page)
	}
	for _, d := range shown.State.Deadlines {
		if d.Due != "" && !strings.Contains(page, `datetime="`+d.Due+`"`) {
			t.Errorf("%s is not on the page", d.Due)
		}
	}
	link := strings.TrimSpace(string(said("serve", "--link")))
	if !strings.HasPrefix(link, desk.at+"/?token=") {
		t.Fatal(link)
	}
	desk.get(strings.TrimPrefix(link, desk.at))
	said("record", "2026-0001", "note", "told the desk")
	if text := string(desk.get("/r/2026-0001")); !strings.Contains(text, "told the desk") {
		t.Error("what a command records is not on the page")
	}
	if text := desk.stop(); strings.Contains(text, "error") {
		t.Error(text)
	}
	if code, _ := inFolder(dir, io.Discard, "serve", "--link"); code != exitFailed {
		t.Error("the desk is closed, and gives a link")
	}
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// send sends the form of a page, with further answers, and returns the page that it leads to.
func (s *served) send(page []byte, action string, more url.Values) (code int, text string) {
	s.t.Helper()
	v := url.Values{}
	for _, m := range hiddenField.FindAllSubmatch(page, -1) {
		v.Set(html.UnescapeString(string(m[1])), html.UnescapeString(string(m[2])))
	}
	for name, values := range more {
		v[name] = values
	}
	r, err := s.client.PostForm(s.at+action, v)
	if err != nil {
		s.t.Fatal(err)
	}
	raw, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(raw)
}

// A letter is written on the desk as in a terminal: the ones that may go out, what it needs to know, its text and its
// PDF; then it is a draft, which can be thrown away.
func TestServeLetter(t *testing.T) {
	dir, _ := printing(t)
	code, said := inFolder(dir, io.Discard, "record", "2026-0001", "acknowledged", "--tracking", "F-1", "--received", "2026-03-10")
	if code != 0 {
		t.Fatal(said)
	}
	desk := serveIn(t, dir, "2026-06-10")
	list := string(desk.get("/r/2026-0001/letter"))
	if !strings.Contains(list, `href="/r/2026-0001/letter/status"`) || !strings.Contains(list, "Not now") {
		t.Fatal(list)
	}
	page := desk.get("/r/2026-0001/letter/status")
	if !bytes.Contains(page, []byte("Internal Revenue Service")) || !bytes.Contains(page, []byte(`<pre class="text"`)) {
		t.Fatalf("%s", page)
	}
	if pdf := desk.get("/r/2026-0001/letter/status/preview.pdf"); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("%.80s", pdf)
	}
	events := func() (kinds []string) {
		t.Helper()
		var shown struct{ Events []struct{ Kind string } }
		var to bytes.Buffer
		if code, said := inFolder(dir, &to, "show", "2026-0001", "--json"); code != 0 {
			t.Fatal(said)
		}
		if err := json.Unmarshal(to.Bytes(), &shown); err != nil {
			t.Fatal(err)
		}
		for _, e := range shown.Events {
			kinds = append(kinds, e.Kind)
		}
		return kinds
	}
	if got := events(); len(got) != 3 {
		t.Fatalf("looking at it wrote %v", got)
	}
	code, text := desk.send(page, "/r/2026-0001/letter/status", nil)
	got := events()
	if code != http.StatusOK || len(got) != 4 || got[3] != "letter-made" || !strings.Contains(text, "Throw it away") {
		t.Fatalf("%d %v\n%s", code, got, text)
	}
	code, text = desk.send(page, "/r/2026-0001/letter/status", nil)
	if code != http.StatusConflict || !strings.Contains(text, "letter-made") {
		t.Errorf("the same form again: %d\n%s", code, text)
	}
	code, text = desk.send(nil, "/r/2026-0001/discard", url.Values{"after": {"3"}, "letter": {"4"}})
	if code != http.StatusConflict {
		t.Errorf("thrown away by who has not seen it: %d\n%s", code, text)
	}
	code, text = desk.send(nil, "/r/2026-0001/discard", url.Values{"after": {"4"}, "letter": {"4"}, "reason": {"not yet"}})
	if got := events(); code != http.StatusOK || len(got) != 5 || got[4] != "discarded" || !strings.Contains(text, "not yet") {
		t.Errorf("%d %v\n%s", code, got, text)
	}
	// An appeal is refused while there is no decision, with the reason.
	r, err := desk.client.Get(desk.at + "/r/2026-0001/letter/appeal")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		t.Fatal(err)
	}
	if r.StatusCode/100 == 2 || bytes.Contains(raw, []byte("goroutine")) {
		t.Errorf("%s\n%s", r.Status, raw)
	}
	if text := desk.stop(); strings.Contains(text, "goroutine") {
		t.Error(text)
	}
}
