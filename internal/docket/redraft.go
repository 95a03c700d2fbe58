package docket

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"foia/internal/remedy"
)

// Current is the request as it stands: as it was made, or as its last redraft left it. What is
// frozen in the log is the first version; each later one is frozen in the event that made it.
// The error says that the event does not read as foia wrote it.
func Current(r Request, events []Event) (Request, error) {
	for _, e := range slices.Backward(bySeq(events)) {
		if e.Kind == Redrafted {
			return e.version(r)
		}
	}
	return r, nil
}

// version is the version of a request that an event made.
func (e Event) version(r Request) (Request, error) {
	var out Request
	if err := json.Unmarshal([]byte(e.Data["request"]), &out); err != nil {
		return r, fmt.Errorf("the version of %s in event %d cannot be read: %w", r.ID, e.Seq, err)
	}
	if out.ID != r.ID || out.Folder != r.Folder {
		return r, fmt.Errorf("the version in event %d of %s is of another request", e.Seq, r.ID)
	}
	files, err := e.Files()
	out.Documents = files
	return out, err
}

// current is Current for a fold, which has no error: what an event holds was read when it was
// written, and the chain guards it.
func current(r Request, events []Event) Request {
	now, err := Current(r, events)
	if err != nil {
		return r
	}
	return now
}

// Redraft is the event by which a draft gets another version. now is that version; its
// documents bear the names that VersionName gives them. changed are the names of the fields
// that differ.
func Redraft(now Request, changed []string) (Event, error) {
	files, err := json.Marshal(now.Documents)
	if err != nil {
		return Event{}, fmt.Errorf("the files of %s cannot be written as JSON: %w", now.ID, err)
	}
	now.Documents = nil // they are the event's
	request, err := json.Marshal(now)
	if err != nil {
		return Event{}, fmt.Errorf("request %s cannot be written as JSON: %w", now.ID, err)
	}
	return Event{Request: now.ID, Kind: Redrafted, On: now.Created,
		Data: map[string]string{"request": string(request), "files": string(files), "changed": strings.Join(changed, ",")}}, nil
}

// Versions is how many versions of a request there are.
func Versions(events []Event) int {
	n := 1
	for _, e := range events {
		if e.Kind == Redrafted {
			n++
		}
	}
	return n
}

// VersionName is the name of a frozen file in a version of a request: letter.pdf in the first,
// letter-2.pdf in the second. No two files of a request have one name.
func VersionName(name string, version int) string {
	if version < 2 {
		return name
	}
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(version) + ext
}

// firstName is what a frozen file is called in the first version.
func firstName(name string) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	i := strings.LastIndex(stem, "-")
	if i < 1 {
		return name
	}
	first := stem[:i] + ext
	if n, err := strconv.Atoi(stem[i+1:]); err != nil || VersionName(first, n) != name {
		return name
	}
	return first
}

// EarlierDir is the folder below a request's into which the files of a version go that another
// took the place of.
const EarlierDir = "earlier"

// AllVersions are the versions of a request, the first one first.
func AllVersions(r Request, events []Event) ([]Request, error) {
	out := []Request{r}
	for _, e := range bySeq(events) {
		if e.Kind != Redrafted {
			continue
		}
		v, err := e.version(r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Superseded are the files of a request that another version took the place of.
func Superseded(r Request, events []Event) (out []Document, err error) {
	versions, err := AllVersions(r, events)
	if err != nil {
		return nil, err
	}
	for _, v := range versions[:len(versions)-1] {
		out = append(out, v.Documents...)
	}
	return out, nil
}

// MayChange tells whether a request is still a draft, and can be changed or thrown away.
// The error says what is in the way, and what can be done.
func MayChange(r Request, events []Event) error {
	if err := NotClear(r, events, 0); err != nil {
		return err
	}
	l := lifeOf(bySeq(events))
	first := l.first(Drafted)
	switch sent, other := l.first(Sent), l.reached(); {
	case r.Imported():
		return remedy.Misuse(r.ID+" was taken over from another tracker: its letter is not here, so that there is none to change",
			"record what happened: "+remedy.To(remedy.Record, r.ID).String())
	case first != nil && first.Data["referred_from"] != "":
		return remedy.Misuse(r.ID+" was opened for a referral: it has no letter of yours that could be changed",
			"write to the office: "+remedy.To(remedy.Letters, r.ID).String())
	case l.discarded() != nil:
		return discardedAlready(r, *l.discarded())
	case sent != nil:
		return remedy.Misuse(fmt.Sprintf("%s was sent on %s: what was sent stays as it is", r.ID, sent.On.Letter()),
			"if it was not, strike that out: "+strike(r, *sent))
	case other != nil && other.Kind == Undelivered:
		return remedy.Misuse(fmt.Sprintf("%s was sent, and came back on %s: what was sent stays as it is", r.ID, other.On.Letter()),
			"send it another way, or make the request anew: "+
				remedy.To(remedy.New, r.Template).With("to", remedy.Open("OFFICE")).String())
	case other != nil:
		return remedy.Misuse(fmt.Sprintf("%s is no draft any more: %s on %s", r.ID, other.Kind, other.On.Letter()),
			"if that was a mistake, strike it out: "+strike(r, *other))
	}
	return nil
}

// reached is the first event that shows that the request reached the agency, or is over.
func (l life) reached() *Event {
	own := []Kind{Drafted, Redrafted, LetterMade, Discarded, Note, FileAdded, Redacted} // a request that was discarded is asked for before
	if i := slices.IndexFunc(l, func(e Event) bool { return !slices.Contains(own, e.Kind) }); i >= 0 {
		return &l[i]
	}
	return nil
}

// IsGone tells whether a request was discarded, by its events or those of them that say so.
func IsGone(events []Event) bool { return lifeOf(bySeq(events)).discarded() != nil }

// discarded is the event by which the request was thrown away, or nil.
func (l life) discarded() *Event {
	for i, e := range l {
		if e.Kind == Discarded && e.Data["of"] == "" {
			return &l[i]
		}
	}
	return nil
}

func discardedAlready(r Request, e Event) error {
	return remedy.Misuse(fmt.Sprintf("%s was discarded on %s", r.ID, e.On.Letter()), "to have it back: "+strike(r, e))
}

// strike is the act that strikes an event out.
func strike(r Request, e Event) string {
	return remedy.To(remedy.Record, r.ID, string(Correction)).With("of", strconv.Itoa(e.Seq)).With("reason", remedy.Open("…")).String()
}

// LetterToDiscard is the further letter of that number or kind that was made and not sent, so
// that it can be thrown away.
func LetterToDiscard(r Request, events []Event, which string) (Event, error) {
	struck := Corrected(events)
	var found *Event
	for i, e := range bySeq(events) {
		if e.Kind == LetterMade && !struck[e.Seq] && (strconv.Itoa(e.Seq) == which || e.Data["letter"] == which) {
			found = &events[i]
		}
	}
	if found == nil {
		return Event{}, remedy.Misuse(fmt.Sprintf("%s has no further letter “%s”", r.ID, which),
			"see its letters: "+remedy.To(remedy.Show, r.ID).String())
	}
	if fate := FateOf(events, *found); fate.Sent != nil {
		return Event{}, remedy.Misuse(fmt.Sprintf("letter %d of %s was sent on %s: what was sent stays as it is", found.Seq, r.ID,
			fate.Sent.On.Letter()), "if it was not, strike that out: "+strike(r, *fate.Sent))
	}
	return *found, NotClear(r, events, found.Seq)
}
