package main

import "testing"

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		values              []float64
		middle, least, most float64
	}{
		{[]float64{3}, 3, 3, 3},
		{[]float64{9, 1, 2}, 2, 1, 9},
		{[]float64{4, 1, 3, 2}, 2.5, 1, 4},
	} {
		if m, least, most := median(tt.values); m != tt.middle || least != tt.least || most != tt.most {
			t.Errorf("%v: %v, %v to %v", tt.values, m, least, most)
		}
	}
}

func TestTable(t *testing.T) {
	const want = "| a  | long heading |\n|----|--------------|\n| bc | é            |\n"
	if got := table([][]string{{"a", "long heading"}, {"bc", "é"}}); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestTunnelTable(t *testing.T) {
	list := []contender{
		{program: "ours", transform: aesSHA}, {program: libipsec, transform: desMD5},
		{program: libipsec, transform: aesSHA}, {program: wireguardGo, transform: "W"},
	}
	turns := [][]transfer{
		{{300, 9, 1, 0.5}, {310, 1, 3, 0.7}, {290, 2, 2, 0.6}}, {{rate: 50}}, {{rate: 100}}, {{rate: 200}},
	}
	const want = "" +
		"| tunnel                             | Mbit/s (least, most) | x libipsec | x wireguard-go | CPU s/GB | retransmits | ping ms |\n" +
		"|------------------------------------|----------------------|------------|----------------|----------|-------------|---------|\n" +
		"| ours, AES-128/SHA-1                | 300 (290, 310)       | 3.00       | 1.50           | 2.00     | 2           | 0.60    |\n" +
		"| strongSwan libipsec, DES/MD5       | 50 (50, 50)          | 1.00       | 0.25           | 0.00     | 0           | 0.00    |\n" +
		"| strongSwan libipsec, AES-128/SHA-1 | 100 (100, 100)       | 1.00       | 0.50           | 0.00     | 0           | 0.00    |\n" +
		"| wireguard-go, W                    | 200 (200, 200)       |            | 1.00           | 0.00     | 0           | 0.00    |\n"
	if got := tunnelTable(list, turns); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}
