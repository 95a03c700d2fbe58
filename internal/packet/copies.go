package packet

import (
	"bytes"
	"context"
	"errors"
	"io"

	"foia/internal/bundle"
	"foia/internal/docket"
	"foia/internal/received"
)

// copies are the texts of all messages that came with the events of the requests, for whoever has no mail program.
// Each is made when it is written, so that one is held at a time.
func (m *maker) copies(ctx context.Context) (extras []bundle.Extra, err error) {
	for _, r := range m.records {
		for _, e := range r.all {
			if e.Ours() {
				continue
			}
			files, err := e.Files()
			if err != nil {
				return nil, changed("%v", err)
			}
			n := 0
			for _, d := range files {
				start, err := m.start(ctx, r, d)
				if err != nil {
					return nil, err
				}
				if d.Size > received.MostCopied || !received.HasCopy(d.Name, start, e.Recorded) {
					continue
				}
				n++
				extras = append(extras, bundle.Extra{Path: received.CopyPath(r.ID, e.Seq, n), Open: func() (io.ReadCloser, error) {
					raw, err := m.open(ctx, r, d, received.MostCopied)
					if err != nil {
						return nil, err
					}
					return io.NopCloser(bytes.NewReader(received.Copy(raw, received.Kept{Request: r.ID, Name: d.Name, SHA256: d.SHA256,
						Recorded: e.Recorded}))), nil
				}})
			}
		}
	}
	return extras, nil
}

// start is how a file begins that may be a message; of others, nothing is read.
func (m *maker) start(ctx context.Context, r *record, d docket.Document) (start []byte, err error) {
	if d.Size == 0 || d.Size > largestFile || !received.MayBeMail(d.Name) {
		return nil, nil
	}
	in, err := m.document(ctx, r.Request, d)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if start, err = io.ReadAll(io.LimitReader(in, received.Start)); err != nil {
		return nil, changed("%s cannot be read: %v", d.Name, err)
	}
	return start, nil
}
