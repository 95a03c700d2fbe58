package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/desktop"
	"foia/internal/docket"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// openable is what foia open opens of a request, the usual first.
var openable = []string{"folder", "portal", "letter"}

func newOpenCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "open ID [WHAT]",
		Short: "Open a request's folder, its letter, or the agency's portal",
		Long: "Opens a part of a request with the program that your system has for it, and\n" +
			"prints what it opens. WHAT is one of:\n\n" +
			"  folder   the folder of the request, with all its files (if WHAT is left out)\n" +
			"  portal   the address of the agency's web form, in your browser\n" +
			"  letter   the letter, letter.pdf\n\n" +
			"Where there is no desktop, such as on a server, it prints the address or path\n" +
			"and ends with exit code 1. Nothing is sent.",
		Example: "  foia open 2026-0001\n  foia open 2026-0001 portal",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			what := openable[0]
			if len(args) == 2 {
				what = args[1]
			}
			if !slices.Contains(openable, what) {
				return remedy.Misuse(fmt.Sprintf("cannot open “%s”", what), "use one of "+strings.Join(openable, ", "))
			}
			return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				r, _, err := a.findLife(cmd, log, args[0])
				if err != nil {
					return err
				}
				return a.open(w, r, what)
			})
		},
	}
}

func (a *app) open(w *workspace.Workspace, r docket.Request, what string) error {
	target, err := portalOf(r)
	if what != "portal" {
		target, err = placeOf(w, r, what)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, clean(target))
	err = a.desk().Open(target)
	if errors.Is(err, desktop.ErrNone) {
		return &remedy.Error{What: "this cannot be opened here", Where: err.Error(), Do: "open what is printed above yourself"}
	}
	if err != nil {
		return &remedy.Error{What: "this could not be opened", Where: err.Error(), Do: "open what is printed above yourself", Cause: err}
	}
	return nil
}

// portalOf is the address of the web form of a request's office, as it was when the request was
// made. Addresses come from files that people write: one that is none of the web is not opened.
func portalOf(r docket.Request) (string, error) {
	office, err := press.FrozenOffice(r)
	if err != nil {
		return "", err
	}
	if office.PortalURL == "" {
		return "", remedy.Misuse(fmt.Sprintf("foia knows no portal of %s", r.OfficeName()),
			"see how it takes requests: "+remedy.To(remedy.Office, r.OfficeID).String())
	}
	address, err := url.Parse(office.PortalURL)
	if err != nil || address.Scheme != "https" && address.Scheme != "http" || address.Host == "" {
		return "", remedy.Misuse(fmt.Sprintf("the portal of %s is not an address of the web (%s)", r.OfficeName(), cell(office.PortalURL)),
			"correct it: "+remedy.To(remedy.Correct, r.OfficeID).With("portal", remedy.Open("https://…")).String())
	}
	return office.PortalURL, nil
}

// placeOf is the whole path of a request's folder or letter.
func placeOf(w *workspace.Workspace, r docket.Request, what string) (string, error) {
	place := w.Path(r.Folder)
	if what == "letter" {
		place = w.Path(r.Folder + "/" + press.Called(r, press.PDFName))
	}
	place, err := filepath.Abs(place)
	if err != nil {
		return "", err
	}
	_, err = os.Stat(place)
	if errors.Is(err, fs.ErrNotExist) && w.Shared() {
		return "", remedy.Misuse("the files of "+r.ID+" are not in this folder ("+place+")", "put them there: foia fetch "+r.ID)
	}
	if err != nil {
		return "", &remedy.Error{What: "the files of " + r.ID + " cannot be found", Where: place,
			Do: remedy.To(remedy.Verify).String() + " lists everything that is missing; restore it from a backup", Cause: err}
	}
	return place, nil
}

// desk is the desktop that this command may use; there is none, if nobody gave it one.
func (a *app) desk() desktop.Desk {
	if a.desktop == nil {
		return noDesktop{}
	}
	return a.desktop
}

type noDesktop struct{}

func (noDesktop) Open(string) error { return desktop.ErrNone }
func (noDesktop) Copy(string) error { return desktop.ErrNone }
