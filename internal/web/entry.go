package web

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"foia/internal/remedy"
	"foia/internal/workspace"
)

// entry is who was let in: by a link that works once and for a short time, which is exchanged for a cookie.
// Of both only the digests are kept.
type entry struct {
	mu      sync.Mutex
	links   map[digest]time.Time // until when each works
	cookies map[digest]bool
}

type digest [sha256.Size]byte

func digestOf(secret string) digest { return sha256.Sum256([]byte(secret)) }

// linkLasts is how long a link works.
const linkLasts = 2 * time.Minute

// servingFile is where a server says in its folder that it runs, and takes links that another command made.
const servingFile = ".serving.json"

// serving is what that file holds.
type serving struct {
	Port  int    `json:"port"`
	Link  string `json:"link,omitempty"` // the SHA-256 of one that was made by another command
	Until string `json:"until,omitempty"`
}

// Link is a new one, for whoever is told of it.
func (s *Server) Link() string {
	secret := rand.Text()
	s.entry.mu.Lock()
	defer s.entry.mu.Unlock()
	if s.entry.links == nil {
		s.entry.links = map[digest]time.Time{}
	}
	s.entry.links[digestOf(secret)] = s.Now().Add(linkLasts)
	return linkTo(s.port, secret)
}

func linkTo(port int, secret string) string {
	return "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) + "/?token=" + secret
}

// FurtherLink is a link to the server that runs for a folder, made by another command.
func FurtherLink(w *workspace.Workspace, now time.Time) (string, error) {
	none := &remedy.Error{What: "no desk is open in this folder", Where: w.Dir,
		Do: "open it, which prints a link: " + remedy.To(remedy.Serve).String()}
	raw, err := os.ReadFile(w.Path(servingFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", none
	}
	if err != nil {
		return "", err
	}
	var at serving
	if err := json.Unmarshal(raw, &at); err != nil || at.Port < 1 || at.Port > 65535 {
		return "", none
	}
	conn, err := net.DialTimeout("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(at.Port)), 2*time.Second)
	if err != nil {
		return "", none // it was killed
	}
	if err := conn.Close(); err != nil {
		return "", err
	}
	secret := rand.Text()
	d := digestOf(secret)
	at.Link, at.Until = hex.EncodeToString(d[:]), now.Add(linkLasts).UTC().Format(time.RFC3339)
	if raw, err = json.Marshal(at); err != nil {
		return "", err
	}
	return linkTo(at.Port, secret), w.WriteFile(servingFile, raw)
}

// announce says in the folder that the server runs.
func (s *Server) announce() (forget func(), err error) {
	raw, err := json.Marshal(serving{Port: s.port})
	if err != nil {
		return nil, err
	}
	if err := s.Workspace.WriteFile(servingFile, raw); err != nil {
		return nil, err
	}
	return func() {
		if err := os.Remove(s.Workspace.Path(servingFile)); err != nil && s.Failed != nil {
			s.Failed(err.Error())
		}
	}, nil
}

// enter exchanges a link for a cookie, once.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if !s.takes(r.URL.Query().Get("token")) {
		s.page(w, http.StatusForbidden, "refused", view{"Title": "This link is used up"})
		return
	}
	secret := rand.Text()
	s.entry.mu.Lock()
	if s.entry.cookies == nil {
		s.entry.cookies = map[digest]bool{}
	}
	s.entry.cookies[digestOf(secret)] = true
	s.entry.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: cookieName(s.port), Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	// A cookie for this site alone is not sent with a redirect that began elsewhere: the page goes on by itself.
	w.Header().Set("Refresh", "0; url=/")
	s.page(w, http.StatusOK, "entered", view{"Title": "Your desk is open"})
}

// cookieName has the port: cookies of one machine are sent to all of its ports.
func cookieName(port int) string { return fmt.Sprintf("foia-%d", port) }

// takes tells whether a link works, and uses it up.
func (s *Server) takes(secret string) bool {
	d := digestOf(secret)
	s.entry.mu.Lock()
	defer s.entry.mu.Unlock()
	until, ours := s.entry.links[d]
	delete(s.entry.links, d)
	if ours {
		return s.Now().Before(until)
	}
	raw, err := os.ReadFile(s.Workspace.Path(servingFile))
	var at serving
	if err != nil || json.Unmarshal(raw, &at) != nil || at.Link == "" ||
		subtle.ConstantTimeCompare([]byte(at.Link), []byte(hex.EncodeToString(d[:]))) != 1 {
		return false
	}
	end, err := time.Parse(time.RFC3339, at.Until)
	if raw, marshal := json.Marshal(serving{Port: s.port}); marshal != nil || s.Workspace.WriteFile(servingFile, raw) != nil {
		return false // it would work twice
	}
	return err == nil && s.Now().Before(end)
}

// known tells whether a request has a cookie of this server. Another port can set one of the same name, which the browser
// then sends before ours: it is not let in, and does not keep us out. Digests are compared: how long that takes tells nothing
// of the secret.
func (e *entry) known(r *http.Request, port int) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.ContainsFunc(r.CookiesNamed(cookieName(port)), func(c *http.Cookie) bool { return e.cookies[digestOf(c.Value)] })
}

// turnAway answers who has no cookie.
func (s *Server) turnAway(w http.ResponseWriter) {
	s.page(w, http.StatusUnauthorized, "refused", view{"Title": "The desk is closed to this browser"})
}
