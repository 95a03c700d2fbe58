package web

import (
	"net/http"
	"runtime/debug"
	"strings"
)

// policy is what a page may do: show its own style and pictures, and send its forms home.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// ServeHTTP lets in who may come in: by the name of this machine, from a page of this server, with its cookie.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.recovered(w)
	guard(w.Header())
	switch {
	case !s.hosts[strings.ToLower(r.Host)]:
		refuse(w, http.StatusMisdirectedRequest, "The desk answers at http://"+s.address+" only.")
	case r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, HEAD, POST")
		refuse(w, http.StatusMethodNotAllowed, "The desk knows no "+clean(r.Method)+".")
	case !fromHere(r):
		refuse(w, http.StatusForbidden, "This came from another page. Nothing was written.")
	case r.Method == http.MethodGet && r.URL.Path == "/" && r.URL.Query().Has("token"):
		s.enter(w, r)
	case r.URL.Path == "/style.css":
		s.style(w, r)
	case !s.entry.known(r, s.port):
		s.turnAway(w)
	default:
		s.pages.ServeHTTP(w, r)
	}
}

// guard sets what every answer has.
func guard(h http.Header) {
	for name, value := range map[string]string{
		"Content-Security-Policy":      policy,
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
	} {
		h.Set(name, value)
	}
}

// fromHere tells whether a request comes from a page of this server or from the person: what another page
// sends, a form or a part of itself, does not. Another page may only link here.
func fromHere(r *http.Request) bool {
	if http.NewCrossOriginProtection().Check(r) != nil {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

// refuse answers in a line.
func refuse(w http.ResponseWriter, code int, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	_, _ = w.Write([]byte(why + "\n")) // who was refused may be gone
}

// recovered says that something went wrong that should not; where, it says in the terminal alone.
func (s *Server) recovered(w http.ResponseWriter) {
	what := recover()
	if what == nil {
		return
	}
	if what == http.ErrAbortHandler {
		panic(what)
	}
	if s.Failed != nil {
		s.Failed(sprint(what) + "\n" + string(debug.Stack()))
	}
	refuse(w, http.StatusInternalServerError,
		"This page failed. What went wrong is in the terminal in which the desk was opened. The log is unharmed.")
}
