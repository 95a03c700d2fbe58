package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math"
	"path"
	"strings"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workspace"
)

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Check reads the whole backup, and writes nothing: every member is the one that the
// manifest or its name says, every event follows on the one before it, and every
// document of the log is there, with no other.
func (a *Archive) Check(ctx context.Context, progress func(documents int)) error {
	for _, f := range a.Manifest.Files {
		if err := a.checkMember(ctx, f.Name, f.SHA256); err != nil {
			return err
		}
	}
	if err := a.checkLog(ctx); err != nil {
		return err
	}
	done := 0
	for name := range a.members {
		if !strings.HasPrefix(name, documentsDir) {
			continue
		}
		if err := a.checkMember(ctx, name, path.Base(name)); err != nil {
			return err
		}
		if done++; progress != nil {
			progress(done)
		}
	}
	return nil
}

func (a *Archive) checkMember(ctx context.Context, name, want string) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, interruptible{ctx, in})
	if err = errors.Join(err, in.Close()); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return unfit("%s was changed: its SHA-256 is %s", name, got)
	}
	return nil
}

// log is the log of the backup.
func (a *Archive) log() *logFile {
	return &logFile{open: func() (io.ReadCloser, error) { return a.open(logName) }}
}

func (a *Archive) checkLog(ctx context.Context) error {
	c := &checking{archive: a, log: a.log(), chain: newChain(), missing: map[string]bool{}, used: map[string]bool{}}
	for _, d := range a.Manifest.Missing {
		c.missing[d.SHA256] = true
	}
	sum, err := store.SumOf(ctx, c, -1)
	if err != nil {
		return asUnfit(ctx, err)
	}
	if sum != a.Manifest.Log {
		return unfit("its log is not the one its manifest describes: the checksum is %s", sum.SHA256)
	}
	if len(c.used) != a.Manifest.Documents.Count {
		return unfit("it contains %d documents that are not in its log", a.Manifest.Documents.Count-len(c.used))
	}
	a.needs = c.needs
	return nil
}

// asUnfit lets no error of a backup pass for one of the user's own log.
func asUnfit(ctx context.Context, err error) error {
	var unfitted *Unfit
	if err == nil || ctx.Err() != nil || errors.As(err, &unfitted) {
		return err
	}
	return unfit("%v", err)
}

// checking is the log of a backup that is looked at while it is read.
type checking struct {
	archive *Archive
	log     *logFile
	chain   *chain
	missing map[string]bool
	used    map[string]bool
	needs   uint64
}

// Request implements store.Source.
func (c *checking) Request(ctx context.Context, id string) (docket.Request, error) {
	return c.log.Request(ctx, id)
}

// History implements store.Source.
func (c *checking) History(ctx context.Context, after int, f func(n int, e docket.Event) error) error {
	return store.Walk(ctx, c.log, after, func(n int, e docket.Event) error {
		if !c.chain.next(n, e) {
			return unfit("event %d of request %s does not follow from the one before it", e.Seq, e.Request)
		}
		if err := c.documents(e); err != nil {
			return err
		}
		return f(n, e)
	})
}

func (c *checking) documents(e docket.Event) error {
	files, err := e.Files()
	if err != nil {
		return err
	}
	r := docket.Request{ID: e.Request, Folder: workspace.RequestsDir + "/" + e.Request}
	if e.Seq == 1 {
		if r, err = c.log.Request(context.Background(), e.Request); err != nil {
			return err
		}
		files = append(files, r.Documents...)
	}
	for _, d := range files {
		if _, err := workspace.PlaceOf(store.Placed{Request: r, Document: d}); err != nil {
			return err
		}
		if !isSum(d.SHA256) || d.Size < 0 {
			return unfit("its log has no SHA-256 for %q of request %s", d.Name, e.Request)
		}
		there := c.archive.members[documentName(d.SHA256)]
		switch {
		case there == nil && c.missing[d.SHA256]:
			continue
		case there == nil:
			return unfit("%q of request %s is missing from it", d.Name, e.Request)
		case there.UncompressedSize64 != uint64(d.Size):
			return unfit("%q of request %s is %d bytes in it, but the log says %d", d.Name, e.Request, there.UncompressedSize64, d.Size)
		}
		c.used[d.SHA256] = true
		c.needs += min(uint64(d.Size), math.MaxUint64-c.needs)
	}
	return nil
}
