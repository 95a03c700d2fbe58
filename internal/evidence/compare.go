package evidence

import (
	"context"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/seal"
	"foia/internal/store"
	"foia/internal/workspace"
)

// Result is what a comparison of the log with its seals gives.
type Result struct {
	Faults []store.Fault
	Held   []Held
}

// Held is a seal that the log still fits.
type Held struct {
	Place  string // seals/NAME.txt, or the file that the user named
	Seal   seal.Seal
	Stamps []Stamped
}

// Named is a seal that lies elsewhere.
type Named struct {
	Place string
	Seal  seal.Seal
}

// Compare compares the log with the seals that are kept and with further ones, in one
// reading, and checks the time stamps of those that are kept. That each event is what
// its hash says is not looked at here, but by store.Log.Verify.
func Compare(ctx context.Context, w *workspace.Workspace, log Log, further []Named, roots *x509.CertPool) (Result, error) {
	kept, faults, err := List(w)
	if err != nil {
		return Result{}, err
	}
	r := Result{Faults: faults}
	all := slices.Clone(further)
	for _, k := range kept {
		all = append(all, Named{k.Path(), k.Seal})
	}
	if len(all) == 0 {
		return r, nil
	}
	if err := hidden(ctx, log, "a comparison with its seals"); err != nil {
		var f *Failure
		if errors.As(err, &f) && f.Hidden && len(further) == 0 {
			return r, nil // nobody asked for it
		}
		return r, err
	}
	seals := make([]seal.Seal, len(all))
	for i, n := range all {
		seals[i] = n.Seal
	}
	found, err := seal.Compare(ctx, log.History, seals...)
	var gap *seal.Gap
	if errors.As(err, &gap) {
		r.Faults = append(r.Faults, store.Fault{Kind: store.InLog,
			What: fmt.Sprintf("the seals that cover entry %d or later cannot be compared: %v", gap.Entry, err)})
		for i := range found {
			found[i].Holds = found[i].Holds && found[i].Seal.Events < gap.Entry
		}
	} else if err != nil {
		return r, err
	}
	for i, c := range found {
		switch {
		case c.Holds:
			h := Held{Place: all[i].Place, Seal: c.Seal}
			if i >= len(further) {
				good, bad := stamps(w, kept[i-len(further)], roots)
				h.Stamps = good
				for _, what := range bad {
					r.Faults = append(r.Faults, store.Fault{Kind: store.InLog, What: what})
				}
			}
			r.Held = append(r.Held, h)
		case gap != nil && c.Seal.Events >= gap.Entry: // said above
		default:
			what, err := explain(ctx, log, c, found)
			if err != nil {
				return r, err
			}
			r.Faults = append(r.Faults, store.Fault{Kind: store.InLog,
				What: fmt.Sprintf("the log is not what %s sealed on %s: %s", all[i].Place, c.Seal.Day, what)})
		}
	}
	return r, nil
}

// explain says of a seal that does not hold what can be known. A root does not tell
// which event differs; an earlier seal that still holds narrows it down.
func explain(ctx context.Context, log Log, c seal.Comparison, all []seal.Comparison) (string, error) {
	if c.Found.Events < c.Seal.Events {
		return fmt.Sprintf("it covered %d events and %d requests; the log has %d and %d", c.Seal.Events, c.Seal.Requests, c.Found.Events,
			c.Found.Requests), nil
	}
	if c.Found.Root == c.Seal.Root {
		return fmt.Sprintf("the same events began %d requests; the seal says %d", c.Found.Requests, c.Seal.Requests), nil
	}
	after := 0
	var day string
	for _, other := range all {
		if other.Holds && other.Seal.Events > after && other.Seal.Events < c.Seal.Events {
			after, day = other.Seal.Events, other.Seal.Day.String()
		}
	}
	what := fmt.Sprintf("the first %d events give the root %s…; the seal has %s…", c.Seal.Events, short(c.Found.Root), short(c.Seal.Root))
	if c.Found.Requests != c.Seal.Requests {
		what += fmt.Sprintf(", and began %d requests, not %d", c.Found.Requests, c.Seal.Requests)
	}
	if after == 0 {
		return what + "; a root cannot tell which of them differs", nil
	}
	requests, err := requestsBetween(ctx, log, after, c.Seal.Events)
	return fmt.Sprintf("%s; the seal of %s still matches, so what differs is among entries %d to %d (%s)", what, day, after+1,
		c.Seal.Events, requests), err
}

// requestsBetween names the requests that entries of the log belong to.
func requestsBetween(ctx context.Context, log Log, after, last int) (string, error) {
	const most = 8
	var ids []string
	enough := errors.New("enough")
	err := log.History(ctx, after, func(n int, e docket.Event) error {
		if n > last || len(ids) > most {
			return enough
		}
		if !slices.Contains(ids, e.Request) {
			ids = append(ids, e.Request)
		}
		return nil
	})
	if errors.Is(err, enough) {
		err = nil
	}
	if len(ids) > most {
		return strings.Join(ids[:most], ", ") + " and more", err
	}
	return strings.Join(ids, ", "), err
}

func short(h seal.Hash) string { return hex.EncodeToString(h[:6]) }
