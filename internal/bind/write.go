package bind

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// object is an object as it is written: its text, and if it is a stream, its data.
type object struct {
	text []byte // of a stream, its dictionary
	data []byte // nil if it is no stream
}

// mostTogether is how many objects are packed into one stream.
const mostTogether = 200

// place is where an object is in a file (ISO 32000-1, 7.5.8.3).
type place struct {
	kind   byte // 1: at an offset, 2: in a stream of objects
	where  uint32
	within uint16
}

// writer writes a file and knows where it is.
type writer struct {
	out    io.Writer
	at     int64
	places []place // of the objects, by their numbers
}

func (w *writer) Write(p []byte) (int, error) {
	n, err := w.out.Write(p)
	w.at += int64(n)
	return n, err
}

// writeFile writes objects as a PDF, the catalog first, then the page tree, then the description.
// Objects that are no streams are packed, as most of a record's would otherwise be larger than its
// pages.
//
// It is not left to pdfcpu (0.15.0), which leaves out what the first element of an array under the key
// D refers to, such as the dashes of a line. It also writes by following references, each 1.5 KB of
// stack deeper: a chain of 700,000 objects ends the program, and no error could be caught; the longest
// within our bound still takes half a gigabyte. TestCropAndDashesAreKept and TestLongChain are about
// them.
func writeFile(to io.Writer, objects []object) error {
	sum := sha256.New()
	buffered := bufio.NewWriterSize(to, 1<<16)
	w := &writer{out: io.MultiWriter(buffered, sum), places: make([]place, len(objects)+1)}
	if _, err := io.WriteString(w, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"); err != nil {
		return err
	}
	var together []int
	for i, o := range objects {
		number := i + 1
		if o.data != nil {
			if err := w.stream(number, o.text, o.data); err != nil {
				return err
			}
			continue
		}
		if together = append(together, number); len(together) == mostTogether {
			if err := w.pack(objects, together); err != nil {
				return err
			}
			together = together[:0]
		}
	}
	if len(together) > 0 {
		if err := w.pack(objects, together); err != nil {
			return err
		}
	}
	if err := w.table(sum.Sum(nil)); err != nil {
		return err
	}
	return buffered.Flush()
}

// add makes room for an object that the file needs besides those that were given.
func (w *writer) add() int {
	w.places = append(w.places, place{})
	return len(w.places) - 1
}

func (w *writer) stream(number int, dict, data []byte) error {
	if w.at > 1<<32-1 {
		return fmt.Errorf("it would be larger than 4 GB")
	}
	w.places[number] = place{kind: 1, where: uint32(w.at)}
	for _, p := range [][]byte{fmt.Appendf(nil, "%d 0 obj\n", number), dict, []byte("stream\n"), data, []byte("\nendstream\nendobj\n")} {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// pack writes objects as one stream (ISO 32000-1, 7.5.7).
func (w *writer) pack(objects []object, numbers []int) error {
	var head, body []byte
	self := w.add()
	for i, n := range numbers {
		w.places[n] = place{kind: 2, where: uint32(self), within: uint16(i)}
		head = fmt.Appendf(head, "%d %d ", n, len(body))
		body = append(append(body, objects[n-1].text...), '\n')
	}
	packed, err := deflate(head, body)
	if err != nil {
		return err
	}
	dict := fmt.Appendf(nil, "<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>", len(numbers), len(head), len(packed))
	return w.stream(self, dict, packed)
}

// table writes the cross-reference stream, which is the last object.
func (w *writer) table(sum []byte) error {
	self, start := w.add(), w.at
	w.places[self] = place{kind: 1, where: uint32(w.at)}
	rows := make([]byte, 0, 7*len(w.places))
	for _, p := range w.places {
		rows = append(rows, p.kind)
		rows = binary.BigEndian.AppendUint32(rows, p.where)
		rows = binary.BigEndian.AppendUint16(rows, p.within)
	}
	binary.BigEndian.PutUint16(rows[5:], 65535) // the first is free
	id := hex.EncodeToString(sum[:16])
	packed, err := deflate(rows)
	if err != nil {
		return err
	}
	dict := fmt.Appendf(nil, "<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode/Length %d>>",
		len(w.places), catalogNumber, infoNumber, id, id, len(packed))
	if err := w.stream(self, dict, packed); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "startxref\n%d\n%%%%EOF\n", start)
	return err
}

// packers are kept, since to make one costs more than to use it.
var packers = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

func deflate(parts ...[]byte) ([]byte, error) {
	var out bytes.Buffer
	z := packers.Get().(*zlib.Writer)
	defer packers.Put(z)
	z.Reset(&out)
	for _, p := range parts {
		if _, err := z.Write(p); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// textString is a text as PDF has it, in UTF-16 (ISO 32000-1, 7.9.2.2).
func textString(s string) []byte {
	return hexString([]byte(types.EncodeUTF16String(strings.ToValidUTF8(s, "\ufffd"))))
}

func hexString(raw []byte) []byte {
	return append(hex.AppendEncode([]byte{'<'}, raw), '>')
}
