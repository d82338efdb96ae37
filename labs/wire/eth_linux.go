package wire

import (
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/ioslab/ioslab/ios/packet"
)

// ethWire is an existing interface, by packet sockets (packet(7)), one for each way.
// The frames that it sees are those off the wire; what the host itself sends there it does not see.
type ethWire struct {
	name    string
	index   int
	carrier bool // as well has seen it last
	file    *os.File
	raw     syscall.RawConn
	dropped atomic.Uint64

	in      *batch
	control [batchSize][controlLength]byte
	room    [batchSize][]byte
	receive func(uintptr) bool
	next    int // of the messages of in, to be taken
	pieces  segments

	out *packetSender
}

// maxUncut is the longest frame that is left to be cut: what a NIC's driver joins comes to
// 64 KB without its Ethernet header and tag.
const maxUncut = MaxFrame + packet.EthernetHeader + 4

// controlLength is the room for what the kernel says of a frame beside it.
const controlLength = 64

// auxLength is the length of what it says of the VLAN, with its header.
var auxLength = unix.CmsgLen(int(unsafe.Sizeof(unix.TpacketAuxdata{})))

func openEth(s Spec) (Device, error) {
	// The socket comes first: whether one may have it does not depend on whether
	// the interface is there yet. Until it is bound it has no protocol: frames of
	// other interfaces must not get in.
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, refused(s, "open a packet socket", err)
	}
	link, err := hostInterface(s)
	if err == nil && !link.up {
		err = setUp(s)
	}
	if err != nil {
		unix.Close(fd)
		return nil, err
	}
	if err := setUpPacketSocket(fd, link.index); err != nil {
		unix.Close(fd)
		return nil, refused(s, "set up the packet socket", err)
	}
	out, err := openPacketSender(link.index)
	if err != nil {
		unix.Close(fd)
		return nil, refused(s, "set up the packet socket", err)
	}
	e := &ethWire{name: s.Device, index: link.index, carrier: link.carrier, file: os.NewFile(uintptr(fd), s.String()), in: newBatch(), out: out}
	if e.raw, err = e.file.SyscallConn(); err != nil {
		e.Close()
		return nil, err
	}
	for i := range e.room {
		e.room[i] = make([]byte, vnetLength+maxUncut)
	}
	e.receive = e.in.receive
	return e, nil
}

func setUpPacketSocket(fd, index int) error {
	for _, option := range []int{unix.PACKET_VNET_HDR, unix.PACKET_AUXDATA, unix.PACKET_IGNORE_OUTGOING} {
		if err := unix.SetsockoptInt(fd, unix.SOL_PACKET, option, 1); err != nil {
			return err
		}
	}
	forceBuffer(fd, unix.SO_RCVBUFFORCE, unix.SO_RCVBUF)
	// The router's hardware address is not the interface's.
	promiscuous := unix.PacketMreq{Ifindex: int32(index), Type: unix.PACKET_MR_PROMISC}
	if err := unix.SetsockoptPacketMreq(fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &promiscuous); err != nil {
		return err
	}
	return unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: bigEndian(unix.ETH_P_ALL), Ifindex: index})
}

// bigEndian is the number in the byte order of the network.
func bigEndian(n uint16) uint16 {
	b := [2]byte{byte(n >> 8), byte(n)}
	return *(*uint16)(unsafe.Pointer(&b))
}

func (e *ethWire) Layer() Layer   { return Frames }
func (e *ethWire) BatchSize() int { return batchSize }
func (e *ethWire) Close() error   { return errors.Join(e.out.Close(), e.file.Close()) }

// Dropped adds up what did not fit into the kernel's queue; the kernel counts from
// its last answer.
func (e *ethWire) Dropped() uint64 {
	e.raw.Control(func(fd uintptr) {
		if s, err := unix.GetsockoptTpacketStats(int(fd), unix.SOL_PACKET, unix.PACKET_STATISTICS); err == nil {
			e.dropped.Add(uint64(s.Drops))
		}
	})
	return e.dropped.Load()
}

func (e *ethWire) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for {
		if n := e.take(bufs, sizes, offset); n > 0 {
			return n, nil
		}
		if err := e.fill(); err != nil {
			return 0, err
		}
	}
}

// take cuts what was received into the buffers.
func (e *ethWire) take(bufs [][]byte, sizes []int, offset int) (n int) {
	for n < len(bufs) {
		size := e.pieces.next(bufs[n][offset:])
		switch {
		case size > 0:
			sizes[n] = size
			n++
		case size < 0:
			e.dropped.Add(1)
		case e.next < e.in.done:
			if err := e.begin(e.next); err != nil {
				e.dropped.Add(1)
			}
			e.next++
		default:
			return n
		}
	}
	return n
}

// begin takes a message of the batch apart.
func (e *ethWire) begin(i int) error {
	m := &e.in.messages[i]
	length := int(m.length)
	if m.header.Flags&unix.MSG_TRUNC != 0 || length <= vnetLength {
		return errVnet
	}
	b := e.room[i][:length]
	h := parseVnet(b)
	frame := b[vnetLength:]
	if tag, ok := vlanTag(e.control[i][:m.header.Controllen]); ok && len(frame) >= 12 {
		// The kernel took the tag out. The room is where the virtio header was.
		frame = b[vnetLength-len(tag):]
		copy(frame, b[vnetLength:vnetLength+12])
		copy(frame[12:], tag[:])
		h.checksumStart += len(tag)
	}
	return e.pieces.begin(h, frame)
}

// vlanTag finds the tag of a frame in what the kernel says of it.
func vlanTag(control []byte) (tag [4]byte, ok bool) {
	if len(control) < auxLength {
		return tag, false
	}
	h := (*unix.Cmsghdr)(unsafe.Pointer(&control[0]))
	if h.Level != unix.SOL_PACKET || h.Type != unix.PACKET_AUXDATA {
		return tag, false
	}
	aux := (*unix.TpacketAuxdata)(unsafe.Pointer(&control[unix.CmsgLen(0)]))
	if aux.Status&unix.TP_STATUS_VLAN_VALID == 0 {
		return tag, false
	}
	tpid := uint16(etherTypeVLAN)
	if aux.Status&unix.TP_STATUS_VLAN_TPID_VALID != 0 {
		tpid = aux.Vlan_tpid
	}
	return [4]byte{byte(tpid >> 8), byte(tpid), byte(aux.Vlan_tci >> 8), byte(aux.Vlan_tci)}, true
}

// fill waits for frames.
func (e *ethWire) fill() error {
	for {
		e.in.count, e.in.done, e.next = batchSize, 0, 0
		for i := range e.room {
			e.in.set(i, e.room[i])
			h := &e.in.messages[i].header
			h.Control = &e.control[i][0]
			h.SetControllen(controlLength)
		}
		e.in.err = nil
		if err := e.raw.Read(e.receive); err != nil {
			return closed(err)
		}
		switch {
		case e.in.err == nil:
			return nil
		case e.gone():
			return unix.ENODEV
		case !errors.Is(e.in.err, unix.ENETDOWN):
			return e.in.err
		}
		// The interface was set down. What comes when it is up again will be read.
	}
}

// gone reports whether the interface does not exist any more.
func (e *ethWire) gone() bool {
	link, err := hostInterface(Spec{Kind: Eth, Device: e.name})
	return errors.Is(err, ErrNoInterface) || err == nil && link.index != e.index
}

// passing tells that the interface is down, its queue full or the frame too long.
func (e *ethWire) passing(err error) bool {
	return isAny(err, unix.ENETDOWN, unix.ENOBUFS, unix.EMSGSIZE, unix.EINVAL, unix.ENOMEM)
}

func (e *ethWire) Write(bufs [][]byte, offset int) (int, error) {
	return e.out.frames(bufs, offset, e.passing)
}
