package web

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/publication"
	"foia/internal/redact"
	"foia/internal/remedy"
)

// Redaction is what copies for publication are made with. Pages are drawn by another sandbox than copies are made by,
// which takes long.
type Redaction struct{ Make, Show *redact.Redactor }

// mostBoxes is how many boxes a page lists to be changed: a form may not say more.
const mostBoxes = 2_000

// redacting calls f with a file that was received with a request, and with what makes copies of it.
func (a *asked) redacting(by *redact.Redactor, which string, f func(*publication.Desk, publication.File) error) error {
	if by == nil {
		return errNoPage
	}
	return a.s.booked(func(b *logbook.Book) error {
		desk := &publication.Desk{Book: b, Redactor: by}
		file, err := desk.Find(a.ctx, a.r.PathValue("id"), which)
		if err != nil {
			return err
		}
		return f(desk, file)
	})
}

// shownFile is a file that can be covered, as a page has it.
type shownFile struct{ Number, Name string }

// filesToCover are the PDFs that came with a request.
func filesToCover(r docket.Request, events []docket.Event) ([]shownFile, error) {
	out := []shownFile{}
	files, err := publication.Files(r, events)
	for _, f := range files {
		out = append(out, shownFile{f.Number(), clean(f.Called())})
	}
	return out, err
}

// redactPage shows what would be covered in a file: a page of it with its boxes, the words and the boxes.
func (s *Server) redactPage(a *asked) error {
	r, events, _, err := a.life(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := filesToCover(r, events)
	if err != nil {
		return err
	}
	q := a.r.URL.Query()
	v := view{"Request": r, "Files": all, "Seq": events[len(events)-1].Seq, "File": "", "Name": "", "Words": "", "Boxes": "",
		"Saved": false, "Count": 0, "Long": false, "Path": "", "Pages": 0, "Page": 0, "Before": 0, "After": 0, "Unfound": q["unfound"],
		"Told": tellings(q)}
	if len(all) == 0 || len(all) > 1 && !q.Has("file") {
		return a.show("redact", "requests", "Copies for publication of "+r.ID, v)
	}
	return a.redacting(s.Redact.Show, q.Get("file"), func(desk *publication.Desk, f publication.File) error {
		page := max(1, atoi(q.Get("page")))
		_, pages, err := desk.Show(a.ctx, f, page)
		if err != nil {
			return err
		}
		v["File"], v["Name"], v["Page"], v["Pages"], v["Before"] = f.Number(), clean(f.Called()), page, pages, page-1
		if page < pages {
			v["After"] = page + 1
		}
		saved, err := desk.Saved(f)
		if err != nil {
			return err
		}
		if saved != nil {
			v["Saved"], v["Count"], v["Path"] = true, len(saved.Lines), filepath.FromSlash(saved.Path)
			v["Words"] = strings.Join(saved.Words, "\n")
			if v["Long"] = true; len(saved.Lines) <= mostBoxes {
				v["Long"], v["Boxes"] = false, strings.Join(saved.Lines, "\n")
			}
		}
		return a.show("redact", "requests", "Copy for publication of "+clean(f.Called()), v)
	})
}

func atoi(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// tellings are what the last look for words could not do, as its address says.
func tellings(q url.Values) []string {
	out := []string{}
	for _, c := range [][2]string{
		{"unread", "Words in pictures were not looked for. Look at these pages, and add boxes: "},
		{"unsure", "Pictures were read by tesseract, which misses words. Look at these pages, and add boxes: "},
		{"unknown", "The text does not say which characters it has. Look at these pages, and add boxes: "},
	} {
		if pages := q.Get(c[0]); pages != "" && len(pages) < 4_000 {
			out = append(out, c[1]+clean(pages)+".")
		}
	}
	return out
}

// redactPicture is a page of a file with its boxes. It is not made within s.answer: others are not kept waiting.
func (s *Server) redactPicture(w http.ResponseWriter, r *http.Request) {
	a := s.asked(w, r)
	err := a.redacting(s.Redact.Show, r.URL.Query().Get("file"), func(desk *publication.Desk, f publication.File) error {
		picture, _, err := desk.Show(a.ctx, f, max(1, atoi(r.URL.Query().Get("page"))))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := png.Encode(&out, picture); err != nil {
			return err
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = out.WriteTo(w) // who asked may be gone
		return nil
	})
	if err != nil {
		s.fail(a, err)
	}
}

// redactForm looks for words, changes boxes, or makes the copy.
func (s *Server) redactForm(a *asked, _ upload) error {
	v := a.r.PostForm
	return a.redacting(s.Redact.Make, v.Get("file"), func(desk *publication.Desk, f publication.File) error {
		back := url.Values{"file": {f.Number()}, "page": {sprint(max(1, atoi(v.Get("page"))))}}
		switch v.Get("do") {
		case "find":
			return s.proposeIn(a, desk, f, back)
		case "change":
			if err := desk.Change(f, typedLines(v.Get("boxes"))); err != nil {
				return err
			}
			http.Redirect(a.w, a.r, "/r/"+url.PathEscape(f.Request.ID)+"/redact?"+back.Encode(), http.StatusSeeOther)
			return nil
		case "apply":
			return s.applyIn(a, desk, f)
		}
		return errForm()
	})
}

// proposeIn looks for words anew; boxes that somebody added stay.
func (s *Server) proposeIn(a *asked, desk *publication.Desk, f publication.File, back url.Values) error {
	asked := publication.Asked{Words: typedLines(a.r.PostForm.Get("words"))}
	for _, line := range typedLines(a.r.PostForm.Get("boxes")) {
		where, word, _ := strings.Cut(line, " ")
		if word != "" {
			continue // it is found again, if its word is still asked for
		}
		place, err := publication.ReadPlace(where)
		if err != nil {
			return err
		}
		asked.Boxes = append(asked.Boxes, place)
	}
	p, err := desk.Propose(a.ctx, f, asked)
	if err != nil {
		return err
	}
	back["unfound"] = p.Unfound[:min(len(p.Unfound), 50)]
	for name, pages := range map[string][]int{"unread": p.Unread, "unsure": p.Unsure, "unknown": p.Malformed} {
		if len(pages) > 0 {
			back.Set(name, strings.Trim(fmt.Sprint(pages[:min(len(pages), 200)]), "[]"))
		}
	}
	http.Redirect(a.w, a.r, "/r/"+url.PathEscape(f.Request.ID)+"/redact?"+back.Encode(), http.StatusSeeOther)
	return nil
}

// applyIn makes the copy.
func (s *Server) applyIn(a *asked, desk *publication.Desk, f publication.File) error {
	after, err := strconv.Atoi(a.r.PostForm.Get("after"))
	if err != nil || after < 1 {
		return errForm()
	}
	if err := a.asTyped(desk, f); err != nil {
		return err
	}
	made, err := desk.Apply(a.ctx, f, after)
	if err != nil {
		return err
	}
	left := ""
	if n := len(made.Left); n > 0 {
		left = remedy.Counted(n, "place")
	}
	return a.show("redacted", "requests", "The copy is made", view{"Request": f.Request, "Name": clean(f.Called()), "Made": made,
		"At": "/r/" + f.Request.ID + "/files/" + escaped(made.Copy.Name), "Copy": clean(made.Copy.Name), "Left": left,
		"Pages": remedy.Counted(made.Pages, "page"), "Boxes": remedy.Counted(made.Boxes, "place")})
}

// asTyped makes sure that the copy is made of what stands in the form: boxes that were changed are, and words that nobody
// looked for are not left out in silence.
func (a *asked) asTyped(desk *publication.Desk, f publication.File) error {
	saved, err := desk.Saved(f)
	if err != nil || saved == nil {
		return err // Apply says that there is no proposal
	}
	v := a.r.PostForm
	if words := typedLines(v.Get("words")); v.Has("words") && !slices.Equal(words, saved.Words) {
		return remedy.Misuse("the words were changed, and nobody has looked for them yet", "go back and look for the words first")
	}
	if !v.Has("boxes") || slices.Equal(typedLines(v.Get("boxes")), saved.Lines) {
		return nil
	}
	return desk.Change(f, typedLines(v.Get("boxes")))
}

// typedLines are the lines of a text that say something.
func typedLines(text string) (out []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
