package post

import (
	"errors"
	"net"
	"sync"
	"time"

	"foia/internal/lazy"
)

// line is the way to the server, on which nobody waits for ever and nothing comes without end.
type line struct {
	net.Conn

	mu   sync.Mutex
	got  int
	why  error // what ended it; nil: it works
	next time.Time
}

// mostAnswers is how many bytes a server may say while it takes one message: it needs a few thousand, with TLS.
const mostAnswers = 256 << 10

// What ends a line.
const (
	errSilent  = lazy.Failure("it does not answer")
	errFlood   = lazy.Failure("it sends without end")
	errDropped = lazy.Failure("it ended the connection")
	errTalk    = lazy.Failure("it sent something that a mail server does not")
)

// after is the time when so much more has passed.
func after(pause time.Duration) time.Time { return time.Now().Add(pause) }

// until is when the next answer must be there: after a pause, and not after the end of all.
func (l *line) until(pause time.Duration, end time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next = after(pause); l.next.After(end) {
		l.next = end
	}
	_ = l.Conn.SetDeadline(l.next) // a closed connection says so when it is used
}

func (l *line) Read(p []byte) (int, error) {
	if err := l.ended(); err != nil {
		return 0, err
	}
	n, err := l.Conn.Read(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.got += n; l.got > mostAnswers {
		err = errFlood
	}
	return n, l.ends(err)
}

func (l *line) Write(p []byte) (int, error) {
	if err := l.ended(); err != nil {
		return 0, err
	}
	n, err := l.Conn.Write(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	return n, l.ends(err)
}

// ends notes the first reason for which the line ended.
func (l *line) ends(err error) error {
	if err == nil || l.why != nil {
		return err
	}
	var of net.Error
	switch {
	case errors.Is(err, errFlood):
		l.why = errFlood
	case errors.As(err, &of) && of.Timeout():
		l.why = errSilent
	default:
		l.why = errDropped
	}
	return err
}

func (l *line) ended() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.why
}

func (l *line) works() bool { return l.ended() == nil }

// cut ends the line at once.
func (l *line) cut() {
	l.mu.Lock()
	if l.why == nil {
		l.why = errDropped
	}
	l.mu.Unlock()
	_ = l.Conn.Close() // it is of no use any more, closed or not
}

// The deadlines of others do not count.
func (*line) SetDeadline(time.Time) error      { return nil }
func (*line) SetReadDeadline(time.Time) error  { return nil }
func (*line) SetWriteDeadline(time.Time) error { return nil }
