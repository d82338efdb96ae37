package tcp

import "testing"

func TestPieces(t *testing.T) {
	for _, tt := range []struct {
		name string
		add  []piece
		want []string
	}{
		{"one", []piece{{10, []byte("abc")}}, []string{"abc"}},
		{"twice", []piece{{10, []byte("abc")}, {10, []byte("xyz")}}, []string{"abc"}},
		{"in order", []piece{{10, []byte("abc")}, {13, []byte("d")}}, []string{"abc", "d"}},
		{"the other way round", []piece{{13, []byte("d")}, {10, []byte("abc")}}, []string{"abc", "d"}},
		{"over the end", []piece{{10, []byte("abc")}, {12, []byte("xde")}}, []string{"abc", "de"}},
		{"over the beginning", []piece{{12, []byte("cd")}, {10, []byte("abxx")}}, []string{"abxx"}},
		{"covers", []piece{{12, []byte("x")}, {14, []byte("x")}, {10, []byte("abcdefg")}}, []string{"abcdefg"}},
		{"covers one and a half", []piece{{12, []byte("x")}, {14, []byte("efg")}, {10, []byte("abcdx")}}, []string{"abcd", "efg"}},
		{"between", []piece{{10, []byte("ab")}, {14, []byte("ef")}, {11, []byte("xcdx")}}, []string{"ab", "cd", "ef"}},
		{"around the circle", []piece{{2, []byte("c")}, {1<<32 - 1, []byte("abc")}}, []string{"abc", "c"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p pieces
			for _, a := range tt.add {
				p.add(a.at, a.data)
			}
			var got []string
			for _, q := range p {
				got = append(got, string(q.data))
			}
			equal(t, "pieces", got, tt.want)
			if got := string(p.take(p[0].at)); got != tt.want[0] {
				t.Errorf("taken %q", got)
			}
		})
	}
	var p pieces
	for i := range 2 * maxPieces {
		p.add(seq(10+2*i), []byte("x"))
	}
	equal(t, "many", len(p), maxPieces)
}
