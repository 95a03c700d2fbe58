package agency

import (
	"fmt"
	"slices"
	"strings"
)

// Trap is a rule of one office that costs a requester time who does not know it, as the
// office or a rule says it.
type Trap struct {
	Kind    string    `json:"kind"`
	Says    string    `json:"says"`
	Refuses []Channel `json:"refuses,omitempty"` // the ways in which no request counts, or is wanted
	Only    bool      `json:"only,omitempty"`    // nothing else counts as a request
	Asked   bool      `json:"asked,omitempty"`   // the office asks it; that others do not count is not said
	Source  string    `json:"source,omitempty"`
	Dated   string    `json:"dated,omitempty"`
}

// The kinds of traps. What they are to a draft is in the rules of the preflight.
const (
	FormTrap      = "form"        // a form of the office's own is required
	PaperTrap     = "paper-only"  // a letter on paper, and nothing else
	NoEmailTrap   = "no-email"    // not by e-mail, nor by fax if that is refused too
	PortalTrap    = "portal-only" // by the portal, and in no other way
	ResidentsTrap = "residents"   // who may ask
	ReceiptTrap   = "one-office"  // only what this one office gets counts as received
	PublishedTrap = "published"   // the requester's name is published
)

// trapKinds are all kinds, in the order in which they are shown, with their labels.
var trapKinds = []struct{ kind, label string }{{FormTrap, "form required"}, {PaperTrap, "paper only"}, {NoEmailTrap, "no e-mail"},
	{PortalTrap, "portal only"}, {ResidentsTrap, "who may ask"}, {ReceiptTrap, "one office counts"}, {PublishedTrap, "names published"}}

// Label is what a trap is called on screen.
func (t Trap) Label() string {
	for _, k := range trapKinds {
		if k.kind == t.Kind {
			return k.label
		}
	}
	return t.Kind
}

// check finds what is wrong with a trap.
func (t Trap) check() error {
	switch i := slices.IndexFunc(trapKinds, func(k struct{ kind, label string }) bool { return k.kind == t.Kind }); {
	case i < 0:
		return fmt.Errorf("there is no trap %q", t.Kind)
	case t.Says == "":
		return fmt.Errorf("the trap %s does not say anything", t.Kind)
	case len(t.Refuses) > 0 != slices.Contains([]string{PaperTrap, NoEmailTrap, PortalTrap}, t.Kind):
		return fmt.Errorf("the trap %s does not fit its key refuses", t.Kind)
	}
	for _, c := range t.Refuses {
		if !slices.Contains(preference, c) {
			return fmt.Errorf("the trap %s refuses %q, which is no way to file", t.Kind, c)
		}
	}
	return nil
}

// TrapAgainst is the trap by which the office does not want requests by a channel.
func (o Office) TrapAgainst(c Channel) (Trap, bool) {
	i := slices.IndexFunc(o.Traps, func(t Trap) bool { return slices.Contains(t.Refuses, c) })
	if i < 0 {
		return Trap{}, false
	}
	return o.Traps[i], true
}

// FormAt is where the office's form can be got; empty if that is not known.
func (o Office) FormAt() string {
	switch {
	case strings.HasPrefix(o.Form, "http"):
		return o.Form
	case o.PortalURL != "":
		return o.PortalURL
	}
	return o.whereToCheck()
}
