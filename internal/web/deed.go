package web

import (
	"net/url"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// deed is what does a step: a form of the desk, or the words for the terminal.
type deed struct{ Words, At, Command string }

// deed words the act of a step.
func (s *Server) deed(id string, step docket.Step) deed { return s.deedOf(id, step.Act) }

// deedOf words an act about a request.
func (s *Server) deedOf(id string, act remedy.Act) deed {
	if act.None() {
		return deed{}
	}
	switch {
	case act.Verb == remedy.Record && len(act.Words) > 1:
		v := url.Values{"kind": {act.Words[1]}}
		for _, d := range act.Details {
			switch _, open := remedy.IsOpen(d.Value); {
			case open && d.Name == "on":
				v.Set(d.Name, "") // it is to be found: today is no answer
			case !open && !d.Bare:
				v.Set(d.Name, d.Value)
			}
		}
		return deed{Words: "Record it", At: "/r/" + id + "/record?" + v.Encode()}
	case act.Verb == remedy.Record:
		return deed{Words: "Record what happened", At: "/r/" + id + "/record"}
	case act.Verb == remedy.Change:
		return deed{Words: "Change the request", At: "/r/" + id + "/edit"}
	case act.Verb == remedy.Make && len(act.Words) > 1:
		at := "/r/" + id + "/letter/" + url.PathEscape(act.Words[1])
		for _, d := range act.Details {
			if d.Name == "of" {
				at += "?" + url.Values{"of": {d.Value}}.Encode()
			}
		}
		return deed{Words: "Write the letter", At: at}
	case act.Verb == remedy.Make, act.Verb == remedy.Letters:
		return deed{Words: "Write a letter", At: "/r/" + id + "/letter"}
	case act.Verb == remedy.Show, act.Verb == remedy.Explain, act.Verb == remedy.Next:
		return deed{Words: "Look at it", At: "/r/" + id}
	}
	return deed{Command: s.says(act.String())}
}
