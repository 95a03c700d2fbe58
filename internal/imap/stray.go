package imap

import (
	"sync"

	"github.com/emersion/go-imap/v2/imapclient"
)

// strays are answers about messages that the library cannot tell to be ours: it knows a message by its number, and a
// server may send the text first and the number after it (RFC 9051 has no order). It also hands over here what nobody
// asked for, such as flags that another program set.
type strays struct {
	b *Box

	mu     sync.Mutex
	idle   *sync.Cond
	active int
	most   int64     // bytes of a text
	kept   []message // those with a text
}

func newStrays(b *Box) *strays {
	s := &strays{b: b}
	s.idle = sync.NewCond(&s.mu)
	return s
}

// begin is called before a command, with how many bytes a text may have.
func (s *strays) begin(most int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most, s.kept = most, nil
}

// take is called by the library, which waits until a text was read.
func (s *strays) take(data *imapclient.FetchMessageData) {
	s.mu.Lock()
	s.active++
	most := s.most
	s.mu.Unlock()
	m, err := s.b.message(data, most)
	if err != nil {
		s.b.line.cut() // the command fails by it
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && m.data != nil && m.uid != 0 {
		s.kept = append(s.kept, m)
	}
	s.active--
	s.idle.Broadcast()
}

// end is called after a command, and brings what came. Whatever has a text has begun by then.
func (s *strays) end() []message {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.active > 0 {
		s.idle.Wait()
	}
	kept := s.kept
	s.kept = nil
	return kept
}
