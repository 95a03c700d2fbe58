package workspace

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"testing"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
)

// A command was killed after it had logged a request and before its folder was in place.
// Whoever reads the log, as a backup does, finds the document all the same.
func TestOpenSettled(t *testing.T) {
	w := open(t)
	file := File{Name: "letter.md", Data: []byte("Dear FOIA Officer")}
	r := docket.Request{ID: "2026-0001", Law: "us-federal", Folder: "requests/2026-0001-irs-x", Created: workday.MustDate("2026-11-23"),
		Via:    "mail",
		Office: json.RawMessage("{}"), Requester: json.RawMessage("{}"), Answers: json.RawMessage("{}"),
		Documents: []docket.Document{DocumentOf(file)}}
	if err := w.WriteFile(ConfigFile, nil); err != nil { // makes the folder
		t.Fatal(err)
	}
	log, err := w.OpenLog(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	err = log.Write(t.Context(), func(tx *store.Tx) error {
		return tx.Add(r, docket.Event{Request: r.ID, Kind: docket.Drafted, On: r.Created, Recorded: "2026-11-23T12:00:00Z", By: "ana"})
	})
	if err := errors.Join(err, log.Close(), w.Staging(false).Folder(r.Folder, []File{file})); err != nil {
		t.Fatal(err)
	}
	reader, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.OpenDocument(t.Context(), reader, r, r.Documents[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	content, err := w.OpenSettled(t.Context(), reader, r, r.Documents[0])
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(content)
	if err := errors.Join(err, content.Close(), reader.Close()); err != nil || string(text) != string(file.Data) {
		t.Errorf("%q, %v", text, err)
	}
	lost := docket.Document{Name: "other.md", SHA256: r.Documents[0].SHA256, Size: 1}
	if _, err := w.OpenSettled(t.Context(), reader, r, lost); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what is nowhere:", err)
	}
}
