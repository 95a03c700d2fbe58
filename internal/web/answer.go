package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed style.css
var styleSheet []byte

// view is what a page shows.
type view map[string]any

// pageTemplates are the pages, each with the frame around it. Every name that a page uses must be there.
func pageTemplates(says func(string) string, linked func(string, ...string) template.HTML) (map[string]*template.Template, error) {
	base, err := template.New("frame.html").Option("missingkey=error").Funcs(template.FuncMap{
		"clean": func(v any) string { return clean(sprint(v)) },
		"says":  says, "linked": linked, "sentence": sentence,
		"of":   func(verb, id string) string { return says(remedy.To(remedy.Verb(verb), id).String()) },
		"act":  func(verb string, details ...string) string { return says(act(verb, details).String()) },
		"left": left, "grouped": grouped, "counted": counted,
		"long":    func(d workday.Date) string { return d.Long() },
		"day":     func(d workday.Date) string { return d.Letter() },
		"capital": remedy.Capital, "told": told, "in": strings.Contains,
	}).ParseFS(templateFiles, "templates/frame.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	all := map[string]*template.Template{}
	names, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		name := strings.TrimSuffix(n.Name(), ".html")
		if name == "frame" || name == "parts" {
			continue
		}
		one, err := base.Clone()
		if err == nil {
			all[name], err = one.ParseFS(templateFiles, "templates/"+n.Name())
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// act is one that a page names.
func act(verb string, saying []string) remedy.Act {
	a := remedy.To(remedy.Verb(verb))
	for _, name := range saying {
		a = a.Saying(name)
	}
	return a
}

// page writes a page. It is made whole before anything is sent, so that half a page is never taken for one.
func (s *Server) page(w http.ResponseWriter, code int, name string, v view) {
	var out bytes.Buffer
	if err := s.write(&out, name, v); err != nil {
		panic(err) // ours, and a test makes every page
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	_, _ = out.WriteTo(w) // who asked may be gone
}

func (s *Server) write(out io.Writer, name string, v view) error {
	all, err := s.templates()
	if err != nil {
		return err
	}
	v["Folder"], v["Today"] = s.nameOfFolder(), s.today()
	if v["Here"] == nil {
		v["Here"] = ""
	}
	return all[name].Execute(out, v)
}

// nameOfFolder is where the desk's folder is, whatever it was called when the desk was opened, such as “.”.
func (s *Server) nameOfFolder() string {
	whole, err := filepath.Abs(s.Workspace.Dir)
	if err != nil {
		return s.Workspace.Dir
	}
	return whole
}

// asked is one page that somebody asked for.
type asked struct {
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context
	s   *Server
	h   *shelf
	log *store.Log
	day workday.Date
}

// show writes the page that was asked for.
func (a *asked) show(name, here, title string, v view) error {
	v["Here"], v["Title"] = here, title
	a.s.page(a.w, http.StatusOK, name, v)
	return nil
}

const errNoPage = lazy.Failure("the desk has no such page")

// held is an answer that is made and not yet sent: while a page is made, nobody else gets one, and a browser may take its
// time, as it does while it asks where a file is to be saved.
type held struct {
	http.ResponseWriter
	code int
	body bytes.Buffer
	file []byte // follows the body
}

func (h *held) WriteHeader(code int)        { h.code = code }
func (h *held) Write(b []byte) (int, error) { return h.body.Write(b) }

func (h *held) send() {
	if h.code != 0 {
		h.ResponseWriter.WriteHeader(h.code)
	}
	if _, err := h.body.WriteTo(h.ResponseWriter); err == nil && len(h.file) > 0 {
		_, _ = h.ResponseWriter.Write(h.file) // who asked may be gone
	}
}

// answer has a page made, one at a time, and sends it. What goes wrong is said on a page of its own.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, make func(*asked) error) {
	h := &held{ResponseWriter: w}
	s.made(h, r, make)
	h.send()
}

func (s *Server) made(w *held, r *http.Request, make func(*asked) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.asked(w, r)
	err := s.ready(a.ctx)
	if err == nil {
		a.log = s.log
		err = make(a)
	}
	if err != nil {
		s.fail(a, err)
		return
	}
	if s.shelf.reports == nil {
		go s.counted(context.WithoutCancel(a.ctx))
	}
}

func (s *Server) asked(w http.ResponseWriter, r *http.Request) *asked {
	return &asked{w: w, r: r, ctx: context.WithoutCancel(r.Context()), s: s, h: &s.shelf, day: s.today()}
}

// take has a form written into the log; pages are made meanwhile. A form that was not taken is shown, so that
// nothing that was typed is lost. One that is only looked at does not wait for others.
func (s *Server) take(w http.ResponseWriter, r *http.Request, write func(*asked, upload) error, looks func(url.Values) bool) {
	r.Body = http.MaxBytesReader(w, r.Body, mostSent)
	a := s.asked(w, r)
	file, err := a.sent()
	defer file.forget(a)
	defer func() {
		if r.MultipartForm != nil {
			_ = r.MultipartForm.RemoveAll() // what is left is in the system's folder for such files
		}
	}()
	a.ctx = store.AskFor(a.ctx, 2*s.patience)
	if err == nil && (looks == nil || !looks(r.PostForm)) {
		err = s.free(a.ctx)
	}
	if err == nil {
		err = write(a, file)
	}
	if err != nil {
		s.fail(a, err)
	}
}

// free waits until no other command writes, but not for as long as a command does: somebody looks at a page that
// does not come.
func (s *Server) free(ctx context.Context) error {
	if _, err := s.identify(); err != nil {
		return err
	}
	w, err := s.folder()
	if err != nil {
		return err
	}
	within, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	unlock, err := w.Lock(within)
	if err != nil {
		return err
	}
	if err := unlock(); err != nil || !w.Shared() {
		return err
	}
	log, err := s.reach(ctx, w)
	if err != nil {
		return err
	}
	return log.Close()
}

// folder is the folder for something that is done while pages are made.
func (s *Server) folder() (*workspace.Workspace, error) {
	w, err := workspace.Open(s.Workspace.Dir)
	if err == nil {
		w.Password = s.Workspace.Password
	}
	return w, err
}

// mostSent is how much a form may send, files with it.
const mostSent = 64 << 20

// fail says what went wrong.
func (s *Server) fail(a *asked, err error) {
	code := codeOf(err)
	v := view{"Here": "none of the places", "Title": "That did not work", "What": err.Error(), "Do": remedy.Of(err),
		"Again": "", "Same": "", "Of": "", "Fields": []field{}, "Since": []docket.Event{}, "Request": ""}
	var moved *logbook.MovedOn
	if errors.As(err, &moved) {
		v["Title"], v["Since"], v["Request"] = "Something happened meanwhile", moved.Since, moved.Request
	}
	if a.r.Method == http.MethodPost && len(a.r.PostForm) > 0 {
		v["Fields"] = typed(a.r)
		if moved == nil {
			v["Again"] = a.r.URL.Path
		}
	}
	if id := a.r.PathValue("id"); id != "" && !errors.Is(err, store.ErrNotFound) {
		v["Of"] = id
	}
	if a.r.Method == http.MethodGet && code == http.StatusServiceUnavailable {
		v["Same"] = a.r.URL.RequestURI()
	}
	if code == http.StatusNotFound {
		v["Title"] = "Not found"
	}
	s.page(a.w, code, "failed", v)
}

// field is one answer of a form.
type field struct{ Name, Value string }

// Words is what a person reads of it; empty: it is a matter of the form, and nobody typed it.
func (f field) Words() string {
	if slices.Contains([]string{"after", "asked", "back", "do", "had", "seen", "shut"}, f.Name) {
		return ""
	}
	parts := strings.Split(strings.TrimPrefix(f.Name, fieldMark), ".")
	if len(parts) > 1 {
		if n, err := strconv.Atoi(parts[1]); err == nil {
			parts[1] = "item " + strconv.Itoa(n+1)
		}
	}
	return strings.ReplaceAll(strings.Join(parts, ", "), "_", " ")
}

// typed are the answers of a form, as they were sent.
func typed(r *http.Request) []field {
	out := []field{}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, v := range r.PostForm[name] {
			out = append(out, field{name, v})
		}
	}
	return out
}

// codeOf is the status of an error.
func codeOf(err error) int {
	var moved *logbook.MovedOn
	var repeated *docket.Repeated
	var known *remedy.Error
	switch {
	case errors.Is(err, errNoPage), errors.Is(err, store.ErrNotFound):
		return http.StatusNotFound
	case errors.As(err, &moved), errors.As(err, &repeated):
		return http.StatusConflict
	case errors.Is(err, errLarge):
		return http.StatusRequestEntityTooLarge
	case remedy.IsMisuse(err):
		return http.StatusBadRequest
	case errors.As(err, &known):
		return http.StatusServiceUnavailable
	}
	for _, kind := range []error{store.ErrNoLog, store.ErrLocked, store.ErrUnreachable, store.ErrUnknown, store.ErrDenied, store.ErrFull,
		store.ErrReadOnly, store.ErrDisk} {
		if errors.Is(err, kind) {
			return http.StatusServiceUnavailable
		}
	}
	if remedy.Of(err) != "" { // somebody can do something about it, such as about a template
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// style is the one style sheet.
func (s *Server) style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(styleSheet) // who asked may be gone
}
