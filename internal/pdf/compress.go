package pdf

import (
	"bytes"
	"compress/zlib"
	"sync"
)

// compressor is kept from letter to letter, since to make one costs more than to
// compress a page.
type compressor struct {
	buffer bytes.Buffer
	writer *zlib.Writer
}

// quick is for what each letter has anew, thorough for what many letters share.
var (
	quick    = sync.Pool{New: func() any { return newCompressor(zlib.BestSpeed) }}
	thorough = sync.Pool{New: func() any { return newCompressor(zlib.BestCompression) }}
)

func newCompressor(level int) *compressor {
	c := &compressor{}
	c.writer, _ = zlib.NewWriterLevel(&c.buffer, level) // the levels exist
	return c
}

// pack compresses; the result is valid until the next call.
func (c *compressor) pack(data []byte) ([]byte, error) {
	c.buffer.Reset()
	c.writer.Reset(&c.buffer)
	if _, err := c.writer.Write(data); err != nil {
		return nil, err
	}
	if err := c.writer.Close(); err != nil {
		return nil, err
	}
	return c.buffer.Bytes(), nil
}
