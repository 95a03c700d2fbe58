package web

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
)

// A draft is changed on its page: the questions of its template with what was answered, what changes, the letter, yes.
// Looking at it writes nothing.
func TestEdit(t *testing.T) {
	w := folder(t, 1)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	if text := d.get("/r/" + id); !strings.Contains(text, `href="`+at+`">Change the request`) || strings.Contains(text, "foia edit") {
		t.Error("the page does not lead to the form")
	}
	page := d.get(at)
	form := formOf(t, page)
	if form.Get("f.subject") != "Camera contracts" || form.Get("f.date_from") != "2025-01-20 to 2025-08-31" || form.Get("f.records.1") !=
		"The invoices" || form.Get("f.records.0.custodians") != "Procurement" || form.Get("via") != "portal" {
		t.Fatalf("what was answered is not in the form: %v", form)
	}
	if !strings.Contains(page, "The records, one item each") || !strings.Contains(page, "Only if “Ask for a fee waiver” is yes") {
		t.Error(page)
	}
	form.Set("f.subject", "Body-worn <b>cameras</b>")
	form.Set("f.date_from", "2024")
	form.Set("f.records.1.custodians", "Accounts\r\nTreasury")
	form.Set("via", "mail")
	code, shown := d.says(at, form, "show")
	for _, want := range []string{"Camera contracts", "Body-worn &lt;b&gt;cameras&lt;/b&gt;", "How it is filed", "2024-12-31",
		"December 31, 2024", "Keep this version", "What the preflight found"} {
		if code != http.StatusOK || !strings.Contains(shown, want) {
			t.Errorf("%d, without %q:\n%s", code, want, shown)
		}
	}
	if code, pdf := d.says(at, formOf(t, shown), "pdf"); code != http.StatusOK || !strings.HasPrefix(pdf, "%PDF-") {
		t.Errorf("its PDF: %d %.50s", code, pdf)
	}
	if code, back := d.says(at, formOf(t, shown), "change"); code != http.StatusOK || formOf(t, back).Get("f.date_from") != "2024" {
		t.Errorf("back: %d %s", code, back)
	}
	if n := len(d.events(id)); n != 1 {
		t.Fatalf("looking wrote something: %d events", n)
	}
	if code, to := d.says(at, formOf(t, shown), "keep"); code != http.StatusSeeOther || to != "/r/"+id+"#e2" {
		t.Fatalf("%d %s", code, to)
	}
	r := draftOf(t, d, id)
	answers := letter.Answers{}
	if err := json.Unmarshal(r.Answers, &answers); err != nil {
		t.Fatal(err)
	}
	second, _ := answers["records"].([]any)[1].(map[string]any)
	if r.Subject != "Body-worn <b>cameras</b>" || r.Via != "mail" || answers["date_to"] != "2024-12-31" ||
		!reflect.DeepEqual(second["custodians"], []any{"Accounts", "Treasury"}) {
		t.Errorf("%+v", answers)
	}
	if text := d.get("/r/" + id); !strings.Contains(text, "letter-2.pdf") || !strings.Contains(text, "redrafted") {
		t.Error(text)
	}
}

// The page makes what the command makes: of the same change, the same request.
func TestEditAsTheCommand(t *testing.T) {
	kept := map[string]docket.Request{}
	for _, face := range []string{"page", "command"} {
		w := folder(t, 0)
		id := cameraDraft(t, w)
		d := open(t, w)
		form := formOf(t, d.get("/r/"+id+"/edit"))
		form.Set("f.subject", "Contracts")
		form.Set("f.search_terms", "camera\r\nbodycam")
		if face == "page" {
			if code, text := d.says("/r/"+id+"/edit", form, "keep"); code != http.StatusSeeOther {
				t.Fatalf("%d %s", code, text)
			}
		} else {
			stock, err := stockOf(w)
			if err != nil {
				t.Fatal(err)
			}
			desk := &filing.Desk{Book: logbook.New(w, d.Writer()), Stock: stock}
			given := letter.Answers{"subject": "Contracts", "search_terms": []any{"camera", "bodycam"}}
			_, err = desk.Redraft(context.Background(), filing.Change{Request: id, Date: today, Given: []letter.Layer{{Answers: given}}},
				filing.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := desk.Close(); err != nil {
				t.Fatal(err)
			}
		}
		kept[face] = draftOf(t, d, id)
	}
	if !reflect.DeepEqual(kept["page"], kept["command"]) {
		t.Errorf("the page made\n%+v\nthe command\n%+v", kept["page"], kept["command"])
	}
}

// A form that is sent as it came changes nothing, whatever the template asks, and says so.
func TestEditNothing(t *testing.T) {
	w := folder(t, 0)
	d := open(t, w)
	whole := cameras()
	whole["fee_waiver"], whole["waiver_new"], whole["litigation"] = true, "What is paid.\n\nAnd to whom.", []any{"Doe v. X", "Roe v. X"}
	whole["expedite"], whole["urgency_facts"], whole["fee_cap"] = true, "A vote on December 3.", "1,250"
	for name, ask := range map[string]filing.Ask{
		"request": {Name: "request", Offices: []string{"irs"}, Given: []letter.Layer{{Answers: cameras()}}},
		"all":     {Name: "request", Offices: []string{"dhs-ice"}, Given: []letter.Layer{{Answers: whole}}},
		"records": {Name: "public-records", Offices: []string{"us-tx-dps"}, Given: []letter.Layer{{Answers: letter.Answers{
			"subject": "Stops", "records": []any{"The log of stops"}}}}},
		"pack": {Name: "irs-dhs-mou", Only: []string{"agreement"}, Given: []letter.Layer{{Answers: letter.Answers{
			"category_facts": "The Courier publishes news.", "use_statement": "To report.", "fee_category": "media"}}}},
	} {
		id := addDraft(t, w, ask)
		form := formOf(t, d.get("/r/"+id+"/edit"))
		code, text := d.says("/r/"+id+"/edit", form, "show")
		if code != http.StatusOK || !strings.Contains(text, "Nothing would change") {
			t.Errorf("%s: %d\n%s", name, code, text)
		}
		if code, text := d.says("/r/"+id+"/edit", form, "keep"); code != http.StatusOK || len(d.events(id)) != 1 {
			t.Errorf("%s: %d\n%s", name, code, text)
		}
	}
}

// What is wrong stands at its field, and everything that was typed is still there.
func TestEditWrong(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	for name, x := range map[string]struct{ field, typed, at, says string }{
		"no answer":          {"f.subject", " ", "f.subject", "This question needs an answer"},
		"a period":           {"f.date_from", "some day", "f.date_from", "some day"},
		"an amount":          {"f.fee_cap", "much", "f.fee_cap", "much"},
		"a choice":           {"f.fee_category", "friend", "f.fee_category", "not one of the choices"},
		"a day of an item":   {"f.records.1.date_from", "soon", "f.records.1", "soon"},
		"an item of parts":   {"f.records.2.title", "Only a title", "f.records.2", "does not say what is asked for"},
		"a way of filing":    {"via", "carrier-pigeon", "via", "Choose one of the ways"},
		"a table":            {"f.use_statement", "| a | b |\n|---|---|\n| 1 | 2 |", "f.use_statement", "table"},
		"control characters": {"f.use_statement", "To \x1b[31mreport\x00", "f.use_statement", "U&#43;001B"},
		"a blank box":        {"f.records.1", "The \ue000 list", "f.records.1", "U&#43;E000"},
	} {
		form := formOf(t, d.get(at))
		form.Set(x.field, x.typed)
		form.Set("f.related", "typed with care")
		for _, do := range []string{"show", "keep"} {
			code, text := d.says(at, form, do)
			wrong := strings.Index(text, `id="`+x.at+`-wrong"`)
			if code != http.StatusBadRequest || wrong < 0 || !strings.Contains(text[wrong:], x.says) || !strings.Contains(text,
				"typed with care") || !strings.Contains(text, `<a href="#`+x.at+`">`) {
				t.Errorf("%s, %s: %d\n%s", name, do, code, text)
			}
			if strings.ContainsAny(text, "\x1b\x00") {
				t.Errorf("%s: the page has characters that control something", name)
			}
		}
	}
	if n := len(d.events(id)); n != 1 {
		t.Errorf("%d events", n)
	}
}

// Signs that cannot be seen and turn the direction of writing are left out of the letter, and that is said.
func TestEditInvisible(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	form := formOf(t, d.get("/r/"+id+"/edit"))
	form.Set("f.subject", "Camera\u202e contracts\u200b for all")
	code, text := d.says("/r/"+id+"/edit", form, "show")
	if code != http.StatusOK || strings.Contains(text, "\u202e") || !strings.Contains(text, "cannot be seen") {
		t.Fatalf("%d %s", code, text)
	}
	if code, text := d.says("/r/"+id+"/edit", formOf(t, text), "keep"); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, text)
	}
	if r := draftOf(t, d, id); r.Subject != "Camera contracts for all" {
		t.Errorf("%q", r.Subject)
	}
}

// What an answer leads to is asked before the letter is shown.
func TestEditLeadsOn(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	form := formOf(t, d.get(at))
	form.Set("f.fee_waiver", "yes")
	code, text := d.says(at, form, "show")
	if code != http.StatusOK || !strings.Contains(text, "There is a little more to ask") || strings.Contains(text,
		"Only if “Ask for a fee waiver”") {
		t.Fatalf("%d %s", code, text)
	}
	form = formOf(t, text)
	form.Set("f.waiver_new", "What is paid.")
	if code, text = d.says(at, form, "show"); code != http.StatusOK || !strings.Contains(text, "What is paid.") ||
		!strings.Contains(text, "Keep this version") {
		t.Errorf("%d %s", code, text)
	}
	form.Del("f.fee_waiver")
	if code, text = d.says(at, form, "change"); code != http.StatusOK || formOf(t, text).Get("f.waiver_new") != "What is paid." {
		t.Errorf("what was typed is gone: %d", code)
	}
}

// A letter with errors is not kept without a reason, which is logged.
func TestEditForced(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	form := formOf(t, d.get(at))
	form.Set("via", "email") // which the office does not take
	code, text := d.says(at, form, "show")
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, text)
	}
	form = formOf(t, text)
	if code, text := d.says(at, form, "keep"); code != http.StatusBadRequest || !strings.Contains(text, "say why it goes out") {
		t.Errorf("without a reason: %d %s", code, text)
	}
	form.Set("force", "they asked for it")
	if code, text := d.says(at, form, "keep"); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, text)
	}
	if events := d.events(id); !strings.Contains(events[1].Data["reason"]+events[1].Data["forced"], "they asked for it") {
		t.Errorf("%v", events[1].Data)
	}
}
