// Package backup puts all that a user's folder holds into one file, and makes a
// folder of it again. The file depends on no database and on no program: it is a ZIP
// file of plain texts and of the documents, byte for byte.
//
//	log.jsonl             every event in the order of entry, one a line, just as it was
//	                      hashed, with its hash as the last field; before the first
//	                      event of a request a line with the request as it was frozen
//	documents/ab/abcd…    each document once, under its SHA-256
//	folder/foia.yaml …    the user's own files
//	manifest.json         what there is, with the SHA-256 of each; documents have it as
//	                      their name
//
// A backup is written and read piece by piece: of a request or a document, no more
// than about as much is held in memory as a ZIP file's own list of members takes.
package backup

import (
	"fmt"
	"path"
	"strings"

	"foia/internal/bounded"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// The names in a backup.
const (
	manifestName = "manifest.json"
	logName      = "log.jsonl"
	documentsDir = "documents/"
	folderDir    = "folder/"

	format  = "foia-backup"
	version = 1 // a reader refuses a higher one
)

// What a reader takes. A log is packed; hashes do not pack well, so that a log of
// which much less is left is none.
const (
	maxLine     = 64 << 20
	maxManifest = 64 << 20
	maxPacked   = 500

	// Some 100 bytes are read for each member before any is looked at, so that this is two
	// million documents.
	maxDirectory = 256 << 20
)

// maxParts are those of the manifest, and of a line of the log.
var maxParts = bounded.Parts{Objects: 1_000_000, Commas: 10_000_000}

// Manifest is what a backup says of itself.
type Manifest struct {
	Format    string       `json:"format"`
	Version   int          `json:"version"`
	Foia      string       `json:"foia"` // the program that made it
	Day       workday.Date `json:"day"`
	Log       store.Sum    `json:"log"`
	Documents Documents    `json:"documents"`
	Files     []File       `json:"files"`              // the log and the user's own files
	Missing   []Missing    `json:"missing,omitempty"`  // documents that could not be put in
	LeftOut   []string     `json:"left_out,omitempty"` // files of the user that are not in it, and why
}

// Documents are the documents of a backup together.
type Documents struct {
	Count int   `json:"count"` // different ones
	Bytes int64 `json:"bytes"`
}

// File is a member that is no document.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Missing is a document that was lost or changed before the backup was made.
type Missing struct {
	Request string `json:"request"`
	Name    string `json:"name"`
	SHA256  string `json:"sha256"`
	Why     string `json:"why"`
}

// Unfit says that a backup cannot be made, or used, as it is. No other error of reading a
// backup may pass for one of the user's own log.
type Unfit struct{ told }

// told is named so that its method Error, and not a field of that name, is Unfit's.
type told = remedy.Error

func unfitFor(what, do string) error { return &Unfit{told{What: what, Do: do}} }

// longestReason is how long a reason may be in bytes: names in a backup may have megabytes.
const longestReason = 2_000

func unfit(format string, args ...any) error {
	what := fmt.Sprintf(format, args...)
	if len(what) > longestReason {
		what = strings.ToValidUTF8(what[:longestReason], "") + "…"
	}
	return unfitFor("the backup cannot be used: "+what,
		"nothing was written; use another copy of it, or an older backup")
}

// documentName is where a document is in a backup.
func documentName(sum string) string { return documentsDir + sum[:2] + "/" + sum }

// isSum tells whether a text is a SHA-256 in hex.
func isSum(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

// ownName tells whether a file of that name, below the folder, is the user's own and
// neither the log nor something that follows from it.
func ownName(name string) bool {
	first, _, _ := strings.Cut(strings.ToLower(path.Clean(name)), "/")
	return workspace.Local(name) && first != workspace.RequestsDir && first != workspace.TrackingFile &&
		!strings.HasPrefix(first, workspace.LogFile)
}
