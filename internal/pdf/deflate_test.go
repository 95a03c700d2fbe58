package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/longtest"
)

// library is what zlib makes of a text at its fastest.
func library(t testing.TB, src []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(src); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// compare packs a text and tells whether it was not left to the library.
func compare(t testing.TB, z *deflater, src []byte) bool {
	t.Helper()
	got, ok := z.pack(src)
	if ok && !bytes.Equal(got, library(t, src)) {
		t.Fatalf("other bytes than the library's for %d bytes", len(src))
	}
	return ok
}

// content is what the pages of a letter hold.
func content(t testing.TB) (pages [][]byte) {
	f := fonts(t)
	m := newMeasurer(f)
	doc := sampleLetter()
	laid := m.compose(doc, Stationery{})
	c := &canvas{measurer: m, paper: laid.paper, tree: laid.tree}
	for n := range laid.pages {
		c.drawPage(laid, n, doc, []byte("0 J\n0 j\n0.57 w\n"))
	}
	for n := range laid.pages {
		pages = append(pages, c.content(n))
	}
	return pages
}

// A page is packed here, into the library's bytes, and so is a part of one, of whatever length.
func TestPackPages(t *testing.T) {
	z := &deflater{}
	for _, page := range content(t) {
		for n := leastBlock; n <= len(page); n += 1 + n/20 {
			if !compare(t, z, page[:n]) && n > 1_000 {
				t.Errorf("%d bytes of a page were left to the library", n)
			}
		}
		if !compare(t, z, page) {
			t.Error("a page was left to the library")
		}
	}
	long := bytes.Repeat(content(t)[0], 20)
	for _, n := range []int{mostBlock, mostBlock - 1, mostBlock / 2, 40_000} {
		if !compare(t, z, long[:n]) {
			t.Errorf("%d bytes were left to the library", n)
		}
	}
	if compare(t, z, long[:mostBlock+1]) || compare(t, z, long[:leastBlock-1]) {
		t.Error("what is too long or too short was packed")
	}
}

// Whatever is packed here has the library's bytes, in whatever order it comes; and it reads back.
func TestPackAnything(t *testing.T) {
	z := &deflater{}
	packed := 0
	rapid.Check(t, func(rt *rapid.T) {
		symbols := rapid.IntRange(1, 256).Draw(rt, "symbols")
		skew := rapid.Float64Range(0.5, 12).Draw(rt, "skew")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		src := make([]byte, rapid.IntRange(0, 30_000).Draw(rt, "length"))
		copies := rapid.IntRange(0, 40).Draw(rt, "copies")
		for i := 0; i < len(src); i++ {
			if i > 4 && r.IntN(100) < copies {
				from := r.IntN(i)
				i += copy(src[i:], src[from:min(i, from+r.IntN(300))])
				continue
			}
			u := r.Float64()
			for range int(skew) {
				u *= r.Float64()
			}
			src[i] = byte(u * float64(symbols))
		}
		if compare(t, z, src) {
			packed++
			back, err := zlib.NewReader(bytes.NewReader(z.out))
			if err != nil {
				rt.Fatal(err)
			}
			if got, err := io.ReadAll(back); err != nil || !bytes.Equal(got, src) {
				rt.Fatalf("it reads back otherwise: %v", err)
			}
		}
	})
	if packed == 0 {
		t.Error("all was left to the library")
	}
}

// Texts whose codes would be longer than allowed have the library's codes, too.
func TestPackLongCodes(t *testing.T) {
	for symbols := range 22 {
		var src []byte
		a, b := 1, 1
		for symbol := range symbols + 1 { // numbers of Fibonacci make the deepest codes
			src = append(src, bytes.Repeat([]byte{byte(symbol * 11)}, a)...)
			a, b = b, a+b
		}
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(src), func(i, j int) { src[i], src[j] = src[j], src[i] })
		if !compare(t, &deflater{}, src) && len(src) > 1_000 && len(src) <= mostBlock {
			t.Errorf("%d symbols were left to the library", symbols+1)
		}
	}
	c := &coder{}
	c.reset(firstLength + 29)
	for i := range c.count {
		c.count[i] = uint32(1) << (i % 16)
	}
	if c.make(9); slices.Max(c.length) > 9 {
		t.Errorf("a code has %d bits", slices.Max(c.length))
	}
}

func FuzzPack(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add([]byte(strings.Repeat("BT\n/F0 11 Tf\n(x)Tj\n", 20)))
	f.Add(content(f)[0])
	z := &deflater{}
	f.Fuzz(func(t *testing.T, src []byte) {
		compare(t, z, src)
		compare(t, z, bytes.Repeat(src, 9))
	})
}

// BenchmarkPack packs the pages of a letter here and in the library.
func BenchmarkPack(b *testing.B) {
	pages := content(b)
	for name, own := range map[string]*deflater{"here": {}, "library": nil} {
		b.Run(name, func(b *testing.B) {
			z := newCompressor(zlib.BestSpeed)
			z.own = own
			for b.Loop() {
				for _, page := range pages {
					if _, err := z.pack(page); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
