package replay

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop/looptest"
	"github.com/ioslab/ioslab/labs/storage"
)

const useHosts = "!lab use hosts.clab.yml\n"

// replayed runs a transcript that uses a lab of testdata.
func replayed(t *testing.T, text string) *Result {
	t.Helper()
	looptest.NoCoroutinesLeft(t)
	tr, err := Parse(storage.Host, "testdata/test.ios", text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := tr.Run(Options{Report: func(err error) { t.Error(err) }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReplay(t *testing.T) {
	tests := []struct{ name, text, want, failures string }{
		{
			name: "what was printed before is replaced",
			text: "PC1#ping -c 1 10.0.0.2\nold\nold too\n\nPC2#ip neigh",
			want: `PC1#ping -c 1 10.0.0.2
PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
PC2#ip neigh
10.0.0.1 dev eth1 lladdr MAC REACHABLE
`,
		}, {
			name: "time moves only while a command runs or an order waits",
			text: "!lab time\nPC1#ip neigh\n!lab time\nPC1#ping -c 2 10.0.0.9\n!lab time\n!lab wait 1m\n!lab time\n",
			want: `!lab time
5s since the start, virtual clock
PC1#ip neigh
!lab time
5s since the start, virtual clock
PC1#ping -c 2 10.0.0.9
PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.
From 10.0.0.1 icmp_seq=1 Destination Host Unreachable
From 10.0.0.1 icmp_seq=2 Destination Host Unreachable

--- 10.0.0.9 ping statistics ---
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1000ms
pipe 2
!lab time
8s since the start, virtual clock
!lab wait 1m
!lab time
1m8s since the start, virtual clock
`,
		}, {
			name: "a ping is broken off by a key that comes later",
			text: "!lab after 2500ms press PC1 ^^\nPC1#ping -c 100 10.0.0.9\n",
			want: `!lab after 2500ms press PC1 ^^
PC1#ping -c 100 10.0.0.9
PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.

--- 10.0.0.9 ping statistics ---
3 packets transmitted, 0 received, 100% packet loss, time 2000ms

`,
		}, {
			name: "a link is changed and changed back later",
			text: "PC1#ping -c 1 10.0.0.2\n!lab link PC1:eth1 loss=100%\n!lab after 2s link PC1:eth1 loss=0%\nPC1#ping -c 4 10.0.0.2",
			want: `PC1#ping -c 1 10.0.0.2
PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
!lab link PC1:eth1 loss=100%
!lab after 2s link PC1:eth1 loss=0%
PC1#ping -c 4 10.0.0.2
PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.050 ms
64 bytes from 10.0.0.2: icmp_seq=4 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
4 packets transmitted, 2 received, 50% packet loss, time 3000ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
`,
		}, {
			name: "what another console prints is kept for it",
			text: "!lab press PC2 ping -c 1 10.0.0.9<Return>\nPC1#ip neigh\n!lab wait 2s\nPC2#ip neigh\n",
			want: `!lab press PC2 ping -c 1 10.0.0.9<Return>
PC1#ip neigh
!lab wait 2s
ping -c 1 10.0.0.9
PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.
From 10.0.0.2 icmp_seq=1 Destination Host Unreachable

--- 10.0.0.9 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

PC2#ip neigh
10.0.0.9 dev eth1 FAILED
`,
		}, {
			name: "or for an order that shows it",
			text: "!lab press PC2 ip neigh<Return>\n!lab console PC2\n!lab console PC2\n",
			want: "!lab press PC2 ip neigh<Return>\n!lab console PC2\nip neigh\n!lab console PC2\n",
		}, {
			name: "or for the end of the file",
			text: "!lab press PC2 ip neigh<Return>\nPC1#ip neigh\n",
			want: "!lab press PC2 ip neigh<Return>\nPC1#ip neigh\n!lab console PC2\nip neigh\n",
		}, {
			name: "until waits for the console that is shown",
			text: "!lab after 2s press PC1 ping -c 3 10.0.0.9<Return>\n!lab until /^PING 10\\.0/ 10s\n!lab time\n",
			want: "!lab after 2s press PC1 ping -c 3 10.0.0.9<Return>\n!lab until /^PING 10\\.0/ 10s\nping -c 3 10.0.0.9\n" +
				"PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.\n!lab time\n7s since the start, virtual clock\n",
		}, {
			name:     "an until that misses is a failure, and time has passed",
			text:     "!lab until /nothing/ 10s\n!lab time\n",
			want:     "!lab until /nothing/ 10s\n!lab time\n15s since the start, virtual clock\n",
			failures: "testdata/test.ios:2: PC1 printed no match of /nothing/ in 10s",
		}, {
			name: "help is sent without a Return",
			text: "PC1#ip addr?\nPC1#ip neigh\n",
			want: "PC1#ip addr?\naddress\n\nPC1#ip neigh\n",
		}, {
			name: "an order typed at a prompt",
			text: "PC1#!lab wait 3s\nPC1#!lab time\nPC1#!lab wiat\nPC1#! a comment\n",
			want: "PC1#!lab wait 3s\nPC1#!lab time\n8s since the start, virtual clock\nPC1#!lab wiat\n" +
				`% there is no order "wiat": want one of use, wait, until, press, link, path, after, capture, keys, console, reset, time, help` + "\nPC1#! a comment\n",
		}, {
			name:     "until typed at a prompt",
			text:     "PC1#!lab until /nothing/ 3s\nPC1#!lab time\n",
			want:     "PC1#!lab until /nothing/ 3s\n% no match of /nothing/ in 3s\nPC1#!lab time\n8s since the start, virtual clock\n",
			failures: "no match of /nothing/ in 3s",
		}, {
			name: "help on orders is not read back as orders",
			text: "PC1#!lab help\n!lab help\nPC2#ip neigh\n",
			want: "PC1#!lab help\n" + labs.HelpText() + "!lab help\n" + labs.HelpText() + "PC2#ip neigh\n",
		}, {
			name: "two consoles take lines",
			text: "PC2#nc -l 7\nPC1#nc 10.0.0.2 7\nhello\n!lab wait 1s\n!lab console PC2\nold\n!lab wait 1s\n!lab console PC1\n!lab press PC1 ^C\nPC1#ip neigh\n",
			want: "PC2#nc -l 7\nPC1#nc 10.0.0.2 7\nhello\n!lab wait 1s\n!lab console PC2\nhello\nold\n!lab wait 1s\n!lab console PC1\nold\n" +
				"!lab press PC1 ^C\nPC1#ip neigh\n10.0.0.2 dev eth1 lladdr MAC REACHABLE\n",
		}, {
			name: "line ends of another system",
			text: "PC1#ip neigh\r\nPC2#ip neigh\r\n",
			want: "PC1#ip neigh\nPC2#ip neigh\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := replayed(t, useHosts+tt.text)
			if got := masked(r.Text); got != useHosts+tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, useHosts+tt.want)
			}
			var failures []string
			for _, f := range r.Failures {
				failures = append(failures, f.Error())
			}
			if got := strings.Join(failures, "\n"); got != tt.failures {
				t.Errorf("failures %q, want %q", got, tt.failures)
			}
			if again := replayed(t, r.Text); again.Text != r.Text {
				t.Errorf("what was printed does not replay to itself:\n%s", again.Text)
			}
		})
	}
}

// masked hides hardware addresses.
func masked(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if i > 0 && words[i-1] == "lladdr" {
			text = strings.ReplaceAll(text, w, "MAC")
		}
	}
	return text
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no use", "R1#show clock\n", "test.ios:1: the transcript does not say which lab it uses: want a first line such as"},
		{"empty", "", "test.ios:1: the transcript does not say which lab it uses"},
		{"another order first", "!lab wait 3s\n", "test.ios:1: the transcript does not say which lab it uses"},
		{"use is wrong", "!lab use site-to-site seed=a\n", `test.ios:1: seed "a" is not a number`},
		{"no such lab", "!lab use nowhere\n", "nowhere: there is no such lab"},
		{"a broken lab", "!lab use broken.clab.yml\n", "broken.clab.yml:2:"},
		{"an order is wrong", useHosts + "PC1#ip neigh\n!lab wiat 3s\n", `test.ios:3: there is no order "wiat"`},
		{"a node is wrong", useHosts + "!lab reset R1\n", `test.ios:2: reset does not know "R1"`},
		{"use twice", useHosts + useHosts, "test.ios:2: the lab is chosen already"},
		{"an order without what it needs", useHosts + "!lab keys\n", `test.ios:2: keys names no directory`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Parse(storage.Host, "testdata/test.ios", tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

// What keys have started goes on while lines are typed on the same and on other
// consoles: lines stay whole, and nothing that is typed is lost.
func TestTypingBesideAPing(t *testing.T) {
	const use = "!lab use site-to-site seed=7\n"
	const began = "ping 1.2.3.4\n\nType escape sequence to abort.\nSending 5, 100-byte ICMP Echos to 1.2.3.4, timeout is 2 seconds:\n"
	const ended = "\nSuccess rate is 0 percent (0/5)\n"
	for _, tt := range []struct{ name, text, want string }{
		{
			"a line on the same console",
			"!lab after 1s press R1 ping 1.2.3.4<Return>\n!lab wait 4s\nR1>terminal length 0\n",
			"!lab after 1s press R1 ping 1.2.3.4<Return>\n!lab wait 4s\n" + began + ".U.U." + ended + "R1>terminal length 0\n",
		}, {
			"help on the same console",
			"!lab press R1 ping 1.2.3.4<Return>\nR1>sho?\nR1>terminal length 0\n",
			"!lab press R1 ping 1.2.3.4<Return>\n" + began + ".U.U." + ended + "R1>sho?\nshow\n\nR1>terminal length 0\n",
		}, {
			"what is kept of it ends in the middle of a line",
			"!lab press R1 ping 1.2.3.4<Return>\nR3>!lab wait 3s\nR1>terminal length 0\n",
			"!lab press R1 ping 1.2.3.4<Return>\n" + began + "R3>!lab wait 3s\n.U.U." + ended + "R1>terminal length 0\n",
		}, {
			"two at once",
			"!lab press R1 ping 1.2.3.4<Return>\nR3>!lab wait 1s\n!lab press R3 ping 1.2.3.4<Return>\n!lab wait 3s\n!lab console R1\n!lab wait 3s\nR3>!lab time\n",
			"", // see below
		}, {
			"it does not end",
			"!lab after 1s press R3 ping 1.2.3.4<Return>\nR1>!lab wait 4s\n",
			"!lab after 1s press R3 ping 1.2.3.4<Return>\nR1>!lab wait 4s\n!lab console R3\n" + began + ".U\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := replayed(t, use+tt.text)
			if tt.want != "" && r.Text != use+tt.want {
				t.Errorf("got\n%s\nwant\n%s", r.Text, use+tt.want)
			}
			for line := range strings.Lines(r.Text) {
				marks := strings.Trim(line, ".!U\n") == "" && line != "\n"
				if marks && len(line) > 6 || !marks && strings.ContainsAny(line[:1], ".U") {
					t.Errorf("mixed up: %q in\n%s", line, r.Text)
				}
			}
			if again := replayed(t, r.Text); again.Text != r.Text {
				t.Errorf("what was printed does not replay to itself:\n%s", again.Text)
			}
		})
	}
}

func TestByteOrderMark(t *testing.T) {
	tr, err := Parse(storage.Host, "testdata/test.ios", "\ufeff"+useHosts+"PC1#ip neigh\n")
	if err != nil {
		t.Fatal(err)
	}
	r, err := tr.Run(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := tr.Diff(r, false); d != "" {
		t.Error(d)
	}
}

func TestSeedOfTheFileWins(t *testing.T) {
	five, seven := uint64(5), uint64(7)
	lossy := "!lab link PC1:eth1 loss=50%\nPC1#ping -c 64 10.0.0.2\n"
	run := func(use string, seed *uint64) string {
		tr, err := Parse(storage.Host, "testdata/test.ios", use+"\n"+lossy)
		if err != nil {
			t.Fatal(err)
		}
		r, err := tr.Run(Options{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(r.Text, "\n")
		return rest
	}
	const plain = "!lab use hosts.clab.yml"
	if run(plain+" seed=7", &five) != run(plain, &seven) {
		t.Error("the flag wins over the file")
	}
	if run(plain, &five) == run(plain, &seven) {
		t.Error("the seed does not matter")
	}
	if one := uint64(1); run(plain, nil) != run(plain, &one) {
		t.Error("without a seed it is not seed 1")
	}
}

func TestVersionThatIsNotThere(t *testing.T) {
	_, err := Parse(storage.Host, "test.ios", "!lab use site-to-site version=9.9\n")
	if err == nil || !strings.Contains(err.Error(), `test.ios:1: there is no IOS version "9.9": want version=12.4`) {
		t.Errorf("in the file: %v", err)
	}
	tr, err := Parse(storage.Host, "test.ios", "!lab use site-to-site\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Run(Options{Version: "9.9"}); err == nil || !strings.Contains(err.Error(), `there is no IOS version "9.9": want 12.4`) {
		t.Errorf("by flag: %v", err)
	}
}

func TestDiffAndUpdate(t *testing.T) {
	dir := t.TempDir()
	lab, err := os.ReadFile("testdata/hosts.clab.yml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "a.ios")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	write("hosts.clab.yml", string(lab))
	write("a.ios", useHosts+"PC1#ping -c 1 10.0.0.2\nold\n")
	read := func() (*Transcript, *Result) {
		t.Helper()
		tr, err := Read(storage.Host, path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := tr.Run(Options{})
		if err != nil {
			t.Fatal(err)
		}
		return tr, r
	}
	tr, r := read()
	if d := tr.Diff(r, false); !strings.Contains(d, "\n-old\n") || !strings.Contains(d, "\n+PING 10.0.0.2") || !strings.HasPrefix(d, "diff ") {
		t.Errorf("diff:\n%s", d)
	}
	if err := tr.Update(r, storage.NewFolder("")); err != nil {
		t.Fatal(err)
	}
	tr, r = read()
	if d := tr.Diff(r, false); d != "" {
		t.Errorf("after the update:\n%s", d)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("permissions %v, %v", info.Mode(), err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, ".*")); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
	tr.Text = strings.Replace(tr.Text, "0.050", "0.060", -1) + "round-trip min/avg/max = 1/2/4 ms\n"
	r.Text += "round-trip min/avg/max = 2/3/5 ms\n"
	if tr.Diff(r, true) != "" || tr.Diff(r, false) == "" {
		t.Error("--normalise does not mask round-trip times")
	}
}

func TestReadNamesTheFile(t *testing.T) {
	if _, err := Read(storage.Host, filepath.Join(t.TempDir(), "none.ios")); err == nil || !strings.Contains(err.Error(), "none.ios: the transcript cannot be read") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(useHosts + "PC1#x\n!lab wait 1s\n")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "use") && !strings.HasPrefix(text, useHosts) {
			return // does not go looking for other files
		}
		tr, err := Parse(storage.Host, "testdata/test.ios", text)
		if (tr == nil) == (err == nil) {
			t.Errorf("transcript %v, error %v", tr, err)
		}
	})
}

// TestPromptsOfNoConsole: a line whose prompt names no console is told of once for each
// name, unless it is what a command has printed in this run.
func TestPromptsOfNoConsole(t *testing.T) {
	tr, err := Parse(storage.Host, "testdata/test.ios", useHosts+"PC9#ip neigh\nPC9#ip addr\nHQ(config-if)#no shutdown\nHQ>enable\n"+
		"PC1#!lab help\nPC9#\n<p>text</p>\na -> b\n10.0.0.1->b\nPC2#ip neigh\nPC1#nc 10.0.0.2 7\nPC10>enable\n")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	r, err := tr.Run(Options{Report: func(err error) { told = append(told, err.Error()) }})
	if err != nil || len(r.Failures) > 0 {
		t.Fatal(err, r.Failures)
	}
	if len(told) != 3 || !strings.HasPrefix(told[0], "testdata/test.ios:2: no console has the prompt of PC9, ") || !strings.HasSuffix(told[0], "PC1, PC2") ||
		!strings.HasPrefix(told[1], "testdata/test.ios:4: no console has the prompt of HQ, ") || !strings.HasPrefix(told[2], "testdata/test.ios:13: ") {
		t.Errorf("told\n%s", strings.Join(told, "\n"))
	}
}
