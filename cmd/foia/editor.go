package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workspace"
	"foia/internal/yamltext"
)

// edited is a text that the user wrote in an editor. done clears its file away.
type edited struct {
	name string
	raw  []byte
	done func() error
}

// editAnswers opens the answers of a draft in the user's editor. The file stays until the
// change was made: nobody writes the same twice because of a missing quote.
func (a *app) editAnswers(cmd *cobra.Command, w *workspace.Workspace, r docket.Request, answers docket.Document) (out edited, err error) {
	editor := cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"))
	if editor == "" {
		return out, remedy.Misuse("nothing is said to be changed", "add --set field=value or --answers FILE.yaml, or set EDITOR to your "+
			"editor; to start from the answers as they are: "+cell(w.Path(r.Folder+"/"+answers.Name)))
	}
	name := w.Path(editing + r.ID + ".yaml")
	if !w.Exists(editing + r.ID + ".yaml") { // what is there was not finished
		raw, err := w.ReadLying(r, answers)
		if err != nil {
			return out, remedy.Misuse(fmt.Sprintf("the answers of %s cannot be read: %v", r.ID, err),
				"restore the file: foia verify --repair")
		}
		if err := w.WriteFile(editing+r.ID+".yaml", raw); err != nil {
			return out, err
		}
	}
	for {
		if err := a.runEditor(cmd, editor, name); err != nil {
			return out, err
		}
		raw, err := yamltext.ReadFile(name)
		if err == nil {
			_, err = letter.ReadAnswers(filepath.Base(name), raw)
		}
		if err == nil {
			return edited{name: filepath.Base(name), raw: raw, done: func() error { return os.Remove(name) }}, nil
		}
		again, asking := false, error(nil)
		if a.terminal() {
			a.note("foia: %s", clean(err.Error()))
			again, asking = a.face().Confirm(cmd.Context(), "Open it again?")
		}
		if asking != nil || !again {
			return out, &remedy.Error{What: err.Error(), Do: "your text is kept: fix it, then foia edit " + r.ID + " --answers " +
				quoteWord(name), Cause: err}
		}
	}
}

// editing begins the name of a file of answers while it is being edited.
const editing = ".editing-"

// runEditor opens a file in an editor and waits until it is closed. The editor's name may have
// arguments, as in "code --wait".
func (a *app) runEditor(cmd *cobra.Command, editor, name string) error {
	words := strings.Fields(editor)
	run := exec.CommandContext(cmd.Context(), words[0], append(words[1:], name)...)
	run.Stdin, run.Stdout, run.Stderr = a.in, bare(a.out), bare(a.err)
	if err := run.Run(); err != nil {
		return &remedy.Error{What: fmt.Sprintf("the editor %s failed: %v", words[0], err),
			Do: "your text is kept in " + name + "; set VISUAL or EDITOR to another editor, or give the file: " +
				"--answers " + quoteWord(name),
			Cause: err}
	}
	return nil
}

// bare is a stream as the program got it: an editor draws on the terminal itself.
func bare(w io.Writer) io.Writer {
	if s, ok := w.(*spoken); ok {
		return s.to
	}
	return w
}
