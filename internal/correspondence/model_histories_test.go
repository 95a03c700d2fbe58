package correspondence

import (
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/workday"
)

// everyHistory makes all histories of up to three of the events that are written here,
// each of them soon after the request or long after its time has run out, with and
// without a sending before them; of these, every step-th from the first on. Events of
// one day are entered in one order or the other.
func everyHistory(first, step int) iter.Seq[history] {
	return func(yield func(history) bool) {
		number := 0
		emit := func(chosen ...string) bool {
			for dates := range 1 << len(chosen) {
				for _, sent := range []string{"", "sent by=portal"} {
					if number++; (number-1)%step != first {
						continue
					}
					if !yield(composed(number-1, sent, dates, chosen)) {
						return false
					}
				}
			}
			return true
		}
		all := fewEvents
		for i, a := range all {
			if !emit(a) {
				return
			}
			for j, b := range all[i:] {
				if !emit(a, b) {
					return
				}
				for _, c := range all[i+j:] {
					if !emit(a, b, c) {
						return
					}
				}
			}
		}
	}
}

// composed makes one history of the list. The number decides what does not multiply it:
// the office, what the request asks for, the order of entry.
func composed(number int, sent string, dates int, chosen []string) history {
	const multiplier = 2654435761 // spreads consecutive numbers (Knuth, vol. 3, 6.4)
	mix := (number * multiplier) >> 8
	h := history{request: aRequest(theOffices[mix%4], []string{"portal", "mail"}[mix/4%2],
		[][]string{nil, {"expedited"}, {"fee_waiver"}, {"expedited", "fee_waiver"}}[mix/8%4]...)}
	h = h.and(workday.MustDate("2025-04-07"), "drafted")
	if sent != "" {
		h = h.and(workday.MustDate("2025-04-08"), sent)
	}
	soon, long := workday.MustDate("2025-04-17"), workday.MustDate("2025-07-01")
	order := []int{0, 1, 2}[:len(chosen)]
	if mix/32%2 == 1 {
		slices.Reverse(order)
	}
	for _, i := range order {
		on := soon
		if dates>>i&1 == 1 {
			on = long
		}
		h = h.and(on, chosen[i])
	}
	return h.dated()
}

// randomHistory makes a history of up to fifteen events, most of which make sense where
// they are. The same seed gives the same history.
func randomHistory(seed uint64) history {
	r := rand.New(rand.NewPCG(seed, 15))
	asks := [][]string{nil, {"expedited"}, {"fee_waiver"}, {"expedited", "fee_waiver"}}[r.IntN(4)]
	h := history{request: aRequest(theOffices[r.IntN(4)], []string{"portal", "mail", "email", "fax"}[r.IntN(4)], asks...)}
	if r.IntN(10) == 0 {
		h.request.Facts["fee_category"] = "educational"
	}
	sent := workday.MustDate("2024-11-18").AddDays(r.IntN(500))
	h = h.and(sent.AddDays(-r.IntN(3)), "drafted")
	if r.IntN(8) > 0 {
		h = h.and(sent, []string{"sent", "sent by=mail", "sent by=portal", "sent by=email"}[r.IntN(4)])
	}
	now := sent
	for range r.IntN(14) {
		on := aDay(r, sent, now)
		if on.Before(h.events[0].On) {
			on = now
		}
		h = h.and(on, aLine(r, h, on))
		if on.After(now) {
			now = on
		}
	}
	return h.dated()
}

// aDay is a day on which something may happen: most are those on which a time ends, or
// the day before or after; some lie before what is in the log already.
func aDay(r *rand.Rand, sent, now workday.Date) workday.Date {
	from := now
	if r.IntN(3) == 0 {
		from = sent
	}
	var on workday.Date
	switch r.IntN(5) {
	case 0:
		return now.AddDays(r.IntN(4))
	case 1:
		on = from.AddDays(r.IntN(60))
	case 2:
		on = from.AddDays(10)
	default:
		on = lastOf([]int{5, 10, 10, 20, 20, 20, 30, 30}[r.IntN(8)], nextOpen(from, 0), r.IntN(3))
	}
	on = on.AddDays(r.IntN(3) - 1)
	if r.IntN(6) == 0 {
		on = on.AddDays(-r.IntN(30))
	}
	return on
}

// aLine is an event that may happen on a day: seldom one without what it answers.
func aLine(r *rand.Rand, h history, on workday.Date) string {
	answerable := slices.ContainsFunc(h.events, func(e docket.Event) bool { return isAnswered[e.Kind] && !e.On.After(on) })
	follows := answerable && r.IntN(2) == 0
	for range 60 {
		line := manyEvents[r.IntN(len(manyEvents))]
		kind, _, _ := strings.Cut(line, " ")
		needs := answers[docket.Kind(kind)]
		fits := slices.ContainsFunc(h.events, func(e docket.Event) bool { return slices.Contains(needs, e.Kind) && !e.On.After(on) })
		if len(needs) == 0 && follows || len(needs) > 0 && !fits && r.IntN(20) > 0 {
			continue
		}
		return strings.ReplaceAll(line, "#", strconv.Itoa(pointAt(r, h, kind)))
	}
	return "note note=nothing"
}

// pointAt is the number of an event that a correction strikes out, or of the letter that
// went out or came back.
func pointAt(r *rand.Rand, h history, kind string) int {
	var of []int
	for _, e := range h.events[1:] {
		if kind == "correction" || e.Kind == "letter-made" {
			of = append(of, e.Seq)
		}
	}
	if len(of) == 0 {
		return 2
	}
	return of[r.IntN(len(of))]
}

// withoutEvent leaves out one event; what points at a later one by number follows it.
func (h history) withoutEvent(i int) history {
	out := history{request: h.request}
	gone := h.events[i].Seq
	for _, e := range slices.Delete(slices.Clone(h.events), i, i+1) {
		e.Data = maps.Clone(e.Data)
		for _, name := range []string{"of", "letter"} {
			if n, err := strconv.Atoi(e.Data[name]); err == nil && n > gone {
				e.Data[name] = strconv.Itoa(n - 1)
			}
		}
		e.Seq = len(out.events) + 1
		out.events = append(out.events, e)
	}
	return out
}

// shrink leaves out events as long as what is left still fails.
func shrink(h history, fails func(history) bool) history {
	for i := len(h.events) - 1; i > 0; i-- {
		if smaller := h.withoutEvent(i); fails(smaller) {
			return shrink(smaller, fails)
		}
	}
	return h
}

// letterDays are days on which a letter may be written: the days of the events, those
// that the claims of the last day name, with the day before and after each, and much
// later. Of them, so many at most, the last always among them.
func (h history) letterDays(n int, seed uint64) []workday.Date {
	far := h.events[0].On
	for _, e := range h.events {
		if e.On.After(far) {
			far = e.On
		}
	}
	far = far.AddDays(60)
	days := map[workday.Date]bool{}
	near := func(d workday.Date) {
		for _, d := range []workday.Date{d.AddDays(-1), d, d.AddDays(1)} {
			if !d.Before(h.request.Created) && !d.After(far) {
				days[d] = true
			}
		}
	}
	for _, e := range h.events {
		near(e.On)
	}
	for _, t := range claims(viewOf(h.request, h.events, far), "") {
		for _, v := range t.values {
			for _, value := range v {
				if d, ok := value.(workday.Date); ok && !d.IsZero() {
					near(d)
				}
			}
		}
	}
	all := slices.SortedFunc(maps.Keys(days), func(a, b workday.Date) int { return b.DaysUntil(a) })
	r := rand.New(rand.NewPCG(seed, 16))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return append(all[:min(len(all), n-1)], far)
}
