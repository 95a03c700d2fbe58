package pdf

import (
	"bytes"
	"encoding/binary"
)

// orientation says how a camera was held: 1 upright, 3 on its head, 6 and 8 on
// its side (Exif 2.3, tag 0x0112); 1 if the picture does not say, and for those
// that are mirrored, which no camera takes.
func orientation(raw []byte) int {
	for at := 2; at+4 <= len(raw) && len(raw) > 2 && raw[0] == 0xFF && raw[1] == 0xD8; {
		kind, length := binary.BigEndian.Uint16(raw[at:]), int(binary.BigEndian.Uint16(raw[at+2:]))
		if kind>>8 != 0xFF || kind == 0xFFDA || length < 2 || at+2+length > len(raw) {
			return 1
		}
		if body := raw[at+4 : at+2+length]; kind == 0xFFE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return exifOrientation(body[6:])
		}
		at += 2 + length
	}
	return 1
}

func exifOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	for i := range int64(order.Uint16(b[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(b)) {
			return 1
		}
		if order.Uint16(b[entry:]) == 0x0112 {
			if v := int(order.Uint16(b[entry+8:])); v == 3 || v == 6 || v == 8 {
				return v
			}
			return 1
		}
	}
	return 1
}
