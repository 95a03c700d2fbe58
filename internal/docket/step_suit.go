package docket

const (
	// suitAhead is from how many days before the last safe day to sue it comes first.
	suitAhead = 180
	// suitNear is the same while a reviewer still may decide.
	suitNear = 30
)

// suitAhead is how long before the last safe day to sue that comes before all else: while
// a reviewer still may decide, not so long.
func (n *next) suitAhead() int {
	if d, ok := n.openAppeal(); ok && !d.ForSure(n.today) && !federal(n.r) {
		return suitNear
	}
	return suitAhead
}

// suitSoon puts the last safe day to sue before all else, from half a year before it.
func (n *next) suitSoon() (Step, bool) {
	d, ok := n.s.Deadline(DueSuit)
	if !ok || !d.Open() || d.Due.IsZero() || d.If != "" || n.today.Before(d.Opens) || n.today.Before(d.Due.AddDays(-n.suitAhead())) ||
		n.today.After(d.Due) {
		return Step{}, false
	}
	return Step{What: "talk to a lawyer about a suit", Why: "the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite, By: d.Due},
		true
}

func (n *next) inCourt() (Step, bool) {
	return Step{What: "none", Why: "it is in court; your lawyer decides what to write to the agency"}, n.s.Status == IsInCourt
}

// suitRuns says that the time to sue runs while something else is waited for.
func (n *next) suitRuns() string {
	d, ok := n.s.Deadline(DueSuit)
	if !ok || federal(n.r) || d.If != "" || d.Due.IsZero() || !d.Open() || n.today.After(d.Due) || n.today.Before(d.Opens) {
		return ""
	}
	return "; meanwhile the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite
}

// lastDay is the step that a lawyer takes, with the last safe day for it.
func (n *next) lastDay(why string) Step {
	step := Step{What: "talk to a lawyer about a suit", Why: why}
	if !federal(n.r) { // in which court, by when, and what else is open
		step.Act = n.law()
	}
	if d, ok := n.s.Deadline(DueSuit); ok && !d.Due.IsZero() {
		step.By = d.Due
		if n.today.After(d.Due) {
			step.Why += "; the safe time to sue ended on " + d.Due.Letter() + ", " + d.Cite
			if later, ok := d.inOneCase(n.today); ok {
				step.By = later.Due
				step.Why += "; if " + later.If + ", the last day is " + later.Due.Letter() + ", " + later.Cite
			} else {
				step.Why += ": a new request starts a new time"
			}
		} else {
			step.Why += "; the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite
		}
	}
	return step
}
