package preflight

import (
	"cmp"
	"fmt"
	"slices"

	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/retention"
	"foia/internal/workday"
)

// destroyed (F31): the records of the period are still there, by the shortest time of a series that the item
// names. How an item names one is in package retention.
func destroyed(r *reading, rl *rule) []hit {
	var hits []hit
	for _, item := range destructions(r.draft, rl) {
		h := item.hit(r.draft, rl)
		if h.values == nil {
			continue
		}
		same := slices.IndexFunc(hits, func(o hit) bool {
			return o.in == h.in && o.values["series"] == h.values["series"] && o.values["edge"] == h.values["edge"]
		})
		if same < 0 {
			hits, same = append(hits, h), len(hits)
		}
		hits[same].numbers = append(hits[same].numbers, item.number)
	}
	for _, h := range hits {
		h.values["items"] = itemList(h.numbers)
	}
	return hits
}

// doomed is an item with what becomes of what it asks for.
type doomed struct {
	retention.Destruction
	number int // of the item, from 1
	item   letter.Record
}

func destructions(d *letter.Draft, rl *rule) (all []doomed) {
	if d.Date.IsZero() || !d.Regime.Known() {
		return nil
	}
	asked := retention.Asked{Law: lawOf(d.Regime), Offices: []string{d.Office.ID, d.Office.Parent},
		Of: d.Office.Name + ", " + d.Office.ParentName}
	for i, item := range d.Records {
		asked.Title, asked.Text = item.Title, item.Text
		named := retention.Named(asked)
		if len(named) == 0 {
			continue
		}
		if what, ok := retention.Soonest(named, periodOf(item, rl), d.Date); ok {
			all = append(all, doomed{what, i + 1, item})
		}
	}
	return all
}

// lawOf is the id of the law that binds an office.
func lawOf(regime law.Regime) string {
	if regime.Records != nil {
		return regime.Records.ID
	}
	return law.Federal
}

// periodOf is the period of an item: its own, or what its text says.
func periodOf(item letter.Record, rl *rule) workday.Period {
	if item.From == "" && item.To == "" {
		text := itemText(item)
		item.From, item.To = readPeriod(text)
		if item.From == "" && item.To == "" {
			item.From = onlyDay(text, rl.pattern("on-day"))
			item.To = item.From
		}
	}
	return workday.Period{From: day(item.From), To: day(item.To)}
}

// onlyDay is the day on which something happened, if a text names one day and no other.
func onlyDay(text string, on *pattern) string {
	days := phrase("day").all(text, maxDays)
	if len(days) != 1 || !on.in(text[:days[0][0]]) {
		return ""
	}
	return readDay(text[days[0][0]:days[0][1]])
}

// hit words what becomes of the records of an item; none, if nothing of it need be said today.
func (it doomed) hit(d *letter.Draft, rl *rule) hit {
	k := it.Of
	left, counted := it.Left(d.Date)
	soon := counted && left <= rl.Limits["days"]
	h := hit{saw: start(itemText(it.item))}
	last := it.Newest
	switch {
	case it.Lot == retention.OldestGone && soon:
		h.in = "going"
	case it.Lot == retention.OldestGone:
		h.in = "oldest"
	case it.Lot == retention.AllThere && soon:
		h.in, last = "left", it.Oldest
	case it.Lot == retention.AllThere:
		return hit{}
	}
	h.values = map[string]string{"time": k.Time(), "lets": k.Lets(), "edge": edge(it), "series": k.ID, "left": fmt.Sprint(left),
		"last": last.Letter()}
	if k.Only != "" {
		h.values["only"] = ". " + k.Only
	}
	if d.Regime.Records == nil && has(d.Regime, "destruction") {
		h.values["hold"] = ". What is still there when your request arrives may not be destroyed"
	}
	for _, name := range []string{"only", "hold"} {
		h.values[name] = cmp.Or(h.values[name], "")
	}
	return h
}

// edge is the end of the period that tells: its last day if all may be gone, else its first.
func edge(it doomed) string {
	p := it.Period
	switch {
	case p.From == p.To:
		return "is " + p.From.Letter()
	case it.Lot == retention.AllGone && !p.To.IsZero():
		return "ends on " + p.To.Letter()
	case it.Lot == retention.AllGone:
		return "ends today"
	case p.From.IsZero():
		return "has no first day"
	}
	return "begins on " + p.From.Letter()
}

// Kept is until when the records that an item asks for must still be there.
type Kept struct {
	Item           int    // from 1
	Time           string // 30 days
	Oldest, Newest workday.Date
	Ahead          int // from so many days before the end, F31 says how many are left
}

// KeptOf are the days that F31 goes by, for whoever asks on a later day; of the items where they can be told.
func KeptOf(d *letter.Draft) (all []Kept) {
	rl := rules().Rules[slices.IndexFunc(rules().Rules, func(rl *rule) bool { return rl.ID == "F31" })]
	if !rl.applies(d) {
		return nil
	}
	for _, it := range destructions(d, rl) {
		if _, ok := it.Left(d.Date); ok {
			all = append(all, Kept{it.number, it.Of.Time(), it.Oldest, it.Newest, rl.Limits["days"]})
		}
	}
	return all
}
