package store

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// pipeline hands over the standings of a long list: the database is read ahead, some at a time,
// all cores make of the rows what is wanted, and what they made is handed over in the order in
// which it was read. It holds a few chunks and never the list.
type pipeline struct {
	make func(Standing) (any, error)
	hand func(any) error
	own  bool // the standings are kept: their texts are no part of the row
}

// chunk is how many rows go from one hand to the next, and ahead how many chunks there are.
const (
	chunkRows = 128
	ahead     = 4
)

type chunk struct {
	rows []standingRow
	made []any
	err  error
	done chan struct{} // closed when made, or err, is there
}

// run reads rows, and returns when all of them were handed over or an error ended it.
func (p pipeline) run(ctx context.Context, read func(ctx context.Context, row func(standingRow) error) error) error {
	ctx, stop := context.WithCancel(ctx)
	work, order := make(chan *chunk, ahead), make(chan *chunk, ahead)
	var reading error
	var running sync.WaitGroup
	running.Go(func() {
		defer close(order)
		defer close(work)
		reading = readChunks(ctx, read, func(c *chunk) error {
			for _, to := range []chan *chunk{work, order} {
				select {
				case to <- c:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range max(1, runtime.GOMAXPROCS(0)) {
		running.Go(func() {
			for c := range work {
				p.work(c)
			}
		})
	}
	handing := p.handOver(order)
	stop() // of what was not handed over, nothing more is read
	running.Wait()
	if handing != nil {
		return handing
	}
	return reading
}

// readChunks puts rows together into chunks.
func readChunks(ctx context.Context, read func(context.Context, func(standingRow) error) error, send func(*chunk) error) error {
	c := &chunk{done: make(chan struct{})}
	err := read(ctx, func(row standingRow) error {
		c.rows = append(c.rows, row)
		if len(c.rows) < chunkRows {
			return nil
		}
		full := c
		c = &chunk{done: make(chan struct{})}
		return send(full)
	})
	if len(c.rows) == 0 {
		return err
	}
	return errors.Join(err, send(c)) // what came before an error is handed over, as it would be row by row
}

func (p pipeline) work(c *chunk) {
	defer close(c.done)
	c.made = make([]any, 0, len(c.rows))
	var s Standing
	for _, row := range c.rows {
		if err := row.read(&s, p.own); err != nil {
			c.err = err
			return
		}
		made, err := p.make(s)
		if err != nil {
			c.err = err
			return
		}
		c.made = append(c.made, made)
	}
}

// handOver hands over what was made, up to the first error.
func (p pipeline) handOver(order <-chan *chunk) error {
	for c := range order {
		<-c.done
		for _, made := range c.made {
			if err := p.hand(made); err != nil {
				return err
			}
		}
		if c.err != nil {
			return c.err
		}
	}
	return nil
}
