package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"foia/internal/docket"
	"foia/internal/store"
)

// What a writer is told, since its program is this one.
const (
	envNumber = "FOIA_WRITERS_NUMBER"
	envStart  = "FOIA_WRITERS_START"
	envLength = "FOIA_WRITERS_LENGTH"
	envDir    = "FOIA_WRITERS_DIR"
	envKeep   = "FOIA_WRITERS_KEEP"
)

func isWriter() bool { return os.Getenv(envNumber) != "" }

func (r run) told(n int, start time.Time) []string {
	return []string{fmt.Sprintf("%s=%d", envNumber, n), fmt.Sprintf("%s=%d", envStart, start.UnixNano()),
		envLength + "=" + r.length.String(),
		envDir + "=" + r.dir, envKeep + "=" + strconv.FormatBool(r.keep)}
}

// saying is what a writer says of one transaction, after it.
type saying struct {
	Mark    string        `json:"mark"`
	Request string        `json:"request"`
	Event   int           `json:"event"` // its number; 1 of a new request
	Refused bool          `json:"refused"`
	Wait    time.Duration `json:"wait"`
}

func understand(raw []byte) (said []saying, err error) {
	lines := json.NewDecoder(bytes.NewReader(raw))
	for {
		var s saying
		if err := lines.Decode(&s); errors.Is(err, io.EOF) {
			return said, nil
		} else if err != nil {
			return said, fmt.Errorf("a writer was not understood: %w", err)
		}
		said = append(said, s)
	}
}

// writeAsTold writes until the time is over.
func writeAsTold(ctx context.Context) error {
	length, lengthErr := time.ParseDuration(os.Getenv(envLength))
	nanos, startErr := strconv.ParseInt(os.Getenv(envStart), 10, 64)
	keep, keepErr := strconv.ParseBool(os.Getenv(envKeep))
	if err := errors.Join(lengthErr, startErr, keepErr); err != nil {
		return err
	}
	w := &writer{run: run{dir: os.Getenv(envDir), keep: keep}, start: time.Unix(0, nanos), out: json.NewEncoder(os.Stdout)}
	time.Sleep(time.Until(w.start))
	for i := 0; time.Since(w.start) < length; i++ {
		if err := w.write(ctx, i); err != nil {
			return err
		}
	}
	if w.log != nil {
		return w.log.Close()
	}
	return nil
}

type writer struct {
	run
	start time.Time
	out   *json.Encoder
	log   *store.Log // kept open
}

// write does one transaction and says so: a new request, or an event of the request at
// which all writers meet in this second.
func (w *writer) write(ctx context.Context, i int) error {
	s := saying{Mark: fmt.Sprintf("writer %s, %d", os.Getenv(envNumber), i)}
	began := time.Now()
	err := w.within(ctx, func(tx *store.Tx) (err error) {
		if i%2 == 0 {
			s.Event = 1
			s.Request, err = add(tx, s.Mark)
			return err
		}
		s.Request = fmt.Sprintf("%d-%04d", day.Year(), 1+int(time.Since(w.start)/time.Second))
		e, err := tx.Append(event(s.Request, docket.Note, s.Mark))
		s.Event = e.Seq
		return err
	})
	s.Wait = time.Since(began)
	if s.Refused = errors.Is(err, store.ErrLocked); err != nil && !s.Refused {
		return err
	}
	return w.out.Encode(s)
}

// within calls f in a transaction of a log that is opened for it, or kept open.
func (w *writer) within(ctx context.Context, f func(*store.Tx) error) (err error) {
	log := w.log
	if log == nil {
		if log, err = w.open(ctx, false); err != nil {
			return err
		}
	}
	if w.keep {
		w.log = log
		return log.Write(ctx, f)
	}
	return errors.Join(log.Write(ctx, f), log.Close())
}
