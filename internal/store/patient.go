package store

import (
	"net"
	"sync"
	"time"
)

// answerWait is how long foia waits for a server to say anything.
const answerWait = 60 * time.Second

// patient is a connection on which nobody waits for ever: where the network swallows
// what is sent, a read would never end. Deadlines that the driver sets, to interrupt
// it, win.
type patient struct {
	net.Conn
	wait time.Duration

	mu         sync.Mutex
	read, sent time.Time // the driver's deadlines
}

func (c *patient) Read(p []byte) (int, error) {
	if err := c.limit(&c.read, c.Conn.SetReadDeadline); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *patient) Write(p []byte) (int, error) {
	if err := c.limit(&c.sent, c.Conn.SetWriteDeadline); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func (c *patient) limit(driver *time.Time, set func(time.Time) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !driver.IsZero() {
		return nil
	}
	return set(time.Now().Add(c.wait))
}

func (c *patient) SetDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read, c.sent = t, t
	return c.Conn.SetDeadline(t)
}

func (c *patient) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read = t
	return c.Conn.SetReadDeadline(t)
}

func (c *patient) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = t
	return c.Conn.SetWriteDeadline(t)
}
