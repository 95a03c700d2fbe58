package docket

import (
	"fmt"
	"slices"

	"foia/internal/law"
	"foia/internal/remedy"
)

// yearly is how many days are called a year in saying how long ago something was.
const yearly = 365

// unusual says what is possible and seldom.
func (p Proposed) unusual(e Event, l life) []string {
	if e.Undated() {
		return p.oddDetails(e)
	}
	out := append(outOfOrder(e, l), p.notAskedFor(e, l.until(e.On))...)
	if e.Kind == Appealed && e.Data["of"] == Silence {
		out = append(out, p.onSilence(e.On))
	}
	out = append(out, p.oddDetails(e)...)
	rule, ok := p.regime().Rule(law.TopicTerm)
	if n := e.number("days"); ok && rule.Limit != nil && n > rule.Limit.Days {
		more := ""
		if federal(p.Request) {
			more = ": the agency must also offer to limit the scope or arrange another time"
		}
		out = append(out, "more than "+rule.Limit.Words()+more)
	}
	if age := e.On.DaysUntil(p.Today); age > 3*yearly {
		out = append(out, fmt.Sprintf("that was %d years ago", age/yearly))
	}
	return out
}

// outOfOrder says what is seldom before or after what else happened.
func outOfOrder(e Event, l life) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if e.Kind == Sent && l.first(Sent) != nil {
		say("it was already sent, on %s; sending it again does not restart the clock", l.first(Sent).On.Letter())
	}
	if l.first(Sent) == nil && e.Kind != Sent && e.Kind != Note && e.Kind != FileAdded && e.Kind != Closed && e.Kind != SeriesEnded {
		say("the log does not say when the request was sent; record that too")
	}
	if c := l.last(Closed); c != nil && e.Kind != Note && e.Kind != FileAdded && e.Kind != SeriesEnded {
		say("the request was closed on %s", c.On.Letter())
	}
	if e.Kind == Determination {
		if old := l.until(e.On).last(Determination); old != nil && l.after(*old).first(AppealDecided, Appealed) == nil {
			say("there was a determination on %s; this one replaces it", old.On.Letter())
		}
		if r := l.first(Received); r != nil && e.On.Before(r.On) {
			say("the determination is dated before the request was received, %s", r.On.Letter())
		}
	}
	return out
}

// notAskedFor says that an agency decided on what nobody had asked for before.
func (p Proposed) notAskedFor(e Event, before life) []string {
	var out []string
	if (e.Kind == ExpeditedGranted || e.Kind == ExpeditedDenied) && p.Request.Facts["expedited"] != Asked &&
		before.first(ExpeditionRequested) == nil {
		out = append(out, "the request did not ask for expedited processing")
	}
	if (e.Kind == FeeWaiverGranted || e.Kind == FeeWaiverDenied) && p.Request.Facts["fee_waiver"] != Asked &&
		before.first(FeeWaiverRequested) == nil {
		out = append(out, "the request did not ask for a fee waiver")
	}
	return out
}

// oddDetails says what does not fit together in what a letter says.
func (p Proposed) oddDetails(e Event) []string {
	var out []string
	if e.Data["statute"] != "" && federal(p.Request) && !slices.Contains(p.Request.Exemptions(e), "b3") {
		out = append(out, "a statute was named, but Exemption 3 is not among the exemptions")
	}
	currency := p.book().Currency(p.Request.Law)
	fee, err := ReadAmount(e.Data["amount"], currency)
	if err != nil {
		return out
	}
	if fee.Currency != currency && p.book().Knows(p.Request.UnderLaw()) {
		out = append(out, fmt.Sprintf("the amount is in %s; under this law it is usually in %s", fee.Currency, currency))
	}
	for _, name := range []string{"search", "deposit"} {
		if part, err := ReadAmount(e.Data[name], currency); err == nil && part.Currency != fee.Currency {
			out = append(out, fmt.Sprintf("%s is in %s, and %s in %s", remedy.Name(name), part.Currency, remedy.Name("amount"),
				fee.Currency))
		}
	}
	return out
}
