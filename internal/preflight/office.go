package preflight

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/remedy"
)

// The checks on the office: its channel (C01), its record in the directory
// (C02), and its web form (W01, W02).

// channelTaken (C01): the office takes requests in the way this one is sent.
func channelTaken(r *reading, _ *rule) []hit {
	d := r.draft
	if d.Channel == "" {
		if d.Template == nil {
			return nil // a letter written elsewhere does not say how it goes
		}
		return []hit{{in: "none", saw: start(d.Office.Name)}}
	}
	err := d.Office.CheckChannel(d.Channel)
	if _, trap := d.Office.TrapAgainst(d.Channel); trap || err == nil {
		return nil // wayRefused tells of a trap
	}
	h := hit{saw: quoted(string(d.Channel)), values: map[string]string{"problem": err.Error(),
		"hint": "choose another method with " + remedy.Name("via")}}
	if refused := (*agency.ChannelRefused)(nil); errors.As(err, &refused) {
		h.values["problem"] = (&agency.ChannelRefused{Office: refused.Office, Channel: refused.Channel}).Error()
		h.values["hint"] = refused.Hint()
		if refused.Why != "" {
			h.in, h.values["reason"] = "reason", refused.Why
		}
	}
	if unknown := (*agency.ChannelUnknown)(nil); errors.As(err, &unknown) {
		h.in, h.values["hint"] = "unknown", unknown.Hint()
	}
	return []hit{h}
}

// directoryRecord (C02): the contact that the letter goes by is recent and sure. That is
// said once: not again with the next letter to the same office by the same channel.
func directoryRecord(r *reading, rl *rule) []hit {
	d := r.draft
	days := r.around.StaleAfterDays
	if days == 0 {
		days = rl.Limits["days"]
	}
	if slices.ContainsFunc(r.around.Similar, func(s Similar) bool { return s.OfficeID == d.Office.ID && s.Via == d.Channel }) {
		return nil
	}
	var what []string
	where := "the office’s website"
	for _, c := range d.Office.Cautions(d.Channel, d.Date, days) {
		what = append(what, c.What)
		if c.Where != "" {
			where = c.Where
		}
	}
	if len(what) == 0 {
		return nil
	}
	contact := d.Office.ContactFor(d.Channel)
	if contact == "" {
		contact = strings.Join(d.Office.AddressBlock(), ", ")
	}
	h := hit{saw: quoted(contact), values: map[string]string{"office": d.Office.Name, "what": strings.Join(what, "; "), "where": where}}
	if d.Office.Doubtful(d.Channel) {
		h.in = "low"
	}
	return []hit{h}
}

// formRequires (W01): what the office's web form demands is there.
func formRequires(r *reading, _ *rule) []hit {
	form, ok := agency.FormFor(r.draft.Office)
	if !ok {
		return nil
	}
	var missing []string
	for _, field := range form.Required {
		if _, given := r.formValue(field); !given && !strings.HasPrefix(field, addressFields) {
			missing = append(missing, field)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	h := hit{saw: "no " + strings.Join(missing, ", no "), field: missing[0],
		values: map[string]string{"form": form.Title, "fields": strings.Join(missing, ", ")}}
	if r.draft.Channel == agency.Portal {
		h.in = "portal"
	}
	return []hit{h}
}

// formAsks (W02): the form has questions of its own.
func formAsks(r *reading, _ *rule) []hit {
	form, ok := agency.FormFor(r.draft.Office)
	if !ok || len(form.Nonstandard) == 0 {
		return nil
	}
	fields := few(form.Nonstandard)
	return []hit{{saw: quoted(fields), field: form.Nonstandard[0], values: map[string]string{"form": form.Title, "fields": fields,
		"count": fmt.Sprint(len(form.Nonstandard))}}}
}

// few names the first of a list's entries, and how many more there are.
func few(list []string) string {
	const shown = 3
	if len(list) <= shown {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:shown], ", "), len(list)-shown)
}

// formValue returns what the letter gives for a field of FOIA.gov's forms. A
// field that is no standard one cannot be given here; W02 tells of it.
func (r *reading) formValue(field string) (value string, given bool) {
	who := r.draft.Requester
	first, last, _ := strings.Cut(strings.TrimSpace(who.Name), " ")
	switch field {
	case "name_first":
		value = first
	case "name_last":
		value = strings.TrimSpace(last)
	case "email":
		value = who.Email
	case "phone_number":
		value = who.Phone
	case "company_organization":
		value = who.Organization
	case "request_category":
		value = r.category()
	case "request_description":
		value = itemsOf(r.draft.Records)
	case "fee_amount_willing":
		return "", r.draft.Answers.Text("fee_cap") != "" || phrase("dollars").in(r.rest)
	case "expedited_processing", "fee_waiver":
		return "", true // not asking is an answer
	case "fax_number", "attachments_supporting_documentation":
		return "", false
	default:
		return "", true
	}
	return value, value != ""
}
