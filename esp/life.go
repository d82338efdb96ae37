package esp

import (
	"encoding/binary"
	"io"
	"time"
)

// Lifetime is what quick mode agreed on; zero is no limit.
type Lifetime struct{ Seconds, Kilobytes uint32 }

// How long before its end an SA is renewed, and how long an inbound SA that
// was replaced still takes packets that were on their way.
const (
	SoftTime      = 30 * time.Second
	SoftKilobytes = 256
	Linger        = 30 * time.Second
)

const kilobyte = 1024

// Ends is the time of the SA's end; ok is false where it has none.
func (sa *SA) Ends() (at time.Duration, ok bool) {
	s := sa.p.Lifetime.Seconds
	return sa.p.Born + time.Duration(s)*time.Second, s != 0
}

// Softens is the time from which an SA that is used is renewed: SoftTime
// before its end, but not in the first half of its life.
func (sa *SA) Softens() (at time.Duration, ok bool) {
	end, ok := sa.Ends()
	return max(end-SoftTime, sa.p.Born+(end-sa.p.Born)/2), ok
}

// SecondsLeft is the time left as show commands print it.
func (sa *SA) SecondsLeft(now time.Duration) uint32 {
	end, ok := sa.Ends()
	if !ok || end <= now {
		return 0
	}
	return uint32((end - now + time.Second - 1) / time.Second)
}

// KilobytesShown is the volume left as show commands print it.
func (sa *SA) KilobytesShown() uint32 {
	return sa.p.DisplayKilobytes - uint32(min(sa.bytes.Load()/kilobyte, uint64(sa.p.DisplayKilobytes)))
}

// VolumeSoft reports whether so little volume is left that the SA is renewed.
func (sa *SA) VolumeSoft() bool {
	limit := sa.p.Lifetime.Kilobytes
	return limit != 0 && sa.bytes.Load() > uint64(limit-min(limit/2, SoftKilobytes))*kilobyte
}

// VolumeEnded reports whether no volume is left.
func (sa *SA) VolumeEnded() bool {
	limit := sa.p.Lifetime.Kilobytes
	return limit != 0 && sa.bytes.Load() >= uint64(limit)*kilobyte
}

// takeVolume counts the bytes of an inner packet, and reports false, counting nothing, where no
// volume is left: of packets that several workers carry at once none goes beyond the end.
// May be called from anywhere.
func (sa *SA) takeVolume(bytes int) bool {
	limit := uint64(sa.p.Lifetime.Kilobytes) * kilobyte
	for {
		taken := sa.bytes.Load()
		if limit != 0 && taken >= limit {
			return false
		}
		if sa.bytes.CompareAndSwap(taken, taken+uint64(bytes)) {
			return true
		}
	}
}

// DisplayStart draws the volume that show commands start from: IOS takes up
// to a twentieth off, the same in both directions of a pair.
func DisplayStart(rand io.Reader, kilobytes uint32) (uint32, error) {
	var b [4]byte
	if _, err := io.ReadFull(rand, b[:]); err != nil {
		return 0, err
	}
	return kilobytes - binary.BigEndian.Uint32(b[:])%(kilobytes/20+1), nil
}
