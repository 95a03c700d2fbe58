package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/pythontest"
	"foia/internal/workday"
)

var update = flag.Bool("update", false, "write the schema of the JSON document anew")

const schemaFile = "../../docs/foia-export-1.schema.json"

// schemaOf is what a value of a kind is in the document.
func schemaOf(k Kind, says string) map[string]any {
	s := map[string]any{"description": says, "type": []string{"string", "null"}}
	switch k {
	case Text:
		s["minLength"] = 1
	case Day:
		s["format"], s["pattern"] = "date", `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	case Moment:
		s["format"], s["pattern"] = "date-time", `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$`
	case Money:
		s["pattern"] = `^[0-9]+[.][0-9]{2}$`
	case Number:
		s["type"] = []string{"integer", "null"}
	case YesNo:
		s["type"] = "boolean"
	}
	return s
}

func objectOf(says string, keys []string, properties map[string]any) map[string]any {
	return map[string]any{"description": says, "type": "object", "properties": properties, "required": keys, "additionalProperties": false}
}

// The schema says of each list and column what export/lists.go says of it.
func TestSchema(t *testing.T) {
	properties := map[string]any{"format": map[string]any{"const": Format}}
	keys, about := []string{"format", "about"}, map[string]any{}
	var facts []string
	for _, f := range About(workday.MustDate("2026-11-27"), "observed", "foia", [3]int{}) {
		facts, about[f.Key()] = append(facts, f.Key()), schemaOf(f.Kind, f.Says)
	}
	properties["about"] = objectOf("what is to be known of the lists as a whole", facts, about)
	for _, l := range Lists() {
		columns := map[string]any{}
		var names []string
		for _, c := range l.Columns {
			names, columns[c.Key()] = append(names, c.Key()), schemaOf(c.Kind, c.Says)
		}
		if len(columns) != len(names) {
			t.Errorf("two columns of %s have the same name: %q", l.Name, names)
		}
		keys = append(keys, l.Key())
		properties[l.Key()] = map[string]any{"description": l.Says, "type": "array", "items": objectOf("one of them", names, columns)}
	}
	schema := objectOf("a tracking log of foia; days are ISO 8601, amounts of money are texts, and what is unknown is null", keys,
		properties)
	schema["$schema"], schema["title"] = "https://json-schema.org/draft/2020-12/schema", Format
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(schemaFile)
	if err != nil || !bytes.Equal(kept, text.Bytes()) {
		t.Errorf("%s is out of step; go test ./internal/export -update writes it (%v)", schemaFile, err)
	}
}

// aRequest has a value in every column.
func aRequest() (docket.Request, docket.State) {
	day := workday.MustDate
	n := 12
	r := docket.Request{ID: "2026-0001", Subject: "“Contracts” & <more>\n=1+1", Agency: "Department", Component: "Bureau", Via: "portal",
		Law: "us-federal", Folder: "requests/2026-0001-bureau", Series: &docket.Series{First: "2026-0001"}}
	s := docket.State{Status: docket.IsProcessing, Outcome: "partial", Sent: day("2026-09-30"), Received: day("2026-10-01"),
		Numbers: []string{"001", "2"}, Category: "media", Waiver: docket.Decision{State: docket.Asked},
		Expedition: docket.Decision{State: docket.NotAsked}, Last: docket.Event{Kind: docket.Sent, On: day("2026-09-30")},
		Account: docket.Account{Acknowledged: day("2026-10-05"), Determined: day("2026-10-20"), Pages: &n, Withheld: &n,
			Fee: &docket.Amount{Cents: 41200, Currency: "USD"}, Paid: []docket.Amount{{Cents: 5, Currency: "EUR"}}},
		Deadlines: []docket.Deadline{
			{What: docket.DueDetermination, Who: docket.Agency, Due: day("2026-11-02"), Lenient: day("2026-11-03"), Cite: "5 U.S.C.",
				Event: 2},
			{What: docket.DueAppeal, Of: "fee-waiver", Who: docket.You, Due: day("2026-12-01"), Last: day("2026-12-11"), Cite: "rule"},
			{What: docket.DueFees, Who: docket.You, Due: day("2026-10-09"), Met: day("2026-10-08")},
			{What: docket.DueExpedition, Who: docket.Agency, Over: "the request was closed"},
			{What: docket.DueSuit, Who: docket.You, Why: "no rule was read"}},
		Hands: docket.Hands{Assigned: "ana", Tags: []string{"urgent"}, Private: true}}
	return r, s
}

// aDocument has rows that are full, and rows of which next to nothing is known.
func aDocument(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	d, err := NewDocument(&out, About(workday.MustDate("2026-11-27"), "observed", "foia 1.0", [3]int{2, 5, 3}))
	if err != nil {
		t.Fatal(err)
	}
	r, s := aRequest()
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	must(d.Begin(Requests()), d.Row(RequestCells(r, s, workday.MustDate("2026-11-27"))),
		d.Row(RequestCells(docket.Request{ID: "2026-0002"}, docket.State{Status: docket.IsDrafted}, workday.MustDate("2026-11-27"))),
		d.End())
	must(d.Begin(Deadlines()))
	for _, deadline := range s.Deadlines {
		must(d.Row(DeadlineCells(r, s, deadline)))
	}
	must(d.End(), d.Begin(Events()))
	for i, e := range []docket.Event{
		{Request: "2026-0001", Seq: 1, Kind: docket.FeeNotice, On: workday.MustDate("2026-10-01"), By: "ana", Machine: "desk", Hash: "ab",
			Recorded: "2026-10-01T09:00:00.123Z", Data: map[string]string{"amount": "412", "note": "called", "deposit": "yes",
				"files": `[{"name":"received/fees.pdf","sha256":"ab","size":1}]`}},
		{Request: "2026-0001", Seq: 2, Kind: docket.FeeAnswered, On: workday.MustDate("2026-10-02"),
			Data: map[string]string{"amount": "50%", "pages": "three"}},
		{Request: "2026-0001", Seq: 3, Kind: docket.Note, Recorded: "yesterday"}, // of no known day
	} {
		cells, err := EventCells(e, i != 1)
		must(err, d.Row(cells))
	}
	must(d.End(), d.Close())
	return out.Bytes()
}

// The schema, read by a program of others, takes a document, and none that breaks a rule of it.
func TestDocumentBySchema(t *testing.T) {
	good := string(aDocument(t))
	documents := []string{good}
	for _, broken := range [][2]string{{`"foia-export/1"`, `"foia-export/2"`}, {`"due": null`, `"due": ""`},
		{`"due": null`, `"due": "soon"`},
		{`"fee": "412.00"`, `"fee": 412`}, {`"private": true`, `"private": "yes"`}, {`"subject": null,`, ``},
		{`"subject": null`, `"subject": ""`},
		{`"pages": 12`, `"pages": "12"`}, {`"as_of"`, `"as-of"`}} {
		changed := strings.Replace(good, broken[0], broken[1], 1)
		if changed == good {
			t.Fatalf("the document has no %s", broken[0])
		}
		documents = append(documents, changed)
	}
	dir := t.TempDir()
	args := []string{schemaFile}
	for i, text := range documents {
		args = append(args, filepath.Join(dir, fmt.Sprint(i)))
		if err := os.WriteFile(args[i+1], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said := pythontest.Run(t, "jsonschema", `
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
check = jsonschema.Draft202012Validator(schema)
for name in sys.argv[2:]:
    print(len(list(check.iter_errors(json.load(open(name))))))
`, args...)
	for i, line := range strings.Fields(said) {
		if (line == "0") != (i == 0) {
			t.Errorf("document %d has %s faults", i, line)
		}
	}
	if n := len(strings.Fields(said)); n != len(documents) {
		t.Errorf("%d of %d documents were checked", n, len(documents))
	}
}

// What is known is there, and what is not is null and never an empty text.
func TestDocument(t *testing.T) {
	var doc struct {
		Format                      string
		About                       map[string]any
		Requests, Deadlines, Events []map[string]any
	}
	if err := json.Unmarshal(aDocument(t), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Format != Format || doc.About["as_of"] != "2026-11-27" || doc.About["deadlines"] != 5.0 {
		t.Errorf("%s %v", doc.Format, doc.About)
	}
	for _, c := range []struct {
		in   map[string]any
		key  string
		want any
	}{
		{doc.Requests[0], "subject", "“Contracts” & <more>\n=1+1"}, {doc.Requests[0], "tracking_number", "001; 2"},
		{doc.Requests[0], "due", "2026-11-02"}, {doc.Requests[0], "appeal_by", "2026-12-01"}, {doc.Requests[0], "fee", "412.00"},
		{doc.Requests[0], "paid", "0.05"}, {doc.Requests[0], "paid_currency", "EUR"}, {doc.Requests[0], "pages_withheld", 12.0},
		{doc.Requests[0], "private", true}, {doc.Requests[1], "sent", nil}, {doc.Requests[1], "fee", nil}, {doc.Requests[1], "pages", nil},
		{doc.Requests[1], "private", false},
		{doc.Deadlines[0], "state", Open}, {doc.Deadlines[1], "what", "appeal (fee-waiver)"}, {doc.Deadlines[1], "last", "2026-12-11"},
		{doc.Deadlines[2], "state", Met}, {doc.Deadlines[2], "met", "2026-10-08"}, {doc.Deadlines[3], "state", Void},
		{doc.Deadlines[3], "why", "the request was closed"}, {doc.Deadlines[4], "due", nil}, {doc.Deadlines[4], "why", "no rule was read"},
		{doc.Events[0], "amount", "412.00"}, {doc.Events[0], "currency", "USD"}, {doc.Events[0], "details", "deposit: yes"},
		{doc.Events[0], "files", "received/fees.pdf"}, {doc.Events[0], "entered", "2026-10-01T09:00:00.123Z"},
		{doc.Events[1], "amount", nil}, {doc.Events[1], "details", "amount: 50%\npages: three"}, {doc.Events[1], "counts", false},
		{doc.Events[2], "on", nil}, {doc.Events[2], "entered", nil},
	} {
		if got, there := c.in[c.key]; !there || got != c.want {
			t.Errorf("%s: got %v, want %v", c.key, got, c.want)
		}
	}
}

// The columns begin with those of the tracking log, and every row has a cell of the right kind, or
// none, in each.
func TestLists(t *testing.T) {
	var names []string
	for _, c := range Requests().Columns {
		names = append(names, c.Name)
	}
	if log := docket.ColumnNames(); !slices.Equal(names[:len(log)], log) {
		t.Errorf("columns %q, of the tracking log %q", names, log)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "x", "50%", "12", "12.50", "12 EUR", "2026-01-02", "0"})
		day := func() workday.Date {
			return workday.MustDate("2025-01-01").AddDays(rapid.IntRange(0, 900).Draw(t, "day"))
		}
		r, s := aRequest()
		r.Subject, r.Agency, s.Sent = text.Draw(t, "subject"), text.Draw(t, "agency"), day()
		ofKind(t, Requests(), RequestCells(r, s, day()))
		for _, d := range s.Deadlines {
			d.Due, d.Of, d.Why = day(), text.Draw(t, "of"), text.Draw(t, "why")
			ofKind(t, Deadlines(), DeadlineCells(r, s, d))
		}
		cells, err := EventCells(docket.Event{Request: "2026-0001", Seq: 1, Kind: docket.Note, Recorded: text.Draw(t, "recorded"),
			Data: map[string]string{"amount": text.Draw(t, "amount"), "pages": text.Draw(t, "pages"), "x": text.Draw(t, "x")}}, true)
		if err != nil {
			t.Fatal(err)
		}
		ofKind(t, Events(), cells)
	})
	if _, err := EventCells(docket.Event{Data: map[string]string{"files": "{"}}, true); err == nil {
		t.Error("files that cannot be read are no error")
	}
}

func ofKind(t *rapid.T, l List, cells []any) {
	if len(cells) != len(l.Columns) {
		t.Fatalf("%s: %d cells for %d columns", l.Name, len(cells), len(l.Columns))
	}
	example := map[Kind]any{Text: "", Day: workday.Date{}, Moment: time.Time{}, Number: 0, Money: docket.Cents(0), YesNo: false}
	for i, c := range l.Columns {
		if cells[i] != nil && reflect.TypeOf(cells[i]) != reflect.TypeOf(example[c.Kind]) || cells[i] == "" {
			t.Fatalf("%s, %s: %T %v", l.Name, c.Name, cells[i], cells[i])
		}
	}
}

// Amounts in several currencies are not added up.
func TestPaid(t *testing.T) {
	for want, sums := range map[string][]docket.Amount{"<nil> <nil>": nil, "1.00 USD": {{Cents: 100, Currency: "USD"}},
		"<nil> 1.00 USD; 2.50 EUR": {{Cents: 100, Currency: "USD"}, {Cents: 250, Currency: "EUR"}}} {
		cells := paid(sums)
		if got := fmt.Sprint(cells[0], " ", cells[1]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What cannot be written is an error.
func TestDocumentNotWritten(t *testing.T) {
	d, err := NewDocument(writeTo(func([]byte) (int, error) { return 0, io.ErrClosedPipe }), nil)
	if err == nil {
		err = errors.Join(d.Begin(Requests()), d.End(), d.Close())
	}
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	if err := d.Row([]any{"x"}); err == nil {
		t.Error("a row of one cell was written")
	}
}

type writeTo func([]byte) (int, error)

func (w writeTo) Write(p []byte) (int, error) { return w(p) }
