package pdf

import (
	"encoding/binary"
	"math"
	"sync"
)

// colours is the object of an ICC profile (version 2.1) of sRGB, which says what
// the colours of the file mean (ISO 19005-1, 6.2.2). The numbers are those of
// IEC 61966-2-1: the primaries, adapted to the white D50 of the profile, and the
// curve, as a table.
var colours = sync.OnceValue(func() []byte {
	return deflated("/N 3", srgb())
})

func srgb() []byte {
	xyz := func(x, y, z float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range []float64{x, y, z} {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	const entries = 256
	curve := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), entries)
	for i := range entries {
		c := float64(i) / (entries - 1)
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(c*65535)))
	}
	const name = "sRGB IEC61966-2.1"
	desc := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	desc = append(append(desc, name...), make([]byte, 1+4+4+2+1+67)...)
	parts := []struct {
		tag  string
		data []byte
	}{
		{"desc", desc}, {"cprt", []byte("text\x00\x00\x00\x00No copyright, use freely\x00")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.4360, 0.2225, 0.0139)}, {"gXYZ", xyz(0.3851, 0.7169, 0.0971)}, {"bXYZ", xyz(0.1431, 0.0606, 0.7141)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // one curve for all three
	}
	head := make([]byte, 128)
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[24:], "\x07\xea\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00") // the first day of 2026
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:])
	table := binary.BigEndian.AppendUint32(nil, uint32(len(parts)))
	var body []byte
	start := len(head) + 4 + 12*len(parts)
	at, length := 0, 0
	for _, p := range parts {
		if p.data != nil {
			for len(body)%4 != 0 {
				body = append(body, 0)
			}
			at, length = start+len(body), len(p.data)
			body = append(body, p.data...)
		}
		table = append(table, p.tag...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(length))
	}
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	binary.BigEndian.PutUint32(head, uint32(start+len(body)))
	return append(append(head, table...), body...)
}
