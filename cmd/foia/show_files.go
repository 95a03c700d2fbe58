package main

import (
	"cmp"
	"fmt"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/workspace"
)

// laterFile is a file that came after the request: of a letter that was made, or one
// that was received or added.
type laterFile struct {
	Event int    `json:"event"`
	Kind  string `json:"kind"` // the letter, or the event that the file came with
	Path  string `json:"path"`
	Name  string `json:"name,omitempty"` // what a received file was called when it was attached
	On    string `json:"on"`
	Sent  string `json:"sent,omitempty"` // the day on which the letter went out
	Back  string `json:"back,omitempty"` // the day on which it came back, if it was not sent again
	Made  bool   `json:"made"`           // a letter of foia's, which may not have gone out
}

// laterFiles lists every letter, by its PDF, and every file that came with an event. The
// error is that an event does not read as foia wrote it.
func laterFiles(w *workspace.Workspace, r docket.Request, events []docket.Event) ([]laterFile, error) {
	list := []laterFile{}
	for _, e := range events {
		if e.Kind == docket.Redrafted {
			continue // its files are listed with the request
		}
		files, err := e.Files()
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			f := laterFile{Event: e.Seq, Kind: string(e.Kind), Path: w.Path(r.Folder + "/" + file.Name), On: e.On.String(),
				Name: file.Original}
			if e.Kind == docket.LetterMade {
				if !strings.HasSuffix(file.Name, ".pdf") {
					continue
				}
				f.Kind, f.Made = e.Data["letter"], true
				switch fate := docket.FateOf(events, e); {
				case fate.Sent != nil:
					f.Sent = fate.Sent.On.String()
				case fate.Back != nil:
					f.Back = fate.Back.On.String()
				}
			}
			list = append(list, f)
		}
	}
	return list, nil
}

// showLater prints the letters and the files that came after the request.
func (a *app) showLater(files []laterFile) {
	if len(files) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nLetters and received files")
	for _, f := range files {
		what := f.Kind
		if name := entered.Line(f.Name); name != "" {
			what += ", “" + name + "”"
		}
		switch {
		case f.Made && f.Sent != "":
			what += ", sent " + f.Sent
		case f.Back != "":
			what += ", came back " + f.Back
		case f.Made && docket.OwnUse(f.Kind):
			what += ", for your own use"
		case f.Made:
			what += ", not sent"
		}
		a.wrappedAfter(fmt.Sprintf("%4d  %-10s  ", f.Event, cmp.Or(f.On, docket.DayUnknown)), strings.Repeat(" ", 18), what)
		fmt.Fprintln(a.out, strings.Repeat(" ", 18)+clean(f.Path))
	}
}
