package mail

import (
	"net/url"
	"strings"

	"foia/internal/lazy"
)

// rewriters are services through which mail systems of agencies and of their readers lead links, to count or to
// check them; the true target is within the address, or only they know it.
var rewriters = []string{
	"safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com", "urldefense.us", "lnks.gd", "govdelivery.com",
	"linkprotect.cudasvc.com", "protect-us.mimecast.com", "protect-eu.mimecast.com", "protect.checkpoint.com", "sendgrid.net",
	"mailgun.org",
	"list-manage.com", "exacttarget.com", "awstrack.me",
}

var shownHost = lazy.Pattern(`^(?i)(?:https?://)?(?:[^\s/@]*@)?((?:[a-z0-9\p{L}-]+\.)+[a-z\p{L}]{2,})(?::\d+)?(?:[/?#]\S*)?$`)

// deceives tells whether a link shows one address and leads to another, and which two.
func (l link) deceives() (shown, target string, deceives bool) {
	text := strings.Trim(strings.TrimSpace(l.shown), "<>()[].,;")
	to, err := url.Parse(strings.TrimSpace(l.target))
	if err != nil {
		return "", "", false
	}
	if to.Scheme == "mailto" {
		a := anAddress.RE().FindString(text)
		_, shown, _ = strings.Cut(a, "@")
		address, _, _ := strings.Cut(to.Opaque, "?")
		if plain, err := url.PathUnescape(address); err == nil {
			address = plain
		}
		_, target, _ = strings.Cut(address, "@")
		return shown, target, shown != "" && target != "" && !sameOwner(shown, target)
	}
	target = strings.ToLower(to.Hostname())
	m := shownHost.RE().FindStringSubmatch(text)
	if m == nil || target == "" || strings.Contains(text, "@") && !strings.Contains(text, "/") {
		return "", "", false
	}
	shown = strings.ToLower(m[1])
	for _, r := range rewriters {
		if target == r || strings.HasSuffix(target, "."+r) {
			return shown, target, false
		}
	}
	return shown, target, !sameOwner(shown, target)
}

// sameOwner tells whether two hosts are within one registered domain, as far as their names tell.
func sameOwner(a, b string) bool {
	return registered(a) == registered(b)
}

// registered is the end of a host's name that somebody registered: two names, or three below such as gov.uk.
func registered(host string) string {
	host = strings.Trim(strings.ToLower(host), ".")
	names := strings.Split(host, ".")
	keep := 2
	if n := len(names); n >= 3 && len(names[n-1]) == 2 {
		switch names[n-2] {
		case "gov", "co", "com", "org", "ac", "net", "edu", "nhs", "police", "or", "go", "gob", "gv", "gc", "govt":
			keep = 3
		}
	}
	return strings.Join(names[max(0, len(names)-keep):], ".")
}
