package web

import (
	"context"
	"errors"

	"foia/internal/store"
	"foia/internal/workspace"
)

// soon calls f, which is to be done soon if the log is on a server: a network that swallows what is sent would have a
// page wait for as long as a command does, and all other pages with it.
func (s *Server) soon(ctx context.Context, f func(context.Context) error) error {
	if !s.Workspace.Shared() {
		return f(ctx)
	}
	within, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	err := f(within)
	if err != nil && errors.Is(within.Err(), context.DeadlineExceeded) {
		return &store.Failure{Kind: store.ErrUnreachable, Detail: "it does not answer", Err: err}
	}
	return err
}

// reach opens the log for reading.
func (s *Server) reach(ctx context.Context, w *workspace.Workspace) (log *store.Log, err error) {
	err = s.soon(ctx, func(ctx context.Context) error {
		log, err = w.ReadLog(ctx)
		return err
	})
	return log, err
}

// answers tells whether the log that is open can still be asked.
func (s *Server) answers(ctx context.Context, log *store.Log) error {
	return s.soon(ctx, func(ctx context.Context) error {
		_, err := log.Written(ctx)
		return err
	})
}
