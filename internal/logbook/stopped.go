package logbook

import "fmt"

// Stopped says that something that is done in several transactions stopped after some
// of them.
type Stopped struct {
	Done int // requests, events or letters that are in the log
	Err  error
}

// StoppedAfter is an error after so much was done.
func StoppedAfter(err error, done int) error {
	if err == nil || done == 0 {
		return err
	}
	return &Stopped{done, err}
}

func (s *Stopped) Error() string {
	return fmt.Sprintf("stopped after %d, which are in the log: %s", s.Done, s.Err)
}

// Hint says what to do. What the error itself advises is meant for all or nothing.
func (s *Stopped) Hint() string { return "run the same command again to do the rest" }

// Unwrap returns why it stopped.
func (s *Stopped) Unwrap() error { return s.Err }
