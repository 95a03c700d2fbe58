package main

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"foia/internal/evidence"
	"foia/internal/remedy"
	"foia/internal/seal"
	"foia/internal/store"
	"foia/internal/timestamp"
	"foia/internal/workspace"
)

// sealFlags are those of foia seal.
type sealFlags struct {
	request, answer, of, roots string
	asJSON                     bool
}

func newSealCommand(a *app) *cobra.Command {
	var f sealFlags
	cmd := &cobra.Command{
		Use:   "seal",
		Short: "Print a one-line fingerprint of the whole log",
		Long: "Prints one line, the seal, that stands for every event so far, and keeps it in\n" +
			workspace.SealsDir + "/. Anyone who has the line can show later, with foia verify, that nothing\n" +
			"older was changed, removed or inserted. So print it, or e-mail it to yourself or\n" +
			"to counsel: a line kept only with the log can be changed along with it. Its last\n" +
			"eight digits catch typos when someone retypes it. A log with problems is not\n" +
			"sealed.\n\n" +
			"A time-stamp service (RFC 3161) can attest when the line existed. --request\n" +
			"makes the file to send to it; you send it. --answer checks the answer and\n" +
			"keeps it with the seal. Only the SHA-256 of the line leaves your machine.",
		Example: "  foia seal\n" +
			"  foia seal --request ask.tsq\n" +
			"  curl -H 'Content-Type: application/timestamp-query' --data-binary @ask.tsq \\\n      https://… > answer.tsr\n" +
			"  foia seal --answer answer.tsr --roots authority.pem\n" +
			"  foia verify --seal typed.txt",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runSeal(cmd, f) },
	}
	cmd.Flags().StringVar(&f.request, "request", "", "write a request for a time stamp to this `file`")
	cmd.Flags().StringVar(&f.answer, "answer", "", "check and keep a time-stamp service's answer, from this `file`")
	cmd.Flags().StringVar(&f.of, "for", "", "an earlier `seal`; without it, --request makes a new one and --answer finds its own")
	cmd.Flags().StringVar(&f.roots, "roots", "", "a PEM `file` with the root certificates that the --answer must trace back to")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print the seal as JSON")
	return cmd
}

func (a *app) runSeal(cmd *cobra.Command, f sealFlags) error {
	switch {
	case f.answer != "" && f.request != "":
		return remedy.Misuse("--request and --answer are two steps", "use --request first, then --answer")
	case f.roots != "" && f.answer == "":
		return remedy.Misuse("--roots works only with --answer", "see: foia seal --help")
	case f.of != "" && f.answer == "" && f.request == "":
		return remedy.Misuse("--for works only with --request or --answer",
			"to compare the log with its seals, run foia verify")
	case f.answer != "":
		return a.keepAnswer(cmd, f)
	}
	return a.withLogBy(cmd, (*workspace.Workspace).ExamineLog, func(w *workspace.Workspace, log *store.Log) error {
		kept, err := a.sealToUse(cmd, w, log, f.of)
		if err != nil {
			return err
		}
		if f.request != "" {
			if err := writeRequest(cmd, w, kept, f.request); err != nil {
				return &notAsked{err, kept.Name}
			}
			a.note("%s is the request for a time stamp: send it to a time-stamp service, "+
				"then run foia seal --answer FILE with the answer", f.request)
		}
		return a.showSeal(kept, f.asJSON)
	})
}

// notAsked says that a seal is there, and the request for its time stamp is not.
type notAsked struct {
	error
	seal string
}

// Hint says what to do.
func (n *notAsked) Hint() string {
	again := "the seal itself is saved; make the request for it with --for " + n.seal
	if remedy.IsMisuse(n.error) {
		return remedy.Of(n.error) + "; " + again
	}
	return "make sure that the folder of FILE can be written and that its disk has room; " + again
}

// Unwrap returns what was in the way.
func (n *notAsked) Unwrap() error { return n.error }

func (a *app) sealToUse(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, of string) (evidence.Kept, error) {
	if of != "" {
		return evidence.Find(w, of)
	}
	kept, err := evidence.Take(cmd.Context(), w, log, a.today())
	if err == nil {
		a.note("saved as %s; keep a copy where people who can change the log cannot reach it, such as on paper or in an e-mail",
			kept.Path())
	}
	return kept, err
}

func (a *app) showSeal(k evidence.Kept, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintln(a.out, k.Seal.Line())
		return err
	}
	return a.json(map[string]any{"name": k.Name, "line": k.Seal.Line(), "date": k.Seal.Day, "requests": k.Seal.Requests,
		"events": k.Seal.Events,
		"root":   fmt.Sprintf("%x", k.Seal.Root), "file": k.Path()})
}

// writeRequest puts a request where the user wants it. What stands there is not replaced.
func writeRequest(cmd *cobra.Command, w *workspace.Workspace, k evidence.Kept, to string) (err error) {
	request, err := evidence.Ask(cmd.Context(), w, k, rand.Reader)
	if err != nil {
		return err
	}
	if have, err := readFew(to, longestAnswer); err == nil && bytes.Equal(have, request) {
		return nil
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return remedy.Misuse("--request: "+to+" already exists", "name a new file")
	}
	return writeWhole(w, to, request, false)
}

func (a *app) keepAnswer(cmd *cobra.Command, f sealFlags) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	answer, err := readFew(f.answer, longestAnswer)
	if err != nil {
		return err
	}
	roots, err := readRoots(f.roots)
	if err != nil {
		return err
	}
	s, err := evidence.KeepAnswer(cmd.Context(), w, answer, f.of, roots, f.roots != "")
	if err != nil {
		return err
	}
	if f.asJSON {
		return a.json(stampJSON(s))
	}
	fmt.Fprintln(a.out, clean(s.Seal.Name+" existed on "+stampText(s.Stamp)+"."))
	if s.Untraced != nil {
		a.wrapped("", "This proves little yet: the signature is valid, but the signer’s certificate could not be traced to a root that "+
			"this machine trusts ("+s.Untraced.Error()+"). If you have the authority’s root certificate: foia seal --answer … "+
			"--roots FILE.pem")
	}
	a.note("saved as %s", s.File)
	return nil
}

func stampJSON(s evidence.Stamped) map[string]any {
	out := map[string]any{"seal": s.Seal.Name, "time": s.Time.Format(time.RFC3339Nano), "accuracy_seconds": s.Accuracy.Seconds(),
		"serial": s.Serial.String(), "policy": s.Policy,
		"signer": s.Signer, "issuer": s.Issuer, "file": s.File, "traced_to_root": s.Untraced == nil}
	if s.Untraced != nil {
		out["untraced"] = s.Untraced.Error()
	}
	return out
}

// stampText is a time stamp in a few words.
func stampText(s timestamp.Stamp) string {
	text := s.Time.Format("2006-01-02 15:04:05 UTC")
	if s.Accuracy > 0 {
		text += fmt.Sprintf(" (give or take %s)", s.Accuracy)
	}
	return text + ", according to " + s.Signer
}

// longestAnswer is more than any answer, seal or file of roots.
const longestAnswer = 1 << 20

// readFew reads a file of the user that should have few bytes.
func readFew(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &remedy.Error{What: "cannot read the file", Where: name, Do: "give the path of a file on this machine",
			Cause: err}
	}
	defer f.Close() // only read: nothing can be lost
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = remedy.Misuse(fmt.Sprintf("%s is too large: such a file has at most %d MB", name, most>>20),
			"check that you named the right file")
	}
	return data, err
}

// readRoots reads root certificates, or those that this machine trusts.
func readRoots(name string) (*x509.CertPool, error) {
	if name == "" {
		roots, _ := x509.SystemCertPool() // without any, the stamp says that it was not traced
		return roots, nil
	}
	text, err := readFew(name, longestAnswer)
	if err != nil {
		return nil, err
	}
	roots, err := timestamp.ParseRoots(text)
	if err != nil {
		return nil, remedy.Misuse("--roots: "+name+" contains no certificate", "it must be PEM: -----BEGIN CERTIFICATE-----")
	}
	return roots, nil
}

// readSeals reads seals that the user has elsewhere.
func readSeals(names []string) ([]evidence.Named, error) {
	var out []evidence.Named
	for _, name := range names {
		text, err := readFew(name, longestAnswer)
		if err != nil {
			return nil, err
		}
		s, err := seal.Parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, evidence.Named{Place: name, Seal: s})
	}
	return out, nil
}
