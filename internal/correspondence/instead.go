package correspondence

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// insteadReason is why the letter before is thrown away.
const insteadReason = "another takes its place"

func discarding(f FollowUp) logbook.Discarding {
	return logbook.Discarding{Request: f.Request, Letter: strconv.Itoa(f.Instead)}
}

// without are the events as if the letter whose place another takes had been thrown away.
func (d *Desk) without(r docket.Request, events []docket.Event, f FollowUp) ([]docket.Event, error) {
	if f.Instead == 0 {
		return events, nil
	}
	made, err := docket.LetterToDiscard(r, events, strconv.Itoa(f.Instead))
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(events), docket.Event{Request: r.ID, Seq: events[len(events)-1].Seq + 1, Kind: docket.Discarded, On: d.Today,
		Data: map[string]string{"of": strconv.Itoa(made.Seq), "reason": insteadReason}}), nil
}

// TakesPlace has a letter take the place of one of its kind that was made and not sent, and go the same way unless
// another was chosen. answers are those that the letter before was made from.
func (d *Desk) TakesPlace(f *FollowUp, r docket.Request, events []docket.Event, number int) (answers letter.Answers, err error) {
	made, err := docket.LetterToDiscard(r, events, strconv.Itoa(number))
	if err != nil {
		return nil, err
	}
	if made.Data["letter"] != f.Kind {
		return nil, remedy.Misuse(fmt.Sprintf("letter %d of %s is of another kind: %s", number, r.ID, made.Data["letter"]),
			"choose a letter of the same kind: "+remedy.To(remedy.Show, r.ID).String())
	}
	files, err := made.Files()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(files, func(f docket.Document) bool { return strings.HasSuffix(f.Name, ".yaml") })
	if i < 0 {
		return nil, remedy.Misuse(fmt.Sprintf("letter %d of %s has no file of its answers", number, r.ID),
			"throw it away, and write it anew: "+remedy.To(remedy.Discard, r.ID).With("letter", strconv.Itoa(number)).String())
	}
	raw, err := d.Workspace.ReadLying(r, files[i])
	if err != nil {
		return nil, err
	}
	file, err := letter.ReadAnswers(files[i].Name, raw)
	if err != nil {
		return nil, err
	}
	f.Instead = number
	if f.Via == "" && f.Address == "" && f.Contact == "" {
		f.Via = agency.Channel(made.Data["via"])
	}
	return file.Shared.Answers, nil
}
