package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/storage"
)

// The names of Wireshark's tables.
const (
	phase1Table = "ikev1_decryption_table"
	espTable    = "esp_sa"
)

// maxSeen is how many lines are known again: the two ends of an SA tell its keys soon
// after one another, and strangers can have a router key SAs that come to nothing.
const maxSeen = 4096

// keyFileHead begins a file that is ours. To Wireshark it is a comment.
const keyFileHead = "# The keys of an ioslab lab, as Wireshark reads them.\n"

// KeyFiles are the tables with which Wireshark decrypts IKE and ESP. They grow as
// SAs are keyed; of one whose keys both of its ends tell there is one line.
type KeyFiles struct {
	phase1, esp io.WriteCloser
	seen        map[string]bool
	failed      func(error)
	broken      bool
}

// CreateKeyFiles makes the files in a folder of the storage, and that where there is
// none. It replaces files of its own and no others: the folder may be a profile
// of Wireshark's. failed is told once when something cannot be written.
func CreateKeyFiles(s storage.Storage, folder string, failed func(error)) (*KeyFiles, error) {
	if err := s.Mkdir(folder); err != nil {
		return nil, err
	}
	k := &KeyFiles{seen: map[string]bool{}, failed: failed}
	var err error
	if k.phase1, err = createKeyFile(s, folder+"/"+phase1Table); err != nil {
		return nil, err
	}
	if k.esp, err = createKeyFile(s, folder+"/"+espTable); err != nil {
		k.phase1.Close()
		return nil, err
	}
	return k, nil
}

func createKeyFile(s storage.Storage, name string) (io.WriteCloser, error) {
	f, err := storage.Renew(s, name, storage.Private, func(begin []byte) bool { return bytes.HasPrefix(begin, []byte(keyFileHead)) })
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(f, keyFileHead); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Phase1 writes the key of a phase 1 SA.
func (k *KeyFiles) Phase1(initiator [8]byte, key []byte) {
	k.line(k.phase1, fmt.Sprintf("%x,%x\n", initiator, key))
}

// ESP writes the keys of an ESP SA. Behind address translation its packets bear
// other addresses from link to link; there the SPI has to do.
func (k *KeyFiles) ESP(sa ios.ESPKeys) {
	cipher, known := cipherNames[sa.Cipher]
	auth, knownAuth := authNames[sa.Auth]
	if !known || !knownAuth {
		return // Wireshark could not decrypt it
	}
	from, to := sa.Source.String(), sa.Destination.String()
	if sa.InUDP {
		from, to = "*", "*"
	}
	k.line(k.esp, fmt.Sprintf("\"IPv4\",%q,%q,\"0x%08x\",%q,%q,%q,%q\n",
		from, to, sa.SPI, cipher, hexadecimal(sa.CipherKey), auth, hexadecimal(sa.AuthKey)))
}

// What Wireshark calls the algorithms, by IANA's numbers (RFC 2407, 4.4.4 and 4.5).
var (
	cipherNames = map[uint8]string{
		2: "DES-CBC [RFC2405]", 3: "TripleDES-CBC [RFC2451]", 11: "NULL", 12: "AES-CBC [RFC3602]",
	}
	authNames = map[uint16]string{
		0: "NULL", 1: "HMAC-MD5-96 [RFC2403]", 2: "HMAC-SHA-1-96 [RFC2404]",
		5: "HMAC-SHA-256-128 [RFC4868]", 6: "HMAC-SHA-384-192 [RFC4868]", 7: "HMAC-SHA-512-256 [RFC4868]",
	}
)

// hexadecimal is a key as Wireshark reads it; none is empty.
func hexadecimal(key []byte) string {
	if len(key) == 0 {
		return ""
	}
	return fmt.Sprintf("0x%x", key)
}

func (k *KeyFiles) line(f io.Writer, text string) {
	if k.broken || k.seen[text] {
		return
	}
	if len(k.seen) >= maxSeen {
		clear(k.seen) // a line that stands there twice does no harm
	}
	k.seen[text] = true
	if _, err := io.WriteString(f, text); err != nil {
		k.broken = true
		k.failed(err)
	}
}

// Close closes the files.
func (k *KeyFiles) Close() error { return errors.Join(k.phase1.Close(), k.esp.Close()) }
