package web

import (
	"net/url"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// deed is what does a step: a form of the desk, words for the terminal, or either.
type deed struct{ Words, At, Command string }

// deed words the act of a step.
func (s *Server) deed(id string, step docket.Step) deed {
	if step.Act.Verb == remedy.Send { // a step is to send only where nobody knows whether that was done: see docket.MayBeSent
		return deed{Words: "Say what became of it", At: wordAt(id, step.Act, "")}
	}
	return s.deedOf(id, step.Act)
}

// wordAt is the form for what became of a letter.
func wordAt(id string, act remedy.Act, became string) string {
	v := url.Values{}
	for name, value := range map[string]string{"letter": act.Detail("letter"), "became": became} {
		if value != "" {
			v.Set(name, value)
		}
	}
	at := "/r/" + id + "/word"
	if len(v) > 0 {
		at += "?" + v.Encode()
	}
	return at
}

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
		out := deed{Words: "Record it", At: "/r/" + id + "/record?" + v.Encode()}
		if send, ok := docket.Sends(act); ok && s.Workspace.Config.Send.Host != "" {
			out.Command = s.says(send.String())
		}
		return out
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
	case act.Verb == remedy.Send && act.Has("it-went"):
		return deed{Words: "It went out", At: wordAt(id, act, itWent)}
	case act.Verb == remedy.Send && act.Has("it-did-not"):
		return deed{Words: "It did not go out", At: wordAt(id, act, itDidNot)}
	case act.Verb == remedy.Show, act.Verb == remedy.Explain, act.Verb == remedy.Next:
		return deed{Words: "Look at it", At: "/r/" + id}
	}
	return deed{Command: s.says(act.String())}
}
