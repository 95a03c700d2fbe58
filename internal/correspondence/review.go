package correspondence

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/remedy"
)

// The addressees of letters under the law of a state or country that are not the office.
const (
	toReview  = "review"  // whoever reviews decisions
	toCounsel = "counsel" // the requester's own lawyer
	toForm    = "form"    // an official form, into which the requester copies
)

// template is the template of a kind of letter; of one that there is under the laws of
// states and countries only, by the name that users know.
func (d *Desk) template(kind string) (*letter.Template, error) {
	t, err := d.Library.Template(kind)
	var none *letter.NotFound
	if !errors.As(err, &none) {
		return t, err
	}
	if other, otherErr := d.Library.Template("records-" + kind); otherErr == nil {
		return other, nil
	} else if !errors.As(otherErr, &none) {
		return nil, otherErr
	}
	return nil, err
}

// reviewOf is the way of review that a letter takes, or the notice before a suit; nil for
// other letters.
func reviewOf(t *letter.Template, kind string, view *docket.View) *docket.Review {
	var r docket.Review
	var not *docket.NotReady
	switch {
	case t.Law != law.PublicRecordsLaws:
		return nil
	case t.Common() == "comments":
		w, ok := view.Comments()
		if !ok {
			return nil
		}
		r.RouteWindow = w
	case t.To == toReview:
		r, not = view.Review(Matter(kind))
	case t.Common() == "notice":
		r, not = view.Notice()
	case t.To == toForm:
		r, not = view.OfficialForm()
	default:
		return nil
	}
	if not != nil {
		return nil
	}
	return &r
}

// enclosures are the copies that go with a letter to a reviewer.
func enclosures(view *docket.View, r *docket.Review, t *letter.Template) []docket.Enclosure {
	if r == nil || t.To != toReview {
		return nil
	}
	return view.Enclosures(*r)
}

// lacking are the copies that the law asks for and of which the log has no file.
func lacking(all []docket.Enclosure, r *docket.Review, id string) (out []preflight.Lacking) {
	if r == nil || len(r.Encloses) == 0 {
		return nil
	}
	for _, e := range all {
		if e.Held {
			continue
		}
		what, _ := strings.CutPrefix(e.What, "Copy of ")
		by := "before the time for it ends"
		if !r.Due.IsZero() {
			by = "by " + r.Due.Letter()
		}
		out = append(out, preflight.Lacking{What: what, By: by, Cite: citeOf(r),
			Fix: remedy.To(remedy.Record, id, string(docket.FileAdded)).With("on", e.On.String()).
				With("attach", remedy.Open("FILE")).String()})
	}
	return out
}

// reviewNotes are what a user should know of a letter to a reviewer: what the law says of
// it, who gets a copy, which files go with it.
func reviewNotes(r *docket.Review, t *letter.Template) (notes []string) {
	if r == nil {
		return nil
	}
	if r.Note != "" {
		notes = append(notes, fmt.Sprintf("what the law’s file says of this way (%s): %s", citeOf(r), r.Note))
	}
	if r.Form != "" && !r.FormRequired && t.To == toReview {
		notes = append(notes, "there is a form for it, which is recommended: "+r.Form)
	}
	if len(r.Contents) > 0 && t.To == toReview {
		notes = append(notes, "see that it has: "+strings.Join(r.Contents, "; "))
	}
	if len(r.Copies) > 0 {
		notes = append(notes, "send a copy to "+strings.Join(r.Copies, " and to "))
	}
	if r.Received {
		notes = append(notes, "it must arrive in time, not only be sent")
	}
	if r.Letter == law.LetterNotice {
		notes = append(notes, "send it so that you can prove the day on which it arrived, such as by certified mail")
	}
	return notes
}

// enclosureNotes name the files that go with a letter.
func enclosureNotes(made *MadeLetter, files []docket.Document) []string {
	var names []string
	for _, f := range files {
		names = append(names, path.Join(made.Request.Folder, f.Name))
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"enclose " + strings.Join(names, ", ")}
}

// reviewAddress is where a letter to a reviewer goes: as given; as the decision says; for
// a reviewer at the body itself, to its own address. The address of anybody else is not
// known, and none is made up.
func reviewAddress(o *letter.Order, t *letter.Template, given string, r *docket.Review, ways route) (notes []string, err error) {
	if r == nil {
		return nil, fmt.Errorf("the letter %s goes to a reviewer, and none was chosen", t.ID)
	}
	title := r.Title
	if title == "" && r.Body {
		title = o.Regime.Records.Title()
	}
	name := []string{title}
	if r.Body {
		name = append([]string{"Attention: " + title}, nameLines(o.Office, "")...)
	}
	switch {
	case given != "":
		o.Addressee = under(name, lines(given))
	case ways.appealTo != "" && r.Before == nil:
		o.Addressee = under(name, lines(ways.appealTo))
	case r.Body:
		o.Addressee = append([]string{"Attention: " + title}, o.Office.AddressBlock()...)
		notes = append(notes, "it goes to the office’s own address; if the decision names another for it, use that: "+postal())
		if o.Channel == "" {
			o.Channel = laterChannel(o.Office, ways, o.Date)
		}
		if o.Contact == "" {
			o.Contact = o.Office.ContactFor(o.Channel)
		}
		return notes, nil
	case o.Contact != "":
		o.Addressee = name
	default:
		return nil, &NoAddress{remedy.Misuse(fmt.Sprintf("foia has no address of the %s", title),
			"take it from the decision or from the reviewer’s own site: "+postal()+", or "+byEmail())}
	}
	if o.Channel == "" {
		o.Channel = agency.Mail
	}
	return notes, nil
}

// under is an address as given, below a name if it begins with the street.
func under(name, given []string) []string {
	if len(given) == 0 || !streetLine.RE().MatchString(given[0]) {
		return given
	}
	return append(slices.Clone(name), given...)
}

// greeting is the salutation of a letter to a reviewer; empty for the usual one.
func greeting(r *docket.Review, t *letter.Template) string {
	switch {
	case r == nil || t.To != toReview:
		return ""
	case r.Greets != "":
		return r.Greets
	case r.Body:
		return ""
	}
	return "Dear Sir or Madam:"
}

// citeOf is where the law has a way of review.
func citeOf(r *docket.Review) string {
	if r == nil {
		return ""
	}
	return cmp.Or(r.Route.Cite, r.Cite) // that of the window is of the time alone
}

// decisionOf is the matter of the decision that a letter speaks of: one before a suit, or
// for a form, speaks of that on the request.
func decisionOf(t *letter.Template, matter string) string {
	if t.Law == law.PublicRecordsLaws && slices.Contains([]string{"notice", toCounsel, toForm}, t.Common()) {
		return "determination"
	}
	return matter
}
