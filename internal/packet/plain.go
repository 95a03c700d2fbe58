package packet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"foia/internal/bundle"
	"foia/internal/docket"
	"foia/internal/received"
)

// plainDir is where the ZIP has the text of each message, for whoever has no mail program.
const plainDir = "mail/"

// plainMails are the texts of all messages that came with the events of the requests. Each is made when it is
// written, so that one is held at a time.
func (m *maker) plainMails(ctx context.Context) (extras []bundle.Extra, err error) {
	for i, r := range m.records {
		dir := plainDir + r.ID
		if strings.Trim(r.ID, "0123456789-") != "" { // as no id is
			dir = fmt.Sprintf("%srequest-%d", plainDir, i+1)
		}
		for _, e := range r.all {
			if e.Kind == docket.Drafted || e.Kind == docket.LetterMade || e.Kind == docket.Redrafted {
				continue
			}
			files, err := e.Files()
			if err != nil {
				return nil, changed("%v", err)
			}
			n := 0
			for _, d := range files {
				x := &Exhibit{Request: r.ID, Event: e.Seq, Name: d.Name, Size: d.Size, SHA256: d.SHA256, of: r, document: d,
					called: baseName(d), recorded: e.Recorded}
				is, err := m.readable(ctx, x)
				if err != nil {
					return nil, err
				}
				if !is {
					continue
				}
				n++
				extras = append(extras, bundle.Extra{Path: fmt.Sprintf("%s/event-%03d-%d.txt", dir, e.Seq, n),
					Open: func() (io.ReadCloser, error) { return m.plainMail(ctx, x) }})
			}
		}
	}
	return extras, nil
}

// readable tells whether a file is a message that can be read.
func (m *maker) readable(ctx context.Context, x *Exhibit) (bool, error) {
	if x.Size == 0 || x.Size > largestFile || !received.MayBeMail(x.called) {
		return false, nil
	}
	start, err := m.start(ctx, x)
	if err != nil || !isMail(x, start) {
		return false, err
	}
	_, err = readLetter(x, start) // as far as it goes: its head decides
	return err == nil, nil
}

// plainMail is the text of a message.
func (m *maker) plainMail(ctx context.Context, x *Exhibit) (io.ReadCloser, error) {
	raw, err := m.open(ctx, x.of, x.document, largestFile)
	if err != nil {
		return nil, err
	}
	text := ""
	if read, err := readLetter(x, raw); err != nil {
		text = "It cannot be read: " + err.Error() + "\n"
	} else {
		text = received.PageOf(read.message).Plain()
	}
	head := "This is what foia reads in the message " + received.Shown(x.Name) + " of request " + x.Request + ".\n" +
		"The message itself is in this bundle, and is what counts; manifest.json says where.\nIts SHA-256: " + x.SHA256 + "\n\n"
	return io.NopCloser(bytes.NewReader([]byte(head + text))), nil
}
