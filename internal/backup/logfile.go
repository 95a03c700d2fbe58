package backup

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
)

// The beginnings of a line of the log, by which request and event are told apart.
var (
	requestLine = []byte(`{"id":`)
	eventLine   = []byte(`{"request":`)
)

// copied is a log that is written out line by line while it is read.
type copied struct {
	log     store.Source
	out     io.Writer
	chain   *chain
	request docket.Request // of the first event that is handed over
}

// History implements store.Source.
func (c *copied) History(ctx context.Context, after int, f func(n int, e docket.Event) error) error {
	return store.Walk(ctx, c.log, after, func(n int, e docket.Event) error {
		if !c.chain.next(n, e) {
			return damaged(e)
		}
		if e.Seq == 1 {
			var err error
			if c.request, err = c.log.Request(ctx, e.Request); err == nil {
				err = c.line(c.request, e)
			}
			if err != nil {
				return err
			}
		}
		if err := c.line(e, e); err != nil {
			return err
		}
		return f(n, e)
	})
}

func damaged(e docket.Event) error {
	return unfitFor(fmt.Sprintf("the log is damaged: event %d of request %s does not follow from the one before it", e.Seq, e.Request),
		fmt.Sprintf("make a copy of the folder first, then restore the log from an older backup; %s lists what is wrong",
			remedy.To(remedy.Verify)))
}

func (c *copied) line(v any, of docket.Event) error {
	line, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("event %d of request %s cannot be written as JSON: %w", of.Seq, of.Request, err)
	}
	if len(line) > maxLine {
		return unfitFor(fmt.Sprintf("event %d of request %s is larger than %d MB", of.Seq, of.Request, maxLine>>20),
			fmt.Sprintf("copy the log with %s instead", remedy.To(remedy.CopyLog)))
	}
	_, err = c.out.Write(append(line, '\n'))
	return err
}

// Request implements store.Source.
func (c *copied) Request(context.Context, string) (docket.Request, error) { return c.request, nil }

// logFile is the log of a backup, as a source to copy from.
type logFile struct {
	open    func() (io.ReadCloser, error)
	request *docket.Request // of the event that is handed over, if it is the first one
}

// Request implements store.Source.
func (l *logFile) Request(_ context.Context, id string) (docket.Request, error) {
	if l.request == nil || l.request.ID != id {
		return docket.Request{}, fmt.Errorf("%w: %s", store.ErrNotFound, id)
	}
	return *l.request, nil
}

// History implements store.Source.
func (l *logFile) History(ctx context.Context, after int, f func(n int, e docket.Event) error) (err error) {
	file, err := l.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return l.read(ctx, file, func(n int, e docket.Event) error {
		if n <= after {
			return nil
		}
		return f(n, e)
	})
}

// read hands over the events of a log. Each line must be just as foia writes it, and a
// first event must follow on its request.
func (l *logFile) read(ctx context.Context, from io.Reader, f func(n int, e docket.Event) error) error {
	lines := bufio.NewReaderSize(from, 1<<16)
	var long []byte
	for line, n := 1, 0; ; line++ {
		text, err := nextLine(lines, &long)
		switch {
		case errors.Is(err, io.EOF) && l.request != nil:
			return unfit("the log ends after the request %s, without its first event", l.request.ID)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return unfit("line %d of its log cannot be read: %v", line, err)
		}
		if line%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e, isEvent, err := l.parse(text)
		if err != nil {
			return unfit("line %d of its log %v", line, err)
		}
		if !isEvent {
			continue
		}
		n++
		if err := f(n, e); err != nil {
			return err
		}
		l.request = nil
	}
}

// parse reads one line, and keeps a request for the event that must follow.
func (l *logFile) parse(text []byte) (e docket.Event, isEvent bool, err error) {
	switch {
	case bytes.HasPrefix(text, requestLine) && l.request == nil:
		var r docket.Request
		if err := exactly(text, &r); err != nil {
			return e, false, err
		}
		l.request = &r
		return e, false, nil
	case bytes.HasPrefix(text, eventLine):
		if err := exactly(text, &e); err != nil {
			return e, true, err
		}
		if (e.Seq == 1) != (l.request != nil) || l.request != nil && l.request.ID != e.Request {
			return e, true, fmt.Errorf("is event %d of request %s, which does not belong there", e.Seq, e.Request)
		}
		return e, true, nil
	}
	return e, false, errors.New("is neither a request nor the event that belongs there")
}

// exactly reads a value that, written again, gives the same text.
func exactly[T any](text []byte, v *T) error {
	if !maxParts.Fit(text) {
		return errors.New("has too many parts")
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fmt.Errorf("is not JSON that foia wrote: %w", err)
	}
	again, err := json.Marshal(v)
	if err != nil || !bytes.Equal(again, text) {
		return errors.New("is not written the way foia writes it")
	}
	return nil
}

// nextLine returns a line without its end, good until the next call.
func nextLine(r *bufio.Reader, long *[]byte) ([]byte, error) {
	*long = (*long)[:0]
	for {
		part, err := r.ReadSlice('\n')
		if err == nil && len(*long) == 0 {
			return part[:len(part)-1], nil
		}
		*long = append(*long, part...)
		switch {
		case len(*long) > maxLine+1:
			return nil, fmt.Errorf("it is longer than %d MB", maxLine>>20)
		case err == nil:
			return (*long)[:len(*long)-1], nil
		case errors.Is(err, io.EOF) && len(*long) > 0:
			return nil, errors.New("it is cut off")
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}
