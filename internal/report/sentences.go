package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/remedy"
)

// Sentences are the report in three sentences: how many were answered; how long it took;
// who is late, what was asked for and what came.
func (r *Report) Sentences() [3]string {
	f := r.Total
	if f.Sent == 0 {
		return [3]string{"No requests in this report had been sent by " + r.On.Letter() + ".",
			"With nothing sent, there is no response rate and no median.", "No fees were asked or paid, and no pages were released."}
	}
	return [3]string{r.answered(), f.took() + ", and " + f.stillOpen() + ".",
		f.lateness() + "; the log shows " + f.fees() + " and " + f.pages() + "."}
}

// answered is the first sentence.
func (r *Report) answered() string {
	f, agency := r.Total, "agencies"
	if r.Offices == 1 || r.Total.Answerable() == 1 {
		agency = "the agency"
	}
	said := fmt.Sprintf("By %s, %s had been sent to %s", r.On.Letter(), counted(f.Sent, "request"), counted(r.Offices, "office"))
	switch {
	case f.Answerable() == 0 && f.Sent == 1:
		return said + ", and it was referred to another office."
	case f.Answerable() == 0:
		return said + ", and all were referred to other offices."
	case f.Referred == 0:
		return said + ", and " + agency + f.responses("", "it", "them", "") + "."
	}
	were := " were"
	if f.Referred == 1 {
		were = " was"
	}
	others := "the other " + spelled(f.Answerable())
	return said + "; " + spelled(f.Referred) + were + " referred elsewhere, and " + agency +
		f.responses(" to the other one", "the other one", others, " of "+others) + "."
}

// responses say how many requests had a response: without says to which one there was none,
// one and all are what all of them are called, and of is what follows a number of some.
func (f *Figures) responses(without, one, all, of string) string {
	done, n := f.Responded, f.Answerable()
	share := " (" + percent(done, n) + ")"
	to := ""
	switch {
	case n == 1 && done == 0:
		return " had not responded" + without
	case n == 1:
		to = one
	case n == 2:
		to = []string{"neither", "one", "both"}[done] + of
	case done == 0:
		to = "none of " + all
	case done == n:
		to = "all of " + all + share
	default:
		to = spelled(done) + of + share
	}
	return " had responded to " + to
}

// took is how long decisions took.
func (f *Figures) took() string {
	d := f.Days
	switch {
	case d.Median != nil:
		return "The median decision took " + daysWords(half(*d.Median)) + ", the longest " + daysWords(strconv.Itoa(*d.Longest))
	case d.Timed == 1:
		return "Only one decision can be timed, too few for a median; it took " + daysWords(strconv.Itoa(*d.Longest))
	case d.Timed > 1:
		return "Only " + spelled(d.Timed) + " decisions can be timed, too few for a median; the longest took " +
			daysWords(strconv.Itoa(*d.Longest))
	case f.Decided == 1:
		return "The log cannot tell how long the one decision took"
	case f.Decided > 1:
		return "The log cannot tell how long the " + spelled(f.Decided) + " decisions took"
	case f.Answerable() == 0:
		return "No decision is due from the offices that were asked"
	case f.Answerable() == 1:
		return "There is no decision yet"
	}
	return "No request has been decided yet"
}

func (f *Figures) stillOpen() string {
	if f.Open == 1 {
		return "one request is still open"
	}
	return counted(f.Open, "request") + " are still open"
}

// lateness is the part on who is late.
func (f *Figures) lateness() string {
	switch f.Late {
	case 0:
		return "No request is known to have been answered late or to be overdue"
	case 1:
		return "One request was answered late or is overdue, even with every doubtful day counted in the agency’s favor"
	}
	who := remedy.Capital(counted(f.Late, "request"))
	if who[0] <= '9' { // no sentence begins with figures
		who = "In all, " + who
	}
	return who + " were answered late or are overdue, even with every doubtful day counted in the agency’s favor"
}

// fees are what was asked and paid.
func (f *Figures) fees() string {
	said := "no fees asked"
	if len(f.Asked.Sums) > 0 {
		said = f.Asked.words() + " in fees asked"
	}
	payments := counted(f.Paid.Unknown, "payment")
	switch {
	case len(f.Paid.Sums) > 0 && f.Paid.Unknown > 0:
		return said + " (" + f.Paid.words() + " paid, and " + payments + " of unknown size)"
	case len(f.Paid.Sums) > 0:
		return said + " (" + f.Paid.words() + " paid)"
	case f.Paid.Unknown > 0:
		return said + " (" + payments + " of unknown size)"
	case len(f.Asked.Sums) > 0:
		return said + " (none paid)"
	}
	return said
}

func (f *Figures) pages() string {
	switch {
	case f.Released.Requests == 0:
		return "no count of pages released"
	case f.Released.Sum == 0:
		return "no pages released"
	case f.Released.Sum == 1:
		return "one page released"
	}
	return grouped(f.Released.Sum) + " pages released"
}

// words are the sums, one for each currency: $1,200.05 and 235.00 EUR.
func (m Money) words() string {
	return listed(m.list())
}

// list are the sums, those in dollars first.
func (m Money) list() []string {
	var out []string
	for _, currency := range m.currencies() {
		out = append(out, docket.InWords(docket.Amount{Cents: m.Sums[currency], Currency: currency}.String()))
	}
	return out
}

func (m Money) currencies() []string {
	all := slices.Sorted(maps.Keys(m.Sums))
	if i := slices.Index(all, law.Dollars); i > 0 {
		all = append([]string{law.Dollars}, slices.Delete(all, i, i+1)...)
	}
	return all
}

// listed joins what is listed in a sentence.
func listed(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1, 2:
		return strings.Join(words, " and ")
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// spelled is a number in a sentence: one to nine are written out.
func spelled(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return grouped(n)
}

// counted is a number in a sentence with what is counted: no requests, one request.
func counted(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return spelled(n) + " " + what + "s"
}

func grouped(n int) string { return entered.Grouped(strconv.Itoa(n)) }

// half is a median as it is written: 12 or 12.5.
func half(median float64) string { return strconv.FormatFloat(median, 'f', -1, 64) }

// daysWords are calendar days, of which there may be none.
func daysWords(n string) string {
	switch n {
	case "0":
		return "less than a calendar day"
	case "1":
		return "one calendar day"
	}
	return entered.Grouped(n) + " calendar days"
}

// percent is a share in whole percent. It says 100% only of all, and 0% only of none.
func percent(part, all int) string {
	switch share := (200*part + all) / (2 * max(all, 1)); {
	case all == 0:
		return none
	case part > 0 && share == 0:
		return "<1%"
	case part < all && share == 100:
		return ">99%"
	default:
		return strconv.Itoa(share) + "%"
	}
}
