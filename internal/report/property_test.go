package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
)

// anyStanding draws a request as it may stand, sensible or not: the lives that the other tests
// know, with other days, laws, offices and amounts.
func anyStanding(t *rapid.T, known []store.Standing, n int) store.Standing {
	s := known[rapid.IntRange(0, len(known)-1).Draw(t, "life")]
	s.Request.ID = fmt.Sprintf("2026-%04d", n+1)
	s.Request.OfficeID = rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "office")
	s.Request.Law = rapid.SampledFrom([]string{"us-federal", "us-tx", ""}).Draw(t, "law")
	s.Request.Component = rapid.SampledFrom([]string{"Police", "Records", ""}).Draw(t, "component")
	s.Request.Parent = rapid.SampledFrom([]string{"", "2026-9999"}).Draw(t, "parent")
	s.State.Private = rapid.Bool().Draw(t, "private")
	later := rapid.IntRange(0, 60).Draw(t, "later")
	if !s.State.Sent.IsZero() {
		s.State.Sent = s.State.Sent.AddDays(-later)
	}
	if !s.State.Account.Determined.IsZero() {
		s.State.Account.Determined = s.State.Account.Determined.AddDays(later)
	}
	if s.State.Account.Decided() && rapid.Bool().Draw(t, "undated") {
		s.State.Account.Answered, s.State.Account.Determined, s.State.Account.Undated = workday.Date{}, workday.Date{}, true
	}
	if rapid.Bool().Draw(t, "asked") {
		s.State.Account.Fee = &docket.Amount{Cents: docket.Cents(rapid.IntRange(0, 100_000).Draw(t, "cents")),
			Currency: rapid.SampledFrom([]string{"USD", "EUR"}).Draw(t, "currency")}
	}
	return s
}

// plus adds up figures of groups, without what only the whole has.
func plus(groups []*Group) *Figures {
	sum := newFigures()
	for _, g := range groups {
		f := g.Figures
		for _, pair := range [][2]*int{{&sum.Sent, &f.Sent}, {&sum.Responded, &f.Responded}, {&sum.Decided, &f.Decided},
			{&sum.Referred, &f.Referred}, {&sum.Ended, &f.Ended}, {&sum.Open, &f.Open}, {&sum.Opened, &f.Opened}, {&sum.Late, &f.Late},
			{&sum.Overdue, &f.Overdue}, {&sum.Untold, &f.Untold}, {&sum.Days.Timed, &f.Days.Timed}, {&sum.Days.Unknown, &f.Days.Unknown},
			{&sum.Asked.Requests, &f.Asked.Requests}, {&sum.Paid.Requests, &f.Paid.Requests}, {&sum.Paid.Unknown, &f.Paid.Unknown},
			{&sum.Released.Sum, &f.Released.Sum}, {&sum.Released.Requests, &f.Released.Requests}, {&sum.Withheld.Sum, &f.Withheld.Sum},
			{&sum.Withheld.Requests, &f.Withheld.Requests}, {&sum.Groundless, &f.Groundless}} {
			*pair[0] += *pair[1]
		}
		for outcome, n := range f.Outcomes {
			sum.Outcomes[outcome] += n
		}
		for ground, n := range f.Exemptions {
			sum.Exemptions[ground] += n
		}
		for currency, cents := range f.Asked.Sums {
			sum.Asked.Sums[currency] += cents
		}
		for currency, cents := range f.Paid.Sums {
			sum.Paid.Sums[currency] += cents
		}
		for _, e := range f.Days.tally {
			sum.Days.tally.add(e.value, e.times)
		}
	}
	sum.Days.finish()
	return sum
}

// Whatever requests there are: each is one of decided, referred, ended and open; the groups
// add up to the whole; and the order in which requests come changes no byte.
func TestAnyReport(t *testing.T) {
	known := lives(t, newBasis(t))
	rapid.Check(t, func(rt *rapid.T) {
		asked := Asked{On: inMay, By: rapid.SampledFrom([]By{ByOffice, ByLaw, ByMonth}).Draw(rt, "by"),
			Private: rapid.Bool().Draw(rt, "all")}
		var all []store.Standing
		for n := range rapid.IntRange(0, 25).Draw(rt, "requests") {
			all = append(all, anyStanding(rt, known, n))
		}
		r := made(t, asked, all)
		f := r.Total
		outcomes := 0
		for _, n := range f.Outcomes {
			outcomes += n
		}
		counted := 0
		for _, s := range all {
			if Count(s, inMay).counts {
				counted++
			}
		}
		if f.Decided+f.Referred+f.Ended+f.Open != f.Sent || f.Sent+r.Hidden != counted || outcomes != f.Decided ||
			f.Days.Timed+f.Days.Unknown != f.Decided || f.Responded < f.Decided || f.Responded > f.Answerable() || f.Overdue > f.Late ||
			f.Late+f.Untold > f.Answerable() || (f.Days.Median == nil) != (f.Days.Timed < fewest) {
			rt.Fatalf("%+v, hidden %d, counted %d", f, r.Hidden, counted)
		}
		if sum := plus(r.Groups); !reflect.DeepEqual(sum, f) {
			rt.Fatalf("by %s:\n%+v\n%+v", asked.By, sum, f)
		}
		again := made(t, asked, rapid.Permutation(all).Draw(rt, "order"))
		for _, form := range Formats {
			if a, b := written(t, r, form), written(t, again, form); !bytes.Equal(a, b) {
				rt.Fatalf("%s in another order:\n%s\n%s", form, a, b)
			}
		}
		a, errA := json.Marshal(r)
		b, errB := json.Marshal(again)
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			rt.Fatalf("%v, %v\n%s\n%s", errA, errB, a, b)
		}
	})
}

func written(t testing.TB, r *Report, form Format) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := r.Write(&out, form); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The tally knows the middle and the end of any list, as if the list were sorted.
func TestTally(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 400), fewest, 60).Draw(t, "values")
		var d Days
		for _, v := range values {
			d.Timed++
			d.tally.add(v, 1)
		}
		d.finish()
		slices.Sort(values)
		n := len(values)
		want := float64(values[n/2])
		if n%2 == 0 {
			want = float64(values[n/2-1]+values[n/2]) / 2
		}
		if *d.Median != want || *d.Longest != values[n-1] {
			t.Fatalf("%v of %v, want %v", *d.Median, values, want)
		}
	})
}
