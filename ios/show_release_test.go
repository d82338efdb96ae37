package ios

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/showtext"
)

// later is a release that shows some things otherwise than 12.4: it is made of
// that one's texts, and neither an engine nor a command knows of it.
func later() *showtext.Texts {
	texts := *showtext.V124
	texts.ISAKMPSA = texts.ISAKMPSA.Without("slot")
	texts.ISAKMPSA.Above = "IPv4 Crypto ISAKMP SA\n"
	texts.IPsecFlow = texts.IPsecFlow.Without("compression")
	texts.IPsecSA = texts.IPsecSA.Before("status", showtext.Part[showtext.SA]{
		Name: "flags", Text: func(showtext.SA) string { return "        sibling_flags 80000040\n" },
	})
	texts.CryptoMapEntry = texts.CryptoMapEntry.With(showtext.Part[showtext.MapEntry]{
		Name: "transform sets", Text: func(e showtext.MapEntry) string { return setsWithContents(e.Sets) },
	})
	texts.SessionSA = texts.SessionSA.With(showtext.Part[showtext.SessionSA]{
		Name: "ends", Text: func(sa showtext.SessionSA) string {
			return "  IKEv1 SA: local " + sa.Local.String() + " remote " + sa.Remote.String() + "\n"
		},
	})
	texts.Version = texts.Version.Without("nvram")
	return &texts
}

func setsWithContents(sets []keyengine.TransformSet) string {
	text := "\tTransform sets={\n"
	for _, s := range sets {
		text += "\t\t" + s.Name + ":  { " + s.Transform.String() + " } ,\n"
	}
	return text + "\t}\n"
}

func TestShowsOfALaterRelease(t *testing.T) {
	g := tunnel(t)
	r1, r2 := g.on("R1"), g.on("R2")
	r2.release.show = later()
	for _, c := range []struct{ line, old, new string }{
		{
			"show crypto isakmp sa",
			"dst             src             state          conn-id slot status\n" +
				"12.12.12.2      12.12.12.1      QM_IDLE              1    0 ACTIVE\n\n",
			"IPv4 Crypto ISAKMP SA\n" +
				"dst             src             state          conn-id status\n" +
				"12.12.12.2      12.12.12.1      QM_IDLE              1 ACTIVE\n\n",
		},
		{"show crypto ipsec sa", "    #pkts compressed: 0, #pkts decompressed: 0\n", "    #send errors "},
		{"show crypto ipsec sa", "support: Y\n        Status: ACTIVE\n", "support: Y\n        sibling_flags 80000040\n        Status: ACTIVE\n"},
		{"show crypto map", "\tTransform sets={ \n\t\tTS, \n\t}\n", "\tTransform sets={\n\t\tTS:  { esp-des esp-md5-hmac  } ,\n\t}\n"},
		{"show crypto session", "  IKE SA: local 12.12.12.1/500 remote", "  IKEv1 SA: local 12.12.12.2:500 remote 12.12.12.1:500\n"},
		{"show version", "K bytes of NVRAM.", "System returned to ROM by power-on"},
	} {
		before, after := r1.do(c.line), r2.do(c.line)
		if !strings.Contains(before, c.old) {
			t.Errorf("%s of 12.4 has no %q:\n%s", c.line, c.old, before)
		}
		if !strings.Contains(after, c.new) || strings.Contains(after, c.old) {
			t.Errorf("%s of a later release has no %q, or %q:\n%s", c.line, c.new, c.old, after)
		}
	}
}
