package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// choice is which requests an address asks for: the same for a page and for every other form of the list.
type choice struct {
	logbook.Filter
	office string // its id

	campaign string
	due      string
	place    string
	words    []string
	sort     string
	down     bool
	values   url.Values
}

// facet is one condition that requests are counted by.
type facet struct {
	name, title string
	of          func(*row) []string       // the values of a request
	words       func(value string) string // as a page has them; nil: as they are
}

// The values of the facet of what is due.
const (
	dueLate  = "late"
	dueWeek  = "7d"
	dueSoon  = "14d"
	dueLater = "none"
)

// places are what is next for a request, as an address and a page have it.
var places = []struct {
	place        docket.Place
	value, words string
}{
	{docket.MayBeSent, "sent-or-not", "Sent or not? Only you can find out"},
	{docket.Going, "going", "Send these first: the records may soon be gone"},
	{docket.YouAreLate, "you-are-late", "You are late"},
	{docket.DueSoon, "soon", "For you, within seven days"},
	{docket.TheyAreLate, "they-are-late", "They are late"},
	{docket.ToSend, "to-send", "Ready to send"},
	{docket.ToDo, "to-do", "To do"},
	{docket.Waits, "waiting", "Waiting"},
}

func placeValue(p docket.Place) string {
	for _, x := range places {
		if x.place == p {
			return x.value
		}
	}
	return ""
}

func placeWords(value string) string {
	for _, x := range places {
		if x.value == value {
			return x.words
		}
	}
	return value
}

func dueWords(value string) string {
	switch value {
	case dueLate:
		return "Late"
	case dueWeek:
		return "Within " + counted(weekDays, "day", "days")
	case dueSoon:
		return "Within " + counted(dueDays, "day", "days")
	case dueLater:
		return "Nothing due soon"
	}
	return value
}

// whenDue are the values of a request: those that hold, a nearer day within a later one.
func whenDue(r *row) []string {
	var out []string
	has := func(value string, in func(days int) bool) {
		if slices.ContainsFunc(r.items, func(i docket.Item) bool { return in(i.DaysLeft) }) {
			out = append(out, value)
		}
	}
	has(dueLate, func(n int) bool { return n < 0 })
	has(dueWeek, func(n int) bool { return 0 <= n && n <= weekDays })
	has(dueSoon, func(n int) bool { return 0 <= n && n <= dueDays })
	if len(out) == 0 {
		out = append(out, dueLater)
	}
	return out
}

// facetCount is how many facets there are.
const facetCount = 6

// facets are what requests are counted by, in the order of a page.
func facets() [facetCount]facet {
	return [facetCount]facet{
		{"status", "Status", func(r *row) []string { return []string{string(r.Status)} }, nil},
		{"place", "What is next", func(r *row) []string {
			if !r.Open {
				return nil
			}
			return []string{placeValue(r.place)}
		}, placeWords},
		{"due", "Due", func(r *row) []string {
			if !r.Open {
				return nil
			}
			return whenDue(r)
		}, dueWords},
		{"office", "Office", func(r *row) []string { return []string{officeKey(r)} }, nil},
		{"assigned", "Assigned to", func(r *row) []string { return []string{cmp.Or(r.Assigned, logbook.Nobody)} }, nil},
		{"tag", "Tag", func(r *row) []string { return r.Tags }, nil},
	}
}

// officeKey is an office by its id; by its names if it has none.
func officeKey(r *row) string {
	return cmp.Or(r.OfficeID, r.Agency+" "+r.Component)
}

// readChoice reads an address. What is wrong with it is said, not left out: a list that is not the one that
// was asked for would be taken for it.
func readChoice(v url.Values) (c choice, err error) {
	c.values = url.Values{}
	for name := range v {
		text := strings.TrimSpace(v.Get(name))
		if text == "" || name == "page" {
			continue
		}
		c.values.Set(name, text)
		switch name {
		case "status":
			status, bad := docket.ReadStatus(text)
			if bad != nil {
				return c, remedy.Misuse("status: there is no “"+text+"”", "choose one of the list beside the requests")
			}
			c.Status = string(status)
		case "assigned":
			if c.Assigned, err = docket.ReadPerson(text); err != nil {
				return c, err
			}
		case "tag":
			if c.Tag, err = docket.ReadTag(text); err != nil {
				return c, err
			}
		case "open":
			c.OpenOnly = text != "no"
		case "agency":
			c.Agency = text
		case "office":
			c.office = text
		case "campaign":
			c.campaign = text
		case "q":
			c.words = strings.Fields(strings.ToLower(text))
		case "due", "place":
			if err := c.readNamed(name, text); err != nil {
				return c, err
			}
		case "sort":
			c.sort, c.down = strings.CutPrefix(text, "-")
			if _, known := sortKeys[c.sort]; !known {
				return c, remedy.Misuse("requests cannot be sorted by “"+text+"”", "use id, subject, office, status, due, last or assigned")
			}
		case "by", "since", "until", "law", "owner", "private", "kind", "who", "upto":
		default:
			return c, remedy.Misuse("the address has “"+name+"”, which the desk does not know", "leave it out")
		}
	}
	return c, nil
}

func (c *choice) readNamed(name, text string) error {
	known := placeWords(text) != text
	if name == "due" {
		c.due, known = text, dueWords(text) != text
	} else {
		c.place = text
	}
	if !known {
		return remedy.Misuse(name+": there is no “"+text+"”", "choose one of the list beside the requests")
	}
	return nil
}

// sortKeys are what a list can be sorted by. What is unknown comes last.
var sortKeys = map[string]func(*row) string{
	"id":       nil,
	"subject":  func(r *row) string { return strings.ToLower(r.subject) },
	"office":   func(r *row) string { return strings.ToLower(r.office()) },
	"status":   func(r *row) string { return strconv.Itoa(100 + slices.Index(docket.Statuses, r.Status)) },
	"due":      func(r *row) string { return r.due },
	"last":     func(r *row) string { return r.last },
	"assigned": func(r *row) string { return strings.ToLower(r.Assigned) },
}

// found are the requests of a choice, in its order, and how many there are of each value of each facet, with
// all other conditions.
func (h *shelf) found(c choice) (rows []*row, counts []map[string]int) {
	var numbers [facetCount][]int
	var wanted [facetCount]int64
	for i, text := range []string{c.Status, c.place, c.due, c.office, c.Assigned, c.Tag} {
		numbers[i] = make([]int, len(h.values[i].all))
		wanted[i] = h.wanted(i, text)
	}
	rest := logbook.Filter{OpenOnly: c.OpenOnly, Agency: c.Agency}
	offices := map[string]bool{}
	for _, r := range h.rows {
		if r.Status == docket.IsDiscarded && c.Status != string(docket.IsDiscarded) || !h.takes(c, rest, r, offices) {
			continue
		}
		failed, fails := r.fails(wanted)
		if fails == 0 {
			rows = append(rows, r)
		}
		for i := range numbers {
			if fails == 0 || fails == 1 && i == failed {
				for _, v := range r.facet(i) {
					numbers[i][v]++
				}
			}
		}
	}
	for i := range numbers {
		counts = append(counts, map[string]int{})
		for v, n := range numbers[i] {
			if n > 0 {
				counts[i][h.values[i].all[v]] = n
			}
		}
	}
	c.order(rows)
	return rows, counts
}

// fails tells in how many facets a request has another value than the one that is wanted, and the last of them.
func (r *row) fails(wanted [facetCount]int64) (last, n int) {
	for i, v := range wanted {
		if v != anyValue && (v == noValue || !slices.Contains(r.facet(i), uint32(v))) {
			last = i
			n++
		}
	}
	return last, n
}

// What a choice may want of a facet besides a value.
const (
	anyValue = -1
	noValue  = 1 << 32 // one that no request has
)

// wanted is the number of a value of a facet, in whatever case.
func (h *shelf) wanted(facet int, text string) int64 {
	if text == "" {
		return anyValue
	}
	for n, v := range h.values[facet].all {
		if strings.EqualFold(v, text) {
			return int64(n)
		}
	}
	return noValue
}

// takes tells of what is no facet whether a request has it.
func (h *shelf) takes(c choice, rest logbook.Filter, r *row, offices map[string]bool) bool {
	if rest.OpenOnly && !r.Open {
		return false
	}
	if c.campaign != "" && r.campaign != c.campaign {
		return false
	}
	for _, word := range c.words {
		if !strings.Contains(r.find, word) {
			return false
		}
	}
	if rest.Agency == "" {
		return true
	}
	key := r.Agency + "\n" + r.Component
	takes, known := offices[key]
	if !known {
		traits := r.Traits
		traits.Status = docket.IsSent
		takes = logbook.Filter{Agency: rest.Agency}.TakesTraits(traits)
		offices[key] = takes
	}
	return takes
}

// order sorts what comes in the order of the ids: the newest first, unless the address says otherwise.
func (c choice) order(rows []*row) {
	key := sortKeys[c.sort]
	if key == nil {
		if c.sort == "" || c.down {
			slices.Reverse(rows)
		}
		return
	}
	type keyed struct {
		key  string
		row  *row
		from int
	}
	all := make([]keyed, len(rows))
	for i, r := range rows {
		all[i] = keyed{key(r), r, i}
	}
	slices.SortFunc(all, func(a, b keyed) int {
		if a.key == b.key {
			return a.from - b.from
		}
		if known := cmp.Compare(min(len(b.key), 1), min(len(a.key), 1)); known != 0 {
			return known
		}
		if c.down {
			a, b = b, a
		}
		return strings.Compare(a.key, b.key)
	})
	for i := range all {
		rows[i] = all[i].row
	}
}

// address is a page with a choice, changed: a name with an empty value is left out.
func (c choice) address(path string, changes ...string) string {
	v := url.Values{}
	for name, values := range c.values {
		v[name] = values
	}
	for i := 0; i+1 < len(changes); i += 2 {
		if changes[i+1] == "" {
			v.Del(changes[i])
		} else {
			v.Set(changes[i], changes[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
