package logbook

import (
	"context"
	"errors"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Rows returns the tracking log as it stands on a day, one row a request.
func Rows(ctx context.Context, log Lists, f Filter, today workday.Date) ([]docket.Row, error) {
	rows := []docket.Row{}
	err := Find(ctx, log, f, func(s store.Standing) error {
		rows = append(rows, docket.RowOf(s.Request, s.State, today))
		return nil
	})
	return rows, err
}

// RenewTrackingLog writes the spreadsheet of a folder, row by row, so that memory does not grow
// with the log.
func RenewTrackingLog(ctx context.Context, w *workspace.Workspace, log Lists, today workday.Date) (err error) {
	if wanted := w.Config.TrackingCSV; wanted != nil && !*wanted {
		return nil
	}
	file, err := w.Replace(workspace.TrackingFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Cancel()) }()
	table, err := export.NewTable(file, docket.ColumnNames())
	if err != nil {
		return err
	}
	err = FindMade(ctx, log, Filter{PublicOnly: true}, func(s store.Standing) ([]string, error) {
		return docket.RowOf(s.Request, s.State, today).Cells(), nil
	}, table.Row)
	if err == nil {
		err = table.Close()
	}
	if err == nil {
		err = file.Done()
	}
	return err
}

// renewTrackingLog rewrites the spreadsheet after something was written into the log. What was
// asked for is done by now, so that a failure is something to know, not one of the command.
func (b *Book) renewTrackingLog(ctx context.Context) {
	if err := RenewTrackingLog(ctx, b.Workspace, b.log, b.Today); err != nil {
		b.Workspace.Tell("logged, but " + workspace.TrackingFile + " could not be updated: " + err.Error() +
			"; the next command that writes will update it (or run: " + remedy.To(remedy.Export).String() + ")")
	}
}

// Renew has the spreadsheet brought up to date when the folder is released, also if nothing is
// written.
func (b *Book) Renew() { b.written = true }
