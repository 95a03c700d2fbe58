package pdftext

import (
	"context"
	"strings"
	"testing"
)

// The memory of a sandbox keeps what is in it when it grows, ends at its bound, and shows the next PDF nothing of this one.
func TestMemory(t *testing.T) {
	m := &memories{}
	one := m.Allocate(0, 0)
	for _, size := range []uint64{1 << 16, 1 << 20, usual, usual + 1<<16, bound} {
		all := one.Reallocate(size)
		if uint64(len(all)) != size || size > 1<<16 && all[7] != 7 || all[size-1] != 0 {
			t.Fatalf("%d bytes of %d, %d", len(all), size, all[7])
		}
		all[7] = 7
	}
	if one.Reallocate(bound+1<<16) != nil {
		t.Error("it grows beyond its bound")
	}
	one.Free()
	two := m.Allocate(0, 0)
	two.Reallocate(1 << 16)[7] = 7
	used := &two.(*memory).all[0]
	two.Free()
	three := m.Allocate(0, 0)
	if all := three.Reallocate(1 << 16); all[7] != 0 || &all[0] != used {
		t.Error("it is not the same memory, or it is not empty")
	}
}

// A form of Adobe's, whose pages only tell one to wait, is told.
func TestFormOfAdobeIsSaid(t *testing.T) {
	form := string(letter([]string{"Please wait... If this message is not replaced"}))
	form = strings.Replace(form, "<</Type/Catalog", "<</NeedsRendering true/AcroForm<</XFA(x)/Fields[]>>/Type/Catalog", 1)
	d, err := reader(t).Text(context.Background(), []byte(form))
	if err != nil || len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0], "XFA") {
		t.Errorf("%+v, %v", d, err)
	}
}

// FuzzWhole mutates the bytes of good letters, pictures and forms, which reach deeper than bytes at random do.
func FuzzWhole(f *testing.F) {
	for _, s := range [][]byte{letter([]string{"Dear Ms. Sample:"}), picture()} {
		f.Add(s, uint16(60), "9", uint16(90), "<<")
	}
	f.Add(letter([]string{"x"}), uint16(40), "/Kids[2 0 R]", uint16(200), "999999999")
	f.Fuzz(func(t *testing.T, data []byte, at uint16, put string, and uint16, also string) {
		if len(data) > 64<<10 || len(put)+len(also) > 1<<10 || len(data) == 0 {
			return
		}
		for _, one := range []struct {
			at  uint16
			put string
		}{{at, put}, {and, also}} {
			n := int(one.at) % len(data)
			data = append(append(append([]byte{}, data[:n]...), one.put...), data[min(len(data), n+len(one.put)):]...)
		}
		d, err := read(t, data)
		if err == nil && len(d.Pages) > MostPages {
			t.Errorf("%d pages", len(d.Pages))
		}
	})
}
