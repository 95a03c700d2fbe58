package report

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/store"
	"foia/internal/workday"
)

// The figures of nine requests that were sent, counted by hand.
func TestFigures(t *testing.T) {
	r := made(t, Asked{On: inMay, By: ByOffice}, lives(t, newBasis(t)))
	// 4 decided (1, 2, 3, 9) + 1 referred (6) + 1 ended (7) + 3 open (4, 5, 8) = 9.
	// Responded: the 4 decided and the release of 5. Of 9 − 1 referred = 8.
	// Days: 30 (1), 20 (2), 0 (3); 9 has no first day. Three values: no median.
	// Late: 1 was due on March 30 and answered on April 1; 4 and 5 are overdue. 8 and 9: no day of receipt.
	// Fees: $120.50 (3) and 235 EUR (4); paid $60.25 + $60.25 = $120.50 (3) and an unknown amount (4).
	// Exemptions: b5 and b6 (1); 9 was denied, and the log has none.
	// Pages: 12 (1) + 1 (2) + 100 (5) = 113 of three requests; withheld 2 (1).
	want := `{"sent":9,"responded":5,"decided":4,"referred":1,"ended":1,"open":3,"opened_by_referral":0,` +
		`"days":{"timed":3,"unknown":1,"median":null,"longest":30},"late":3,"overdue":2,"late_unknown":2,` +
		`"outcomes":{"denied":1,"granted":1,"no-records":1,"partial":1},"exemptions":{"b5":1,"b6":1},"exemptions_unknown":1,` +
		`"fees_asked":{"sums":{"EUR":"235.00","USD":"120.50"},"requests":2},` +
		`"fees_paid":{"sums":{"USD":"120.50"},"requests":1,"unknown":1},` +
		`"pages_released":{"sum":113,"requests":3},"pages_withheld":{"sum":2,"requests":1}}`
	got, err := json.Marshal(r.Total)
	if err != nil || string(got) != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
	if r.Offices != 3 || len(r.Groups) != 3 {
		t.Errorf("%d offices, %d groups", r.Offices, len(r.Groups))
	}
	for i, want := range []string{"Office of a 3 3 100% – 30 1 0", "Office of b 2 1 50% – 0 1 1", "Office of c 4 1 33% – – 1 2"} {
		if got := strings.Join(r.Groups[i].Row(), " "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A median needs five values; of an even number it is the middle of the two in the middle.
func TestMedian(t *testing.T) {
	for _, c := range []struct {
		days            []int
		median, longest string
	}{
		{nil, "–", "–"},
		{[]int{7}, "–", "7"},
		{[]int{1, 2, 3, 4}, "–", "4"},
		{[]int{9, 1, 5, 3, 7}, "5", "9"},      // 1 3 [5] 7 9
		{[]int{6, 1, 5, 2, 4, 3}, "3.5", "6"}, // 1 2 [3 4] 5 6: (3+4)/2
		{[]int{4, 4, 4, 4, 1000}, "4", "1,000"},
		{[]int{0, 0, 0, 2, 2, 2}, "1", "2"}, // 0 0 [0 2] 2 2
	} {
		var d Days
		for _, n := range c.days {
			d.Timed++
			d.tally.add(n, 1)
		}
		d.finish()
		if d.median() != c.median || d.longest() != c.longest {
			t.Errorf("%v: %s, %s", c.days, d.median(), d.longest())
		}
	}
}

// A share says 100% of all alone, and 0% of none alone.
func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, all int
		want      string
	}{{0, 0, "–"}, {0, 9, "0%"}, {1, 1000, "<1%"}, {1, 200, "1%"}, {1, 3, "33%"}, {2, 3, "67%"}, {1, 2, "50%"}, {999, 1000, ">99%"},
		{9, 9, "100%"}} {
		if got := percent(c.part, c.all); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.all, got, c.want)
		}
	}
}

// Requests are chosen by what the user asks for; what is private, or of unknown date, is
// counted apart.
func TestChosen(t *testing.T) {
	b := newBasis(t)
	base := "2026-03-02 drafted|2026-03-02 sent by=portal"
	all := []store.Standing{
		standingOf(t, b, requestTo(1, "a", law.Federal), base),
		standingOf(t, b, requestTo(2, "a", ""), base+"|2026-03-03 private people=ben"), // an old log: the federal law
		standingOf(t, b, requestTo(3, "b", "us-tx"), "2026-03-02 drafted|2026-04-07 sent by=email|2026-04-08 tagged tags=budget"),
		standingOf(t, b, requestTo(4, "c", "us-tx"), "2026-03-02 drafted|2026-04-10 determination outcome=granted"),
	}
	day := workday.MustDate
	for _, c := range []struct {
		asked                  Asked
		sent, private, undated int
	}{
		{Asked{}, 3, 1, 0},
		{Asked{Private: true}, 4, 0, 0},
		{Asked{Law: law.Federal}, 1, 1, 0},
		{Asked{Law: "us-tx"}, 2, 0, 0},
		{Asked{Owner: "ANA"}, 3, 1, 0},
		{Asked{Owner: "ben"}, 0, 0, 0},
		{Asked{Since: day("2026-03-03")}, 1, 0, 1},
		{Asked{Until: day("2026-03-02")}, 1, 1, 1},
		{Asked{Since: day("2026-03-02"), Until: day("2026-04-07")}, 2, 1, 1},
	} {
		c.asked.On = inMay
		r := made(t, c.asked, all)
		if r.Total.Sent != c.sent || r.Hidden != c.private || r.Undated != c.undated {
			t.Errorf("%+v: %d sent, %d private, %d undated", c.asked, r.Total.Sent, r.Hidden, r.Undated)
		}
		text, err := json.Marshal(r)
		if err != nil || strings.Contains(strings.ToLower(string(text)+r.markdown()), "hidden") {
			t.Errorf("%v: the report tells of what was left out: %s", err, text)
		}
	}
	for by, want := range map[By]string{ByMonth: "2026-03, 2026-04, not known", ByLaw: "Federal FOIA (us-federal), Texas (us-tx)",
		ByOffice: "Office of a, Office of b, Office of c"} {
		var names []string
		for _, g := range made(t, Asked{On: inMay, By: by, Private: true}, all).Groups {
			names = append(names, g.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("by %s: %s, want %s", by, got, want)
		}
	}
}

// An office that was renamed is one group, under its last name; two of one name are told apart.
func TestOfficesByName(t *testing.T) {
	b := newBasis(t)
	var all []store.Standing
	for i, c := range []struct{ id, agency, component, created string }{
		{"x", "State Department", "Records Office", "2026-03-01"}, {"x", "State Department", "Freedom Office", "2026-03-02"},
		{"y", "City of Reno", "Police", "2026-03-02"}, {"z", "City of Boston", "Police", "2026-03-02"},
		{"p", "City of Salem", "Fire", "2026-03-02"}, {"q", "City of Salem", "Fire", "2026-03-02"},
	} {
		r := requestTo(i+1, c.id, law.Federal)
		r.Agency, r.Component, r.Created = c.agency, c.component, workday.MustDate(c.created)
		all = append(all, standingOf(t, b, r, "2026-03-02 drafted|2026-03-02 sent by=portal"))
	}
	var names []string
	for _, g := range made(t, Asked{On: inMay, By: ByOffice}, all).Groups {
		names = append(names, g.Name)
	}
	want := "Fire (City of Salem) (p); Fire (City of Salem) (q); Freedom Office; Police (City of Boston); Police (City of Reno)"
	if got := strings.Join(names, "; "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Sums that are too large to be counted are an error, and no wrong number.
func TestTooMuch(t *testing.T) {
	f := newFigures()
	most := &docket.Amount{Cents: math.MaxInt64, Currency: law.Dollars}
	s := store.Standing{State: docket.State{Begun: true, Account: docket.Account{Fee: most}}}
	c := Count(s, inMay)
	if err := f.add(&c); err != nil {
		t.Fatal(err)
	}
	if err := f.add(&c); err == nil {
		t.Errorf("%+v", f.Asked)
	}
}

// A law that nobody knows is a slip, unless the log has requests under it.
func TestUnknownLaw(t *testing.T) {
	b := newBasis(t)
	all := []store.Standing{standingOf(t, b, requestTo(1, "a", "us-zz"), "2026-03-02 drafted|2026-03-02 sent by=email")}
	if r := made(t, Asked{On: inMay, Law: "us-zz"}, all); r.Total.Sent != 1 {
		t.Errorf("%d", r.Total.Sent)
	}
	if _, err := begin(Asked{On: inMay, Law: "us-zy"}, &law.Book{}).finish(); err == nil ||
		!strings.Contains(err.Error(), "unknown law “us-zy”") {
		t.Errorf("%v", err)
	}
}

// A note tells why a median is missing, in the whole or in a group alone, and what was left out.
func TestNotes(t *testing.T) {
	b := newBasis(t)
	var five []store.Standing
	for i := range 5 {
		five = append(five, standingOf(t, b, requestTo(i+1, "a", law.Federal),
			"2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-20 determination outcome=granted"))
	}
	undated := standingOf(t, b, requestTo(6, "b", law.Federal), "2026-03-02 drafted|2026-04-10 determination outcome=granted")
	const few = "No median is shown for fewer than five decisions that can be timed: one more could move it anywhere."
	since := workday.MustDate("2026-01-01")
	for _, c := range []struct {
		asked Asked
		all   []store.Standing
		want  string
	}{
		{Asked{}, nil, ""},
		{Asked{}, five, ""},
		{Asked{}, five[:4], few},
		{Asked{}, append(slices.Clone(five), undated), ""},
		{Asked{By: ByOffice}, append(slices.Clone(five), undated), few},
		{Asked{Since: since}, append(slices.Clone(five), undated), "One request is left out: the log does not tell when it was sent."},
		{Asked{Since: since}, append(slices.Clone(five), undated, undated),
			"2 requests are left out: the log does not tell when they were sent."},
	} {
		c.asked.On = inMay
		if got := strings.Join(made(t, c.asked, c.all).Notes(), " "); got != c.want {
			t.Errorf("%+v, %d requests: %q, want %q", c.asked, len(c.all), got, c.want)
		}
	}
}
