package pdftext

import (
	"context"
	"strings"
	"testing"
)

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
