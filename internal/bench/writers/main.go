// Command writers has several programs write into one log at once, for a while, and
// then compares the log with what they said:
//
//	go run ./internal/bench/writers -seconds 60 -out DIR
//	FOIA_DATABASE=postgres://NAME@HOST/DATABASE go run ./internal/bench/writers -seconds 60 -out DIR
//
// The log is a new file in the folder, or an empty one in the database.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// run is one measurement.
type run struct {
	dir     string
	writers int
	length  time.Duration
	keep    bool // a writer opens the log once, not for each transaction
}

func main() {
	if isWriter() {
		if err := writeAsTold(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, "writer:", err)
			os.Exit(1)
		}
		return
	}
	var r run
	flag.StringVar(&r.dir, "out", "", "the `folder` to work in")
	flag.IntVar(&r.writers, "writers", 8, "how many programs write")
	seconds := flag.Int("seconds", 60, "how long")
	flag.BoolVar(&r.keep, "keep", false, "open the log once, not for each transaction as a command does")
	flag.Parse()
	r.length = time.Duration(*seconds) * time.Second
	result, err := r.measure(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "writers:", err)
		os.Exit(1)
	}
	fmt.Println(result)
}

// result is what a measurement showed.
type result struct {
	run
	requests, events int // written by the writers
	refused          int // transactions that were told to wait too long; nothing of them is there
	waits            []time.Duration
}

func (r result) String() string {
	slices.Sort(r.waits)
	part := func(p int) time.Duration {
		return r.waits[min(len(r.waits)*p/100, len(r.waits)-1)].Round(time.Millisecond)
	}
	return fmt.Sprintf("%d writers, %v: %d transactions (%.0f a second), %d requests, %d events, %d refused; a transaction took %v "+
		"(median), %v (99th of 100), %v at most; all there once, chain whole",
		r.writers, r.length, len(r.waits), float64(len(r.waits))/r.length.Seconds(), r.requests, r.events, r.refused, part(50), part(99),
		part(100))
}

// measure makes the log, lets the writers loose, and compares.
func (r run) measure(ctx context.Context) (out result, err error) {
	out.run = r
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return out, err
	}
	before, err := r.begin(ctx)
	if err != nil {
		return out, err
	}
	said, err := r.loose()
	if err != nil {
		return out, err
	}
	for _, s := range said {
		switch {
		case s.Refused:
			out.refused++
			continue
		case s.Event == 1:
			out.requests++
		}
		out.events++
		out.waits = append(out.waits, s.Wait)
	}
	if len(out.waits) == 0 {
		return out, errors.New("nothing was written")
	}
	return out, r.compare(ctx, said, before)
}

func (r run) open(ctx context.Context, create bool) (*store.Log, error) {
	w, err := workspace.Open(r.dir)
	if err != nil {
		return nil, err
	}
	return w.OpenLog(ctx, create)
}

// begin makes the requests at which the writers meet: one for each second, so that none
// gets too long to be a request.
func (r run) begin(ctx context.Context) (meeting int, err error) {
	log, err := r.open(ctx, true)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if ids, err := log.IDs(ctx); err != nil || len(ids) > 0 {
		return 0, fmt.Errorf("the log is not empty: %d requests, %w", len(ids), err)
	}
	meeting = 1 + int(r.length/time.Second)
	return meeting, log.Write(ctx, func(tx *store.Tx) error {
		for i := range meeting {
			if _, err := add(tx, fmt.Sprintf("meeting %d", i)); err != nil {
				return err
			}
		}
		return nil
	})
}

// loose starts the writers and returns what they said.
func (r run) loose() (said []saying, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var all sync.WaitGroup
	var errs []error
	start := time.Now().Add(time.Second)
	for n := range r.writers {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), r.told(n, start)...)
		var complaint strings.Builder
		cmd.Stderr = &complaint
		all.Go(func() {
			raw, err := cmd.Output()
			heard, understood := understand(raw)
			mu.Lock()
			defer mu.Unlock()
			said = append(said, heard...)
			if err := errors.Join(err, understood); err != nil {
				errs = append(errs, fmt.Errorf("%w: %s", err, complaint.String()))
			}
		})
	}
	all.Wait()
	return said, errors.Join(errs...)
}

// add adds a made-up request whose first event bears the mark.
func add(tx *store.Tx, mark string) (string, error) {
	id, err := tx.NextID(day.Year())
	if err != nil {
		return "", err
	}
	request := docket.Request{ID: id, Subject: mark, Created: day, Law: "us-federal", Office: []byte("{}"), OfficeID: "treasury-irs",
		Agency:    "Made-up agency",
		Requester: []byte("{}"), Template: "request", TemplateSHA256: strings.Repeat("00", 32), Answers: []byte("{}"),
		Folder:      "requests/" + id + "-made-up",
		Fingerprint: mark, Facts: map[string]string{"fee_category": "media"}}
	return id, tx.Add(request, event(id, docket.Drafted, mark))
}

func event(id string, kind docket.Kind, mark string) docket.Event {
	return docket.Event{Request: id, Kind: kind, On: day, Recorded: "2026-11-23T12:00:00Z", By: "bench",
		Data: map[string]string{"note": mark}}
}

var day = workday.MustDate("2026-11-23")
