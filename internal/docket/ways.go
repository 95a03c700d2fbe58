package docket

import (
	"slices"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Way is a letter, or a paper for the requester's own use, that foia makes about a
// deadline; by the name with which foia letter makes it.
type Way struct {
	Letter string       `json:"letter"`
	Of     string       `json:"of,omitempty"` // what it is against, where that must be said
	To     string       `json:"to,omitempty"`
	Last   workday.Date `json:"last,omitzero"` // unknown: as long as nobody says that it is over
}

// waysFor are the letters and papers that foia makes against a decision, or silence.
func (f *folding) waysFor(matter string, e *Event) []Way {
	if f.regime.Records == nil || !slices.Contains([]string{"determination", Silence, Charges}, matter) {
		return nil
	}
	var out []Way
	for _, r := range f.reviews(matter, e) {
		way := Way{Letter: map[string]string{law.LetterForm: "form", law.LetterNotice: "notice",
			law.LetterObjects: "de-widerspruch"}[r.Letter]}
		if slices.Contains(reviewLetters, r.Letter) {
			way = wayAgainst(matter)
		}
		way.To, way.Last = r.To, r.Last
		out = append(out, way)
	}
	if matter == Charges {
		return out
	}
	if f.firmNotice(matter, e) {
		out = append(out, Way{Letter: "notice"})
	}
	if courts := f.courts(matter, e); len(courts) > 0 {
		out = append(out, Way{Letter: "counsel", To: courts[0].To})
	}
	return out
}

// wayAgainst is the letter to a reviewer, and what it is against where that must be said.
func wayAgainst(matter string) Way {
	if matter == "determination" {
		matter = ""
	}
	return Way{Letter: "appeal", Of: matter}
}

// courts are the courts that may be asked about a decision, or silence.
func (f *folding) courts(matter string, e *Event) []law.RouteWindow {
	return slices.DeleteFunc(f.regime.Windows(against(matter, e)), func(w law.RouteWindow) bool { return w.Kind != "court" })
}

// firmNotice tells whether a letter to the office before a suit makes sense: the law has
// a court, no notice of its own, and no reviewer who must be asked first.
func (f *folding) firmNotice(matter string, e *Event) bool {
	windows := f.regime.Windows(against(matter, e))
	if slices.ContainsFunc(windows, func(w law.RouteWindow) bool {
		return w.Letter == law.LetterNotice || w.Kind != "court" && w.Required != nil && *w.Required
	}) {
		return false
	}
	return len(f.courts(matter, e)) > 0
}

// make is the act that makes the letter.
func (w Way) make(r Request) remedy.Act {
	act := remedy.To(remedy.Make, r.ID, w.Letter)
	if w.Of != "" {
		act = act.With("of", w.Of)
	}
	return act
}
