package capture

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/storage"
)

func keyFiles(t *testing.T, dir string) *KeyFiles {
	t.Helper()
	k, err := CreateKeyFiles(storage.NewFolder(dir), ".", func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != keyFileHead+want {
		t.Errorf("%s: %v\n%s\nwant\n%s", path, err, got, keyFileHead+want)
	}
}

func TestKeyFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	k := keyFiles(t, dir)
	sa := ios.ESPKeys{
		Source: netip.MustParseAddr("12.12.12.1"), Destination: netip.MustParseAddr("23.23.23.3"), SPI: 0xab,
		Cipher: 12, Auth: 5, CipherKey: []byte{1, 2, 3}, AuthKey: []byte{4, 5},
	}
	k.Phase1([8]byte{1, 2, 3, 4, 5, 6, 7, 8}, []byte{0xfe, 0xdc})
	for range 2 { // both ends of an SA tell its keys
		k.ESP(sa)
	}
	sa.InUDP, sa.Cipher, sa.CipherKey = true, 11, nil
	k.ESP(sa)
	sa.Cipher = 99
	k.ESP(sa) // Wireshark does not know it
	k.Phase1([8]byte{9}, []byte{1})

	wantFile(t, filepath.Join(dir, "ikev1_decryption_table"), "0102030405060708,fedc\n0900000000000000,01\n")
	wantFile(t, filepath.Join(dir, "esp_sa"),
		`"IPv4","12.12.12.1","23.23.23.3","0x000000ab","AES-CBC [RFC3602]","0x010203","HMAC-SHA-256-128 [RFC4868]","0x0405"`+"\n"+
			`"IPv4","*","*","0x000000ab","NULL","","HMAC-SHA-256-128 [RFC4868]","0x0405"`+"\n")
	for _, name := range []string{"ikev1_decryption_table", "esp_sa"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
			t.Errorf("%s: others may read it: %v", name, info.Mode())
		}
	}
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	k = keyFiles(t, dir) // another run begins anew
	defer k.Close()
	wantFile(t, filepath.Join(dir, "esp_sa"), "")
}

func TestForeignKeysStay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "esp_sa")
	const theirs = "\"IPv4\",\"1.2.3.4\"\n"
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := CreateKeyFiles(storage.NewFolder(dir), ".", nil); !errors.Is(err, storage.ErrForeign) {
		t.Errorf("error %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != theirs {
		t.Errorf("the file is now %q", b)
	}
}

// TestKeysAreNotRememberedWithoutEnd: a peer that has a router key SAs takes none of its memory.
func TestKeysAreNotRememberedWithoutEnd(t *testing.T) {
	k := keyFiles(t, t.TempDir())
	defer k.Close()
	for i := range 2 * maxSeen {
		k.Phase1([8]byte{byte(i), byte(i >> 8)}, []byte{1})
		if len(k.seen) > maxSeen {
			t.Fatalf("%d lines are remembered", len(k.seen))
		}
	}
}
