package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/packet"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// packetFlags are the flags of `foia packet`.
type packetFlags struct {
	out, on                string
	publication, zip, json bool
	include                []int
}

func newPacketCommand(a *app) *cobra.Command {
	var f packetFlags
	cmd := &cobra.Command{
		Use:   "packet ID [ID…]",
		Short: "Make the administrative record: one PDF with all exhibits",
		Long: "Makes the record of one or more requests, for an appeal, for OGIS or for\n" +
			"counsel: a cover sheet, the chronology (each event with its proof and its\n" +
			"SHA-256), the deadlines and how each was counted, an index, and every letter and\n" +
			"received file as a numbered exhibit, with bookmarks. First, each file is\n" +
			"compared with its SHA-256 in the log; if one was changed, nothing is written.\n\n" +
			"A file that cannot be bound exactly as it looks (encrypted, damaged, with hidden\n" +
			"layers or a form that each program draws in its own way, larger than 128 MB, or\n" +
			"neither a PDF, a picture nor plain text) is replaced by a sheet that says so.\n\n" +
			"E-mail is shown as a person reads it; PDFs and messages attached to it become\n" +
			"exhibits of their own, and a file that is there twice is bound once.\n\n" +
			"Next to the PDF goes a ZIP with the record, the originals byte for byte, the\n" +
			"events as they were hashed, a plain text of each e-mail, and the log's latest\n" +
			"seal, if there is one. To check it: foia verify --bundle, or the script in the\n" +
			"ZIP.\n\n" +
			"Both go into the folder packets as ID-packet.pdf and ID-packet.zip; for several\n" +
			"requests as ID+ID-packet, for more than five as ID+NUMBER-packet. Existing files\n" +
			"are replaced. Nothing is logged.\n\n" +
			"--publication leaves out the requester's names, postal address, e-mail address,\n" +
			"phone, letterhead and signature: your letters are typeset again without them,\n" +
			"and received files are only listed, unless --include names their exhibit or\n" +
			"there is a copy for publication of them (foia redact). The file is called\n" +
			"ID-packet-publication.pdf and has no ZIP. Read it before you publish it: foia\n" +
			"cannot recognize private information in any other form.",
		Example: "  foia packet 2026-0001\n" +
			"  foia packet 2026-0001 2026-0004 --out record.pdf\n" +
			"  foia packet 2026-0001 --publication --include 2,5",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runPacket(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "the PDF `file` to write, with the ZIP next to it (default: in the folder packets)")
	flags.BoolVar(&f.zip, "zip", true, "make the ZIP, too; --zip=false makes only the PDF")
	flags.BoolVar(&f.publication, "publication", false, "leave out the requester's private information")
	flags.IntSliceVar(&f.include, "include", nil, "with --publication: received files to show, by exhibit `numbers`")
	flags.StringVar(&f.on, "on", "", "the `date` on it, and the day as of which the log is read (default: today)")
	flags.BoolVar(&f.json, "json", false, "print what was made as JSON")
	return cmd
}

func (a *app) runPacket(cmd *cobra.Command, ids []string, f packetFlags) error {
	day, err := a.readDay("--on", f.on)
	if err != nil {
		return err
	}
	if f.out == "-" {
		return remedy.Misuse("--out: a packet cannot be written to standard output", "name a file")
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		p := packet.Packet{Workspace: w, Log: log, On: day, Publication: f.publication, Include: f.include, Out: f.out, Zip: f.zip}
		if f.publication && !cmd.Flags().Changed("zip") {
			p.Zip = false
		}
		for _, id := range ids {
			r, err := a.findRequest(cmd, log, id)
			if err != nil {
				return err
			}
			if !slices.Contains(p.IDs, r.ID) {
				p.IDs = append(p.IDs, r.ID)
			}
		}
		if p.Press, err = press.New(w); err != nil {
			return err
		}
		p.Progress = a.face().Advance("exhibits")
		made, err := p.Make(cmd.Context())
		if err != nil {
			return err
		}
		a.warnOfPacket(made)
		if f.json {
			return a.json(made)
		}
		a.showPacket(made)
		return nil
	})
}

func (a *app) showPacket(made *packet.Made) {
	fmt.Fprintf(a.out, "%s: %s, %s\n", cell(made.PDF), remedy.Counted(len(made.Exhibits), "exhibit"), remedy.Counted(made.Pages, "page"))
	if made.Zip != "" {
		fmt.Fprintln(a.out, cell(made.Zip))
	}
}

// warnOfPacket tells what a reader of the packet will miss.
func (a *app) warnOfPacket(made *packet.Made) {
	hidden, shown := 0, 0
	for _, x := range made.Exhibits {
		switch {
		case made.Publication && !x.Own && x.Why != "":
			hidden++
		case x.Why != "":
			a.note("note: exhibit %d (%s) is not bound: %s", x.Number, x.Where(), x.Why)
		case made.Publication && !x.Own && !x.Redacted:
			shown++
		}
	}
	if !made.Publication {
		return
	}
	if hidden > 0 {
		a.note("note: %s listed but not shown, since they may contain private information; once you have read them, you can show them "+
			"with --include NUMBER", remedy.Counted(hidden, "received file")+" "+map[bool]string{true: "is", false: "are"}[hidden == 1])
	}
	if shown > 0 {
		a.note("note: %s shown as received, including any private information in them", remedy.Counted(shown, "received file"))
	}
	a.note("note: read the copy before you publish it: foia cannot recognize private information in any other form")
}
