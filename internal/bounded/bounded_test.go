package bounded

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// A list of entries may be as long as is said, and not a byte longer; what the entries hold
// is read without that bound.
func TestZIP(t *testing.T) {
	const content = 1 << 20
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for i := range 100 {
		to, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%03d", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			_, err = to.Write(make([]byte, content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	from, size := bytes.NewReader(file.Bytes()), int64(file.Len())
	if _, err := ZIP(from, size, 1_000); !errors.Is(err, errDirectory) {
		t.Errorf("a list of 100 entries in 1,000 bytes: %v", err)
	}
	z, err := ZIP(from, size, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	in, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, in); n != content || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestParts(t *testing.T) {
	most := Parts{Objects: 2, Commas: 3}
	for text, want := range map[string]bool{"": true, "[{},{}]": true, "[{},{},{}]": false, "[1,2,3,4]": true, "[1,2,3,4,5]": false,
		`"` + strings.Repeat("{", 3) + `"`: false} {
		if got := most.Fit([]byte(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
