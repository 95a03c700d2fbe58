package moving

import (
	"foia/internal/docket"
	"foia/internal/lazy"
)

// appeal is an appeal and what came of it.
func (r *rowOf) appeal() {
	day, ok := r.days[onAppealed]
	appealed, says := r.says(docket.Appealed)
	decided, came := r.days[onAppealDecided]
	told, saysDecided := r.says(docket.AppealDecided)
	cell := r.cell(isAppealOutcome)
	outcome := appealOutcome(cell)
	if outcome != "" && !saysDecided && (ok || says || came) {
		told.Data, saysDecided = map[string]string{"outcome": outcome}, true
		if days := daysIn(cell); len(days) == 1 {
			told.said, told.when = cell, days[0]
		}
	}
	if !ok && !says && !came && !saysDecided {
		return
	}
	r.tells(docket.Appealed, day, nil, appealed.said, appealed.when)
	if !came && !saysDecided {
		return
	}
	if o := told.Data["outcome"]; o != "" {
		outcome = o
	}
	r.tells(docket.AppealDecided, decided, nil, told.said, told.when).set("outcome", outcome)
	if outcome == "" {
		r.note("what came of the appeal is not in the file: asks")
	}
}

// The words in which trackers say what came of an appeal. “Disclosable” is the word of Pennsylvania's Office of Open Records.
const (
	wonAppeal = lazy.Pattern(`\b(disclosable|granted|won|reversed|overturned|sustained|in (our|my) favor|for (us|me|the requester)|` +
		`orders? (the )?(release|disclosure)|must (be )?(release|disclose)d?)\b`)
	partAppeal = lazy.Pattern(`\b(part|partial|partially|partly)\b`)
	lostAppeal = lazy.Pattern(`\b(denied|refused|affirmed|` +
		`(denial|decision|refusal|withholding)s? upheld|upheld (the |their )?(denial|decision|refusal|withholding)|` +
		`lost|exempt|not disclosable|protected|rejected)\b`)
	sentBack = lazy.Pattern(`\b(remand|remanded|sent back)\b`)
	noAppeal = lazy.Pattern(`\b(dismissed|moot|untimely)\b`)
)

func appealOutcome(cell string) string {
	switch text := heading(cell); {
	case text == "":
	case partAppeal.RE().MatchString(text):
		return "partly"
	case sentBack.RE().MatchString(text):
		return "remanded"
	case noAppeal.RE().MatchString(text):
		return "dismissed"
	case lostAppeal.RE().MatchString(text):
		return "affirmed"
	case wonAppeal.RE().MatchString(text):
		return "reversed"
	}
	return ""
}
