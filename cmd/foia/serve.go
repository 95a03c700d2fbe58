package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/pdfium"
	"foia/internal/pdftext"
	"foia/internal/redact"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/web"
	"foia/internal/workday"
	"foia/internal/workspace"
)

func newServeCommand(a *app) *cobra.Command {
	var port int
	var link bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Open the desk in a browser on this machine",
		Long: "Shows today, the requests, each request, the offices and the log as pages in a\n" +
			"browser, where you can also record what happened, change a request that has\n" +
			"not been sent, and write the next letter. It answers this machine alone, and\n" +
			"only the browser that opens the link it prints; a link works once, for two\n" +
			"minutes. --link prints another one for a desk that is open. Ctrl-C closes the\n" +
			"desk. Lists can be saved there as CSV, JSON, workbook and calendar, and the\n" +
			"report as a web page.\n\n" +
			"Settings are read when the desk is opened.",
		Example: "  foia serve\n  foia serve --port 8000\n  foia serve --link",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if port < 0 || port > 65535 {
				return remedy.Misuse(fmt.Sprintf("--port: there is no port %d", port), "choose one up to 65535, or 0 for a free one")
			}
			w, err := a.workspace()
			if err != nil {
				return err
			}
			if link {
				at, err := web.FurtherLink(w, a.now())
				if err == nil {
					fmt.Fprintln(a.out, at)
				}
				return err
			}
			return a.serve(cmd, w, port)
		},
	}
	cmd.Flags().IntVar(&port, "port", 0, "the `number` of the port; 0 takes a free one")
	cmd.Flags().BoolVar(&link, "link", false, "print another link to the desk that is open in this folder")
	return cmd
}

// serve shows the desk until the command is interrupted.
func (a *app) serve(cmd *cobra.Command, w *workspace.Workspace, port int) (err error) {
	if !w.HasLog() {
		return &store.Failure{Kind: store.ErrNoLog, Where: w.Path(workspace.LogFile)}
	}
	listener, err := web.Listen(port)
	if err != nil {
		return err
	}
	pdf := pdftext.New(cacheFolder())
	defer pdf.Close() // it read only
	making, showing := pdfium.New(cacheFolder()), pdfium.New(cacheFolder())
	defer making.Close()
	defer showing.Close()
	covering := web.Redaction{Make: &redact.Redactor{PDF: making}, Show: &redact.Redactor{PDF: showing}}
	if pdftext.HasOCR() {
		covering.Make.Pictures = pdftext.Words
	}
	desk, err := web.New(web.Options{Workspace: w, Now: a.now, Writer: a.writerNow, Terminal: a.wording(),
		Offices: func() (*agency.Directory, error) { return directory(w) },
		Stock:   stock,
		PDF:     pdf,
		Redact:  covering,
		Exports: a.listForms(cmd.Context(), w),
		Failed:  func(what string) { a.note("note: %s", what) }}, listener)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	lean()
	fmt.Fprintln(a.out, desk.Link())
	a.note("open this link in a browser on this machine; it works once, for two minutes. " +
		"Another one: foia serve --link. Ctrl-C closes the desk")
	return desk.Serve(cmd.Context(), listener)
}

// writerNow is who writes at this moment: a desk is open for longer than a command takes.
func (a *app) writerNow() logbook.Writer {
	by, machine := a.who()
	now := a.now()
	return logbook.Writer{By: by, Machine: machine, Today: workday.DateOf(now),
		Now: now.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)}
}

// listForms are the forms in which the desk gives a list besides CSV and JSON: a workbook, which holds exactly the
// list, and a calendar, which leaves private requests out, since a calendar is seen by others.
func (a *app) listForms(ctx context.Context, w *workspace.Workspace) map[string]web.Export {
	dates := func(out io.Writer, log *store.Log, ids map[string]bool, day workday.Date) error {
		_, err := logbook.WriteCalendar(ctx, w, log, out, logbook.Dates{Day: day, Filter: logbook.Filter{IDs: ids}, Words: inFiles})
		return err
	}
	return map[string]web.Export{
		asXLSX: {Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			Requests: func(out io.Writer, log *store.Log, ids []string, day workday.Date) error {
				_, err := logbook.WriteSheet(ctx, w, log, out, logbook.Listing{Today: day, Filter: logbook.Filter{IDs: setOf(ids)},
					Private: true, Program: "foia " + thisBuild().Version, Words: inFiles})
				return err
			}},
		asICS: {Type: "text/calendar; charset=utf-8",
			Requests: func(out io.Writer, log *store.Log, ids []string, day workday.Date) error {
				return dates(out, log, setOf(ids), day)
			},
			Due: func(out io.Writer, log *store.Log, items []docket.Item, day workday.Date) error {
				var ids []string
				for _, i := range items {
					ids = append(ids, i.ID)
				}
				return dates(out, log, setOf(ids), day)
			}},
	}
}

func setOf(ids []string) map[string]bool {
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out
}
