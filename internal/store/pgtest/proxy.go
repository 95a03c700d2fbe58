//go:build unix

package pgtest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Fault is what goes wrong on one connection. The zero value is a good connection.
type Fault struct {
	Refuse  bool
	Up      int           // cut after so many bytes to the server; 0: never
	Down    int           // cut after so many bytes to the client; 0: never
	Commit  Moment        // cut there
	Then    func()        // called when a COMMIT was cut; may be nil
	Swallow bool          // not cut: nothing more arrives, and nobody is told
	Reset   bool          // cut with a reset, not an end
	Delay   time.Duration // of every piece
	Linger  time.Duration // how much later than the client the server learns of it
}

// Moment is a place in the life of a transaction.
type Moment int

// The moments at which a COMMIT is lost, or the answer to it.
const (
	Never        Moment = iota
	BeforeCommit        // the server never gets it
	AfterCommit         // the server gets it, and is gone before it could answer
	Committed           // the server has done it, and its answer is lost
	LateCommit          // the server gets it when the client is gone already
)

// Proxy stands between a program and a server.
type Proxy struct {
	Port int

	listener net.Listener
	server   string
	fault    func(n int) Fault
	open     sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]bool // nil: the proxy is closed
}

// NewProxy starts a proxy before a server. fault says what goes wrong on the n-th
// connection; it is called by one at a time.
func NewProxy(t testing.TB, s *Server, fault func(n int) Fault) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Port: l.Addr().(*net.TCPAddr).Port, listener: l, fault: fault, conns: map[net.Conn]bool{},
		server: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port))}
	p.open.Add(1)
	go p.accept()
	t.Cleanup(p.close)
	return p
}

// URL is the address of a database by way of the proxy. It does not wait long.
func (p *Proxy) URL(database, who string) string {
	s := Server{Port: p.Port}
	return s.URL(database, who) + "?sslmode=disable&answer_timeout=1&connect_timeout=1"
}

func (p *Proxy) accept() {
	defer p.open.Done()
	for n := 0; ; n++ {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		f := p.fault(n)
		if f.Refuse || !p.holds(client) {
			end(client, true)
			continue
		}
		p.open.Add(1)
		go p.serve(client, f)
	}
}

// holds remembers a connection, to end it with the proxy.
func (p *Proxy) holds(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conns == nil {
		return false
	}
	p.conns[c] = true
	return true
}

func (p *Proxy) close() {
	_ = p.listener.Close() // it was never lent
	p.mu.Lock()
	for c := range p.conns {
		end(c, true)
	}
	p.conns = nil
	p.mu.Unlock()
	p.open.Wait()
}

func (p *Proxy) serve(client net.Conn, f Fault) {
	defer p.open.Done()
	defer end(client, f.Reset)
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	if !p.holds(server) {
		end(server, true)
		return
	}
	l := &line{fault: f, client: client, server: server, gone: make(chan struct{})}
	go l.down()
	l.up()
	if f.Linger > 0 {
		time.Sleep(f.Linger)
	}
	end(server, f.Reset)
	<-l.gone
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, client)
	delete(p.conns, server)
}

// end closes a connection.
func end(c net.Conn, reset bool) {
	if tcp, ok := c.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0) // it may be closed already
	}
	_ = c.Close()
}

// line is one connection with its two ends.
type line struct {
	fault          Fault
	client, server net.Conn
	gone           chan struct{} // the way down has ended

	mu   sync.Mutex
	deaf bool // what the server says is lost
}

func (l *line) isDeaf() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.deaf
}

func (l *line) deafen() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deaf = true
}

// commit is how the driver ends a transaction.
var commit = []byte("Q\x00\x00\x00\x0bcommit\x00")

// up passes on what the client sends, until the fault.
func (l *line) up() {
	err := pass(l.client, l.fault.Delay, func(piece []byte) error {
		if l.fault.Commit != Never && bytes.Equal(piece, commit) {
			return l.atCommit(piece)
		}
		return limited(l.server, piece, &l.fault.Up)
	})
	if l.fault.Swallow && errors.Is(err, errCut) {
		l.deafen()
		_, _ = io.Copy(io.Discard, l.client) // until the client gives up
	}
	end(l.client, l.fault.Reset)
}

func (l *line) atCommit(piece []byte) error {
	then := func() {
		if l.fault.Then != nil {
			l.fault.Then()
		}
	}
	switch l.fault.Commit {
	case BeforeCommit:
		then()
		return errCut
	case LateCommit:
		then()
		l.deafen()
		end(l.client, l.fault.Reset)
		time.Sleep(300 * time.Millisecond)
	default:
		defer then()
		l.deafen()
	}
	if _, err := l.server.Write(piece); err != nil {
		return err
	}
	if l.fault.Commit == Committed || l.fault.Commit == LateCommit {
		time.Sleep(100 * time.Millisecond)
	}
	return errCut
}

// down passes on what the server says.
func (l *line) down() {
	defer close(l.gone)
	err := pass(l.server, l.fault.Delay, func(piece []byte) error {
		if l.isDeaf() {
			return nil
		}
		return limited(l.client, piece, &l.fault.Down)
	})
	if l.fault.Swallow && errors.Is(err, errCut) {
		l.deafen()
		_, _ = io.Copy(io.Discard, l.server)
		return
	}
	if !l.isDeaf() {
		end(l.client, l.fault.Reset)
	}
}

// errCut says that the fault was reached.
var errCut = errors.New("cut")

// limited writes a piece, or the part of it that is before the fault.
func limited(to net.Conn, piece []byte, left *int) error {
	if *left == 0 {
		_, err := to.Write(piece)
		return err
	}
	if len(piece) < *left {
		*left -= len(piece)
		_, err := to.Write(piece)
		return err
	}
	if _, err := to.Write(piece[:*left]); err != nil {
		return err
	}
	return errCut
}

// pass hands over what a connection says, piece by piece.
func pass(from net.Conn, delay time.Duration, to func(piece []byte) error) error {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			time.Sleep(delay)
			if err := to(buffer[:n]); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
}
