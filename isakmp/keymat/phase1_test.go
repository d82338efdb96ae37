package keymat

import (
	"bytes"
	"crypto/aes"
	"encoding/hex"
	"errors"
	"testing"
)

// schedule holds what a second implementation, in another language, made of
// the material below: the AES-256 key, IVs, hashes and KEYMAT for each hash.
// DOI and RFC give no vectors for IKEv1.
var schedule = []struct {
	hash                             Hash
	key, iv, exchangeIV              string
	hashI, hash1, hash3, keymat, pfs string
}{
	{
		hash:       1,
		key:        "c39d7ded1fedc9bdb8340284797f1357e5b5ca7192632f9431ee16903db411be",
		iv:         "c7f0f80a1d0cfbc9dc23b5b86ccd7962",
		exchangeIV: "20086b4ff9f0dea9bd28d77e5843f341",
		hashI:      "d9c415db8dbcbd1f4e461e599f86b4ab",
		hash1:      "8382cff856e18af95d9354f159b4d191",
		hash3:      "cef7f0a092c7cf78e809497fc126edbf",
		keymat:     "1b74082a11bb05e0354cdd08e983e38dab1e52c3c0a56d7c852ee8591d2aef5ff13056b8e5be033b",
		pfs:        "79a9a866cd64d0eea20e56091fb3b5f296550b3641b583a4573611964ced23ad7cbbd4b0c9b758a1",
	},
	{
		hash:       2,
		key:        "348401a6599553308f1598b6133327377b453f0d7f93fd7c2b030830600946f2",
		iv:         "6a3f23f8da761bcad8bf7511678074fb",
		exchangeIV: "1d18d6471f924022b39016168dae2704",
		hashI:      "a9975016401e3a0b86c7fa6cdefead7b850f9091",
		hash1:      "0798b2f0b9345aea50e72bed3028917034533640",
		hash3:      "73dac5a6024246249100bf018bab5052e8854eac",
		keymat:     "1dc6df3f549aee89490d6bd0c0990c08376eac6c8c69df8c6649481f068504e817127fe80efd9339",
		pfs:        "3902d38d2b557028b3f687e4bbd377258e0dc9d4c88ed2082af8f13714d3304f64096c56445143d2",
	},
	{
		hash:       4,
		key:        "52f378bb8c880d46247288ce4067d5ce6ec75f7c181cf1559d09a2f7d2dce733",
		iv:         "72b7fc59f8bb8f7ec5d070ef4e96ea84",
		exchangeIV: "f782c703b32ca048709b1a93b3e3ddd1",
		hashI:      "a1d62a6bd774a83b1c01997798297e20e73a73c303ef5537bd64f53c3b1b6107",
		hash1:      "ebe55061031e0d317a51555103af866c41d390c75da9a47a3e58c41880d8bbcb",
		hash3:      "2c7370d0f3ee1121ed5109cbc7dc1ddf738d94801ab7a544942e18f7ae502243",
		keymat:     "3a2f8d770976da1517132d0047d47717e7fe82fafe9e5585d34d6cfb9794b6e1ec4226f27137cc08",
		pfs:        "c15b7a7dc8409ce7a5496a9d5c9cc1f7a32dc97f423b43dce51d25421e74d30a456092e8766c5a3e",
	},
	{
		hash:       5,
		key:        "1f94570b87b8374ca54c56a1b7d576b115079fc9eaee540de67b2521520a3b64",
		iv:         "9dc979b2ebd0d2d52d573b91499d7cdf",
		exchangeIV: "aa989e7c58293604c214140844b697c7",
		hashI:      "1b8f65f015a3c032afc7e5b9913f6a5f76a07e1984e49c0418571a8ca84c9398a061a2728881ef1211362d5deac38a6e",
		hash1:      "8a2c38e374fecd557cbedc89e7195e9057e55920fccadd6a1a19bf9dec8976b0d388e5549087c1d53297283d07051cbe",
		hash3:      "3107aac503d126bf8b4a05db508470a9d9d9d43f7da7facf2b26c90daf32ee21b8504c153f9d71f42f3180843d54e68d",
		keymat:     "70a529c6aaeddaf801d8e7badecb6ef1a3c784d4aeaea1ae1dc3f769b3335fc13eb8872833297938",
		pfs:        "836279e65a1d15853bf7fc485cbac2f6bcc82ea13adac08f0fb141089541a55e2e0428cc4908ba88",
	},
	{
		hash:       6,
		key:        "ce459f361cd9fefc7415ef2ec6473e252d17a104f804e4327ef5fcedc20c374e",
		iv:         "c904bd7c4d38fbc7e1730ef8e58f65d6",
		exchangeIV: "fc64bcd2a44f76df4852c0564ad9444c",
		hashI:      "807f7e8352421b14ac22865ae9fda409b21647eb0fa3b99e6e715f5eee21b3cb7b7804982a7e5ca8d1a6fab2cb31f250eca43c9c700b8d722ed397c5318cd0fd",
		hash1:      "8713f4cdeef06d7e4ed196ed215226f7cf044d3646ea6e60add2ec4eec7a16e4db6d287e19407ffb3347b31cb2939683a1986b10b010695f115b0871dea724cb",
		hash3:      "cf90cc81eb0547ad4adfd746ffd8dcfb99537d36d041b756b24f62aade68d7d5baf2920ca2fcc1975b3888f05aa6b1061fe1ae8c740b2d329dd9fc020e126c02",
		keymat:     "3915d279d2d2437c4ec1657a9447d48aed547e759aa18f702119f8401714aa30d78a157e867c9d33",
		pfs:        "67c72ed3304643a39128edebe90db207e0f334d79093d83f81f48d26d4cbbbb8dd00c49fb67f1224",
	},
}

func ramp(n, from, step int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(from + i*step)
	}
	return b
}

func material(h Hash) Material {
	return Material{
		Hash: h, Encryption: 7, KeyBits: 256, PSK: []byte("cisco"),
		NonceI: ramp(20, 0, 1), NonceR: ramp(20, 100, 1),
		CookieI: []byte("initiatr"), CookieR: []byte("responde"),
		PublicI: ramp(96, 0, 3), PublicR: ramp(96, 0, 5), Shared: ramp(96, 0, 7),
	}
}

func TestSchedule(t *testing.T) {
	const message, spi = 673525551, 0xD137A1B6
	for _, want := range schedule {
		m := material(want.hash)
		p, err := Derive(m)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			what, want string
			got        []byte
		}{
			{"IV", want.iv, p.IV()},
			{"IV of an exchange", want.exchangeIV, p.ExchangeIV(p.IV(), message)},
			{"HASH_I", want.hashI, p.Hash(m.PublicI, m.PublicR, m.CookieI, m.CookieR, []byte("SA"), []byte("ID"))},
			{"HASH(1)", want.hash1, p.Authenticate(message, []byte("re"), []byte("st"))},
			{"HASH(3)", want.hash3, p.Confirm(message, m.NonceI, m.NonceR)},
			{"KEYMAT", want.keymat, p.Keymat(40, nil, 3, spi, m.NonceI, m.NonceR)},
			{"KEYMAT with PFS", want.pfs, p.Keymat(40, m.Shared, 3, spi, m.NonceI, m.NonceR)},
		} {
			if hex.EncodeToString(c.got) != c.want {
				t.Errorf("hash %d: %s is %x, want %s", want.hash, c.what, c.got, c.want)
			}
		}
		key, _ := hex.DecodeString(want.key)
		block, _ := aes.NewCipher(key)
		one, two := make([]byte, 16), make([]byte, 16)
		block.Encrypt(one, two)
		p.block.Encrypt(two, two)
		if !bytes.Equal(one, two) {
			t.Errorf("hash %d: another key", want.hash)
		}
	}
}

func TestDeriveRefuses(t *testing.T) {
	for name, edit := range map[string]func(*Material){
		"hash 3":      func(m *Material) { m.Hash = 3 },
		"cipher 2":    func(m *Material) { m.Encryption = 2 },
		"AES of 64":   func(m *Material) { m.KeyBits = 64 },
		"AES of none": func(m *Material) { m.KeyBits = 0 },
	} {
		m := material(2)
		edit(&m)
		if _, err := Derive(m); !errors.Is(err, ErrCipher) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestChain: two messages of an exchange, in every cipher and hash; the second
// can be read only with the first one's last block.
func TestChain(t *testing.T) {
	for _, h := range []Hash{1, 2, 4, 5, 6} {
		for _, c := range []struct {
			encryption uint16
			bits       int
		}{{1, 0}, {5, 0}, {7, 128}, {7, 192}, {7, 256}} {
			m := material(h)
			m.Encryption, m.KeyBits = c.encryption, c.bits
			p, err := Derive(m)
			if err != nil {
				t.Fatal(err)
			}
			text1, iv1 := p.Encrypt(p.IV(), []byte("the first message"))
			text2, _ := p.Encrypt(iv1, []byte("second"))
			plain1, next, err := p.Decrypt(p.IV(), text1)
			if err != nil || !bytes.HasPrefix(plain1, []byte("the first message")) || !bytes.Equal(next, iv1) {
				t.Errorf("%v: %q, %v", c, plain1, err)
			}
			plain2, _, err := p.Decrypt(next, text2)
			if err != nil || string(bytes.TrimRight(plain2, "\x00")) != "second" {
				t.Errorf("%v: %q, %v", c, plain2, err)
			}
			if plain2, _, _ := p.Decrypt(p.IV(), text2); bytes.HasPrefix(plain2, []byte("second")) {
				t.Errorf("%v: readable without the chain", c)
			}
			for _, n := range []int{0, 1, len(text2) - 1} {
				if _, _, err := p.Decrypt(next, text2[:n]); err == nil {
					t.Errorf("%v: %d octets are accepted", c, n)
				}
			}
		}
	}
}

func TestZero(t *testing.T) {
	p, err := Derive(material(2))
	if err != nil {
		t.Fatal(err)
	}
	p.Zero()
	for _, k := range [][]byte{p.skeyid, p.skeyidD, p.skeyidA, p.skeyidE} {
		if !bytes.Equal(k, make([]byte, 20)) {
			t.Errorf("%x is left", k)
		}
	}
}
