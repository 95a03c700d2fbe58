package agency

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"foia/internal/remedy"
)

// namesCSV is what people call offices besides the names in the directory: parts of
// an office, former names, common mistakes; and what they ask for that takes no
// requests, because it is no agency.
//
//go:embed data/names.csv
var namesCSV []byte

// otherName is one line of it.
type otherName struct {
	name    string   // as it is written
	within  bool     // it also counts inside a longer query
	office  string   // id; empty: no agency
	instead []string // ids of offices that may be asked instead
	says    string   // what the user should know
}

// otherNames are the lines by the stems of each name. They are read when a query is
// no name of the directory. A test reads them all; should they be broken, none is known.
var otherNames = sync.OnceValue(func() map[string]otherName {
	out := map[string]otherName{}
	rows, err := readCSV(namesCSV)
	if err != nil {
		return out
	}
	for _, r := range rows {
		n := otherName{within: r["within"] == "yes", office: r["office"], instead: strings.Fields(r["instead"]), says: r["says"]}
		for name := range strings.SplitSeq(r["names"], ";") {
			n.name = strings.TrimSpace(name)
			out[stemKey(n.name)] = n
		}
	}
	return out
})

// stemKey is a name by which otherNames are found.
func stemKey(s string) string { return strings.Join(stems(key(s)), " ") }

// NotAnAgency says that what a query names takes no requests under the Act.
type NotAnAgency struct {
	Query   string
	Says    string
	Instead []Office // which may be asked
}

func (e *NotAnAgency) Error() string {
	return fmt.Sprintf("“%s” is not in the directory of agencies: %s", e.Query, e.Says)
}

// Hint names the offices that may be asked.
func (e *NotAnAgency) Hint() string {
	if len(e.Instead) == 0 {
		return "see all offices: " + remedy.To(remedy.Offices).String()
	}
	return "you can ask " + nameList(e.Instead) + ". More about it: " + remedy.To(remedy.Office, e.Instead[0].ID).String()
}

// Usage: the user named something that cannot be asked.
func (e *NotAnAgency) Usage() bool { return true }

// notAnAgency is the answer to a query for what is no agency.
func (d *Directory) notAnAgency(query string, n otherName) *NotAnAgency {
	e := &NotAnAgency{Query: short(query), Says: n.says}
	for _, id := range n.instead {
		if o, ok := d.Get(id); ok {
			e.Instead = append(e.Instead, o)
		}
	}
	return e
}

// called finds a query among the other names: the whole of it, or else the longest
// part of it that counts inside a longer query.
func called(query string, whole bool) (n otherName, ok bool) {
	names := otherNames()
	if whole {
		n, ok = names[stemKey(query)]
		return n, ok
	}
	words := stems(query)
	for size := len(words); size > 0; size-- {
		for at := 0; at+size <= len(words); at++ {
			if n, ok = names[strings.Join(words[at:at+size], " ")]; ok && n.within {
				return n, true
			}
		}
	}
	return otherName{}, false
}
