package pdfium

import "testing"

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
