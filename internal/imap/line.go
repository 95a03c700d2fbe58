package imap

import (
	"errors"
	"net"
	"sync"
	"time"
)

// line is the way to the server, on which nobody waits for ever and nothing comes without end. While the server is
// asked nothing, it may be silent as long as it likes, since a person may be reading meanwhile. The deadlines of the
// library do not count: it sets none before the first byte of an answer.
type line struct {
	net.Conn
	wait time.Duration

	mu     sync.Mutex
	until  time.Time     // when the answer must be there; zero: nothing is asked
	left   int64         // how many bytes may still come
	begun  time.Time     // when it was asked
	waited time.Duration // for all answers
	why    error         // what ended it; nil: it works
}

// What ends a line.
var (
	errSilent  = errors.New("it does not answer")
	errSlow    = errors.New("it answers too slowly")
	errFlood   = errors.New("it sent more than it was asked for")
	errDropped = errors.New("it ended the connection")
	errTalk    = errors.New("it sent something that a mail server does not")
)

// idleBytes is how much a server may tell while it is asked nothing.
const idleBytes = 64 << 10

// begin is called when the server is asked something.
func (l *line) begin(most time.Duration, bytes int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begun = time.Now()
	l.until, l.left = l.begun.Add(most), bytes
	l.set()
}

// end is called when its answer is there.
func (l *line) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waited += time.Since(l.begun)
	l.until, l.left = time.Time{}, idleBytes
	l.set()
}

// set sets the deadline of what is being read, too. The connection may be closed; then reading says so.
func (l *line) set() {
	if l.until.IsZero() {
		_ = l.Conn.SetReadDeadline(time.Time{})
		return
	}
	if next := time.Now().Add(l.wait); next.Before(l.until) {
		_ = l.Conn.SetReadDeadline(next)
		return
	}
	_ = l.Conn.SetReadDeadline(l.until)
}

// Read fails at once when the line has ended: the library asks several times.
func (l *line) Read(p []byte) (int, error) {
	l.mu.Lock()
	if l.why != nil {
		defer l.mu.Unlock()
		return 0, l.why
	}
	l.set()
	l.mu.Unlock()
	n, err := l.Conn.Read(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left -= int64(n)
	switch {
	case l.left < 0:
		err = l.ends(errFlood)
	case err != nil && isTimeout(err) && !l.until.IsZero() && !time.Now().Before(l.until):
		err = l.ends(errSlow)
	case err != nil && isTimeout(err):
		err = l.ends(errSilent)
	case err != nil:
		_ = l.ends(errDropped)
	}
	return n, err
}

// ends notes the first reason for which the line ended.
func (l *line) ends(why error) error {
	if l.why == nil {
		l.why = why
	}
	return why
}

func (l *line) Write(p []byte) (int, error) {
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.wait)); err != nil {
		return 0, err
	}
	n, err := l.Conn.Write(p)
	if err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		if isTimeout(err) {
			return n, l.ends(errSilent)
		}
		_ = l.ends(errDropped)
	}
	return n, err
}

func isTimeout(err error) bool {
	var of net.Error
	return errors.As(err, &of) && of.Timeout()
}

// The deadlines of others do not count.
func (*line) SetDeadline(time.Time) error      { return nil }
func (*line) SetReadDeadline(time.Time) error  { return nil }
func (*line) SetWriteDeadline(time.Time) error { return nil }

// cut ends the line at once.
func (l *line) cut() {
	l.mu.Lock()
	_ = l.ends(errDropped)
	l.mu.Unlock()
	_ = l.Conn.Close() // it is of no use any more, closed or not
}

func (l *line) works() bool { return l.ended() == nil }

func (l *line) ended() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.why
}

// spent is how long the server was waited for.
func (l *line) spent() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waited
}

// refuse cuts the line to a server that announces more than it was asked for.
func (l *line) refuse() {
	l.mu.Lock()
	_ = l.ends(errFlood)
	l.mu.Unlock()
	l.cut()
}
