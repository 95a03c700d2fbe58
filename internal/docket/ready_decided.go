package docket

import (
	"slices"

	"foia/internal/remedy"
)

// released: the agency released records.
func (c check) released() *NotReady {
	if _, why := c.view.released(); why == "" || c.life.first(InterimRelease) != nil {
		return nil
	}
	return &NotReady{Fails: "released", Why: "the log shows no release of records",
		Do: c.recordFirst(Determination, remedy.Detail{Name: "outcome", Value: "granted"})}
}

// badExtension: something is wrong with the notice of extension.
func (c check) badExtension() *NotReady {
	e := c.life.first(Extended)
	if e == nil {
		return &NotReady{Fails: string(Extended), Why: "the log has no extension notice",
			Do: c.recordFirst(Extended, remedy.Detail{Name: "days", Value: remedy.Open("N")})}
	}
	if n := c.pending(); n != nil {
		return n
	}
	if !c.state.Notice.Bad {
		return &NotReady{Fails: "bad-extension", Why: "the notice dated " + e.On.Letter() + " came in time, gives a date, names a ground " +
			"and takes no more time than the law allows", Do: c.write("offer a narrower scope instead", Way{Letter: "scope"}, check.scope)}
	}
	return nil
}

// remanded: a decision on an appeal sent the request back, or gave the requester right,
// and the office has not decided anew.
func (c check) remanded() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	if _, why := c.view.remanded(); why != "" {
		if _, why := c.view.reversed(); why != "" {
			return &NotReady{Fails: "back-at-office", Why: why, Do: c.see(remedy.Show)}
		}
	}
	return nil
}

// appealable: an adverse decision on a matter that was not appealed, and whose last
// day has not passed.
func appealable(matter string) func(check) *NotReady {
	return func(c check) *NotReady {
		if c.state.Status == IsClosed {
			return c.sent()
		}
		var last *Deadline
		for i, d := range c.state.Deadlines {
			if (d.What == DueAppeal || d.What == DueAppealLast) && d.Of == matter {
				last = &c.state.Deadlines[i]
			}
		}
		decided := c.contestable()
		switch {
		case matter == "determination" && decided != nil && decided.Data["outcome"] == "":
			return &NotReady{Fails: "decision", Why: "the log does not say what the agency decided", Do: "record it: " +
				remedy.To(remedy.Record, c.request.ID, string(Determination)).With("on", decided.On.String()).With("outcome",
					remedy.Open("OUTCOME")).String()}
		case matter == "determination" && decided != nil && (last == nil || decided.Data["outcome"] == "granted"):
			return c.incomplete()
		case last == nil:
			why := "the log has no adverse decision (" + matter + ")"
			if matter == "determination" {
				why += "; an agency’s silence is not appealed but lets you sue"
			}
			return &NotReady{Fails: "decision", Why: why, Do: "record the decision first: " + remedy.To(remedy.Events).String()}
		case last.Over != "":
			return &NotReady{Fails: "appealable", Why: last.Over, Do: c.see(remedy.Show)}
		case !last.Met.IsZero():
			return &NotReady{Fails: "appealable", Why: "it was appealed on " + last.Met.Letter(),
				Do: c.write("ask for the decision", Way{Letter: "appeal-status"}, check.appealLate)}
		case !last.Due.IsZero() && c.today.After(latest(last.Due, last.Lenient)):
			return &NotReady{Fails: "appealable", Why: "the last day to appeal was " + last.Due.Letter(), Cite: last.Cite,
				Do: "make a new request (" + askOf().String() + "): its time to appeal starts over"}
		}
		return nil
	}
}

// contestable is the last determination that can be appealed: it is adverse, or a full grant,
// which may be incomplete. That what the requester withdrew is closed is neither.
func (c check) contestable() *Event {
	for _, d := range slices.Backward(c.life.all(Determination)) {
		if _, adverse := c.life.adverse(c.request, d); adverse || d.Data["outcome"] == "granted" {
			return &d
		}
	}
	return nil
}

// incomplete: a full grant may be incomplete, and no rule limits the time to say so.
func (c check) incomplete() *NotReady {
	d := c.contestable()
	for _, a := range c.view.f.appealed {
		if a.matter == "determination" && c.life.index(a.Event) > c.life.index(*d) {
			return &NotReady{Fails: "appealable", Why: "it was appealed on " + a.On.Letter(), Do: c.see(remedy.Show)}
		}
	}
	return nil
}

func (c check) expeditionLate() *NotReady {
	if n := c.pending(); n != nil {
		return n
	}
	d, ok := c.state.Deadline(DueExpedition)
	switch {
	case !ok && c.state.Expedition.State != NotAsked:
		return &NotReady{Fails: "expedition-late", Why: "no time for a decision on expedited processing is known",
			Do: c.see(remedy.Explain)}
	case !ok:
		return &NotReady{Fails: "expedition-asked", Why: "expedited processing was not asked for",
			Do: c.write("ask now", Way{Letter: "expedition"}, check.expeditionPossible)}
	case !d.Open():
		return &NotReady{Fails: "expedition-late", Why: "it was decided or no longer applies: " + d.Standing(c.today),
			Do: c.see(remedy.Show)}
	case d.Due.IsZero():
		return &NotReady{Fails: "expedition-late", Why: "no deadline is known: " + d.Why, Cite: d.Cite, Do: c.see(remedy.Explain)}
	case !d.ForSure(c.today):
		return &NotReady{Fails: "expedition-late", Why: "the agency has until " + d.Lenient.Letter(), Cite: d.Cite,
			When: dayAfter(d.Lenient)}
	}
	return nil
}

func (c check) expeditionPossible() *NotReady {
	if c.state.Expedition.State == Granted {
		return &NotReady{Fails: "expedition-not-granted", Why: "expedited processing was granted on " + c.state.Expedition.On.Letter(),
			Do: c.see(remedy.Show)}
	}
	return c.pending()
}

func (c check) waiverPossible() *NotReady {
	if e := c.life.last(FeeWaiverGranted, FeeWaiverDenied, FeeWaiverRequested); e != nil && e.Kind == FeeWaiverGranted &&
		e.Data["part"] == "" {
		return &NotReady{Fails: "waiver-not-granted", Why: "the fee waiver was granted on " + e.On.Letter(), Do: c.see(remedy.Show)}
	}
	return c.sent()
}

func (c check) appealLate() *NotReady {
	if c.state.Status == IsClosed {
		return c.sent()
	}
	a := c.view.lateAppeal()
	if a != nil {
		return nil
	}
	d, ok := (&next{r: c.request, s: c.state, today: c.today}).openAppeal()
	switch {
	case !ok && len(c.view.f.appealed) == 0:
		return &NotReady{Fails: "appealed", Why: "the log has no appeal", Do: c.recordAppeal()}
	case !ok:
		return &NotReady{Fails: "appeal-open", Why: "no appeal is waiting for a decision", Do: c.see(remedy.Show)}
	case d.Due.IsZero():
		return &NotReady{Fails: "appeal-late", Why: "no deadline is known: " + d.Why, Cite: d.Cite,
			Do: "record it: " + remedy.To(remedy.Record, c.request.ID, string(AppealReceived)).With("of", d.Of).With("on",
				remedy.Open("DATE")).String()}
	}
	return &NotReady{Fails: "appeal-late", Why: "the agency has until " + d.Lenient.Letter(), Cite: d.Cite, When: dayAfter(d.Lenient)}
}

// recordAppeal names how an appeal is recorded, if there is a decision to appeal.
func (c check) recordAppeal() string {
	of, matter := c.life.decisionOf(c.request, Event{Seq: -1}, "")
	if of == nil {
		return c.seeNext()
	}
	return c.recordFirst(Appealed, remedy.Detail{Name: "of", Value: matter})
}

// dispute: there is something to mediate.
func (c check) dispute() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	if c.life.first(ExpeditedDenied, FeeWaiverDenied) != nil ||
		slices.ContainsFunc(c.view.f.appealed, func(a appeal) bool { return a.decided != nil || a.unclear != nil }) ||
		c.lateForSure() == nil || c.appealLate() == nil {
		return nil
	}
	if d := c.life.lastDetermination(); d != nil && d.Data["outcome"] != "granted" {
		return nil
	}
	return &NotReady{Fails: "dispute", Why: "there is no dispute yet: nothing was denied, and no deadline has passed",
		Do: "see: " + remedy.To(remedy.Next, c.request.ID).String()}
}
