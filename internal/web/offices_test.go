package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"foia/internal/docket"
	"foia/internal/report"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// decided is a request that was sent and decided so many days later; without an outcome, it is open.
type decided struct {
	office, component, law, campaign string
	days                             int
	outcome, exemptions              string
	private                          bool
}

// decisions are of a federal office with enough to have a median and one with too few, of a state's, whose law calls its
// grounds otherwise, and of one of which the log does not say why.
var decisions = []decided{
	{"dhs-ice", "ICE", "us-federal", "spring", 10, "partial", "b5,b6", false},
	{"dhs-ice", "ICE", "us-federal", "spring", 20, "denied", "b7A", false},
	{"dhs-ice", "ICE", "us-federal", "spring", 30, "partial", "b6,b7C", false},
	{"dhs-ice", "ICE", "us-federal", "", 40, "granted", "", false},
	{"dhs-ice", "ICE", "us-federal", "", 50, "glomar", "", false},
	{"dhs-ice", "ICE", "us-federal", "", 60, "no-records", "", false},
	{"dhs-ice", "ICE", "us-federal", "", 0, "", "", false},
	{"treasury-irs", "IRS", "us-federal", "spring", 12, "denied", "b3", false},
	{"us-tx-dps", "Department of Public Safety", "us-tx", "spring", 9, "partial", "Gov't Code § 552.108; Gov't Code § 552.101", false},
	{"us-tx-dps", "Department of Public Safety", "us-tx", "", 9, "partial", "", false},
	{"made-up", "Made-up office", "us-federal", "secret", 9, "denied", "b1", true},
}

func decidedFolder(t *testing.T) *workspace.Workspace {
	t.Helper()
	w := folder(t, 0)
	log, err := w.OpenLog(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	sent := today.AddDays(-100)
	for _, x := range decisions {
		err = errors.Join(err, log.Write(context.Background(), func(tx *store.Tx) error {
			id, err := tx.NextID(2026)
			if err != nil {
				return err
			}
			event := func(after int, k docket.Kind, data map[string]string) docket.Event {
				return docket.Event{Request: id, Kind: k, On: sent.AddDays(after), Data: data, By: "ana", Recorded: "2026-11-23T09:00:00Z"}
			}
			r := docket.Request{ID: id, Subject: "Contracts", Created: sent, Law: x.law, Office: []byte("{}"), OfficeID: x.office,
				Agency: "Agency of " + x.office, Component: x.component, Via: "portal", Requester: []byte("{}"), Template: "request",
				Answers: []byte("{}"), Folder: "requests/" + id, Campaign: x.campaign, Facts: map[string]string{}}
			if err := tx.Add(r, event(0, docket.Drafted, nil)); err != nil {
				return err
			}
			all := []docket.Event{event(0, docket.Sent, by("portal"))}
			if x.outcome != "" {
				data := map[string]string{"outcome": x.outcome}
				if x.exemptions != "" {
					data["exemptions"] = x.exemptions
				}
				all = append(all, event(x.days, docket.Determination, data))
			}
			if x.private {
				all = append(all, event(0, docket.MadePrivate, map[string]string{"people": "ana"}))
			}
			for _, e := range all {
				if _, err := tx.Append(e); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	return w
}

// tableOf are the cells of the first table of a page, by the heading of each column.
func tableOf(t *testing.T, text string) (rows []map[string]string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for n := range root.Descendants() {
		if n.Data != "tr" || attr(n.Parent.Parent, "class") == "narrow" {
			continue
		}
		var cells []string
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode {
				cells = append(cells, shownText(c))
			}
		}
		if heads == nil {
			heads = cells
			continue
		}
		row := map[string]string{}
		for i, c := range cells {
			row[heads[i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

// shownText is what somebody sees of a part of a page.
func shownText(n *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
		if attr(n, "class") != "hide" {
			for c := range n.ChildNodes() {
				walk(c)
			}
		}
	}
	walk(n)
	return strings.TrimSpace(out.String())
}

// What agencies claim stands beside each office by the name that its law has for it, and what the log does not know is
// said so; fewer than five decisions have no median.
func TestOfficesExemptions(t *testing.T) {
	d := open(t, decidedFolder(t))
	rows := tableOf(t, d.get("/offices"))
	want := []struct{ office, exemptions, median, sent string }{
		{"ICE", "b5 1, b6 2, b7A 1, b7C 1; not known 1", "35", "7"},
		{"Department of Public Safety", "Gov't Code § 552.101 1, Gov't Code § 552.108 1; not known 1", "–", "2"},
		{"IRS", "b3 1", "–", "1"},
	}
	if len(rows) != len(want) {
		t.Fatalf("%v", rows)
	}
	for i, w := range want {
		r := rows[i]
		if r["Office"] != w.office || r["Exemptions claimed"] != w.exemptions || r["Median days"] != w.median || r["Sent"] != w.sent {
			t.Errorf("%+v, not %+v", r, w)
		}
	}
}

// The figures of the page are those of foia report and of foia log --json, of the whole log, of a stretch of time and of a
// campaign, which is the same page with a filter.
func TestOfficesAsInTheTerminal(t *testing.T) {
	w := decidedFolder(t)
	d := open(t, w)
	log, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	}()
	for query, asked := range map[string]report.Asked{"": {}, "?campaign=spring": {Campaign: "spring"},
		"?since=2026-01-01": {Since: workday.MustDate("2026-01-01")}, "?since=2026-11-01": {Since: workday.MustDate("2026-11-01")},
		"?private=yes": {Private: true}, "?campaign=secret&private=yes": {Campaign: "secret", Private: true}} {
		asked.On, asked.By = today, report.ByOffice
		made, err := report.Make(t.Context(), w, log, asked)
		if err != nil {
			t.Fatal(err)
		}
		rows := tableOf(t, d.get("/offices"+query))
		if len(made.Groups) == 0 {
			if len(rows) != 1 || rows[0]["Office"] != "No request was sent." {
				t.Errorf("%s: %v", query, rows)
			}
			continue
		}
		if len(rows) != len(made.Groups) {
			t.Errorf("%s: %d offices, not %d", query, len(rows), len(made.Groups))
		}
		for _, g := range made.Groups {
			i := slices.IndexFunc(rows, func(r map[string]string) bool { return r["Office"] == g.Name })
			if i < 0 {
				t.Errorf("%s: no %s in %v", query, g.Name, rows)
				continue
			}
			for head, n := range map[string]int{"Sent": g.Sent, "Responded": g.Responded, "Late": g.Late, "Overdue": g.Overdue,
				"Full": g.Outcomes["granted"], "Part": g.Outcomes["partial"], "Denied": g.Outcomes["denied"],
				"Other": g.Decided - g.Outcomes["granted"] - g.Outcomes["partial"] - g.Outcomes["denied"], "Open": g.Open} {
				if rows[i][head] != strconv.Itoa(n) {
					t.Errorf("%s, %s: %s is %q, not %d", query, g.Name, head, rows[i][head], n)
				}
			}
			if rows[i]["Median days"] != g.Row()[4] || rows[i]["Exemptions claimed"] != g.Grounds() {
				t.Errorf("%s, %s: %v", query, g.Name, rows[i])
			}
			if query == "" || query == "?campaign=spring" {
				at := "/requests.json" + strings.TrimSuffix("?"+strings.TrimPrefix(query, "?")+"&office="+g.Key, "&")
				var list []docket.Row
				if err := json.Unmarshal([]byte(d.get(strings.Replace(at, "?&", "?", 1))), &list); err != nil || len(list) != g.Sent {
					t.Errorf("%s: %d requests, not %d: %v", at, len(list), g.Sent, err)
				}
			}
		}
	}
	got := d.send(d.request("GET", "/offices?campaign=nothing-like-it", nil))
	if text := body(t, got); got.StatusCode != http.StatusBadRequest || !strings.Contains(text, "no campaign") {
		t.Errorf("%s\n%s", got.Status, text)
	}
}

// What the page of offices shows is counted before somebody asks for it, after the log was read and after each event.
func TestOfficesCountedAhead(t *testing.T) {
	w := decidedFolder(t)
	d := open(t, w)
	counted := func() *report.Report {
		for range 200 {
			d.mu.Lock()
			for _, all := range d.shelf.reports {
				d.mu.Unlock()
				return all[0]
			}
			d.mu.Unlock()
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatal("nothing was counted")
		return nil
	}
	d.get("/log")
	if n := counted().Total.Sent; n != 10 {
		t.Errorf("%d requests", n)
	}
	addSent(t, w, workday.MustDate("2026-10-05"))
	d.get("/log")
	if n := counted().Total.Sent; n != 11 {
		t.Errorf("%d requests", n)
	}
	before := len(d.shelf.reports)
	d.get("/offices")
	if len(d.shelf.reports) != before {
		t.Error("the page counted anew")
	}
}
