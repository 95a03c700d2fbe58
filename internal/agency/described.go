package agency

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Described is an office that the directory does not know, as a user or a list
// describes it: it takes requests by the ways that are given. ways is empty if
// nothing says how it can be reached.
func Described(o Office) (office Office, ways []Channel) {
	if written, err := o.Written(o.Name, nil); err == nil { // a wrong e-mail address is refused when a letter is planned
		o = written
	}
	o.UserAdded = true
	for channel, there := range map[Channel]bool{Portal: o.PortalURL != "", Email: o.Email != "", Fax: o.Fax != "",
		Mail: len(o.Address) > 0 && o.City != ""} {
		if there {
			o.ReceivesBy = append(o.ReceivesBy, channel)
		}
	}
	slices.SortFunc(o.ReceivesBy, func(a, b Channel) int { return slices.Index(preference, a) - slices.Index(preference, b) })
	o.ID = describedID(o)
	return o, o.ReceivesBy
}

// describedID is the office's name, and some digits of everything that is known of
// it, so that two offices of one name are two, in lists of a million too: with 32 bits,
// a list of a hundred thousand had two that were taken for one.
func describedID(o Office) string {
	var b strings.Builder
	for _, r := range strings.ToLower(o.Name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String(), "-")
	if len(name) > 40 {
		name = strings.Trim(name[:40], "-")
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q",
		[]any{o.Name, o.FOIAOffice, o.ParentName, o.Address, o.City, o.State, o.ZIP, o.Country, o.Email, o.Fax, o.PortalURL, o.Law}))
	return strings.Trim("list-"+name, "-") + "-" + hex.EncodeToString(sum[:8])
}
