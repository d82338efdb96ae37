//go:build unix

package capture_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/capture"
	"github.com/ioslab/ioslab/labs/judges/netlab"
	"github.com/ioslab/ioslab/labs/replay"
	"github.com/ioslab/ioslab/labs/storage"
)

// A dissection is what tshark says of a packet.
type dissection map[string]string

// fields are those that a dissection has.
var fields = []string{
	"frame.number", "frame.protocols", "_ws.col.Info", "_ws.malformed", "_ws.expert.severity", "_ws.expert.message",
	"frame.len", "icmp.type", "isakmp.flag_e", "isakmp.hash", "esp.spi", "esp.pad_len", "esp.icv_good", "esp.icv_bad",
}

// dissect has tshark read a capture with key files, checking all that it can.
func dissect(t *testing.T, file, keys string) []dissection {
	t.Helper()
	args := []string{"-r", file, "-2", "-T", "fields", "-E", "separator=/t", "-E", "aggregator=,",
		"-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE",
		"-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"}
	for _, f := range fields {
		args = append(args, "-e", f)
	}
	cmd := exec.Command("tshark", args...)
	cmd.Env = append(os.Environ(), "WIRESHARK_CONFIG_DIR="+keys)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("tshark %s: %v\n%s", file, err, stderr.String())
	}
	for line := range strings.Lines(stderr.String()) {
		if !strings.Contains(line, `user "root"`) {
			t.Errorf("tshark %s: %s", file, line)
		}
	}
	var list []dissection
	for line := range strings.Lines(string(out)) {
		d := dissection{}
		for i, v := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			d[fields[i]] = v
		}
		list = append(list, d)
	}
	return list
}

// noted are the severities of Wireshark's expert below a warning.
var noted = map[string]bool{"": true, "1048576": true, "2097152": true, "4194304": true}

// judge fails the test for whatever a learner would stumble over. It counts
// decrypted IKE messages and ESP packets.
func judge(t *testing.T, list []dissection) (ike, esp int) {
	t.Helper()
	for _, d := range list {
		complain := func(what string) { t.Errorf("packet %s, %s: %s: %v", d["frame.number"], d["_ws.col.Info"], what, d) }
		if d["_ws.malformed"] != "" {
			complain("malformed")
		}
		for s := range strings.SplitSeq(d["_ws.expert.severity"], ",") {
			if !noted[s] {
				complain("the expert warns")
			}
		}
		if strings.Contains(d["frame.protocols"], "isakmp") && d["isakmp.flag_e"] == "1" {
			if d["isakmp.hash"] == "" { // each of them has one
				complain("not decrypted")
			}
			ike++
		}
		if d["esp.spi"] != "" {
			if d["esp.pad_len"] == "" || d["esp.icv_good"] == "0" || d["esp.icv_bad"] == "1" {
				complain("not decrypted")
			}
			esp++
		}
	}
	return ike, esp
}

// A protection is what a lab protects its traffic with.
type protection struct {
	name   string
	policy string // of phase 1
	set    string // of phase 2
	pfs    string
}

var protections = []protection{
	{"DES and MD5", "encr des; hash md5; group 1", "esp-des esp-md5-hmac", ""},
	{"3DES and SHA", "encr 3des; hash sha; group 2", "esp-3des esp-sha-hmac", "group2"},
	{"AES-128 and SHA", "encr aes; hash sha; group 5", "esp-aes esp-sha-hmac", "group5"},
	{"AES-192 and MD5", "encr aes 192; hash md5; group 2", "esp-aes 192 esp-md5-hmac", ""},
	{"AES-256 and SHA-256", "encr aes 256; hash sha256; group 14", "esp-aes 256 esp-sha256-hmac", "group14"},
	{"AES and SHA-384", "encr aes; hash sha384; group 2", "esp-aes esp-sha384-hmac", ""},
	{"DES and SHA-512", "encr des; hash sha512; group 1", "esp-des esp-sha512-hmac", "group1"},
	{"NULL and MD5", "encr des; hash sha; group 1", "esp-null esp-md5-hmac", ""},
	{"NULL and SHA-256", "encr des; hash sha; group 1", "esp-null esp-sha256-hmac", ""},
	{"no authentication", "encr des; hash sha; group 1", "esp-aes", ""},
}

// gateway is the startup-config of a gateway; x and y are the numbers of its
// and of its peer's networks.
func (p protection) gateway(x, y string) string {
	pfs := ""
	if p.pfs != "" {
		pfs = " set pfs " + p.pfs + "\n"
	}
	return fmt.Sprintf(`hostname R%[1]s
crypto isakmp policy 10
 authentication pre-share
 %[3]s
crypto isakmp key cisco address 0.0.0.0 0.0.0.0
crypto ipsec transform-set TS %[4]s
crypto map VPN 10 ipsec-isakmp
 set peer 192.0.%[2]s.%[2]s
 set transform-set TS
 set security-association lifetime seconds 120
%[5]s match address 101
interface Loopback0
 ip address 10.%[1]s.1.1 255.255.255.0
interface FastEthernet0/0
 ip address 192.0.%[1]s.%[1]s 255.255.255.0
 crypto map VPN
ip route 0.0.0.0 0.0.0.0 192.0.%[1]s.2
access-list 101 permit ip 10.%[1]s.1.0 0.0.0.255 10.%[2]s.1.0 0.0.0.255
end
`, x, y, strings.ReplaceAll(p.policy, "; ", "\n "), p.set, pfs)
}

const middle = `hostname R2
interface FastEthernet0/0
 ip address 192.0.1.2 255.255.255.0
interface Serial1/0
 ip address 192.0.3.2 255.255.255.0
end
`

// files writes a lab into a directory. The second link of it is a serial line.
func (p protection) files(t *testing.T, dir string) {
	t.Helper()
	third := strings.NewReplacer("FastEthernet0/0", "Serial1/0").Replace(p.gateway("3", "1"))
	for name, text := range map[string]string{
		"R1.cfg": p.gateway("1", "3"), "R2.cfg": middle, "R3.cfg": third,
		"three.clab.yml": `name: three
topology:
  nodes:
    R1: {kind: cisco_iol, startup-config: R1.cfg}
    R2: {kind: cisco_iol, startup-config: R2.cfg}
    R3: {kind: cisco_iol, startup-config: R3.cfg}
  links:
    - endpoints: [R1:FastEthernet0/0, R2:FastEthernet0/0]
    - endpoints: [R2:Serial1/0, R3:Serial1/0]
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// story has phase 2 renewed, both phases deleted by both ends, packets of many
// sizes, and what is not protected at all.
const story = `!lab use three.clab.yml seed=7
!lab keys keys
!lab capture R1:fa0/0 ethernet.pcapng
!lab capture R3:s1/0 serial.pcapng
R1>enable
R1#ping 10.3.1.1 source 10.1.1.1
R1#traceroute 192.0.3.3 timeout 1
R1#ping 192.0.3.3
!lab wait 20s
R1#ping 10.3.1.1 source 10.1.1.1
R1#ping 10.3.1.1 source 10.1.1.1 size 1500
R1#ping 10.3.1.1 source 10.1.1.1 size 4000
R1#ping 10.3.1.1 source 10.1.1.1 size 1500 df-bit timeout 1
R1#ping 10.3.1.1 source 10.1.1.1 repeat 40 timeout 5 size 36
!lab wait 60s
R1#ping 10.3.1.1 source 10.1.1.1 repeat 20 size 37
!lab wait 60s
R1#ping 10.3.1.1 source 10.1.1.1 repeat 20 size 38
R1#clear crypto sa
!lab wait 5s
R1#ping 10.3.1.1 source 10.1.1.1
!lab wait 20s
R3>enable
R3#ping 10.1.1.1 source 10.3.1.1
R3#clear crypto isakmp
R3#clear crypto sa
!lab wait 5s
R3#ping 10.1.1.1 source 10.3.1.1
!lab wait 20s
R3#ping 10.1.1.1 source 10.3.1.1
R3#show crypto ipsec sa | include pkts
`

// runStory runs a transcript beside which the files of its lab are.
func runStory(t *testing.T, dir, text string) string {
	t.Helper()
	tr, err := replay.Parse(storage.Host, filepath.Join(dir, "story.ios"), text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := tr.Run(replay.Options{Files: storage.NewFolder(dir), Report: func(err error) { t.Error(err) }})
	if err != nil || len(r.Failures) > 0 {
		t.Fatal(err, r.Failures)
	}
	return r.Text
}

func TestWiresharkDecryptsEverything(t *testing.T) {
	netlab.Need(t, "tshark")
	for _, p := range protections {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p.files(t, dir)
			text := runStory(t, dir, story)
			defer func() {
				if t.Failed() {
					t.Logf("%s", text)
				}
			}()
			for _, name := range []string{"ethernet.pcapng", "serial.pcapng"} {
				ike, esp := judge(t, dissect(t, filepath.Join(dir, name), filepath.Join(dir, "keys")))
				// Two main modes, four quick modes, and what deletes their SAs.
				if ike < 2*2+4*3+4 || esp < 150 {
					t.Errorf("%s: %d IKE messages and %d ESP packets are too few", name, ike, esp)
				}
			}
		})
	}
}

// TestWiresharkNeedsTheKeys: what the other tests hold to be decrypted is not so
// without the keys.
func TestWiresharkNeedsTheKeys(t *testing.T) {
	netlab.Need(t, "tshark")
	dir := t.TempDir()
	protections[0].files(t, dir)
	runStory(t, dir, "!lab use three.clab.yml\n!lab capture R1:fa0/0 a.pcapng\nR1>ping 10.3.1.1 source 10.1.1.1\n!lab wait 10s\nR1>ping 10.3.1.1 source 10.1.1.1\n")
	encrypted := 0
	for _, d := range dissect(t, filepath.Join(dir, "a.pcapng"), t.TempDir()) {
		if d["isakmp.flag_e"] == "1" || d["esp.spi"] != "" {
			encrypted++
			if d["isakmp.hash"] != "" || d["esp.pad_len"] != "" {
				t.Errorf("decrypted without keys: %v", d)
			}
		}
	}
	if encrypted < 5 {
		t.Errorf("%d encrypted packets", encrypted)
	}
}

// TestWiresharkDecryptsESPInUDP: behind a NAT, whatever addresses it gives.
func TestWiresharkDecryptsESPInUDP(t *testing.T) {
	netlab.Need(t, "tshark")
	dir := t.TempDir()
	k, err := capture.CreateKeyFiles(storage.NewFolder(dir), ".", func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "udp.pcapng")
	f, err := capture.Create(storage.NewFolder(dir), "udp.pcapng")
	if err != nil {
		t.Fatal(err)
	}
	number, err := f.Add(capture.Interface{Name: "R1:FastEthernet0/0", LinkType: capture.Ethernet})
	if err != nil {
		t.Fatal(err)
	}
	here, there := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("23.23.23.3")
	out, err := esp.NewOutbound(esp.Params{
		SPI: 0x1234, Local: here, Remote: there, Transform: esp.Transform{Cipher: esp.AES, Auth: esp.SHA1},
		Keys:  esp.Keys{Cipher: make([]byte, 16), Auth: make([]byte, 20)},
		Encap: esp.Encap{Local: 4500, Remote: 4500}, Rand: rand.NewChaCha8([32]byte{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	keys := out.Keys()
	k.ESP(ios.ESPKeys{
		Source: here, Destination: there, InUDP: true, SPI: out.SPI(), Cipher: uint8(esp.AES), Auth: uint16(esp.SHA1),
		CipherKey: keys.Cipher, AuthKey: keys.Auth,
	})
	const packets = 5
	for range packets {
		inner := packet.BuildIPv4(packet.IPv4Fields{TTL: 255, Protocol: packet.ProtoICMP, Src: here, Dst: there},
			packet.BuildICMP(packet.ICMPEchoReply, 0, 1, []byte("abcd")))
		outer, err := out.Seal(nil, inner)
		if err != nil {
			t.Fatal(err)
		}
		copy(outer[12:16], []byte{99, 9, 9, 9}) // the NAT's doing
		outer.UpdateChecksum()
		f.Packet(number, ios.Epoch, true, packet.BuildEthernet(packet.MAC{2, 1}, packet.MAC{2, 2}, packet.EtherTypeIPv4, outer))
	}
	if err := errors.Join(f.Close(), k.Close()); err != nil {
		t.Fatal(err)
	}
	if _, got := judge(t, dissect(t, file, dir)); got != packets {
		t.Errorf("%d ESP packets", got)
	}
}
