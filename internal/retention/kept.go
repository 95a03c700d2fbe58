package retention

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// kept.json is what the schedules and the lists beside them say of destruction, made by Quick: the
// few series of the many by which a requester may be warned. A check of a letter reads it in place
// of the schedules, which take fifty times as long.
//
//go:embed kept.json
var keptJSON []byte

// Kept is a series of which somebody may be warned that its records are destroyed after a time.
type Kept struct {
	ID        string `json:"id"`
	Law       string `json:"law"`
	Scope     string `json:"scope,omitempty"` // whose records, as a state's schedule has it
	Title     string `json:"title"`
	Authority string `json:"authority"`
	Mode      string `json:"mode"`
	N         int    `json:"n"`
	Most      int    `json:"most,omitempty"`
	Unit      string `json:"unit"`
	Counted   bool   `json:"counted,omitempty"` // from the making of a record, so that its last day can be told
	From      string `json:"from"`              // after they were made
	Only      string `json:"only,omitempty"`    // where it binds, as a sentence

	Has     []string `json:"has,omitempty"`     // one of these is in the name of an office of that scope
	Lacks   []string `json:"lacks,omitempty"`   // and none of these
	Offices []string `json:"offices,omitempty"` // ids of offices that it does not bind
	Words   []string `json:"words,omitempty"`   // stems: an item with one of them asks for what is on another schedule

	Names []string `json:"names"` // stems, with a space between them
}

var allKept = sync.OnceValue(func() []*Kept {
	var all []*Kept
	if err := json.Unmarshal(keptJSON, &all); err != nil {
		panic("retention: kept.json: " + err.Error()) // part of the program, and read by every test
	}
	return all
})

// byLaw are those of each law, so that an item is compared with no others.
var byLaw = sync.OnceValue(func() map[string][]*Kept {
	out := map[string][]*Kept{}
	for _, k := range allKept() {
		out[k.Law] = append(out[k.Law], k)
	}
	return out
})

// under are those that may bind an office under a law.
func under(law string) []*Kept {
	list := byLaw()[law]
	if law != federal && strings.HasPrefix(law, everyState+"-") {
		return append(list[:len(list):len(list)], byLaw()[everyState]...)
	}
	return list
}

// AllKept are all of them, in the order of the files.
func AllKept() []*Kept { return allKept() }

// Cites is what a sentence on the series begins with: GRS 5.6.111, or the section of a state.
func (k *Kept) Cites() string {
	if k.Law == federal {
		return k.ID
	}
	return k.Authority
}

// Called is the title of the series in quotation marks.
func (k *Kept) Called() string { return "“" + strings.ReplaceAll(k.Title, " - ", ", ") + "”" }
