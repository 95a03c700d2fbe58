package correspondence

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/workday"
)

// history is a request and what happened to it, in the order of entry. It prints like a
// life of package docket, so that one that shows a fault can be kept there.
type history struct {
	request docket.Request
	events  []docket.Event
}

// theOffices are those whose rules differ: a department, a component with its own
// regulation, one of another department, the IRS.
var theOffices = []string{"treasury-do", "dhs-ice", "doj-jmd", "treasury-irs"}

// aRequest is the frozen request that a history is of.
func aRequest(office, via string, asks ...string) docket.Request {
	r := docket.Request{ID: "2025-0001", Law: law.Federal, OfficeID: office, Via: via, Created: workday.MustDate("2024-01-01"),
		Subject: "Contract for the telephone line",
		Facts:   map[string]string{"fee_category": "media", "fee_waiver": docket.NotAsked, "expedited": docket.NotAsked}}
	for _, what := range asks {
		r.Facts[what] = docket.Asked
	}
	return r
}

// dated sets the date of the request's letter, which is that of its first event.
func (h history) dated() history {
	h.request.Created = h.events[0].On
	return h
}

func (h history) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "office %s\nvia %s\n", h.request.OfficeID, h.request.Via)
	var asks []string
	for _, fact := range slices.Sorted(maps.Keys(h.request.Facts)) {
		if h.request.Facts[fact] == docket.Asked {
			asks = append(asks, fact)
		}
	}
	if len(asks) > 0 {
		fmt.Fprintf(&b, "asks %s\n", strings.Join(asks, " "))
	}
	if c := h.request.Facts["fee_category"]; c != "media" {
		fmt.Fprintf(&b, "category %s\n", c)
	}
	b.WriteString("\n")
	for _, e := range h.events {
		fmt.Fprintf(&b, "%s %s", e.On, e.Kind)
		for _, name := range slices.Sorted(maps.Keys(e.Data)) {
			value := e.Data[name]
			if value == "" || strings.Contains(value, " ") {
				value = strconv.Quote(value)
			}
			fmt.Fprintf(&b, " %s=%s", name, value)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// readHistory reads what String writes.
func readHistory(text string) history {
	h := history{request: aRequest("treasury-do", "portal")}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch word, rest, _ := strings.Cut(line, " "); {
		case line == "":
		case word == "office":
			h.request.OfficeID = rest
		case word == "via":
			h.request.Via = rest
		case word == "category":
			h.request.Facts["fee_category"] = rest
		case word == "asks":
			for what := range strings.FieldsSeq(rest) {
				h.request.Facts[what] = docket.Asked
			}
		default:
			h = h.and(workday.MustDate(word), rest)
		}
	}
	return h.dated()
}

// and adds an event, written as its kind and its details. A day among these may be
// written as days from the event's own: until=@+14.
func (h history) and(on workday.Date, line string) history {
	kind, details, _ := strings.Cut(line, " ")
	e := docket.Event{Request: h.request.ID, Seq: len(h.events) + 1, Kind: docket.Kind(kind), On: on, Data: map[string]string{}}
	for details != "" {
		var name, value string
		name, details, _ = strings.Cut(details, "=")
		if quoted, ok := strings.CutPrefix(details, `"`); ok {
			value, details, _ = strings.Cut(quoted, `"`)
			details = strings.TrimPrefix(details, " ")
		} else {
			value, details, _ = strings.Cut(details, " ")
		}
		if n, ok := strings.CutPrefix(value, "@"); ok {
			days, err := strconv.Atoi(n)
			if err != nil {
				panic(fmt.Sprintf("%s: %v", line, err))
			}
			value = on.AddDays(days).String()
		}
		e.Data[name] = value
	}
	h.events = append(slices.Clip(h.events), e)
	return h
}
