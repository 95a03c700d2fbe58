package filing

import (
	"context"

	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// RenewTrackingLog writes the spreadsheet of a folder whose log came from elsewhere.
func RenewTrackingLog(ctx context.Context, w *workspace.Workspace, log *store.Log, today workday.Date) error {
	return (&Desk{Workspace: w, Today: today}).writeTrackingLog(ctx, log)
}
