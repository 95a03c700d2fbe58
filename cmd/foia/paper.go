package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/correspondence"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// paperFlags are the flags of `foia paper`.
type paperFlags struct {
	letter, number, on, out string
	attach, cc              []string
}

func newPaperCommand(a *app) *cobra.Command {
	var f paperFlags
	var kinds strings.Builder
	for _, k := range correspondence.PaperKinds {
		kinds.WriteString(terminal.Listed(fmt.Sprintf("  %-12s ", k[0]), k[1]))
	}
	cmd := &cobra.Command{
		Use:   "paper ID KIND",
		Short: "Make an envelope, cover sheet, e-mail or public copy of a letter",
		Long: "Makes another document from a letter as it was logged. KIND is one of:\n\n" + kinds.String() + "\n" +
			"PDFs and e-mail files go into the folder papers, text goes to standard output.\n" +
			"Nothing is logged: you can make these again at any time.",
		Example: "  foia paper 2026-0001 envelope\n" +
			"  foia paper 2026-0001 certified --number \"9407 1000 0000 0000 0000 00\"\n" +
			"  foia paper 2026-0001 email > message.txt\n" +
			"  foia paper 2026-0001 eml --cc counsel@example.org\n" +
			"  foia paper 2026-0001 publication --letter appeal --out appeal.pdf",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runPaper(cmd, args[0], args[1], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.letter, "letter", "", "a follow-up letter, by its `kind` (the latest one) or event number (default: the request)")
	flags.StringVar(&f.number, "number", "", "the certified-mail article `number`")
	flags.StringVar(&f.on, "on", "", "the `date` on a cover sheet (default: today)")
	flags.StringSliceVar(&f.cc, "cc", nil, "with eml: a copy to this `address`, such as your lawyer's; may be repeated")
	flags.StringSliceVar(&f.attach, "attach", nil, "with eml: this `file`, too, such as an enclosure; may be repeated")
	flags.StringVar(&f.out, "out", "", "the `file` to write; - for standard output")
	return cmd
}

func (a *app) runPaper(cmd *cobra.Command, id, kind string, f paperFlags) error {
	day, err := a.readDay("--on", f.on)
	if err != nil {
		return err
	}
	if kind != "eml" && len(f.attach)+len(f.cc) > 0 {
		return remedy.Misuse("--attach and --cc apply only to eml", "leave them out")
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		r, events, err := a.findLife(cmd, log, id)
		if err != nil {
			return err
		}
		press, err := press.New(w)
		if err != nil {
			return err
		}
		in := correspondence.Kept{Context: cmd.Context(), Workspace: w, Log: log}
		made, err := in.Paper(press, r, events, correspondence.Paper{Kind: kind, Number: f.number, Date: day,
			Email: correspondence.Email{Letter: f.letter, Attach: f.attach, Cc: f.cc}})
		if err != nil {
			return err
		}
		return a.putPaper(w, made, f.out)
	})
}

// putPaper writes a paper where it belongs, and says where.
func (a *app) putPaper(w *workspace.Workspace, made *correspondence.MadePaper, out string) error {
	if out == "-" || out == "" && made.Text {
		_, err := unworded(a.out).Write(made.Bytes)
		return err
	}
	if out == "" {
		name := workspace.PapersDir + "/" + made.Name
		if err := w.WriteFile(name, made.Bytes); err != nil {
			return err
		}
		fmt.Fprintln(a.out, filepath.Join(w.Dir, filepath.FromSlash(name)))
		return nil
	}
	if err := writeWhole(w, out, made.Bytes, true); err != nil {
		return err
	}
	fmt.Fprintln(a.out, out)
	return nil
}

// writeWhole writes a file of the user's choosing, which appears whole or not at all. One that
// is there is replaced or, without replace, in the way.
func writeWhole(w *workspace.Workspace, name string, content []byte, replace bool) (err error) {
	file, err := w.CreateOutput(name, replace)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Cancel()) }()
	if _, err := file.Write(content); err != nil {
		return err
	}
	return file.Done()
}
