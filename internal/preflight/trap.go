package preflight

import (
	"foia/internal/agency"
	"foia/internal/law"
)

// The checks on what one office wants that others do not (C03 to C07). What it wants, and
// where that was read, is in its record.

// trapHits are the traps of a kind in the office's record.
func (r *reading) trapHits(kind string) (out []hit) {
	o := r.draft.Office
	for _, t := range o.Traps {
		if t.Kind == kind {
			out = append(out, r.trapHit(t))
		}
	}
	return out
}

func (r *reading) trapHit(t agency.Trap) hit {
	o := r.draft.Office
	source, dated := o.Source, o.Dated
	if t.Source != "" {
		source, dated = t.Source, t.Dated
	}
	if dated == "" {
		dated = "undated"
	}
	return hit{saw: start(o.Name), values: map[string]string{"office": o.Name, "says": t.Says,
		"source": source + ", " + dated + ", confidence " + o.Confidence}}
}

// wayRefused (C03): the office does not want the request in the way in which it goes.
func wayRefused(r *reading, _ *rule) []hit {
	d := r.draft
	t, against := d.Office.TrapAgainst(d.Channel)
	if !against {
		return nil
	}
	h := r.trapHit(t)
	h.saw = quoted(string(d.Channel))
	h.values["hint"] = (&agency.ChannelRefused{Office: d.Office, Channel: d.Channel}).Hint()
	if t.Asked {
		h.in = "asked"
	}
	return []hit{h}
}

// formRequired (C04): the office wants a form of its own. Whoever files by its portal fills
// one in.
func formRequired(r *reading, _ *rule) (out []hit) {
	o := r.draft.Office
	for _, t := range o.Traps {
		if t.Kind != agency.FormTrap {
			continue
		}
		h := r.trapHit(t)
		h.values["where"] = ""
		if where := o.FormAt(); where != "" {
			h.values["where"] = " at " + where
		}
		switch {
		case r.draft.Channel == agency.Portal:
			h.in = "portal"
		case t.Only:
			h.in = "only"
		}
		out = append(out, h)
	}
	return out
}

// whoMayAsk (C05): the office answers some people only. Where its law does, and the letter does
// not say who asks, S01 tells of it.
func whoMayAsk(r *reading, _ *rule) []hit {
	out := r.trapHits(agency.ResidentsTrap)
	said := r.draft.Answers.Text("eligibility") != ""
	if p := r.draft.Regime.Records; p != nil && p.Verified("requester") {
		switch p.Requester.Residency {
		case law.RequiresResidency, law.NationalResidency, law.AffectsTerms, law.UnclearResidency:
			said = true
		}
	}
	for i := range out {
		if said {
			out[i].in = "said"
		}
	}
	return out
}

// oneReceipt (C06): a request counts from when one office has it, and no other.
func oneReceipt(r *reading, _ *rule) []hit { return r.trapHits(agency.ReceiptTrap) }

// namePublished (C07): who asked is published.
func namePublished(r *reading, _ *rule) []hit { return r.trapHits(agency.PublishedTrap) }
