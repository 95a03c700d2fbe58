package agency

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foia/internal/lazy"
	"foia/internal/workday"
)

// Caution is something uncertain about a record, and where to check it.
type Caution struct {
	What  string
	Where string
}

const yearMonth = lazy.Pattern(`(20\d\d)(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?`)

// newestDate reads the latest date out of the words that say when a record was
// read ("eCFR as of 2025-01", "undated stored copy; 2017-07"). ok is false if
// there is none.
func newestDate(s string) (newest workday.Date, ok bool) {
	for _, m := range yearMonth.RE().FindAllStringSubmatch(s, -1) {
		year, month, day := number(m[1]), max(1, number(m[2])), max(1, number(m[3]))
		d, err := workday.NewDate(year, time.Month(month), day)
		if err == nil && (!ok || d.After(newest)) {
			newest, ok = d, true
		}
	}
	return newest, ok
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// Cautions are what a user should know before relying on the record's contact for a
// channel: that it is old, of low confidence, or only listed. Of a record of which no
// channel is asked, it is the one that foia would choose. staleAfterDays is the age from
// which a contact counts as old.
func (o Office) Cautions(c Channel, on workday.Date, staleAfterDays int) []Caution {
	if o.UserAdded {
		return nil
	}
	if c == "" {
		c = o.Preferred()
	}
	var out []Caution
	add := func(format string, args ...any) {
		out = append(out, Caution{What: fmt.Sprintf(format, args...), Where: o.whereToCheck()})
	}
	switch dated, ok := o.DateOf(c); {
	case len(o.ReceivesBy) == 0 && o.IsElsewhere():
		add("foia has no contact of this office for requests")
	case len(o.ReceivesBy) == 0:
		add("foia does not know how this office accepts requests")
	case !o.reachedBy(c):
		add("the directory has no %s of this office", c.Contact())
	case !ok && o.yours(c): // the user knows when it was
	case !ok:
		add("the source of its %s is undated", c.Contact())
	case dated.DaysUntil(on) > staleAfterDays:
		add("its %s is %s", c.Contact(), o.Age(c))
	}
	if o.Doubtful(c) {
		add("foia has low confidence in its %s", c.Contact())
	}
	if rule, refused := ruleAgainst(o.ID, c); refused && o.Takes(c) && slices.Contains(o.Corrected, "receives_by") {
		add("you entered that it accepts requests by %s, but %s (%s)", c.Word(), rule.Why, rule.Cite)
	}
	if o.Status == "listed-2026" {
		add("the office is listed on FOIA.gov but reported no requests for fiscal year 2024; it may be inactive")
	}
	return out
}

// Doubtful tells whether foia has low confidence in the contact for a channel. Records
// are of low confidence because nothing but FOIA.gov's list has them, or because their
// addresses are of 2017; neither touches a portal that is a page of FOIA.gov's own.
func (o Office) Doubtful(c Channel) bool {
	low := o.Confidence == "low" || slices.Contains(o.Doubted, c)
	return low && o.reachedBy(c) && !o.yours(c) && !(c == Portal && o.onFOIAGov())
}

// onFOIAGov tells whether the office's portal is its page on FOIA.gov.
func (o Office) onFOIAGov() bool {
	return strings.HasPrefix(o.PortalURL, "https://www.foia.gov/request/")
}

// TakesLetters tells whether something else than a new request can go by the office's
// portal. The forms of FOIA.gov take new requests only.
func (o Office) TakesLetters() bool { return o.PortalURL != "" && !o.onFOIAGov() }

func monthOf(d workday.Date) string { return d.Midnight().Format("January 2006") }

// whereToCheck is where to look up the contact of today: the office's page on FOIA.gov,
// and its own website. A link without https is an old one that nobody opened (see the
// README of the data), and no place to compare with.
func (o Office) whereToCheck() string {
	var where []string
	if o.onFOIAGov() {
		where = append(where, o.PortalURL)
	}
	if strings.HasPrefix(o.Website, "https://") {
		where = append(where, o.Website)
	}
	if o.IsElsewhere() && len(where) == 0 {
		return o.Source
	}
	if len(where) == 0 && strings.HasPrefix(o.PortalURL, "https://") {
		where = append(where, o.PortalURL)
	}
	return strings.Join(where, " or ")
}
