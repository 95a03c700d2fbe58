// Package web is the page: the desk in a browser of the same machine. It is a face, like the command line,
// and calls the same use cases; it knows no clock, and listens to this machine alone.
package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"foia/internal/agency"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/report"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Options are what a server is made with.
type Options struct {
	Workspace *workspace.Workspace
	Now       func() time.Time
	Writer    func() logbook.Writer                            // who writes, and when: asked anew for each entry
	Terminal  remedy.Wording                                   // how acts are called where they are done in a terminal
	Offices   func() (*agency.Directory, error)                // for a referral
	Stock     func(*workspace.Workspace) (*press.Stock, error) // what letters are made with
	PDF       inbox.PDFText                                    // reads PDFs among replies; nil: they are not read
	Redact    Redaction                                        // makes copies for publication; without, there are none
	Failed    func(what string)                                // told of what should not have happened
	Exports   map[string]Export                                // further forms of lists, by the ending of their names
}

// Server answers one browser, or several of one person.
type Server struct {
	Options
	address string // 127.0.0.1:PORT
	port    int
	hosts   map[string]bool
	entry   entry
	pages   http.Handler

	templates func() (map[string]*template.Template, error)

	mu    sync.Mutex // one page is made at a time
	log   *store.Log // open for reading; nil: not yet, or it failed
	file  fileID     // that it was
	shelf shelf

	checked  checked
	patience time.Duration // for how long a form waits for other programs
}

// Listen takes a port of this machine, which no other can reach; 0 takes a free one.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, &remedy.Error{What: fmt.Sprintf("port %d cannot be used", port), Cause: err,
			Do: "another program has it, or it is reserved: choose another port, or 0 for a free one"}
	}
	return l, nil
}

// errElsewhere says that others could reach the server.
var errElsewhere = errors.New("the desk is for this machine alone: it listens on 127.0.0.1 and nowhere else")

// New is a server for a listener of this machine.
func New(o Options, l net.Listener) (*Server, error) {
	at, ok := l.Addr().(*net.TCPAddr)
	if !ok || !at.IP.Equal(net.IPv4(127, 0, 0, 1)) {
		return nil, errElsewhere
	}
	port := strconv.Itoa(at.Port)
	s := &Server{Options: o, port: at.Port, address: net.JoinHostPort("127.0.0.1", port),
		patience: 5 * time.Second, hosts: map[string]bool{"127.0.0.1:" + port: true, "[::1]:" + port: true, "localhost:" + port: true}}
	s.pages = s.routes()
	s.templates = sync.OnceValues(func() (map[string]*template.Template, error) { return pageTemplates(s.says, s.linked) })
	return s, nil
}

// Serve answers until the context ends. Whoever is being answered then is answered still.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	forget, err := s.announce()
	if err != nil {
		return err
	}
	defer forget()
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: slowest, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: mostAddress, ErrorLog: log.New(io.Discard, "", 0)}
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastAnswer)
		defer cancel()
		ended <- server.Shutdown(within)
	}()
	go s.ahead(ctx)
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return errors.Join(<-ended, s.Close())
}

// mostAddress is how long the head of what a browser asks may be: the answers to a letter are in the address, where a
// character may take three.
const mostAddress = 3*mostTyped + 64<<10

// slowest is how long a form may take to come, with its file: from a slow disk, but not for ever.
const slowest = 10 * time.Minute

// lastAnswer is how long a form that was sent before the end may take.
const lastAnswer = 30 * time.Second

// ahead reads the log before the first page asks for it.
func (s *Server) ahead(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready(ctx) == nil { // else the page says what is wrong
		s.count(ctx)
	}
}

// counted counts what the page of offices shows first, after something happened and before somebody asks for it.
func (s *Server) counted(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count(ctx)
}

func (s *Server) count(ctx context.Context) {
	if s.log == nil || s.shelf.byID == nil || s.shelf.reports != nil {
		return
	}
	a := &asked{ctx: ctx, s: s, h: &s.shelf, day: s.shelf.day}
	_, _ = a.figuresOf(report.Asked{On: a.day}, report.ByOffice, report.ByMonth) // the page says what is wrong
}

// Close lets go of the log.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drop()
}

func (s *Server) drop() error {
	log := s.log
	s.log, s.shelf = nil, shelf{}
	if log == nil {
		return nil
	}
	return log.Close()
}

func (s *Server) today() workday.Date { return workday.DateOf(s.Now()) }

// ready opens the log if that is needed, and brings up to date what is known of it. A log that was put
// into the place of the other is opened anew.
func (s *Server) ready(ctx context.Context) error {
	now, err := s.identify()
	if err != nil {
		return errors.Join(err, s.drop())
	}
	if s.log != nil && !s.file.same(now) {
		if err := s.drop(); err != nil {
			return err
		}
	}
	if s.log == nil {
		log, err := s.reach(ctx, s.Workspace)
		if err != nil {
			return err
		}
		s.log, s.file = log, now
	} else if err := s.answers(ctx, s.log); err != nil {
		return errors.Join(err, s.drop())
	}
	if err := s.shelf.refresh(ctx, s.Workspace, s.log, s.today()); err != nil {
		return errors.Join(err, s.drop())
	}
	return nil
}

// routes are the pages.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	page := func(pattern string, answer func(*asked) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, answer) })
	}
	page("GET /{$}", s.todayPage)
	page("GET /requests", s.requestsPage)
	page("GET /r/{id}", s.requestPage)
	page("GET /replies", s.repliesPage)
	page("GET /replies/{hash}", s.replyPage)
	page("GET /replies/{hash}/change", s.changePage)
	page("GET /offices", s.officesPage)
	page("GET /report", s.reportPage)
	page("GET /log", s.logPage)
	page("GET /r/{id}/record", s.recordPage)
	page("GET /r/{id}/word", s.wordPage)
	page("GET /r/{id}/letter", s.lettersPage)
	page("GET /r/{id}/letter/{kind}", s.letterPage)
	page("GET /r/{id}/letter/{kind}/preview.pdf", s.previewFile)
	page("GET /r/{id}/edit", s.editPage)
	page("GET /r/{id}/redact", s.redactPage)
	mux.HandleFunc("GET /r/{id}/redact/page.png", s.redactPicture)
	form := func(pattern string, write func(*asked, upload) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.take(w, r, write, nil) })
	}
	mux.HandleFunc("POST /r/{id}/edit", func(w http.ResponseWriter, r *http.Request) { s.take(w, r, s.editForm, onlyLooks) })
	form("POST /r/{id}/record", s.recordForm)
	form("POST /r/{id}/word", s.wordForm)
	form("POST /r/{id}/letter/{kind}", s.letterForm)
	form("POST /r/{id}/discard", s.discardForm)
	form("POST /r/{id}/redact", s.redactForm)
	form("POST /replies/{hash}", s.replyForm)
	form("POST /hands", s.handsForm)
	form("POST /log/verify", s.verifyForm)
	mux.HandleFunc("GET /r/{id}/files/{name...}", s.filePage)
	for _, form := range slices.Concat([]string{"csv", "json"}, slices.Sorted(maps.Keys(s.Exports))) {
		page("GET /requests."+form, func(a *asked) error { return s.requestsFile(a, form) })
		page("GET /due."+form, func(a *asked) error { return s.dueFile(a, form) })
	}
	for _, form := range report.Formats {
		page("GET /report."+string(form), func(a *asked) error { return s.reportFile(a, form) })
	}
	page("/", func(*asked) error { return errNoPage })
	return mux
}
