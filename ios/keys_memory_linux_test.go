package ios

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"
)

// A maskedKey is a key as a test can remember it: each byte is changed, so that what
// is remembered is not found where the key is looked for.
type maskedKey []byte

const keyMask = 0x9c

func maskedFrom(key []byte) maskedKey {
	m := make(maskedKey, len(key))
	for i, b := range key {
		m[i] = b ^ keyMask
	}
	return m
}

// in counts the places of memory that hold the key, changed by pad: those of an HMAC
// are as good as the key itself.
func (m maskedKey) in(memory []byte, pad byte) (places int) {
	pad ^= keyMask
	for at := 0; ; at++ {
		next := bytes.IndexByte(memory[at:], m[0]^pad)
		if next < 0 || at+next+len(m) > len(memory) {
			return places
		}
		at += next
		i := 1
		for i < len(m) && memory[at+i] == m[i]^pad {
			i++
		}
		if i == len(m) {
			places++
		}
	}
}

// keysOf remembers the keys of a router's SAs.
type keysOf struct{ esp []maskedKey }

func (k *keysOf) Phase1([8]byte, []byte) {}
func (k *keysOf) ESP(keys ESPKeys) {
	for _, key := range [][]byte{keys.CipherKey, keys.AuthKey} {
		if len(key) > 0 {
			k.esp = append(k.esp, maskedFrom(key))
		}
	}
}

// inMemory counts where the keys stand in this process's memory.
func (k *keysOf) inMemory(t *testing.T) (places int) {
	t.Helper()
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		t.Skip(err)
	}
	defer maps.Close()
	memory, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Skip(err)
	}
	defer memory.Close()
	window := make([]byte, 1<<20)
	own := uintptr(unsafe.Pointer(&window[0]))
	look := func(from, to uintptr) {
		const overlap = 64
		for at := from; at < to; at += uintptr(len(window)) - overlap {
			n, _ := memory.ReadAt(window[:min(uintptr(len(window)), to-at)], int64(at))
			for _, key := range k.esp {
				for _, pad := range []byte{0, 0x36, 0x5c} {
					places += key.in(window[:n], pad)
				}
			}
		}
	}
	lines := bufio.NewScanner(maps)
	for lines.Scan() {
		var from, to uintptr
		var mode string
		if _, err := fmt.Sscanf(lines.Text(), "%x-%x %s", &from, &to, &mode); err != nil || mode[:2] != "rw" || to-from > 1<<30 {
			continue // the largest are the race detector's
		}
		if from <= own && own < to { // what was read before is passed over
			look(from, own)
			from = own + uintptr(len(window))
		}
		look(from, to)
	}
	return places
}

// TestKeysOfDeletedSAsAreGone looks for the keys of SAs in the memory of the process:
// while there are SAs they are found, when these have been deleted nowhere. The routers'
// names, from which their randomness comes, are those of no other test, whose keys would
// be the same.
func TestKeysOfDeletedSAsAreGone(t *testing.T) {
	for n, set := range []string{"esp-des esp-md5-hmac", "esp-3des esp-sha-hmac", "esp-aes 256 esp-sha-hmac"} {
		t.Run(set, func(t *testing.T) {
			config := func(name, addr, peer, lan, far string) string {
				return strings.ReplaceAll(tunnelled(name, addr, peer, lan, far), "esp-des esp-md5-hmac", set)
			}
			a, b := fmt.Sprint("KeysA", n), fmt.Sprint("KeysB", n)
			g := newRig(t, map[string]string{
				a: config(a, "12.12.12.1", "12.12.12.2", "1", "2"),
				b: config(b, "12.12.12.2", "12.12.12.1", "2", "1"),
			}, a+":Fa0/0 "+b+":Fa0/0")
			keys := &keysOf{}
			g.on(a).LogKeys(keys)
			g.on(a).do(tunnelPing, tunnelPing)
			if n := keys.inMemory(t); len(keys.esp) != 4 || n == 0 {
				t.Fatalf("%d keys stand in %d places", len(keys.esp), n)
			}
			for _, name := range []string{a, b} {
				g.on(name).do("clear crypto sa", "clear crypto isakmp")
			}
			g.Pass(2 * time.Minute)
			runtime.GC()
			if n := keys.inMemory(t); n > 0 {
				t.Errorf("the keys still stand in %d places", n)
			}
		})
	}
}
