package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folders are those of a transcript, of a file beside them that must stay as it is, and
// of where the program is started. The transcript has a lab of its own with orders.
func folders(t *testing.T, orders string) (transcript, top string) {
	t.Helper()
	top = t.TempDir()
	for _, dir := range []string{"sub", "start"} {
		if err := os.Mkdir(filepath.Join(top, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"precious": "of a person\n", "sub/notes": "of a person\n",
		"sub/t.ios": "!lab use site-to-site seed=1\n" + strings.ReplaceAll(orders, "TOP", top) + "R1>ping 12.12.12.2\n",
	} {
		if err := os.WriteFile(filepath.Join(top, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(top, "start"))
	return filepath.Join(top, "sub", "t.ios"), top
}

// tree lists the files below a directory, but for the transcript.
func tree(t *testing.T, top string) string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(top, func(path string, d os.DirEntry, err error) error {
		if rel, _ := filepath.Rel(top, path); err == nil && !d.IsDir() && rel != filepath.Join("sub", "t.ios") {
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

// TestTranscriptsNameFilesInTheirFolder: an order of a transcript that names another is a
// failure, and that file stays as it is. Relative names count from the transcript.
func TestTranscriptsNameFilesInTheirFolder(t *testing.T) {
	const capture, keys = "!lab capture R1:FastEthernet0/0 ", "!lab keys "
	for _, c := range []struct {
		name, orders string
		flags        []string
		status       int
		tree         string
	}{
		{"within", capture + "a.pcapng\n" + keys + "k\n", nil, statusOK, "precious sub/a.pcapng sub/k/esp_sa sub/k/ikev1_decryption_table sub/notes"},
		{"above", capture + "../precious\n", nil, statusFailed, "precious sub/notes"},
		{"above, new", capture + "../a.pcapng\n", nil, statusFailed, "precious sub/notes"},
		{"absolute", capture + "TOP/a.pcapng\n", nil, statusFailed, "precious sub/notes"},
		{"absolute and within", capture + "TOP/sub/a.pcapng\n", nil, statusFailed, "precious sub/notes"},
		{"keys above", keys + "..\n", nil, statusFailed, "precious sub/notes"},
		{"later", "!lab after 1s capture R1:FastEthernet0/0 ../a.pcapng\n!lab wait 2s\n", nil, statusFailed, "precious sub/notes"},
		{"at a prompt", "R1>!lab capture R1:FastEthernet0/0 ../a.pcapng\n", nil, statusOK, "precious sub/notes"},
		{"by keys", "!lab press R1 !lab keys ../k<Enter>\n", nil, statusOK, "precious sub/notes"},
		{"no capture", capture + "notes\n", nil, statusFailed, "precious sub/notes"},
		{"no capture, allowed paths", capture + "../precious\n", []string{"--allow-paths"}, statusFailed, "precious sub/notes"},
		{"allowed paths", capture + "../a.pcapng\n" + keys + "TOP/k\n", []string{"--allow-paths"}, statusOK, "a.pcapng k/esp_sa k/ikev1_decryption_table precious sub/notes"},
		{"the command line's own", "", []string{"--capture", "R1:FastEthernet0/0=../start/a.pcapng"}, statusOK, "precious start/a.pcapng sub/notes"},
		{"flash", "R1>enable\nR1#monitor capture buffer B\nR1#monitor capture buffer B export flash:a\n", nil, statusOK, "precious sub/notes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			transcript, top := folders(t, c.orders)
			output, status := typed(t, "", append([]string{"replay", transcript}, c.flags...)...)
			if status != c.status {
				t.Errorf("status %d, want %d:\n%s", status, c.status, output)
			}
			if got := tree(t, top); got != c.tree {
				t.Errorf("the files are %s, want %s\n%s", got, c.tree, output)
			}
			for _, name := range []string{"precious", "sub/notes"} {
				if text, err := os.ReadFile(filepath.Join(top, name)); string(text) != "of a person\n" {
					t.Errorf("%s holds %q, %v", name, text, err)
				}
			}
		})
	}
}

// TestSymbolicLinksLeadNowhere out of a transcript's folder.
func TestSymbolicLinksLeadNowhere(t *testing.T) {
	for target, order := range map[string]string{
		"../start":    "!lab capture R1:FastEthernet0/0 link/a.pcapng\n",
		"../precious": "!lab capture R1:FastEthernet0/0 link\n",
		"../new":      "!lab capture R1:FastEthernet0/0 link\n",
		"..":          "!lab keys link\n",
	} {
		transcript, top := folders(t, order)
		if err := os.Symlink(target, filepath.Join(top, "sub", "link")); err != nil {
			t.Skip("there are no symbolic links: ", err)
		}
		if _, status := typed(t, "", "replay", transcript); status != statusFailed {
			t.Errorf("%s, a link to %s: status %d", order, target, status)
		}
		if got, want := tree(t, top), "precious sub/link sub/notes"; got != want {
			t.Errorf("%s, a link to %s: %s", order, target, got)
		}
	}
}

// TestReplayOfStandardInput: what its orders name is in the current directory.
func TestReplayOfStandardInput(t *testing.T) {
	const orders = "!lab capture R1:FastEthernet0/0 a.pcapng\n"
	for _, c := range []struct {
		orders string
		args   []string
		status int
		tree   string
	}{
		{orders, nil, statusOK, "precious start/a.pcapng sub/notes"},
		{"!lab capture R1:FastEthernet0/0 ../a.pcapng\n", nil, statusFailed, "precious sub/notes"},
		{orders, []string{"--update"}, statusUsage, "precious sub/notes"},
	} {
		_, top := folders(t, "")
		output, status := typed(t, "!lab use site-to-site seed=1\n"+c.orders+"R1>show privilege\n", append([]string{"replay", "-"}, c.args...)...)
		if status != c.status || status == statusOK && !strings.Contains(output, "level is 1") {
			t.Errorf("%s%v: status %d\n%s", c.orders, c.args, status, output)
		}
		if got := tree(t, top); got != c.tree {
			t.Errorf("%s%v: the files are %s", c.orders, c.args, got)
		}
	}
}
