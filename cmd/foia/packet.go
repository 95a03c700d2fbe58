package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/filing"
	"foia/internal/packet"
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
		Short: "Make the administrative record of requests: one PDF with everything as exhibits",
		Long: "Makes the record of one or several requests, for an appeal, for OGIS or for counsel:\n" +
			"a cover sheet, the chronology (each event with its proof and its SHA-256), the\n" +
			"deadlines and how each was counted, an index, and every letter and received file as\n" +
			"a numbered exhibit, with bookmarks. Each file is compared with its SHA-256 in the log\n" +
			"first; if one was changed, nothing is written.\n\n" +
			"A file that cannot be bound as it looks (encrypted, damaged, with hidden layers or a\n" +
			"form that each program draws in its own way, larger than 128 MB, neither PDF, picture\n" +
			"nor plain text) becomes a sheet that says so.\n\n" +
			"Beside it goes a ZIP with the record, the originals byte for byte, the events as they\n" +
			"were hashed, and the latest seal of the log if there is one; foia verify --bundle and\n" +
			"the script in it check it.\n\n" +
			"Both go into the folder packets as ID-packet.pdf and ID-packet.zip; of several\n" +
			"requests as ID+ID-packet, of more than five as ID+NUMBER-packet. What was there is\n" +
			"replaced. Nothing is logged.\n\n" +
			"--publication leaves out the requester's names, postal address, e-mail address, phone,\n" +
			"letterhead and signature: the requester's letters are set anew without them, and\n" +
			"received files are listed, and shown only if --include names their exhibit. It is called\n" +
			"ID-packet-publication.pdf and has no ZIP. Read it before it is published: what is\n" +
			"private in other words, foia cannot know.",
		Example: "  foia packet 2026-0001\n" +
			"  foia packet 2026-0001 2026-0004 --out record.pdf\n" +
			"  foia packet 2026-0001 --publication --include 2,5",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runPacket(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "the PDF `file` to write, with the ZIP beside it (default: in the folder packets)")
	flags.BoolVar(&f.zip, "zip", true, "make the ZIP beside it; --zip=false makes the PDF alone")
	flags.BoolVar(&f.publication, "publication", false, "without the requester's private data")
	flags.IntSliceVar(&f.include, "include", nil, "with --publication: received files to show, by the `numbers` of their exhibits")
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
		return &filing.Misuse{What: "--out: a packet is not written to standard output", Remedy: "name a file"}
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log store.Log) error {
		p := packet.Packet{Workspace: w, Log: log, On: day, Publication: f.publication, Include: f.include, Out: f.out, Zip: f.zip}
		if f.publication && !cmd.Flags().Changed("zip") {
			p.Zip = false
		}
		for _, id := range ids {
			r, err := findRequest(cmd, log, id)
			if err != nil {
				return err
			}
			if !slices.Contains(p.IDs, r.ID) {
				p.IDs = append(p.IDs, r.ID)
			}
		}
		if p.Press, err = filing.NewPress(w); err != nil {
			return err
		}
		p.Progress = func(done, all int) {
			if done < all && done%100 == 0 {
				a.note("%d of %d exhibits", done, all)
			}
		}
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
	fmt.Fprintf(a.out, "%s: %s, %s\n", cell(made.PDF), counted(len(made.Exhibits), "exhibit"), counted(made.Pages, "page"))
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
			a.note("note: exhibit %d (%s) is not bound: %s", x.Number, x.Name, x.Why)
		case made.Publication && !x.Own:
			shown++
		}
	}
	if !made.Publication {
		return
	}
	if hidden > 0 {
		a.note("note: %s listed and not shown, since they may hold private data; show them with --include NUMBER once you have read them", counted(hidden, "received file")+" "+map[bool]string{true: "is", false: "are"}[hidden == 1])
	}
	if shown > 0 {
		a.note("note: %s shown as received, with whatever private data is in them", counted(shown, "received file"))
	}
	a.note("note: read the copy before it is published: what is private in other words, foia cannot know")
}
