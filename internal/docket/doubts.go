package docket

import (
	"slices"

	"foia/internal/workday"
)

// doubts gives both readings where no law that was read says whether a question of the
// office stops its time. The office is late for sure only when all of the time has passed
// once more after the answer; where the question may itself be the answer that the law
// asks for, it never is.
func (f *folding) doubts(d *Deadline, c *clock) {
	if len(c.doubted) == 0 {
		f.perhapsAnswered(d, c)
		return
	}
	sure := slices.DeleteFunc(slices.Clone(c.pauses), func(p workday.Pause) bool { return slices.Contains(c.doubted, p) })
	adds := 0
	if c.notice != nil {
		adds = c.notice.adds
	}
	what := c.doubtedWord()
	if n, err := f.tally(c, c.day0, adds, sure); err == nil && n.Due != d.Due && !n.Due.IsZero() {
		d.Other = append(d.Other, Reading{Due: n.Due, Says: "if the office’s " + what + " does not stop the time"})
		if f.early == nil {
			f.early = map[string]workday.Date{}
		}
		f.early[d.What] = n.Due
	}
	d.Caution = joined(d.Caution, "No law that foia has read says whether the office’s "+what+
		" stops the time; it was counted as stopping it.")
	last := c.doubted[len(c.doubted)-1].To
	d.Lenient = workday.Date{}
	if last.IsZero() {
		return
	}
	n, err := f.tally(c, last, 0, nil)
	if err != nil {
		return
	}
	if n.Due != d.Due {
		d.Other = append(d.Other, Reading{Due: n.Due, Says: "if all of the time runs again from your answer"})
	}
	if c.Owes != "respond" {
		d.Lenient = latest(f.end(c), f.kindest(n))
		return
	}
	f.anew = latest(f.kindest(n), f.end(c))
}

// doubtedWord is what the office sent that may stop the time.
func (c *clock) doubtedWord() string {
	for _, p := range c.doubted {
		if p.Why != pauseWords[FeeNotice] {
			return "question"
		}
	}
	return "notice of fees"
}

// perhapsAnswered leaves it open whether the office is late where its question came after
// the time, and may be the answer that the law asks for.
func (f *folding) perhapsAnswered(d *Deadline, c *clock) {
	if !c.maybe {
		return
	}
	d.Lenient = workday.Date{}
	d.Caution = joined(d.Caution, "No law that foia has read says whether the question of the office is the answer that the law asks for.")
	if answer := f.lastAnswer(); !answer.IsZero() {
		if n, err := f.tally(c, answer, 0, nil); err == nil {
			f.anew = f.kindest(n)
		}
	}
}
