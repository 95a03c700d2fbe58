package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/workday"
)

// formAt is what a browser sends of the form with an action as it stands on a page: text, what is checked, what is
// selected.
func formAt(t testing.TB, text, action string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	out, found := url.Values{}, false
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		if n.Data == "form" && attr(n, "action") == action && !found {
			in, found = true, true
		}
		if in && n.Type == html.ElementNode {
			takeControl(out, n)
		}
		for c := range n.ChildNodes() {
			walk(c, in)
		}
	}
	walk(root, false)
	if !found {
		t.Fatalf("no form %s in\n%s", action, text)
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// takeControl takes the answer of a control.
func takeControl(out url.Values, n *html.Node) {
	name := attr(n, "name")
	switch kind := attr(n, "type"); {
	case name == "":
	case n.Data == "input" && (kind == "checkbox" || kind == "radio"):
		if has(n, "checked") {
			out.Add(name, attr(n, "value"))
		}
	case n.Data == "input":
		out.Add(name, attr(n, "value"))
	case n.Data == "textarea" && n.FirstChild != nil:
		out.Add(name, n.FirstChild.Data)
	case n.Data == "textarea":
		out.Add(name, "")
	case n.Data == "select":
		for c := range n.ChildNodes() {
			if c.Data == "option" && has(c, "selected") {
				out.Add(name, attr(c, "value"))
			}
		}
	}
}

// replyDesk is a desk with a request and messages that wait, and the address of the first of them.
func replyDesk(t *testing.T, made string, names ...string) (d *desk, id, at string) {
	t.Helper()
	w := folder(t, 0)
	id = addSent(t, w, workday.MustDate(made))
	waiting(t, w, names...)
	d = open(t, w)
	d.Server.Offices = agency.Embedded
	return d, id, replyLink.FindString(d.get("/replies"))
}

// changes follows “Change it” beside the event at a place of a page.
func (d *desk) changes(page, at string, place int) string {
	d.t.Helper()
	v := formAt(d.t, page, at)
	v.Set("place", strconv.Itoa(place))
	return d.get(at + "/change?" + v.Encode())
}

// answers sends what was changed, and follows to the page of the message, where that is shown.
func (d *desk) answers(at string, form url.Values) string {
	d.t.Helper()
	got := d.send(d.request("GET", at+"/change?"+form.Encode(), nil))
	if got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(got.Header.Get("Location"), at+"?") {
		d.t.Fatalf("%s\n%s", got.Status, body(d.t, got))
	}
	return d.get(got.Header.Get("Location"))
}

// record sends the page's form, and reports what the log has then.
func (d *desk) record(page, at, id string) []docket.Event {
	d.t.Helper()
	form := formAt(d.t, page, at)
	form.Set("do", "record")
	if got := d.post(at, form); got.StatusCode != http.StatusSeeOther {
		d.t.Fatalf("%s\n%s", got.Status, body(d.t, got))
	}
	return d.events(id)
}

// A value that was read wrong is changed on the page: it rests on whoever changed it, what it changes is shown, and
// only then it is written.
func TestChangeReply(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d04-fbi-final.txt")
	page := d.get(at + "?request=" + id)
	ask := d.changes(page, at, 0)
	form := formAt(t, ask, at+"/change")
	for name, has := range map[string]string{"outcome": "partial", "exemptions": "b3,b6,b7C,b7E", "pages": "97", "withheld": "46",
		"appeal-by": "2027-01-27", "on": "2026-10-29", "about": id, "kind": "determination"} {
		if form.Get(name) != has {
			t.Errorf("%s is %q on the page, not %q", name, form.Get(name), has)
		}
	}
	form.Set("exemptions", "b5 b7C")
	form.Set("on", "Oct 30, 2026")
	form.Set("note", "by telephone")
	page = d.answers(at, form)
	for _, has := range []string{"October 30, 2026 (as you said)", "<bdi>b5 b7C</bdi> <span class=\"quiet\">(as you said)",
		"sent → determined",
		"Open: appeal-by was reckoned before you changed the day", "<bdi>46</bdi> “", "<bdi>by telephone</bdi>"} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in\n%s", has, page)
		}
	}
	if n := len(d.events(id)); n != 2 {
		t.Fatalf("looking wrote something: %d events", n)
	}
	events := d.record(page, at, id)
	e := events[2]
	if e.Kind != docket.Determination || e.Data["exemptions"] != "b5,b7C" || e.On.String() != "2026-10-30" || e.Data["pages"] != "97" ||
		e.Data["note"] != "by telephone" || e.Data["files"] == "" {
		t.Errorf("%+v", e)
	}
}

// An answer that decides about others is followed by those: a decision that released everything has no exemptions.
func TestChangeReplyDependents(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d04-fbi-final.txt")
	form := formAt(t, d.changes(d.get(at+"?request="+id), at, 0), at+"/change")
	form.Set("outcome", "granted")
	events := d.record(d.answers(at, form), at, id)
	if e := events[2]; e.Data["outcome"] != "granted" || e.Data["exemptions"] != "" || e.Data["withheld"] != "" || e.Data["pages"] != "97" {
		t.Errorf("%+v", e.Data)
	}
}

// Another event has other details: they are asked, and what was told of the other is not kept.
func TestChangeReplyKind(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	form := formAt(t, d.changes(d.get(at+"?request="+id), at, 0), at+"/change")
	form.Set("kind", "referred")
	ask := d.get(at + "/change?" + form.Encode())
	form = formAt(t, ask, at+"/change")
	if !strings.Contains(ask, "a little more to ask") || form.Get("kind") != "referred" || !form.Has("to") {
		t.Fatal(ask)
	}
	form.Set("to", "no such office anywhere")
	if page := d.answers(at, form); !strings.Contains(page, "cannot be recorded so") {
		t.Error("an office that there is not")
	}
	form.Set("to", "irs")
	page := d.answers(at, form)
	if !strings.Contains(page, "(as you said)") {
		t.Error(page)
	}
	v := formAt(t, page, at)
	v["entry"] = []string{"0"}
	v.Set("do", "record")
	if got := d.post(at, v); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	if e := d.events(id)[2]; e.Kind != docket.Referred || e.Data["child"] == "" || e.Data["tracking"] != "" {
		t.Errorf("%+v", e)
	}
}

// What cannot be is said at its field, and whatever else was typed is still there.
func TestChangeReplyBadValues(t *testing.T) {
	d, id, at := replyDesk(t, "2026-08-03", "d07-eousa-fee.txt")
	page := d.get(at + "?request=" + id)
	for _, c := range []struct{ field, value string }{
		{"on", "2026-13-45"}, {"on", "tomorrow"}, {"on", ""}, {"on", "2026-08-01"}, {"on", "03/04/2026"}, {"amount", "much"},
		{"amount", ""},
		{"answer-by", "2026-01-01"}, {"answer-by", "soon"}, {"about", "2026-9999"}, {"about", "<script>"},
		{"about", ""},
	} {
		form := formAt(t, d.changes(page, at, 0), at+"/change")
		form.Set("note", "typed with care")
		form.Set("search", "1.50")
		form.Set(c.field, c.value)
		text := d.get(at + "/change?" + form.Encode())
		again := formAt(t, text, at+"/change")
		if !strings.Contains(text, `id="`+c.field+`-wrong"`) || again.Get("note") != "typed with care" || again.Get("search") != "1.50" ||
			again.Get(c.field) != c.value {
			t.Errorf("%s %q: %v\n%s", c.field, c.value, again, text)
		}
		for _, shown := range []string{"\ufdd0", "\ufdd1"} {
			if strings.Contains(text, shown) {
				t.Errorf("%s %q: an act without words", c.field, c.value)
			}
		}
	}
	if n := len(d.events(id)); n != 2 {
		t.Errorf("%d events", n)
	}
}

// One event is left out: the others are judged and written without it.
func TestChangeReplyLeaveOut(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	v := formAt(t, d.get(at+"?request="+id), at)
	v["entry"] = []string{"0", "2"}
	page := d.get(at + "?" + v.Encode())
	if !strings.Contains(page, "(left out)") || strings.Contains(page, "extended") && strings.Contains(page, "determination, Nov") {
		t.Error(page)
	}
	if now := formAt(t, page, at); !slices.Equal(now["entry"], []string{"0", "2"}) || len(now["can"]) != 3 {
		t.Errorf("%v", now)
	}
	events := d.record(page, at, id)
	kinds := []docket.Kind{}
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	if !slices.Equal(kinds, []docket.Kind{docket.Drafted, docket.Sent, docket.Acknowledged, docket.CategoryAssigned}) {
		t.Errorf("%v", kinds)
	}
}

// An event is put to another request, and the message is kept with both.
func TestChangeReplyMove(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	other := addSent(t, d.w, workday.MustDate("2026-10-06"))
	form := formAt(t, d.changes(d.get(at+"?request="+id), at, 2), at+"/change")
	form.Set("about", other)
	page := d.answers(at, form)
	for _, has := range []string{" in " + other, "If recorded, in " + id, "If recorded, in " + other} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in\n%s", has, page)
		}
	}
	events := d.record(page, at, id)
	moved := d.events(other)
	if len(events) != 4 || len(moved) != 3 || moved[2].Kind != docket.CategoryAssigned || moved[2].Data["files"] == "" {
		t.Errorf("%+v\n%+v", events, moved)
	}
}

// A detail that the kind knows and the message does not tell is added, and a day may be unknown.
func TestChangeReplyAddDetail(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	form := formAt(t, d.changes(d.get(at+"?request="+id), at, 0), at+"/change")
	if !strings.Contains(form.Get("asked"), "track,") {
		t.Fatalf("%v", form)
	}
	form.Set("track", "complex")
	form.Set("on", "Unknown")
	form.Set("received", "")
	page := d.answers(at, form)
	again := formAt(t, d.changes(page, at, 0), at+"/change")
	if again.Get("track") != "complex" || again.Get("on") != "unknown" || again.Get("received") != "" {
		t.Errorf("%v", again)
	}
	v := formAt(t, page, at)
	v["entry"] = []string{"0"}
	v.Set("do", "record")
	if got := d.post(at, v); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	if e := d.events(id)[2]; e.Data["track"] != "complex" || !e.On.IsZero() || e.Data["day"] != "unknown" || e.Data["received"] != "" {
		t.Errorf("%+v", e)
	}
}

// Whoever looks at the questions and changes nothing changes nothing, of any message.
func TestChangeReplyNothing(t *testing.T) {
	all, err := filepath.Glob("../inbox/testdata/d*")
	if err != nil || len(all) < 31 {
		t.Fatal(len(all), err)
	}
	names := []string{}
	for _, path := range all {
		names = append(names, filepath.Base(path))
	}
	d, id, _ := replyDesk(t, "2025-10-05", names...)
	looked := 0
	for _, at := range replyLink.FindAllString(d.get("/replies"), -1) {
		page := d.get(at + "?request=" + id)
		for i := range strings.Count(page, ">Change it<") {
			form := formAt(t, d.changes(page, at, i), at+"/change")
			got := d.send(d.request("GET", at+"/change?"+form.Encode(), nil))
			if got.StatusCode == http.StatusOK { // it lacks something that must be told
				if text := body(t, got); !strings.Contains(text, "-wrong") {
					t.Errorf("%s, %d: %s", at, i, text)
				}
				continue
			}
			if text := d.get(got.Header.Get("Location")); strings.Contains(text, "as you said)") {
				t.Errorf("%s, %d: %s", at, i, text)
			}
			looked++
		}
	}
	if looked < 30 {
		t.Errorf("%d events were looked at", looked)
	}
}

// changedForm is the form of a message with its first event changed, ready to be sent.
func changedForm(t *testing.T, d *desk, id, at, tracking string) url.Values {
	t.Helper()
	form := formAt(t, d.changes(d.get(at+"?request="+id), at, 0), at+"/change")
	form.Set("tracking", tracking)
	v := formAt(t, d.answers(at, form), at)
	v.Set("do", "record")
	return v
}

// A form that has not seen the last event of a request writes nothing, and says what happened.
func TestChangedReplyStale(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	v := changedForm(t, d, id, at, "A-1")
	if got := d.post("/r/"+id+"/record", note("meanwhile", 2)); got.StatusCode != http.StatusSeeOther {
		t.Fatal(got.Status)
	}
	got := d.post(at, v)
	if text := body(t, got); got.StatusCode != http.StatusConflict || !strings.Contains(text, "meanwhile") {
		t.Errorf("%s\n%s", got.Status, text)
	}
	if n := len(d.events(id)); n != 3 || d.get("/replies") == "" {
		t.Errorf("%d events", n)
	}
	if !strings.Contains(d.get("/replies"), at) {
		t.Error("the message does not wait any longer")
	}
}

// The second click on the button finds that the first was taken.
func TestChangedReplyDoubleClick(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	v := changedForm(t, d, id, at, "A-1")
	var both sync.WaitGroup
	codes := make([]int, 2)
	for i := range codes {
		both.Go(func() { codes[i] = d.post(at, v).StatusCode })
	}
	both.Wait()
	slices.Sort(codes)
	if codes[0] != http.StatusSeeOther || codes[1] != http.StatusNotFound && codes[1] != http.StatusConflict {
		t.Errorf("%v", codes)
	}
	got := d.post(at, v)
	if text := body(t, got); got.StatusCode != http.StatusNotFound || !strings.Contains(text, "This message waits no longer") {
		t.Errorf("%s\n%s", got.Status, text)
	}
	if n := len(d.events(id)); n != 5 {
		t.Errorf("%d events", n)
	}
}

// Two tabs change the same event in two ways: one is written, the other learns of it.
func TestChangedReplyTwoTabs(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	tabs := []url.Values{changedForm(t, d, id, at, "A-1"), changedForm(t, d, id, at, "B-2")}
	var both sync.WaitGroup
	codes := make([]int, 2)
	for i := range codes {
		both.Go(func() { codes[i] = d.post(at, tabs[i]).StatusCode })
	}
	both.Wait()
	written := slices.Index(codes, http.StatusSeeOther)
	if written < 0 || codes[1-written]/100 != 4 {
		t.Fatalf("%v", codes)
	}
	events := d.events(id)
	if len(events) != 5 || events[2].Data["tracking"] != tabs[written].Get("0.d.tracking") {
		t.Errorf("%v: %+v", codes, events)
	}
}

// What no page of the desk sends is refused, and writes nothing.
func TestChangedReplyForged(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	good := changedForm(t, d, id, at, "A-1")
	for what, change := range map[string]func(url.Values){
		"not what was read":  func(v url.Values) { v.Set("0.was", "denied") },
		"nothing was read":   func(v url.Values) { v.Del("0.was") },
		"no such place":      func(v url.Values) { v.Set("9.kind", "note"); v.Set("9.was", "note") },
		"a place below zero": func(v url.Values) { v.Set("-1.was", "acknowledged") },
		"no such event":      func(v url.Values) { v.Set("0.kind", "won") },
		"an event of foia’s": func(v url.Values) { v.Set("0.kind", string(docket.Drafted)) },
		"no day":             func(v url.Values) { v.Del("0.on") },
		"a day to come":      func(v url.Values) { v.Set("0.on", "2027-01-01") },
		"no detail of it":    func(v url.Values) { v.Set("0.d.amount", "5") },
		"no such request":    func(v url.Values) { v.Set("0.request", "2026-7777") },
		"nothing seen":       func(v url.Values) { v.Del("seen") },
	} {
		v := url.Values{}
		for name, values := range good {
			v[name] = slices.Clone(values)
		}
		change(v)
		if got := d.post(at, v); got.StatusCode/100 != 4 {
			t.Errorf("%s: %s\n%s", what, got.Status, body(t, got))
		}
	}
	for _, query := range []string{"", "place=x", "place=9", "place=-1", "place=0&state=%zz", "place=0&state=0.kind%3Dnote",
		"place=0&asked=%00&kind=won&on=x"} {
		got := d.send(d.request("GET", at+"/change?"+query, nil))
		if got.StatusCode == http.StatusSeeOther || got.StatusCode >= 500 {
			t.Errorf("%q: %s", query, got.Status)
		}
	}
	if n := len(d.events(id)); n != 2 {
		t.Errorf("%d events", n)
	}
}

// The page and the terminal have one rule for what somebody changed.
func TestChangedReplyAsInTheTerminal(t *testing.T) {
	d, id, at := replyDesk(t, "2026-10-05", "d01-ice-ack.txt")
	b := logbook.New(d.w, d.Writer())
	r := &inbox.Reader{Book: b}
	for item, err := range r.Waiting(t.Context()) {
		if err == nil {
			err = r.Assign(t.Context(), &item, id)
		}
		if err == nil {
			e := item.Entries[0].Entry.Event
			err = r.Change(t.Context(), &item, 0, docket.Proposed{Event: e}.Tell("tracking", "A-1").Event)
		}
		if err != nil {
			t.Fatal(err)
		}
		e := item.Entries[0]
		if e.Basis("tracking") != "as you said" || e.Basis("received") != "" || e.Basis("on") == "as you said" || e.Why != nil ||
			e.Certain() && !e.Records() {
			t.Errorf("%+v", e)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	form := formAt(t, d.changes(d.get(at+"?request="+id), at, 0), at+"/change")
	form.Set("tracking", "A-1")
	if page := d.answers(at, form); !strings.Contains(page, `<bdi>A-1</bdi> <span class="quiet">(as you said)`) {
		t.Error(page)
	}
	if _, err := os.Stat(d.w.Path("inbox")); err != nil {
		t.Error(err)
	}
}
