package web

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/report"
	"foia/internal/workday"
)

// theFive are the pages of the desk.
var theFive = []string{"/", "/requests", "/r/2026-0013", "/offices", "/log"}

// Each page has its own title, one heading above all others, and says where one is.
func TestPages(t *testing.T) {
	d := open(t, folder(t, 60))
	titles := map[string]string{}
	for _, path := range append(theFive, "/report?by=office", "/r/2026-0013/record",
		"/r/2026-0013/record?kind=determination&outcome=partial") {
		text := d.get(path)
		title := regexp.MustCompile(`<title>(.*?)</title>`).FindStringSubmatch(text)
		if title == nil || titles[title[1]] != "" {
			t.Errorf("%s has the title %v, as %s has", path, title, titles[title[1]])
		} else {
			titles[title[1]] = path
		}
		if n := strings.Count(text, "<h1"); n != 1 {
			t.Errorf("%s has %d first headings", path, n)
		}
		for _, has := range []string{`<html lang="en">`, `<main id="main"`, `href="#main"`, `aria-current="page"`, "<bdi>" +
			html.EscapeString(d.w.Dir)} {
			if !strings.Contains(text, has) {
				t.Errorf("%s has no %s", path, has)
			}
		}
		for _, not := range []string{"<script", "javascript:", " style=", " onclick", "<no value>", "%!"} {
			if strings.Contains(text, not) {
				t.Errorf("%s has %s", path, not)
			}
		}
	}
}

var link = regexp.MustCompile(`(?:href|action)="([^"]+)`)

// Every link of every page leads to a page or a file of the desk.
func TestLinksLead(t *testing.T) {
	d := open(t, folder(t, 260))
	asked, todo := map[string]bool{}, []string{"/"}
	kinds := map[string]int{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if asked[path] || path == "/log/verify" || path == "/hands" {
			continue
		}
		asked[path] = true
		if strings.Contains(path, "/letter/") { // the offices of a made-up log have no address
			if got := d.send(d.request("GET", path, nil)); got.StatusCode == http.StatusInternalServerError {
				t.Errorf("%s: %s", path, got.Status)
			}
			continue
		}
		text := d.get(path)
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			at, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if at == "" {
				continue
			}
			kind := regexp.MustCompile(`2026-\d+|=[^&]*`).ReplaceAllString(at, "…")
			if kinds[kind]++; kinds[kind] <= 2 {
				todo = append(todo, at)
			}
		}
	}
	if len(asked) < 60 {
		t.Errorf("only %d addresses were seen", len(asked))
	}
}

// What is due, the requests and the figures are those of the use cases that the command line calls.
func TestSameNumbers(t *testing.T) {
	w := folder(t, 260)
	d := open(t, w)
	log, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() // read only
	for address, filter := range map[string]logbook.Filter{"": {}, "?agency=agency+3": {Agency: "agency 3"},
		"?assigned=nobody": {Assigned: "nobody"}, "?status=processing": {Status: "processing"}, "?tag=none-has-it": {Tag: "none-has-it"}} {
		want, err := logbook.Due(t.Context(), w, log, today, dueDays, filter)
		if err != nil {
			t.Fatal(err)
		}
		var got []docket.Item
		if err := json.Unmarshal([]byte(d.get("/due.json"+address)), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("due%s: %d, want %d, %v", address, len(got), len(want), err)
		}
		rows, err := logbook.Rows(t.Context(), log, filter, today)
		if err != nil {
			t.Fatal(err)
		}
		var listed []docket.Row
		at := "/requests.json" + address + map[bool]string{true: "?", false: "&"}[address == ""] + "sort=id"
		if err := json.Unmarshal([]byte(d.get(at)), &listed); err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			if plain := wordedRow(rows[i]); i >= len(listed) || plain != listed[i] {
				t.Errorf("%s, row %d: %+v", at, i, rows[i])
				break
			}
		}
		if len(rows) != len(listed) {
			t.Errorf("%s: %d rows, want %d", at, len(listed), len(rows))
		}
		table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(d.get(strings.Replace(at, ".json", ".csv", 1)),
			"\ufeff"))).ReadAll()
		if err != nil || len(table) != len(rows)+1 || !slices.Equal(table[0], docket.ColumnNames()) {
			t.Errorf("%s as CSV: %d lines, %v", at, len(table), err)
		}
	}
	want, err := report.Make(t.Context(), w, log, report.Asked{On: today, By: report.ByOffice})
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	if err := want.Write(&page, report.HTML); err != nil {
		t.Fatal(err)
	}
	if got := d.get("/report.html?by=office"); got != page.String() {
		t.Error("the report is not that of the use case")
	}
}

// wordedRow is a row with its acts as the desk words them.
func wordedRow(r docket.Row) docket.Row {
	raw, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(remedy.WordsJSON(raw, inTerminal{}), &r)
	}
	if err != nil {
		panic(err)
	}
	return r
}

// What somebody else writes is on the next page: a new request, an event, tags; and no page folds the log.
func TestPagesFollowTheLog(t *testing.T) {
	w := folder(t, 40)
	d := open(t, w)
	if text := d.get("/requests?status=drafted"); !strings.Contains(text, "No requests match") {
		t.Error("a request is drafted")
	}
	before := d.get("/offices")
	id := addRequest(t, w, "Flight logs")
	if text := d.get("/requests?status=drafted"); !strings.Contains(text, "Flight logs") {
		t.Error("the new request is not there")
	}
	b := logbook.New(w, logbook.Writer{By: "ben", Today: today, Now: "2026-11-23T12:00:00Z"})
	_, err := b.Record(t.Context(), logbook.Entry{Request: id, Event: docket.Event{Kind: docket.Sent, On: today,
		Data: map[string]string{"by": "portal"}}})
	if err == nil {
		_, err = b.Arrange(t.Context(), []string{id}, func(h docket.Hands) []docket.Event { return h.Tag([]string{"urgent"}, nil) })
	}
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	if text := d.get("/requests?status=drafted"); !strings.Contains(text, "No requests match") {
		t.Error("it is still drafted")
	}
	if text := d.get("/requests?tag=urgent"); !strings.Contains(text, id) || !strings.Contains(text,
		"Requests <span class=\"count\">1 of 41") {
		t.Errorf("not found by its tag:\n%s", text)
	}
	if after := d.get("/offices"); strings.Contains(before, "Made-up office</bdi>") || !strings.Contains(after, "Made-up office</bdi>") {
		t.Error("the request that was sent is not among the figures")
	}
	d.now = d.now.AddDate(0, 2, 0)
	var items []docket.Item
	if err := json.Unmarshal([]byte(d.get("/due.json")), &items); err != nil ||
		!slices.ContainsFunc(items, func(i docket.Item) bool { return i.ID == id && i.DaysLeft < 0 }) {
		t.Errorf("two months later nothing of it is late: %v", err)
	}
}

// An event of a day to come counts from that day, as foia due has it.
func TestEventsToCome(t *testing.T) {
	w := folder(t, 40)
	d := open(t, w)
	d.now = noon.AddDate(0, 0, -30)
	log, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() // read only
	want, err := logbook.Due(t.Context(), w, log, workday.DateOf(d.now), dueDays, logbook.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []docket.Item
	if err := json.Unmarshal([]byte(d.get("/due.json")), &got); err != nil || !reflect.DeepEqual(got, want) || len(want) == 0 {
		t.Errorf("%d, want %d, %v", len(got), len(want), err)
	}
}

var (
	facetLink = regexp.MustCompile(`<li><a href="([^"]+)"(?: aria-current="true")?><bdi>[^<]*</bdi></a> <span class="count">([\d,]+)`)
	seenField = regexp.MustCompile(`name="seen" value="([^":]+)`)
)

// The numbers beside the list are those of the lists that they lead to.
func TestFacets(t *testing.T) {
	d := open(t, folder(t, 260))
	for _, path := range []string{"/requests", "/requests?status=processing", "/requests?due=late&q=made-up",
		"/requests?open=yes&agency=agency+1"} {
		text := d.get(path)
		found := facetLink.FindAllStringSubmatch(text, -1)
		if len(found) < 3 {
			t.Errorf("%s has %d facets", path, len(found))
		}
		for _, m := range found {
			if there := d.get(html.UnescapeString(m[1])); !strings.Contains(there, `Requests <span class="count">`+m[2]) {
				t.Errorf("%s: %s does not have %s", path, m[1], m[2])
			}
		}
	}
}

// A list that is not the one that was asked for would be taken for it.
func TestBadAddresses(t *testing.T) {
	d := open(t, folder(t, 20))
	for _, path := range []string{"/requests?status=lost", "/requests?sort=size", "/requests?due=sometime", "/requests?nonsense=1",
		"/requests?tag=%21",
		"/requests.csv?status=lost", "/due.json?place=x", "/offices?since=yesterweek", "/report?by=color",
		"/r/2026-0013/record?kind=drafted",
		"/r/2026-0013/record?kind=nonsense", "/requests?assigned=a%2Cb"} {
		got := d.send(d.request("GET", path, nil))
		if text := body(t, got); got.StatusCode != http.StatusBadRequest || !strings.Contains(text, `role="alert"`) {
			t.Errorf("%s: %s", path, got.Status)
		}
	}
	for _, path := range []string{"/requests?page=0", "/requests?page=-3", "/requests?page=9999", "/requests?page=x", "/log?upto=x",
		"/log?upto=-1",
		"/log?upto=999999", "/log?kind=nonsense", "/requests?q=%00%ff"} {
		d.get(path)
	}
}

// Text of elsewhere is shown as text, set apart, and obeyed by nothing.
func TestStrangeText(t *testing.T) {
	w := folder(t, 1)
	for _, subject := range []string{`<script>alert(1)</script>`, "طلب سجلات الشرطة", "a\u202egnp.exe", "bell\a and \x1b[31mred\x1b[0m",
		`" onmouseover="alert(1)`, "{{.Folder}}", "ls\u2028p", "half \ufdd0verify\ufdd1 act", strings.Repeat("long", 300)} {
		id := addRequest(t, w, subject)
		d := open(t, w)
		for _, path := range []string{"/", "/requests", "/r/" + id, "/r/" + id + "/record", "/r/" + id + "/record?kind=sent", "/log",
			"/requests?q=" + url.QueryEscape(subject[:4])} {
			got := d.send(d.request("GET", path, nil))
			text := body(t, got)
			if got.StatusCode != http.StatusOK {
				t.Errorf("%q, %s: %s %s", subject, path, got.Status, text)
			}
			if strings.ContainsAny(text, "\x00\a\x1b\u202e\ufdd0\ufdd1") || strings.Contains(text, "<script>alert") ||
				strings.Contains(text, `" onmouseover`) {
				t.Errorf("%q, %s: shown as it is", subject, path)
			}
		}
		if text := d.get("/r/" + id); !strings.Contains(text, "<h1><bdi>") {
			t.Errorf("%q is not set apart", subject)
		}
	}
	d := open(t, w)
	if text := d.get("/requests"); !strings.Contains(text, "<bdi>طلب سجلات الشرطة</bdi>") {
		t.Error("Arabic is not shown as it was written")
	}
}

// A folder whose log is empty, a log that is gone, and one that comes back.
func TestNoLog(t *testing.T) {
	d := open(t, folder(t, 0))
	if text := d.get("/"); !strings.Contains(text, "There are no requests") || !strings.Contains(text, "foia new") {
		t.Error(text)
	}
	for _, path := range []string{"/requests", "/offices", "/log", "/report"} {
		d.get(path)
	}
}

// Of many requests, a page lists a hundred; the pages together have them all, once.
func TestPaging(t *testing.T) {
	d := open(t, folder(t, 260))
	seen := map[string]int{}
	for n := 1; n <= 3; n++ {
		for _, m := range seenField.FindAllStringSubmatch(d.get(fmt.Sprintf("/requests?page=%d&sort=due", n)), -1) {
			seen[m[1]]++
		}
	}
	if len(seen) != 260 {
		t.Errorf("%d requests", len(seen))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is listed %d times", id, n)
		}
	}
}

// The log page shows every event, once, in pages; and what one person or one kind has.
func TestLogPage(t *testing.T) {
	d := open(t, folder(t, 30))
	seen, at := map[string]bool{}, "/log"
	for at != "" {
		text := d.get(at)
		for _, m := range regexp.MustCompile(`#(\d+)</span> <a href="/r/`).FindAllStringSubmatch(text, -1) {
			if seen[m[1]] {
				t.Errorf("%s is there twice", m[1])
			}
			seen[m[1]] = true
		}
		at = ""
		if m := regexp.MustCompile(`<a href="([^"]+)">Earlier`).FindStringSubmatch(text); m != nil {
			at = html.UnescapeString(m[1])
		}
	}
	if len(seen) != 300 {
		t.Errorf("%d of 300 events", len(seen))
	}
	if text := d.get("/log?kind=note&who=bench"); !strings.Contains(text, "called the office") || strings.Contains(text, "<strong>sent") {
		t.Error("the notes are not alone")
	}
}

// Whoever has the log checked sees what was found, and what was changed by hand is found.
func TestVerifyOnThePage(t *testing.T) {
	w := folder(t, 5)
	for n := range 5 {
		if err := os.MkdirAll(w.Path(fmt.Sprintf("requests/2026-%04d-made-up", n+1)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, w)
	if text := d.get("/log"); !strings.Contains(text, "Not checked since the desk was opened") {
		t.Error("it claims to be checked")
	}
	got := d.post("/log/verify", url.Values{})
	if got.StatusCode != http.StatusSeeOther {
		t.Fatal(got.Status)
	}
	var text string
	for range 2000 {
		if text = d.get("/log"); !strings.Contains(text, "is being checked") {
			break
		}
	}
	if !strings.Contains(text, "5 requests and 0 documents, all intact") {
		t.Error(text)
	}
	if err := os.Remove(w.Path("requests/2026-0003-made-up")); err != nil {
		t.Fatal(err)
	}
	d.post("/log/verify", url.Values{})
	for range 2000 {
		if text = d.get("/log"); !strings.Contains(text, "is being checked") {
			break
		}
	}
	if !strings.Contains(text, "1 problem.") || !strings.Contains(text, `<a href="/r/2026-0003">`) {
		t.Error(text)
	}
}
