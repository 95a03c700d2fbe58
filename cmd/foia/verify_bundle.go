package main

import (
	"fmt"
	"os"

	"foia/internal/bundle"
	"foia/internal/evidence"
	"foia/internal/store"
)

// verifyBundle checks a bundle, which needs no log. Seals that the user has must be
// the one that it carries.
func (a *app) verifyBundle(f verifyFlags) error {
	seals, err := readSeals(f.seals)
	if err != nil {
		return err
	}
	roots, err := readRoots(f.roots)
	if err != nil {
		return err
	}
	file, err := os.Open(f.bundle)
	if err != nil {
		return err
	}
	defer file.Close() // only read: nothing can be lost
	info, err := file.Stat()
	if err != nil {
		return err
	}
	r, err := bundle.Check(file, info.Size(), roots)
	if err != nil {
		return fmt.Errorf("%s: %w", f.bundle, err)
	}
	faults := append([]store.Fault{}, otherSeals(r, seals)...)
	for _, x := range r.Faults {
		faults = append(faults, store.Fault{Request: x.Request, Event: x.Event, What: x.What})
	}
	if f.asJSON {
		if err := a.json(faults); err != nil {
			return err
		}
	} else {
		a.showBundle(r, faults)
	}
	if len(faults) == 0 {
		other, err := evidence.OtherCopies(file, info.Size(), r.Manifest)
		if err != nil {
			return fmt.Errorf("%s: %w", f.bundle, err)
		}
		for _, path := range other {
			a.note("note: %s is not what this version of foia reads in the e-mail; go by the e-mail itself", path)
		}
	}
	if len(faults) > 0 {
		return &brokenBundle{len(faults)}
	}
	return nil
}

// otherSeals says which seals the bundle does not carry.
func otherSeals(r bundle.Report, seals []evidence.Named) (faults []store.Fault) {
	for _, s := range seals {
		if r.Sealed == nil || *r.Sealed != s.Seal {
			faults = append(faults, store.Fault{What: "the bundle does not carry the seal of " + s.Place})
		}
	}
	return faults
}

func (a *app) showBundle(r bundle.Report, faults []store.Fault) {
	a.listFaults(faults, "the bundle")
	m := r.Manifest
	if len(faults) == 0 {
		fmt.Fprintf(a.out, "%s and %s: all intact.\n", plural(len(m.Requests), "request", "requests"),
			plural(r.Documents, "document", "documents"))
	}
	if r.Sealed != nil {
		fmt.Fprintln(a.out, r.Sealed.Line())
	}
	for _, p := range r.Proven {
		a.wrappedAfter("    ", "    ", fmt.Sprintf("%s was in that log, up to event %d", p.Request, p.Event))
	}
	for _, s := range r.Stamps {
		a.wrappedAfter("    ", "    ", "the seal "+wasThere(s.Stamp))
	}
	fmt.Fprintf(a.out, "SHA-256 of %s: %s\n", bundle.ManifestName, r.Digest)
}

// brokenBundle says that a bundle is not as it was made.
type brokenBundle struct{ faults int }

func (b *brokenBundle) Error() string {
	return "the bundle is not intact: " + plural(b.faults, "problem", "problems")
}

// Hint says what to do.
func (b *brokenBundle) Hint() string { return "ask whoever made it for a new copy" }
