package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"foia/internal/lazy"

	"github.com/spf13/cobra"
)

// What the linker sets in released programs, which are made without looking at a clone (see
// packaging): the version, the commit and, as RFC 3339 in UTC, its time.
var release, releaseCommit, releaseDate string

// unknown is what is said of a program about whose making nothing was kept, such as one
// that go run or go test made.
const unknown = "unknown"

// build says which program this is, as far as its making was kept in it.
type build struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`  // 40 digits, or the 12 that stand in a version
	Date    string `json:"date"`    // of the commit, in UTC
	Changed bool   `json:"changed"` // there were changes that are in no commit
	Go      string `json:"go"`
	System  string `json:"system"`
}

// pseudo finds date and commit in the version of a module that has no tag there.
const pseudo = lazy.Pattern(`[-.](\d{14})-([0-9a-f]{12})(?:\+|$)`)

// buildOf reads what the linker and Go have kept: a release; the version of the module that
// go install was asked for; and, if it was made in a clone, the commit.
func buildOf(released build, info *debug.BuildInfo) build {
	b := released
	b.Go, b.System = runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH
	if info != nil {
		if info.Main.Version != "(devel)" {
			b.Version = cmp.Or(b.Version, info.Main.Version)
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = cmp.Or(b.Commit, s.Value)
			case "vcs.time":
				b.Date = cmp.Or(b.Date, s.Value)
			case "vcs.modified":
				b.Changed = s.Value == "true"
			}
		}
		if m := pseudo.RE().FindStringSubmatch(info.Main.Version); m != nil {
			if at, err := time.Parse("20060102150405", m[1]); err == nil {
				b.Date = cmp.Or(b.Date, at.Format(time.RFC3339))
			}
			b.Commit = cmp.Or(b.Commit, m[2])
		}
	}
	b.Version, b.Commit, b.Date = cmp.Or(b.Version, unknown), cmp.Or(b.Commit, unknown), cmp.Or(b.Date, unknown)
	return b
}

func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = nil
	}
	return buildOf(build{Version: release, Commit: releaseCommit, Date: releaseDate}, info)
}

// version says on one line which program this is.
func version() string { return thisBuild().line() }

func (b build) line() string {
	s := b.Version
	if b.Commit != unknown {
		s += ", commit " + b.Commit[:min(len(b.Commit), 12)] + b.changes()
	}
	if b.Date != unknown {
		s += ", " + b.Date[:min(len(b.Date), len(time.DateOnly))]
	}
	return s
}

func (b build) changes() string {
	if !b.Changed {
		return ""
	}
	return " with changes"
}

func newVersionCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Show the version, commit and date of this program",
		Long: "Shows the version and commit this program was built from, the date of that\n" +
			"commit, the Go version and the system. Details that the build did not record are\n" +
			"shown as unknown.",
		Example: "  foia version\n  foia version --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b := thisBuild()
			if asJSON {
				return a.json(b)
			}
			fmt.Fprintf(a.out, "foia %s\ncommit %s%s\ndate %s\nmade by %s for %s\n",
				b.Version, b.Commit, b.changes(), b.Date, b.Go, b.System)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return cmd
}
