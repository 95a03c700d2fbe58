package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// Forms of files that other programs open.
const (
	asXLSX = "xlsx"
	asICS  = "ics"
)

// written is in which form a command writes what it was asked for, and where: a file, or standard
// output if there is none.
type written struct{ form, file string }

// readWritten reads --format and --out. The name of a file says its form by how it ends, and may stand
// in the place of the form.
func readWritten(cmd *cobra.Command, format, out string, forms []string, what string) (written, error) {
	given, or := cmd.Flags().Changed, "use "+strings.Join(forms[:len(forms)-1], ", ")+" or "+forms[len(forms)-1]
	if out == "-" {
		out = ""
	}
	typed := strings.ToLower(entered.Line(format))
	switch ending := endingOf(format); {
	case given("format") && slices.Contains(forms, typed):
		return written{typed, out}, nil
	case given("format") && slices.Contains(forms, ending):
		if given("out") {
			return written{}, remedy.Misuse("--format and --out both name a file", "give one of them")
		}
		return written{ending, format}, nil
	case given("format"):
		return written{}, remedy.Misuse(fmt.Sprintf("--format: %s as %q", what, format),
			remedy.DidYouMean(entered.Nearest(typed, forms, 2), or))
	case out == "":
		return written{form: forms[0]}, nil
	}
	if ending := endingOf(out); slices.Contains(forms, ending) {
		return written{ending, out}, nil
	}
	return written{}, remedy.Misuse("--out: the name does not say in which format",
		"end it in ."+strings.Join(forms[:len(forms)-1], ", .")+" or ."+forms[len(forms)-1]+", or add --format")
}

// endingOf is how the name of a file ends, without the dot.
func endingOf(name string) string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
}

// write writes a file, whole or not at all, and says where it is; or to standard output.
func (a *app) write(w *workspace.Workspace, to written, f func(io.Writer) error) (err error) {
	if to.file == "" {
		if to.form == asXLSX && !a.face().Tabs() {
			return remedy.Misuse("a spreadsheet cannot be shown in a terminal", "name a file with --out, such as --out log.xlsx")
		}
		out := bufio.NewWriterSize(unworded(a.out), 1<<16)
		return errors.Join(f(out), out.Flush())
	}
	file, err := w.CreateOutput(to.file, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Cancel()) }()
	if err := f(file); err != nil {
		return err
	}
	if err := file.Done(); err != nil {
		return err
	}
	fmt.Fprintln(a.out, cell(to.file))
	return nil
}

// inFiles words acts in a file that is handed on: as commands, without the folder that the user named.
func inFiles(text string) string { return remedy.Words(text, commandLine{}) }
