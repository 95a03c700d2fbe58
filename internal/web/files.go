package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// escaped is a name as a part of an address.
func escaped(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

// shownInline are the kinds of files that a browser shows by itself and that run nothing: by what they hold,
// not by what they are called.
var shownInline = []string{"application/pdf", "image/png", "image/jpeg"}

// filePage sends a file of the log. It is a stranger's: it gets no rights of this page, and is shown only if
// it holds what it may; everything else is to be saved.
func (s *Server) filePage(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, func(a *asked) error { return a.send(r.PathValue("id"), r.PathValue("name")) })
}

func (a *asked) send(id, name string) error {
	r, events, _, err := a.life(id)
	if err != nil {
		return err
	}
	d, known, err := documentOf(r, events, name)
	if err != nil {
		return err
	}
	if !known {
		return errNoPage
	}
	raw, err := a.read(r, d)
	if err != nil {
		return err
	}
	a.sendFile(path.Base(d.Name), raw)
	return nil
}

// sendFile sends a file: to be shown, if it holds what may be shown, or to be saved.
func (a *asked) sendFile(name string, raw []byte) {
	kind := http.DetectContentType(raw)
	disposition := "attachment"
	for _, k := range shownInline {
		if kind == k && !a.r.URL.Query().Has("save") {
			disposition = "inline"
		}
	}
	if disposition == "attachment" {
		kind = "application/octet-stream"
	}
	h := a.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'; object-src 'self'")
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": clean(name)}))
	a.w.WriteHeader(http.StatusOK)
	if page, ok := a.w.(*held); ok {
		page.file = raw // which may be large: it is not copied
		return
	}
	_, _ = a.w.Write(raw) // who asked may be gone
}

// mostShown is how large a file may be that a page sends.
const mostShown = 512 << 20

// read reads a file and compares it with the log: another one is not shown as it.
func (a *asked) read(r docket.Request, d docket.Document) (raw []byte, err error) {
	if d.Size > mostShown {
		return nil, &remedy.Error{What: fmt.Sprintf("the file has %d MB, more than the desk sends", d.Size>>20), Where: d.Name,
			Do: "open it in the folder of the request: " + remedy.To(remedy.Show, r.ID).String()}
	}
	file, err := a.s.Workspace.OpenSettled(a.ctx, a.log, r, d)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	raw, err = io.ReadAll(io.LimitReader(file, mostShown))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != d.SHA256 {
		return nil, &remedy.Error{What: "the file is not as the log has it", Where: d.Name,
			Do: "see: " + remedy.To(remedy.Verify).String()}
	}
	return raw, nil
}
