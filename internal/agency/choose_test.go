package agency

import (
	"strings"
	"testing"
)

// What a pattern chooses: law before the slash, kind after it.
func TestChoose(t *testing.T) {
	d := embedded(t)
	for _, x := range []struct {
		pattern, has, hasNot string
		without              string // a law that is told to have none
		err                  string
	}{
		{pattern: "us-*/state-police", has: "us-tx-dps", hasNot: "us-tx-austin", without: "us-ak"},
		{pattern: "us-tx/*", has: "us-tx-dps", hasNot: "us-ky-ksp"},
		{pattern: "us-ky/state-police", has: "us-ky-ksp", hasNot: "us-tx-dps"},
		{pattern: "us-k*/state-p*", has: "us-ky-ksp", hasNot: "us-tx-dps", without: "us-ks"},
		{pattern: "gb/police", err: "has no office that “gb/police” chooses"},
		{pattern: "us-*/police-state", err: "no kind of office like “police-state”"},
		{pattern: "us-zz/state-police", err: "no office under a law like “us-zz”"},
		{pattern: "us-federal/*", err: "no office under a law like “us-federal”"},
		{pattern: "state-police", err: "does not choose offices"},
		{pattern: "", err: "does not choose offices"},
		{pattern: "/", err: "does not choose offices"},
		{pattern: "us-*/state-police/x", err: "does not choose offices"},
		{pattern: "us-[/state-police", err: "does not choose offices"},
	} {
		c, err := d.Choose(x.pattern)
		if x.err != "" {
			if err == nil || !strings.Contains(err.Error(), x.err) {
				t.Errorf("%q: %v, want %s", x.pattern, err, x.err)
			}
			continue
		}
		ids, laws := "", ""
		for _, o := range c.Offices {
			ids += " " + o.ID + " "
			if len(o.Sources) == 0 {
				t.Errorf("%q: %s without its sources", x.pattern, o.ID)
			}
		}
		for _, p := range c.Without {
			laws += " " + p.Law + " "
		}
		if err != nil || !strings.Contains(ids, " "+x.has+" ") || strings.Contains(ids, " "+x.hasNot+" ") ||
			x.without != "" && !strings.Contains(laws, " "+x.without+" ") {
			t.Errorf("%q: %s, without %s, %v", x.pattern, ids, laws, err)
		}
	}
}
