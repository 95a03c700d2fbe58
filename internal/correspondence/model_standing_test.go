package correspondence

import (
	"slices"

	"foia/internal/docket"
)

// withdrawnWhole tells whether the requester took the whole request back.
func withdrawnWhole(h happening) bool { return h.Kind == "withdrawn" && !h.has("part") }

// endedByRequester is the last closing, or withdrawal of the whole, if neither a suit
// nor an appeal came after it.
func (v view) endedByRequester() bool {
	end, ok := last(v.where(func(h happening) bool { return h.Kind == "closed" || withdrawnWhole(h) }))
	if !ok || len(after(end.at, v.all("suit-filed"))) > 0 {
		return false
	}
	return !slices.ContainsFunc(v.appeals(), func(a appeal) bool { return a.at > end.at })
}

// partly tells whether a referral or a withdrawal is of some of the records only.
func partly(h happening) bool { return h.has("pages") || h.has("records") || h.has("part") }

// referredWhole tells whether the agency gave the whole request to another office, so
// that nothing is left with it.
func (v view) referredWhole() bool {
	return slices.ContainsFunc(v.events, func(h happening) bool {
		return h.Kind == "referred" && !partly(h) || h.Kind == "determination" && h.Data["outcome"] == "referred"
	})
}

// over tells whether the request is no longer with the agency.
func (v view) over() bool { return v.endedByRequester() || v.referredWhole() }

// undetermined: the request was sent, and the agency still has to decide it.
func (v view) undetermined() bool {
	_, sent := v.sentFirst()
	return sent && len(v.determinations()) == 0 && !v.over()
}

// status are the statuses that do not contradict what the log shows. It is one, except
// where the log does not say what was decided, or who acted.
func status(v view) []docket.Status {
	switch {
	case v.endedByRequester():
		return []docket.Status{docket.IsClosed}
	case len(v.all("suit-filed")) > 0:
		return []docket.Status{docket.IsInCourt}
	case slices.ContainsFunc(v.appeals(), appeal.keepsOpen):
		return []docket.Status{docket.IsAppealed}
	}
	if s := v.statusByDecision(); s != nil {
		return s
	}
	if v.referredWhole() {
		return []docket.Status{docket.IsReferred}
	}
	if v.owesAnswer() {
		return []docket.Status{docket.IsWaiting}
	}
	return v.statusOfSilence()
}

// keepsOpen: an appeal of the determination, or of silence that still lasts, is open.
func (a appeal) keepsOpen() bool {
	return (a.matter == "determination" || a.matter == "silence") && a.open() && !a.overtaken
}

// statusByDecision is that of the last decision: a determination, or the decision on an
// appeal of one.
func (v view) statusByDecision() (out []docket.Status) {
	at := -1
	if d, ok := last(v.determinations()); ok {
		at, out = d.at, []docket.Status{docket.IsDetermined}
	}
	for _, a := range v.appeals() {
		if a.decided == nil || a.decided.at < at {
			continue
		}
		is := docket.IsDecided
		if slices.Contains([]string{"remanded", "partly", "reversed"}, a.decided.Data["outcome"]) {
			is = docket.IsRemanded
		}
		switch {
		case a.matter == "determination" && !a.unclear:
			at, out = a.decided.at, []docket.Status{is}
		case a.matter == "determination": // or was another appeal decided?
			out = append(out, is, docket.IsDecided)
		case a.matter == "silence" && len(v.determinations()) == 0: // the contract has no status for it
			out = append(slices.Clone(out), is, docket.IsDecided, docket.IsReferred, docket.IsWaiting, docket.IsProcessing, docket.IsSent)
		case a.matter == "silence": // after one that was sent back
			out = append(slices.Clone(out), is, docket.IsDecided)
		}
	}
	return out
}

// owesAnswer: the agency waits for the requester.
func (v view) owesAnswer() bool {
	return slices.ContainsFunc(v.all("clarification-requested"), v.openQuestion) || slices.ContainsFunc(v.all("fee-notice"), v.openFees) ||
		slices.ContainsFunc(v.all("deficiency-notice"), v.openDeficiency) ||
		slices.ContainsFunc(v.all("still-interested-asked"), v.openInterest)
}

// statusOfSilence is that of a request on which nothing was decided.
func (v view) statusOfSilence() []docket.Status {
	byAgency := v.where(func(h happening) bool {
		spec, ok := docket.SpecOf(h.Kind)
		return ok && spec.Who == docket.Agency && h.Kind != "undelivered" && h.Kind != "letter-received"
	})
	unsent := docket.IsDrafted
	if _, ok := v.sentFirst(); ok {
		unsent = docket.IsSent
	}
	// An answer of the requester shows that the agency had asked.
	answered := len(v.all("perfected", "clarification-answered", "fee-answered", "still-interested-answered", "message-fetched",
		"letter-received")) > 0
	if len(byAgency) == 0 && answered {
		return []docket.Status{unsent, docket.IsProcessing}
	}
	if len(byAgency) == 0 {
		return []docket.Status{unsent}
	}
	// What OGIS did, and letters about an appeal that has no ground, are not acts on
	// the request.
	onlyOthers := !slices.ContainsFunc(byAgency, func(h happening) bool {
		return !slices.Contains([]docket.Kind{"ogis-closed", "appeal-received", "appeal-extended", "appeal-decided"}, h.Kind)
	})
	if onlyOthers {
		return []docket.Status{unsent, docket.IsProcessing}
	}
	return []docket.Status{docket.IsProcessing}
}
