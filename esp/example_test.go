package esp_test

import (
	"bytes"
	"fmt"
	"net/netip"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/packet"
)

// Two ends share an SPI and keys, which IKE has agreed on: what one seals the other
// opens, once. Each SA has a copy of the keys of its own, which it clears at its end.
func Example() {
	transform := esp.Transform{Cipher: esp.AES, KeyBits: 128, Auth: esp.SHA1}
	keys := func() esp.Keys {
		cipherKey, authKey := transform.KeyLengths()
		return esp.Keys{Cipher: bytes.Repeat([]byte{1}, cipherKey), Auth: bytes.Repeat([]byte{2}, authKey)}
	}
	params := esp.Params{
		SPI: 0x1000, Transform: transform,
		Local: netip.MustParseAddr("12.12.12.1"), Remote: netip.MustParseAddr("23.23.23.3"),
		Keys: keys(), Rand: bytes.NewReader(make([]byte, 64)),
	}
	out, err := esp.NewOutbound(params)
	if err != nil {
		fmt.Println(err)
	}
	params.Local, params.Remote, params.Keys = params.Remote, params.Local, keys()
	in, err := esp.NewInbound(params)
	if err != nil {
		fmt.Println(err)
	}

	inner := packet.BuildIPv4(packet.IPv4Fields{
		Src: netip.MustParseAddr("10.1.1.1"), Dst: netip.MustParseAddr("20.1.1.1"), Protocol: packet.ProtoICMP, TTL: 254,
	}, packet.BuildICMP(packet.ICMPEcho, 0, 1, []byte("hello")))
	sealed, err := out.Seal(nil, inner)
	fmt.Println(sealed.Src(), "->", sealed.Dst(), "protocol", sealed.Protocol(), err)

	opened, err := in.Open(nil, bytes.Clone(sealed))
	fmt.Println(opened.Src(), "->", opened.Dst(), bytes.Equal(opened, inner), err)
	_, err = in.Open(nil, sealed)
	fmt.Println(err)
	// Output:
	// 12.12.12.1 -> 23.23.23.3 protocol 50 <nil>
	// 10.1.1.1 -> 20.1.1.1 true <nil>
	// esp: replayed or too old
}
