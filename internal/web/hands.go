package web

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// handsForm assigns requests to somebody, or tags them: all of them or none, and only if none has gone on since
// the form was made.
func (s *Server) handsForm(a *asked, _ upload) error {
	v := a.r.PostForm
	seen := map[string]int{}
	for _, text := range v["seen"] {
		id, number, _ := strings.Cut(text, ":")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || id == "" {
			return errForm()
		}
		seen[id] = n
	}
	if len(seen) == 0 {
		return remedy.Misuse("no request is chosen", "go back and choose one or more")
	}
	change, err := readHands(v.Get("do"), v.Get("person"), v.Get("tag"))
	if err != nil {
		return err
	}
	err = s.booked(func(b *logbook.Book) error {
		_, err := b.ArrangeSeen(a.ctx, seen, change)
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, homeward(v.Get("back")), http.StatusSeeOther)
	return nil
}

// readHands reads what is to be changed.
func readHands(do, person, tags string) (func(docket.Hands) []docket.Event, error) {
	if do == "assign" {
		name, err := docket.ReadPerson(person)
		if strings.EqualFold(name, logbook.Nobody) {
			name = ""
		}
		return func(h docket.Hands) []docket.Event { return h.Assign(name) }, err
	}
	if do != "tag" && do != "untag" {
		return nil, errForm()
	}
	var all []string
	for text := range strings.SplitSeq(tags, ",") {
		tag, err := docket.ReadTag(text)
		if err != nil {
			return nil, err
		}
		all = append(all, tag)
	}
	if do == "untag" {
		return func(h docket.Hands) []docket.Event { return h.Tag(nil, all) }, nil
	}
	return func(h docket.Hands) []docket.Event { return h.Tag(all, nil) }, nil
}

// homeward is where a form leads back to: a page of the desk and no other. Browsers leave out tabs and the like before they
// read an address, so that “/”, a tab and “/elsewhere” would be another machine.
func homeward(at string) string {
	if !strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//") || strings.Contains(at, `\`) ||
		strings.ContainsFunc(at, unicode.IsControl) {
		return "/"
	}
	return at
}
