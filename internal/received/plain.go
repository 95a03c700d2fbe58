package received

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// mostInside is how many messages that are attached are written with the one that they came with.
const mostInside = 50

// Plain is the page as plain text, with the pages of the messages that are attached.
func (p *Page) Plain() string {
	w := &writer{inside: mostInside}
	w.page(p)
	return w.out.String()
}

// Copy is the text of a message that goes with it to whoever has no mail program. It is the same whenever it is made
// of the same message.
func Copy(raw []byte, d Kept) []byte {
	text := ""
	if m, err := ReadMail(raw, d.Recorded); err != nil {
		text = "It cannot be read: " + err.Error() + "\n"
	} else {
		text = PageOf(m).Plain()
	}
	return []byte("This is what foia reads in the message " + Shown(d.Name) + " of request " + Shown(d.Request) + ".\n" +
		"The message itself is in this bundle, and is what counts; manifest.json says where.\nIts SHA-256: " + d.SHA256 + "\n\n" + text)
}

// Kept is a message as the log has it.
type Kept struct{ Request, Name, SHA256, Recorded string }

// CopyDir is where a bundle has those texts.
const CopyDir = "mail/"

// CopyPath is where a bundle has the text of the nth message that came with an event.
func CopyPath(request string, event, n int) string {
	if strings.Trim(request, "0123456789-") != "" || request == "" { // as no id is
		sum := sha256.Sum256([]byte(request))
		request = hex.EncodeToString(sum[:8])
	}
	return fmt.Sprintf("%s%s/event-%03d-%d.txt", CopyDir, request, event, n)
}

// HasCopy tells whether a bundle has a text of a file that begins so.
func HasCopy(name string, start []byte, recorded string) bool {
	if len(start) == 0 || !MayBeMail(name) || !IsMail(name, start[:min(len(start), Start)]) {
		return false
	}
	_, err := ReadMail(start[:min(len(start), Start)], recorded) // its head decides
	return err == nil
}

// MostCopied is how large a message may be of which there is one.
const MostCopied = 128 << 20

type writer struct {
	out    strings.Builder
	inside int
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.out, format+"\n", args...) }

func (w *writer) page(p *Page) {
	for _, f := range p.Head {
		w.line("%-9s %s", f.Name+":", f.Value)
	}
	for _, s := range p.Odd {
		w.line("%-9s %s", "Note:", s)
	}
	for _, t := range p.Text {
		w.line("")
		for _, s := range t.Lines {
			w.text(s, t.Quoted)
		}
		if t.Quoted && t.Left > 0 {
			w.line("%s", t.LeftOut())
		}
	}
	if f := p.Passed; f != nil {
		w.line("\n----- The message that was passed on -----\n")
		w.page(f)
	}
	if len(p.Files) > 0 {
		w.line("\n----- Attached -----\n")
	}
	for _, f := range p.Files {
		w.line("%s (part %s; %s)", f.Name, f.Place, f.Says())
		w.line("SHA-256 %s", f.SHA256)
	}
	if p.More > 0 {
		w.line("Further files, which are in the original: %d", p.More)
	}
	for _, f := range p.Files {
		if f.Mail == nil {
			continue
		}
		if w.inside--; w.inside < 0 {
			return
		}
		w.line("\n----- The attached message %s (part %s) -----\n", f.Name, f.Place)
		w.page(PageOf(f.Mail))
	}
}

// text is a line of the text. A line that a message has cannot be taken for one of this page.
func (w *writer) text(s string, quoted bool) {
	switch {
	case quoted && !strings.HasPrefix(s, ">"):
		s = strings.TrimRight("> "+s, " ")
	case strings.HasPrefix(s, "-----"):
		s = " " + s
	}
	w.line("%s", s)
}
