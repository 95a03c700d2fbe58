package bind

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
)

// What a PDF can ask for at most is what the table of bounds in ARCHITECTURE.md says. The short form
// has a tenth of each.
func TestForeignAtItsBound(t *testing.T) {
	size := longtest.Count(1, 10)
	noise := make([]byte, size*12<<20) // does not pack
	random := rand.NewChaCha8([32]byte{1})
	if _, err := random.Read(noise); err != nil {
		t.Fatal(err)
	}
	picture := fmt.Sprintf("/Type/XObject/Subtype/Image/Width 4096/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray", len(noise)/4096)
	blank := packed(bytes.Repeat([]byte{0}, size*12<<20))
	var bombs []string
	for range 8 {
		bombs = append(bombs, stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", blank))
	}
	small := make([]string, size*29_000)
	for i := range small {
		small[i] = fmt.Sprintf("<</A %d 0 R>>", i+7)
	}
	small = append(small, "<<>>")
	tree, pages := "", make([]string, size*500)
	for i := range pages {
		tree += fmt.Sprintf("%d 0 R ", 5+i)
		pages[i] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
	}
	many := strangeOf("0001", append([]string{"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", tree, len(pages)), says(""), helvetica}, pages...)...)
	for _, c := range []struct {
		name string
		raw  []byte
		heap int64 // at most, in MB, in the long form
	}{
		{"120 MB of a picture", plainPage("0001", "", "", "/XObject<</X 6 0 R>>", "/X Do", stream(picture, string(noise))), 500},
		{"960 MB, packed", plainPage("0001", "", "", "/XObject<</A 6 0 R/B 7 0 R/C 8 0 R/D 9 0 R/E 10 0 R/F 11 0 R/G 12 0 R/H 13 0 R>>",
			"/A Do", bombs...), 400},
		{"290,000 objects in a chain", plainPage("0001", "", "", "/ExtGState<</G 6 0 R>>", "/G gs", small...), 1100},
		{"5,000 pages", many, 400},
		{"60 MB of drawing", plainPage("0001", "", "", "", strings.Repeat("0 0 m 9 9 l S\n", size*(6<<20)/14)), 400},
	} {
		var err error
		heap, took := longtest.Cost(func() { _, err = ReadForeign(c.raw) })
		t.Logf("%s: %d MB of a file, %d MB of memory, %s, %v", c.name, len(c.raw)>>20, heap>>20, took.Round(10*time.Millisecond), err)
		if err != nil && !strings.Contains(err.Error(), "takes longer") {
			t.Errorf("%s: %v", c.name, err)
		}
		if heap > (c.heap*int64(size)/10+60)<<20 {
			t.Errorf("%s: %d MB of memory", c.name, heap>>20)
		}
	}
}
