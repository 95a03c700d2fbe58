package docket

import "slices"

// determination is the first decision on the request as a whole. A referral is none:
// the office that has the records now decides, CREW v. FEC, 711 F.3d 180 (D.C. Cir. 2013).
func (f *folding) determination() *Event { return f.life.determination() }

func (l life) determination() *Event {
	for i := range l {
		if l[i].decides() {
			return &l[i]
		}
	}
	return nil
}

// decides tells whether the event is a determination.
func (e Event) decides() bool { return e.Kind == Determination && e.Data["outcome"] != "referred" }

// whollyReferred is the event by which nothing of the request is left with the agency.
func (f *folding) whollyReferred() *Event { return f.life.whollyReferred() }

func (l life) whollyReferred() *Event {
	for i, e := range l {
		if e.Kind == Referred && e.Whole() || e.Kind == Determination && !e.decides() {
			return &l[i]
		}
	}
	return nil
}

// Whole tells of a referral whether it is of the whole request: the letter names no
// part.
func (e Event) Whole() bool {
	return e.Data["pages"] == "" && e.Data["records"] == "" && e.Data["part"] == ""
}

func decidedBefore(l life, e Event) bool {
	d := l.determination()
	return d != nil && l.index(*d) < l.index(e)
}

// lastDetermination is the last decision on the request as a whole.
func (l life) lastDetermination() *Event {
	for _, e := range slices.Backward(l) {
		if e.decides() {
			return &e
		}
	}
	return nil
}
