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
	own    *deflater // nil: none
}

// quick is for what each letter has anew, thorough for what many letters share, better for what is large and written once.
var (
	better   = sync.Pool{New: func() any { return newCompressor(zlib.DefaultCompression) }}
	quick    = sync.Pool{New: func() any { return &compressor{own: &deflater{}} }}
	thorough = sync.Pool{New: func() any { return newCompressor(zlib.BestCompression) }}
)

func newCompressor(level int) *compressor {
	c := &compressor{}
	c.setLevel(level)
	return c
}

func (c *compressor) setLevel(level int) { c.writer, _ = zlib.NewWriterLevel(&c.buffer, level) } // the levels exist

// pack compresses; the result is valid until the next call.
func (c *compressor) pack(data []byte) ([]byte, error) {
	if c.own != nil {
		if packed, ok := c.own.pack(data); ok {
			return packed, nil
		}
		if c.writer == nil {
			c.setLevel(zlib.BestSpeed)
		}
	}
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
