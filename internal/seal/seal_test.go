package seal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/workday"
)

var day = workday.MustDate("2026-11-24")

// naive is MTH as RFC 6962, section 2.1, writes it.
func naive(leaves []Hash) Hash {
	if len(leaves) == 0 {
		return sha256.Sum256(nil)
	}
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	return nodeHash(naive(leaves[:k]), naive(leaves[k:]))
}

// naivePath is PATH as RFC 6962, section 2.1.1, writes it.
func naivePath(m int, leaves []Hash) []Hash {
	if len(leaves) == 1 {
		return nil
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	if m < k {
		return append(naivePath(m, leaves[:k]), naive(leaves[k:]))
	}
	return append(naivePath(m-k, leaves[k:]), naive(leaves[:k]))
}

// Roots and paths that come leaf by leaf are those of the definition, for every size.
func TestTreeIsThatOfRFC6962(t *testing.T) {
	var leaves []Hash
	var growing Tree
	for n := range 70 {
		if growing.Root() != naive(leaves) || growing.Size() != n {
			t.Fatal("root of", n)
		}
		for m := range n {
			var tree Tree
			var path []Hash
			for i, l := range leaves {
				if i == m {
					tree.Add(l, &path)
				} else {
					tree.Add(l, nil)
				}
			}
			root := tree.Close()
			if !slices.Equal(path, naivePath(m, leaves)) || root != naive(leaves) {
				t.Fatal("path of", m, "of", n)
			}
			if got, ok := rootOf(leaves[m], m, n, path); !ok || got != root {
				t.Fatal("way back of", m, "of", n)
			}
			if _, ok := rootOf(leaves[m], m, n, append(path, root)); ok && n > 1 {
				t.Fatal("a path that is too long", m, n)
			}
		}
		leaf := leafHash(n+1, sha256.Sum256([]byte{byte(n)}))
		leaves = append(leaves, leaf)
		growing.Add(leaf, nil)
	}
}

// The vectors of the certificate-transparency project (its leaves are 0x00 and the
// data), which pin the order of the nodes and the prefixes.
func TestKnownRoots(t *testing.T) {
	data := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := map[int]string{
		0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var tree Tree
	for n := 0; ; n++ {
		if want, ok := roots[n]; ok {
			if root := tree.Root(); hex.EncodeToString(root[:]) != want {
				t.Errorf("%d leaves: %x", n, root)
			}
		}
		if n == len(data) {
			return
		}
		raw, err := hex.DecodeString(data[n])
		if err != nil {
			t.Fatal(err)
		}
		tree.Add(sha256.Sum256(append([]byte{0}, raw...)), nil)
	}
}

// events is a log of that many events, three to a request, one after the other.
func events(n int) []docket.Event {
	out := make([]docket.Event, n)
	for i := range out {
		sum := sha256.Sum256([]byte(fmt.Sprint("event ", i)))
		out[i] = docket.Event{Request: fmt.Sprintf("2026-%04d", i/3+1), Seq: i%3 + 1, Hash: hex.EncodeToString(sum[:])}
	}
	return out
}

func historyOf(events []docket.Event) History {
	return func(_ context.Context, after int, f func(int, docket.Event) error) error {
		for i := after; i < len(events); i++ {
			if err := f(i+1, events[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

func take(t testing.TB, events []docket.Event) Seal {
	t.Helper()
	s, err := Take(t.Context(), historyOf(events), day)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A seal holds as long as nothing it is over is changed, whatever is added.
func TestSealsHold(t *testing.T) {
	var all []Seal
	log := events(20)
	for n := range 21 {
		all = append(all, take(t, log[:n]))
	}
	found, err := Compare(t.Context(), historyOf(log), all...)
	if err != nil {
		t.Fatal(err)
	}
	for n, c := range found {
		if !c.Holds || c.Seal.Events != n || c.Seal.Requests != (n+2)/3 {
			t.Errorf("%d: %+v", n, c)
		}
	}
	changed := slices.Clone(log)
	changed[9].Hash = log[8].Hash
	found, err = Compare(t.Context(), historyOf(changed), all...)
	if err != nil {
		t.Fatal(err)
	}
	for n, c := range found {
		if c.Holds != (n <= 9) {
			t.Errorf("%d: %v", n, c.Holds)
		}
	}
	found, err = Compare(t.Context(), historyOf(log[:15]), all...)
	if err != nil || found[15].Holds != true || found[16].Holds || found[20].Found.Events != 15 {
		t.Error(err, found[16])
	}
}

func TestHiddenEntries(t *testing.T) {
	hidden := func(_ context.Context, _ int, f func(int, docket.Event) error) error {
		for i, e := range events(6) {
			if i != 3 {
				if err := f(i+1, e); err != nil {
					return err
				}
			}
		}
		return nil
	}
	var gap *Gap
	if _, err := Take(t.Context(), hidden, day); !errors.As(err, &gap) || gap.Entry != 4 || gap.Hint() == "" {
		t.Error(err)
	}
}

func TestProofs(t *testing.T) {
	log := events(20)
	s := take(t, log[:14])
	proofs, err := Prove(t.Context(), historyOf(log), s, "2026-0001", "2026-0005", "2026-0006", "2026-0007")
	if err != nil || len(proofs) != 2 {
		t.Fatal(err, proofs)
	}
	for _, p := range proofs {
		hash := log[p.Entry-1].Hash
		if err := p.Check(s, hash); err != nil {
			t.Error(err)
		}
		for _, wrong := range []func(p *Proof, s *Seal, hash *string){
			func(p *Proof, _ *Seal, _ *string) { p.Entry++ },
			func(p *Proof, _ *Seal, _ *string) { p.Entry = 0 },
			func(p *Proof, _ *Seal, _ *string) { p.Path = p.Path[1:] },
			func(p *Proof, _ *Seal, _ *string) { p.Path = append(slices.Clone(p.Path), p.Path[0]) },
			func(p *Proof, _ *Seal, _ *string) { p.Path = []string{"x"} },
			func(_ *Proof, s *Seal, _ *string) { s.Root[0]++ },
			func(_ *Proof, s *Seal, _ *string) { s.Events = 1 << 40 },
			func(_ *Proof, _ *Seal, hash *string) { *hash = log[0].Hash },
			func(_ *Proof, _ *Seal, hash *string) { *hash = "" },
		} {
			p, s, hash := p, s, hash
			wrong(&p, &s, &hash)
			if p.Entry == 1 && hash == log[0].Hash {
				continue
			}
			if p.Check(s, hash) == nil {
				t.Errorf("passes: %+v %+v %s", p, s, hash)
			}
		}
	}
	if proofs[1].Event != 2 || proofs[1].Entry != 14 {
		t.Errorf("the last event under the seal is the second of 0005: %+v", proofs[1])
	}
	s.Root[3]++
	var broken *Broken
	if _, err := Prove(t.Context(), historyOf(log), s, "2026-0001"); !errors.As(err, &broken) {
		t.Error(err)
	}
}

func TestLine(t *testing.T) {
	s := take(t, events(5))
	line := s.Line()
	for _, typed := range []string{line, string(s.Text()), strings.ToUpper(line), "\ufeff  " + strings.ReplaceAll(line, " ", "\n  "),
		strings.ReplaceAll(line, " ", ""),
		strings.ReplaceAll(line, "-", "–"), strings.ReplaceAll(strings.ToUpper(line[:60])+line[60:], "0", "0"),
		strings.Replace(line, "root ", "root\u00a0", 1)} {
		if back, err := Parse(typed); err != nil || back != s {
			t.Errorf("%q: %v", typed, err)
		}
	}
	_, digits, _ := strings.Cut(line, "root ")
	if back, err := Parse(strings.Replace(line, digits, strings.NewReplacer("0", "O", "1", "l").Replace(digits[:79])+digits[79:],
		1)); err != nil || back != s {
		t.Error(err)
	}
	for _, wrong := range []string{"", "foia seal 1", line + "0", line[:len(line)-1], strings.Replace(line, "5 events", "6 events", 1),
		strings.Replace(line, "2026-11-24", "2026-11-25", 1),
		strings.Replace(line, "2026-11-24", "2026-02-30", 1), strings.Replace(line, "seal 1", "seal 2", 1), line + line,
		strings.Repeat(" ", 2000)} {
		var m *Misread
		if _, err := Parse(wrong); !errors.As(err, &m) || m.Hint() == "" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// One digit that is typed wrong, or two that are exchanged, is noticed.
func TestSlips(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := take(t, events(rapid.IntRange(0, 30).Draw(rt, "events")))
		line := []byte(s.Line())
		at := rapid.IntRange(12, len(line)-1).Draw(rt, "at")
		if line[at] >= '0' && line[at] <= '9' {
			line[at] = '0' + (line[at]-'0'+byte(rapid.IntRange(1, 9).Draw(rt, "by")))%10
			if _, err := Parse(string(line)); err == nil {
				rt.Fatal("not noticed:", string(line))
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	s := Seal{Day: day, Requests: 2, Events: 5}
	f.Add(s.Line())
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			return
		}
		if back, err := Parse(s.Line()); err != nil || back != s {
			t.Fatal(text, err)
		}
	})
}

func BenchmarkTake(b *testing.B) {
	log := events(100_000)
	for b.Loop() {
		if _, err := Take(b.Context(), historyOf(log), day); err != nil {
			b.Fatal(err)
		}
	}
}
