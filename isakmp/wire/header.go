package wire

import (
	"encoding/binary"
	"errors"
)

// HeaderLen is the length of an ISAKMP header.
const HeaderLen = 28

// Version 1.0, as the header has it.
const Version = 0x10

// Why a message cannot be one.
var (
	ErrLength    = errors.New("wire: length does not fit")
	ErrVersion   = errors.New("wire: not version 1")
	ErrMalformed = errors.New("wire: malformed payload")
	ErrTooMany   = errors.New("wire: too many payloads")
)

// Cookie is half of an SA's name.
type Cookie [8]byte

// IsZero reports whether the cookie was not chosen yet.
func (c Cookie) IsZero() bool { return c == Cookie{} }

// Header is the fixed header of RFC 2408 §3.1.
type Header struct {
	CookieI, CookieR Cookie
	Next             uint8
	Exchange         uint8
	Flags            uint8
	MessageID        uint32
	Length           uint32 // ParseHeader only; AppendMessage computes it
}

// Encrypted reports whether what follows the header is.
func (h Header) Encrypted() bool { return h.Flags&FlagEncrypted != 0 }

// ParseHeader reads the header of a datagram, whose length it must state.
func ParseHeader(b []byte) (Header, error) {
	if len(b) < HeaderLen || len(b) > MaxMessage {
		return Header{}, ErrLength
	}
	h := Header{
		CookieI:   Cookie(b[0:8]),
		CookieR:   Cookie(b[8:16]),
		Next:      b[16],
		Exchange:  b[18],
		Flags:     b[19],
		MessageID: binary.BigEndian.Uint32(b[20:24]),
		Length:    binary.BigEndian.Uint32(b[24:28]),
	}
	if b[17]>>4 != Version>>4 {
		return Header{}, ErrVersion
	}
	if h.Length != uint32(len(b)) {
		return Header{}, ErrLength
	}
	return h, nil
}

// AppendHeader appends h with its Length as it is.
func AppendHeader(b []byte, h Header) []byte {
	b = append(b, h.CookieI[:]...)
	b = append(b, h.CookieR[:]...)
	b = append(b, h.Next, Version, h.Exchange, h.Flags)
	b = binary.BigEndian.AppendUint32(b, h.MessageID)
	return binary.BigEndian.AppendUint32(b, h.Length)
}
