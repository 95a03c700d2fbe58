package agency

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"foia/internal/workday"
)

// Caution is something uncertain about a record, and where to check it.
type Caution struct {
	What  string
	Where string
}

var yearMonth = regexp.MustCompile(`(20\d\d)(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?`)

// newestDate reads the latest date out of the words that say when a record was
// read ("eCFR as of 2025-01", "undated stored copy; 2017-07"). ok is false if
// there is none.
func newestDate(s string) (newest workday.Date, ok bool) {
	for _, m := range yearMonth.FindAllStringSubmatch(s, -1) {
		year, month, day := number(m[1]), max(1, number(m[2])), max(1, number(m[3]))
		d, err := workday.NewDate(year, time.Month(month), day)
		if err == nil && (!ok || d.After(newest)) {
			newest, ok = d, true
		}
	}
	return newest, ok
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// Cautions are what a user should know before relying on the record: that it is
// old, of low confidence, or only listed. staleAfterDays is the age from which a
// record counts as old.
func (o Office) Cautions(on workday.Date, staleAfterDays int) []Caution {
	if o.UserAdded {
		return nil
	}
	var out []Caution
	add := func(format string, args ...any) {
		out = append(out, Caution{What: fmt.Sprintf(format, args...), Where: o.whereToCheck()})
	}
	if o.Confidence == "low" {
		add("foia has low confidence in this office's contact information")
	}
	switch dated, ok := newestDate(o.Dated); {
	case strings.Contains(o.Dated, "undated") || !ok:
		add("the source of this contact information is undated")
	case dated.DaysUntil(on) > staleAfterDays:
		add("this contact information is as of %s", monthOf(dated))
	}
	if o.Status == "listed-2026" {
		add("the office is listed on FOIA.gov but reported no requests for fiscal year 2024; it may be inactive")
	}
	if len(o.ReceivesBy) == 0 {
		add("foia does not know how this office accepts requests")
	}
	return out
}

func monthOf(d workday.Date) string { return d.Midnight().Format("January 2006") }

// whereToCheck is the page that would show the contact of today.
func (o Office) whereToCheck() string {
	if o.Website != "" {
		return o.Website
	}
	return o.PortalURL
}
